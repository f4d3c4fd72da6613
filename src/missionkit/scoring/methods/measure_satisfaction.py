"""Satisfaction with what was measured: from -100 at the worst to 100 at the target."""

from typing import ClassVar

from attrs import frozen

from missionkit.ports.part import SATISFACTION
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.readings import READS, mean_of_measures, satisfaction_part


@frozen
class MeasureSatisfaction:
    """How satisfied one is with a measure, or with all measures of an element.

    The last reading known on the day is put between the worst value (-100), the
    threshold (0) and the target (100) that held when it was taken. Measures of one
    element, or of the whole organization, count alike.
    """

    name: ClassVar[str] = "measure-satisfaction"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = READS
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the mean satisfaction with the measures."""
        return mean_of_measures(self, view, SATISFACTION, satisfaction_part)


SCORERS: tuple[Scorer, ...] = (MeasureSatisfaction(),)
