"""Large organizations: many bakeries under one roof, all sound or some with faults.

Each bakery has all that the rules look at: a plan, work, roles and letters, measures
that are read every two weeks, two reviews with agendas, decisions, actions, artifacts
and approvals, snapshots of effort and revenue, affirmations, a waiver.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Final, TypeVar

from attrs import evolve

from missionkit.domain.care import CareFunction, CareRecord
from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.ids import (
    ActivityId,
    AnyId,
    CareRecordId,
    EvidenceId,
    ObservationId,
    OperatingSphereId,
    OrganizationId,
)
from missionkit.domain.intent import Limit, OperatingSphere, Organization
from missionkit.domain.measure import Direction, Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.process import Activity, Process, ValueClass
from missionkit.domain.review import Affirmation, Approval, Evidence, PinnedDigest
from missionkit.domain.role import Responsibility, Role, RoleAssignment
from missionkit.domain.spec import Many, Nested, Reference, Shape, spec_of
from missionkit.rules.families.measures import MOST_OBJECTIVES
from missionkit.testing.fault import GATES
from missionkit.testing.faults import FAULTS
from missionkit.testing.sound import DAY, Outline, cycle_of, sound_model

T = TypeVar("T")
ROOF: Final = OrganizationId("all-bakeries")
FAULTS_EACH: Final = 4
"""How many faults a bakery gets: about one for each hundred elements."""

_OUTLINE: Final = Outline(
    stakeholders=5,
    needs=10,
    goals=3,
    subgoals=3,
    objectives=8,
    processes=6,
    outputs=5,
)
_MANY: Final = Limit(name=MOST_OBJECTIVES.name, value=10**6)
_SPHERE: Final = OperatingSphereId("village")
_FIRST: Final = date(2026, 1, 12)
_READINGS: Final = 10
_TWO_WEEKS: Final = timedelta(weeks=2)


def organization(size: int, *, faults: bool) -> Model:
    """Return a model of about *size* elements."""
    whole = sound_model("review", _OUTLINE)
    roof = evolve(
        organization_in(whole),
        id=ROOF,
        name="All the bakeries",
        limits=(*organization_in(whole).limits, _MANY),
    )
    elements: list[Element] = [roof, *whole.of(Role)]
    for number in count():
        which = number % len(_FAULTS) if faults else None
        elements += told_again(bakery(which), number)
        if len(elements) >= size:
            return Model(elements)
    raise AssertionError


def cycle_in(model: Model) -> str:
    """Return the id of the first review that is going on."""
    return cycle_of(model) or ""


def organization_in(bakery: Model) -> Organization:
    (found,) = bakery.of(Organization)
    return found


@cache
def bakery(number: int | None) -> Model:
    """Return one bakery; with a number it has some of the faults, others by number."""
    held = sound_model("review", _OUTLINE)
    more = held.with_(*_more(held))
    before, now = ({e.id: m.digest(e.id) or "" for e in held} for m in (held, more))
    held = more.with_(*_pinned(more, before, now))
    return held if number is None else _broken(held, number)


_FAULTS: Final = tuple(code for code in FAULTS if not code.startswith(GATES))


def _broken(model: Model, number: int) -> Model:
    first = number * FAULTS_EACH % len(_FAULTS)
    wanted = [*_FAULTS[first:], *_FAULTS[:first]]
    left = FAULTS_EACH
    for code in wanted:
        change = next(FAULTS[code].fitting(model), None)
        if left and change is not None and not change.limits:
            model = FAULTS[code].broken(model, change).model
            left -= 1
    return model


def _more(held: Model) -> Iterator[Element]:
    """Yield what makes a bakery as large as it is in life: the records of its work."""
    whose = organization_in(held).id
    yield OperatingSphere(id=_SPHERE, name="The village", organization=whose)
    for process in held.of(Process):
        yield evolve(process, sphere=_SPHERE)
        yield from _records(process)
    for measure in held.of(SuccessMeasure):
        if measure.targets and measure.targets[0].since == date(2026, 1, 1):
            yield from _readings(measure)


def _records(process: Process) -> Iterator[Element]:
    for step in range(4):
        yield Activity(
            id=ActivityId(f"{process.id}-step-{step}"),
            name=f"Step {step}",
            process=process.id,
            sequence=step,
            value_class=ValueClass.VALUE_ADDED,
        )
    for at, function in enumerate(CareFunction):
        shown = EvidenceId(f"{process.id}-record-{at}")
        care = CareRecord(
            id=CareRecordId(f"{process.id}-care-{at}"),
            summary=f"The {function} was looked after",
            process=process.id,
            function=function,
            on=date(2026, 2, 2),
            evidence=(shown,),
        )
        yield care
        yield Evidence(
            id=shown, locator=f"records/{shown}.pdf", supports=(AnyId(care.id),)
        )


def _readings(measure: SuccessMeasure) -> Iterator[Element]:
    good = 80 if measure.direction is Direction.HIGHER else 10
    for at in range(_READINGS):
        yield Observation(
            id=ObservationId(f"{measure.id}-reading-{at}"),
            measure=measure.id,
            value=Decimal(good + at % 3),
            unit=measure.unit,
            at=_FIRST + at * _TWO_WEEKS,
        )


def told_again(model: Model, number: int) -> Iterator[Element]:
    """Yield the elements of a bakery, all but its roles, under ids of their own."""
    names = {e.id: f"{e.id}-{number}" for e in model if not isinstance(e, Role)}
    whose = names[organization_in(model).id]
    lettered = {each.role for each in model.of(Responsibility)}
    again = {e.id: renamed(e, names) for e in model if e.id in names}
    for element in again.values():
        match element:
            case Organization():
                yield evolve(element, parent=ROOF)
            case RoleAssignment(on=None) if number or element.role in lettered:
                yield evolve(element, on=AnyId(whose))
            case Approval() | Affirmation():
                pass
            case _:
                yield element
    now = {names[ref]: digest_of(e) or "" for ref, e in again.items()}
    before = {names[ref]: model.digest(ref) or "" for ref in names}
    yield from _pinned(again.values(), before, now)


def _pinned(
    elements: Iterable[Element],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> Iterator[Element]:
    """Yield what pins digests: those of what did not change are renewed."""
    for each in elements:
        if isinstance(each, Approval):
            pins = (
                evolve(p, digest=now[p.of]) if p.digest == before[p.of] else p
                for p in each.digests
            )
            yield evolve(each, digests=tuple(pins))
        elif isinstance(each, Affirmation):
            same = each.digest == before[each.target]
            yield evolve(each, digest=now[each.target]) if same else each


def renamed(held: T, names: Mapping[str, str]) -> T:
    """Return an element or value with other ids in the place of those that it has."""
    if isinstance(held, Opaque):
        return evolve(held, id=names[held.id])
    if isinstance(held, PinnedDigest):  # no link, but the id of what was approved
        return evolve(held, of=names.get(held.of, held.of))
    cls: type = type(held)
    found = {
        item.name: _renamed(getattr(held, item.name), item.shape, names)
        for item in spec_of(cls).fields
        if isinstance(item.shape, Reference | Nested | Many)
    }
    return evolve(held, **found)  # type: ignore[misc]


def _renamed(value: object, shape: Shape, names: Mapping[str, str]) -> object:
    match shape, value:
        case Reference(), str():
            return names.get(value, value)
        case Many(container=container, item=item), tuple() | frozenset():
            return container(_renamed(each, item, names) for each in value)
        case Nested(), object(__attrs_attrs__=_):
            return renamed(value, names)
    return value


__all__ = ["DAY", "cycle_in", "organization"]
