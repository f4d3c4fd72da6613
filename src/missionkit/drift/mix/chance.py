"""What chance alone does to a mix: the distribution of the G statistic without change.

G is twice the sum of O ln(O / E) over counts O and their expectations E from the
margins of the table (R. Sokal, F. Rohlf, *Biometry*, chapter 17). Without a change it
is as likely as not that what was counted before had been counted after. So its
distribution comes from dealing the same things out anew (P. Good, *Permutation,
Parametric, and Bootstrap Tests of Hypotheses*, chapter 3), which needs no assumption
about the size of the counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, product
from math import comb, fsum, log, prod
from typing import Final

from attrs import frozen

from missionkit.drift.draws import Draws
from missionkit.drift.mix.dealing import dealt, swapped
from missionkit.drift.mix.table import Counts, MixTable, strata

_MOST_TABLES: Final = 4000
_LARGEST_EXACT: Final = 400
_SAME: Final = 1e-9
_KNOWN: Final = 10_000


@frozen
class Chance:
    """Values of G without change, from the largest on, each with its weight.

    `exact` says that these are all there are; otherwise they are draws.
    """

    values: tuple[tuple[float, int], ...]
    exact: bool
    near: float

    def p_value(self, found: float) -> float:
        """Return how likely a G at least as large as that *found* is by chance."""
        hits = sum(
            weight for value, weight in self.values if value >= found - self.near
        )
        whole = sum(weight for _, weight in self.values)
        return float(Fraction(hits + self._own, whole + self._own))

    def critical(self, level: float) -> float | None:
        """Return the smallest G that is significant, or None where none would be."""
        whole = sum(weight for _, weight in self.values) + self._own
        hits, smallest = self._own, None
        for value, weight in self.values:
            hits += weight
            if Fraction(hits, whole) > Fraction(level):
                break
            smallest = value
        return smallest

    def mean(self) -> float:
        """Return the mean of G."""
        whole = sum(weight for _, weight in self.values)
        return fsum(value * weight / whole for value, weight in self.values)

    @property
    def _own(self) -> int:
        # What was found is one of the possible outcomes, so it is counted with draws.
        return 0 if self.exact else 1


def g_statistic(before: Sequence[int], after: Sequence[int]) -> float:
    """Return the G statistic of two rows of counts, each with something in it.

    >>> round(g_statistic([10, 20], [20, 10]), 4)
    6.796
    """
    sides = [sum(before), sum(after)]
    cells = fsum(map(_weight, [*before, *after]))
    both = (b + a for b, a in zip(before, after, strict=True))
    margins = fsum(map(_weight, [*sides, *both]))
    return max(2 * (cells - margins + _weight(sum(sides))), 0.0)


def _weight(count: int) -> float:
    return count * log(count) if count else 0.0


def by_chance(table: MixTable, draws: Draws, times: int) -> Chance:
    """Return what G is where nothing changed: all that can be, or so many draws."""
    smallest = sorted(table.both)[:-1]
    few = prod(count + 1 for count in smallest) <= _MOST_TABLES
    exact = few and not table.units and sum(table.both) <= _LARGEST_EXACT
    found: Iterable[tuple[float, int]]
    if exact:
        found = _every(table)
    elif table.units:
        found = ((each, 1) for each in _dealt_units(table, draws, times))
    else:
        found = ((each, 1) for each in _dealt(table, draws, times))
    values = tuple(sorted(found, reverse=True))
    return Chance(values, exact, _SAME * (1 + sum(table.both)))


def _every(table: MixTable) -> Iterator[tuple[float, int]]:
    """Yield G of every table with the same margins, with how often it comes."""
    both, drawn = table.both, table.sizes[0]
    last, quick = both.index(max(both)), _QuickG(both)
    ranges = [range(1 if at == last else c + 1) for at, c in enumerate(both)]
    for cells in product(*ranges):
        rest = drawn - sum(cells)
        if 0 <= rest <= both[last]:
            held = [rest if at == last else cell for at, cell in enumerate(cells)]
            ways = prod(map(comb, both, held))
            yield quick(held), ways


def _dealt(table: MixTable, draws: Draws, times: int) -> Iterator[float]:
    """Yield G of the same things, dealt out by chance to sides of the same sizes."""
    both, drawn = table.both, min(table.sizes)
    quick = _QuickG(both)
    for _ in range(times):
        yield quick(list(draws.split(both, drawn)))


def _dealt_units(table: MixTable, draws: Draws, times: int) -> Iterator[float]:
    """Yield G of the same units, each dealt out as a whole.

    Those counted on one side only are dealt to as many of each side as there were, and
    of those counted on both the two sides are swapped, or not.
    """
    quick = _QuickG(table.both)
    first, second, paired = strata(table)
    pool = [unit.before or unit.after for unit in (*first, *second)]
    deal = dealt(pool, min(len(first), len(second)), draws)
    swap = swapped(paired, draws)
    for _ in range(times):
        side = [0] * len(table.both)
        for cells, often in chain(deal(), swap()):
            for place, count in cells:
                side[place] += count * often
        yield quick(side)


class _QuickG:
    """G of tables whose columns have the same sums, from the cells of one side."""

    def __init__(self, both: Counts) -> None:
        self._both = both
        self._whole = sum(both)
        self._margins = fsum(map(_weight, both)) - _weight(self._whole)
        most = max(both)
        self._known = [_weight(each) for each in range(min(most, _KNOWN) + 1)]
        self._small = most <= _KNOWN

    def __call__(self, side: Sequence[int]) -> float:
        rest = [whole - each for whole, each in zip(self._both, side, strict=True)]
        if self._small:
            known = self._known
            cells = sum([known[each] for each in side]) + sum([known[x] for x in rest])
        else:
            cells = fsum(map(_weight, [*side, *rest]))
        drawn = sum(side)
        rows = _weight(drawn) + _weight(self._whole - drawn)
        return 2 * (cells - rows - self._margins)
