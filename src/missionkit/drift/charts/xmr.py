"""The chart of individuals and moving ranges: figures one by one, and their steps.

W. Shewhart; D. Wheeler, *Understanding Variation*, 1993; NIST/SEMATECH e-Handbook
6.3.2.2. The limits are three sigmas, sigma being the mean moving range by 1.128.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.review import Shift
from missionkit.drift.charts.baseline import Usual, Window, begun
from missionkit.drift.charts.chart import Chart, ChartBaseline, ChartLine, ChartSignal
from missionkit.drift.charts.constants import ChartConstants
from missionkit.drift.charts.faults import Faults
from missionkit.drift.charts.nelson import check_rules, nelson_signals, value_line
from missionkit.drift.charts.reading import Figures, Reading, limits

_LINE: Final = "moving range"


def xmr_chart(  # noqa: PLR0913 - each by its name
    data: Figures,
    *,
    rules: Sequence[int] = (1,),
    baseline: Window = None,
    center: float | None = None,
    sigma: float | None = None,
    median: bool = False,
    span: int = 2,
) -> Chart:
    """Return figures and their moving ranges beside limits of three sigmas.

    What is usual is taken from the *baseline*, at least six points: the first so many,
    a period, or all of them. Sigma is the mean moving range by 1.128, or with *median*
    the median one by 0.954, which a few large steps do not widen; with a *span* the
    ranges are those of so many figures. *rules* are those of Nelson to be looked for.

    >>> chart = xmr_chart([10, 12, 11, 13, 10, 12, 11, 40], baseline=7)
    >>> chart.signal.at, round(chart.points[0].upper, 3)
    (7, 16.16)

    Raises:
        InvalidValueError: a figure is no finite number, there are too few to say what
            is usual, or these never move.
    """
    faults = Faults("xmr_chart")
    check_rules(faults, rules)
    usual = Usual(
        baseline=baseline, center=center, sigma=sigma, median=median, span=span
    )
    reading, held = begun(faults, data, usual)
    ranges = _ranges(reading, held, span)
    signals = [*nelson_signals(reading, held, rules), *_wide(ranges)]
    return Chart(
        kind="XmR",
        title=reading.title,
        unit=reading.unit,
        lines=(value_line(reading, held), ranges),
        signals=tuple(
            sorted(signals, key=lambda each: (each.at, each.line == _LINE, each.rule))
        ),
        baseline=held,
        parameters=limits(
            span=span, median=median, **{f"rule_{each}": 1 for each in rules}
        ),
    )


def _ranges(reading: Reading, held: ChartBaseline, span: int) -> ChartLine:
    known = ChartConstants(span)
    center = known.d2 * held.sigma
    found = dict(reading.ranges(span))
    points = (
        reading.point(
            at,
            found.get(at),
            lower=known.D3 * center,
            center=center,
            upper=known.D4 * center,
        )
        for at in range(len(reading.values))
    )
    return ChartLine(name=_LINE, points=tuple(points))


def _wide(ranges: ChartLine) -> Iterator[ChartSignal]:
    """Yield the moving ranges beyond their limit."""
    for point in ranges.points:
        size, limit = point.value, point.upper
        if size is not None and limit is not None and size > limit:
            yield ChartSignal(
                rule="wide-range",
                says="a moving range beyond its limit",
                line=_LINE,
                at=point.at,
                start=point.start,
                since=point.at,
                direction=Shift.UP,
                statistic=size,
                limit=limit,
                points=(point.at,),
            )
