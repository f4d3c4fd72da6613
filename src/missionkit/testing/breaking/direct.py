"""Faults at the gates of `direct`."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from missionkit.domain.ids import RoleAssignmentId, unused
from missionkit.domain.intent import CoreIntent
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.plan import CourseOfAction, Goal, Objective, ObjectiveStatus
from missionkit.domain.review import Approval, Artifact
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Contribution
from missionkit.testing.breaking import structure, tracing
from missionkit.testing.breaking.finding import by_ref, players_of, pursued
from missionkit.testing.fault import Change, again, fault

need_not_answered: Final = again("MK-GAT-010", tracing.forgotten_need)
weights_not_whole: Final = again("MK-GAT-015", structure.too_much_weight)


@fault("MK-GAT-011", shape="review")
def blind_goal(model: Model) -> Iterator[Change]:
    """Take a goal that objectives serve away from the core intent."""
    served = by_ref(model, Objective, "goal")
    for goal in model.of(Goal):
        kept = any(o.status is ObjectiveStatus.ACTIVE for o in served.get(goal.id, ()))
        if goal.intent and goal.parent is None and kept:
            put = evolve(goal, intent=None)
            yield Change(ref=goal.id, path="intent", put=(put,))


@fault("MK-GAT-012", shape="review")
def objective_not_ready(model: Model) -> Iterator[Change]:
    """Leave it open from which value on an objective is missed."""
    measured = by_ref(model, SuccessMeasure, "of")
    for objective in pursued(model):
        measures = measured.get(objective.id, ())
        if len(measures) == 1:
            put = evolve(measures[0], threshold=None)
            yield Change(ref=measures[0].id, path="threshold", put=(put,))


@fault("MK-GAT-013", shape="review")
def need_hurt(model: Model) -> Iterator[Change]:
    """Let a course of action hurt an objective that answers a need."""
    for course in model.of(CourseOfAction):
        for objective in pursued(model):
            harm = Contribution(target=objective.id, weight=-80)
            put = evolve(course, contributions=(*course.contributions, harm))
            path = f"contributions[{len(course.contributions)}].weight"
            yield Change(ref=course.id, path=path, put=(put,))


@fault("MK-GAT-014", shape="review")
def endless_plan(model: Model) -> Iterator[Change]:
    """Leave it open until when a strategy of its own is carried out."""
    carried_out = by_ref(model, CourseOfAction, "implements")
    for course in model.of(CourseOfAction):
        if not course.implements and course.id not in carried_out:
            put = evolve(course, period=None)
            yield Change(ref=course.id, path="period", put=(put,))


@fault("MK-GAT-016", shape="review")
def intent_without_sponsor(model: Model) -> Iterator[Change]:
    """Let a reviewer who is no sponsor, and has not made it, approve the mission."""
    sponsors = {each.party for each in players_of(model, RoleKind.SPONSOR)}
    reviewing = players_of(model, RoleKind.REVIEWER)[:1]
    for approval in model.of(Approval):
        made = model.get(Artifact, approval.artifact)
        barred = {*sponsors, made.author, made.submitter}
        pinned = {str(pin.of) for pin in approval.digests}
        for intent in model.of(CoreIntent):
            for party in model.of(Party):
                if intent.id in pinned and party.id not in barred:
                    ref = RoleAssignmentId(unused("also", "role_assignment", model))
                    also = (evolve(r, id=ref, party=party.id) for r in reviewing)
                    put = evolve(approval, party=party.id)
                    yield Change(ref=intent.id, put=(put, *also))
