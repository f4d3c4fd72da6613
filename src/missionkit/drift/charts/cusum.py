"""The chart of cumulative sums: for small shifts that last, and when they began.

E. Page, *Continuous Inspection Schemes*, Biometrika 41, 1954; the tabular form of
NIST/SEMATECH e-Handbook 6.3.2.3; head start after J. Lucas, R. Crosier, *Fast Initial
Response for CUSUM Quality Control Schemes*, Technometrics 24(3), 1982.
"""

from typing import Final

from attrs import frozen

from missionkit.domain.review import Shift
from missionkit.drift.charts.baseline import Usual, Window, begun
from missionkit.drift.charts.chart import Chart, ChartLine, ChartSignal
from missionkit.drift.charts.faults import Faults
from missionkit.drift.charts.reading import Figures, Reading, limits, stretches

_LINES: Final = {1: "sum of rises", -1: "sum of falls"}


@frozen(kw_only=True)
class _Sum:
    """One of both sums: its value at each figure, and where it began to rise."""

    way: int
    limit: float
    values: dict[int, float]
    since: dict[int, int]


def cusum_chart(  # noqa: PLR0913 - each by its name
    data: Figures,
    *,
    k: float = 0.5,
    h: float = 5.0,
    head_start: float = 0.0,
    baseline: Window = None,
    center: float | None = None,
    sigma: float | None = None,
) -> Chart:
    """Return the cumulative sums of rises and of falls, beside their limit.

    Each sum adds what a figure lies off the center on its side, less *k* sigmas, and
    never falls below 0; the limit is *h* sigmas. A sum starts at *head_start* sigmas,
    of which half of *h* is customary where a shift may be there from the start. The
    sums go on after a signal; `since` is the first point after the sum was last 0.

    >>> chart = cusum_chart([10, 10, 10, 11, 12, 13], h=4, center=10, sigma=1)
    >>> [point.value for point in chart.points], chart.signal.at, chart.signal.since
    ([0.0, 0.0, 0.0, 0.5, 2.0, 4.5], 5, 3)

    Raises:
        InvalidValueError: a figure is no finite number, there are fewer than six to say
            what is usual or these never move, or k, h or the head start is not in
            order.
    """
    faults = Faults("cusum_chart")
    faults.above_zero(h=h)
    faults.at_least_zero(k=k, head_start=head_start)
    if not faults.found:
        faults.at_most(h, head_start=head_start)
    usual = Usual(baseline=baseline, center=center, sigma=sigma)
    reading, held = begun(faults, data, usual)
    sums = [
        _sum(
            reading,
            way,
            (held.center + way * k * held.sigma),
            (head_start * held.sigma, h * held.sigma),
        )
        for way in _LINES
    ]
    signals = [each for one in sums for each in _signals(reading, one)]
    return Chart(
        kind="CUSUM",
        title=reading.title,
        unit=reading.unit,
        lines=tuple(_line(reading, each) for each in sums),
        signals=tuple(sorted(signals, key=lambda each: (each.at, each.line))),
        baseline=held,
        parameters=limits(k=k, h=h, head_start=head_start),
    )


def _sum(reading: Reading, way: int, off: float, ends: tuple[float, float]) -> _Sum:
    last, limit = ends
    values: dict[int, float] = {}
    since: dict[int, int] = {}
    began: int | None = None
    for at, x in reading.known:
        last = max(0.0, way * (x - off) + last)
        began = None if not last else at if began is None else began
        values[at], since[at] = last, at if began is None else began
    return _Sum(way=way, limit=limit, values=values, since=since)


def _line(reading: Reading, held: _Sum) -> ChartLine:
    points = (
        reading.point(at, held.values.get(at), lower=0.0, center=0.0, upper=held.limit)
        for at in range(len(reading.values))
    )
    return ChartLine(name=_LINES[held.way], points=tuple(points))


def _signals(reading: Reading, held: _Sum) -> list[ChartSignal]:
    places = list(held.values)
    beyond = [i for i, at in enumerate(places) if held.values[at] > held.limit]
    found = []
    for row in stretches(beyond):
        at = places[row[0]]
        found.append(
            ChartSignal(
                rule="beyond-limit",
                says=f"the {_LINES[held.way]} is above its limit",
                line=_LINES[held.way],
                at=at,
                start=reading.starts[at],
                since=held.since[at],
                direction=Shift.UP if held.way > 0 else Shift.DOWN,
                statistic=held.values[at],
                limit=held.limit,
                points=tuple(places[i] for i in row),
            )
        )
    return found
