"""The grade of key results: from 0 at the baseline to 1 at the target."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, frozen

from missionkit.domain.measure import Direction, SuccessMeasure
from missionkit.ports.part import SHARE, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.readings import READS, Judged, judged_part, mean_of_measures

_GREEN = LimitSpec("okr_green", 0.7, "from which grade on a key result is green")
_YELLOW = LimitSpec("okr_yellow", 0.4, "from which grade on a key result is yellow")


@frozen
class Okr:
    """How far key results came from where they stood to where they were to be.

    A measure is graded by its last reading: 0 at the baseline and 1 at the target, cut
    off at both. An objective has the mean of its measures. A grade is not a judgment
    of people, and one of 0.7 is what an ambitious objective is to reach.
    """

    name: ClassVar[str] = "okr"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = READS
    limits: ClassVar[tuple[LimitSpec, ...]] = (_GREEN, _YELLOW)

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the mean grade of the measures."""
        return mean_of_measures(self, view, SHARE, _part)


def _part(view: ScoreView, measure: SuccessMeasure) -> Part:
    part = judged_part(view, measure, _graded)
    if part.value is None:
        return part
    return evolve(part, because=f"{_color(view, part.value)}; {part.because}")


def _graded(measure: SuccessMeasure, value: Decimal, end: Decimal | None) -> Judged:
    start = measure.baseline
    if start is None or end is None:
        return None, f"it has no {'baseline' if start is None else 'target'}"
    if measure.direction is Direction.BAND:
        return None, "a band has no way from a baseline to a target"
    if start == end:
        return None, "its target is where it began"
    return grade(value, start, end), f"{value} from {start} to {end}"


def grade(value: Decimal, start: Decimal, end: Decimal) -> float:
    """Return how far *value* came from *start* to *end*, from 0 to 1."""
    way = (Fraction(value) - Fraction(start)) / (Fraction(end) - Fraction(start))
    return float(min(max(way, Fraction(0)), Fraction(1)))


def _color(view: ScoreView, value: float) -> str:
    if value >= view.limit(str(_GREEN.name)):
        return "green"
    return "yellow" if value >= view.limit(str(_YELLOW.name)) else "red"


SCORERS: tuple[Scorer, ...] = (Okr(),)
