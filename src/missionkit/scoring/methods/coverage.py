"""How far the organization is covered, as a score: a part for each metric."""

from typing import ClassVar

from attrs import frozen

from missionkit.domain.kinds import KINDS
from missionkit.ports.part import SHARE, Combine, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.naming import listed, whole
from missionkit.trace.coverage import coverage
from missionkit.trace.metric import Metric


@frozen
class CoverageScore:
    """The mean of the metrics of coverage, or of those named; each counts alike.

    A mean of shares of different things only says whether to look closer. The parts
    are what to look at: each names what is not covered.
    """

    metrics: tuple[str, ...] = ()
    name: ClassVar[str] = "coverage"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = tuple(spec.kind for spec in KINDS)
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the mean coverage of the organization as a whole."""
        if view.subject is not None:
            said = "only the organization as a whole has a coverage"
            return view.unable(self, said, combine=Combine.SUM, scale=SHARE)
        found = coverage(view.model, on=view.on)
        names = self.metrics or [metric.name for metric in found]
        parts = [_part(view, found[name]) for name in names]
        return view.scored(self, parts, combine=Combine.SUM, scale=SHARE, mean=True)


def _part(view: ScoreView, metric: Metric) -> Part:
    counted = f"{len(metric.numerator):,} of {len(metric.denominator):,}"
    because = metric.reason if metric.value is None else f"{counted} {metric.meaning}"
    return Part(
        name=metric.name,
        value=metric.value,
        because=because,
        refs=listed(view, metric.missing or metric.denominator) or whole(view),
    )


SCORERS: tuple[Scorer, ...] = (CoverageScore(),)
