"""Snapshots of a ledger: how much went where, period by period."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias, overload

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.codes import MIXED_CURRENCIES, WRONG_TYPE
from missionkit.domain.conduct import (
    ActivityRecord,
    AllocationBucket,
    AllocationSnapshot,
    Client,
    Ledger,
    RevenueBucket,
    RevenueRecord,
    RevenueSnapshot,
)
from missionkit.domain.ids import (
    AllocationSnapshotId,
    AnyId,
    ClientId,
    RevenueSnapshotId,
    slug,
)
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.values import Period
from missionkit.drift.ledger.calendar import By, label, month
from missionkit.drift.ledger.sums import ZERO, plus
from missionkit.drift.ledger.tables import ASKED, Table, Tables, fitting
from missionkit.errors import InvalidValueError
from missionkit.markup import one_line, shortened, shown

Named: TypeAlias = tuple[str, str | None]
"""The name of a bucket, and the id of the element that it is about, if there is one."""

_LONGEST_TITLE: Final = 400


@overload
def summarize(
    ledger: Ledger[ActivityRecord],
    *,
    by: By = month,
    model: Model | None = None,
    on: date | None = None,
    name: str = "",
) -> tuple[AllocationSnapshot, ...]: ...
@overload
def summarize(
    ledger: Ledger[RevenueRecord],
    *,
    by: By = month,
    model: Model | None = None,
    on: date | None = None,
    name: str = "",
) -> tuple[RevenueSnapshot, ...]: ...
def summarize(
    ledger: Ledger[ActivityRecord] | Ledger[RevenueRecord],
    *,
    by: By = month,
    model: Model | None = None,
    on: date | None = None,
    name: str = "",
) -> tuple[AllocationSnapshot, ...] | tuple[RevenueSnapshot, ...]:
    """Return a snapshot of each period that the ledger has rows of, in order.

    *by* is `month`, `quarter`, `year`, or gives the period of a day. Sums are exact,
    to 40 digits, and do not depend on the order of the rows; a period without rows has
    no snapshot. Ids are made of *name*, "effort" or "revenue" unless given, and of the
    period.

    Effort is counted under the element that it serves, and revenue under its client;
    refunds count as they are. With a *model*, buckets have the names of its elements,
    and are linked to what it holds. Effort that serves nothing is `unknown`; what
    serves a purpose off mission is in the bucket of the purpose, so that `off_mission`,
    the effort beside the buckets, is zero.

    A row dated after *on* is not used. `unused` counts the unused rows of a period, and
    those without a day, as any period may be theirs. `source_digest` is the SHA-256 of
    the period's rows in their order: a line for each, its fields in the order of their
    declaration with tabs between them, `!` before one that was not used; after them,
    where there are rows without a day, the digest of these. The snapshot of a period
    stays the same when rows of later periods are added.

    Raises:
        InvalidValueError: amounts are in several currencies, *by* gives no periods, a
            total is too large, or an argument is of the wrong type.
    """
    _refuse(ledger, on, name)
    if model is not None:
        refuse_no_model(model, ASKED)
    tables = Tables(by, on)
    tables.fill(ledger)
    if tables.kind is RevenueRecord:
        return _revenue(tables, model, slug(name) or "revenue")
    if tables.kind is ActivityRecord:
        return _effort(tables, model, slug(name) or "effort")
    return ()


def _refuse(ledger: object, on: date | None, name: object) -> None:
    if on is not None:
        refuse_no_day(on, ASKED)
    said = ""
    if not isinstance(ledger, Ledger):
        said = f"ledger must be a ledger, got {shown(ledger)}."
    elif type(name) is not str:
        said = f"name must be text, got {shown(name)}."
    if said:
        issue = WRONG_TYPE.issue(said, path=said.partition(" ")[0])
        raise InvalidValueError(ASKED, (issue,))


def _effort(
    tables: Tables, model: Model | None, name: str
) -> tuple[AllocationSnapshot, ...]:
    held = tuple(tables.in_order())
    keys = {key for table in held for key in table.totals if key is not None}
    names = _distinct({key: _served(key, model) for key in keys})
    return tuple(
        AllocationSnapshot(
            id=AllocationSnapshotId(_id(name, table)),
            buckets=tuple(
                AllocationBucket(
                    name=called, on=AnyId(ref) if ref else None, actual=sum_
                )
                for (called, ref), sum_ in _sums(table, names)
            ),
            off_mission=None if model is None else Decimal(),
            unknown=fitting(table.totals.get(None, Decimal()), "what serves nothing"),
            **_facts(tables, table),
        )
        for table in held
    )


def _served(key: str, model: Model | None) -> Named:
    """Return how the bucket of an id is called, and the id where it is there."""
    if model is None:
        return key, key
    if key not in model:
        return key, None
    return shortened(one_line(model.title(key)), _LONGEST_TITLE) or key, key


def _revenue(
    tables: Tables, model: Model | None, name: str
) -> tuple[RevenueSnapshot, ...]:
    held = tuple(tables.in_order())
    keys = {key for table in held for key in table.totals}
    currency = _one_currency({key[1] for key in keys})
    clients = _clients(model)
    texts = {key[0]: clients.get(key[0], (key[0], None)) for key in keys}
    names = _distinct(texts)
    whole = {key: names[key[0]] for key in keys}
    again = {key: named for key, named in whole.items() if key[2]}
    return tuple(
        RevenueSnapshot(
            id=RevenueSnapshotId(_id(name, table)),
            currency=currency,
            buckets=_paid(table, whole, again),
            **_facts(tables, table),
        )
        for table in held
    )


def _paid(
    table: Table, whole: Mapping[Any, Named], again: Mapping[Any, Named]
) -> tuple[RevenueBucket, ...]:
    recurring = dict(_sums(table, again))
    return tuple(
        RevenueBucket(
            name=named[0],
            client=ClientId(named[1]) if named[1] else None,
            actual=sum_,
            recurring=recurring.get(named, Decimal()),
        )
        for named, sum_ in _sums(table, whole)
    )


def _one_currency(found: set[str]) -> str | None:
    if len(found) > 1:
        said = f"the ledger has amounts in {', '.join(sorted(found))}."
        fix = "convert the amounts to one currency, or summarize each by itself"
        issue = MIXED_CURRENCIES.issue(said, path="currency", fix=fix)
        raise InvalidValueError(ASKED, (issue,))
    return next(iter(found), None)


def _clients(model: Model | None) -> Mapping[str, Named]:
    """Return each client by its id and, where no other has it, by its name."""
    every = () if model is None else model.of(Client)
    found: dict[str, Named] = {}
    shared: set[str] = set()
    for client in every:
        if client.name in found:
            shared.add(client.name)
        found[client.name] = (client.name, client.id)
    for name in shared:
        del found[name]
    return {**found, **{client.id: (client.name, client.id) for client in every}}


def _distinct(texts: Mapping[Any, Named]) -> Mapping[Any, Named]:
    """Return the same names, with the id added where two would be called alike."""
    refs: dict[str, set[str | None]] = {}
    for name, ref in texts.values():
        refs.setdefault(name, set()).add(ref)
    found = {}
    for key, (name, ref) in texts.items():
        called = name
        while ref is not None and (refs.get(called) or {ref}) != {ref}:
            called = f"{called} ({ref})"
        found[key] = (called, ref)
    return found


def _sums(table: Table, names: Mapping[Any, Named]) -> Iterable[tuple[Named, Decimal]]:
    """Return the total of each bucket of a table, by name."""
    found: dict[Named, Decimal] = {}
    for key, total in table.totals.items():
        if key in names:
            found[names[key]] = plus(found.get(names[key], ZERO), total)
    return [(each, fitting(found[each], each[0])) for each in sorted(found, key=_order)]


def _order(named: Named) -> tuple[str, str]:
    return named[0], named[1] or ""


def _id(name: str, table: Table) -> str:
    return f"{name[:40].strip('-')}-{label(table.start, table.end)}"


def _facts(tables: Tables, table: Table) -> dict[str, Any]:
    return {
        "period": Period(table.start, table.end),
        "source_digest": tables.digest_of(table),
        "rows": table.rows,
        "unused": table.unused + tables.undated.unused,
    }
