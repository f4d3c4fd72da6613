"""Which snapshots make up a period, and why others do not."""

from datetime import date

import pytest

import missionkit as mk
from missionkit.drift.timeline import Span, fitting, placing, spans
from tests.drift.conducted import view

QUARTER = Span(date(2026, 1, 1), date(2026, 3, 31))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
WHOLE = (date(2026, 1, 1), date(2026, 3, 31))
LONG = (date(2025, 12, 1), date(2026, 3, 31))


def snapshot(
    ref: str, days: tuple[date | None, date | None] | None, digest: str | None = None
) -> mk.RevenueSnapshot:
    period = None if days is None else mk.Period(*days)
    return mk.RevenueSnapshot(
        id=mk.RevenueSnapshotId(ref), period=period, source_digest=digest
    )


def names(*held: mk.RevenueSnapshot) -> list[str] | str:
    found = fitting(QUARTER, held)
    return found if isinstance(found, str) else [each.id for each in found]


def test_months_make_up_a_quarter() -> None:
    parts = (snapshot("c", MARCH), snapshot("a", JANUARY), snapshot("b", FEBRUARY))

    assert names(*parts) == ["c", "a", "b"]


def test_a_snapshot_of_the_whole_goes_before_its_parts() -> None:
    assert names(snapshot("w", WHOLE), snapshot("a", JANUARY)) == ["w"]


def test_a_longer_one_is_passed_over_where_parts_are_there() -> None:
    parts = (snapshot("a", JANUARY), snapshot("b", FEBRUARY), snapshot("c", MARCH))

    assert names(snapshot("y", LONG), *parts) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ((), "no snapshot of it is there"),
        ((snapshot("a", None),), "no snapshot of it is there"),
        ((snapshot("a", (JANUARY[0], None)),), "no snapshot of it is there"),
        (
            (snapshot("a", LONG),),
            "the snapshot from 2025-12-01 to 2026-03-31 is no part of it",
        ),
        (
            (snapshot("a", JANUARY), snapshot("c", MARCH)),
            "28 of its 90 days are in no snapshot",
        ),
        (
            (snapshot("a", JANUARY), snapshot("b", (JANUARY[1], FEBRUARY[1]))),
            "two snapshots of it overlap at 2026-01-31",
        ),
        (
            (snapshot("a", WHOLE, "0" * 64), snapshot("b", WHOLE, "0" * 64)),
            "two snapshots of it count the same source",
        ),
    ],
)
def test_what_does_not_make_up_the_period_has_a_reason(
    held: tuple[mk.RevenueSnapshot, ...], why: str
) -> None:
    assert names(*held) == why


def test_days_are_placed_in_their_periods() -> None:
    held = view(periods=(mk.Period(*JANUARY), mk.Period(*MARCH)))
    place = placing(held)

    days = (date(2025, 12, 31), JANUARY[0], JANUARY[1], FEBRUARY[0], MARCH[1])
    assert [place(day) for day in days] == [-1, 0, 0, -1, 1]
    assert place(date(2026, 4, 1)) == -1


def test_a_period_without_both_days_has_no_figure() -> None:
    held = view(periods=(mk.Period(start=JANUARY[0]), mk.Period(*MARCH)))

    assert spans(held) == (Span(*MARCH),)
