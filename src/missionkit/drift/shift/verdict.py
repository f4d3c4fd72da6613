"""From the fit of a shift to what can be said of it."""

from math import sqrt
from statistics import NormalDist
from typing import Final

from attrs import evolve

from missionkit.domain.intent import Limit
from missionkit.drift.shift.fit import ShiftFit
from missionkit.drift.shift.limits import ShiftLimits
from missionkit.drift.shift.slope import Slope
from missionkit.drift.statistics import t_quantile
from missionkit.ports.finding import SLOPE, DriftVerdict, Finding

FOLLOWED: Final = 0.8
"""From which autocorrelation on noise is too much like a shift."""
_NOT_STATED: Final = 3.0
_POWER: Final = 0.8
_CONFIDENCE: Final = 0.95
_MOST_LEFT: Final = 0.5


def measured(
    finding: Finding, fit: ShiftFit, limits: ShiftLimits, least: float | None
) -> Finding:
    """Return the finding with all figures, before it is judged.

    The interval is as wide as the limit asks: it holds for every place of a shift.
    """
    worth = limits.standard_errors(finding.level, season=finding.season != 1)
    visible = (worth + NormalDist().inv_cdf(_POWER)) * fit.spread / sqrt(fit.middle)
    matters = _NOT_STATED * fit.spread if least is None else least
    return evolve(
        finding,
        effect=fit.effect,
        low=fit.effect - worth * fit.error,
        high=fit.effect + worth * fit.error,
        confidence=_CONFIDENCE,
        visible=visible,
        least=matters,
        before=fit.before,
        after=fit.before + fit.effect,
        p_value=limits.p_value(fit.statistic),
        statistic=fit.statistic,
        limit=limits.limit(finding.level),
        autocorrelation=fit.autocorrelation,
        parameters=(
            Limit(name="size of the noise", value=fit.spread),
            Limit(name="least shift that matters", value=matters),
        ),
    )


def judged(
    finding: Finding, fit: ShiftFit, slope: Slope | None, least: float | None
) -> Finding:
    """Return the finding with its verdict.

    A *slope* is given where points follow each other more closely than is allowed for.
    """
    beyond = fit.statistic > (finding.limit or 0.0)
    matters = least is None or abs(finding.effect or 0.0) >= least
    if fit.autocorrelation >= FOLLOWED:
        if beyond and matters and slope and slope.beside <= _MOST_LEFT:
            return _sloped(finding, slope)
        said = (
            "each point follows the one before so closely (autocorrelation"
            f" {fit.autocorrelation:g}) that a shift cannot be told from slow chance"
        )
        return evolve(finding, reason=said, visible=None)
    if beyond and matters:
        return _shifted(finding, fit)
    if beyond or (finding.visible or 0.0) <= (finding.least or 0.0):
        return evolve(finding, verdict=DriftVerdict.NO_DRIFT, reason="")
    said = (
        f"a shift of {finding.visible:.3g} could have stayed unseen among"
        f" {finding.points} points with this noise, and one of {finding.least:.3g}"
        " matters"
    )
    return evolve(finding, reason=said)


def _shifted(finding: Finding, fit: ShiftFit) -> Finding:
    """Return the finding of a shift from one point to the next."""
    points = finding.series.known[-finding.points :] if finding.series else ()
    off = t_quantile(_CONFIDENCE, fit.freedom) * fit.error
    return evolve(
        finding,
        verdict=DriftVerdict.DRIFT,
        reason="",
        low=fit.effect - off,
        high=fit.effect + off,
        since=points[fit.first].start,
        earliest=points[fit.earliest].start,
        latest=points[fit.latest].start,
    )


def _sloped(finding: Finding, slope: Slope) -> Finding:
    """Return the finding of a shift that took its time, from its first point on."""
    points = finding.series.known[-finding.points :] if finding.series else ()
    off = t_quantile(_CONFIDENCE, slope.freedom) * slope.error
    took = Limit(name=SLOPE, value=float(slope.last - slope.first + 1))
    return evolve(
        finding,
        verdict=DriftVerdict.DRIFT,
        reason="",
        effect=slope.effect,
        low=slope.effect - off,
        high=slope.effect + off,
        before=slope.before,
        after=slope.before + slope.effect,
        visible=None,
        since=points[slope.first].start,
        earliest=points[slope.first].start,
        latest=points[slope.last].start,
        parameters=(*finding.parameters, took),
    )
