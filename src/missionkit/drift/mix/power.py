"""The smallest shift of a mix that so many counts could have shown.

Where a mix shifts, G follows nearly a noncentral chi-square distribution with one
degree of freedom fewer than there are categories, and with the noncentrality
h times the sum of (shift of a category)^2 / (its share), where h = nm / (n + m) for n
things counted before and m after (A. Agresti, *Categorical Data Analysis*, 6.6). Of
all shifts of the same total variation d the hardest to see is one in which half of
everything grows in proportion at the cost of the other half: its noncentrality is
h d^2 / (P (1 - P)), where P is 1/2, or the share of a category that has more than half.
The noncentrality that is found in 80 % of cases gives d.

How chance spreads G is not taken from a table but from the draws at hand: their mean
over the degrees of freedom is what units of several records inflate it by, and their
quantile is the limit. So the figure holds for sparse categories and for units, too. It
is an approximation, good to a few percent of power (tests simulate it).
"""

from math import sqrt
from statistics import NormalDist
from typing import Final

from missionkit.drift.mix.chance import Chance
from missionkit.drift.mix.table import MixTable

POWER: Final = 0.8
_NORMAL: Final = NormalDist()
_STEPS: Final = 60


def visible_shift(table: MixTable, chance: Chance, level: float) -> float | None:
    """Return the smallest shift visible with 80 % power, or None where there is none.

    Whichever way a shift goes, it is visible from this size on.
    """
    limit, freedom = chance.critical(level), len(table.names) - 1
    if limit is None or limit <= chance.near:
        return None
    inflated = chance.mean() / freedom
    n, m = table.sizes
    part = max(table.largest(), 0.5)
    needed = _noncentrality(limit / inflated, freedom) * inflated
    shift = sqrt(needed * part * (1 - part) * (n + m) / (n * m))
    return shift if shift <= 1 else None


def _noncentrality(limit: float, freedom: int) -> float:
    """Return the noncentrality with which the limit is passed in 80 % of cases."""
    low, high = 0.0, 1.0
    while _power(limit, freedom, high) < POWER:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _power(limit, freedom, middle) < POWER:
            low = middle
        else:
            high = middle
    return high


def _power(limit: float, freedom: float, noncentrality: float) -> float:
    """Return how often a noncentral chi-square number is above a limit.

    By M. Sankaran, *Approximations to the Non-Central Chi-Square Distribution*, 1963:
    a power of it is nearly normal.
    """
    mean = freedom + noncentrality
    spread = freedom + 2 * noncentrality
    h = 1 - 2 * mean * (freedom + 3 * noncentrality) / (3 * spread**2)
    p = spread / mean**2
    m = (h - 1) * (1 - 3 * h)
    center = 1 + h * p * (h - 1 - (2 - h) * m * p / 2)
    width = h * sqrt(2 * p) * (1 + m * p / 2)
    return 1 - _NORMAL.cdf(((limit / mean) ** h - center) / width)
