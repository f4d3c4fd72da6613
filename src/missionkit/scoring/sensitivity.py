"""Which weight, changed by how much, would put another option in the first place.

The others keep their proportions. With u for the weight divided by all others, the lead
of one option over another is linear in u for a weighted sum. For TOPSIS it is quadratic
in u squared: a closeness is greater where the ratio of squared distances is. So the
weight at which two options tie is solved, not searched.
"""

from collections.abc import Iterator, Sequence
from math import copysign, fsum, inf, isclose, sqrt
from typing import Any, Final

from attrs import asdict, frozen

from missionkit.markup import Html, columns, join, shown, table, tag
from missionkit.ports.part import MissingPolicy
from missionkit.scoring.multi_criteria import RankingMethod, Topsis
from missionkit.scoring.options import Criterion, Numbers
from missionkit.scoring.places import nearness
from missionkit.scoring.reading_options import shares_of

_NEAR: Final = 1e-12
_HEAD: Final = ("criterion", "weighs", "another is first at", "change", "then first")

Lead = tuple[float, float, float]
"""Of a polynomial: what stands before the square, before x, and alone."""


@frozen(kw_only=True)
class Flip:
    """The smallest change of one weight that gives another first place.

    At the share `at` both tie; beyond it `option` is first. Without it, no share of
    this weight alone changes the first place.
    """

    criterion: str
    share: float
    at: float | None = None
    option: str = ""

    @property
    def change(self) -> float | None:
        """By how much the share has to change."""
        return None if self.at is None else self.at - self.share


@frozen(kw_only=True)
class Sensitivity:
    """For each criterion, how far its weight is from another first place."""

    first: str = ""
    flips: tuple[Flip, ...] = ()
    reason: str = ""

    @property
    def nearest(self) -> Flip | None:
        """The smallest change of all that gives another first place."""
        moved = [each for each in self.flips if each.change is not None]
        return min(moved, key=lambda each: abs(each.change or 0), default=None)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        flips = [{**asdict(each), "change": each.change} for each in self.flips]
        return {"first": self.first, "reason": self.reason, "flips": flips}

    def __str__(self) -> str:
        """Return for each criterion what change of its weight matters."""
        if self.reason:
            return self._headline()
        rows = [("", *row) for row in self._rows()]
        return "\n".join((self._headline(), columns([("", *_HEAD), *rows])))

    def _repr_html_(self) -> Html:
        head = tag("p", tag("strong", self._headline()))
        return head if self.reason else join((head, table(_HEAD, self._rows())))

    def _headline(self) -> str:
        if self.reason:
            return f"Nothing to change, as {self.reason}."
        found = self.nearest
        if found is None or found.change is None or found.at is None:
            return f"{shown(self.first)} is first whatever a single weight is."
        return (
            f"{shown(self.first)} is first until the weight of {found.criterion} goes "
            f"from {found.share:.1%} to {found.at:.1%}; then {shown(found.option)} is."
        )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for each in self.flips:
            at = "" if each.at is None else f"{each.at:.1%}"
            change = "" if each.change is None else f"{100 * each.change:+.1f} points"
            yield each.criterion, f"{each.share:.1%}", at, change, each.option


def sensitivity(
    method: RankingMethod, values: Numbers, order: Sequence[int], policy: MissingPolicy
) -> Sensitivity:
    """Return for each criterion the smallest change that gives another first place."""
    names = method.options.names
    rows = [row for row in order if values[row] is not None]
    criteria = method.options.criteria
    reason = _why_not(method, values, rows, policy)
    if reason:
        return Sensitivity(reason=reason)
    worth = [_worth(method, row) for row in rows]
    flips = []
    for at, each in enumerate(criteria):
        found = _nearest_flip(worth, at, [c.share for c in criteria])
        if found is None:
            flips.append(Flip(criterion=each.name, share=each.share))
            continue
        share, rival = found
        flips.append(
            Flip(
                criterion=each.name,
                share=each.share,
                at=share,
                option=names[rows[rival]],
            )
        )
    return Sensitivity(first=names[rows[0]], flips=tuple(flips))


def _why_not(
    method: RankingMethod, values: Numbers, rows: Sequence[int], policy: MissingPolicy
) -> str:
    if not rows:
        return "no option has a place"
    if policy is MissingPolicy.SKIP and any(map(method.options.lacking, rows)):
        return "options that are judged by different criteria have no common weights"
    held = [value for row in rows[:2] if (value := values[row]) is not None]
    known = [value for row in rows if (value := values[row]) is not None]
    if len(held) == 1:
        return "there is only one option with a place"
    if held[0] - held[1] <= nearness(known):
        return "the first place is shared"
    return ""


Worth = Sequence[tuple[float, float]]
"""Of an option, for each criterion: what counts for it, and what counts against it."""


def _worth(method: RankingMethod, row: int) -> Worth:
    """Return what each criterion adds to a row, before it is weighed."""
    criteria = method.options.criteria
    if not isinstance(method, Topsis):
        return [(_rated(each, row, method), 0.0) for each in criteria]
    reaches = method.reaches([1.0] * len(criteria))
    found = []
    for each, reach in zip(criteria, reaches, strict=True):
        value = each.values[row]
        place = 0.0 if value is None else each.position(float(value))
        found.append(((reach * place) ** 2, (reach * (place - 1)) ** 2))
    return found


def _rated(criterion: Criterion, row: int, method: RankingMethod) -> float:
    value = criterion.values[row]
    return 0.0 if value is None else criterion.rating(float(value), method.by)


def _nearest_flip(
    worth: Sequence[Worth], at: int, shares: Sequence[float]
) -> tuple[float, int] | None:
    """Return the nearest share at which a rival overtakes the first, and the rival."""
    others = [0.0 if n == at else share for n, share in enumerate(shares)]
    if not any(others):  # nothing else counts now, so all else counts alike
        others = [float(n != at) for n in range(len(shares))]
    others = shares_of(others)
    squared = any(against for each in worth for _, against in each)
    found = []
    for rival in range(1, len(worth)):
        for x in _roots(*_lead(worth[0], worth[rival], at, others, squared=squared)):
            ratio = sqrt(x) if squared else x
            share = ratio / (1 + ratio)
            found.append((abs(share - shares[at]), rival, share))
    _, rival, share = min(found, default=(0.0, 0, 0.0))
    return (share, rival) if rival else None


def _lead(
    first: Worth, rival: Worth, at: int, others: Sequence[float], *, squared: bool
) -> Lead:
    """Return the lead of the first over a rival, as a polynomial of the weight."""
    if not squared:
        (own, rest), (its, their) = (_split(e, 0, at, others) for e in (first, rival))
        return 0.0, _minus(own, its), _minus(rest, their)
    weights = [share**2 for share in others]
    a, b = _split(first, 0, at, weights)
    c, d = _split(rival, 1, at, weights)
    e, f = _split(rival, 0, at, weights)
    g, h = _split(first, 1, at, weights)
    return (
        _minus(a * c, e * g),
        _minus(a * d + b * c, e * h + f * g),
        _minus(b * d, f * h),
    )


def _split(
    worth: Worth, side: int, at: int, weights: Sequence[float]
) -> tuple[float, float]:
    """Return what one criterion adds to an option, and what all others do."""
    rest = (each[side] * weight for each, weight in zip(worth, weights, strict=True))
    return worth[at][side], fsum(rest)


def _minus(one: float, other: float) -> float:
    """Return the difference, or 0 where it is no more than a rounding."""
    return 0.0 if isclose(one, other, rel_tol=_NEAR) else one - other


def _roots(a: float, b: float, c: float) -> Iterator[float]:
    """Yield where a polynomial goes through 0 and changes its sign, above 0."""
    if not a:
        found = [-c / b] if b else []
    else:
        under = _minus(b * b, 4 * a * c)
        if under <= 0:  # it touches 0 at most
            return
        half = -(b + copysign(sqrt(under), b)) / 2
        found = [half / a, c / half]
    yield from (x for x in found if 0 < x < inf)
