"""What went wrong in a period: objectives that were missed, processes in the red."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from missionkit.domain.measure import Direction, Observation, SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.values import Period
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.readings import taken_on
from missionkit.trace.lifetime import is_retired


@frozen(kw_only=True)
class Red:
    """An objective that was missed; or a process, and the measure that says so.

    `reading` is the last one of the period; without a measure it is None.
    """

    ref: str
    measure: str = ""
    reading: Observation | None = None


@frozen(kw_only=True)
class RedItems:
    """What went wrong in a period, and the processes of which nobody can tell."""

    found: tuple[Red, ...] = ()
    unknown: tuple[str, ...] = ()


def red_in(view: RuleView, period: Period | None) -> RedItems:
    """Return what went wrong in a period, or ever where there is none.

    A process is in the red where the last reading of one of its measures is worse
    than its threshold. Nobody can tell where readings have no day.
    """
    missed = tuple(
        Red(ref=each.id)
        for each in view.of(Objective)
        if each.status is ObjectiveStatus.MISSED and _within(each.period, period)
    )
    red, unknown = [], []
    measures = view.referring(SuccessMeasure, "of")
    for process in view.of(Process):
        if is_retired(process, view.on):
            continue
        own = measures.get(process.id, ())
        worse = next(_worse(view, own, process, period), None)
        if worse is not None:
            red.append(worse)
        elif any(is_unclear(view, measure, period) for measure in own):
            unknown.append(process.id)
    return RedItems(found=(*missed, *red), unknown=tuple(unknown))


def _worse(
    view: RuleView,
    measures: Iterable[SuccessMeasure],
    process: Process,
    period: Period | None,
) -> Iterator[Red]:
    for measure in measures:
        reading = last_reading(view, measure, period)
        if reading is not None and is_worse(measure, reading):
            yield Red(ref=process.id, measure=measure.id, reading=reading)


def last_reading(
    view: RuleView, measure: SuccessMeasure, period: Period | None
) -> Observation | None:
    """Return the last reading of a measure within a period, up to the view's day.

    Readings that were corrected do not count.
    """
    readings = view.referring(Observation, "measure").get(measure.id, ())
    corrected = view.referring(Observation, "corrects")
    dated = [
        (day, each.id, each)
        for each in readings
        if each.id not in corrected
        and (day := taken_on(each)) is not None
        and (view.on is None or day <= view.on)
        and (period is None or period.covers(day))
    ]
    return max(dated, default=(None, "", None))[2]


def is_worse(measure: SuccessMeasure, reading: Observation) -> bool:
    """Return whether a reading is worse than the threshold of its measure.

    A descriptor is where its satisfaction is below zero. What cannot be compared, for
    lack of a threshold or by another unit, is not called worse.
    """
    if reading.descriptor is not None:
        steps = measure.scale.steps if measure.scale else ()
        marks = {step.name: step.satisfaction or 0 for step in steps}
        return marks.get(reading.descriptor, 0) < 0
    value, threshold = reading.value, measure.threshold
    other_unit = reading.unit is not None and reading.unit != measure.unit
    if value is None or threshold is None or other_unit:
        return False
    match measure.direction:
        case Direction.HIGHER:
            return value < threshold
        case Direction.LOWER:
            return value > threshold
        case Direction.BAND:
            target = measure.target_on(taken_on(reading) or date.max)
            aim = target.value if target else None
            return aim is not None and abs(value - aim) > abs(threshold - aim)
    return False


def is_unclear(view: RuleView, measure: SuccessMeasure, period: Period | None) -> bool:
    """Return whether no reading is known to be of the period, but some may be."""
    readings = view.referring(Observation, "measure").get(measure.id, ())
    undated = any(taken_on(each) is None for each in readings)
    return undated and last_reading(view, measure, period) is None


def _within(period: Period | None, whole: Period | None) -> bool:
    return period is None or whole is None or period.overlaps(whole)
