"""A shift that took its time: one level, then a slope, then another level."""

from collections.abc import Iterator, Sequence
from math import fsum, sqrt
from typing import Final

from attrs import frozen

from missionkit.drift.shift.whitened import EDGE, dot

# Two levels, and the two ends of the slope between them.
_FITTED: Final = 4


@frozen(kw_only=True)
class Slope:
    """The slope that suits a series best.

    `first` is the number of points before it, and `last` that until its last point.
    `beside` is which part of the noise around the best step it leaves, from 0 to 1.
    """

    first: int
    last: int
    before: float
    effect: float
    error: float
    beside: float
    freedom: int


def fit_slope(values: Sequence[float], places: Sequence[int]) -> Slope:
    """Return the slope that leaves least; a step is the shortest of them."""
    middle = fsum(values) / len(values)
    left = [each - middle for each in values]
    slopes = [
        (_explained(left, shape), first, last, shape)
        for first, last, shape in _slopes(places)
    ]
    most, first, last, shape = max(slopes, key=lambda slope: slope[:1])
    whole, size = dot(left, left), dot(shape, shape)
    steps = max(found for found, before, after, _ in slopes if before == after)
    rest = max(whole - most, 0.0)
    freedom = max(1, len(values) - _FITTED)
    effect = dot(left, shape) / size
    return Slope(
        first=first,
        last=last,
        before=middle + effect * shape[0],
        effect=effect,
        error=sqrt(rest / freedom / size),
        beside=rest / (whole - steps) if whole > steps else 1.0,
        freedom=freedom,
    )


def _slopes(places: Sequence[int]) -> Iterator[tuple[int, int, list[float]]]:
    """Yield every slope, from its last point before to its first point after."""
    count = len(places)
    for start in range(EDGE - 1, count - EDGE):
        for end in range(start + 1, count):
            length = places[end] - places[start]
            shape = [
                min(max((place - places[start]) / length, 0.0), 1.0) for place in places
            ]
            middle = fsum(shape) / count
            yield start + 1, end, [each - middle for each in shape]


def _explained(left: Sequence[float], shape: Sequence[float]) -> float:
    size = dot(shape, shape)
    found = dot(left, shape)
    return found * found / size
