"""Who plays a role: for sure, or perhaps where that depends on the day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.party import Party
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.ports.rule import RuleView
from missionkit.processes.playing import kind_of_role
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
    known = view.by_id(Party)
    sure: set[str] = set()
    perhaps: set[str] = set()
    for each in assignments:
        party, held = known.get(each.party), holds(each.period, day)
        if held is not False and (party is None or party.active):
            (sure if held else perhaps).add(str(each.party))
    return Players(frozenset(sure), frozenset(perhaps - sure))


NOBODY: Final = Players(frozenset(), frozenset())


def owners(view: RuleView, ref: str) -> Players:
    """Return who owns an element on the day of the view; found out only once."""
    found = view.once(_owners)
    if ref not in found:
        given = assigned(view, RoleKind.OWNER).get(ref)
        found[ref] = players(view, given, view.on) if given else NOBODY
    return found[ref]


def _owners(_view: RuleView) -> dict[str, Players]:
    return {}


def is_active(view: RuleView, party: str) -> bool:
    """Return whether a party can play a part; of one whose class is absent, yes."""
    found = view.by_id(Party).get(party)
    return found is None or found.active


def assigned(view: RuleView, kind: RoleKind) -> Mapping[str, list[RoleAssignment]]:
    """Return the assignments of roles of a kind, by the element they are for."""
    return view.once(_assigned).get(kind, {})


def _assigned(
    view: RuleView,
) -> Mapping[RoleKind | None, Mapping[str, list[RoleAssignment]]]:
    roles = view.by_id(Role)
    found: dict[RoleKind | None, dict[str, list[RoleAssignment]]] = {}
    for each in view.of(RoleAssignment):
        if each.on is not None:
            kind = kind_of_role(each.role, roles.get(each.role))
            found.setdefault(kind, {}).setdefault(each.on, []).append(each)
    return found


def handed_over(view: RuleView, ref: str, day: date) -> frozenset[str]:
    """Return who owned something until the day before one on which others began to.

    On that day they did, too, as long as it was not given away.
    """
    given = assigned(view, RoleKind.OWNER).get(ref, ())
    beginning = {
        each.party for each in given if each.period and each.period.start == day
    }
    last = date.fromordinal(max(day.toordinal() - 1, date.min.toordinal()))
    left = {each.party for each in given if each.period and each.period.end == last}
    return frozenset(map(str, left)) if beginning - left else frozenset()
