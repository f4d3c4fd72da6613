"""Weighted sum and TOPSIS: what each makes of a row, as a number and as a score."""

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from attrs import frozen

from missionkit.ports.options import Criterion, Normalization, Numbers, Options
from missionkit.ports.part import Combine, MissingPolicy, Part, Scale, said
from missionkit.ports.ranker import Ranker
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import ScoreView
from missionkit.scoring import plainly
from missionkit.scoring.reading_options import is_array


@frozen(kw_only=True)
class WeightedSum:
    """The ratings of an option, each times its share of all weights, added up."""

    options: Options
    by: Normalization = Normalization.MIN_MAX
    name: ClassVar[str] = "weighted-sum"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[LimitSpec, ...]] = ()
    combine: ClassVar[Combine] = Combine.SUM

    @property
    def scale(self) -> Scale:
        """The scale of its values; only that of min-max ratings has ends."""
        ends = (0.0, 1.0) if self.by is Normalization.MIN_MAX else (None, None)
        name = f"weighted sum, normalization {self.by}"
        return Scale(name=name, low=ends[0], high=ends[1])

    def values(self, shares: Sequence[float], policy: MissingPolicy) -> Numbers:
        """Return the value of each option, if the criteria had these shares."""
        criteria = self.options.criteria
        if not any(shares):
            return [None] * len(self.options.names)
        if not is_whole(criteria):
            return plainly.sums(criteria, shares, self.by, policy)
        from missionkit.scoring import arrays  # noqa: PLC0415 - of the extra

        found: Numbers = arrays.sums(criteria, shares, self.by)
        return found

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the score of the option that is the view's subject."""
        row = _row_of(self.options, view)
        why = why_none(self) if row is not None else _NO_ROW
        if row is None or why:
            return view.unable(self, why, combine=self.combine, scale=self.scale)
        parts = (
            _part(each, value, rating=each.rating(value or 0, self.by), weight=weight)
            for each, value, weight in zip(
                self.options.criteria, row, _weights(self.options), strict=True
            )
        )
        return view.scored(
            self, parts, combine=self.combine, scale=self.scale, mean=True
        )


@frozen(kw_only=True)
class Topsis:
    """How far an option is from the worst ends, as a share of the way to the best.

    The ends are the best and the worst number of each criterion that an option has.
    """

    options: Options
    by: Normalization = Normalization.VECTOR
    name: ClassVar[str] = "topsis"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[LimitSpec, ...]] = ()
    combine: ClassVar[Combine] = Combine.CLOSENESS

    @property
    def scale(self) -> Scale:
        """The scale of its values."""
        return Scale(name=f"closeness, normalization {self.by}", low=0, high=1)

    def values(self, shares: Sequence[float], policy: MissingPolicy) -> Numbers:
        """Return the value of each option, if the criteria had these shares."""
        criteria, reaches = self.options.criteria, self.reaches(shares)
        if not any(reaches):
            return [None] * len(self.options.names)
        if not is_whole(criteria):
            return plainly.closenesses(criteria, reaches, policy)
        from missionkit.scoring import arrays  # noqa: PLC0415 - of the extra

        found: Numbers = arrays.closenesses(criteria, reaches)
        return found

    def reaches(self, shares: Sequence[float]) -> list[float]:
        """Return the weighted way from worst to best of each criterion, 1 the longest.

        A common factor changes no closeness, and so none is lost by being too small.
        """
        bare = [each.reach(self.by) for each in self.options.criteria]
        top = max(bare, default=0.0) or 1.0
        ways = [s * (reach / top) for s, reach in zip(shares, bare, strict=True)]
        longest = max(ways, default=0.0) or 1.0
        return [way / longest for way in ways]

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the score of the option that is the view's subject."""
        row = _row_of(self.options, view)
        reaches = self.reaches([each.share for each in self.options.criteria])
        why = why_none(self) if row is not None else _NO_ROW
        if row is None or why:
            return view.unable(self, why, combine=self.combine, scale=self.scale)
        parts = (
            _part(each, value, rating=each.position(value or 0), weight=reach, ends=1)
            for each, value, reach in zip(
                self.options.criteria, row, reaches, strict=True
            )
        )
        return view.scored(self, parts, combine=self.combine, scale=self.scale)


OwnRanker: TypeAlias = WeightedSum | Topsis
_NO_ROW: Final = "only an option of the table has a value"


def why_none(method: Ranker) -> str:
    """Return why no option at all has a value, for a sentence that goes on."""
    options, criteria = method.options.names, method.options.criteria
    if not options:
        return "there are no options"
    if not criteria:
        return "there are no criteria"
    shares = [each.share for each in criteria]
    if not any(shares):
        return "every weight is 0"
    if isinstance(method, Topsis) and not any(method.reaches(shares)):
        alike = "the options do not differ in what counts"
        return "there is only one option to compare" if len(options) == 1 else alike
    return ""


def _row_of(options: Options, view: ScoreView) -> Sequence[float | None] | None:
    if view.subject is None or view.subject not in options.names:
        return None
    at = options.place_of(view.subject)
    held = (each.values[at] for each in options.criteria)
    return [None if value is None else float(value) for value in held]


def _weights(options: Options) -> list[float]:
    return [each.weight for each in options.criteria]


def is_whole(criteria: Sequence[Criterion]) -> bool:
    """Return whether there are only arrays: these have no gaps."""
    return all(is_array(each.values) for each in criteria)


def _part(
    criterion: Criterion,
    value: float | None,
    *,
    rating: float,
    weight: float,
    ends: float | None = None,
) -> Part:
    """Return what an option's number for a criterion is worth, and why."""
    better = f"{criterion.direction} is better"
    between = f"{said(criterion.worst)} worst, {said(criterion.best)} best"
    because = f"{said(value)}; {better}; {between}" if value is not None else ""
    return Part(
        name=criterion.name,
        value=None if value is None else rating,
        weight=weight,
        because=because or "it is not known",
        refs=(criterion.name,),
        best=ends,
        worst=None if ends is None else 0.0,
    )
