"""How far a mix moved, and between which bounds, by drawing the counts anew.

The total variation of two samples is too large on average: chance alone makes them
differ. The bootstrap shows by how much, and that is taken off (B. Efron, R. Tibshirani,
*An Introduction to the Bootstrap*, 10.2); percentiles of the draws, moved with it, are
the interval (13.3). With 40 things a side the interval holds the truth in about 9 of
10 cases where it claims 19 of 20 (measured).
"""

from collections.abc import Iterator
from itertools import chain
from math import ceil, fsum
from typing import Final

from attrs import frozen

from missionkit.drift.draws import Draws
from missionkit.drift.mix.dealing import drawn_again
from missionkit.drift.mix.table import MixTable, moved_share, strata

CONFIDENCE: Final = 0.95


@frozen
class Moved:
    """Which share moved: as counted, and less what chance adds, with its bounds."""

    observed: float
    effect: float
    low: float
    high: float


def moved(table: MixTable, draws: Draws, times: int) -> Moved:
    """Return which share moved, from so many draws."""
    observed = moved_share(table.before, table.after)
    again = _units_again if table.units else _again
    found = sorted(again(table, draws, times))
    added = fsum(found) / times - observed
    tail = (1 - CONFIDENCE) / 2
    low, high = found[int(tail * times)], found[ceil((1 - tail) * times) - 1]
    effect, low, high = (
        min(max(each, 0.0), 1.0)
        for each in (observed - added, low - 2 * added, high - 2 * added)
    )
    return Moved(observed, effect, min(low, effect), max(high, effect))


def _again(table: MixTable, draws: Draws, times: int) -> Iterator[float]:
    n, m = table.sizes
    for _ in range(times):
        yield moved_share(
            list(draws.again(table.before, n)), list(draws.again(table.after, m))
        )


def _units_again(table: MixTable, draws: Draws, times: int) -> Iterator[float]:
    """Yield the shift among units drawn anew: as many of one side, or of both."""
    deals = [drawn_again(group, draws) for group in strata(table) if group]
    width = len(table.names)
    for _ in range(times):
        before, after = [0] * width, [0] * width
        for unit, often in chain.from_iterable(deal() for deal in deals):
            for place, count in unit.before:
                before[place] += count * often
            for place, count in unit.after:
                after[place] += count * often
        yield moved_share(before, after)
