"""Ledgers of any length, made as they are read: for tests and measurements."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final, Generic, TypeVar

from attrs import frozen

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord
from missionkit.domain.ids import AnyId
from missionkit.domain.values import Cadence, Money, Unit

__all__ = ["made_activities", "made_revenue"]

R = TypeVar("R", ActivityRecord, RevenueRecord)

_FIRST: Final = date(2024, 1, 1)
_SERVED: Final = tuple(AnyId(f"goal-{number}") for number in range(1, 13))
_CLIENTS: Final = tuple(f"Client {number}" for number in range(1, 41))
_TASKS: Final = ("plan", "make", "repair", "deliver", "teach", "travel", "meet")
_QUARTERS_OF_AN_HOUR: Final = 32
_MOST_PENCE: Final = 500_000
_REFUNDED: Final = 0.02
_RECURRING: Final = 0.6


def made_activities(
    rows: int,
    *,
    first: date = _FIRST,
    months: int = 24,
    serves: Sequence[AnyId | None] = (*_SERVED, None),
    seed: int = 0,
) -> Ledger[ActivityRecord]:
    """Return so many records of effort over some months, the same for each *seed*.

    They are made anew by each reading, in no order, in quarters of an hour.
    """
    days = _days(first, months)

    def make(draw: Callable[[], float]) -> ActivityRecord:
        return ActivityRecord(
            on=days[int(draw() * len(days))],
            what=_TASKS[int(draw() * len(_TASKS))],
            hours=(1 + int(draw() * _QUARTERS_OF_AN_HOUR)) / 4,
            serves=serves[int(draw() * len(serves))],
        )

    return Ledger(_Made(rows, seed, make))


def made_revenue(  # noqa: PLR0913 - what is drawn, by keyword
    rows: int,
    *,
    first: date = _FIRST,
    months: int = 24,
    clients: Sequence[str] = _CLIENTS,
    currency: str = "GBP",
    seed: int = 0,
) -> Ledger[RevenueRecord]:
    """Return so many receipts over some months, the same for each *seed*.

    They are made anew by each reading, in no order; few are refunds.
    """
    days = _days(first, months)

    def make(draw: Callable[[], float]) -> RevenueRecord:
        pence = (1 + int(draw() * _MOST_PENCE)) * (-1 if draw() < _REFUNDED else 1)
        return RevenueRecord(
            on=days[int(draw() * len(days))],
            client=clients[int(draw() * len(clients))],
            amount=Money(Decimal(pence).scaleb(-2), currency),
            recurring=draw() < _RECURRING,
        )

    return Ledger(_Made(rows, seed, make))


def _days(first: date, months: int) -> list[date]:
    after = Cadence(months, Unit.MONTH).after(first)
    return [first + timedelta(days=n) for n in range((after - first).days)]


@frozen
class _Made(Generic[R]):
    """What a `Ledger` reads: records drawn from the start by each iteration."""

    rows: int
    seed: int
    make: Callable[[Callable[[], float]], R]

    def __iter__(self) -> Iterator[R]:
        draw = Random(self.seed).random  # noqa: S311 - the same for each seed
        return (self.make(draw) for _ in range(self.rows))
