"""Whether revenue comes again: its share, a month's worth, and what becomes of it.

Retention and churn compare the clients of a period with themselves a period before.
The formulas are in `missionkit.drift.retention`. A client who pays once a quarter seems
to leave and to come back where periods are months: choose periods as long as bills.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Final

from attrs import frozen

from missionkit.drift.calendar import month
from missionkit.drift.concentration import recurring_share
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.receipts import Receipts, currency_of, receipts
from missionkit.drift.retention import (
    churn,
    gross_revenue_retention,
    monthly_recurring,
    net_revenue_retention,
)
from missionkit.drift.sums import ZERO, minus, total
from missionkit.drift.timeline import Span
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

_SHARE: Final = "recurring-share"
_MONTHLY: Final = "monthly-recurring-revenue"
_YEAR: Final = 12


def share(view: IndicatorView) -> Iterator[Series]:
    """Yield which share of all revenue recurs.

    Of revenue without a known payer nobody says whether it recurs, so it does not.
    """
    yield series(
        view,
        _SHARE,
        title="Share of revenue that recurs",
        unit="share of revenue",
        points=map(_share, view.once(receipts)),
    )


def _share(held: Receipts) -> SeriesPoint:
    reason, again = held.recurs(), total(held.recurring.values())
    if not reason and held.whole <= 0:
        paid = bool(held.paid) and held.whole < 0
        reason = "more was paid back than paid" if paid else "no revenue is counted"
    if not reason and again > held.whole:
        reason = "refunds make what recurs more than the whole"
    if reason:
        return unknown(held.span, reason)
    return known(held.span, recurring_share(again, held.whole), float(held.whole))


def monthly(view: IndicatorView) -> Iterator[Series]:
    """Yield the recurring revenue of a month, on average where a period has several.

    It is what was received, not what was billed: a fee for a year shows in one period.
    """
    currency = currency_of(view)
    yield series(
        view,
        _MONTHLY,
        title="Monthly recurring revenue",
        unit=f"{currency or 'money'} a month",
        points=(_monthly(held, currency) for held in view.once(receipts)),
    )


def _monthly(held: Receipts, currency: str) -> SeriesPoint:
    months = months_of(held.span)
    reason = held.recurs()
    if not reason and held.currency != currency:
        reason = f"it was paid in {held.currency}, not in {currency}"
    if not reason and not months:
        reason = "it is no whole number of months"
    if reason:
        return unknown(held.span, reason)
    again = total(held.recurring.values())
    return known(held.span, monthly_recurring((again, months)), float(held.whole))


def months_of(span: Span) -> int:
    """Return how many whole months a period has, or 0 where it is not made of any."""
    first, last = month(span.start), month(span.end)
    if first.start != span.start or last.end != span.end:
        return 0
    years = span.end.year - span.start.year
    return years * _YEAR + span.end.month - span.start.month + 1


@frozen
class Kept:
    """What became of the recurring revenue of a period's clients in the next one."""

    start: Decimal
    churned: Decimal
    contraction: Decimal
    expansion: Decimal
    clients: int
    lost: int


def kept(before: Receipts, after: Receipts) -> Kept | str:
    """Return what became of those who paid recurring fees, or why nobody knows."""
    reason = after.recurs() or _of_before(before, after)
    had = {client: paid for client, paid in before.recurring.items() if paid > 0}
    if not reason and not had:
        reason = "no client paid anything that recurs in the period before"
    if reason:
        return reason
    pairs = [(paid, after.recurring.get(client, ZERO)) for client, paid in had.items()]
    return Kept(
        start=total(had.values()),
        churned=total(paid for paid, now in pairs if not now),
        contraction=total(minus(paid, now) for paid, now in pairs if 0 < now < paid),
        expansion=total(minus(now, paid) for paid, now in pairs if now > paid),
        clients=len(had),
        lost=sum(not now for _, now in pairs),
    )


def _of_before(before: Receipts, after: Receipts) -> str:
    reason = before.recurs()
    if reason:
        return f"of the period before: {reason}"
    if before.currency != after.currency:
        return f"{before.currency} and {after.currency} cannot be compared"
    if months_of(before.span) != months_of(after.span):
        return "the period before is not as long"
    follows = (after.span.start - before.span.end).days == 1
    return "" if follows else "the period before does not end where it begins"


@frozen
class _Retention:
    """A figure of what was kept or lost; `of` is what it is a share of."""

    name: str
    title: str
    unit: str
    value: Callable[[Kept], float]
    of: Callable[[Kept], float]


def _start(found: Kept) -> float:
    return float(found.start)


def _clients(found: Kept) -> float:
    return float(found.clients)


def _net(found: Kept) -> float:
    return net_revenue_retention(
        found.start,
        churned=found.churned,
        contraction=found.contraction,
        expansion=found.expansion,
    )


def _gross(found: Kept) -> float:
    lost = {"churned": found.churned, "contraction": found.contraction}
    return gross_revenue_retention(found.start, **lost)


def _lost_revenue(found: Kept) -> float:
    return churn(found.churned, found.start)


def _lost_clients(found: Kept) -> float:
    return churn(found.lost, found.clients)


_RETENTIONS: Final = (
    _Retention(
        "net-revenue-retention",
        "Net revenue retention",
        "of the recurring revenue a period before",
        _net,
        _start,
    ),
    _Retention(
        "gross-revenue-retention",
        "Gross revenue retention",
        "share of the recurring revenue a period before",
        _gross,
        _start,
    ),
    _Retention(
        "revenue-churn",
        "Recurring revenue lost with clients who left",
        "share of the recurring revenue a period before",
        _lost_revenue,
        _start,
    ),
    _Retention(
        "client-churn",
        "Recurring clients who left",
        "share of the recurring clients a period before",
        _lost_clients,
        _clients,
    ),
)


def _retained(figure: _Retention, view: IndicatorView) -> Iterator[Series]:
    """Yield a figure of the clients of the period before, without those who are new."""
    yield series(
        view,
        figure.name,
        title=figure.title,
        unit=figure.unit,
        points=_points(figure, view.once(receipts)),
    )


def _points(figure: _Retention, found: tuple[Receipts, ...]) -> Iterator[SeriesPoint]:
    for first in found[:1]:
        said = "there is no period before it to compare with"
        yield unknown(first.span, first.reason or said)
    for before, after in pairwise(found):
        held = kept(before, after)
        if isinstance(held, str):
            yield unknown(after.span, held)
        else:
            yield known(after.span, figure.value(held), figure.of(held))


INDICATORS: tuple[Indicator, ...] = (
    Figure(name=_SHARE, make=share, requires=("revenue",)),
    Figure(name=_MONTHLY, make=monthly, requires=("revenue",)),
    *(
        Figure(name=each.name, make=partial(_retained, each), requires=("revenue",))
        for each in _RETENTIONS
    ),
)
