"""Whether the level of a figure has shifted, once, and since when: 12 to 120 points.

Months follow each other: a good one is often followed by a good one, and a year has
seasons. Rules that take each point as independent then see shifts where there are none.
This one allows for an autocorrelation up to 0.5 and, from two years of points on, for
a season, and says "not enough data" where it cannot tell. Its limits were simulated, so
that in none of these cases are there more false alarms than the level.
"""

from collections.abc import Sequence
from math import exp, fsum
from typing import ClassVar, Final

from attrs import evolve, frozen

from missionkit.domain.intent import Limit
from missionkit.domain.values import Period
from missionkit.drift.shift.fit import ShiftFit, fit_shift
from missionkit.drift.shift.limits import (
    LONGEST,
    SHORTEST,
    ShiftLimits,
    least_level,
    seasons,
    shift_limits,
)
from missionkit.drift.shift.slope import fit_slope
from missionkit.drift.shift.verdict import FOLLOWED, judged, measured
from missionkit.ports.detector import Detector, DetectorView
from missionkit.ports.finding import DriftVerdict, Finding
from missionkit.ports.series import SeriesPoint

_LEAST_KNOWN: Final = 2 / 3
_LARGEST: Final = 1e140
_CERTAIN: Final = 500.0
_HALF: Final = 0.5


@frozen
class _Data:
    """The points that are used: their values, and their places on the time line."""

    points: tuple[SeriesPoint, ...]
    places: tuple[int, ...]
    left_out: int

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(p.value for p in self.points if p.value is not None)


@frozen
class LevelShift:
    """Looks for one lasting shift of level among all places where it could have been.

    The smallest shift that matters, `least`, decides between "no drift" and "not enough
    data": a shift that large must have been visible. Who states none is taken to care
    about three times the size of the noise.
    """

    name: ClassVar[str] = "level-shift"
    version: ClassVar[str] = "1"

    def __call__(self, view: DetectorView, /) -> Finding:
        """Return what the series shows."""
        data = _used(view.series.points)
        finding = self._blank(view, data)
        if reason := _too_little(view, data):
            return evolve(finding, reason=reason)
        values = data.values
        if min(values) == max(values):
            return _still(finding, values[0], view.least)
        limits = shift_limits(len(values), view.series.season)
        fit, season = _fit(view, data, limits)
        found = measured(evolve(finding, season=season), fit, limits, view.least)
        if data.left_out:
            older = Limit(name="older points left out", value=float(data.left_out))
            found = evolve(found, parameters=(*found.parameters, older))
        slope = None
        if fit.autocorrelation >= FOLLOWED and season == 1:
            slope = fit_slope(values, data.places)
        return judged(found, fit, slope, view.least)

    def _blank(self, view: DetectorView, data: _Data) -> Finding:
        known, series = data.points, view.series
        return Finding(
            indicator=series.indicator,
            title=series.title,
            unit=series.unit,
            verdict=DriftVerdict.NOT_ENOUGH_DATA,
            reason="nothing is known",
            level=view.level,
            points=len(known),
            period=Period(known[0].start, known[-1].end) if known else None,
            method=self.name,
            version=self.version,
            refs=series.refs,
            series=series,
        )


def _used(points: Sequence[SeriesPoint]) -> _Data:
    """Return the newest points that have a value, with their places in time."""
    # Months differ in length, so that only their mean keeps places apart.
    usual = fsum((p.end - p.start).days + 1 for p in points) / max(1, len(points))
    known = [p for p in points if p.value is not None]
    kept = tuple(known[-LONGEST:])
    places = tuple(round((p.start - kept[0].start).days / usual) for p in kept)
    return _Data(kept, places, len(known) - len(kept))


def _too_little(view: DetectorView, data: _Data) -> str:
    """Return why nothing can be said of the data, or an empty text."""
    known, season = len(data.points), view.series.season
    span = data.places[-1] + 1 if data.places else 0
    if known < SHORTEST:
        return f"a shift needs {SHORTEST} points with a value, and there are {known}"
    if known < span * _LEAST_KNOWN:
        return f"only {known} of {span} periods have a value{_lone(data)}"
    if view.level < least_level():
        return f"limits are known for levels from {least_level():g} on"
    if season not in seasons():
        return f"no limits are known for a season of {season} points"
    if min(known, span) < 2 * season:
        return (
            f"{known} points are less than two years, in which a season cannot be told"
            " from a shift; where the figure has no season, say so"
        )
    return _out_of_reach(data.values)


def _lone(data: _Data) -> str:
    """Return a hint where one point stands long before all others, as typing does."""
    others = data.places[1:]
    if len(others) < (others[-1] - others[0] + 1) * _LEAST_KNOWN:
        return ""
    day = data.points[0].start
    return f": look at {day:%Y-%m}, which stands alone long before the others"


def _out_of_reach(values: Sequence[float]) -> str:
    """Return why the squares of values would be no numbers, or an empty text."""
    spread = max(values) - min(values)
    if max(map(abs, values)) > _LARGEST or 0 < spread < 1 / _LARGEST:
        return "the figures are too large or too small for sums: choose another unit"
    return ""


def _still(finding: Finding, value: float, least: float | None) -> Finding:
    """Return the finding for a figure that never moved."""
    return evolve(
        finding,
        verdict=DriftVerdict.NO_DRIFT,
        reason="",
        effect=0.0,
        low=0.0,
        high=0.0,
        visible=0.0,
        least=least,
        before=value,
        after=value,
        p_value=1.0,
        season=1,
    )


def _fit(view: DetectorView, data: _Data, limits: ShiftLimits) -> tuple[ShiftFit, int]:
    """Return the fit, with a level for each part of the year where a season shows.

    How far a season shows decides how far each of both statistics counts.
    """
    values, season = data.values, view.series.season
    plain = fit_shift(values, data.places, 1)
    if season == 1 or plain.spread <= 0:
        return plain, 1
    parted = fit_shift(values, data.places, season)
    beyond = parted.likelihood - plain.likelihood - limits.evidence
    weight = 1 / (1 + exp(-max(beyond, -_CERTAIN)))
    other = parted.statistic - limits.off
    statistic = plain.statistic + weight * (other - plain.statistic)
    chosen = (parted, season) if weight > _HALF else (plain, 1)
    return evolve(chosen[0], statistic=statistic), chosen[1]


LEVEL_SHIFT: Final = LevelShift()
DETECTORS: tuple[Detector, ...] = (LEVEL_SHIFT,)
