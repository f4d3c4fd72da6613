"""What became of revenue that recurs, against the published numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drift.retention import (
    churn,
    gross_revenue_retention,
    monthly_recurring,
    net_revenue_retention,
)
from missionkit.errors import InvalidValueError

LOSS = {"churned": 6000, "contraction": 4000}


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


def test_published_numbers_come_out() -> None:
    assert net_revenue_retention(200_000, **LOSS, expansion=20_000) == 1.05
    assert gross_revenue_retention(200_000, **LOSS) == 0.95
    assert churn(3, 12) == 0.25


def test_fees_count_by_the_month() -> None:
    assert monthly_recurring() == 0.0
    assert monthly_recurring((Decimal("0.30"), 3), (1.5, 1), (12, 12)) == 2.6


@given(
    start=st.integers(1, 10**9),
    parts=st.tuples(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 1)),
)
def test_what_stays_lies_within_what_was_there(
    start: int, parts: tuple[float, float, float]
) -> None:
    churned, contraction, expansion = (int(start * part) for part in parts)
    gross = gross_revenue_retention(start, churned=churned, contraction=contraction)
    net = net_revenue_retention(
        start, churned=churned, contraction=contraction, expansion=expansion
    )

    assert 0 <= gross <= 1
    assert gross <= net


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidValueError) as error:
        gross_revenue_retention(0)

    assert codes_of(error) == [("MK-DRF-001", "start")]


def test_more_cannot_go_than_there_was() -> None:
    with pytest.raises(InvalidValueError) as error:
        net_revenue_retention(5, churned=3, contraction=3)

    assert codes_of(error) == [("MK-DRF-003", "start")]


def test_every_wrong_number_is_named() -> None:
    with pytest.raises(InvalidValueError) as error:
        churn(-1, -2)
    assert codes_of(error) == [("MK-DOM-002", "start"), ("MK-DOM-002", "lost")]

    with pytest.raises(InvalidValueError) as error:
        monthly_recurring((-1, 0), (1, 1))
    assert codes_of(error) == [
        ("MK-DOM-002", "fees[0][0]"),
        ("MK-DOM-002", "fees[0][1]"),
    ]
