"""The readings of measures: which of them stand, and of which day each is."""

from collections.abc import Iterator
from datetime import date

from missionkit.domain.measure import Observation
from missionkit.ports.rule import RuleView


def standing_readings(view: RuleView) -> Iterator[Observation]:
    """Yield the readings that no other one corrects."""
    corrected = view.referring(Observation, "corrects")
    for reading in view.of(Observation):
        if reading.id not in corrected:
            yield reading


def taken_on(reading: Observation) -> date | None:
    """Return the day of a reading; None where neither it nor a period is known."""
    if reading.at is not None or reading.period is None:
        return reading.at
    return reading.period.end or reading.period.start
