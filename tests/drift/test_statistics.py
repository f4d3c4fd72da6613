"""Mean, spread and dependence against certified values, and to the last digit."""

from fractions import Fraction
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drift.statistics import autocorrelation, deviation, mean
from missionkit.errors import InvalidValueError

figures = st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=20)
CERTIFIED = 15  # digits


def certified(text: str, words: str) -> float:
    line = next(line for line in text.splitlines() if line.startswith(words))
    return float(line.partition(":")[2].split()[0])


@pytest.mark.parametrize("name", ["Lew", "Lottery", "NumAcc1"])
def test_certified_values_come_out_to_the_last_digit(name: str, data_dir: Path) -> None:
    text = (data_dir / f"reference_numbers/nist_strd/{name}.dat").read_text("ascii")
    values = [float(line) for line in text.splitlines()[60:] if line.strip()]
    found = mean(values), deviation(values), autocorrelation(values)
    wanted = (
        certified(text, "Sample Mean"),
        certified(text, "Sample Standard Deviation"),
        certified(text, "Sample Autocorrelation"),
    )

    assert [f"{x:.{CERTIFIED}g}" for x in found] == [
        f"{x:.{CERTIFIED}g}" for x in wanted
    ]


def test_large_figures_that_differ_in_the_last_digit_lose_nothing() -> None:
    # NIST StRD NumAcc1, and NumAcc4: 10000000.2, then .1 and .3 by turns.
    assert mean([10000001, 10000003, 10000002]) == 10000002
    assert deviation([10000001, 10000003, 10000002]) == 1
    assert autocorrelation([10000001, 10000003, 10000002]) == -0.5
    values = [10000000.2, *([10000000.1, 10000000.3] * 500)]
    assert mean(values) == 10000000.2
    assert deviation(values) == pytest.approx(0.1, rel=1e-7)  # of what a float holds
    assert autocorrelation(values) == pytest.approx(-0.999, rel=1e-6)


@given(figures)
def test_results_are_rounded_once(values: list[float]) -> None:
    center = sum(map(Fraction, values)) / len(values)
    whole = sum((Fraction(x) - center) ** 2 for x in values)

    assert mean(values) == float(center)
    assert deviation(values) ** 2 == pytest.approx(float(whole / (len(values) - 1)))
    if whole:
        assert -1 <= autocorrelation(values) <= 1


@given(figures)
def test_a_series_told_backward_has_the_same_autocorrelation(
    values: list[float],
) -> None:
    if len(set(values)) > 1:
        assert autocorrelation(values) == autocorrelation(values[::-1])
        assert autocorrelation(values, 2) == autocorrelation(values[::-1], 2)


@pytest.mark.parametrize(
    ("asked", "values", "said"),
    [
        (mean, [], "at least 1"),
        (mean, [1, nan], r"values\[1\]"),
        (mean, [inf, True], r"(?s)values\[0\].*values\[1\]"),
        (mean, "12", "list of numbers"),
        (mean, 7.5, "a list of numbers"),
        (deviation, [1], "at least 2"),
        (autocorrelation, [1], "at least 2"),
        (autocorrelation, [1, 1, 1], "alike"),
    ],
)
def test_what_has_no_figure_is_refused(asked: Any, values: Any, said: str) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValueError, match=said):
        asked(values)


def test_a_lag_is_a_whole_number_above_zero_and_less_than_there_are() -> None:
    with pytest.raises(InvalidValueError, match=r"(?s)lag must.*values\[0\]"):
        autocorrelation([nan, 1], 0)
    with pytest.raises(InvalidValueError, match="at least 4"):
        autocorrelation([1, 2, 3], 3)
