"""Measure to satisfaction: the published numbers, and what holds of any."""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.measure import Direction
from missionkit.scoring.satisfaction import Levels, satisfaction

DATA = Path(os.environ.get("MISSIONKIT_DATA", "no-data"))
CASE = DATA / "reference_numbers" / "cases" / "kpi_conversion_lower_better.json"

# jUCMNav, EvaluationStrategyManager.calculateIndicatorEvalLevel (commit 9b47b0e): the
# rule of GRL, ITU-T Z.151: target, threshold, worst value, reading, satisfaction.
PUBLISHED = [
    *(("45", "38", "30", value, found) for value, found in (("42", 57), ("34", -50))),
    ("45", "38", "30", "38", 0),
    ("5", "8", "12", "6", 66),
    ("5", "8", "12", "10", -50),
    ("5", "8", "12", "8", 0),
]
numbers = st.decimals(-1000, 1000, places=3)


def levels(*held: str | Decimal, direction: Direction | None = None) -> Levels:
    target, threshold, worst = map(Decimal, held)
    return Levels(target=target, threshold=threshold, worst=worst, direction=direction)


@pytest.mark.parametrize(("target", "threshold", "worst", "value", "found"), PUBLISHED)
def test_a_reading_is_as_satisfying_as_grl_says(
    target: str, threshold: str, worst: str, value: str, found: int
) -> None:
    assert satisfaction(Decimal(value), levels(target, threshold, worst)) == found


@pytest.mark.skipif(not CASE.exists(), reason="the reference numbers are not here")
def test_where_lower_is_better_all_published_rows_agree() -> None:
    # Fan, Anda and Amyot 2018, equations 8 and 9, by a public conformance script.
    case = json.loads(CASE.read_text("utf-8"))
    rows = case["input"]["rows_measured_target_threshold_worst"]
    found = [
        satisfaction(Decimal(value), levels(*map(str, held), direction=Direction.LOWER))
        for value, *held in rows
    ]

    assert found == case["expected"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("20", 100),
        ("21", 50),
        ("19", 50),
        ("18", 0),
        ("22", 0),
        ("25", -50),
        ("9", -100),
    ],
)
def test_in_a_band_both_sides_are_alike(value: str, found: int) -> None:
    for half in ("18", "22"):
        for worst in ("12", "28"):
            held = levels("20", half, worst, direction=Direction.BAND)
            assert satisfaction(Decimal(value), held) == found


@pytest.mark.parametrize(
    ("held", "direction"),
    [
        (("45", "45", "30"), None),
        (("45", "30", "30"), None),
        (("45", "50", "30"), None),
        (("45", "20", "30"), None),
        (("30", "30", "30"), None),
        (("45", "38", "30"), Direction.LOWER),
        (("5", "8", "12"), Direction.HIGHER),
        (("20", "20", "28"), Direction.BAND),
        (("20", "28", "22"), Direction.BAND),
        (("20", "18", "22"), Direction.BAND),
    ],
)
def test_levels_out_of_order_satisfy_nobody(
    held: tuple[str, ...], direction: Direction | None
) -> None:
    assert satisfaction(Decimal(35), levels(*held, direction=direction)) is None


@example([Decimal(5), Decimal(8), Decimal(12)], Decimal(8), Decimal(8))
@given(st.lists(numbers, min_size=3, max_size=3, unique=True), numbers, numbers)
def test_a_better_reading_is_never_less_satisfying(
    three: list[Decimal], one: Decimal, other: Decimal
) -> None:
    best, half, worst = sorted(three)
    lower = levels(best, half, worst, direction=Direction.LOWER)
    higher = levels(-best, -half, -worst, direction=Direction.HIGHER)
    good, bad = (satisfaction(each, lower) for each in sorted((one, other)))

    assert good is not None
    assert bad is not None
    assert -100 <= bad <= good <= 100
    assert satisfaction(-min(one, other), higher) == good
    assert (satisfaction(best, lower), satisfaction(half, lower)) == (100, 0)
    assert satisfaction(worst, lower) == -100


def test_no_digit_is_lost() -> None:
    held = levels("0.3", "0.2", "0.1")

    assert satisfaction(Decimal("0.207"), held) == 7
    assert satisfaction(Decimal("0.193"), held) == -7
    assert satisfaction(Decimal("1e39"), levels("1e39", "1", "0")) == 100
