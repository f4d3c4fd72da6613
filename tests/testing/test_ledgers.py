"""Ledgers made for tests: the same for each seed, and as long as asked for."""

from datetime import date

from missionkit.domain.ids import AnyId
from missionkit.testing.ledgers import made_activities, made_revenue


def test_made_ledgers_are_the_same_for_each_seed_and_reading() -> None:
    for made in (made_activities, made_revenue):
        ledger = made(50)
        records = list(ledger)

        assert records == list(ledger) == list(made(50))
        assert records != list(made(50, seed=1))
        assert len(records) == 50


def test_made_records_lie_in_the_months_and_serve_what_is_asked_for() -> None:
    ledger = made_activities(
        500, first=date(2026, 1, 1), months=2, serves=(AnyId("warm"), None)
    )

    assert {(r.on.year, r.on.month) for r in ledger} == {(2026, 1), (2026, 2)}
    assert {r.serves for r in ledger} == {"warm", None}
    assert all(r.hours > 0 for r in ledger)


def test_made_receipts_have_one_currency_and_few_refunds() -> None:
    records = list(made_revenue(500, clients=("Acme",), currency="EUR"))

    assert {(r.client, r.amount.currency) for r in records} == {("Acme", "EUR")}
    assert 0 < sum(r.amount.amount < 0 for r in records) < 50
    assert {r.recurring for r in records} == {True, False}
