"""Whether revenue comes again: the published numbers, and what is not defined."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.drift.indicators.recurring import months_of
from missionkit.drift.timeline import Span
from tests.drift.conducted import months, one, organization, said, sales, view

MODEL = organization()
SHARE, MONTHLY = "recurring-share", "monthly-recurring-revenue"
NET, GROSS = "net-revenue-retention", "gross-revenue-retention"
REVENUE, CLIENTS = "revenue-churn", "client-churn"
KEPT = (NET, GROSS, REVENUE, CLIENTS)
# 200,000 at the start, 6,000 churned, 4,000 less, 20,000 more; new clients are no part.
PUBLISHED = (
    (1, "stays", 150_000, True),
    (1, "shrinks", 44_000, True),
    (1, "leaves", 6_000, True),
    (1, "once", 9_000, False),
    (2, "stays", 170_000, True),
    (2, "shrinks", 40_000, True),
    (2, "new", 70_000, True),
    (2, "leaves", 500, False),
)
FIRST = "there is no period before it to compare with"


def test_published_numbers_come_out() -> None:
    seen = view(MODEL, 2, revenue=sales(*PUBLISHED))

    assert [said(one(name, seen)) for name in KEPT] == [
        [FIRST, 1.05],
        [FIRST, 0.95],
        [FIRST, 0.03],
        [FIRST, pytest.approx(1 / 3)],
    ]
    assert [one(name, seen).points[1].of for name in KEPT] == [200_000] * 3 + [3]
    assert said(one(SHARE, seen)) == [200_000 / 209_000, 280_000 / 280_500]
    assert said(one(MONTHLY, seen)) == [200_000.0, 280_000.0]


def test_a_period_of_several_months_is_divided() -> None:
    seen = view(
        MODEL,
        revenue=sales((1, "a", 300, True), (3, "a", 600, True)),
        periods=(mk.quarter(date(2026, 1, 1)),),
    )

    series = one(MONTHLY, seen)
    assert said(series) == [300.0]
    assert series.unit == "EUR a month"


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ((date(2026, 1, 1), date(2026, 1, 31)), 1),
        ((date(2025, 11, 1), date(2026, 2, 28)), 4),
        ((date(2026, 1, 2), date(2026, 1, 31)), 0),
        ((date(2026, 1, 1), date(2026, 1, 30)), 0),
    ],
)
def test_whole_months_are_counted(days: tuple[date, date], count: int) -> None:
    assert months_of(Span(*days)) == count


def test_a_week_has_no_monthly_revenue() -> None:
    week = mk.Period(date(2026, 1, 3), date(2026, 1, 9))
    seen = view(MODEL, revenue=sales((1, "a", 1, True)), periods=(week,))

    assert said(one(MONTHLY, seen)) == ["it is no whole number of months"]


def test_monthly_revenue_is_in_the_currency_of_the_organization() -> None:
    rows = sales((1, "a", 1, True, "USD"), (2, "a", 2, True))

    series = one(MONTHLY, view(MODEL, 2, revenue=rows))
    assert said(series) == ["it was paid in USD, not in EUR", 2.0]
    none = mk.Model()
    other = one(MONTHLY, view(none, 2, revenue=rows))
    assert other.unit == "USD a month"
    assert said(other) == [1.0, "it was paid in EUR, not in USD"]
    assert one(MONTHLY, view(none, 2, revenue=sales())).unit == "money a month"
    foreign = sales((1, "a", 1, True, "USD"))
    assert one(MONTHLY, view(MODEL, 1, revenue=foreign)).unit == "USD a month"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(1, "a", 0, True)], "no revenue is counted"),
        ([(1, "a", -2)], "more was paid back than paid"),
        (
            [(1, "a", 5, True), (1, "b", -1)],
            "refunds make what recurs more than the whole",
        ),
        (
            [(1, "a", -1, True), (1, "b", 9)],
            "of what recurs, more was paid back than paid to a",
        ),
    ],
)
def test_a_share_that_is_not_defined_has_a_reason(rows: list[Any], why: str) -> None:
    assert said(one(SHARE, view(MODEL, 1, revenue=sales(*rows)))) == [why]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(2, "a", 1, True)], "of the period before: no receipt is recorded in it"),
        ([(1, "a", 1, True)], "no receipt is recorded in it"),
        (
            [(1, "a", 1), (2, "a", 1, True)],
            "no client paid anything that recurs in the period before",
        ),
        (
            [(1, "a", 1, True, "USD"), (2, "a", 1, True)],
            "USD and EUR cannot be compared",
        ),
        (
            [(1, "a", 1, True), (2, "a", -1, True)],
            "of what recurs, more was paid back than paid to a",
        ),
    ],
)
def test_nothing_is_kept_of_what_is_not_known(rows: list[Any], why: str) -> None:
    seen = view(MODEL, 2, revenue=sales(*rows))

    assert [said(one(name, seen))[1] for name in KEPT] == [why] * 4


@pytest.mark.parametrize(
    ("periods", "why"),
    [
        (
            (mk.month(date(2026, 1, 1)), mk.quarter(date(2026, 4, 1))),
            "the period before is not as long",
        ),
        (
            (mk.month(date(2026, 1, 1)), mk.month(date(2026, 4, 1))),
            "the period before does not end where it begins",
        ),
    ],
)
def test_periods_that_do_not_follow_each_other_are_not_compared(
    periods: tuple[mk.Period, ...], why: str
) -> None:
    rows = sales((1, "a", 1, True), (4, "a", 1, True))
    seen = view(MODEL, revenue=rows, periods=periods)

    assert said(one(NET, seen))[1] == why


def test_the_first_period_says_what_it_lacks() -> None:
    assert said(one(NET, view(MODEL, 1, revenue=sales()))) == [
        "no receipt is recorded in it"
    ]
    assert said(one(NET, view(MODEL, 0, revenue=sales()))) == []


def test_a_snapshot_may_not_say_what_recurs() -> None:
    bucket = mk.RevenueBucket(name="a", actual=Decimal(3))
    held = mk.RevenueSnapshot(
        id=mk.RevenueSnapshotId("r"),
        period=months(1)[0],
        currency="EUR",
        buckets=(bucket, evolve(bucket, name="b", actual=Decimal(0))),
    )

    seen = view(MODEL.with_(held), 1)
    why = "nobody says what recurs of what a paid"
    assert said(one(SHARE, seen)) == said(one(MONTHLY, seen)) == [why]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from("abc"),
            st.integers(0, 10**6),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_what_stays_lies_within_what_was_there(rows: list[Any]) -> None:
    seen = view(MODEL, revenue=sales(*rows))
    net, gross = one(NET, seen), one(GROSS, seen)

    for of_all, of_them in zip(net.values, gross.values, strict=True):
        assert 0 <= of_them <= min(of_all, 1)
    for name in (SHARE, REVENUE, CLIENTS):
        assert all(0 <= value <= 1 for value in one(name, seen).values)
