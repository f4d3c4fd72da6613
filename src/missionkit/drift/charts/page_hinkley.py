"""The test of Page and Hinkley: sums of departures from the mean so far.

D. Hinkley, *Inference about the Change-Point from Cumulative Sum Tests*, Biometrika 58,
1971; in the form, and with the numbers, of the library river 0.26: the mean is moved
first, old departures fade, and after an alarm all begins anew. Its usual parameters are
made for long streams of numbers near 1: for monthly figures give a *threshold* of 4 to
5 of their sigmas.
"""

from typing import Final

from attrs import define

from missionkit.domain.review import Shift
from missionkit.drift.charts.chart import Chart, ChartLine, ChartSignal
from missionkit.drift.charts.faults import Faults
from missionkit.drift.charts.reading import Figures, Reading, limits, read

_LINES: Final = {1: "test of rises", -1: "test of falls"}


@define
class _State:
    """What is kept since the last alarm."""

    count: int = 0
    mean: float = 0.0
    sums: tuple[float, float] = (0.0, 0.0)
    lows: tuple[float, float] = (0.0, 0.0)
    began: tuple[int, int] = (0, 0)

    def add(
        self, at: int, x: float, delta: float, fading: float
    ) -> tuple[float, float]:
        """Take a figure in, and return how far each sum is above its lowest."""
        self.count += 1
        self.mean += (x - self.mean) / self.count
        off = x - self.mean
        rise = fading * self.sums[0] + off - delta
        fall = fading * self.sums[1] - off - delta
        first = self.count == 1
        low = tuple(
            new if first else min(new, old)
            for new, old in zip((rise, fall), self.lows, strict=True)
        )
        self.began = (
            at + 1 if rise <= low[0] else self.began[0],
            at + 1 if fall <= low[1] else self.began[1],
        )
        self.sums, self.lows = (rise, fall), (low[0], low[1])
        return rise - low[0], fall - low[1]


def page_hinkley_chart(
    data: Figures,
    *,
    threshold: float = 50.0,
    delta: float = 0.005,
    fading: float = 0.9999,
    least: int = 30,
) -> Chart:
    """Return the tests of Page and Hinkley for rises and for falls, beside the limit.

    A test is the sum of departures from the mean so far, less *delta* each, above the
    lowest that it was; *fading* is what is kept of the sum at each step. Alarms are
    given from the figure of number *least* on, counted anew after each.

    >>> x = [10.2, 9.8, 10.1, 9.9, 10.0, 10.9, 11.1, 11.0, 11.2, 10.8]
    >>> chart = page_hinkley_chart(x, threshold=2, delta=0.1, fading=1, least=3)
    >>> chart.signal.at, round(chart.signal.statistic, 4)
    (8, 2.5226)

    Raises:
        InvalidValueError: a figure is no finite number, or a parameter is not in order.
    """
    faults = Faults("page_hinkley_chart")
    faults.above_zero(threshold=threshold, fading=fading)
    faults.at_least_zero(delta=delta)
    faults.at_most(1, fading=fading)
    faults.whole(1, least=least)
    reading = read(faults, data)
    faults.refuse()
    tests: dict[int, dict[int, float]] = {1: {}, -1: {}}
    signals: list[ChartSignal] = []
    state = _State()
    for at, x in reading.known:
        found = state.add(at, x, delta, fading)
        alarm = False
        for side, way in enumerate(_LINES):
            tests[way][at] = found[side]
            if state.count >= least and found[side] > threshold:
                alarm = True
                signals.append(
                    _signal(
                        reading, way, at, (found[side], threshold), state.began[side]
                    )
                )
        state = _State(began=(at + 1, at + 1)) if alarm else state
    return Chart(
        kind="Page-Hinkley",
        title=reading.title,
        unit=reading.unit,
        lines=tuple(_line(reading, way, tests[way], threshold) for way in _LINES),
        signals=tuple(signals),
        parameters=limits(threshold=threshold, delta=delta, fading=fading, least=least),
    )


def _signal(
    reading: Reading, way: int, at: int, beyond: tuple[float, float], began: int
) -> ChartSignal:
    statistic, limit = beyond
    return ChartSignal(
        rule="beyond-limit",
        says=f"the {_LINES[way]} is above its limit",
        line=_LINES[way],
        at=at,
        start=reading.starts[at],
        since=next(i for i, _ in reading.known if i >= began),
        direction=Shift.UP if way > 0 else Shift.DOWN,
        statistic=statistic,
        limit=limit,
        points=(at,),
    )


def _line(
    reading: Reading, way: int, held: dict[int, float], limit: float
) -> ChartLine:
    points = (
        reading.point(at, held.get(at), lower=0.0, center=0.0, upper=limit)
        for at in range(len(reading.values))
    )
    return ChartLine(name=_LINES[way], points=tuple(points))
