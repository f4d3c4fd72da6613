"""Cumulative sums against hand-made tables, and what goes on around them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.drift.charts.cusum import cusum_chart
from missionkit.errors import InvalidValueError

SHOWN = [10.2, 9.8, 10.1, 9.9, 10.0, 10.9, 11.1, 11.0, 11.2, 10.8]
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.3: means of 20 samples, with
# k = 0.3175 and h = 4.1959; its table is rounded to two decimals.
NIST = [
    *(324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525),
    *(325.225, 324.600, 324.625, 325.150, 328.325, 327.250, 327.825, 328.500),
    *(326.675, 327.775, 326.875, 328.350),
]
RISES = [
    *(0, 0, 0, 0, 0.03, 0, 0, 0, 0, 0, 0, 0),
    *(3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04),
]
FALLS = [
    *(0, 0.01, 0, 0.33, 0, 0, 0.56, 0.72, 0.17, 0.25, 0.31, 0),
    *(0, 0, 0, 0, 0, 0, 0, 0),
]
SIGMA = 0.635


def test_the_example_of_the_handbook_comes_out() -> None:
    chart = cusum_chart(
        NIST, k=0.3175 / SIGMA, h=4.1959 / SIGMA, center=325, sigma=SIGMA
    )
    rises, falls = ([p.value for p in line.points] for line in chart.lines)

    assert rises == pytest.approx(RISES, abs=0.011)
    assert falls == pytest.approx(FALLS, abs=0.011)
    (signal,) = chart.signals
    assert signal.points == tuple(range(13, 20))
    assert (signal.at, signal.since, signal.direction) == (13, 12, Shift.UP)
    assert signal.limit == pytest.approx(4.1959)


def test_the_table_made_by_hand_comes_out() -> None:
    chart = cusum_chart(SHOWN, center=10, sigma=0.5)
    rises = [point.value for point in chart.points]

    assert rises == pytest.approx([0, 0, 0, 0, 0, 0.65, 1.5, 2.25, 3.2, 3.75])
    assert chart.signal is not None
    assert (chart.signal.at, chart.signal.since) == (8, 5)
    assert chart.signal.statistic == pytest.approx(3.2)
    assert chart.signal.limit == 2.5
    assert [limit.name for limit in chart.parameters] == ["k", "h", "head_start"]


def test_the_case_that_others_worked_by_hand_comes_out(data_dir: Path) -> None:
    path = data_dir / "reference_numbers/cases/cusum_hand.json"
    case = json.loads(path.read_text("utf-8"))
    held = case["input"]
    chart = cusum_chart(
        held["data"],
        k=held["k"],
        h=held["h"],
        center=held["center"],
        sigma=held["sigma"],
    )
    rises = [point.value for point in chart.points]

    assert rises == pytest.approx(case["expected"], abs=case["tolerance"])
    assert [signal.at for signal in chart.signals] == held["signal_index"]


def test_a_head_start_tells_a_shift_that_is_there_from_the_start_sooner() -> None:
    # D. Montgomery, Introduction to Statistical Quality Control, table 9.3 in kind:
    # a sum that starts at half of h, on a center that is a sigma too low.
    late = cusum_chart([1.0] * 12, center=0, sigma=1)
    soon = cusum_chart([1.0] * 12, head_start=2.5, center=0, sigma=1)

    assert late.signal is not None
    assert soon.signal is not None
    assert (late.signal.at, soon.signal.at) == (10, 5)
    assert [point.value for point in soon.points[:3]] == [3.0, 3.5, 4.0]
    assert [point.value for point in soon.lines[1].points[:3]] == [1.0, 0.0, 0.0]


def test_falls_are_the_mirror_of_rises() -> None:
    up = cusum_chart(SHOWN, center=10, sigma=0.5)
    down = cusum_chart([-x for x in SHOWN], center=-10, sigma=0.5)
    (told,), (mirrored,) = up.signals, down.signals

    assert [p.value for p in down.lines[1].points] == [p.value for p in up.points]
    assert (told.direction, mirrored.direction) == (Shift.UP, Shift.DOWN)
    assert (mirrored.at, mirrored.since) == (told.at, told.since)
    assert mirrored.line == "sum of falls"


def test_sums_wait_where_there_is_no_figure() -> None:
    chart = cusum_chart([1.5, None, 1.5, 1.5], h=2, center=0, sigma=1)

    assert [point.value for point in chart.points] == [1.0, None, 2.0, 3.0]
    assert chart.points[1].upper is None
    assert chart.points[1].reason == "no figure"
    assert [signal.points for signal in chart.signals] == [(3,)]


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30))
def test_a_sum_is_never_negative_and_signals_are_what_is_above(z: list[int]) -> None:
    chart = cusum_chart(z, center=0, sigma=1, h=2)
    for line in chart.lines:
        values = [point.value or 0 for point in line.points]
        told = [at for s in chart.signals if s.line == line.name for at in s.points]
        assert min(values) >= 0
        assert told == [at for at, value in enumerate(values) if value > 2]


def test_parameters_out_of_order_are_refused_together() -> None:
    with pytest.raises(InvalidValueError) as error:
        cusum_chart([1, 2], k=-1, h=0, head_start="x", sigma=-1)  # type: ignore[arg-type]  # on purpose

    paths = [issue.path for issue in error.value.issues]
    assert paths == ["h", "k", "head_start", "sigma"]
    with pytest.raises(InvalidValueError, match="head_start must be at most 5"):
        cusum_chart([1, 2], head_start=6, center=0, sigma=1)
