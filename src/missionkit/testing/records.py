"""Effort and receipts to show to indicators: months, of which two have no records."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from missionkit.domain.conduct import (
    ActivityRecord,
    Client,
    Fact,
    Ledger,
    RevenueRecord,
)
from missionkit.domain.ids import AnyId, ClientId
from missionkit.domain.model import Model
from missionkit.domain.values import Cadence, Money, Period, Unit
from missionkit.ports.indicator import IndicatorView
from missionkit.samples import sample
from missionkit.samples.days import SAMPLE_DAY

_MONTHS: Final = 8
_EMPTY: Final = (3, 6)
_FRESH: Final = 4
_JANUARY: Final = date(2025, 1, 1)
_OCTOBER: Final = date(2025, 10, 1)
_WON: Final = {"easily": ("no", 2.0), "hardly": ("yes", 40.0)}
_SHOWN: Final = 40
_WORK: Final = ("meeting", "visit", "report", "repair", "planning")


def shown_views() -> list[IndicatorView]:
    """Return what an indicator is asked unless the caller says otherwise.

    Of the sample organization, with two new clients: eight months of records, of which
    two are empty; the first of them; and quarters of which the model has snapshots.
    """
    model, effort, revenue = _held()
    months = _periods(_JANUARY, Cadence(1, Unit.MONTH), _MONTHS)
    whole = IndicatorView(
        model=model,
        on=SAMPLE_DAY,
        activities=effort,
        revenue=revenue,
        periods=months,
    )
    first = IndicatorView(
        model=model,
        on=SAMPLE_DAY,
        activities=effort,
        revenue=revenue,
        periods=months[:1],
        season=1,
    )
    quarters = _periods(_OCTOBER, Cadence(1, Unit.QUARTER), 3)
    return [
        whole,
        first,
        IndicatorView(model=model, on=SAMPLE_DAY, periods=quarters, season=4),
    ]


@cache
def _held() -> tuple[Model, Ledger[ActivityRecord], Ledger[RevenueRecord]]:
    model = sample().with_(*_clients())
    return model, Ledger(tuple(effort_of(model))), Ledger(tuple(revenue_of(model)))


def effort_of(model: Model) -> Iterator[ActivityRecord]:
    """Yield some effort of eight months, of which two have none.

    It serves elements of *model*, something that it does not have, or nothing named.
    """
    ids = [AnyId(ref) for ref in sorted(model.ids())]
    step = max(len(ids) // _SHOWN, 1)
    served = (*ids[::step], AnyId("not-in-the-model"), None)
    for month in range(1, _MONTHS + 1):
        for at, ref in enumerate(served if month not in _EMPTY else ()):
            yield ActivityRecord(
                on=date(_JANUARY.year, month, 1 + at % 28),
                what=_WORK[at % len(_WORK)],
                hours=((at * 7 + month * 3) % 11) / 4,
                serves=ref,
                role=("planner", "builder", None)[at % 3],
                sphere=("north", None)[at % 2],
            )


def revenue_of(model: Model) -> Iterator[RevenueRecord]:
    """Yield some receipts of eight months, of which two have none, and one a refund.

    They are of clients of *model*, and of one that it does not have.
    """
    known = sorted(client.id for client in model.of(Client))
    for month in range(1, _MONTHS + 1):
        for at, client in enumerate((*known, "somebody else")):
            fresh = client.startswith("new-")
            if month in _EMPTY or (fresh and month < _FRESH):
                continue
            refund = month == _MONTHS and client == known[0]
            amount = -5 if refund else 10 + (at * 13 + month * 5) % 17
            yield RevenueRecord(
                on=date(_JANUARY.year, month, 1 + at % 28),
                client=client,
                amount=Money(Decimal(amount), "EUR"),
                recurring=at % 3 == 1,
                offering=("advice", None)[at % 2],
                segment=("public", "private")[at % 2],
            )


def _clients() -> Iterator[Client]:
    for how, (recurring, hours) in _WON.items():
        yield Client(
            id=ClientId(f"new-{how}"),
            name=f"Who was won {how}",
            facts=(Fact(name="recurring", value=recurring),),
            since=date(_JANUARY.year, _FRESH, 1),
            effort_to_win=hours,
        )


def _periods(start: date, cadence: Cadence, count: int) -> tuple[Period, ...]:
    starts = [cadence.after(start, times) for times in range(count + 1)]
    return tuple(
        Period(one, date.fromordinal(other.toordinal() - 1))
        for one, other in pairwise(starts)
    )
