"""How large the statistic of a shift becomes by chance: the limits that were simulated.

The table is written by ``python -m tools.level_shift_limits``. It holds for points
without a shift whose autocorrelation is between 0 and 0.5: the limit of each level is
that of the worst. Series that follow themselves too closely to be judged raise no
alarm, and count as such.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Any, Final

from attrs import frozen

SHORTEST: Final = 12
LONGEST: Final = 120


@frozen(kw_only=True)
class ShiftLimits:
    """The limits for series of one length and season.

    `limits` are those of the statistic by `levels`, and `errors` how many standard
    errors a shift must be worth to meet them. `evidence` is how much likelier a season
    must make a series to be taken for one, so that noise without a season looks so in
    7 of 100 series; the statistic is then larger by `off`, and a shift must be worth
    `season_errors`.
    """

    levels: tuple[float, ...]
    limits: tuple[float, ...]
    errors: tuple[float, ...]
    evidence: float
    off: float
    season_errors: tuple[float, ...]

    def limit(self, level: float) -> float:
        """Return the limit of the statistic for a share of false alarms."""
        return self._at(level, self.limits)

    def standard_errors(self, level: float, *, season: bool = False) -> float:
        """Return how many standard errors a shift is worth that meets the limit."""
        return self._at(level, self.season_errors if season else self.errors)

    def p_value(self, statistic: float) -> float:
        """Return how often chance gives such a statistic, or one beyond; at most 1.

        The table ends at the smallest of the `levels`: no figure is below that.
        """
        if statistic <= self.limits[0]:
            return 1.0
        if statistic >= self.limits[-1]:
            return self.levels[-1]
        at = sum(limit <= statistic for limit in self.limits)
        low, high = self.limits[at - 1], self.limits[at]
        part = (statistic - low) / (high - low)
        ends = log(self.levels[at - 1]), log(self.levels[at])
        return exp(ends[0] + part * (ends[1] - ends[0]))

    def _at(self, level: float, held: Sequence[float]) -> float:
        clipped = min(max(level, self.levels[-1]), self.levels[0])
        at = max(1, sum(each > clipped for each in self.levels))
        low, high = log(self.levels[at - 1]), log(self.levels[at])
        part = (log(clipped) - low) / (high - low)
        return held[at - 1] + part * (held[at] - held[at - 1])


def seasons() -> tuple[int, ...]:
    """Return the seasons, in points a year, for which there are limits."""
    return tuple(sorted(map(int, _table()["seasons"])))


def least_level() -> float:
    """Return the smallest share of false alarms for which there are limits."""
    return float(min(_table()["levels"]))


@cache
def shift_limits(length: int, season: int) -> ShiftLimits:
    """Return the limits for a series of *length* points, from 12 to 120."""
    table = _table()
    held = table["seasons"][str(season)]
    lengths = sorted(map(int, held))
    below = max((each for each in lengths if each <= length), default=lengths[0])
    above = min((each for each in lengths if each >= length), default=lengths[-1])
    part = 0.0 if below == above else (1 / below - 1 / length) / (1 / below - 1 / above)

    def between(*names: str) -> tuple[float, ...]:
        ends = (_looked_up(held[str(each)], names) for each in (below, above))
        return tuple(a + part * (b - a) for a, b in zip(*ends, strict=True))

    return ShiftLimits(
        levels=tuple(table["levels"]),
        limits=between("limits"),
        errors=between("errors"),
        evidence=between("season", "evidence")[0],
        off=between("season", "off")[0],
        season_errors=between("season", "errors"),
    )


def _looked_up(held: Mapping[str, Any], names: tuple[str, ...]) -> tuple[float, ...]:
    found: Any = held
    for name in names:
        found = found[name]
    return tuple(found) if isinstance(found, list) else (float(found),)


@cache
def _table() -> dict[str, Any]:
    text = (files("missionkit.drift.shift") / "level_shift.json").read_text(
        encoding="utf-8"
    )
    found: dict[str, Any] = json.loads(text)
    return found
