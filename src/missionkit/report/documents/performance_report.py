"""The performance report: what was aimed at, what came of it, and what is not known."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from missionkit.domain.care import Investigation
from missionkit.domain.measure import SuccessMeasure
from missionkit.report.blocks import Bullets, Fact, Facts, Grid, Heading, Section
from missionkit.report.document_view import DocumentView, lacking, table
from missionkit.report.goals import by_goal
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Strong, Tone, Written
from missionkit.report.measured import amount_said, course, target_said
from missionkit.report.process_news import process_news
from missionkit.report.results import Result, Standing
from missionkit.report.wording import plural, some
from missionkit.trace.coverage import coverage
from missionkit.trace.outcomes import day_of

KEY: Final = "performance-report"
TITLE: Final = "Performance report"
CONSUMERS: Final = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)
_MOST: Final = 50
_FRESHNESS: Final = "measurement freshness"
_HEAD: Final = ("Measure", "Target", "Actual", "Trend", "Standing, and why")


def sections(view: DocumentView) -> Iterator[Section]:
    """Yield the results, how processes are kept, and what is missing."""
    parts = (
        ("In short", "short", _short(view)),
        ("Objectives", "objectives", _objectives(view)),
        ("Processes", "processes", _processes(view)),
        ("How processes are kept", "care", process_news(view)),
        ("What is not known", "missing", _missing(view)),
    )
    for title, ref, blocks in parts:
        yield Section(title=title, id=ref, blocks=tuple(blocks))


def _measured(view: DocumentView) -> Iterator[Result]:
    """Yield the results of what is still aimed at, or in use."""
    for each in (*view.objectives, *view.processes):
        yield from view.results.get(each.id, ())


def _short(view: DocumentView) -> Iterator[Written]:
    counts = Counter(result.standing for result in _measured(view))
    facts = []
    for standing in Standing:
        word, tone = standing.value
        if counts[standing]:
            noun = "measure" if counts[standing] == 1 else "measures"
            facts.append(Fact(str(counts[standing]), f"{noun}: {word}", tone))
    nothing = Fact("0", "measures are recorded, so nothing can be said", Tone.BAD)
    yield Facts(facts or [nothing])


def _objectives(view: DocumentView) -> Iterator[Written]:
    none = True
    for goal, objectives in by_goal(view.model, view.objectives):
        none = False
        yield Heading(view.title(goal) if goal else "Without a goal")
        rows = [
            row for each in objectives for row in _rows(view, each.id, each.statement)
        ]
        yield Grid(("Objective", *_HEAD), rows)
    if none:
        yield from table((), [], "No objective is recorded.")


def _processes(view: DocumentView) -> Iterator[Written]:
    rows = [
        row
        for each in view.processes
        if view.results.get(each.id)
        for row in _rows(view, each.id, each.name)
    ]
    yield from table(("Process", *_HEAD), rows, "No process has a measure of its own.")


def _rows(view: DocumentView, ref: str, title: str) -> Iterator[tuple[Inline, ...]]:
    name: Inline = Strong(title)
    results = view.results.get(ref, ())
    if not results:
        yield (name, lacking("no measure is recorded"), "", "", "", "")
    for result in results:
        yield (name, *_result(view, result))
        name = ""


def _result(view: DocumentView, result: Result) -> tuple[Inline, ...]:
    word, tone = result.standing.value
    return (
        result.measure.name,
        target_said(result) if result.target else lacking("no target"),
        _actual(result),
        course(result) or Faint("too few readings"),
        (Mark(word, tone), *_why(view, result)),
    )


def _actual(result: Result) -> Inline:
    if not result.readings:
        return lacking("no reading")
    last = result.readings[-1]
    said = amount_said(last, result.measure.unit or "")
    when = day_of(last)
    day = when.isoformat() if when > date.min else "no day is recorded"
    return (said, " ", Fixed(f"({day})"))


def _why(view: DocumentView, result: Result) -> tuple[Inline, ...]:
    """Return what was found to be the cause, where somebody looked into it."""
    about = view.facts.referring(Investigation, "addresses")
    refs = (result.measure.id, result.measure.of or "")
    found = {
        each.id: each.cause or each.problem
        for ref in refs
        for each in about.get(ref, ())
        if each.on is None or each.on <= view.on
    }
    if found:
        return (" ", Faint("; ".join(found[ref] for ref in sorted(found))))
    behind = result.standing in (Standing.MISSED, Standing.AWAY)
    return (" ", lacking("no cause is recorded")) if behind else ()


def _missing(view: DocumentView) -> Iterator[Written]:
    """Yield what keeps one from knowing more, so that silence is not taken for good."""
    found = list(_measured(view))
    unmeasured = [o.statement for o in view.objectives if not view.results.get(o.id)]
    stale = set(coverage(view.model, on=view.on)[_FRESHNESS].missing)
    said = (
        ("objective", "without a measure", unmeasured),
        ("measure", "without a target", _names(r for r in found if not r.target)),
        ("measure", "without a reading", _names(r for r in found if not r.readings)),
        (
            "measure",
            "read less often than they should be",
            _names(r for r in found if r.readings and r.measure.id in stale),
        ),
        (
            "measure",
            "that do not say which values are good",
            [m.name for m in _undirected(found)],
        ),
    )
    items: list[Inline] = [
        (Strong(f"{plural(len(titles), noun)} {what}: "), f"{some(titles, _MOST)}.")
        for noun, what, titles in said
        if titles
    ]
    none = Mark("Every objective is measured, and every measure read.", Tone.GOOD)
    nothing = lacking("No measure is recorded.")
    yield Bullets(items or [none if found else nothing])


def _names(results: Iterator[Result]) -> list[str]:
    return [result.measure.name for result in results]


def _undirected(found: Sequence[Result]) -> Iterator[SuccessMeasure]:
    for result in found:
        numbers = result.target is not None and result.target.value is not None
        if numbers and result.measure.direction is None:
            yield result.measure
