"""Readings as ratios to their targets, as city scorecards have them."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final

from attrs import frozen

from missionkit.domain.measure import Direction, SuccessMeasure
from missionkit.ports.part import Part, Scale
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.readings import READS, Judged, judged_part, mean_of_measures

RATIO: Final = Scale(name="ratio to the target", low=0)


@frozen
class TargetRatio:
    """The last reading over its target, or the target over it where lower is better.

    1 is on target. There is no upper end, so that one measure far beyond its target can
    hide others that fall short of theirs: look at the parts.
    """

    name: ClassVar[str] = "target-ratio"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = READS
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the mean ratio of the measures."""
        return mean_of_measures(self, view, RATIO, _part)


def _part(view: ScoreView, measure: SuccessMeasure) -> Part:
    return judged_part(view, measure, _compared)


def _compared(measure: SuccessMeasure, value: Decimal, best: Decimal | None) -> Judged:
    if best is None:
        return None, "it has no target that is a number"
    if measure.direction not in (Direction.HIGHER, Direction.LOWER):
        return None, "it does not say whether higher or lower values are good"
    found = ratio(value, best, higher=measure.direction is Direction.HIGHER)
    if found is None:
        return None, "only of numbers above 0 there is a ratio"
    return found, f"{value}; target {best}"


def ratio(value: Decimal, target: Decimal, *, higher: bool) -> float | None:
    """Return how a value stands to its target; 0 of the value 0, None of no ratio."""
    if value < 0 or target <= 0:
        return None
    if not value:
        return 0.0
    over, under = (value, target) if higher else (target, value)
    return float(Fraction(over) / Fraction(under))


SCORERS: tuple[Scorer, ...] = (TargetRatio(),)
