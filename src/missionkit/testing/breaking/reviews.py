"""Faults of how reviews are held and followed up."""

from collections.abc import Iterator
from datetime import timedelta

from attrs import evolve

from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import ReleaseLadder, ReleaseState
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    CycleStatus,
    Decision,
    DecisionKind,
    ImprovementAction,
    ReviewCycle,
    Waiver,
)
from missionkit.domain.values import Cadence, Unit
from missionkit.testing.breaking.finding import cycle_in, living, owners_of, showing
from missionkit.testing.fault import Change, fault
from missionkit.testing.sound import DAY


@fault("MK-REV-029", shape="review")
def item_passed_over(model: Model) -> Iterator[Change]:
    """Leave it open what became of an item of the agenda."""
    for item in model.of(AgendaItem):
        put = evolve(item, disposition=None)
        yield Change(ref=item.id, path="disposition", put=(put,))


@fault("MK-REV-030", shape="review")
def undecided_result(model: Model) -> Iterator[Change]:
    """Take the decision about a bad result out of the review that it was made in."""
    missed = [
        AnyId(each.id)
        for each in model.of(Objective)
        if each.status is ObjectiveStatus.MISSED
    ]
    for decision in model.of(Decision):
        for ref in missed:
            if decision.cycle and ref in decision.addresses:
                put = evolve(decision, cycle=None)
                yield Change(ref=ref, path="status", put=(put,))


@fault("MK-REV-031", shape="review")
def action_of_nobody(model: Model) -> Iterator[Change]:
    """Take the owner of an action away."""
    for action in model.of(ImprovementAction):
        owners = owners_of(model, action.id)
        if action.status is ActionStatus.IN_PROGRESS and len(owners) == 1:
            yield Change(ref=action.id, gone=(owners[0].id,))


@fault("MK-REV-032", shape="review")
def lost_action(model: Model) -> Iterator[Change]:
    """Take an open action out of what a review took over from the last one."""
    for review in cycle_in(model):
        for made in showing(model, review.id, "carry-over"):
            for action in model.of(ImprovementAction):
                rest = tuple(ref for ref in made.covers if ref != AnyId(action.id))
                if rest != made.covers:
                    put = evolve(made, covers=rest)
                    yield Change(ref=made.id, path="covers", put=(put,))


@fault("MK-REV-033", shape="review")
def no_choice(model: Model) -> Iterator[Change]:
    """Leave out what else could have been decided."""
    for decision in model.of(Decision):
        if decision.kind is DecisionKind.COURSE_CORRECTION:
            put = evolve(decision, options=())
            yield Change(ref=decision.id, path="options", put=(put,))


@fault("MK-REV-034", shape="review")
def expired_waiver(model: Model) -> Iterator[Change]:
    """Let a waiver end on the day before."""
    for waiver in model.of(Waiver):
        put = evolve(waiver, until=DAY - timedelta(days=1))
        yield Change(ref=waiver.id, path="until", put=(put,))


@fault("MK-REV-035", shape="review")
def late_review(model: Model) -> Iterator[Change]:
    """Ask for a review each quarter where one is held each year."""
    for review in cycle_in(model):
        for last in model.of(ReviewCycle):
            if last.id == review.previous and last.status is CycleStatus.CLOSED:
                put = evolve(last, cadence=Cadence(1, Unit.QUARTER))
                yield Change(ref=review.id, put=(put,))


@fault("MK-REV-036", shape="review")
def critical_and_not_in_use(model: Model) -> Iterator[Change]:
    """Take a critical process back to where it was not commissioned."""
    for process in living(model):
        ladder = process.release
        if process.critical and ladder and ladder.state is ReleaseState.COMMISSIONED:
            put = evolve(process, release=ReleaseLadder(steps=ladder.steps[:-1]))
            yield Change(ref=process.id, path="release", put=(put,))
