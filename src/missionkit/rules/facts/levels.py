"""The levels of measures: whether a reading is worse than them, and how to say them."""

from datetime import date
from decimal import Context, Decimal
from itertools import pairwise
from typing import Final

from missionkit.domain.measure import Direction, Observation, SuccessMeasure
from missionkit.trace.readings import taken_on

_EXACT: Final = Context(prec=100)  # more digits than two values can have
_BRIEF: Final = 9


def is_worse(measure: SuccessMeasure, reading: Observation) -> bool | None:
    """Return whether a reading is worse than its threshold; None where unknown.

    A measure without a threshold is worse where it reaches its worst value; without
    either nothing is said to be worse. A word is where its satisfaction is below zero.
    Nobody can tell where the unit is another one or that of the measure is not known,
    where nothing says which values are good, where a band has no target on the day,
    and of a word that is no step of the scale, or stands for no satisfaction.
    """
    in_words = reading.value is None or measure.scale is not None
    if reading.descriptor is not None and in_words:
        return _is_worse_word(measure, reading.descriptor)
    limit = measure.worst if measure.threshold is None else measure.threshold
    if limit is None or reading.value is None:
        return False
    if reading.unit not in (None, measure.unit):
        return None
    return _is_beyond(measure, reading.value, limit, taken_on(reading))


def _is_worse_word(measure: SuccessMeasure, word: str) -> bool | None:
    steps = measure.scale.steps if measure.scale else ()
    marks = {str(step.name): step.satisfaction for step in steps}
    if all(mark is None for mark in marks.values()):
        return None if measure.threshold is not None else False
    mark = marks.get(word)
    return None if mark is None else mark < 0


def _is_beyond(
    measure: SuccessMeasure, value: Decimal, limit: Decimal, day: date | None
) -> bool | None:
    """Return whether a value is beyond a limit; at the worst one it is, too."""
    good = measure.direction or _direction(measure)
    if good is None:
        return None
    if good is Direction.BAND:
        target = measure.target_on(day or date.max)
        if target is None or target.value is None:
            return None
        value, limit = (_apart(each, target.value) for each in (value, limit))
    at_worst = measure.threshold is None and value == limit
    return at_worst or (value < limit if good is Direction.HIGHER else value > limit)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return _EXACT.subtract(one, other).copy_abs()


def _direction(measure: SuccessMeasure) -> Direction | None:
    """Return which values are good by the order of the levels, if they have one."""
    levels = (measure.worst, measure.threshold)
    known = [level for level in levels if level is not None]
    ways = {_way(one, other) for one, other in pairwise(known)}
    for target in measure.targets:
        if target.value is not None and known:
            ways.add(_way(known[-1], target.value))
    return ways.pop() if len(ways) == 1 else None


def _way(one: Decimal, other: Decimal) -> Direction | None:
    if one == other:
        return None
    return Direction.HIGHER if one < other else Direction.LOWER


def brief(level: Decimal) -> str:
    """Return a level as a message says it, with three digits where it is a long one."""
    ways = (str(level), f"{level:.3g}", f"{level:.2e}")
    return next((said for said in ways if len(said) <= _BRIEF), ways[-1])
