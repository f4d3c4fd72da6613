"""Whether the line from stakeholders' needs to the work of processes is whole."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import BusinessOutput, Goal, Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import Conclusion, ConclusionKind
from missionkit.domain.stakeholder import STAKES, Need, NeedStatus, Stakeholder
from missionkit.domain.values import Cadence
from missionkit.issue import Issue, nearest
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import tracing as codes
from missionkit.rules.facts.intents import intents_not_approved
from missionkit.trace.lifetime import is_retired
from missionkit.trace.linkage import purposeful
from missionkit.trace.readings import known_on, taken_on

_DROPPED: Final = ObjectiveStatus.DROPPED
_OPEN: Final = frozenset({NeedStatus.PROPOSED, NeedStatus.ACCEPTED})
_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})
MISSED_READINGS: Final = LimitSpec(
    "missed_readings", 2, "how many readings of a measure may be due and missing"
)


def _kept(view: RuleView) -> Iterator[Objective]:
    """Yield the objectives that were not dropped."""
    for objective in view.of(Objective):
        if objective.status is not _DROPPED:
            yield objective


def needs_without_objective(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each accepted need from which no objective is derived."""
    answered = view.referring(Objective, "needs")
    for need in view.of(Need):
        if need.status is NeedStatus.ACCEPTED and need.id not in answered:
            yield codes.NEED_WITHOUT_OBJECTIVE.issue(
                f"{view.named(need)} is accepted, but no objective answers it.",
                ref=need.id,
            )


def objectives_without_goal(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each objective that serves no goal and was not dropped."""
    for objective in _kept(view):
        if objective.goal is None:
            yield codes.OBJECTIVE_WITHOUT_GOAL.issue(
                f"{view.named(objective)} serves no goal.",
                ref=objective.id,
                path="goal",
            )


def goals_without_intent(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each goal without an intent, and for each not approved.

    The goals below it are mended with it, so they are not reported again. An intent in
    force to which goals lead is one issue, where it is not approved as it is now.
    """
    for goal in view.of(Goal):
        if goal.intent is None and goal.parent is None:
            yield codes.GOAL_WITHOUT_INTENT.issue(
                f"{view.named(goal)} leads to no core intent.",
                ref=goal.id,
                path="intent",
            )
    yield from intents_not_approved(view)


def objectives_without_measure(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each objective that nothing measures and was not dropped."""
    measured = view.referring(SuccessMeasure, "of")
    for objective in _kept(view):
        if objective.id not in measured:
            yield codes.OBJECTIVE_WITHOUT_MEASURE.issue(
                f"{view.named(objective)} has no success measure.", ref=objective.id
            )


def objectives_without_process(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each kept objective that no living process achieves."""
    achieved = view.referring(Process, "achieves")
    for objective in _kept(view):
        processes = achieved.get(objective.id, ())
        if all(is_retired(process, view.on) for process in processes):
            only = "only by retired processes" if processes else "by no process"
            yield codes.OBJECTIVE_WITHOUT_PROCESS.issue(
                f"{view.named(objective)} is achieved {only}.", ref=objective.id
            )


def processes_without_objective(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each living process that achieves no kept objective.

    One that serves a goal or an objective in another way, such as by a contribution or
    by an output that a need asks for, is no orphan, here as in coverage.
    """
    objectives = view.by_id(Objective)
    for process in view.of(Process):
        achieved = [objectives.get(ref) for ref in process.achieves]
        kept = any(o is None or o.status is not _DROPPED for o in achieved)
        if kept or is_retired(process, view.on):
            continue
        if process.id not in view.once(_purposeful):
            what = "only objectives that were dropped" if achieved else "no objective"
            yield codes.PROCESS_WITHOUT_OBJECTIVE.issue(
                f"{view.named(process)} achieves {what}.",
                ref=process.id,
                path="achieves",
            )


def _purposeful(view: RuleView) -> frozenset[str]:
    return purposeful(view.model)


def measures_not_observed(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each measure whose last readings are missing.

    They are due while the objective is pursued, to the end of its period, or from when
    the process was first developed until it is retired. The first is counted from the
    first target, or else from the start of that period.
    """
    readings = view.referring(Observation, "measure")
    undated = []
    for measure in view.of(SuccessMeasure):
        day = _last_day(view, measure)
        if measure.frequency is None or day is None:
            continue
        own = readings.get(measure.id, ())
        last = max(_taken(view, own, day), default=None)
        if last is None and any(taken_on(each) is None for each in own):
            undated.append(measure.id)
        elif _is_late(view, measure.frequency, last or _begin(view, measure), day):
            found = f"last observed on {last}" if last else "never observed"
            yield codes.MEASURE_NOT_OBSERVED.issue(
                f"{view.named(measure)} was {found}, though due {measure.frequency}.",
                ref=measure.id,
                value=last or "never",
            )
    if undated:
        why = "the readings have no day"
        yield NotJudged(codes.MEASURE_NOT_OBSERVED.code, why, tuple(undated))


def _taken(
    view: RuleView, readings: Iterable[Observation], last: date
) -> Iterator[date]:
    """Yield the days of readings, up to a last one, that are known by now."""
    for reading in readings:
        day, known = taken_on(reading), known_on(reading)
        if day and known and day <= last and known <= view.day:
            yield day


def _is_late(view: RuleView, due: Cadence, since: date | None, day: date) -> bool:
    missed = int(view.limit(MISSED_READINGS.name))
    return since is None or due.after(since, missed) < day


def _last_day(view: RuleView, measure: SuccessMeasure) -> date | None:
    """Return up to which day a measure is to be read; None where no longer at all."""
    process = view.by_id(Process).get(measure.of or "")
    if process is not None and is_retired(process, view.on):
        return None
    objective = view.by_id(Objective).get(measure.of or "")
    if objective is None:
        return view.day
    if objective.status not in _PURSUED:
        return None
    end = objective.period.end if objective.period else None
    return min(view.day, end or view.day)


def _begin(view: RuleView, measure: SuccessMeasure) -> date | None:
    first = min((t.since for t in measure.targets if t.since), default=None)
    process = view.by_id(Process).get(measure.of or "")
    if process is not None and process.release is not None:
        developed = process.release.steps[0].on
        return max(developed, first or developed)
    objective = view.by_id(Objective).get(measure.of or "")
    period = objective.period if objective else None
    return first or (period.start if period else None)


def outputs_without_process(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each business output that no living process produces."""
    processes = view.by_id(Process)
    for output in view.of(BusinessOutput):
        maker = processes.get(output.produced_by or "")
        retired = maker is not None and is_retired(maker, view.on)
        if output.produced_by is None or retired:
            by = "a retired process" if retired else "no process"
            yield codes.OUTPUT_WITHOUT_PROCESS.issue(
                f"{view.named(output)} is produced by {by}.",
                ref=output.id,
                path="produced_by",
            )


def needs_with_dropped_objectives(view: RuleView) -> Iterator[Issue]:
    """Yield an issue for each open need whose objectives were all dropped."""
    answered = view.referring(Objective, "needs")
    for need in view.of(Need):
        objectives = answered.get(need.id, ())
        dropped = all(each.status is _DROPPED for each in objectives)
        if need.status in _OPEN and objectives and dropped:
            yield codes.NEED_WITH_DROPPED_OBJECTIVES.issue(
                f"{view.named(need)} is still {need.status}, but each objective that"
                " answered it was dropped.",
                ref=need.id,
                path="status",
            )


def stakes_without_holder(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each category of stake that nobody holds.

    A `Conclusion` about ``stake:supplier`` says that there are no suppliers. A model
    without any element is not judged.
    """
    if not len(view.model):
        return
    held = {s.casefold() for who in view.of(Stakeholder) for s in who.stakes}
    said = {
        (found.about or "").casefold()
        for found in view.of(Conclusion)
        if found.kind is ConclusionKind.NONE
    }
    root = view.model.root
    whose = f" of {view.titled(root)}" if root else ""
    others = sorted(held - set(STAKES))
    holders = view.of(Stakeholder)
    if holders and not held:
        yield codes.STAKE_WITHOUT_HOLDER.issue(
            f"The stakes of the stakeholders{whose} are not recorded.",
            ref=root.id if root else "",
            fix=f"say of each which it holds: {', '.join(STAKES)}, or another",
        )
        return
    for stake in STAKES:
        if stake not in held and f"stake:{stake}" not in said:
            meant = [f"or write {stake!r} for {w!r}" for w in nearest(stake, others)]
            yield codes.STAKE_WITHOUT_HOLDER.issue(
                f"No stakeholder{whose} has the stake {stake!r}.",
                ref=root.id if root else "",
                value=stake,
                fix="; ".join(
                    [f"add one, or record a conclusion about 'stake:{stake}'", *meant]
                ),
            )


RULES: Final = (
    RuleEntry(rule=needs_without_objective, codes=(codes.NEED_WITHOUT_OBJECTIVE,)),
    RuleEntry(rule=objectives_without_goal, codes=(codes.OBJECTIVE_WITHOUT_GOAL,)),
    RuleEntry(rule=goals_without_intent, codes=(codes.GOAL_WITHOUT_INTENT,)),
    RuleEntry(
        rule=objectives_without_measure, codes=(codes.OBJECTIVE_WITHOUT_MEASURE,)
    ),
    RuleEntry(
        rule=objectives_without_process, codes=(codes.OBJECTIVE_WITHOUT_PROCESS,)
    ),
    RuleEntry(
        rule=processes_without_objective, codes=(codes.PROCESS_WITHOUT_OBJECTIVE,)
    ),
    RuleEntry(
        rule=measures_not_observed,
        codes=(codes.MEASURE_NOT_OBSERVED,),
        needs_on=True,
        limits=(MISSED_READINGS,),
    ),
    RuleEntry(rule=outputs_without_process, codes=(codes.OUTPUT_WITHOUT_PROCESS,)),
    RuleEntry(
        rule=needs_with_dropped_objectives,
        codes=(codes.NEED_WITH_DROPPED_OBJECTIVES,),
    ),
    RuleEntry(rule=stakes_without_holder, codes=(codes.STAKE_WITHOUT_HOLDER,)),
)
