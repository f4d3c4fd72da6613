"""Faults at the gates of `enable`."""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from missionkit.domain.context import ImpactKind, PotentialImpact
from missionkit.domain.ids import AnyId
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal
from missionkit.domain.process import (
    DemandStatus,
    Flow,
    ReleaseLadder,
    ReleaseState,
    ResourceDemand,
)
from missionkit.domain.review import Artifact
from missionkit.testing.breaking import responsibility, tracing
from missionkit.testing.breaking.finding import by_ref, cycle_in, living, pursued
from missionkit.testing.fault import Change, again, fault

work_and_aim_apart: Final = again("MK-GAT-018", tracing.unworked_objective)
matrix_not_clean: Final = again("MK-GAT-020", responsibility.nobody_accountable)


@fault("MK-GAT-017", shape="review", stale=True)
def stale_direction(model: Model) -> Iterator[Change]:
    """Change a goal after it was approved."""
    for review in cycle_in(model):
        for made in by_ref(model, Artifact, "cycle").get(review.id, ()):
            for goal in model.of(Goal):
                if AnyId(goal.id) in made.covers:
                    put = evolve(goal, description="More than was approved")
                    yield Change(ref=made.id, put=(put,))


@fault("MK-GAT-019", shape="review")
def unanswered_brief(model: Model) -> Iterator[Change]:
    """Leave one of the five questions about a process open."""
    for process in living(model):
        if process.brief:
            put = evolve(process, brief=evolve(process.brief, price=None))
            yield Change(ref=process.id, path="brief.price", put=(put,))


@fault("MK-GAT-021", shape="review")
def flow_to_nowhere(model: Model) -> Iterator[Change]:
    """Let nobody take what a process gives."""
    for flow in model.of(Flow):
        if flow.source:
            put = evolve(flow, target=None)
            yield Change(ref=flow.id, path="target", put=(put,))


@fault("MK-GAT-022", shape="review")
def unscheduled_measure(model: Model) -> Iterator[Change]:
    """Leave it open how often a measure is read."""
    measured = by_ref(model, SuccessMeasure, "of")
    for objective in pursued(model):
        for measure in measured.get(objective.id, ()):
            put = evolve(measure, frequency=None)
            yield Change(ref=measure.id, path="frequency", put=(put,))


@fault("MK-GAT-023", shape="review")
def unsettled_demand(model: Model) -> Iterator[Change]:
    """Leave a demand for resources unanswered."""
    for demand in model.of(ResourceDemand):
        put = evolve(demand, status=DemandStatus.REQUESTED)
        yield Change(ref=demand.id, path="status", put=(put,))


@fault("MK-GAT-024", shape="review")
def process_not_in_use(model: Model) -> Iterator[Change]:
    """Take a process back to where it was only published."""
    for process in living(model):
        if process.release and process.release.state is ReleaseState.INSTALLED:
            left = ReleaseLadder(steps=process.release.steps[:-1])
            put = evolve(process, release=left)
            yield Change(ref=process.id, path="release", put=(put,))


@fault("MK-GAT-025", shape="review")
def unanswered_risk(model: Model) -> Iterator[Change]:
    """Leave a risk without a response."""
    for risk in model.of(PotentialImpact):
        if risk.kind is ImpactKind.RISK:
            put = evolve(risk, response=None)
            yield Change(ref=risk.id, path="response", put=(put,))
