"""Months, quarters, years: which period a day is in, and how they follow each other."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.ids import is_id
from missionkit.domain.values import Period
from missionkit.drift.ledger.calendar import (
    By,
    bounds,
    label,
    month,
    periods,
    quarter,
    year,
)
from missionkit.errors import InvalidValueError

KINDS = pytest.mark.parametrize("by", [month, quarter, year])

# day -> month, quarter, year
TABLE = [
    (date(2026, 1, 1), (1, 31), (1, 3), "2026-01", "2026-q1"),
    (date(2026, 2, 28), (2, 28), (1, 3), "2026-02", "2026-q1"),
    (date(2024, 2, 29), (2, 29), (1, 3), "2024-02", "2024-q1"),
    (date(1900, 2, 3), (2, 28), (1, 3), "1900-02", "1900-q1"),
    (date(2026, 4, 1), (4, 30), (4, 6), "2026-04", "2026-q2"),
    (date(2026, 9, 30), (9, 30), (7, 9), "2026-09", "2026-q3"),
    (date(2026, 12, 31), (12, 31), (10, 12), "2026-12", "2026-q4"),
    (date.min, (1, 31), (1, 3), "0001-01", "0001-q1"),
    (date.max, (12, 31), (10, 12), "9999-12", "9999-q4"),
]


@pytest.mark.parametrize(
    ("day", "of_month", "of_quarter", "in_month", "in_quarter"), TABLE
)
def test_each_day_has_its_month_quarter_and_year(
    day: date,
    of_month: tuple[int, int],
    of_quarter: tuple[int, int],
    in_month: str,
    in_quarter: str,
) -> None:
    at, last = of_month
    first, third = of_quarter
    assert month(day) == Period(date(day.year, at, 1), date(day.year, at, last))
    assert quarter(day).start == date(day.year, first, 1)
    assert (quarter(day).end or day).month == third
    assert year(day) == Period(date(day.year, 1, 1), date(day.year, 12, 31))
    assert label(*bounds("x", month, day)) == in_month
    assert label(*bounds("x", quarter, day)) == in_quarter
    assert label(*bounds("x", year, day)) == in_month[:4]


def test_other_periods_are_called_by_their_days() -> None:
    assert label(date(2026, 3, 2), date(2026, 3, 8)) == "2026-03-02-to-2026-03-08"
    assert label(date(2026, 3, 2), date(2026, 3, 2)) == "2026-03-02"


days = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@KINDS
@given(days, days)
@example(date(2026, 1, 31), date(2026, 2, 1))
@example(date(2026, 2, 1), date(2026, 1, 31))
def test_periods_follow_each_other_without_a_gap(
    by: By, first: date, last: date
) -> None:
    found = periods(first, last, by=by)

    assert bool(found) is (first <= last)
    assert all(
        one.end and two.start == one.end + timedelta(days=1)
        for one, two in pairwise(found)
    )
    if found:
        assert found[0] == by(first)
        assert found[-1] == by(last)
        assert all(is_id(label(*bounds("x", by, p.start or first))) for p in found)


@KINDS
def test_periods_end_with_the_calendar(by: By) -> None:
    assert len(periods(date.max, date.max, by=by)) == 1


def week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def test_periods_may_be_anybody_s_own() -> None:
    found = periods(date(2026, 3, 1), date(2026, 3, 9), by=week)

    assert [p.start for p in found] == [
        date(2026, 2, 23),
        date(2026, 3, 2),
        date(2026, 3, 9),
    ]


BAD: list[By] = [
    lambda _: Period(date(2020, 1, 1), date(2020, 1, 31)),  # not around the day
    Period,  # without an end
    lambda day: Period(None, day),
    lambda day: day,  # type: ignore[list-item, return-value]
    lambda day: Period(day - timedelta(days=1), day),  # begins in the one before
]


@pytest.mark.parametrize("by", BAD, ids=map(str, range(len(BAD))))
def test_what_gives_no_periods_is_refused(by: By) -> None:
    with pytest.raises(InvalidValueError) as caught:
        periods(date(2026, 1, 1), date(2026, 12, 31), by=by)

    assert [issue.code for issue in caught.value.issues] == ["MK-DRF-051"]


def test_what_is_no_day_is_refused_all_at_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        periods("2026", 5)  # type: ignore[arg-type]

    assert [issue.path for issue in caught.value.issues] == ["first", "last"]
