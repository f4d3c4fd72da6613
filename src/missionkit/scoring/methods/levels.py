"""On which level something stands, by a model of levels and the last assessment."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from math import fsum
from typing import ClassVar, Final

from attrs import frozen

from missionkit.domain.intent import Limit
from missionkit.domain.review import MaturityAssessment
from missionkit.domain.values import Descriptor
from missionkit.ports.part import Combine, Part, Scale, said
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.level_model import (
    LEVEL_MODELS,
    LevelComponent,
    LevelModel,
    LevelRule,
)

_TRUE: Final = LimitSpec(
    "largely_true", 80, "from which percentage on a level is held to be reached"
)
_WHOLE: Final = 1000.0
_PERCENT: Final = 100
_POINTS: Final = Scale(name="points", low=0, high=_WHOLE)

Ratings = Mapping[int, int]
"""The percentages of a component, by level."""


@frozen
class LevelScore:
    """What the last assessment by a model of levels says of a subject.

    An assessment is by the model whose name or title is its scheme. It is of the
    subject, or of the root organization where there is none.
    """

    model: LevelModel
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ("maturity_assessment", "organization.parent")
    limits: ClassVar[tuple[LimitSpec, ...]] = (_TRUE,)

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.model.name

    @property
    def scale(self) -> Scale:
        """The levels by name, or points."""
        if self.model.rule is LevelRule.POINTS:
            return _POINTS
        names = ("below all", *self.model.levels)
        steps = (Descriptor(name=e, satisfaction=at) for at, e in enumerate(names))
        high = len(self.model.levels)
        return Scale(name="level", low=0, high=high, steps=tuple(steps))

    @property
    def combine(self) -> Combine:
        """By the lowest component, or by points."""
        steps = self.model.rule is LevelRule.STEPS
        return Combine.MIN if steps else Combine.SUM

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the level, or the points, of the subject."""
        last = self._last(view)
        if last is None:
            why = f"nobody has assessed it by {self.model.title}"
            return view.unable(self, why, combine=self.combine, scale=self.scale)
        true = view.limit(_TRUE.name)
        in_steps = self.model.rule is LevelRule.STEPS
        return view.scored(
            self,
            self._parts(last, true),
            combine=self.combine,
            scale=self.scale,
            mean=not in_steps,
            settings=(Limit(name=_TRUE.name, value=true),) if in_steps else (),
        )

    def fits(self, assessment: MaturityAssessment) -> bool:
        """Return whether an assessment is by this model of levels."""
        names = (self.model.name, self.model.title)
        return assessment.scheme.casefold() in {name.casefold() for name in names}

    def _last(self, view: ScoreView) -> MaturityAssessment | None:
        """Return the last assessment of the subject that is known on the day."""
        root = view.model.root
        whole = {None} if root is None else {None, str(root.id)}
        asked = whole if view.subject in whole else {view.subject}
        held = [
            each
            for each in view.of(MaturityAssessment)
            if self.fits(each)
            and each.on in asked
            and (view.on is None or each.at is None or each.at <= view.on)
        ]
        return max(held, key=lambda e: (e.at or date.min, e.id), default=None)

    def _parts(self, last: MaturityAssessment, true: float) -> Iterator[Part]:
        """Yield a part for each component, or for a group that was rated as one."""
        rated: dict[str, dict[int, int]] = {}
        for each in last.ratings:
            rated.setdefault(each.component.casefold(), {})[each.level] = each.percent
        yield from self._unknown(last)
        done: set[str] = set()
        for component in self.model.components:
            own = rated.get(component.name.casefold())
            group = rated.get(component.group.casefold())
            if own is not None or group is None:
                yield self._part(component, component.name, own or {}, last, true)
            elif component.group not in done:
                done.add(component.group)
                yield self._part(component, component.group, group, last, true)

    def _unknown(self, last: MaturityAssessment) -> Iterator[Part]:
        """Yield a missing part for each name that is rated and that the model lacks."""
        known = {
            name.casefold()
            for component in self.model.components
            for name in (component.name, component.group)
        }
        why = f"{self.model.title} has no such component"
        for name in sorted({each.component for each in last.ratings}):
            if name.casefold() not in known:
                yield Part(name=name, because=why, refs=(last.id,))

    def _part(
        self,
        component: LevelComponent,
        name: str,
        ratings: Ratings,
        last: MaturityAssessment,
        true: float,
    ) -> Part:
        levels = component.levels or self.model.levels
        if self.model.rule is LevelRule.STEPS:
            value, because = _step(ratings, levels, true)
        else:
            value, because = _points(ratings, levels)
        return Part(
            name=name,
            value=value,
            weight=component.points,
            because=because,
            refs=(last.id, *last.evidence),
        )


def _step(
    ratings: Ratings, levels: Sequence[str], true: float
) -> tuple[float | None, str]:
    """Return the highest level up to which all are largely true, and what stops it."""
    if 1 not in ratings:
        return None, f"{levels[0]} is not rated"
    reached = takewhile(
        lambda level: ratings.get(level, -1) >= true, range(1, len(levels) + 1)
    )
    step = max(reached, default=0)
    if step == len(levels):
        return float(step), "all levels are largely true"
    following = ratings.get(step + 1)
    if following is None:
        return float(step), f"{levels[step]} is not rated"
    return float(step), f"{levels[step]} is true to {following} percent"


def _points(ratings: Ratings, levels: Sequence[str]) -> tuple[float | None, str]:
    """Return the mean of the attributes, but no more than the first of them."""
    first = ratings.get(1)
    if first is None:
        return None, f"{levels[0]} is not rated"
    lacking = [name for at, name in enumerate(levels, 1) if at not in ratings]
    if lacking:
        return None, f"{', '.join(lacking)} not rated"
    held = [ratings[at] for at in range(1, len(levels) + 1)]
    mean = fsum(held) / len(held)
    percent = min(mean, first)
    bound = f", bounded by {levels[0]}" if first < mean else ""
    return percent / _PERCENT * _WHOLE, f"{said(percent)} percent{bound}"


SCORERS: tuple[Scorer, ...] = tuple(LevelScore(each) for each in LEVEL_MODELS)
