"""Which roles somebody has in a review: those given on it, or for the organization."""

from collections.abc import Mapping
from typing import Final

from missionkit.domain.history import Actor
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import ReviewCycle
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import is_active

_KINDS: Final = frozenset(map(str, RoleKind))


def roles_of(view: RuleView, cycle: ReviewCycle, by: Actor) -> frozenset[str]:
    """Return the roles of an actor in a review on the day of the view.

    Who plays a role on the review, plays it; where nobody does, whoever plays it for
    what the review looks at, or for the whole organization. A role goes by its kind
    and by its id, but of no kind by the name of another one. The
    actor's own list only narrows what the model gives.
    """
    actor = view.model.find(by.id)
    if isinstance(actor, Opaque) and actor.erased:
        return frozenset()  # what was left of a person acts no more
    found = {
        name for name, parties in players_of(view, cycle).items() if by.id in parties
    }
    return frozenset(found if by.roles is None else found & set(by.roles))


def players_of(
    view: RuleView, cycle: ReviewCycle, *, also_left: bool = False
) -> Mapping[str, frozenset[str]]:
    """Return who plays which role in a review on the day of the view.

    With *also_left*, those count as well who played it then and are not active now.
    """
    root = view.model.root
    whole: set[str | None] = {None, cycle.scope, root.id if root else None}
    own: str = cycle.id
    near: dict[str, set[str]] = {}
    far: dict[str, set[str]] = {}
    roles = view.by_id(Role)
    for each in view.of(RoleAssignment):
        place = near if each.on == own else far if each.on in whole else None
        if place is None or not holds(each.period, view.day):
            continue
        if also_left or is_active(view, each.party):
            for name in _names(roles.get(each.role), each):
                place.setdefault(name, set()).add(str(each.party))
    return {name: frozenset(who) for name, who in (far | near).items()}


def _names(role: Role | None, assignment: RoleAssignment) -> tuple[str, ...]:
    kind = role.kind if role else None
    if kind is None:
        return (str(assignment.role),)
    misleading = assignment.role in _KINDS
    return (str(kind),) if misleading else (str(assignment.role), str(kind))
