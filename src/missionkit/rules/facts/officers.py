"""Who plays a role for the whole organization."""

from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.ports.rule import RuleView
from missionkit.processes.playing import kind_of_role


def officers(view: RuleView, kind: RoleKind) -> tuple[RoleAssignment, ...]:
    """Return the assignments of roles of a kind for the whole organization.

    They name the root organization, or nothing at all.
    """
    root = view.model.root
    whole: set[str | None] = {None, root.id if root else None}
    roles = view.by_id(Role)
    return tuple(
        each
        for each in view.of(RoleAssignment)
        if each.on in whole and kind_of_role(each.role, roles.get(each.role)) is kind
    )
