"""The readings of measures that count."""

from collections.abc import Iterator

from missionkit.domain.measure import Observation
from missionkit.ports.rule import RuleView


def standing_readings(view: RuleView) -> Iterator[Observation]:
    """Yield the readings that no other one corrects."""
    corrected = view.referring(Observation, "corrects")
    for reading in view.of(Observation):
        if reading.id not in corrected:
            yield reading
