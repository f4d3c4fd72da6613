import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.context import ImpactKind, Response, Swot
from missionkit.domain.draft import Draft, draft
from missionkit.domain.measure import Direction, TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.review import ActionStatus
from missionkit.domain.values import Period
from missionkit.issue import Issue, Severity
from missionkit.report import section as gathering
from missionkit.report.blocks import Paragraph, Section
from missionkit.report.pack import pack
from missionkit.report.ranking import Act
from missionkit.report.section import sections_of
from missionkit.report.sections import (
    at_a_glance,
    context,
    coverage,
    decisions,
    findings,
    line_of_sight,
    method,
    objectives,
    processes,
)
from missionkit.report.view import PackView
from missionkit.report.wording import clipped, listed, plural
from missionkit.rules.check import check
from missionkit.rules.result import CheckResult
from missionkit.samples import SAMPLE_DAY, sample
from missionkit.trace.coverage import coverage as covered
from tests.report.test_lines import whole

DAY = date(2026, 11, 21)


def view_of(model: Model, *, people: bool = False, **found: CheckResult) -> PackView:
    return PackView(
        model=model,
        on=DAY,
        checked=found.get("checked") or check(model, on=DAY),
        coverage=covered(model, on=DAY),
        people=people,
    )


def rows(
    section: Callable[[PackView], Section | None], model: Model, **options: bool
) -> list[list[str]]:
    made = section(view_of(model, **options))  # type: ignore[arg-type]  # people only
    assert made is not None
    return list(_rows(made.markdown))


def _rows(markdown: str) -> Iterator[list[str]]:
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def measured(d: Draft, **fields: Any) -> None:  # noqa: ANN401 - any field
    objective = d.objective("Band C", id="band-c", period=Period(None, DAY))
    d.success_measure("Homes", id="m", of=objective, **fields)


def read(d: Draft, *readings: tuple[str, int]) -> None:
    for day, value in readings:
        d.observation(
            id=f"o-{day}", measure="m", value=value, at=date.fromisoformat(day)
        )


@pytest.mark.parametrize(
    ("direction", "target", "last", "standing"),
    [
        (Direction.HIGHER, 80, 80, "✓ met"),
        (Direction.HIGHER, 80, 79, "△ not yet"),
        (Direction.LOWER, 80, 80, "✓ met"),
        (Direction.LOWER, 80, 81, "△ not yet"),
        (Direction.BAND, 80, 80, "· not judged"),
        (None, 80, 80, "· not judged"),
        (Direction.HIGHER, None, 80, "△ no target"),
        (Direction.HIGHER, 80, None, "△ no reading"),
    ],
    ids=range(8),
)
def test_a_measure_is_judged_by_its_direction(
    direction: Direction | None, target: int | None, last: int | None, standing: str
) -> None:
    with draft("Trust") as d:
        targets = [TargetSetting(value=Decimal(target))] if target is not None else []
        measured(d, direction=direction, targets=targets)
        if last is not None:
            read(d, ("2026-10-31", last))

    assert rows(objectives.section, d.model)[0][-1] == standing


@pytest.mark.parametrize(
    ("said", "standing"), [("good", "✓ met"), ("poor", "· not judged")]
)
def test_a_description_is_met_where_it_is_the_target(said: str, standing: str) -> None:
    with draft("Trust") as d:
        measured(d, targets=[TargetSetting(descriptor="good")])
        d.observation(measure="m", descriptor=said, period=Period(None, DAY))

    (row,) = rows(objectives.section, d.model)
    assert row[3:] == ["good", f"{said} \\(2026-11-21\\)", "", standing]


def test_a_target_that_was_missed_when_time_ran_out_is_missed() -> None:
    with draft("Trust") as d:
        measured(
            d, direction=Direction.HIGHER, targets=[TargetSetting(value=Decimal(80))]
        )
        d.set("band-c", period=Period(None, date(2026, 11, 20)))
        read(d, ("2026-10-31", 79))

    assert rows(objectives.section, d.model)[0][-1] == "✕ missed"


@pytest.mark.parametrize(
    ("direction", "values", "standing"),
    [
        (Direction.HIGHER, (70, 60, 50), "✕ away from target"),
        (Direction.HIGHER, (40, 70, 60, 50), "✕ away from target"),
        (Direction.HIGHER, (70, 50, 60), "△ not yet"),
        (Direction.HIGHER, (60, 50), "△ not yet"),
        (Direction.HIGHER, (60, 50, 50), "△ not yet"),
        (Direction.LOWER, (90, 91, 92), "✕ away from target"),
        (Direction.LOWER, (92, 91, 90), "△ not yet"),
        (Direction.HIGHER, (99, 98, 97), "✓ met"),
    ],
)
def test_readings_that_grow_worse_lead_away_from_the_target(
    direction: Direction, values: tuple[int, ...], standing: str
) -> None:
    with draft("Trust") as d:
        measured(d, direction=direction, targets=[TargetSetting(value=Decimal(80))])
        read(d, *((f"2026-0{at}-01", value) for at, value in enumerate(values, 1)))

    assert rows(objectives.section, d.model)[0][-1] == standing


@pytest.mark.parametrize(
    ("since", "before", "told"),
    [
        ("2026-07-15", 24, "28 days \\(24 until 2026-07-14\\)"),
        ("2026-07-15", 28, "28 days"),
        ("2026-01-01", 24, "28 days"),
        ("2025-07-15", 24, "28 days"),
    ],
)
def test_a_target_that_was_changed_within_the_year_is_shown_with_the_old_one(
    since: str, before: int, told: str
) -> None:
    with draft("Trust") as d:
        changed = date.fromisoformat(since)
        old = TargetSetting(value=Decimal(before), since=date(2024, 1, 1))
        new = TargetSetting(value=Decimal(28), since=changed)
        measured(d, unit="days", targets=[old, new])

    assert rows(objectives.section, d.model)[0][3] == told


def test_words_have_no_unit() -> None:
    with draft("Trust") as d:
        measured(d, unit="Publication", targets=[TargetSetting(descriptor="Part 1")])
        d.observation(measure="m", descriptor="Draft", at=DAY)

    (row,) = rows(objectives.section, d.model)
    assert row[3:5] == ["Part 1", "Draft \\(2026-11-21\\)"]


def test_objectives_stand_below_their_goals() -> None:
    with draft("Trust") as d:
        d.objective("Loose")
        d.objective("Insulate", goal=d.goal("Warm homes", id="b"))
        d.objective("Lay bricks", goal=d.goal("More homes", id="a"))
    text = objectives.section(view_of(d.model)).markdown

    assert re.findall(r"^### (.*)$|\*\*(.*)\*\*", text, re.MULTILINE) == [
        ("More homes", ""),
        ("", "Lay bricks"),
        ("Warm homes", ""),
        ("", "Insulate"),
        ("Without a goal", ""),
        ("", "Loose"),
    ]


def test_the_course_shows_readings_up_to_the_day_without_those_corrected() -> None:
    with draft("Trust") as d:
        measured(d, unit="%")
        read(d, ("2026-08-31", 70), ("2026-09-30", 700), ("2026-12-31", 90))
        d.observation(measure="m", value=75, at=DAY, corrects="o-2026-09-30")
        d.observation(measure="m", value=60)

    (row,) = rows(objectives.section, d.model)
    assert row[4:6] == ["75 % \\(2026-11-21\\)", "3 readings, from 60 to 75"]


def test_a_second_measure_stands_below_the_first() -> None:
    with draft("Trust") as d:
        measured(d)
        d.success_measure("Boilers", of="band-c")
        d.objective("No measure", id="z")

    found = rows(objectives.section, d.model)
    assert [row[0] for row in found] == ["**Band C**", "", "**No measure**"]
    assert found[2][2] == "✕ no measure"


def test_roles_are_named_and_people_only_when_asked_for() -> None:
    with draft("Trust") as d:
        whole(d)
        d.role_assignment(role="fitter", party=d.party("Bo", id="bo"), on="repairs")
        d.role_assignment(role=d.role("Chair"), party="bo")
        steps = (ReleaseStep(state=ReleaseState.DEVELOPED, on=DAY),)
        d.set("repairs", release=ReleaseLadder(steps=steps), critical=True)
        d.process("Idle", family="resource_management")

    hidden = rows(processes.section, d.model)
    assert hidden == [
        ["**Idle**", "resource management", "△ nothing", "✕ nobody", "not said"],
        [
            "**Repairs** △ critical",
            "not said",
            "“Band C”",
            "Fitter \\(2\\)",
            "developed",
        ],
    ]
    named = rows(processes.section, d.model, people=True)
    assert named[1][3] == "Fitter: Ann, Bo"
    made = processes.section(view_of(d.model, people=True))
    assert "**For the whole organization:** Chair: Bo" in made.markdown


def test_the_context_is_sorted_by_weight_and_by_exposure() -> None:
    with draft("Trust") as d:
        for at in range(10):
            d.assessment(f"Weak {at}", swot=Swot.WEAKNESS, strength=-at)
        d.potential_impact("Small", likelihood=0.1, impact=-50)
        d.potential_impact("Unrated", kind=ImpactKind.REWARD, review_by=DAY)
        d.potential_impact(
            "Large",
            likelihood=0.9,
            impact=-50,
            response=Response.AVOID,
            review_by=date(2026, 11, 20),
        )
    made = context.section(view_of(d.model))

    assert made is not None
    assert "### Weaknesses\n\n- Weak 9\n- Weak 8\n" in made.markdown
    assert "- … and 2 more" in made.markdown
    assert "Strengths" not in made.markdown
    assert rows(context.section, d.model) == [
        ["**Large**", "△ risk", "45", "not said", "avoid", "2026-11-20 ✕ late"],
        ["**Small**", "△ risk", "5", "not said", "none", "not said"],
        ["**Unrated**", "✓ reward", "not rated", "not said", "none", "2026-11-21"],
    ]


def test_open_actions_come_first_and_the_newest_decision_does() -> None:
    with draft("Trust") as d:
        need = d.need("Warm")
        d.improvement_action("Done", status=ActionStatus.DONE, due=date(2020, 1, 1))
        since = date(2026, 11, 1)
        late = date(2026, 11, 20)
        d.improvement_action("Late", due=late, opened=since, addresses=[need])
        d.improvement_action("Some day", status=ActionStatus.INEFFECTIVE)
        d.decision("Undated")
        d.decision("Old", at=date(2025, 1, 1), rationale="Because")
        new = d.decision("New", at=date(2026, 11, 20))
        d.improvement_action("Young", decision=new, due=date(2026, 12, 1))
    made = decisions.section(view_of(d.model))

    assert made is not None
    actions, decided = made.markdown.split("### Decisions")
    assert list(_rows(actions)) == [
        ["**Late**", "“Warm”", "20 days", "2026-11-20", "· open ✕ late"],
        ["**Young**", "not said", "1 day", "2026-12-01", "· open"],
        ["**Some day**", "not said", "not said", "not said", "✕ ineffective"],
        ["**Done**", "not said", "", "2020-01-01", "✓ done"],
    ]
    assert list(_rows(decided)) == [
        ["2026-11-20", "**New**", "no reason given"],
        ["2025-01-01", "**Old**", "Because"],
        ["not said", "**Undated**", "no reason given"],
    ]


def test_a_section_without_matter_is_left_out() -> None:
    empty = view_of(Model())

    assert context.section(empty) is None
    assert decisions.section(empty) is None
    assert "context-and-risks" not in {made.id for made in sections_of(empty)}


def test_actions_without_decisions_are_told_alone_and_the_other_way() -> None:
    with draft("Trust") as d:
        d.decision("Go")
    made = decisions.section(view_of(d.model))

    assert made is not None
    assert "Actions" not in made.markdown


def test_where_no_rule_found_a_fault_there_is_nothing_to_do() -> None:
    with draft("Trust") as d:
        whole(d)
    view = view_of(d.model, checked=CheckResult())

    assert "Nothing: the rules found no fault." in at_a_glance.section(view).markdown


def test_findings_stand_in_one_table_and_their_reasons_in_another() -> None:
    issues = [
        Issue(
            code="MK-A-001", message="one", why="a", fix="f", severity=Severity.ADVICE
        ),
        Issue(
            code="MK-A-001", message="two", why="b", fix="f", severity=Severity.ADVICE
        ),
        Issue(code="MK-A-002", message="three", why="c", fix="g"),
    ]
    view = view_of(Model(), checked=CheckResult(issues=issues))
    text = findings.section(view).markdown

    assert "| ✕ error | three |   |   | No role is named | MK-A-002 |" in text
    assert "| MK-A-001 | 2 | see each element's own reason | f |" in text
    assert "| MK-A-002 | 1 | c | g |" in text
    assert findings.section(view_of(Model(), checked=CheckResult())).markdown == (
        "## Findings\n\n✓ The rules found nothing.\n"
    )


def test_method_tells_what_was_not_judged_only_where_something_was_not() -> None:
    told = method.section(view_of(Model(), checked=CheckResult())).markdown

    assert "Judged on 2026-11-21" in told
    assert "Not judged" not in told
    assert "### Limits" not in told


def test_coverage_names_what_is_missing() -> None:
    with draft("Trust") as d:
        d.objective("No measure")

    (row,) = [
        row
        for row in rows(coverage.section, d.model)
        if row[0] == "objective measurability"
    ]
    assert row[2:] == ["0 % \\(0 of 1\\)", "“No measure”"]


def test_the_line_of_sight_has_a_row_for_each_need() -> None:
    with draft("Trust") as d:
        whole(d)
        d.need("Quiet", id="quiet", importance=0.25)

    assert rows(line_of_sight.section, d.model) == [
        ["**Warmth**", "Tenants", "not rated", "“Band C”", "“Repairs”", "✓ whole"],
        [
            "**Quiet**",
            "nobody named",
            "0.25",
            "none",
            "none",
            "✕ broken: nobody is named who has this need; no objective answers it",
        ],
    ]


def test_a_section_is_found_by_being_there_in_the_order_it_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made(name: str) -> ModuleType:
        module = ModuleType(name)
        module.ORDER = -1  # type: ignore[attr-defined]  # as a section has
        said = Section(title=name, id=name, blocks=[Paragraph("hello")])
        module.section = lambda _: said  # type: ignore[attr-defined]  # as above
        return module

    before = gathering._imported

    def more() -> Iterator[ModuleType]:
        yield made("added-b")
        yield made("added-a")
        yield from before()  # type: ignore[misc]  # modules, seen as a protocol

    monkeypatch.setattr(gathering, "_imported", more)
    titles = [section.title for section in sections_of(view_of(Model()))]

    assert titles[:3] == ["added-b", "added-a", "At a glance"]


def test_titles_are_listed_shortened_and_counted() -> None:
    assert listed([]) == ""
    assert listed(["a."]) == "“a”"
    assert listed(["a", "b", "c"]) == "“a”, “b” and “c”"
    assert listed(["a"], 2) == "“a” and 2 more"
    assert listed(["w" * 100]) == f"“{'w' * 89}…”"
    assert clipped("one two three", 9) == "one two…"
    assert clipped("a\nb", 9) == "a b"
    assert plural(0, "loss", "losses") == "0 losses"


def test_an_act_about_the_whole_says_what_was_found() -> None:
    with draft("Trust", id="trust") as d:
        d.need("Warm", id="warm")
    view = view_of(d.model)
    of_the_whole = Act(
        said="Look",
        code="MK-A-001",
        severity=Severity.ERROR,
        why="",
        refs=["trust"],
        messages=["No supplier.", "No employee.", "No society"],
        weight=0,
    )

    assert view.about(of_the_whole) == "No supplier. No employee. No society."
    assert view.about(of_the_whole, 1) == "No supplier. And 2 more."
    assert view.about(evolve(of_the_whole, refs=["warm", "?"])) == "“Warm” and “?”"


def test_an_id_that_is_not_there_is_its_own_title() -> None:
    view = view_of(Model())

    assert view.title("gone") == "gone"
    assert view.source == "a document"


def test_where_no_rule_was_asked_nothing_is_called_sound() -> None:
    made = pack(sample(), on=SAMPLE_DAY, ignore=["MK"])

    assert made.markdown.count("No rule was asked") >= 2
    assert "Nobody knows: no rule was asked" in made.markdown
    assert "found no fault" not in made.markdown + made.summary
    assert "Findings: no rule was asked" in made.summary
