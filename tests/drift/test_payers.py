"""Who paid in the last year that figures are of."""

from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.conduct import Ledger, RevenueRecord
from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.values import Money, Period
from missionkit.drift.payers import payers
from missionkit.samples import SAMPLE_DAY, sample

DAY = date(2027, 1, 1)
TWO_YEARS = Period(date(2025, 1, 1), date(2026, 12, 31))


def paid(on: date, client: str, amount: str, currency: str = "EUR") -> RevenueRecord:
    money = Money(Decimal(amount), currency)
    return RevenueRecord(on=on, client=client, amount=money, recurring=True)


def test_only_the_last_year_counts_and_refunds_are_taken_off() -> None:
    ledger = Ledger(
        [
            paid(date(2025, 12, 31), "School", "900"),
            paid(date(2026, 1, 1), "School", "100"),
            paid(date(2026, 6, 1), "Clinic", "50.5"),
            paid(date(2026, 7, 1), "Clinic", "-0.5"),
            paid(date(2026, 7, 1), "Nobody", "0"),
        ]
    )
    found = payers(Model(), TWO_YEARS, on=DAY, revenue=ledger)

    assert found.period == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert found.paid == {"School": Decimal(100), "Clinic": Decimal(50)}
    assert (found.currency, found.reason) == ("EUR", "")


def test_a_client_of_the_model_is_called_by_its_name() -> None:
    with draft("Trust") as d:
        d.client("City council", id="council")
    ledger = Ledger(
        [
            paid(date(2026, 2, 1), "council", "3"),
            paid(date(2026, 3, 1), "City council", "4"),
        ]
    )
    found = payers(d.model, TWO_YEARS, on=DAY, revenue=ledger)

    assert found.paid == {"City council": Decimal(7)}


def test_snapshots_tell_it_where_there_is_no_ledger() -> None:
    year = Period(date(2025, 10, 1), date(2026, 9, 30))
    found = payers(sample(), year, on=SAMPLE_DAY)

    assert found.reason == ""
    assert max(found.paid, key=lambda name: found.paid[name]) == (
        "Tenants of rented homes"
    )
    assert found.unnamed == 72_000


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([], "no receipt is recorded in it"),
        ([paid(date(2026, 2, 1), "a", "-3")], "more was paid back than paid to a"),
        (
            [
                paid(date(2026, 2, 1), "a", "3"),
                paid(date(2026, 2, 1), "a", "3", "USD"),
            ],
            "EUR and USD cannot be added",
        ),
    ],
    ids=range(3),
)
def test_where_nobody_can_say_there_is_a_reason(
    records: list[RevenueRecord], reason: str
) -> None:
    assert payers(Model(), TWO_YEARS, on=DAY, revenue=Ledger(records)).reason == reason


def test_a_period_without_an_end_has_no_last_year() -> None:
    assert payers(Model(), Period(date(2026, 1, 1)), on=DAY).reason


@pytest.mark.parametrize(
    ("end", "start"),
    [
        (date(2024, 2, 28), date(2023, 2, 28)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2026, 9, 30), date(2025, 10, 1)),
    ],
)
def test_a_year_ends_on_the_day_it_does(end: date, start: date) -> None:
    found = payers(Model(), Period(date(2000, 1, 1), end), on=DAY)

    assert found.period.start == start
