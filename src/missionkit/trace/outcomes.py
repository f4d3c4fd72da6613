"""What became of the targets: the readings that count, and whether they meet them."""

from datetime import date

from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.model import Model
from missionkit.trace.readings import known_on, taken_on


def readings_of(model: Model, on: date) -> dict[str, list[Observation]]:
    """Return the readings of each measure up to the day, those corrected left out.

    They are in the order of their days; one without a day comes before every other.
    """
    found = model.of(Observation)
    corrected = {observation.corrects for observation in found}
    kept = [
        observation
        for observation in found
        if observation.id not in corrected and (known_on(observation) or on) <= on
    ]
    by_measure: dict[str, list[Observation]] = {}
    for observation in sorted(kept, key=_order):
        by_measure.setdefault(observation.measure, []).append(observation)
    return by_measure


def _order(reading: Observation) -> tuple[date, date, str]:
    """Return what readings are in order by; the one recorded last tells of a day."""
    return day_of(reading), known_on(reading) or date.min, reading.id


def day_of(reading: Observation) -> date:
    """Return the day of a reading; one without a day comes before every other."""
    return taken_on(reading) or date.min


def is_met(
    measure: SuccessMeasure, target: TargetSetting, last: Observation
) -> bool | None:
    """Return whether a reading meets a target; None where they cannot be compared."""
    if target.value is None or last.value is None:
        same = target.descriptor is not None and target.descriptor == last.descriptor
        return True if same else None
    if measure.direction is Direction.HIGHER:
        return last.value >= target.value
    if measure.direction is Direction.LOWER:
        return last.value <= target.value
    return None
