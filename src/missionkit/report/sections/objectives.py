"""Objectives, goal by goal, and how one sees that they are reached."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.goals import by_goal
from missionkit.report.inline import (
    Faint,
    Fixed,
    Inline,
    Mark,
    Strong,
    Tone,
    Written,
)
from missionkit.report.measured import amount_said, course, target_said
from missionkit.report.results import Result
from missionkit.report.view import PackView
from missionkit.report.wording import plural, some
from missionkit.trace.outcomes import day_of

ORDER: Final = 40
_MOST: Final = 500
_DROPPED: Final = 20
_HEAD: Final = (
    "Objective",
    "Until",
    "Measure",
    "Target",
    "Last reading",
    "Course",
    "Standing",
)


def section(view: PackView) -> Section:
    """Return a table of the objectives of each goal, with their measures."""
    blocks = list(_tables(view)) or [Paragraph("No objectives are recorded.")]
    dropped = [
        objective.statement
        for objective in view.model.of(Objective)
        if objective.status is ObjectiveStatus.DROPPED
    ]
    if dropped:
        blocks.append(Paragraph(Faint(f"Dropped: {some(dropped, _DROPPED)}.")))
    return Section(
        title="Objectives and measures", id="objectives-and-measures", blocks=blocks
    )


def _tables(view: PackView) -> Iterator[Written]:
    left, more = _MOST, 0
    for goal, objectives in by_goal(view.model, view.carriers.objectives.values()):
        rows = [row for objective in objectives for row in _rows(view, objective)]
        more += len(rows[left:])
        if rows[:left]:
            yield Heading(view.title(goal) if goal else "Without a goal")
            yield Grid(_HEAD, rows[:left])
        left -= len(rows[:left])
    if more:
        yield Paragraph(f"{plural(more, 'row')} not listed.")


def _rows(view: PackView, objective: Objective) -> Iterator[tuple[Inline, ...]]:
    end = objective.period.end if objective.period else None
    told: tuple[Inline, ...] = (
        Strong(objective.statement),
        Fixed(end.isoformat()) if end else Faint("not said"),
    )
    results = view.results.get(objective.id, [])
    if not results:
        yield (*told, Mark("no measure", Tone.BAD), "", "", "", "")
    for result in results:
        yield (*told, *_measured(result))
        told = ("", "")


def _measured(result: Result) -> tuple[Inline, ...]:
    last = result.readings[-1] if result.readings else None
    when = day_of(last) if last else date.min
    dated: Inline = (" ", Fixed(f"({when})")) if when > date.min else ""
    unit = result.measure.unit or ""
    word, tone = result.standing.value
    return (
        result.measure.name,
        target_said(result),
        (amount_said(last, unit), dated) if last else Faint("none"),
        course(result),
        Mark(word, tone),
    )
