"""What the detectors of missionkit say, as one letter a run."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from missionkit.drift.detectors.level_shift import LEVEL_SHIFT
from missionkit.drift.mix.find import METHOD, VERSION, find_mix_shift
from missionkit.ports.detector import DetectorView
from missionkit.ports.finding import DriftVerdict
from missionkit.ports.series import Series, SeriesPoint
from tools.calibrate.cells import LENGTHS, LEVEL, MixCell, SeriesCell

DRIFT: Final = "d"
UNSURE: Final = "u"
LETTERS: Final = {
    DriftVerdict.DRIFT: DRIFT,
    DriftVerdict.NO_DRIFT: "n",
    DriftVerdict.NOT_ENOUGH_DATA: UNSURE,
}


def _months(count: int) -> tuple[tuple[date, date], ...]:
    starts = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(count + 1)]
    return tuple(
        (start, following - timedelta(days=1)) for start, following in pairwise(starts)
    )


MONTHS: Final = _months(max(LENGTHS))


def judged(cell: SeriesCell | MixCell, run: int) -> dict[str, str]:
    """Return the verdicts on a run, one for each way in which its cell is judged."""
    if isinstance(cell, MixCell):
        return _mix(cell, run)
    values = cell.values(run)
    return {way: _series(cell, values, int(way)) for way in cell.ways}


def _series(cell: SeriesCell, values: tuple[float, ...], season: int) -> str:
    """Return the verdict on a series, where the caller declares a *season*."""
    series = Series(
        indicator="share",
        title="Share of effort on mission",
        unit="share",
        points=tuple(
            SeriesPoint(start=start, end=end, value=value, of=cell.counted)
            for value, (start, end) in zip(values, MONTHS, strict=False)
        ),
        season=season,
    )
    return LETTERS[LEVEL_SHIFT(DetectorView(series=series, level=LEVEL)).verdict]


def _mix(cell: MixCell, run: int) -> dict[str, str]:
    """Return the verdict by default, and that of who cares about any shift at all.

    The second is told by the first, for the shift that matters changes neither p-value
    nor effect (a test asks it outright).
    """
    before, after = mixes(cell, run)
    found = find_mix_shift(before, after, level=LEVEL)
    chance, effect = found.p_value, found.effect
    any_shift = chance is not None and chance <= LEVEL and bool(effect and effect > 0)
    return {"default": LETTERS[found.verdict], "any": DRIFT if any_shift else UNSURE}


def mixes(cell: MixCell, run: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return the two groups of a run, by category."""
    before, after = cell.counts(run)
    names = [f"segment {at}" for at in range(len(before))]
    return dict(zip(names, before, strict=True)), dict(zip(names, after, strict=True))


def versions() -> dict[str, str]:
    """Return the versions of the methods."""
    return {LEVEL_SHIFT.name: LEVEL_SHIFT.version, METHOD: VERSION}
