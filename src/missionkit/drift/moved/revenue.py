"""What moved a figure of revenue: which clients, segments and offerings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias

from attrs import evolve, frozen

from missionkit.domain.conduct import Client, RevenueRecord
from missionkit.drift.concentration import effective_number
from missionkit.drift.ledger.sums import ZERO, minus, plus
from missionkit.drift.moved.drivers import PartOf, concentration_drivers
from missionkit.drift.moved.sides import (
    NOT_STATED,
    Moved,
    Sides,
    Things,
    shares_moved,
    sides,
    sums_moved,
    told,
)
from missionkit.drift.naming import refs_by_name
from missionkit.drift.receipts import Receipts, receipts
from missionkit.drift.timeline import placed, spans
from missionkit.ports.finding import Driver, Finding
from missionkit.ports.indicator import IndicatorView

MOST_CELLS: Final = 100_000
"""With more different entries than this nothing is told of segments or offerings."""

_DAYS_A_MONTH: Final = 365.25 / 12
_LARGEST: Final = {"largest-client": 1, "three-largest-clients": 3}


@frozen
class Cell:
    """What is told apart of revenue; a client is the one of the model, by its id."""

    client: str | None
    recurring: bool
    segment: str | None = None
    offering: str | None = None


Cells: TypeAlias = Mapping[Cell, Decimal]
Weight: TypeAlias = Callable[[int, Cell], Fraction | int | None]
"""Says of the place of a period and a cell which part of it counts, 0 to 1.

None stands for what is not looked at."""
Weighing: TypeAlias = Callable[[IndicatorView, Finding], Weight]


@frozen
class _Cut:
    dimension: str
    thing: Callable[[Cell], str | None]
    refs: frozenset[str] = frozenset()


def revenue_moved(weighing: Weighing) -> Moved:
    """Return what gives the drivers of a share of revenue."""
    return partial(_share_moved, weighing)


def _share_moved(
    weighing: Weighing, view: IndicatorView, finding: Finding
) -> Iterator[Driver]:
    split = _sides(view, finding)
    if split is not None:
        weight = weighing(view, finding)
        for cut in _cuts(view):
            yield from shares_moved(view, _things(view, cut, split, weight))


def recurring_moved(view: IndicatorView, finding: Finding) -> Iterator[Driver]:
    """Yield what moved the recurring revenue of a month."""
    split = _sides(view, finding)
    if split is None:
        return
    for cut in _cuts(view):
        things = _things(view, cut, split, lambda _, cell: int(cell.recurring))
        old, new = (
            _monthly(view, side, held)
            for side, held in (
                (split.before, things.before),
                (split.after, things.after),
            )
        )
        yield from sums_moved(view, evolve(things, before=old, after=new))


def _monthly(
    view: IndicatorView, side: Sequence[int], held: Mapping[str, PartOf]
) -> Mapping[str, PartOf]:
    """Return what was counted in a month on average."""
    found = spans(view)
    months = max(1, round(sum(found[at].days for at in side) / _DAYS_A_MONTH))
    return {
        name: (float(part) / months, float(whole) / months)
        for name, (part, whole) in held.items()
    }


def concentration_moved(view: IndicatorView, finding: Finding) -> Iterator[Driver]:
    """Yield which clients moved an index of concentration.

    Of the effective number of clients each has the part of the change that it has of
    that of the index, of which the number is the reciprocal.
    """
    split = _sides(view, finding)
    if split is None:
        return
    cut = next(iter(_cuts(view)))
    things = _things(view, cut, split, _named)
    old, new = (
        {name: whole for name, (_, whole) in side.items() if whole}
        for side in (things.before, things.after)
    )
    found = concentration_drivers(cut.dimension, old, new)
    if finding.indicator == "effective-clients":
        change = effective_number(new) - effective_number(old)
        found = tuple(evolve(d, moved=change * (d.share or 0)) for d in found)
    yield from told(view, things, found)


def _named(at: int, cell: Cell) -> Fraction | int | None:  # noqa: ARG001 - as each is asked
    return None if cell.client is None else 1


Paid: TypeAlias = Iterable[tuple[str, Fraction, Fraction]]
"""Of clients: what counts in a period, and what there is."""


def clients_moved(
    paid: Callable[[IndicatorView, int], Paid],
    view: IndicatorView,
    finding: Finding,
    *,
    add: bool = False,
) -> Iterator[Driver]:
    """Yield which clients moved a share of what *paid* gives of the place of a period.

    With *add* the share is a sum of parts of the whole, each of one client.
    """
    split = _sides(view, finding)
    if split is None:
        return
    cut = next(iter(_cuts(view)))
    old, new = (
        _shared([paid(view, at) for at in side], add=add)
        for side in (split.before, split.after)
    )
    things = Things(dimension=cut.dimension, before=old, after=new, refs=cut.refs)
    yield from (sums_moved if add else shares_moved)(view, things)


def _shared(places: Sequence[Paid], *, add: bool) -> Mapping[str, PartOf]:
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for client, part, whole in (each for place in places for each in place):
        held, of = found.get(client, (Fraction(), Fraction()))
        found[client] = held + part, of + whole
    every = sum((of for _, of in found.values()), Fraction()) if add else Fraction(1)
    return {
        name: (float(part / every), float(of)) for name, (part, of) in found.items()
    }


def largest_moved(view: IndicatorView, finding: Finding) -> Iterator[Driver]:
    """Yield which clients moved the share of the largest, period by period."""
    many = _LARGEST[finding.indicator]

    def paid(view: IndicatorView, at: int) -> Paid:
        held = view.once(receipts)[at]
        ordered = sorted(held.paid.items(), key=lambda each: (-each[1], each[0]))
        whole = Fraction(held.named)
        for place, (client, amount) in enumerate(ordered):
            part = Fraction(amount) / whole
            yield client, part if place < many else Fraction(), part

    return clients_moved(paid, view, finding, add=True)


def _sides(view: IndicatorView, finding: Finding) -> Sides | None:
    """Return the two sides of a shift; none where amounts cannot be added."""
    split = sides(view, finding)
    if split is None:
        return None
    found = view.once(receipts)
    used = {found[at].currency for at in (*split.before, *split.after)}
    return split if len(used - {""}) <= 1 else None


def _things(view: IndicatorView, cut: _Cut, split: Sides, weight: Weight) -> Things:
    old, new = (
        _summed(view, cut, side, weight) for side in (split.before, split.after)
    )
    return Things(dimension=cut.dimension, before=old, after=new, refs=cut.refs)


def _summed(
    view: IndicatorView, cut: _Cut, side: Sequence[int], weight: Weight
) -> Mapping[str, PartOf]:
    """Return how much of each thing counts, and how much there is of it."""
    places = view.once(cells)
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for at in side:
        for cell, amount in places[at].items():
            counted = weight(at, cell)
            if counted is not None:
                name = cut.thing(cell) or NOT_STATED
                part, whole = found.get(name, (Fraction(), Fraction()))
                size = Fraction(amount)
                found[name] = part + size * counted, whole + size
    return {name: (float(part), float(whole)) for name, (part, whole) in found.items()}


def _cuts(view: IndicatorView) -> Iterator[_Cut]:
    """Yield every way to tell revenue apart, clients first."""
    refs = frozenset(str(each.id) for each in view.of(Client))
    yield _Cut("client", lambda cell: cell.client, refs)
    yield _Cut("segment", lambda cell: cell.segment)
    yield _Cut("offering", lambda cell: cell.offering)


def cells(view: IndicatorView) -> tuple[Cells, ...]:
    """Return what each period holds, as far as it can be told apart.

    A ledger is read in one pass; where it has too many different entries, and from
    snapshots, clients alone are told.
    """
    held = view.once(_of_ledger)
    return held or tuple(_of_receipts(each) for each in view.once(receipts))


def _of_ledger(view: IndicatorView) -> tuple[Cells, ...] | None:
    if view.revenue is None:
        return None
    clients = refs_by_name(view, Client)
    tables: tuple[dict[Cell, Decimal], ...] = tuple({} for _ in spans(view))
    many = 0
    for at, record in placed(view, view.revenue, RevenueRecord):
        client = clients.get(record.client, record.client)
        cell = Cell(client, record.recurring, record.segment, record.offering)
        held = tables[at].get(cell)
        many += held is None
        if many > MOST_CELLS:
            return None
        tables[at][cell] = plus(held or ZERO, record.amount.amount)
    return tables


def _of_receipts(held: Receipts) -> Cells:
    found: dict[Cell, Decimal] = {}
    for client, paid in held.paid.items():
        again = held.recurring.get(client, ZERO)
        found[Cell(client, recurring=True)] = again
        found[Cell(client, recurring=False)] = minus(paid, again)
    if held.unnamed:
        found[Cell(None, recurring=False)] = held.unnamed
    return found
