"""How a measure stands: its readings, its target on a day, and the way between them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Final

from attrs import frozen

from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.model import Model
from missionkit.report.inline import Tone
from missionkit.trace.outcomes import is_met, readings_of

_LAST: Final = 3


class Standing(Enum):
    """How a measure stands toward its target: a word, and how it is to be taken."""

    NO_READING = ("no reading", Tone.WARN)
    NO_TARGET = ("no target", Tone.WARN)
    NOT_JUDGED = ("not judged", Tone.PLAIN)
    MET = ("met", Tone.GOOD)
    MISSED = ("missed", Tone.BAD)
    AWAY = ("away from target", Tone.BAD)
    NOT_YET = ("not yet", Tone.WARN)


# Measures that say nothing of whether something is reached, and those that do.
_SILENT: Final = {Standing.NO_TARGET, Standing.NOT_JUDGED}
_JUDGED: Final = set(Standing) - _SILENT - {Standing.NO_READING}


@frozen(kw_only=True)
class Result:
    """What is known of one measure on a day.

    `before` is the target that `target` took the place of in the course of the year.
    """

    measure: SuccessMeasure
    readings: Sequence[Observation]
    target: TargetSetting | None
    before: TargetSetting | None
    standing: Standing


def is_judged(results: Sequence[Result]) -> bool:
    """Return whether a reading of any measure can be compared with its target."""
    return any(result.standing in _JUDGED for result in results)


def reached(results: Sequence[Result]) -> bool:
    """Return whether all measures with a target, and at least one, are met.

    Those whose readings cannot be compared with the target are left out.
    """
    return {result.standing for result in results} - _SILENT == {Standing.MET}


def results_of(
    model: Model, ends: Mapping[str, date | None], on: date
) -> dict[str, list[Result]]:
    """Return the results of each element that is measured, by its id.

    *ends* tells until when each of them has time.
    """
    taken = readings_of(model, on)
    found: dict[str, list[Result]] = {}
    for measure in model.of(SuccessMeasure):
        end = ends.get(measure.of or "")
        past = end is not None and end < on
        result = _result(measure, taken.get(measure.id, []), on, past=past)
        found.setdefault(measure.of or "", []).append(result)
    return found


def _result(
    measure: SuccessMeasure, readings: Sequence[Observation], on: date, *, past: bool
) -> Result:
    target = measure.target_on(on)
    return Result(
        measure=measure,
        readings=readings,
        target=target,
        before=_before(measure, target, on),
        standing=_standing(measure, target, readings, past=past),
    )


def _before(
    measure: SuccessMeasure, target: TargetSetting | None, on: date
) -> TargetSetting | None:
    since = target.since if target else None
    # A target that begins with the year is a new one, not one that was changed.
    if target is None or since is None or since <= date(on.year, 1, 1):
        return None
    before = measure.target_on(since - timedelta(days=1))
    same = before is not None and _says(before) == _says(target)
    return None if same else before


def _says(of: TargetSetting) -> tuple[Decimal | None, str | None]:
    return of.value, of.descriptor


def _standing(
    measure: SuccessMeasure,
    target: TargetSetting | None,
    readings: Sequence[Observation],
    *,
    past: bool,
) -> Standing:
    if not readings:
        return Standing.NO_READING
    if target is None:
        return Standing.NO_TARGET
    met = is_met(measure, target, readings[-1])
    if met is None:
        return Standing.NOT_JUDGED
    if met:
        return Standing.MET
    if past:
        return Standing.MISSED
    return Standing.AWAY if _is_away(measure, readings) else Standing.NOT_YET


def _is_away(measure: SuccessMeasure, readings: Sequence[Observation]) -> bool:
    """Return whether each of the last readings was worse than the one before."""
    values = [each.value for each in readings[-_LAST:] if each.value is not None]
    if measure.direction is Direction.HIGHER:
        values.reverse()
    return len(values) == _LAST and all(one < other for one, other in pairwise(values))
