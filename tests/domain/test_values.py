from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from missionkit.domain.currency import CURRENCIES, minor_digits
from missionkit.domain.ids import GoalId
from missionkit.domain.values import (
    Cadence,
    Contribution,
    Descriptor,
    DescriptorScale,
    Money,
    Period,
    Unit,
    total,
)
from missionkit.errors import InvalidValueError
from missionkit.testing.strategies import values

EUR = "EUR"


def codes(build: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValueError) as caught:
        build()
    return [(issue.code, issue.path) for issue in caught.value.issues]


# ---- money ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0", "EUR"),
        ("-0.01", "EUR"),
        ("1.50", "EUR"),
        ("1.5000", "EUR"),
        ("1.234", "KWD"),
        ("100", "JPY"),
        ("100.00", "JPY"),
        ("1e2", "JPY"),
        ("1e39", "EUR"),
        ("99999999999999999999999999999999999999.99", "EUR"),
    ],
)
def test_an_amount_has_at_most_the_decimals_of_its_currency(
    amount: str, currency: str
) -> None:
    assert Money(Decimal(amount), currency).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.001", "EUR"),
        ("1.505", "EUR"),
        ("1.2345", "KWD"),
        ("0.5", "JPY"),
        ("9999999999999999999999999999999999999.999", "EUR"),
        ("1e-40", "EUR"),
    ],
)
def test_an_amount_with_more_decimals_is_refused(amount: str, currency: str) -> None:
    assert codes(lambda: Money(Decimal(amount), currency)) == [("MK-DOM-012", "amount")]


def test_the_currency_is_one_of_iso_4217() -> None:
    assert codes(lambda: Money(Decimal(1), "XYZ")) == [("MK-DOM-011", "currency")]
    assert codes(lambda: Money(Decimal(1), "eur")) == [("MK-DOM-002", "currency")]


def test_money_is_checked_alike_in_every_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        assert Money(Decimal("1234567.89"), EUR).plus(
            Money(Decimal("0.01"), EUR)
        ) == Money(Decimal("1234567.90"), EUR)


@given(values(Money), values(Money))
def test_sums_are_exact_or_refused(one: Money, other: Money) -> None:
    if one.currency != other.currency:
        assert codes(lambda: one.plus(other)) == [("MK-DOM-010", "currency")]
        return
    with localcontext() as context:
        context.prec = 200
        expected = one.amount + other.amount
    assume(abs(expected) < 10**37)
    assert one.plus(other) == Money(expected, one.currency)


def test_a_total_is_the_sum_and_nothing_of_nothing() -> None:
    amounts = [Money(Decimal(n), EUR) for n in ("1.10", "2.20", "3.30")]

    assert total(amounts) == Money(Decimal("6.60"), EUR)
    assert total(iter(amounts[:1])) == amounts[0]
    assert total([]) is None
    assert codes(lambda: total([*amounts, Money(Decimal(1), "USD")])) == [
        ("MK-DOM-010", "currency")
    ]


def test_currencies_have_the_decimals_of_the_standard() -> None:
    assert len(CURRENCIES) > 150
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    known = ("EUR", "JPY", "KWD", "ISK", "UGX", "CLP", "BHD", "XXX")
    assert [minor_digits(code) for code in known] == [2, 0, 3, 0, 0, 0, 3, 2]


# ---- periods -------------------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2024, 1, 9))
ends = st.none() | days
NEAR = [date(2024, 1, 1) + timedelta(n - 2) for n in range(13)]


@given(ends, ends)
def test_a_period_has_an_end_and_does_not_run_backwards(
    start: date | None, end: date | None
) -> None:
    if start is None and end is None:
        assert codes(lambda: Period(start, end)) == [("MK-DOM-014", "start")]
    elif start and end and start > end:
        assert codes(lambda: Period(start, end)) == [("MK-DOM-013", "end")]
    else:
        assert Period(start, end).start == start


def covered(period: Period) -> set[date]:
    first, last = period.start or NEAR[0], period.end or NEAR[-1]
    return {day for day in NEAR if first <= day <= last}


def is_period(ends: tuple[date | None, date | None]) -> bool:
    start, end = ends
    return bool(start or end) and (not (start and end) or start <= end)


def periods() -> st.SearchStrategy[Period]:
    pairs = st.tuples(ends, ends).filter(is_period)
    return pairs.map(lambda pair: Period(*pair))


@given(periods(), st.sampled_from(NEAR))
def test_a_period_covers_both_of_its_ends(period: Period, day: date) -> None:
    assert period.covers(day) is (day in covered(period))


@given(periods(), periods())
def test_periods_overlap_where_they_share_a_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) is bool(covered(one) & covered(other))
    assert one.overlaps(other) is other.overlaps(one)


def test_a_period_reads_as_two_days() -> None:
    assert (
        str(Period(date(2026, 1, 1), date(2026, 12, 31))) == "2026-01-01 to 2026-12-31"
    )
    assert str(Period(start=date(2026, 1, 1))) == "2026-01-01 to …"
    assert str(Period(end=date(2026, 1, 1))) == "… to 2026-01-01"


def test_the_longest_period_covers_every_day() -> None:
    ever = Period(date.min, date.max)

    assert ever.covers(date.min)
    assert ever.covers(date.max)


# ---- rhythms -------------------------------------------------------------------------


def by_hand(day: date, count: int, unit: Unit) -> date:
    """Return the day as one would find it on a calendar."""
    if unit in (Unit.DAY, Unit.WEEK):
        try:
            return day + timedelta(days=count * (7 if unit is Unit.WEEK else 1))
        except OverflowError:
            return date.max
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[unit] * count
    year, month = day.year + months // 12, day.month + months % 12
    if month > 12:
        year, month = year + 1, month - 12
    if year > 9999:
        return date.max
    for number in (day.day, 30, 29, 28):
        with suppress(ValueError):
            return date(year, month, min(number, day.day))
    raise AssertionError


@given(st.dates(), st.integers(1, 1000), st.sampled_from(Unit), st.integers(0, 50))
@example(date(2024, 2, 29), 1, Unit.YEAR, 1)
@example(date(2024, 2, 29), 4, Unit.YEAR, 1)
@example(date(2026, 1, 31), 1, Unit.MONTH, 1)
@example(date(2026, 11, 30), 1, Unit.QUARTER, 1)
@example(date(2026, 12, 31), 1, Unit.MONTH, 2)
@example(date.max, 1, Unit.DAY, 1)
@example(date(9999, 12, 30), 1, Unit.DAY, 1)
@example(date(9999, 1, 31), 11, Unit.MONTH, 1)
@example(date(9998, 12, 31), 1, Unit.YEAR, 1)
@example(date.min, 1000, Unit.YEAR, 9)
def test_the_next_beat_is_that_of_a_calendar(
    day: date, every: int, unit: Unit, times: int
) -> None:
    assert Cadence(every, unit).after(day, times) == by_hand(day, every * times, unit)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_month_that_lacks_the_day_has_its_last_day_instead(day: date) -> None:
    after = Cadence(1, Unit.MONTH).after(day)
    months = after.year * 12 + after.month - day.year * 12 - day.month

    assert months == 1
    assert after.day == min(day.day, monthrange(after.year, after.month)[1])


@given(st.dates(), st.sampled_from(Unit))
def test_beats_never_go_back(day: date, unit: Unit) -> None:
    beats = [Cadence(1, unit).after(day, times) for times in range(5)]

    assert beats[0] == day
    assert all(one <= two for one, two in pairwise(beats))


@pytest.mark.parametrize("every", [0, -1, 1001])
def test_a_rhythm_counts_from_one_to_a_thousand(every: int) -> None:
    assert codes(lambda: Cadence(every, Unit.DAY)) == [("MK-DOM-002", "every")]


def test_a_rhythm_reads_as_words() -> None:
    assert str(Cadence(1, Unit.QUARTER)) == "every quarter"
    assert str(Cadence(2, Unit.WEEK)) == "every 2 weeks"


# ---- scales and contributions --------------------------------------------------------


def test_a_scale_has_steps_with_names_of_their_own() -> None:
    low, high = Descriptor(name="low", satisfaction=-100), Descriptor(name="high")

    assert DescriptorScale(name="s", steps=(low, high)).steps == (low, high)
    assert codes(lambda: DescriptorScale(name="s", steps=(low, low))) == [
        ("MK-DOM-015", "steps")
    ]
    assert codes(lambda: DescriptorScale(name="s", steps=())) == [
        ("MK-DOM-002", "steps")
    ]


@pytest.mark.parametrize("weight", [-101, 101])
def test_a_contribution_weighs_from_minus_to_plus_a_hundred(weight: int) -> None:
    goal = GoalId("g")

    assert Contribution(target=goal, weight=-100).weight == -100
    assert codes(lambda: Contribution(target=goal, weight=weight)) == [
        ("MK-DOM-002", "weight")
    ]


@pytest.mark.parametrize("unit", Unit)
def test_a_cadence_stops_at_the_first_and_the_last_day(unit: Unit) -> None:
    cadence = Cadence(1000, unit)

    assert cadence.after(date(2026, 1, 31), 10_000) == date.max
    assert cadence.after(date(2026, 1, 31), -10_000) == date.min
