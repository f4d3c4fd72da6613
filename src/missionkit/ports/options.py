"""Options as a table: a row for each option, a column of numbers for each criterion."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from math import fsum, sqrt
from typing import Any, Final, SupportsIndex, TypeAlias, overload

from attrs import cmp_using, field, frozen

from missionkit.domain.measure import Direction
from missionkit.errors import NotFoundError
from missionkit.issue import nearest

LARGEST: Final = 1e150
"""A number beyond it cannot be squared and added up."""
_SMALL: Final = 1e-100

Numbers: TypeAlias = Sequence[float | None]


class Normalization(StrEnum):
    """How the numbers of a criterion become comparable with those of another.

    min-max: from 0 at the worst to 1 at the best of the options. vector: divided by the
    length of the column, the root of the sum of squares. none: as they are.
    """

    MIN_MAX = "min-max"
    VECTOR = "vector"
    NONE = "none"


def _same(one: Sequence[object], other: Sequence[object]) -> bool:
    return list(one) == list(other)


@frozen(kw_only=True)
class Criterion:
    """A column of a table: what it counts, which of its numbers are good, its ends.

    `weight` is as it was given, `share` its part of all weights. `length` is the root
    of the sum of squares.
    """

    name: str
    weight: float
    share: float
    direction: Direction
    low: float
    high: float
    length: float
    values: Numbers = field(eq=cmp_using(eq=_same), hash=False, repr=False)

    @property
    def best(self) -> float:
        """The best number that an option has."""
        return self.high if self.direction is Direction.HIGHER else self.low

    @property
    def worst(self) -> float:
        """The worst number that an option has."""
        return self.low if self.direction is Direction.HIGHER else self.high

    @property
    def is_constant(self) -> bool:
        """Whether all options have the same number, so that it tells nothing."""
        return self.low == self.high

    @property
    def span(self) -> float:
        """How far the best is from the worst."""
        return self.high - self.low

    def as_dict(self) -> dict[str, Any]:
        """Return what it says, but for its numbers, as JSON values."""
        return {
            "name": self.name,
            "weight": self.weight,
            "share": self.share,
            "direction": str(self.direction),
        }

    def rating(self, value: float, by: Normalization) -> float:
        """Return what a number is worth after the normalization; more is better.

        Where all options have the same number, it is 0.5 between the ends.
        """
        rises = self.direction is Direction.HIGHER
        if by is Normalization.MIN_MAX:
            above = value - self.low if rises else self.high - value
            return above / self.span if self.span else 0.5
        if by is Normalization.NONE:
            return value if rises else -value
        part = value / (self.length or 1.0)
        return part if rises else 1 - part

    def position(self, value: float) -> float:
        """Return how far a number is on the way from the worst to the best."""
        return self.rating(value, Normalization.MIN_MAX)

    def reach(self, by: Normalization) -> float:
        """Return how far the best is from the worst after the normalization."""
        if self.is_constant:
            return 0.0
        if by is Normalization.MIN_MAX:
            return 1.0
        return self.span / self.length if by is Normalization.VECTOR else self.span


@frozen(kw_only=True)
class Options:
    """Named options, and a number of each for each criterion, or None."""

    names: Sequence[str] = field(eq=cmp_using(eq=_same), hash=False, repr=False)
    criteria: tuple[Criterion, ...]

    def place_of(self, option: str) -> int:
        """Return in which row an option stands, or raise `NotFoundError`."""
        try:
            return self.names.index(option)
        except ValueError:
            near = nearest(str(option), self.names)
            raise NotFoundError("option", str(option), near) from None

    def lacking(self, row: int) -> tuple[str, ...]:
        """Return the criteria for which an option has no number."""
        return tuple(each.name for each in self.criteria if each.values[row] is None)


class Numbered(Sequence[str]):
    """The names of options that have none: their numbers, from 1."""

    __slots__ = ("_count",)

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    @overload
    def __getitem__(self, at: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> str | list[str]:
        """Return the name in a place, or names."""
        found = range(1, self._count + 1)[at]
        return str(found) if isinstance(found, int) else [str(each) for each in found]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return map(str, range(1, self._count + 1))


def ends(values: Numbers) -> tuple[float, float, float]:
    """Return the lowest and the highest number of a column, and its length."""
    known = [value for value in values if value is not None]
    if not known:
        return 0.0, 0.0, 0.0
    low, high = min(known), max(known)
    scale = scale_of(low, high)
    return low, high, scale * sqrt(fsum((v / scale) ** 2 for v in known))


def scale_of(low: float, high: float) -> float:
    """Return by what to divide numbers so that their squares are not lost."""
    largest = max(abs(low), abs(high))
    return largest if 0 < largest < _SMALL else 1.0
