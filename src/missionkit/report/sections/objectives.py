"""Objectives, goal by goal, and how one sees that they are reached."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from missionkit.domain.measure import Observation, TargetSetting
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.report.blocks import Grid, Heading, Paragraph, Section
from missionkit.report.goals import by_goal
from missionkit.report.inline import (
    Drawn,
    Faint,
    Fixed,
    Inline,
    Mark,
    Strong,
    Tone,
    Written,
)
from missionkit.report.pictures.shapes import number
from missionkit.report.pictures.sparkline import in_words, sparkline
from missionkit.report.results import Result, day_of
from missionkit.report.view import PackView
from missionkit.report.wording import plural, some

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
        _target(result, unit),
        (_said(last, unit), dated) if last else Faint("none"),
        _course(result),
        Mark(word, tone),
    )


def _target(result: Result, unit: str) -> Inline:
    target, before = result.target, result.before
    if target is None:
        return Faint("none")
    if before is None or target.since is None:
        return _said(target, unit)
    until = target.since - timedelta(days=1)
    return (_said(target, unit), " ", Faint(f"({_said(before)} until {until})"))


def _course(result: Result) -> Inline:
    values = [taken.value for taken in result.readings if taken.value is not None]
    line = sparkline(values, result.target.value if result.target else None)
    return Drawn(line, in_words(values)) if line else ""


def _said(of: TargetSetting | Observation, unit: str = "") -> str:
    """Return a number with its unit, or words, which need none."""
    if of.value is None:
        return of.descriptor or ""
    return f"{number(of.value)} {unit}".rstrip()
