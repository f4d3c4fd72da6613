"""What clients paid, period by period: from a ledger, or from snapshots of revenue."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from attrs import evolve, field, frozen

from missionkit.domain.conduct import Client, RevenueRecord, RevenueSnapshot
from missionkit.drift.ledger.sums import ZERO, plus, total
from missionkit.drift.naming import refs_by_name
from missionkit.drift.timeline import Span, fitting, not_over, placed, spans
from missionkit.ports.indicator import IndicatorView

_UNSTATED: Final = "nobody says what recurs of what {} paid"


@frozen(kw_only=True)
class Receipts:
    """What each client paid in a period, or the reason why it is not known.

    `unnamed` is revenue of which the payer is not known. `unstated` are clients of whom
    nobody says what recurs of what they paid.
    """

    span: Span
    paid: Mapping[str, Decimal] = field(factory=dict)
    recurring: Mapping[str, Decimal] = field(factory=dict)
    unnamed: Decimal = ZERO
    unstated: frozenset[str] = frozenset()
    currency: str = ""
    reason: str = ""

    @property
    def whole(self) -> Decimal:
        """All revenue of the period."""
        return plus(total(self.paid.values()), self.unnamed)

    @property
    def named(self) -> Decimal:
        """The revenue of which the payer is known."""
        return total(self.paid.values())

    def without_refunds(self) -> str:
        """Return why there are no shares of what each paid, or nothing."""
        below = [client for client, amount in self.paid.items() if amount < 0]
        if self.reason or below or self.unnamed < 0:
            who = f"to {min(below)}" if below else "to payers who are not named"
            return self.reason or f"more was paid back than paid {who}"
        return "" if self.named else "no revenue is counted in it"

    def recurs(self) -> str:
        """Return why it is not known what recurs of each, or nothing."""
        below = [client for client, amount in self.recurring.items() if amount < 0]
        if self.reason or not (below or self.unstated):
            return self.reason
        if below:
            who = min(below)
            return f"of what recurs, more was paid back than paid to {who}"
        return _UNSTATED.format(min(self.unstated))


def receipts(view: IndicatorView) -> tuple[Receipts, ...]:
    """Return what clients paid in each period that is asked about.

    A client is one of the model by its id, or by a name that only one has.
    """
    read = _of_snapshots if view.revenue is None else _of_ledger
    return tuple(
        evolve(each, reason=not_over(view, each.span) or each.reason)
        for each in read(view)
    )


def currency_of(view: IndicatorView) -> str:
    """Return the currency of figures in money: the organization's, or the first."""
    found = [each.currency for each in view.once(receipts) if not each.reason]
    root = view.model.root
    own = root.currency if root else None
    if own in found or not any(found):
        return own or ""
    return next(each for each in found if each)


def _of_ledger(view: IndicatorView) -> Iterator[Receipts]:
    clients = refs_by_name(view, Client)
    found = spans(view)
    tables: list[dict[tuple[str, bool], Decimal]] = [{} for _ in found]
    currencies: list[dict[str, None]] = [{} for _ in found]
    for at, record in placed(view, view.revenue or (), RevenueRecord):
        key = (clients.get(record.client, record.client), record.recurring)
        held = tables[at].get(key, ZERO)
        tables[at][key] = plus(held, record.amount.amount)
        currencies[at][record.amount.currency] = None
    for span, table, held_in in zip(found, tables, currencies, strict=True):
        yield _period(span, table, sorted(held_in))


def _period(
    span: Span, table: Mapping[tuple[str, bool], Decimal], currencies: list[str]
) -> Receipts:
    paid: dict[str, Decimal] = {}
    recurring: dict[str, Decimal] = {}
    for (client, again), amount in table.items():
        paid[client] = plus(paid.get(client, ZERO), amount)
        recurs = amount if again else ZERO
        recurring[client] = plus(recurring.get(client, ZERO), recurs)
    reason = "" if table else "no receipt is recorded in it"
    return Receipts(
        span=span,
        paid=paid,
        recurring=recurring,
        currency=currencies[0] if currencies else "",
        reason=reason or _mixed(currencies),
    )


def _mixed(currencies: Iterable[str]) -> str:
    names = sorted(set(currencies))
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else ""
    return f"{listed} cannot be added" if listed else ""


def _of_snapshots(view: IndicatorView) -> Iterator[Receipts]:
    clients = refs_by_name(view, Client)
    for span in spans(view):
        fit = fitting(span, view.of(RevenueSnapshot))
        if isinstance(fit, str):
            yield Receipts(span=span, reason=fit)
        else:
            yield _joined(span, fit, clients)


def _joined(
    span: Span, fit: tuple[RevenueSnapshot, ...], clients: Mapping[str, str]
) -> Receipts:
    paid: dict[str, Decimal] = {}
    recurring: dict[str, Decimal] = {}
    unstated = set()
    for bucket in (bucket for each in fit for bucket in each.buckets):
        client = bucket.client or clients.get(bucket.name, bucket.name)
        paid[client] = plus(paid.get(client, ZERO), bucket.actual)
        again = bucket.recurring or ZERO
        recurring[client] = plus(recurring.get(client, ZERO), again)
        if bucket.recurring is None and bucket.actual:
            unstated.add(client)
    beside = (each.off_mission or ZERO for each in fit)
    unknown = (each.unknown or ZERO for each in fit)
    names = [each.currency or "" for each in fit]
    reason = _mixed(names) if all(names) else "a snapshot of it has no currency"
    return Receipts(
        span=span,
        paid=paid,
        recurring=recurring,
        unnamed=plus(total(beside), total(unknown)),
        unstated=frozenset(unstated),
        currency=names[0],
        reason=reason,
    )
