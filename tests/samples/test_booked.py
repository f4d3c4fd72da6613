"""The time sheets and receipts of the sample: what they hold, and what they show."""

from datetime import date
from decimal import Decimal
from typing import Final

import pytest

import missionkit as mk
from missionkit.samples.booked import bank_receipts, time_sheets

OFF: Final = ("The harbor festival", "Talks about more on the waterfront")


@pytest.fixture(scope="module")
def report() -> mk.DriftReport:
    hours, receipts = mk.sample_ledgers()
    return mk.find_drift(
        mk.sample(), on=mk.SAMPLE_DAY, activities=hours, revenue=receipts
    )


def test_there_are_thirty_six_months_of_both_and_the_same_each_time() -> None:
    for ledger in mk.sample_ledgers():
        months = {(record.on.year, record.on.month) for record in ledger}
        assert len(months) == 36
        assert min(months) == (2023, 11)
        assert max(months) == (2026, 10)
    assert (time_sheets(), bank_receipts()) == (time_sheets(), bank_receipts())


def test_the_snapshots_of_effort_are_what_the_time_sheets_add_up_to() -> None:
    model, (hours, _) = mk.sample(), mk.sample_ledgers()
    made = {s.period: s for s in mk.summarize(hours, by=mk.quarter, model=model)}
    held = model.of(mk.AllocationSnapshot)
    assert len(held) == 4
    for each in held:
        found = made[each.period]
        sums = {b.on: b.actual for b in found.buckets if b.name not in OFF}
        off = sum((b.actual for b in found.buckets if b.name in OFF), Decimal(0))
        assert {b.on: b.actual for b in each.buckets} == sums
        assert (each.off_mission, each.unknown) == (off, found.unknown)
        assert (each.rows, each.unused) == (found.rows, 1)
        assert each.source_digest == found.source_digest


def test_the_snapshots_of_revenue_are_what_the_receipts_add_up_to() -> None:
    model, (_, receipts) = mk.sample(), mk.sample_ledgers()
    made = {s.period: s for s in mk.summarize(receipts, by=mk.quarter, model=model)}
    for each in model.of(mk.RevenueSnapshot):
        found = made[each.period]
        sums = {b.client: (b.actual, b.recurring) for b in found.buckets}
        paid = {b.client: (b.actual, b.recurring) for b in each.buckets if b.actual}
        assert paid == {ref: held for ref, held in sums.items() if ref is not None}
        assert each.unknown == sums[None][0]
        assert (each.rows, each.unused) == (found.rows, 0)
        assert (each.source_digest, each.currency) == (found.source_digest, "GBP")


def test_the_festival_is_found_and_nobody_decided_it(report: mk.DriftReport) -> None:
    found = {each.title: each for each in report.drift}
    festival = found["Effort for The harbor festival"]
    assert festival.since == date(2026, 2, 1)
    assert festival.direction is mk.Shift.UP
    assert not festival.covers
    assert festival.drivers[0].refs == ("harbor-festival",)
    assert "Effort off the mission" in found
    assert found["Effort on the mission"].direction is mk.Shift.DOWN


def test_revenue_stayed_as_it_was(report: mk.DriftReport) -> None:
    calm = {each.indicator for each in report.of(mk.DriftVerdict.NO_DRIFT)}
    assert {"recurring-share", "monthly-recurring-revenue", "client-fit"} <= calm
    assert report.unused == 12
