"""Whether revenue comes again: its share, a month's worth, and what becomes of it.

Retention and churn compare the clients of a period with themselves a period before.
The formulas are in `missionkit.drift.retention`. A client who pays once a quarter seems
to leave and to come back where periods are months: choose periods as long as bills.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Final

from attrs import frozen

from missionkit.drift.concentration import recurring_share
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.ledger.calendar import month
from missionkit.drift.ledger.sums import ZERO, minus, total
from missionkit.drift.moved.revenue import (
    Cell,
    Paid,
    Weight,
    clients_moved,
    recurring_moved,
    revenue_moved,
)
from missionkit.drift.receipts import Receipts, currency_of, receipts
from missionkit.drift.retention import (
    churn,
    gross_revenue_retention,
    monthly_recurring,
    net_revenue_retention,
)
from missionkit.drift.timeline import Span
from missionkit.ports.finding import Driver, Finding
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
    """A figure of what was kept or lost; `of` is what it is a share of.

    `part` says of what a client paid, and of what it pays now, what counts and of what.
    """

    name: str
    title: str
    unit: str
    value: Callable[[Kept], float]
    of: Callable[[Kept], float]
    part: Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]


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


def _part_now(had: Fraction, now: Fraction) -> tuple[Fraction, Fraction]:
    return now, had


def _part_kept(had: Fraction, now: Fraction) -> tuple[Fraction, Fraction]:
    return min(had, now), had


def _part_lost(had: Fraction, now: Fraction) -> tuple[Fraction, Fraction]:
    return (Fraction() if now else had), had


def _part_gone(had: Fraction, now: Fraction) -> tuple[Fraction, Fraction]:  # noqa: ARG001 - as each is asked
    return Fraction(not now), Fraction(1)


_RETENTIONS: Final = (
    _Retention(
        "net-revenue-retention",
        "Net revenue retention",
        "of the recurring revenue a period before",
        _net,
        _start,
        _part_now,
    ),
    _Retention(
        "gross-revenue-retention",
        "Gross revenue retention",
        "share of the recurring revenue a period before",
        _gross,
        _start,
        _part_kept,
    ),
    _Retention(
        "revenue-churn",
        "Recurring revenue lost with clients who left",
        "share of the recurring revenue a period before",
        _lost_revenue,
        _start,
        _part_lost,
    ),
    _Retention(
        "client-churn",
        "Recurring clients who left",
        "share of the recurring clients a period before",
        _lost_clients,
        _clients,
        _part_gone,
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


def _paid(figure: _Retention, view: IndicatorView, at: int) -> Paid:
    """Yield of each recurring client of the period before what counts, and of what."""
    found = view.once(receipts)
    for client, had in found[at - 1].recurring.items():
        if had > 0:
            now = found[at].recurring.get(client, ZERO)
            yield client, *figure.part(Fraction(had), Fraction(now))


def _moved(
    figure: _Retention, view: IndicatorView, finding: Finding
) -> Iterator[Driver]:
    # What all pay now may be more than what they paid, and is no share of that.
    add = figure.part is _part_now
    return clients_moved(partial(_paid, figure), view, finding, add=add)


def _counted(view: IndicatorView, finding: Finding) -> Weight:  # noqa: ARG001 - as each is asked
    return _recurs


def _recurs(at: int, cell: Cell) -> int:  # noqa: ARG001 - as each is asked
    return int(cell.recurring)


INDICATORS: tuple[Indicator, ...] = (
    Figure(
        name=_SHARE,
        make=share,
        requires=("revenue",),
        moved=revenue_moved(_counted),
    ),
    Figure(name=_MONTHLY, make=monthly, requires=("revenue",), moved=recurring_moved),
    *(
        Figure(
            name=each.name,
            make=partial(_retained, each),
            requires=("revenue",),
            moved=partial(_moved, each),
        )
        for each in _RETENTIONS
    ),
)
