"""Series without what they owe to the point before, to their level and to the season.

The noise of a series is taken as autoregressive of order one: what is left of a value
g periods later is the autocorrelation to the power of g, so that gaps need no filling.
Whitening turns such noise into independent noise of the same size. Then a level, or one
level for each part of the year, is taken away from the series and from every step that
could have happened in it (generalized least squares).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import fsum, log, log1p, sqrt
from operator import mul
from typing import Final, TypeAlias

from attrs import frozen

Vector: TypeAlias = tuple[float, ...]

EDGE: Final = 3
"""How many points there are at least before a step, and after it."""
_KEPT: Final = 128
_NOTHING: Final = 1e-9


@frozen
class Whitened:
    """What whitening and taking away levels does, for points at given places.

    `steps` has for each possible step, from `EDGE` points on, what is left of it, and
    `sizes` its squared length. `spread` is the part of the log-likelihood that the
    values do not change, and `likelihood` that part where levels are unknown.
    """

    places: tuple[int, ...]
    autocorrelation: float
    levels: tuple[Vector, ...]
    steps: tuple[Vector, ...]
    sizes: Vector
    spread: float
    likelihood: float

    def left_of(self, values: Sequence[float]) -> Vector:
        """Return what is left of the values."""
        rest = _whitened(values, self.places, self.autocorrelation)
        return _without(rest, self.levels)


@lru_cache(maxsize=_KEPT)
def whitened(places: tuple[int, ...], season: int, autocorrelation: float) -> Whitened:
    """Return the whitening of points at *places*, with one level or one a season."""
    levels, length = _orthonormal(
        _whitened(column, places, autocorrelation)
        for column in _columns(places, season)
    )
    steps = tuple(
        _without(_whitened(step, places, autocorrelation), levels)
        for step in _steps(len(places))
    )
    spread = -fsum(log1p(-(r * r)) for r in _ratios(places, autocorrelation)) / 2
    return Whitened(
        places=places,
        autocorrelation=autocorrelation,
        levels=levels,
        steps=steps,
        sizes=tuple(dot(step, step) for step in steps),
        spread=spread,
        likelihood=spread - length,
    )


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the inner product, rounded once."""
    return fsum(map(mul, one, other))


def _ratios(places: Sequence[int], autocorrelation: float) -> Iterator[float]:
    for before, at in pairwise(places):
        yield autocorrelation ** (at - before)


def _whitened(
    values: Sequence[float], places: Sequence[int], autocorrelation: float
) -> Vector:
    found = [values[0]]
    for at, ratio in enumerate(_ratios(places, autocorrelation), 1):
        rest = values[at] - ratio * values[at - 1]
        found.append(rest / sqrt(1 - ratio * ratio))
    return tuple(found)


def _columns(places: Sequence[int], season: int) -> Iterator[list[float]]:
    """Yield for each part of the year where its points are."""
    parts = sorted({place % season for place in places})
    for part in parts:
        yield [float(place % season == part) for place in places]


def _steps(count: int) -> Iterator[list[float]]:
    for first in range(EDGE, count - EDGE + 1):
        yield [0.0] * first + [1.0] * (count - first)


def _orthonormal(columns: Iterator[Vector]) -> tuple[tuple[Vector, ...], float]:
    """Return the columns at right angles and of length 1, and their log volume."""
    found: list[Vector] = []
    volume = 0.0
    for column in columns:
        rest = _without(_without(column, found), found)
        size = sqrt(dot(rest, rest))
        if size > _NOTHING:
            found.append(tuple(each / size for each in rest))
            volume += log(size)
    return tuple(found), volume


def _without(values: Sequence[float], levels: Sequence[Vector]) -> Vector:
    """Return what no mix of the levels explains of the values."""
    shares = [dot(values, level) for level in levels]
    rest = list(values)
    for share, level in zip(shares, levels, strict=True):
        rest = [each - share * part for each, part in zip(rest, level, strict=True)]
    return tuple(rest)
