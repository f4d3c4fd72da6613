"""The chart of a moving average that forgets: for small shifts that last.

S. Roberts, *Control Chart Tests Based on Geometric Moving Averages*, Technometrics
1(3), 1959; NIST/SEMATECH e-Handbook 6.3.2.4.
"""

from math import expm1, log1p, sqrt
from typing import Final

from missionkit.domain.review import Shift
from missionkit.drift.charts.baseline import Usual, Window, begun
from missionkit.drift.charts.chart import Chart, ChartLine, ChartPoint, ChartSignal
from missionkit.drift.charts.faults import Faults
from missionkit.drift.charts.reading import Figures, limits, stretches

_LINE: Final = "EWMA"


def ewma_chart(  # noqa: PLR0913 - each by its name
    data: Figures,
    *,
    weight: float = 0.2,
    width: float = 3.0,
    steady: bool = False,
    baseline: Window = None,
    center: float | None = None,
    sigma: float | None = None,
) -> Chart:
    """Return the exponentially weighted moving average beside its limits.

    z = weight x + (1 - weight) z, from the center on; the limits are *width* sigmas
    times the root of weight / (2 - weight) (1 - (1 - weight)^(2 i)) at the i-th figure,
    or with *steady* the wider ones that they tend to. Points beyond that follow each
    other are one signal. A point without a figure leaves the average as it is.

    >>> chart = ewma_chart([10, 10, 12, 12, 12], center=10, sigma=1)
    >>> chart.signal.at, round(chart.signal.statistic, 3)
    (4, 10.976)

    Raises:
        InvalidValueError: a figure is no finite number, there are fewer than six to say
            what is usual or these never move, or the weight is not above 0 up to 1.
    """
    faults = Faults("ewma_chart")
    faults.above_zero(weight=weight, width=width)
    faults.at_most(1, weight=weight)
    usual = Usual(baseline=baseline, center=center, sigma=sigma)
    reading, held = begun(faults, data, usual)
    average, points = held.center, []
    for count, (at, x) in enumerate(reading.known, start=1):
        average = weight * x + (1 - weight) * average
        wide = width * held.sigma * _share(weight, count, steady=steady)
        lower, upper = held.center - wide, held.center + wide
        points.append(
            reading.point(at, average, lower=lower, center=held.center, upper=upper)
        )
    there = {point.at: point for point in points}
    line = [
        there.get(at) or reading.point(at, None) for at in range(len(reading.values))
    ]
    return Chart(
        kind="EWMA",
        title=reading.title,
        unit=reading.unit,
        lines=(ChartLine(name=_LINE, points=tuple(line)),),
        signals=tuple(_signals(points)),
        baseline=held,
        parameters=limits(weight=weight, width=width, steady=steady),
    )


def _share(weight: float, count: int, *, steady: bool) -> float:
    """Return how wide the average of so many figures varies, in sigmas."""
    whole = weight / (2 - weight)
    if steady or weight == 1:
        return sqrt(whole)
    return sqrt(whole * -expm1(2 * count * log1p(-weight)))


def _signals(points: list[ChartPoint]) -> list[ChartSignal]:
    found = []
    for way, shift in ((1, Shift.UP), (-1, Shift.DOWN)):
        # By their places among the figures there are: a gap ends no stretch.
        beyond = [i for i, point in enumerate(points) if _beyond(point, way) > 0]
        for row in stretches(beyond):
            first = points[row[0]]
            limit = first.upper if way > 0 else first.lower
            found.append(
                ChartSignal(
                    rule="beyond-limit",
                    says="the moving average lies beyond its limit",
                    line=_LINE,
                    at=first.at,
                    start=first.start,
                    since=first.at,
                    direction=shift,
                    statistic=first.value or 0.0,
                    limit=limit or 0.0,
                    points=tuple(points[i].at for i in row),
                )
            )
    return sorted(found, key=lambda each: each.at)


def _beyond(point: ChartPoint, way: int) -> float:
    limit = point.upper if way > 0 else point.lower
    return way * ((point.value or 0.0) - (limit or 0.0))
