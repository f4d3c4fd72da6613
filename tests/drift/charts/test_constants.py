"""The constants of charts against printed tables, and against their definitions."""

from itertools import pairwise
from math import erf, exp, pi, sqrt
from pathlib import Path

import pytest
import yaml

from missionkit.drift.charts.constants import ChartConstants
from missionkit.drift.charts.xmr import xmr_chart
from missionkit.errors import InvalidValueError

# ASTM, as widely printed: A2, d2, d3, D3, D4, A3, c4, B3, B4.
NAMES = ("A2", "d2", "d3", "D3", "D4", "A3", "c4", "B3", "B4")
PRINTED = {
    2: (1.880, 1.128, 0.853, 0.000, 3.267, 2.659, 0.7979, 0.000, 3.267),
    5: (0.577, 2.326, 0.864, 0.000, 2.114, 1.427, 0.9400, 0.000, 2.089),
    10: (0.308, 3.078, 0.797, 0.223, 1.777, 0.975, 0.9727, 0.284, 1.716),
}
NEAR = 1e-3


@pytest.mark.parametrize("size", PRINTED)
def test_the_printed_table_comes_out(size: int) -> None:
    found = [getattr(ChartConstants(size), name) for name in NAMES]

    assert found == pytest.approx(PRINTED[size], abs=NEAR)


def test_the_published_table_comes_out_within_its_tolerance(data_dir: Path) -> None:
    folder = data_dir / "reference_numbers/spc_yaml"
    held = yaml.safe_load((folder / "control_charts.yaml").read_text("utf-8"))
    cases = {case["id"]: case for case in held["cases"]}
    table = cases["control-chart-constants-table"]
    for size, row in table["expected"].items():
        found = [getattr(ChartConstants(size), name) for name in NAMES]
        assert found == pytest.approx(row, abs=table["tolerance"]["abs"])
    exact = cases["e2-published-value-is-slightly-wrong"]
    e2 = ChartConstants(2).E2
    wanted, near = exact["expected"]["e2_exact"], exact["tolerance"]["abs"]
    assert e2 == pytest.approx(wanted, abs=near)


def test_the_tables_of_capability_come_out_as_well(data_dir: Path) -> None:
    folder = data_dir / "reference_numbers/spc_yaml"
    held = yaml.safe_load((folder / "capability.yaml").read_text("utf-8"))
    cases = {case["id"]: case for case in held["cases"]}
    table = cases["d2-published-table"]
    for size, d2 in table["expected"].items():
        near = table["tolerance"]["abs"]
        assert ChartConstants(size).d2 == pytest.approx(d2, abs=near)
    again = cases["d2-recovered-from-nist-a2"]
    for size, a2 in again["input"]["a2"].items():
        near = again["tolerance"]["abs"]
        assert ChartConstants(size).d2 == pytest.approx(3 / a2 / sqrt(size), abs=near)
    means = cases["c4-published-values"]
    for size, c4 in means["expected"].items():
        if size <= 10:
            near = means["tolerance"]["abs"]
            assert ChartConstants(size).c4 == pytest.approx(c4, abs=near)


def below(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


@pytest.mark.parametrize("size", range(2, 11))
def test_the_mean_range_is_what_its_definition_says(size: int) -> None:
    step = 0.05
    grid = [-9 + step * i for i in range(361)]
    d2 = step * sum(1 - below(x) ** size - below(-x) ** size for x in grid)

    assert ChartConstants(size).d2 == pytest.approx(d2, rel=1e-12)


@pytest.mark.parametrize("size", range(2, 11))
def test_deviation_and_median_of_the_range_are_what_their_definition_says(
    size: int,
) -> None:
    step = 0.1
    grid = [-8 + step * i for i in range(161)]
    density = [exp(-x * x / 2) / sqrt(2 * pi) for x in grid]

    def within(wide: float) -> float:
        found = zip(grid, density, strict=True)
        power = size - 1
        return (
            size
            * step
            * sum(d * (below(x + wide) - below(x)) ** power for x, d in found)
        )

    known = ChartConstants(size)
    assert within(known.d4) == pytest.approx(0.5, abs=1e-11)
    # E[W^2] = 2 times the integral of w P(W > w), by Simpson's rule.
    ends = [0.05 * i for i in range(241)]
    heights = [2 * w * (1 - within(w)) for w in ends]
    weights = [1, *([4, 2] * 119), 4, 1]
    square = 0.05 / 3 * sum(h * w for h, w in zip(heights, weights, strict=True))
    assert known.d3 == pytest.approx(sqrt(square - known.d2**2), rel=1e-6)


def test_limits_are_three_sigmas_whichever_way_they_are_made() -> None:
    values = [1.0, 2.5, 2.0, 4.0, 3.5, 3.0, 5.0]
    chart = xmr_chart(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    mean = sum(ranges) / len(ranges)
    point, spread = chart.points[0], chart.lines[1].points[1]
    known = ChartConstants(2)
    assert chart.baseline is not None
    assert point.upper is not None
    assert point.center is not None

    assert point.upper - point.center == pytest.approx(known.E2 * mean, rel=1e-12)
    assert chart.baseline.sigma == pytest.approx(mean / known.d2, rel=1e-12)
    assert spread.upper == pytest.approx(known.D4 * mean, rel=1e-12)
    for size in range(2, 11):
        each = ChartConstants(size)
        assert each.A2 * each.d2 == pytest.approx(3 / sqrt(size), rel=1e-12)
        assert each.A3 * each.c4 == pytest.approx(3 / sqrt(size), rel=1e-12)


@pytest.mark.parametrize("size", [1, 11, 2.0])
def test_there_are_constants_of_two_to_ten_figures(size: int) -> None:
    with pytest.raises(InvalidValueError, match="size"):
        ChartConstants(size)
