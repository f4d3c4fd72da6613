"""What went wrong in a period: objectives that were missed, processes in the red."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final

from attrs import frozen

from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.values import Period
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.levels import is_worse
from missionkit.trace.lifetime import is_retired
from missionkit.trace.readings import known_on, taken_on


class Finding(Enum):
    """What the readings of a measure say; or else why nobody can tell."""

    RED = "the last reading is worse than the threshold"
    NOT_RED = "no reading says that it is"
    UNDATED = "the readings have no day"
    NOT_COMPARED = "the last reading cannot be compared: direction, unit or target"


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
    """What went wrong in a period, and the processes of which nobody can tell.

    Nobody can tell where readings have no day, or cannot be compared.
    """

    found: tuple[Red, ...] = ()
    unknown: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()


def red_in(view: RuleView, period: Period | None) -> RedItems:
    """Return what went wrong in a period, or ever where there is none.

    A process is in the red where the last reading of one of its measures is worse
    than its threshold.
    """
    missed = tuple(
        Red(ref=each.id)
        for each in view.of(Objective)
        if each.status is ObjectiveStatus.MISSED and _within(each.period, period)
    )
    red: list[Red] = []
    doubts: dict[Finding, list[str]] = {}
    measures = view.referring(SuccessMeasure, "of")
    for process in view.of(Process):
        if is_retired(process, view.on):
            continue
        own = measures.get(process.id, ())
        said = {finding_of(view, each, period): each for each in reversed(own)}
        if Finding.RED in said:
            last = last_reading(view, said[Finding.RED], period)
            red.append(Red(ref=process.id, measure=said[Finding.RED].id, reading=last))
        else:
            for finding in said:
                doubts.setdefault(finding, []).append(process.id)
    return RedItems(
        found=(*missed, *red),
        unknown=tuple(doubts.get(Finding.UNDATED, ())),
        not_compared=tuple(doubts.get(Finding.NOT_COMPARED, ())),
    )


def finding_of(
    view: RuleView, measure: SuccessMeasure, period: Period | None
) -> Finding:
    """Return whether a measure is in the red by its last reading of a period.

    Where none is known to be of the period, one without a day may be.
    """
    reading = last_reading(view, measure, period)
    if reading is not None:
        return _FINDINGS[is_worse(measure, reading)]
    undated = (each for each in _standing(view, measure) if taken_on(each) is None)
    unsure = any(is_worse(measure, each) is not False for each in undated)
    return Finding.UNDATED if unsure else Finding.NOT_RED


_FINDINGS: Final = {
    True: Finding.RED,
    False: Finding.NOT_RED,
    None: Finding.NOT_COMPARED,
}


def last_reading(
    view: RuleView, measure: SuccessMeasure, period: Period | None
) -> Observation | None:
    """Return the last reading of a measure within a period, known by the view's day.

    Readings that were corrected do not count.
    """
    dated = _dated(view, measure, period)
    return max(dated, default=(None, None, "", None))[3]


def is_read(view: RuleView, measure: SuccessMeasure, period: Period | None) -> bool:
    """Return whether there is such a reading."""
    return any(_dated(view, measure, period))


def _dated(
    view: RuleView, measure: SuccessMeasure, period: Period | None
) -> Iterator[tuple[date, date, str, Observation]]:
    """Yield readings of a period, each after its day and the day it was known."""
    for each in _standing(view, measure):
        day, known = taken_on(each), known_on(each)
        if day is None or known is None or (period and not period.covers(day)):
            continue
        if view.on is None or known <= view.on:
            yield day, known, each.id, each


def is_unclear(view: RuleView, measure: SuccessMeasure, period: Period | None) -> bool:
    """Return whether no reading is known to be of the period, but some may be."""
    undated = any(taken_on(each) is None for each in _standing(view, measure))
    return undated and not is_read(view, measure, period)


def _standing(view: RuleView, measure: SuccessMeasure) -> Iterator[Observation]:
    corrected = view.referring(Observation, "corrects")
    readings = view.referring(Observation, "measure").get(measure.id, ())
    return (each for each in readings if each.id not in corrected)


def _within(period: Period | None, whole: Period | None) -> bool:
    return period is None or whole is None or period.overlaps(whole)
