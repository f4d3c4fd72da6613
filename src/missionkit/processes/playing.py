"""Who plays a part in processes on a day: active parties alone, as rules see it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.model import Model, in_force
from missionkit.domain.party import Party
from missionkit.domain.role import Role, RoleAssignment, RoleKind

_KINDS: Final = {str(kind): kind for kind in RoleKind}


def kind_of_role(ref: str, role: Role | None) -> RoleKind | None:
    """Return the kind of a role; one that says none is of the kind of its id."""
    if role is not None and role.kind is not None:
        return role.kind
    return _KINDS.get(ref)


def played(model: Model, on: date) -> Iterator[RoleAssignment]:
    """Yield the assignments that hold on a day and are not of a party that left."""
    gone = {str(each.id) for each in model.of(Party) if not each.active}
    for each in in_force(model, RoleAssignment, on=on):
        if each.party not in gone:
            yield each


def owning(model: Model, on: date) -> dict[str, list[RoleAssignment]]:
    """Return the assignments of owners that hold on a day, by what they are for."""
    roles = {str(role.id): role for role in model.of(Role)}
    found: dict[str, list[RoleAssignment]] = {}
    for each in played(model, on):
        kind = kind_of_role(each.role, roles.get(each.role))
        if each.on is not None and kind is RoleKind.OWNER:
            found.setdefault(str(each.on), []).append(each)
    return found
