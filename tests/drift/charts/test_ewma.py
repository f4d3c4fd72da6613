"""The moving average that forgets, against published numbers."""

import json
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.drift.charts.ewma import ewma_chart
from missionkit.errors import InvalidValueError

SHOWN = [10.2, 9.8, 10.1, 9.9, 10.0, 10.9, 11.1, 11.0, 11.2, 10.8]
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4; weight 0.3, center 50,
# sigma 2.0539. It rounds at each step.
NIST = [
    *(52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9),
    *(51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1),
]
AVERAGES = [
    *(50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11),
    *(49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99),
]
LIMITS = (47.4115, 52.5884)


def test_the_example_of_the_handbook_comes_out() -> None:
    chart = ewma_chart(NIST, weight=0.3, steady=True, center=50, sigma=2.0539)

    assert [p.value for p in chart.points] == pytest.approx(AVERAGES, abs=0.006)
    for point in chart.points:
        assert (point.lower, point.upper) == pytest.approx(LIMITS, abs=0.006)
    assert chart.signals == ()


def test_the_case_of_others_comes_out_within_its_tolerance(data_dir: Path) -> None:
    path = data_dir / "reference_numbers/cases/ewma_nist.json"
    case = json.loads(path.read_text("utf-8"))
    held = case["input"]
    chart = ewma_chart(
        held["data"],
        weight=held["lam"],
        width=held["L"],
        steady=True,
        center=held["target"],
        sigma=held["sigma"],
    )
    last = chart.points[-1]
    found = [*(p.value for p in chart.points), last.upper, last.lower]

    assert found == pytest.approx(case["expected"], abs=case["tolerance"])


def test_the_vector_of_the_specification_comes_out() -> None:
    chart = ewma_chart(SHOWN, center=10, sigma=0.5)

    assert chart.signal is not None
    assert chart.signal.at == 8
    assert chart.signal.direction is Shift.UP
    assert f"{chart.signal.statistic:.4f}" == "10.6300"
    assert f"{chart.signal.limit:.4f}" == "10.4955"
    assert chart.signal.points == (8, 9)


def test_limits_widen_with_time_to_the_steady_ones() -> None:
    points = ewma_chart([0.0] * 60, center=0, sigma=1).points
    uppers = [point.upper or 0 for point in points]

    for i, upper in enumerate(uppers, start=1):
        assert upper == pytest.approx(3 * sqrt(0.2 / 1.8 * (1 - 0.8 ** (2 * i))))
    assert uppers == sorted(uppers)
    assert uppers[-1] == pytest.approx(3 * sqrt(0.2 / 1.8))


def test_a_weight_of_one_is_a_chart_of_the_figures_themselves() -> None:
    chart = ewma_chart([0.0, 4.0, -4.0], weight=1, center=0, sigma=1)

    assert [point.value for point in chart.points] == [0, 4, -4]
    assert {(point.lower, point.upper) for point in chart.points} == {(-3, 3)}
    assert [(s.at, s.direction) for s in chart.signals] == [
        (1, Shift.UP),
        (2, Shift.DOWN),
    ]


def test_the_average_waits_where_there_is_no_figure() -> None:
    whole = ewma_chart([2.0, 2.0, 2.0], center=0, sigma=1)
    gap = ewma_chart([2.0, None, 2.0, 2.0], center=0, sigma=1)

    there = [(p.value, p.upper) for p in gap.points if p.value is not None]
    assert there == [(p.value, p.upper) for p in whole.points]
    assert gap.points[1].upper is None


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=30), st.floats(0.01, 1))
def test_a_signal_is_given_where_and_only_where_a_limit_is_passed(
    z: list[int], weight: float
) -> None:
    chart = ewma_chart(z, weight=weight, center=0, sigma=1)
    told = sorted(at for signal in chart.signals for at in signal.points)

    assert told == [
        p.at
        for p in chart.points
        if p.value is not None
        and p.upper is not None
        and p.lower is not None
        and not p.lower <= p.value <= p.upper
    ]


@pytest.mark.parametrize(
    ("weight", "width", "paths"),
    [(0, 3, ["weight"]), (1.1, 3, ["weight"]), (-1, 0, ["weight", "width"])],
)
def test_parameters_out_of_order_are_refused(
    weight: float, width: float, paths: list[str]
) -> None:
    with pytest.raises(InvalidValueError) as error:
        ewma_chart(SHOWN, weight=weight, width=width)

    assert [issue.path for issue in error.value.issues] == paths
