"""The cells of the table: what is drawn, run by run, and nothing about who judges it.

A series is a share around 0.6 that falls by a number of standard deviations, half-way
or a quarter of its points from an end: from the first in even runs, from the last in
odd ones, for nobody knows beforehand where, and some methods see well at one end only.
A mix is how many clients of two groups fall into each of six categories, where a part
of the largest category moves to the smallest.
"""

from collections.abc import Callable, Iterator
from math import pi, sin, sqrt
from typing import Final

from attrs import frozen

from tools.calibrate.draws import Draws

RUNS: Final = 2000
AGAIN: Final = RUNS // 20
LEVEL: Final = 0.05
LENGTHS: Final = (12, 24, 36, 60)
SHIFTS: Final = (1, 2, 3)
PLACES: Final = {"half": 2, "quarter": 4}
SHARE: Final = 0.6
DEVIATION: Final = 0.06
YEAR: Final = 12

SIZES: Final = (20, 40, 80, 200)
MIX: Final = (0.35, 0.2, 0.15, 0.12, 0.1, 0.08)
MOVES: Final = (0.0, 0.1, 0.2, 0.3)

Noise = Callable[[Draws, int], Iterator[float]]


def _independent(draws: Draws, length: int) -> Iterator[float]:
    for _ in range(length):
        yield draws.normal()


def _following(share: float) -> Noise:
    """Each point keeps *share* of how far the one before was off: AR(1)."""

    def noise(draws: Draws, length: int) -> Iterator[float]:
        last = draws.normal()
        for _ in range(length):
            yield last
            last = share * last + sqrt(1 - share * share) * draws.normal()

    return noise


def _yearly(amplitude: float) -> Noise:
    """Independent noise on a wave of a year that begins anywhere."""

    def noise(draws: Draws, length: int) -> Iterator[float]:
        phase = draws.share()
        for at in range(length):
            yield draws.normal() + amplitude * sin(2 * pi * (at / YEAR + phase))

    return noise


NOISES: Final[dict[str, Noise]] = {
    "independent": _independent,
    "AR(1) 0.3": _following(0.3),
    "AR(1) 0.5": _following(0.5),
    "season 1.33": _yearly(1.33),
    "season 3": _yearly(3.0),
}
COUNTED: Final = {"40 a month": 40, "10 a month": 10}
SEASONAL: Final = frozenset({"season 1.33", "season 3"})
FOLLOWED: Final = frozenset({"AR(1) 0.3", "AR(1) 0.5"})


@frozen(kw_only=True)
class SeriesCell:
    """Series of one kind: their noise, their length, and how they shift, and where."""

    noise: str
    length: int
    shift: int = 0
    at: str = ""

    def change(self, run: int) -> int:
        """Return how many points there are before the shift; all without one."""
        if not self.shift:
            return self.length
        near = self.length // PLACES[self.at]
        return self.length - near if run % 2 else near

    @property
    def ways(self) -> tuple[str, ...]:
        """The seasons a caller may declare: a year, or none where there is none."""
        return (str(YEAR),) if self.noise in SEASONAL else (str(YEAR), "1")

    @property
    def counted(self) -> int | None:
        """How many activities a point is a share of, where it is one."""
        return COUNTED.get(self.noise)

    def values(self, run: int) -> tuple[float, ...]:
        """Return the points of a run."""
        draws = Draws("series", self.noise, self.length, self.shift, self.at, run)
        if self.counted:
            return self._shares(draws, self.counted, self.change(run))
        change = self.change(run)
        noise = NOISES[self.noise](draws, self.length)
        return tuple(
            SHARE + DEVIATION * (off - self.shift * (at >= change))
            for at, off in enumerate(noise)
        )

    def _shares(self, draws: Draws, size: int, change: int) -> tuple[float, ...]:
        deviation = sqrt(SHARE * (1 - SHARE) / size)
        after = SHARE - self.shift * deviation
        return tuple(
            draws.binomial(size, SHARE if at < change else after) / size
            for at in range(self.length)
        )


@frozen(kw_only=True)
class MixCell:
    """Two groups of one size, and which part of the second is moved."""

    size: int
    moved: float = 0.0

    @property
    def ways(self) -> tuple[str, ...]:
        """By the shift that matters: what is taken by default, or any at all."""
        return ("default", "any")

    @property
    def chances(self) -> tuple[float, ...]:
        """The shares of the categories in the second group."""
        return (MIX[0] - self.moved, *MIX[1:-1], MIX[-1] + self.moved)

    def counts(self, run: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return how many fall into each category, before and after, in a run."""
        draws = Draws("mix", self.size, self.moved, run)
        return self._group(draws, MIX), self._group(draws, self.chances)

    def _group(self, draws: Draws, chances: tuple[float, ...]) -> tuple[int, ...]:
        found = [0] * len(chances)
        for _ in range(self.size):
            found[draws.category(chances)] += 1
        return tuple(found)


def series_parts() -> Iterator[tuple[SeriesCell, ...]]:
    """Yield the cells, those together that are judged beside the first, unshifted."""
    for noise in (*NOISES, *COUNTED):
        for length in LENGTHS:
            still = SeriesCell(noise=noise, length=length)
            shifted = (
                SeriesCell(noise=noise, length=length, shift=shift, at=at)
                for at in PLACES
                for shift in SHIFTS
            )
            yield still, *shifted


def mix_parts() -> Iterator[tuple[MixCell, ...]]:
    """Yield the cells, those together that are judged beside the first, unmoved."""
    for size in SIZES:
        yield tuple(MixCell(size=size, moved=moved) for moved in MOVES)
