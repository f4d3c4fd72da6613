"""Rows 143 to 156: what elements make of each other."""

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise

import attrs

import missionkit as mk
from tests.catalog.answers import answers, shown
from tests.catalog.entry import Apart, Entry, Kept, Large, Refused, document

MANY = 10_000
CROWD = 100_000
DAY = date(2026, 1, 1)
PLAN = b"""<StrategicPlan
xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport">
<Name>Plan</Name><StrategicPlanCore><Organization><Name>Trust</Name></Organization>
<Vision><Description>Warm</Description></Vision><Goal><Name>Homes</Name></Goal>
</StrategicPlanCore></StrategicPlan>"""


def goals(*pairs: tuple[str, str | None]) -> str:
    """Return a document of goals, each with its parent."""
    return document(
        goals=[
            {"id": ref, "statement": "s", **({"parent": up} if up else {})}
            for ref, up in pairs
        ]
    )


def chain(count: int, *, closed: bool) -> str:
    """Return a document of goals each of which is above the next."""
    pairs = [(f"g{at}", f"g{at - 1}" if at else None) for at in range(count)]
    return goals((f"g{0}", f"g{count - 1}" if closed else None), *pairs[1:])


def star(count: int) -> str:
    """Return a document of goals that are all below one."""
    return goals(("top", None), *((f"g{at}", "top") for at in range(count)))


def linked(**fields: object) -> str:
    """Return a document of a need and an objective with *fields*."""
    return document(
        needs=[{"id": "n", "statement": "s"}],
        objectives=[{"id": "o", "statement": "s", **fields}],
    )


def size(text: str) -> Callable[[], int]:
    return lambda: len(mk.loads(text).model)


def codes(story: Callable[[mk.Draft], object], code: str) -> Callable[[], list[str]]:
    """Return the deed of telling what one rule says of what a story makes."""

    def asked() -> list[str]:
        with mk.draft("Trust") as d:
            story(d)
        found = mk.check(d.model, on=DAY).of(code)
        return [issue.ref for issue in found]

    return asked


def owned(*parties: bool) -> Callable[[mk.Draft], object]:
    """Return the story of a process with owners, each active or not."""

    def story(d: mk.Draft) -> None:
        process = d.process("Repairs", id="repairs")
        role = d.role("Owner", kind="owner")
        for at, active in enumerate(parties):
            party = d.party(f"P{at}", active=active)
            d.role_assignment(role=role, party=party, on=process)

    return story


def intents(*spans: tuple[str, str]) -> Callable[[mk.Draft], object]:
    def story(d: mk.Draft) -> None:
        for start, end in spans:
            days = mk.Period(date.fromisoformat(start), date.fromisoformat(end))
            d.core_intent(f"From {start}", effective=days)

    return story


def misread(d: mk.Draft) -> None:
    good = mk.DescriptorScale(name="S", steps=(mk.Descriptor(name="good"),))
    measure = d.success_measure("Warmth", scale=good)
    d.observation(measure=measure, descriptor="fine", id="o", at=DAY)


def deep(depth: int) -> mk.Model:
    parent = None
    made = []
    for at in range(depth):
        made.append(mk.Goal(id=mk.GoalId(f"g{at}"), statement="s", parent=parent))
        parent = mk.GoalId(f"g{at}")
    return mk.Model(made)


def everything(model: mk.Model) -> Callable[[], bool]:
    """Return the deed of asking all there is to ask, and showing it."""
    return lambda: all(str(each) and shown(each) for each in answers(model))


EMPTY = document(review_cycles=[{"id": "c", "name": "C"}])


@cache
def deepest() -> mk.Model:
    return deep(MANY)


# What is asked of a chain of ten thousand goals.
QUESTIONS: dict[str, Callable[[mk.Model], object]] = {
    "why": lambda model: mk.why(model, f"g{MANY - 1}"),
    "impact": lambda model: mk.impact(model, "g0"),
    "coverage": mk.coverage,
    "check": lambda model: mk.check(model, on=DAY),
    "pack": lambda model: mk.pack(model, on=DAY),
    "mermaid": mk.mermaid,
    "dot": mk.dot,
    "dumps": mk.dumps,
    "digest": lambda model: model.digest("g0"),
    "without": lambda model: model.without(f"g{MANY - 1}"),
}


def staged(*keys: str) -> mk.Workflow:
    """Return a workflow that leads from each stage to the next, and to the end."""
    moves = [
        mk.Move(event="complete", source=source, target=target)
        for source, target in pairwise((*keys, "closed"))
    ]
    return mk.Workflow(
        name="W",
        stages=tuple(mk.Stage(key=key, label="S") for key in keys),
        moves=(*mk.lifecycle(keys[0]), *moves) if keys else (),
    )


def moved(source: str, target: str) -> mk.Workflow:
    whole = staged("a")
    move = mk.Move(event="go", source=source, target=target)
    return attrs.evolve(whole, moves=(*whole.moves, move))


def trapped() -> mk.Workflow:
    whole = staged("a")
    return attrs.evolve(
        whole,
        stages=(*whole.stages, mk.Stage(key="b", label="B")),
        moves=(*whole.moves, mk.Move(event="go", source="a", target="b")),
    )


ROWS: tuple[Entry, ...] = (
    Refused(
        143,
        "missing",
        linked(needs=["nn"]),
        "MK-STR-025",
        path="objectives[0].needs[0]",
        said="did you mean 'n'?",
    ),
    Refused(
        143,
        "of a wrong kind",
        linked(goal="n"),
        "MK-STR-002",
        path="objectives[0].goal",
        said="must name a goal, but 'n' is a need",
    ),
    Refused(
        143,
        "taken away",
        lambda: mk.loads(linked(needs=["n"])).model.without("n"),
        "MK-STR-025",
        mk.ModelError,
        "needs[0]",
    ),
    Apart(143, "a model is one organization's: what is elsewhere is missing here"),
    Refused(
        144,
        "itself",
        goals(("g", "g")),
        "MK-STR-005",
        path="goals[0].parent",
        said="g → g",
    ),
    Refused(144, "two", goals(("g", "h"), ("h", "g")), "MK-STR-005", said="g → h → g"),
    Refused(
        144,
        "10,000",
        Large(lambda: chain(MANY, closed=True)),
        "MK-STR-005",
        said="→ … →",
    ),
    Kept(145, "10,000 deep", size(chain(MANY, closed=False)), MANY),
    *(
        Kept(145, name, lambda ask=ask: bool(str(ask(deepest()))), wanted=True)  # type: ignore[misc]
        for name, ask in QUESTIONS.items()
    ),
    Kept(146, "100,000 parts", size(star(CROWD)), CROWD + 1),
    Refused(
        146,
        "a million links and more",
        Large(lambda: star(CROWD * 11)),
        "MK-DOC-006",
        mk.LimitError,
    ),
    Refused(
        147,
        "twice",
        linked(needs=["n", "n"]),
        "MK-DOM-006",
        path="objectives[0].needs[1]",
        said="a second time",
    ),
    Refused(
        147,
        "the wrong way round",
        document(
            success_measures=[{"id": "m", "name": "M"}],
            observations=[{"id": "o", "measure": "m", "value": "1", "corrects": "m"}],
        ),
        "MK-STR-002",
        path="observations[0].corrects",
    ),
    Apart(147, "two elements that say the same link, such as two flows, are both kept"),
    Kept(148, "two owners", codes(owned(True, True), "MK-RSP-013"), ["repairs"]),  # noqa: FBT003
    Kept(148, "none", codes(owned(), "MK-RSP-013"), ["repairs"]),
    Kept(148, "who has left", codes(owned(False), "MK-RSP-013"), ["repairs"]),  # noqa: FBT003
    Kept(148, "one", codes(owned(True), "MK-RSP-013"), []),  # noqa: FBT003
    Kept(
        149,
        "two at once",
        lambda: len(
            codes(
                intents(("2025-01-01", "2026-12-31"), ("2026-06-01", "2027-12-31")),
                "MK-STR-026",
            )()
        ),
        1,
    ),
    Kept(
        149,
        "a gap between",
        codes(
            intents(("2024-01-01", "2024-12-31"), ("2026-01-01", "2026-12-31")),
            "MK-STR-026",
        ),
        [],
    ),
    Apart(149, "no rule asks that the next intent follows without a gap"),
    Apart(150, "cycles that run at once are refused by the acts of the review cycle"),
    Refused(151, "no stages", staged, "MK-DOM-002", mk.InvalidValueError, "stages"),
    Kept(151, "one", lambda: len(staged("a").stages), 1),
    Kept(151, "fifty", lambda: len(staged(*(f"s{n}" for n in range(50))).stages), 50),
    Refused(
        151,
        "two of one key",
        lambda: attrs.evolve(staged("a"), stages=staged("a").stages * 2),
        "MK-WFL-001",
        mk.InvalidValueError,
        "stages[1].key",
    ),
    Refused(
        151,
        "a move to nowhere",
        lambda: moved("a", "b"),
        "MK-WFL-002",
        mk.InvalidValueError,
        "moves[7].target",
    ),
    Refused(
        151,
        "a code that is none",
        lambda: mk.Gate(rules=("soon",)),
        "MK-DOM-002",
        mk.InvalidValueError,
        "rules[0]",
    ),
    Refused(151, "a trap", trapped, "MK-WFL-005", mk.InvalidValueError, "stages[1]"),
    Kept(
        152,
        "an objective without measure",
        codes(lambda d: d.objective("Warm", id="o", status="active"), "MK-TRC-004"),
        ["o"],
    ),
    Kept(152, "a word of no scale", codes(misread, "MK-MSR-018"), ["o"]),
    Apart(152, "an observation has no unit of its own that could differ"),
    Apart(153, "files of evidence are not opened; a digest is compared by the store"),
    Kept(154, "nothing at all", everything(mk.Model()), wanted=True),
    Kept(
        154,
        "an organization and no more",
        everything(mk.draft("Trust").model),
        wanted=True,
    ),
    Kept(
        154,
        "no share of nothing",
        lambda: {metric.value for metric in mk.coverage(mk.Model()).metrics},
        {None},
    ),
    Kept(
        154,
        "an empty review",
        everything(mk.loads(EMPTY).model),
        wanted=True,
    ),
    Refused(
        155,
        "one of forty",
        document(
            needs=[{"id": f"n{at}", "statement": "s" * (at != 7)} for at in range(40)]
        ),
        "MK-DOM-002",
        path="needs[7].statement",
    ),
    Apart(155, "a document is one file; nothing is imported from several yet"),
    Kept(
        156,
        "a document twice",
        lambda: (
            mk.loads(chain(9, closed=False)).model
            == mk.loads(chain(9, closed=False)).model
        ),
        wanted=True,
    ),
    Kept(156, "a plan twice", lambda: mk.load(PLAN).model == mk.load(PLAN).model, True),  # noqa: FBT003
    Kept(
        156,
        "over itself",
        lambda: (m := mk.load(PLAN).model).with_(*mk.load(PLAN).model) == m,
        wanted=True,
    ),
    Apart(156, "an older export over a newer one is a conflict of the stores"),
)
