"""A mix, counted twice: how many of each category there were before, and after."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

Counts: TypeAlias = tuple[int, ...]
Cells: TypeAlias = tuple[tuple[int, int], ...]


@frozen
class MixUnit:
    """What belongs together, such as all receipts of a client: places and counts."""

    before: Cells
    after: Cells

    @property
    def in_both(self) -> bool:
        """Whether it was counted on both sides."""
        return bool(self.before and self.after)


@frozen(slots=False)
class MixTable:
    """The counts of both sides, category by category in the order of `names`.

    `units` is empty where everything counted is independent of everything else.
    `left_out` is how many records had no category, or no unit, and `begins` the first
    day that was recorded after.
    """

    names: tuple[str, ...]
    before: Counts
    after: Counts
    units: tuple[MixUnit, ...] = ()
    left_out: int = 0
    begins: date | None = None

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """How much was counted on each side."""
        return sum(self.before), sum(self.after)

    @cached_property
    def both(self) -> Counts:
        """How much of each category was counted on both sides together."""
        return tuple(b + a for b, a in zip(self.before, self.after, strict=True))

    def largest(self) -> float:
        """Return the share of the largest category, of both sides together."""
        return max(self.both) / sum(self.both)


def moved_share(before: Sequence[int], after: Sequence[int]) -> float:
    """Return the total variation distance of two mixes of counts, fast."""
    n, m = sum(before), sum(after)
    apart = sum(abs(b * m - a * n) for b, a in zip(before, after, strict=True))
    return apart / (2 * n * m)


def strata(table: MixTable) -> Iterator[tuple[MixUnit, ...]]:
    """Yield the units counted before only, after only, and on both sides."""
    yield tuple(unit for unit in table.units if not unit.after)
    yield tuple(unit for unit in table.units if not unit.before)
    yield tuple(unit for unit in table.units if unit.in_both)
