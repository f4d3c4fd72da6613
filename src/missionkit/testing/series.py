"""Series to show to detectors: calm ones, shifts, trends, gaps, and what may break."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from missionkit.ports.detector import DetectorView
from missionkit.ports.series import Series, SeriesPoint

_MONTH: Final = timedelta(days=30)
_FIRST: Final = date(2024, 1, 1)


def series_of(
    values: Iterable[float | None], *, season: int = 1, unit: str = "points"
) -> Series:
    """Return a series of thirty days a point; where there is no value, nobody counted.

    *season* is after how many points the year begins anew.
    """
    starts = (_FIRST + at * _MONTH for at in range(10_000))
    points = (
        SeriesPoint(
            start=start,
            end=start + _MONTH - timedelta(days=1),
            value=each,
            reason="nobody counted" if each is None else "",
        )
        for start, each in zip(starts, values, strict=False)
    )
    return Series(
        indicator="effort",
        title="Effort on the mission",
        unit=unit,
        points=tuple(points),
        season=season,
    )


def calm(size: int, seed: int) -> list[float]:
    """Return so many independent, nearly normal values around 0, with a spread of 1.

    They are whole 64ths, so that a shift by 64 or a scale of 4 rounds nothing.
    """
    draw = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    return [round((sum(draw() for _ in range(12)) - 6) * 64) / 64 for _ in range(size)]


def stepped(size: int, at: int, step: float, seed: int) -> list[float]:
    """Return calm values that from the place *at* on are higher by *step*."""
    return [x + step * (i >= at) for i, x in enumerate(calm(size, seed))]


def _gapped(values: Sequence[float], every: int) -> list[float | None]:
    return [None if at % every == every - 1 else x for at, x in enumerate(values)]


def shown_views() -> Iterator[DetectorView]:
    """Yield what a detector is asked about unless the caller says otherwise."""
    year = ([0.0] * 6 + [2.0] * 6) * 4
    shown: list[Sequence[float | None]] = [
        calm(12, 1),
        calm(24, 2),
        calm(36, 3),
        calm(60, 4),
        stepped(24, 12, 2, 5),
        stepped(36, 24, 3, 6),
        stepped(48, 16, -6, 7),
        [x + at / 8 for at, x in enumerate(calm(30, 8))],
        _gapped(calm(30, 9), 7),
        _gapped(stepped(36, 20, 6, 10), 5),
        calm(8, 11),
    ]
    for seed, values in enumerate(shown):
        yield DetectorView(series=series_of(values), seed=seed)
    seasonal = [x + y for x, y in zip(year, calm(48, 12), strict=True)]
    yield DetectorView(series=series_of(seasonal, season=12))
    yield DetectorView(series=series_of(stepped(36, 18, 4, 13)), least=1.0, level=0.01)


EXTREMES: Final[tuple[Sequence[float | None], ...]] = (
    (),
    (None,),
    (0.0, None, 0.0),
    [0.0] * 23 + [1.0],
    [1.0] + [0.0] * 23,
    [-1.0, 1.0] * 18,
    [float(at) for at in range(36)],
    [1e200 * x for x in (1, -1, 2, -2, 3, -3)] * 4,
    [1e-200 * x for x in (1, -1, 2, -2, 3, -3)] * 4,
    [5e-324, 0.0] * 12,
    [1e15 + at % 2 for at in range(24)],
    [None, 1.0, None, 3.0] * 9,
    [2.0] * 12 + [3.0] * 12,
)
"""Values that a detector must answer to, whatever it says."""
