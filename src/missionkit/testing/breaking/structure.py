"""Faults of how things fit together."""

from collections.abc import Iterator

from attrs import evolve

from missionkit.domain.ids import AnyId, CoreIntentId, RelationId
from missionkit.domain.intent import CoreIntent
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal
from missionkit.domain.relation import Relation
from missionkit.domain.review import StageRun
from missionkit.domain.values import Contribution, Period
from missionkit.testing.breaking.finding import other, pursued
from missionkit.testing.fault import Change, fault


@fault("MK-STR-006")
def unreadable_target(model: Model) -> Iterator[Change]:
    """Point a link at an element of a kind that is not known."""
    oven, ref = other(model, "the-oven"), RelationId(other(model, "another-link"))
    for goal in model.of(Goal):
        link = Relation(
            id=ref, source=AnyId(goal.id), target=AnyId(oven), kind="depends on"
        )
        put = (Opaque(kind="millbrook.oven", id=oven), link)
        yield Change(ref=ref, path="target", put=put)


@fault("MK-STR-023")
def circle_of_help(model: Model) -> Iterator[Change]:
    """Let a goal help the objective by which it is served."""
    goals = {each.id: each for each in model.of(Goal)}
    for objective in pursued(model):
        goal = goals.get(objective.goal) if objective.goal else None
        if goal is not None:
            back = Contribution(target=objective.id, weight=30)
            put = evolve(goal, contributions=(*goal.contributions, back))
            path = f"contributions[{len(goal.contributions)}].target"
            yield Change(ref=goal.id, path=path, put=(put,))


@fault("MK-STR-024")
def too_much_weight(model: Model) -> Iterator[Change]:
    """Give one objective more weight than all may have together."""
    for objective in pursued(model):
        if objective.goal:
            put = evolve(objective, weight=(objective.weight or 1) + 0.5)
            yield Change(ref=objective.goal, put=(put,))


@fault("MK-STR-026")
def two_missions(model: Model) -> Iterator[Change]:
    """Set a mission in force before the one before it has ended."""
    for intent in model.of(CoreIntent):
        for later in model.of(CoreIntent):
            period, start = intent.effective, later.effective and later.effective.start
            if period and period.end and start and period.end < start:
                put = evolve(intent, effective=evolve(period, end=start))
                yield Change(ref=later.id, path="effective", put=(put,))
    for intent in model.of(CoreIntent):
        only = len(model.of(CoreIntent)) == 1
        if only and intent.effective and intent.effective.end:
            ref = CoreIntentId(other(model, "another-mission"))
            put = evolve(intent, id=ref, effective=Period(intent.effective.end))
            yield Change(ref=ref, path="effective", put=(put,))


@fault("MK-STR-027", shape="review")
def skipped_pass(model: Model) -> Iterator[Change]:
    """Skip a number in the passes of a stage."""
    for run in model.of(StageRun):
        more = [
            r
            for r in model.of(StageRun)
            if (r.cycle, r.stage) == (run.cycle, run.stage)
        ]
        if run.pass_number == len(more):
            put = evolve(run, pass_number=run.pass_number + 1)
            yield Change(ref=run.id, path="pass_number", put=(put,))
