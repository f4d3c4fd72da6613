"""Faults of the line of sight."""

from collections.abc import Iterator

from attrs import evolve

from missionkit.domain.ids import (
    AnyId,
    BusinessOutputId,
    NeedId,
    ObjectiveId,
    ProcessId,
    RoleAssignmentId,
)
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import BusinessOutput, Goal, Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import Conclusion
from missionkit.domain.stakeholder import STAKES, Need, NeedStatus, Stakeholder
from missionkit.domain.values import Cadence, Unit
from missionkit.testing.breaking.finding import (
    by_ref,
    living,
    other,
    owners_of,
    pursued,
)
from missionkit.testing.fault import Change, fault


@fault("MK-TRC-001")
def forgotten_need(model: Model) -> Iterator[Change]:
    """Take the last objective away from an accepted need."""
    answered = by_ref(model, Objective, "needs")
    for need in model.of(Need):
        derived = answered.get(need.id, ())
        if need.status is NeedStatus.ACCEPTED and len(derived) == 1:
            rest = tuple(ref for ref in derived[0].needs if ref != need.id)
            if rest:
                yield Change(ref=need.id, put=(evolve(derived[0], needs=rest),))
    for need in model.of(Need):
        if need.status is NeedStatus.ACCEPTED:
            more = NeedId(other(model, "another-need"))
            put = evolve(need, id=more, statement="What else was promised")
            yield Change(ref=more, put=(put,))


@fault("MK-TRC-002")
def aimless_objective(model: Model) -> Iterator[Change]:
    """Take an objective away from the goal that it serves."""
    for objective in pursued(model):
        if objective.goal and objective.weight is None:
            put = evolve(objective, goal=None)
            yield Change(ref=objective.id, path="goal", put=(put,))


@fault("MK-TRC-003")
def goal_of_its_own(model: Model) -> Iterator[Change]:
    """Take a goal away from the core intent that it amplifies."""
    for goal in model.of(Goal):
        if goal.intent and goal.parent is None and goal.weight is None:
            put = evolve(goal, intent=None)
            yield Change(ref=goal.id, path="intent", put=(put,))


@fault("MK-TRC-004")
def unmeasured_objective(model: Model) -> Iterator[Change]:
    """Move the only measure of an objective over to a process."""
    measured = by_ref(model, SuccessMeasure, "of")
    for objective in pursued(model):
        measures = measured.get(objective.id, ())
        if len(measures) == 1:
            for process in living(model):
                put = evolve(measures[0], of=process.id)
                yield Change(ref=objective.id, put=(put,))


@fault("MK-TRC-005")
def unworked_objective(model: Model) -> Iterator[Change]:
    """Put the only process that achieves an objective to work on others."""
    achieved = by_ref(model, Process, "achieves")
    for objective in pursued(model):
        makers = achieved.get(objective.id, ())
        others = tuple(o.id for o in pursued(model) if o is not objective)
        for process in makers if len(makers) == 1 else ():
            rest = tuple(ref for ref in process.achieves if ref != objective.id)
            if rest or others:
                put = evolve(process, achieves=rest or others[:1])
                yield Change(ref=objective.id, put=(put,))


@fault("MK-TRC-006")
def process_for_nothing(model: Model) -> Iterator[Change]:
    """Take all objectives away from a process that serves nothing else."""
    achieved = by_ref(model, Process, "achieves")
    makers = by_ref(model, BusinessOutput, "produced_by")
    for process in living(model):
        if process.realizes or process.contributions or process.id in makers:
            continue
        if all(len(achieved[ref]) > 1 for ref in process.achieves):
            put = evolve(process, achieves=())
            yield Change(ref=process.id, path="achieves", put=(put,))
    ref = ProcessId(other(model, "another-process"))
    for process in living(model):
        put = evolve(process, id=ref, achieves=(), release=None, critical=False)
        put = evolve(put, name="Work for its own sake", realizes=(), contributions=())
        owners = (
            evolve(
                each, id=RoleAssignmentId(other(model, "another-owner")), on=AnyId(ref)
            )
            for each in owners_of(model, process.id)
        )
        yield Change(ref=ref, path="achieves", put=(put, *owners))


@fault("MK-TRC-007")
def unread_measure(model: Model) -> Iterator[Change]:
    """Ask for a reading every day of what was read weeks ago."""
    read = by_ref(model, Observation, "measure")
    measured = by_ref(model, SuccessMeasure, "of")
    measures = (m for o in pursued(model) for m in measured.get(o.id, ()))
    for measure in measures:
        if measure.frequency and measure.id in read:
            put = evolve(measure, frequency=Cadence(1, Unit.DAY))
            yield Change(ref=measure.id, put=(put,))


@fault("MK-TRC-008")
def output_from_nowhere(model: Model) -> Iterator[Change]:
    """Take an output away from the process that produces it."""
    for output in model.of(BusinessOutput):
        put = evolve(output, produced_by=None)
        yield Change(ref=output.id, path="produced_by", put=(put,))
    for need in model.of(Need):
        ref = BusinessOutputId(other(model, "another-output"))
        new = BusinessOutput(
            id=ref, name="Something to hand over", satisfies=(need.id,)
        )
        yield Change(ref=ref, path="produced_by", put=(new,))


@fault("MK-TRC-009")
def need_left_behind(model: Model) -> Iterator[Change]:
    """Ask again for a need whose objectives were all dropped."""
    answered = by_ref(model, Objective, "needs")
    for need in model.of(Need):
        derived = answered.get(need.id, ())
        dropped = all(o.status is ObjectiveStatus.DROPPED for o in derived)
        if derived and dropped and need.status is NeedStatus.WITHDRAWN:
            put = evolve(need, status=NeedStatus.ACCEPTED)
            yield Change(ref=need.id, path="status", put=(put,))
    for objective in model.of(Objective):
        for need in model.of(Need):
            if need.id in objective.needs:
                ref = NeedId(other(model, "another-need"))
                left = evolve(need, id=ref, status=NeedStatus.ACCEPTED)
                gone = evolve(
                    objective,
                    id=ObjectiveId(other(model, "another-objective")),
                    needs=(ref,),
                    status=ObjectiveStatus.DROPPED,
                )
                yield Change(ref=ref, path="status", put=(left, gone))


@fault("MK-TRC-010")
def forgotten_stakeholder(model: Model) -> Iterator[Change]:
    """Take a stake away from the only stakeholder who has it."""
    root = model.root
    said = {each.about for each in model.of(Conclusion)}
    for stake in STAKES:
        holders = [who for who in model.of(Stakeholder) if stake in who.stakes]
        if root and len(holders) == 1 and f"stake:{stake}" not in said:
            left = holders[0].stakes - {stake} or frozenset({"neighbor"})
            put = evolve(holders[0], stakes=left)
            yield Change(ref=root.id, put=(put,))
