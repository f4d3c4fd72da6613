"""300 random series, charted by shewhart as well: centers, limits, sums and signals."""

from random import Random
from types import ModuleType
from typing import Any

import pytest

from missionkit.drift.charts.chart import Chart
from missionkit.drift.charts.constants import ChartConstants
from missionkit.drift.charts.cusum import cusum_chart
from missionkit.drift.charts.ewma import ewma_chart
from missionkit.drift.charts.nelson import nelson_chart
from missionkit.drift.charts.xmr import xmr_chart

pd = pytest.importorskip("pandas")
shewhart: ModuleType = pytest.importorskip("shewhart")

SERIES = 300
NEAR = 1e-9


def drawn(seed: int) -> list[float]:
    """Return 8 to 60 figures around a level that shifts halfway in every other one."""
    draw = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    size, level, wide = 8 + int(draw() * 53), 100 * draw(), 0.1 + 10 * draw()
    shift = (seed % 2) * 2 * wide
    return [
        level + wide * (sum(draw() for _ in range(12)) - 6) + shift * (at > size / 2)
        for at in range(size)
    ]


def theirs(chart: str, values: list[float], **given: Any) -> Any:  # noqa: ANN401 - as theirs
    frame = pd.DataFrame({"x": values})
    return getattr(shewhart, chart)(frame, value="x", **given)


def near(ours: Chart, line: int, column: Any) -> None:  # noqa: ANN401 - as theirs
    found = [point.value for point in ours.lines[line].points]
    assert found == pytest.approx(list(column), rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("size", range(2, 11))
def test_constants_agree(size: int) -> None:
    ours, peer = ChartConstants(size), shewhart.constants
    medians = ("d4",) if size == 2 else ()  # it knows no other
    for name in (*medians, "d2", "d3", "c4", "A2", "A3", "B3", "B4", "D3", "D4"):
        wanted = getattr(peer, name)(size)
        assert getattr(ours, name) == pytest.approx(wanted, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("median", [False, True])
def test_individuals_and_their_limits_agree(median: bool) -> None:  # noqa: FBT001 - a case
    method = "median_mr" if median else "average_mr"
    for seed in range(SERIES):
        values = drawn(seed)
        ours = xmr_chart(values, median=median)
        peer = theirs("imr", values, rules="none", method=method)
        point = ours.points[0]
        found = (point.center, point.lower, point.upper)
        wanted = [peer.stats[name] for name in ("i_center", "i_lcl", "i_ucl")]
        assert found == pytest.approx(wanted, rel=NEAR)


def test_every_signal_of_nelson_agrees() -> None:
    told = 0
    for seed in range(SERIES):
        values = drawn(seed)
        ours = nelson_chart(values)
        peer = theirs("imr", values, rules="nelson")
        found = sorted((s.rule, s.points) for s in ours.signals)
        wanted = sorted(
            (s.rule.replace("_", "-"), tuple(s.points))
            for s in peer.signals
            if s.rule.startswith("nelson")
        )
        assert found == wanted
        told += len(found)
    assert told > SERIES


def test_moving_averages_and_their_signals_agree() -> None:
    for seed in range(SERIES):
        values = drawn(seed)
        ours = ewma_chart(values, weight=0.3)
        peer = theirs("ewma", values, lam=0.3)
        near(ours, 0, peer._table["ewma"])
        uppers = [point.upper for point in ours.points]
        assert uppers == pytest.approx(list(peer._table["ucl"]), rel=NEAR)
        told = sorted(at for signal in ours.signals for at in signal.points)
        assert told == [s.points[0] for s in peer.signals]


def test_cumulative_sums_and_their_signals_agree() -> None:
    for seed in range(SERIES):
        values = drawn(seed)
        ours = cusum_chart(values, h=4)
        peer = theirs("cusum", values, h=4)
        near(ours, 0, peer._table["cusum_pos"])
        near(ours, 1, -peer._table["cusum_neg"])
        told = {at for signal in ours.signals for at in signal.points}
        assert told == {s.points[0] for s in peer.signals}
