"""Where in a sound model something can be broken."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.review import Artifact, ReviewCycle
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.ports.rule import LimitSpec
from missionkit.testing.sound import cycle_of

E = TypeVar("E", bound=Element)


def by_ref(model: Model, kind: type[E], name: str) -> Mapping[str, tuple[E, ...]]:
    """Return the elements of a kind by the ids that their field *name* holds."""
    found: dict[str, tuple[E, ...]] = {}
    for each in model.of(kind):
        held = getattr(each, name)
        for ref in (held,) if isinstance(held, str) else held or ():
            found[ref] = (*found.get(ref, ()), each)
    return found


def other(model: Model, ref: str) -> str:
    """Return an id that no element has, like *ref*."""
    return ref if ref not in model else other(model, f"{ref}-2")


def living(model: Model) -> Iterator[Process]:
    """Yield the processes that have not retired."""
    for process in model.of(Process):
        if not process.release or process.release.state is not ReleaseState.RETIRED:
            yield process


def pursued(model: Model) -> Iterator[Objective]:
    """Yield the objectives that are pursued."""
    for objective in model.of(Objective):
        if objective.status is ObjectiveStatus.ACTIVE:
            yield objective


def owners_of(model: Model, ref: str) -> tuple[RoleAssignment, ...]:
    """Return the assignments of owners of an element."""
    return tuple(e for e in players_of(model, RoleKind.OWNER) if e.on == ref)


def limit_of(model: Model, spec: LimitSpec) -> float:
    """Return a limit as the root organization states it, or the rule's own."""
    stated = model.root.limits if model.root else ()
    return next((e.value for e in stated if e.name == spec.name), spec.default)


def cycle_in(model: Model) -> Iterator[ReviewCycle]:
    """Yield the review that is going on, where one is."""
    ref = cycle_of(model)
    if ref:
        yield model.get(ReviewCycle, ref)


def showing(model: Model, cycle: str | None, view: str) -> Iterator[Artifact]:
    """Yield the artifacts of a review with a view."""
    for made in model.of(Artifact):
        if made.cycle == cycle and made.view == view:
            yield made


def players_of(model: Model, kind: RoleKind) -> tuple[RoleAssignment, ...]:
    """Return who plays roles of a kind, for anything."""
    roles = {each.id for each in model.of(Role) if each.kind is kind}
    return tuple(each for each in model.of(RoleAssignment) if each.role in roles)
