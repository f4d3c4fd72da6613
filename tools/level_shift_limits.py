"""Writes the limits of the search for a shift of level, found by simulation.

For every length and season: how large the statistic of `drift.shift.fit` becomes where
nothing shifts, at the worst autocorrelation from 0 to 0.5, among the series of which
the library says anything at all: one whose points follow each other too closely raises
no alarm; how many standard errors a shift half-way must have to be seen in four of five
series, less those that chance takes away; and how much a season must explain to be
taken for one. What is written here with numpy is written a second time, without, in the
library; a test compares the two.

    python -m tools.level_shift_limits [--runs 40000]
"""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from statistics import NormalDist
from typing import Any, Final

import numpy as np

TARGET: Final = (
    Path(__file__).parents[1] / "src/missionkit/drift/shift/level_shift.json"
)
SEASONS: Final = (1, 2, 4, 12)
LENGTHS: Final = (12, 14, 16, 18, 20, 24, 28, 32, 36, 42, 48, 60, 72, 96, 120)
LEVELS: Final = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005)
GRID: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
BEYOND: Final = (0.6, 0.7, 0.8, 0.9)
FOLLOWED: Final = 0.8
WORST_OF: Final = (0.0, 0.15, 0.3, 0.4, 0.5)
EDGE: Final = 3
BY_CHANCE: Final = 0.07
USUAL: Final = 0.05
POWER: Final = 0.8
CHUNK: Final = 10_000
HALF: Final = 0.5
FINE: Final = 0.02

Array = np.ndarray[Any, np.dtype[np.float64]]


class Search:
    """The statistic of many series of one length and season at once."""

    def __init__(self, length: int, season: int) -> None:
        self.length, self.season = length, season
        first = np.arange(EDGE, length - EDGE + 1)
        self.steps = (np.arange(length)[None, :] >= first[:, None]).astype(float)
        weights = (first * (length - first) / length**2) ** min(5.0, 120.0 / length)
        self.weights = weights / weights.sum()
        part = np.arange(length) % season
        base = (part[:, None] == np.arange(season)[None, :]).astype(float)
        self.parts = [self._part(base, phi) for phi in GRID]
        self.further = [self._part(base, phi) for phi in BEYOND]

    def _part(self, base: Array, phi: float) -> tuple[Array, Array, Array, float, int]:
        white = np.eye(self.length)
        white[0, 0] = np.sqrt(1 - phi * phi)
        at = np.arange(1, self.length)
        white[at, at - 1] = -phi
        columns = white @ base
        q, r = np.linalg.qr(columns)
        rest = np.eye(self.length) - q @ q.T
        volume = np.log(np.abs(np.diag(r))).sum()
        through = rest @ white
        steps = self.steps @ through.T
        constant = 0.5 * np.log(1 - phi * phi) - volume
        freedom = self.length - base.shape[1]
        return through, steps, (steps**2).sum(1), float(constant), freedom

    def statistics(self, series: Array) -> Array:
        """Return the statistic of each row."""
        shifts, nones = [], []
        for phi, (through, steps, sizes, constant, freedom) in zip(
            GRID, self.parts, strict=True
        ):
            left = series @ through.T
            whole = (left**2).sum(1)
            explained = (left @ steps.T) ** 2 / sizes
            rest = np.maximum(whole[:, None] - explained, whole[:, None] * 1e-12)
            shifts.append(constant - 0.5 * freedom * np.log(rest) - phi)
            nones.append(constant - 0.5 * freedom * np.log(whole))
        best = np.asarray(np.max(shifts, axis=0))
        most = np.asarray(best.max(1))
        mean = (np.exp(best - most[:, None]) * self.weights).sum(1)
        found: Array = most + np.log(mean) - np.max(nones, axis=0)
        return found

    def refused(self, series: Array) -> Array:
        """Return 1 for each row that follows itself too closely to be judged."""
        every = []
        for through, steps, sizes, constant, freedom in (*self.parts, *self.further):
            left = series @ through.T
            whole = (left**2).sum(1)
            rest = whole[:, None] - (left @ steps.T) ** 2 / sizes
            rest = np.maximum(rest, whole[:, None] * 1e-12)
            every.append(constant - 0.5 * freedom * np.log(rest))
        at = np.max(every[: len(GRID)], axis=0).argmax(1)
        likely = np.stack([each[np.arange(len(series)), at] for each in every])
        chosen = np.asarray((*GRID, *BEYOND))[likely.argmax(0)]
        found: Array = (chosen >= FOLLOWED).astype(float)
        return found

    def likelihoods(self, series: Array) -> Array:
        """Return how likely each row is with its best step, levels taken as known."""
        found = []
        for phi, (through, steps, sizes, _, _) in zip(GRID, self.parts, strict=True):
            left = series @ through.T
            whole = (left**2).sum(1)
            rest = (whole[:, None] - (left @ steps.T) ** 2 / sizes).min(1)
            rest = np.maximum(rest, whole * 1e-12)
            found.append(0.5 * np.log(1 - phi * phi) - self.length / 2 * np.log(rest))
        return np.asarray(np.max(found, axis=0))


def noise(draw: np.random.Generator, runs: int, length: int, phi: float) -> Array:
    """Return autoregressive noise of variance 1."""
    found = draw.standard_normal((runs, length))
    for at in range(1, length):
        found[:, at] *= np.sqrt(1 - phi * phi)
        found[:, at] += phi * found[:, at - 1]
    return found


@dataclass(frozen=True)
class Judged:
    """Of many series without a shift: both statistics, who is refused, any season."""

    plain: Array
    parted: Array
    silent: Array
    silent_parted: Array
    more: Array

    def joint(self, evidence: float, off: float) -> Array:
        """Return the statistic that the library takes, on one scale for both."""
        weight = 1 / (1 + np.exp(evidence - self.more))
        silent = np.where(weight > HALF, self.silent_parted, self.silent)
        found = self.plain + weight * (self.parted - off - self.plain)
        return np.asarray(np.where(silent > 0, -np.inf, found))


def limits(length: int, season: int, runs: int) -> dict[str, Any]:
    """Return the limits for one length and season, and what makes a shift visible."""
    draw = np.random.default_rng([length, season])
    plain, parted = Search(length, 1), Search(length, season)
    chance = _judged(plain, parted, draw, 0.0, runs).more
    evidence = float(np.quantile(chance, 1 - BY_CHANCE)) if season > 1 else 0.0
    found = [_judged(plain, parted, draw, phi, runs) for phi in WORST_OF]
    # Both are put on one scale, so that one limit serves whichever counts.
    off = _worst([_said(each.parted, each.silent_parted) for each in found], USUAL)
    off -= _worst([_said(each.plain, each.silent) for each in found], USUAL)
    worst = [_worst([each.joint(evidence, off) for each in found], n) for n in LEVELS]
    parts = [each + off for each in worst]
    return {
        "limits": [round(each, 3) for each in worst],
        "errors": [round(each, 3) for each in _errors(plain, draw, worst)],
        "season": {
            "evidence": round(evidence, 3),
            "off": round(off, 3),
            "errors": [round(each, 3) for each in _errors(parted, draw, parts)],
        },
    }


def _judged(
    plain: Search, parted: Search, draw: np.random.Generator, phi: float, runs: int
) -> Judged:
    """Return what is said of noise without a shift."""
    found = []
    for _ in range(runs // CHUNK):
        series = noise(draw, CHUNK, plain.length, phi)
        one, silent = plain.statistics(series), plain.refused(series)
        if parted.season == 1:
            found.append((one, one, silent, silent, np.zeros(CHUNK)))
            continue
        more = parted.likelihoods(series) - plain.likelihoods(series)
        other = parted.statistics(series), parted.refused(series)
        found.append((one, other[0], silent, other[1], more))
    return Judged(*(np.concatenate(each) for each in zip(*found, strict=True)))


def _said(statistics: Array, silent: Array) -> Array:
    """Return the statistics, the least for who is refused: that one cannot alarm."""
    return np.asarray(np.where(silent > 0, -np.inf, statistics))


def _worst(found: list[Array], level: float) -> float:
    return max(float(np.quantile(each, 1 - level, method="lower")) for each in found)


def _errors(
    search: Search, draw: np.random.Generator, worst: list[float]
) -> Iterator[float]:
    """Yield how many standard errors a shift half-way needs to be seen, by level."""
    length = search.length
    series = noise(draw, CHUNK // 2, length, 0.0)
    step = (np.arange(length) >= length // 2).astype(float)
    size = float(search.parts[0][2][length // 2 - EDGE])
    for limit in worst:
        low, high = 0.0, 40.0
        while high - low > FINE:
            middle = (low + high) / 2
            seen = search.statistics(series + middle / np.sqrt(size) * step) > limit
            low, high = (low, middle) if seen.mean() >= POWER else (middle, high)
        yield high - NormalDist().inv_cdf(POWER)


def main() -> None:
    """Write the limits of all lengths and seasons."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=40_000)
    runs = asked.parse_args().runs
    asked_for = [(n, s) for s in SEASONS for n in LENGTHS if n >= 2 * s]
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(limits, *zip(*asked_for, strict=True), repeat(runs)))
    table: dict[str, dict[str, Any]] = {str(season): {} for season in SEASONS}
    for (length, season), each in zip(asked_for, found, strict=True):
        table[str(season)][str(length)] = each
    facts = {"runs": runs, "levels": LEVELS, "autocorrelations": WORST_OF}
    TARGET.write_text(
        json.dumps({**facts, "seasons": table}, indent=None) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
