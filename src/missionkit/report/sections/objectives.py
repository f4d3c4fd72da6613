"""Objectives and how one sees that they are reached."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.report.blocks import Grid, Paragraph, Section
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
from missionkit.report.view import PackView
from missionkit.report.wording import plural, some

ORDER: Final = 40
_MOST: Final = 500
_DROPPED: Final = 20
_HEAD: Final = (
    "Objective",
    "Goal",
    "Until",
    "Measure",
    "Target",
    "Last reading",
    "Course",
    "Standing",
)


def section(view: PackView) -> Section:
    """Return the table of objectives with their measures."""
    rows = list(_rows(view))
    dropped = [
        objective.statement
        for objective in view.model.of(Objective)
        if objective.status is ObjectiveStatus.DROPPED
    ]
    blocks: list[Written] = [
        Grid(_HEAD, rows[:_MOST]) if rows else Paragraph("No objectives are recorded.")
    ]
    if len(rows) > _MOST:
        blocks.append(Paragraph(f"{plural(len(rows) - _MOST, 'row')} not listed."))
    if dropped:
        blocks.append(Paragraph(Faint(f"Dropped: {some(dropped, _DROPPED)}.")))
    return Section(
        title="Objectives and measures", id="objectives-and-measures", blocks=blocks
    )


def _rows(view: PackView) -> Iterator[tuple[Inline, ...]]:
    measures: dict[str, list[SuccessMeasure]] = {}
    for measure in view.model.of(SuccessMeasure):
        measures.setdefault(measure.of or "", []).append(measure)
    taken = readings(view)
    for objective in view.carriers.objectives.values():
        end = objective.period.end if objective.period else None
        told: tuple[Inline, ...] = (
            Strong(objective.statement),
            view.title(objective.goal) if objective.goal else Faint("none"),
            Fixed(end.isoformat()) if end else Faint("not said"),
        )
        of_it = measures.get(objective.id, [])
        if not of_it:
            yield (*told, Mark("no measure", Tone.BAD), "", "", "", "")
        for measure in of_it:
            past = end is not None and end < view.on
            found = taken.get(measure.id, [])
            yield (*told, *_measured(measure, found, view.on, past=past))
            told = ("", "", "")


def readings(view: PackView) -> dict[str, list[Observation]]:
    """Return the readings of each measure up to the day, those corrected left out."""
    found = view.model.of(Observation)
    corrected = {observation.corrects for observation in found}
    kept = [
        observation
        for observation in found
        if observation.id not in corrected and _day(observation) <= view.on
    ]
    by_measure: dict[str, list[Observation]] = {}
    for observation in sorted(kept, key=lambda taken: (_day(taken), taken.id)):
        by_measure.setdefault(observation.measure, []).append(observation)
    return by_measure


def _day(observation: Observation) -> date:
    period = observation.period.end if observation.period else None
    return observation.at or period or date.min


def _measured(
    measure: SuccessMeasure, taken: Sequence[Observation], on: date, *, past: bool
) -> tuple[Inline, ...]:
    target = measure.target_on(on)
    last = taken[-1] if taken else None
    unit = f" {measure.unit}" if measure.unit else ""
    when = _day(last) if last else date.min
    dated: Inline = (" ", Fixed(f"({when})")) if when > date.min else ""
    return (
        measure.name,
        f"{_said(target)}{unit}" if target else Faint("none"),
        (f"{_said(last)}{unit}", dated) if last else Faint("none"),
        _course(target, taken),
        _standing(measure, target, last, past=past),
    )


def _course(target: TargetSetting | None, taken: Sequence[Observation]) -> Inline:
    values = [reading.value for reading in taken if reading.value is not None]
    line = sparkline(values, target.value if target else None)
    return Drawn(line, in_words(values)) if line else ""


def _said(of: TargetSetting | Observation) -> str:
    return of.descriptor or "" if of.value is None else number(of.value)


def _standing(
    measure: SuccessMeasure,
    target: TargetSetting | None,
    last: Observation | None,
    *,
    past: bool,
) -> Inline:
    if last is None:
        return Mark("no reading", Tone.WARN)
    if target is None:
        return Mark("no target", Tone.WARN)
    met = _is_met(measure, target, last)
    if met is None:
        return Mark("not judged", Tone.PLAIN)
    if met:
        return Mark("met", Tone.GOOD)
    return Mark("missed", Tone.BAD) if past else Mark("not yet", Tone.WARN)


def _is_met(
    measure: SuccessMeasure, target: TargetSetting, last: Observation
) -> bool | None:
    if target.value is None or last.value is None:
        same = target.descriptor is not None and target.descriptor == last.descriptor
        return True if same else None
    if measure.direction is Direction.HIGHER:
        return last.value >= target.value
    if measure.direction is Direction.LOWER:
        return last.value <= target.value
    return None
