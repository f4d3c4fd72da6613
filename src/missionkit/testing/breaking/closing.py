"""Faults at the gates of `review`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attrs import evolve

from missionkit.domain.ids import AnyId
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import (
    AgendaItem,
    Artifact,
    Decision,
    DecisionKind,
    ImprovementAction,
    Meeting,
)
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Period
from missionkit.testing.breaking import drift
from missionkit.testing.breaking.finding import by_ref, cycle_in, players_of, pursued
from missionkit.testing.fault import Change, again, fault
from missionkit.testing.sound import DAY

signal_not_answered: Final = again("MK-GAT-030", drift.unanswered_signal)


@fault("MK-GAT-026", shape="review")
def review_too_early(model: Model) -> Iterator[Change]:
    """Let the review look at no more than the last weeks."""
    for review in cycle_in(model):
        weeks = Period(DAY - timedelta(days=20), DAY)
        put = evolve(review, period=weeks)
        yield Change(ref=review.id, path="period", put=(put,))


@fault("MK-GAT-027", shape="review", stale=True)
def stale_system(model: Model) -> Iterator[Change]:
    """Change a process after the map of processes was approved."""
    for review in cycle_in(model):
        for made in by_ref(model, Artifact, "cycle").get(review.id, ()):
            for process in model.of(Process):
                if AnyId(process.id) in made.covers:
                    put = evolve(process, purpose="Another one than was approved")
                    yield Change(ref=made.id, put=(put,))


@fault("MK-GAT-028", shape="review")
def item_without_evidence(model: Model) -> Iterator[Change]:
    """Dispose of an item of the agenda without evidence."""
    for review in cycle_in(model):
        for item in by_ref(model, AgendaItem, "cycle").get(review.id, ()):
            put = evolve(item, evidence=())
            yield Change(ref=item.id, path="evidence", put=(put,))


@fault("MK-GAT-029", shape="review")
def unevaluated_objective(model: Model) -> Iterator[Change]:
    """Take the only reading of an objective away."""
    read = by_ref(model, Observation, "measure")
    measured = by_ref(model, SuccessMeasure, "of")
    for objective in pursued(model):
        measures = measured.get(objective.id, ())
        readings = [one for each in measures for one in read.get(each.id, ())]
        if len(readings) == 1:
            yield Change(ref=objective.id, gone=(readings[0].id,))


@fault("MK-GAT-031", shape="review")
def missed_without_cause(model: Model) -> Iterator[Change]:
    """Miss an objective of which nobody looked for the cause."""
    for objective in pursued(model):
        put = evolve(objective, status=ObjectiveStatus.MISSED)
        yield Change(ref=objective.id, put=(put,))


@fault("MK-GAT-032", shape="review")
def decision_without_action(model: Model) -> Iterator[Change]:
    """Take the only action that follows from a decision away from it."""
    following = by_ref(model, ImprovementAction, "decision")
    for review in cycle_in(model):
        for decision in by_ref(model, Decision, "cycle").get(review.id, ()):
            actions = following.get(decision.id, ())
            if len(actions) == 1:
                put = evolve(actions[0], decision=None)
                yield Change(ref=decision.id, put=(put,))


@fault("MK-GAT-033", shape="review")
def mission_not_questioned(model: Model) -> Iterator[Change]:
    """Leave it open whether the mission is still right."""
    for review in cycle_in(model):
        for decision in by_ref(model, Decision, "cycle").get(review.id, ()):
            if decision.kind is DecisionKind.CONFIRM_COURSE:
                put = evolve(decision, kind=DecisionKind.IMPROVEMENT)
                yield Change(ref=review.id, put=(put,))


@fault("MK-GAT-034", shape="review")
def absent_sponsor(model: Model) -> Iterator[Change]:
    """Hold the closing session without the sponsor."""
    sponsors = {each.party for each in players_of(model, RoleKind.SPONSOR)}
    for review in cycle_in(model):
        held = by_ref(model, Meeting, "cycle").get(review.id, ())
        for meeting in held if len(held) == 1 else ():
            rest = tuple(one for one in meeting.attendees if one not in sponsors)
            yield Change(ref=review.id, put=(evolve(meeting, attendees=rest),))
