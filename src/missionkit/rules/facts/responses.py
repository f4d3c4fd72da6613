"""Gates ask whether the response to each risk is somebody's work.

A response is *placed* by an action that addresses the risk, by a directive that
governs both the risk and a process, or by a relation between the two. Who takes a
risk on, retained or pursued, owns it or has decided to accept it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.context import ImpactKind, PotentialImpact, Response
from missionkit.domain.plan import Directive
from missionkit.domain.process import Activity, Process
from missionkit.domain.relation import Relation
from missionkit.domain.review import Decision, DecisionKind
from missionkit.domain.role import RoleAssignment, RoleKind
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import enable as codes
from missionkit.rules.facts.consequences import is_acted_on
from missionkit.rules.facts.players import NEEDS_A_DAY, assigned, players
from missionkit.trace.lifetime import is_retired

_TAKEN_ON: Final = frozenset({Response.RETAIN, Response.PURSUE})


def risks_not_answered(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each risk without a response that is somebody's work."""
    owners = assigned(view, RoleKind.OWNER)
    unknown = []
    for risk in view.of(PotentialImpact):
        if risk.kind is not ImpactKind.RISK:
            continue
        if risk.response is None:
            yield codes.RISK_NOT_ANSWERED.issue(
                f"{view.named(risk)} has no response.", ref=risk.id, path="response"
            )
            continue
        taken_on = risk.response in _TAKEN_ON
        placed = (
            _is_borne(view, risk.id, owners.get(risk.id, ()))
            if taken_on
            else _is_placed(view, risk.id)
        )
        if placed is None:
            unknown.append(risk.id)
        elif not placed:
            yield codes.RISK_NOT_ANSWERED.issue(
                f"{view.named(risk)} {_WANTING[taken_on]}.",
                ref=risk.id,
                value=risk.response,
                fix=_REMEDY[taken_on],
            )
    if unknown:
        yield NotJudged(codes.RISK_NOT_ANSWERED.code, NEEDS_A_DAY, tuple(unknown))


_WANTING: Final = {
    True: "is taken on, but by nobody",
    False: "has a response that no process gives",
}
_REMEDY: Final = {
    True: "assign an owner on the risk, or record the decision to accept it",
    False: "address it by an action, or tie it to a process by a directive or relation",
}


def _is_borne(
    view: RuleView, ref: str, owners: Iterable[RoleAssignment]
) -> bool | None:
    decisions = view.referring(Decision, "addresses").get(ref, ())
    if any(decision.kind is DecisionKind.ACCEPT_RISK for decision in decisions):
        return True
    who = players(view, owners, view.on)
    return True if who.sure else None if who.perhaps else False


def _is_placed(view: RuleView, ref: str) -> bool:
    if is_acted_on(view, ref):
        return True
    directives = view.referring(Directive, "governs").get(ref, ())
    starting = view.referring(Relation, "source").get(ref, ())
    leading = view.referring(Relation, "target").get(ref, ())
    tied = (
        *(governed for directive in directives for governed in directive.governs),
        *(relation.target for relation in starting),
        *(relation.source for relation in leading),
    )
    return _is_work(view, tied)


def _is_work(view: RuleView, refs: Iterable[str]) -> bool:
    """Return whether one of the elements is a living process, or a part of one."""
    processes, activities = view.by_id(Process), view.by_id(Activity)
    for ref in refs:
        activity = activities.get(ref)
        process = processes.get((activity.process or "") if activity else ref)
        if process is not None and not is_retired(process, view.on):
            return True
    return False
