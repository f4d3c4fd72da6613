"""Who plays a role: for sure, or perhaps where that depends on the day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.party import Party
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.lifetime import holds

NEEDS_A_DAY: Final = "roles are assigned for a period, so it needs a day: pass on="


@frozen
class Players:
    """Parties who play a part: those who do for sure, and those who may."""

    sure: frozenset[str]
    perhaps: frozenset[str]


def players(
    view: RuleView, assignments: Iterable[RoleAssignment], day: date | None
) -> Players:
    """Return the active parties of some assignments, as far as these hold on a day."""
    sure, perhaps = set(), set()
    for each in assignments:
        held = holds(each.period, day)
        if held and is_active(view, each.party):
            sure.add(str(each.party))
        elif held is None and is_active(view, each.party):
            perhaps.add(str(each.party))
    return Players(frozenset(sure), frozenset(perhaps - sure))


def is_active(view: RuleView, party: str) -> bool:
    """Return whether a party can play a part; of one whose class is absent, yes."""
    found = view.by_id(Party).get(party)
    return found is None or found.active


def assigned(view: RuleView, kind: RoleKind) -> Mapping[str, list[RoleAssignment]]:
    """Return the assignments of roles of a kind, by the element they are for."""
    roles = view.by_id(Role)
    found: dict[str, list[RoleAssignment]] = {}
    for each in view.of(RoleAssignment):
        role = roles.get(each.role)
        if each.on is not None and role is not None and role.kind is kind:
            found.setdefault(each.on, []).append(each)
    return found
