"""Draws by chance from uniform numbers alone, so that every version draws the same."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

# Wider distributions are as good as normal: their steps are a 30th of their spread.
_WIDE: Final = 1000.0
_NEGLIGIBLE: Final = 1e-18
_KEPT: Final = 5000
# Between these a table is seldom asked twice, and logarithms are exact enough.
_SMALL: Final = 600
_LARGE: Final = 10**8
_NORMAL: Final = NormalDist()
_Table = tuple[int, list[float]]


class Draws:
    """Chance with a memory: the table of a distribution is made only once."""

    def __init__(self, chance: Callable[[], float]) -> None:
        """Begin with a source of uniform numbers from 0 to below 1."""
        self.chance = chance
        self._tables: dict[tuple[float, ...], _Table] = {}

    def split(self, counts: Sequence[int], drawn: int) -> Iterator[int]:
        """Yield how many of each are among so many drawn without putting back."""
        left = sum(counts)
        for count in counts:
            left -= count
            got = self._hypergeometric(count, left, drawn)
            drawn -= got
            yield got

    def again(self, counts: Sequence[int], drawn: int) -> Iterator[int]:
        """Yield how many of each are among so many drawn with putting back."""
        left = sum(counts)
        for count in counts:
            got = self._binomial(drawn, count / left) if count else 0
            left -= count
            drawn -= got
            yield got

    def _hypergeometric(self, good: int, bad: int, drawn: int) -> int:
        low, high = max(0, drawn - bad), min(good, drawn)
        if low == high:
            return low

        def rises(got: int) -> float:
            fewer = (good - got) * (drawn - got)
            return fewer / ((got + 1) * (bad - drawn + got + 1))

        whole = good + bad
        mean = drawn * good / whole
        spread = mean * (bad / whole) * ((whole - drawn) / (whole - 1))
        if spread > _WIDE:
            return self._normal(mean, spread, low, high)
        mode = (drawn + 1) * (good + 1) // (whole + 2)
        if not _SMALL < whole < _LARGE:
            return self._tabled((good, bad, drawn), (low, mode, high), rises)
        rest = drawn - mode
        ways = _ways(good, mode) + _ways(bad, rest) - _ways(whole, drawn)
        return self._searched(exp(ways), (low, mode, high), rises)

    def _binomial(self, trials: int, share: float) -> int:
        if share >= 1 or not trials:
            return trials
        odds = share / (1 - share)

        def rises(got: int) -> float:
            return (trials - got) / (got + 1) * odds

        mean = trials * share
        if mean * (1 - share) > _WIDE:
            return self._normal(mean, mean * (1 - share), 0, trials)
        mode = min(int((trials + 1) * share), trials)
        if not _SMALL < trials < _LARGE:
            return self._tabled((trials, share), (0, mode, trials), rises)
        ways = _ways(trials, mode) + mode * log(odds) + trials * log1p(-share)
        return self._searched(exp(ways), (0, mode, trials), rises)

    def _normal(self, mean: float, spread: float, low: int, high: int) -> int:
        # The source may give 0, of which the normal distribution has no quantile.
        off = _NORMAL.inv_cdf(max(self.chance(), _NEGLIGIBLE))
        return min(max(round(mean + sqrt(spread) * off), low), high)

    def _searched(
        self,
        likeliest: float,
        bounds: tuple[int, int, int],
        rises: Callable[[int], float],
    ) -> int:
        """Search outward from the likeliest number, by turns above and below."""
        low, mode, high = bounds
        left = self.chance() - likeliest
        above = below = likeliest
        up = down = mode
        while left > 0 and above + below > _NEGLIGIBLE:
            above = above * rises(up) if up < high else 0.0
            up += 1
            left -= above
            if left <= 0:
                return up
            down -= 1
            below = below / rises(down) if down >= low else 0.0
            left -= below
            if left <= 0:
                return down
        return mode

    def _tabled(
        self,
        key: tuple[float, ...],
        bounds: tuple[int, int, int],
        rises: Callable[[int], float],
    ) -> int:
        table = self._tables.get(key)
        if table is None:
            table = _table(*bounds, rises)
            if len(self._tables) < _KEPT:
                self._tables[key] = table
        first, sums = table
        at = bisect_right(sums, self.chance() * sums[-1])
        return first + min(at, len(sums) - 1)


def _ways(whole: int, part: int) -> float:
    """Return the logarithm of the number of ways to choose a part of a whole."""
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def _table(low: int, mode: int, high: int, rises: Callable[[int], float]) -> _Table:
    """Return the first number that ever comes, and the sums of weights from there.

    `rises` says how many times as likely the next number is. Weights are relative to
    that of the likeliest, and those that never come are left out.
    """
    below, weight, at = [], 1.0, mode
    while at > low and weight > _NEGLIGIBLE:
        at -= 1
        weight /= rises(at)
        below.append(weight)
    above, weight, last = [1.0], 1.0, mode
    while last < high and weight > _NEGLIGIBLE:
        weight *= rises(last)
        last += 1
        above.append(weight)
    return at, list(accumulate([*reversed(below), *above]))
