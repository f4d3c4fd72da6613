"""At which share of one weight a rival overtakes the first option; the nearest of all.

The other weights keep their proportions. With u for the weight divided by all others,
the lead of one option over another is linear in u for a weighted sum. For TOPSIS it is
quadratic in u squared: a closeness is greater where the ratio of squared distances is.
So the weight at which two options tie is solved, not searched. It is solved only for
those of many rivals that may overtake nearer than the nearest so far; who may is told
with a margin, so that it is the same with numpy and without.
"""

from collections.abc import Callable, Iterator, Sequence
from math import copysign, fsum, inf, isclose, sqrt
from operator import gt, mul, sub
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from missionkit.ports.options import Criterion
from missionkit.scoring.multi_criteria import OwnRanker, Topsis, is_whole
from missionkit.scoring.reading_options import shares_of

_NEAR: Final = 1e-12
_MARGIN: Final = 1e-9
_STEP: Final = 1e-4
_BLOCK: Final = 64
_GROWTH: Final = 8

Number: TypeAlias = Any
"""A number, or an array of one for each rival."""

Sides: TypeAlias = tuple[Number, Number, Number, Number]
"""What one criterion and what all others add for an option, and then against it."""

Lead: TypeAlias = tuple[Number, Number, Number]
"""Of a polynomial: what stands before the square, before x, and alone."""

Worth: TypeAlias = Sequence[tuple[float, float]]
"""Of an option, for each criterion: what counts for it, and what counts against it."""

Window: TypeAlias = tuple[tuple[float, float], tuple[float, float]]
"""The ends of a range, each as a weight beside that of all others."""


@frozen(eq=False)
class Race:
    """The first option and its rivals, those that are best now first.

    Rivals that the first is not worse than by any criterion never overtake it, and are
    left out. `pro` and `con` have a row for each rival, or are arrays with a column.
    """

    method: OwnRanker
    first: int
    rivals: Sequence[int] = field(repr=False)
    pro: Any = field(repr=False)
    con: Any = field(repr=False)

    @classmethod
    def of(cls, method: OwnRanker, rows: Sequence[int]) -> "Race":
        """Return the race of the options in some rows, given in their order."""
        criteria = method.options.criteria
        lengths = _lengths(method)
        if is_whole(criteria):
            from missionkit.scoring import arrays  # noqa: PLC0415 - of the extra

            ups = arrays.ratings(criteria, rows, method.by, lengths)
            held = arrays.better(ups)
            pro, con = arrays.sides(ups[:, held], lengths)
            return cls(method, rows[0], [rows[at] for at in held], pro, con)
        ups = list(zip(*_columns(method, rows), strict=True))
        held = [at for at, row in enumerate(ups) if any(map(gt, row, ups[0]))]
        pro, con = _sides([ups[at] for at in held], lengths)
        return cls(method, rows[0], [rows[at] for at in held], pro, con)

    @property
    def squared(self) -> bool:
        """Whether distances are compared, which are squared."""
        return isinstance(self.method, Topsis)

    def nearest_flip(
        self, at: int, shares: Sequence[float]
    ) -> tuple[float, int] | None:
        """Return the nearest share at which a rival takes over, and its row."""
        others = [0.0 if n == at else share for n, share in enumerate(shares)]
        if not any(others):  # nothing else counts now, so all else counts alike
            others = [float(n != at) for n in range(len(shares))]
        others = shares_of(others)
        weights = [share**2 for share in others] if self.squared else others
        first = sides(self.worth(self.first), at, weights)
        best = inf
        found: list[tuple[float, int]] = []
        for block in _blocks(len(self.rivals)):
            window = _window(shares[at], best, squared=self.squared)
            for rival in self.near(block, at, weights, window):
                its = sides(self.worth(rival), at, weights)
                for x in roots(*lead(first, its, _minus, squared=self.squared)):
                    ratio = sqrt(x) if self.squared else x
                    share = ratio / (1 + ratio)
                    apart = abs(share - shares[at])
                    if apart < best * (1 - _MARGIN):
                        found = [(share, rival)]
                    elif apart <= best * (1 + _MARGIN):
                        found.append((share, rival))
                    best = min(best, apart)
        return self._beyond(found, at, shares[at], weights)

    def _beyond(
        self,
        found: Sequence[tuple[float, int]],
        at: int,
        now: float,
        weights: Sequence[float],
    ) -> tuple[float, int] | None:
        """Return of those that take over at one share who is first beyond it."""
        if not found:
            return None
        first = found[0][0]
        end = 1.0 if first > now else 0.0
        share = first + (end - first) * _STEP
        p, q = _window(share, 0.0, squared=self.squared)[0]

        def value(flip: tuple[float, int]) -> float:
            own, rest, against, more = sides(self.worth(flip[1]), at, weights)
            if not self.squared:
                return float(p * own + q * rest)
            far, near = sqrt(p * own + q * rest), sqrt(p * against + q * more)
            return far / (far + near) if far + near else 0.0

        same = [flip for flip in found if (flip[0] > now) is (first > now)]
        return max(same, key=value)

    def near(
        self, block: slice, at: int, weights: Sequence[float], window: Window
    ) -> Iterator[int]:
        """Yield the rivals of a block that may overtake the first in a range."""
        first = sides(self.worth(self.first), at, weights)
        if is_whole(self.method.options.criteria):
            from missionkit.scoring import arrays  # noqa: PLC0415 - of the extra

            held = arrays.split(self.pro, self.con, block, at, weights)
            leads = lead(first, held, sub, squared=self.squared)
            for each in arrays.places(may_change(leads, window, squared=self.squared)):
                yield self.rivals[block.start + each]
            return
        for n in range(*block.indices(len(self.rivals))):
            pro, con = self.pro[n], self.con[n]
            its: Sides = (pro[at], sum(map(mul, pro, weights)), 0.0, 0.0)
            if self.squared:
                its = (*its[:2], con[at], sum(map(mul, con, weights)))
            found = lead(first, its, sub, squared=self.squared)
            if may_change(found, window, squared=self.squared):
                yield self.rivals[n]

    def worth(self, row: int) -> Worth:
        """Return what each criterion adds to a row, before it is weighed."""
        method, criteria = self.method, self.method.options.criteria
        if not self.squared:
            return [(_rated(each, row, method), 0.0) for each in criteria]
        found = []
        for each, reach in zip(criteria, _lengths(method) or (), strict=True):
            value = each.values[row]
            place = 0.0 if value is None else each.position(float(value))
            found.append(((reach * place) ** 2, (reach * (place - 1)) ** 2))
        return found


def sides(worth: Worth, at: int, weights: Sequence[float]) -> Sides:
    """Return what one criterion adds for and against an option, and all others do."""
    rest = [
        fsum(each[side] * weight for each, weight in zip(worth, weights, strict=True))
        for side in (0, 1)
    ]
    return worth[at][0], rest[0], worth[at][1], rest[1]


def lead(
    first: Sides, rival: Sides, minus: Callable[[Any, Any], Any], *, squared: bool
) -> Lead:
    """Return the lead of the first over a rival, as a polynomial of the weight."""
    a, b, g, h = first
    e, f, c, d = rival
    if not squared:
        return 0.0, minus(a, e), minus(b, f)
    return (
        minus(a * c, e * g),
        minus(a * d + b * c, e * h + f * g),
        minus(b * d, f * h),
    )


def may_change(found: Lead, window: Window, *, squared: bool) -> Number:
    """Return whether a lead that is there now may be lost between two weights.

    It may not where it is there at both ends and does not bow below 0 between them.
    """
    a, b, c = found
    (p, q), (r, s) = window
    if not squared:
        return (_at(b, p, c, q) <= 0) | (_at(b, r, c, s) <= 0)
    low = _at(a, p * p, c, q * q, b * (p * q))
    high = _at(a, r * r, c, s * s, b * (r * s))
    bows = (a > 0) & (-b * q > 2 * a * p) & (-b * s < 2 * a * r)
    return (low <= 0) | (high <= 0) | (bows & (b * b >= (4 - _MARGIN) * a * c))


def _at(a: Number, p: float, c: Number, q: float, more: Number = 0.0) -> Number:
    """Return the lead at a weight, less what it may be wrong by."""
    one, other = a * p, c * q
    return one + other + more - _MARGIN * (abs(one) + abs(other) + abs(more))


def _window(share: float, near: float, *, squared: bool) -> Window:
    """Return the range of shares that are nearer than *near*."""
    low, high = max(0.0, share - near), min(1.0, share + near)
    power = 2 if squared else 1
    return (low**power, (1 - low) ** power), (high**power, (1 - high) ** power)


def _blocks(count: int) -> Iterator[slice]:
    """Yield a few first, whose answer lets more of the many others be left out."""
    start, size = 0, _BLOCK
    while start < count:
        yield slice(start, min(count, start + size))
        start, size = start + size, size * _GROWTH


def _lengths(method: OwnRanker) -> list[float] | None:
    """Return the way from worst to best of each criterion where ways are compared."""
    if not isinstance(method, Topsis):
        return None
    return method.reaches([1.0] * len(method.options.criteria))


def _columns(method: OwnRanker, rows: Sequence[int]) -> Iterator[list[float]]:
    for each in method.options.criteria:
        if isinstance(method, Topsis):
            held = ((row, each.values[row]) for row in rows)
            yield [0.0 if v is None else each.position(v) for _, v in held]
        else:
            yield [_rated(each, row, method) for row in rows]


def _sides(
    ups: Sequence[Sequence[float]], lengths: Sequence[float] | None
) -> tuple[Any, Any]:
    if lengths is None:
        return ups, ups
    squares = [each**2 for each in lengths]
    pro = [[way * up**2 for way, up in zip(squares, row, strict=True)] for row in ups]
    con = [
        [way * (up - 1) ** 2 for way, up in zip(squares, row, strict=True)]
        for row in ups
    ]
    return pro, con


def _rated(criterion: Criterion, row: int, method: OwnRanker) -> float:
    value = criterion.values[row]
    return 0.0 if value is None else criterion.rating(float(value), method.by)


def _minus(one: float, other: float) -> float:
    """Return the difference, or 0 where it is no more than a rounding."""
    return 0.0 if isclose(one, other, rel_tol=_NEAR) else one - other


def roots(a: float, b: float, c: float) -> Iterator[float]:
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
