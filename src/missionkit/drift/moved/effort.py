"""What moved a share of effort: what is served, activities, roles and spheres."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.conduct import ActivityRecord
from missionkit.domain.intent import OperatingSphere
from missionkit.domain.plan import Purpose
from missionkit.domain.process import Activity
from missionkit.domain.role import Role
from missionkit.drift.effort import Effort, Key, efforts
from missionkit.drift.ledger.sums import ZERO, decimal_of, plus
from missionkit.drift.moved.drivers import PartOf
from missionkit.drift.moved.sides import NOT_STATED, Moved, Things, shares_moved, sides
from missionkit.drift.naming import refs_by_name
from missionkit.drift.timeline import placed, spans
from missionkit.ports.finding import Driver, Finding
from missionkit.ports.indicator import IndicatorView

OFF_UNSAID: Final = " off mission"  # no id begins with a blank
"""Stands for what effort serves that a snapshot calls off mission, and no more."""
MOST_CELLS: Final = 100_000
"""With more different entries than this nothing is told of activities or offerings."""

Counts: TypeAlias = Callable[[Key], float | bool]
Counting: TypeAlias = Callable[[IndicatorView, Finding], Counts]
"""Gives the function that says which part of an hour counts."""
Cell: TypeAlias = tuple[str | None, Key]
"""An activity, and the key of its hours."""
Cells: TypeAlias = Mapping[Cell, Decimal]

_UNSAID: Final = "off mission, and nobody says for what"


@frozen
class _Cut:
    """One way to tell hours apart, of what there was in each period."""

    dimension: str
    places: tuple[Cells, ...]
    thing: Callable[[Cell], str | None]
    refs: frozenset[str]


def _every(view: IndicatorView, finding: Finding) -> Counts:  # noqa: ARG001 - as each is asked
    return lambda _: True


def effort_moved(counting: Counting, within: Counting = _every) -> Moved:
    """Return what gives the drivers of a share of effort.

    *counting* says which hours count, and *within* which are looked at at all.
    """
    return partial(_moved, counting, within)


def _moved(
    counting: Counting, within: Counting, view: IndicatorView, finding: Finding
) -> Iterator[Driver]:
    split = sides(view, finding)
    if split is None:
        return
    counts, keep = counting(view, finding), within(view, finding)
    along = {str(p.id): tuple(map(str, p.driven_by)) for p in view.of(Purpose)}
    for cut in _cuts(view):
        old, new = (
            _summed(cut, side, counts, keep) for side in (split.before, split.after)
        )
        things = Things(
            dimension=cut.dimension, before=old, after=new, refs=cut.refs, along=along
        )
        yield from shares_moved(view, things)


def _summed(
    cut: _Cut, side: Iterable[int], counts: Counts, keep: Counts
) -> Mapping[str, PartOf]:
    """Return how much of each thing counts, and how much there is of it."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for cell, amount in ((c, a) for at in side for c, a in cut.places[at].items()):
        if keep(cell[1]):
            name = cut.thing(cell) or NOT_STATED
            part, whole = found.get(name, (Fraction(), Fraction()))
            size = Fraction(amount)
            weight = Fraction(decimal_of(float(counts(cell[1]))))
            found[name] = part + size * weight, whole + size
    return {name: (float(part), float(whole)) for name, (part, whole) in found.items()}


def _cuts(view: IndicatorView) -> Iterator[_Cut]:
    """Yield every way to tell hours apart that is known, what is served first."""
    found = tuple(_cells(each) for each in view.once(efforts))
    served = {cell[1][0] for cells in found for cell in cells}
    refs = frozenset(thing for thing in served if thing and thing in view.model)
    yield _Cut("what is served", found, _served, refs)
    named = view.once(_activities)
    if named is not None:
        yield _by_name("activity", named, refs_by_name(view, Activity), _what)
    yield _by_name("role", found, refs_by_name(view, Role), _role)
    yield _by_name("sphere", found, refs_by_name(view, OperatingSphere), _sphere)


def _cells(effort: Effort) -> Cells:
    cells: dict[Cell, Decimal] = {(None, k): v for k, v in effort.amounts.items()}
    if effort.off:
        cells[None, (OFF_UNSAID, None, None)] = effort.off
    return cells


def _by_name(
    dimension: str,
    places: tuple[Cells, ...],
    refs: Mapping[str, str],
    name: Callable[[Cell], str | None],
) -> _Cut:
    """Return a cut in which elements of the model stand for their names."""

    def thing(cell: Cell) -> str | None:
        held = name(cell)
        return refs.get(held, held) if held else None

    return _Cut(dimension, places, thing, frozenset(refs.values()))


def _served(cell: Cell) -> str | None:
    served = cell[1][0]
    return _UNSAID if served == OFF_UNSAID else served


def _what(cell: Cell) -> str | None:
    return cell[0]


def _role(cell: Cell) -> str | None:
    return cell[1][1]


def _sphere(cell: Cell) -> str | None:
    return cell[1][2]


def _activities(view: IndicatorView) -> tuple[Cells, ...] | None:
    """Return the hours of each activity, read in one pass, unless there are too many.

    Nobody can read of so many, and what is held must not grow with the ledger.
    """
    if view.activities is None:
        return None
    tables: tuple[dict[Cell, Decimal], ...] = tuple({} for _ in spans(view))
    many = 0
    for at, record in placed(view, view.activities, ActivityRecord):
        key = (record.serves, record.role, record.sphere)
        held = tables[at].get((record.what, key))
        many += held is None
        if many > MOST_CELLS:
            return None
        tables[at][record.what, key] = plus(held or ZERO, decimal_of(record.hours))
    return tables
