"""Whether readings fit their measure: its unit, its scale, and the time it measures."""

from collections.abc import Iterator
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.measure import (
    MeasureKind,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.plan import Objective
from missionkit.domain.process import Process, ReleaseState, Resource, ResourceDemand
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.issue import Issue
from missionkit.markup import shortened, shown
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import measures as codes
from missionkit.rules.facts.readings import standing_readings
from missionkit.rules.hints import Hints, hints
from missionkit.trace.readings import taken_on

Misfit: TypeAlias = tuple[str, str, str]
"""The field that does not fit, what is said of it, and what to do about it."""

_STEPS: Final = 5
_WHO: Final = 60
_WORD: Final = 17
_COUNT: Final = (
    "give the number as `value`, and the words as a note;"
    " or say `qualitative` as `kind` of the measure, if it describes in words"
)
GRACE: Final = LimitSpec(
    "late_reading_days",
    31,
    "for how many days after the end a reading without a period may be taken",
)


def units_that_differ(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each value in another unit or scale than what it is of.

    Readings and targets are compared with their measure, the quantity of a demand with
    the capacity of its resource. Where a side has no unit or scale, nothing is said.
    """
    measures = view.by_id(SuccessMeasure)
    for reading in standing_readings(view):
        measure = measures.get(reading.measure)
        if measure is not None:
            yield from _of_reading(view, reading, measure)
    meant = view.once(hints)
    for measure in measures.values():
        for index, target in enumerate(measure.targets):
            for name, said, fix in _misfits(meant, target, measure):
                yield codes.UNIT_MISMATCH.issue(
                    f"{view.named(measure)} has the target {said}.",
                    ref=measure.id,
                    path=f"targets[{index}].{name}",
                    value=getattr(target, name),
                    fix=fix,
                )
    yield from _demands_in_other_units(view)


def _of_reading(
    view: RuleView, reading: Observation, measure: SuccessMeasure
) -> Iterator[Issue]:
    who = f"{view.named(reading)} of {view.titled(measure)}"
    who = who if len(who) <= _WHO else view.named(reading)
    for name, said, fix in _misfits(view.once(hints), reading, measure):
        yield codes.UNIT_MISMATCH.issue(
            f"{who} is {said}.",
            ref=reading.id,
            path=name,
            value=getattr(reading, name),
            fix=fix,
        )
    if None not in (reading.unit, measure.unit) and reading.unit != measure.unit:
        yield codes.UNIT_MISMATCH.issue(
            f"{who} is in {_word(reading.unit)}, not in {_word(measure.unit)}.",
            ref=reading.id,
            path="unit",
            value=reading.unit,
            fix=f"write the value in {shown(measure.unit)}, or correct `unit`",
        )


def _word(said: str | None) -> str:
    return shown(shortened(said or "", _WORD))


def _misfits(
    meant: Hints, held: Observation | TargetSetting, measure: SuccessMeasure
) -> Iterator[Misfit]:
    """Yield what does not fit a measure that counts, or that describes by a scale."""
    if measure.scale is not None:
        steps = [str(step.name) for step in measure.scale.steps]
        which = f"one of the steps {', '.join(map(repr, steps[:_STEPS]))}"
        if held.descriptor is not None and held.descriptor not in steps:
            said = f"{_word(held.descriptor)}, no step of {_word(measure.scale.name)}"
            yield "descriptor", said, meant.of(held.descriptor, steps) or f"use {which}"
        elif held.descriptor is None and measure.kind is MeasureKind.QUALITATIVE:
            said = f"{shown(held.value)}, but the measure describes in words"
            yield "value", said, f"give a `descriptor`: {which}"
    elif held.value is None and _counts(measure):
        said = f"{_word(held.descriptor)}, but the measure counts"
        yield "descriptor", said, _COUNT


def _counts(measure: SuccessMeasure) -> bool:
    """Return whether a measure is one of numbers: what was never said is no fault."""
    levels = (measure.unit, measure.baseline, measure.threshold, measure.worst)
    stated = any(level is not None for level in levels)
    return stated and measure.kind is MeasureKind.QUANTITATIVE


def _demands_in_other_units(view: RuleView) -> Iterator[Issue]:
    resources = view.by_id(Resource)
    for demand in view.of(ResourceDemand):
        resource = resources.get(demand.resource or "")
        if resource is None or None in (demand.quantity, resource.capacity):
            continue
        units = (demand.unit, resource.unit)
        if None not in units and demand.unit != resource.unit:
            yield codes.UNIT_MISMATCH.issue(
                f"{view.named(demand)} is in {shown(demand.unit)}, but"
                f" {view.titled(resource)} in {shown(resource.unit)}.",
                ref=demand.id,
                path="unit",
                value=demand.unit,
                fix=f"write the quantity in {shown(resource.unit)}, or correct `unit`",
            )


@frozen
class _Life:
    """When something is measured, and how one says that it began and that it ended."""

    whose: str = ""
    start: date | None = None
    end: date | None = None
    began: str = "began"
    ended: str = "ended"


def readings_outside_of_life(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each reading from before or after what it measures.

    An objective is measured in its period, and from its first target on; a process from
    when it was developed until it is retired. A reading of a period that touches that
    time lies within it, whenever it was taken; one that has only a day may be taken
    some days after the end. What lies after the day to judge cannot be known yet.
    """
    measures = view.by_id(SuccessMeasure)
    lives = {ref: _life(view, measure) for ref, measure in measures.items()}
    undated, dated = [], False
    for reading in standing_readings(view):
        if taken_on(reading) is None:
            undated.append(reading.id)
            continue
        dated = True
        said = _outside(view, reading, lives.get(reading.measure, _Life()))
        if said:
            when = reading.period or reading.at
            yield codes.OUTSIDE_LIFE.issue(
                f"{view.named(reading)} is of {when}, {said}.",
                ref=reading.id,
                path="period" if reading.period else "at",
                value=when,
            )
    code = codes.OUTSIDE_LIFE.code
    if undated:
        yield NotJudged(code, "the readings have no day", tuple(undated))
    if dated and view.on is None:
        why = "whether a reading lies ahead depends on the day: pass on="
        yield NotJudged(code, why)


def _life(view: RuleView, measure: SuccessMeasure) -> _Life:
    objective = view.by_id(Objective).get(measure.of or "")
    process = view.by_id(Process).get(measure.of or "")
    if objective is not None and objective.period is not None:
        starts = [objective.period.start, *(t.since for t in measure.targets)]
        ends = [objective.period.end, *(t.until for t in measure.targets)]
        return _Life(
            whose=view.titled(objective),
            start=min(filter(None, starts)) if starts[0] else None,
            end=max(filter(None, ends)) if ends[0] else None,
        )
    if process is not None and process.release is not None:
        steps = process.release.steps
        left = (s.on for s in steps if s.state is ReleaseState.RETIRED)
        return _Life(
            whose=view.titled(process),
            start=steps[0].on,
            end=next(left, None),
            began="was developed",
            ended="was retired",
        )
    return _Life()


def _outside(view: RuleView, reading: Observation, life: _Life) -> str:
    """Return how a reading lies outside of a life or ahead, or nothing."""
    span = reading.period or Period(reading.at, reading.at)
    ahead = reading.at or span.start or span.end
    if view.on is not None and ahead is not None and ahead > view.on:
        return f"which is after {view.on}"
    if life.start and span.end and span.end < life.start:
        return f"before {life.whose} {life.began} on {life.start}"
    grace = 0 if reading.period else int(view.limit(GRACE.name))
    last = Cadence(1, Unit.DAY).after(life.end, grace) if life.end else None
    if last and span.start and span.start > last:
        return f"after {life.whose} {life.ended} on {life.end}"
    return ""


RULES: Final = (
    RuleEntry(rule=units_that_differ, codes=(codes.UNIT_MISMATCH,)),
    RuleEntry(
        rule=readings_outside_of_life, codes=(codes.OUTSIDE_LIFE,), limits=(GRACE,)
    ),
)
