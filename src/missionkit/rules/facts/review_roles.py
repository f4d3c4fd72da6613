"""Who plays which role in a review, on any day: what is recorded is judged by that."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.review import Approval, Artifact, ReviewCycle, Waiver
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stages import ReviewAct
from missionkit.domain.workflow import Workflow
from missionkit.ports.rule import RuleView
from missionkit.processes.playing import kind_of_role
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import is_active

_KINDS: Final = frozenset(map(str, RoleKind))
_APPROVING: Final = (ReviewAct.APPROVE, ReviewAct.REAFFIRM)


def players_of(
    view: RuleView,
    cycle: ReviewCycle,
    *,
    on: date | None = None,
    also_left: bool = False,
) -> Mapping[str, frozenset[str]]:
    """Return who plays which role in a review, on the day of the view or another.

    Who plays a role on the review, plays it; where nobody does, whoever plays it for
    what the review looks at, or for the whole organization. With *also_left*, those
    count as well who played it then and are not active now.
    """
    day = view.day if on is None else on
    found: dict[str, frozenset[str]] = {}
    for given in reversed(_given(view, cycle)):
        held = (each for each in given if holds(each.period, day))
        found |= _parties(
            view, (e for e in held if also_left or is_active(view, e.party))
        )
    return found


def _parties(
    view: RuleView, given: Iterable[RoleAssignment]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in given:
        for name in _names(view, each):
            found.setdefault(name, set()).add(str(each.party))
    return {name: frozenset(who) for name, who in found.items()}


def _given(
    view: RuleView, cycle: ReviewCycle
) -> tuple[tuple[RoleAssignment, ...], tuple[RoleAssignment, ...]]:
    """Return the assignments on a review, and those for what is around it."""
    places, root = view.once(_by_place), view.model.root
    around = dict.fromkeys((None, cycle.scope, root.id if root else None))
    far = (each for place in around for each in places.get(place, ()))
    return tuple(places.get(cycle.id, ())), tuple(far)


def _by_place(view: RuleView) -> Mapping[str | None, list[RoleAssignment]]:
    found: dict[str | None, list[RoleAssignment]] = {}
    for each in view.of(RoleAssignment):
        found.setdefault(each.on, []).append(each)
    return found


def _names(view: RuleView, assignment: RoleAssignment) -> tuple[str, ...]:
    """Return how a role goes: by its kind and its id, but not by another one's kind."""
    kind = kind_of_role(assignment.role, view.by_id(Role).get(assignment.role))
    if kind is None:
        return (str(assignment.role),)
    misleading = assignment.role in _KINDS
    return (str(kind),) if misleading else (str(assignment.role), str(kind))


def workflow_of(view: RuleView, cycle: ReviewCycle | None) -> Workflow | None:
    """Return the workflow by which a review runs: that of the view, or the usual one.

    None where it is neither: nobody can say then who might do what.
    """
    if cycle is None:
        return None
    asked = view.cycle is not None and view.cycle.id == cycle.id
    given = view.workflow
    runs_by = (cycle.workflow, cycle.workflow_version)
    if given is not None:
        version = cycle.workflow_version if asked else given.version
        if (given.name, version) == runs_by:
            return given
    return FOUR_STAGES if (FOUR_STAGES.name, FOUR_STAGES.version) == runs_by else None


def approving_roles(view: RuleView, artifact: Artifact) -> tuple[str, ...] | None:
    """Return the roles that may approve an artifact; None where anybody may.

    So it is where its workflow names no roles, or is not known, or it has no review.
    """
    workflow = workflow_of(view, _cycle_of(view, artifact))
    if workflow is None or workflow.open_to_all:
        return None
    named = (workflow.may(act, artifact.stage) for act in _APPROVING)
    return tuple(dict.fromkeys(role for roles in named for role in roles))


def might_approve(view: RuleView, artifact: Artifact, approval: Approval) -> bool:
    """Return whether a party had, when it approved, a role that may approve."""
    may, cycle = approving_roles(view, artifact), _cycle_of(view, artifact)
    if may is None or cycle is None:
        return True
    players = view.once(_Then).players(cycle, approval.at.date())
    return any(approval.party in players.get(role, ()) for role in may)


def _cycle_of(view: RuleView, artifact: Artifact) -> ReviewCycle | None:
    asked = view.cycle
    if asked is not None and artifact.cycle == asked.id:
        return asked
    return view.by_id(ReviewCycle).get(artifact.cycle or "")


class _Then:
    """Who played which role in which review on which day; found out once for each."""

    def __init__(self, view: RuleView) -> None:
        """Begin with nothing found out."""
        self._view: Final = view
        self._known: dict[tuple[str, date], Mapping[str, frozenset[str]]] = {}

    def players(self, cycle: ReviewCycle, day: date) -> Mapping[str, frozenset[str]]:
        """Return those of a day, also who has left since."""
        key = (str(cycle.id), day)
        if key not in self._known:
            found = players_of(self._view, cycle, on=day, also_left=True)
            self._known[key] = found
        return self._known[key]


def why_not_waived(view: RuleView, waiver: Waiver) -> str:
    """Return why a waiver does not count at a gate of the view's review, or nothing.

    It says who asked for it, and who granted it had by the day a role that may waive.
    On which day that was is not recorded.
    """
    if waiver.requested_by is None:
        return "it does not say who asked for it"
    workflow = workflow_of(view, view.cycle)
    if view.cycle is None or workflow is None or workflow.open_to_all:
        return ""
    last = waiver.until if view.on is None else min(view.on, waiver.until)
    held = _roles_by(view, view.cycle, waiver.granted_by, last)
    may = workflow.may(ReviewAct.WAIVE)
    return "" if not held.isdisjoint(may) else "who granted it had no role that may"


def _roles_by(
    view: RuleView, cycle: ReviewCycle, party: str, last: date
) -> frozenset[str]:
    """Return the roles that a party had in a review, or around it, up to a day."""
    return frozenset(
        name
        for given in _given(view, cycle)
        for each in given
        if each.party == party and _begun(each, last)
        for name in _names(view, each)
    )


def _begun(assignment: RoleAssignment, last: date) -> bool:
    start = assignment.period.start if assignment.period else None
    return start is None or start <= last
