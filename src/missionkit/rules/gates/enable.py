"""The gates of `enable`: are the processes designed, staffed, supplied and in use?"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import (
    DemandStatus,
    DesignBrief,
    Flow,
    Process,
    ReleaseState,
    ResourceDemand,
)
from missionkit.domain.review import Decision
from missionkit.domain.role import RoleKind
from missionkit.domain.spec import spec_of
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import enable as codes
from missionkit.rules.codes import responsibility as rsp
from missionkit.rules.codes import tracing as trc
from missionkit.rules.facts.consequences import is_acted_on
from missionkit.rules.facts.officers import officers
from missionkit.rules.facts.players import NEEDS_A_DAY, assigned, players
from missionkit.rules.facts.responses import risks_not_answered
from missionkit.rules.facts.stage_artifacts import stage_approved
from missionkit.rules.facts.whole import root_of, whose
from missionkit.rules.families import responsibility, tracing
from missionkit.rules.restating import entry_of, restated
from missionkit.trace.lifetime import is_retired

_QUESTIONS: Final = spec_of(DesignBrief).fields
_RUNGS: Final = tuple(ReleaseState)
_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})


def _living(view: RuleView) -> Iterator[Process]:
    """Yield the processes that were not taken out of use."""
    return (each for each in view.of(Process) if not is_retired(each, view.on))


def briefs_not_answered(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each living process without a brief, or an answer in it."""
    for process in _living(view):
        if process.brief is None:
            yield codes.DESIGN_NOT_SETTLED.issue(
                f"{view.named(process)} has no design brief.",
                ref=process.id,
                path="brief",
                fix="answer the five questions in `brief`",
            )
            continue
        for question in _QUESTIONS:
            if getattr(process.brief, question.name) is None:
                yield codes.DESIGN_NOT_SETTLED.issue(
                    f"{view.named(process)} has no answer in brief.{question.name}.",
                    ref=process.id,
                    path=f"brief.{question.name}",
                    fix=f"answer: {question.expected}",
                )


def flows_with_loose_ends(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each end of a flow at which nobody gives or takes.

    At the end of a retired process there is nobody. Flows of which no living process
    has a part are past, and not asked for.
    """
    processes = view.by_id(Process)
    for flow in view.of(Flow):
        found = {ref: processes.get(ref) for ref in (flow.source, flow.target) if ref}
        retired = {ref for ref, p in found.items() if p and is_retired(p, view.on)}
        working = {ref for ref, p in found.items() if p} - retired
        if retired and not working:
            continue
        for path, ref, done in (
            ("source", flow.source, "given"),
            ("target", flow.target, "taken"),
        ):
            if ref is None or ref in retired:
                by = "a retired process" if ref else "nobody"
                yield codes.FLOW_DANGLING.issue(
                    f"{view.named(flow)} is {done} by {by}.", ref=flow.id, path=path
                )


def measures_not_run(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each measure in use without a data owner or a frequency.

    Whoever owns the data of the whole organization owns those of each measure.
    """
    owners = assigned(view, RoleKind.DATA_OWNER)
    everywhere = players(view, officers(view, RoleKind.DATA_OWNER), view.on)
    unknown = []
    for measure in view.of(SuccessMeasure):
        if not _is_in_use(view, measure):
            continue
        own = players(view, owners.get(measure.id, ()), view.on)
        sure = everywhere.sure or own.sure
        perhaps = everywhere.perhaps or own.perhaps
        if perhaps and not sure:
            unknown.append(measure.id)
        lacking = [] if measure.frequency else ["no frequency"]
        if not sure and not perhaps:
            day = f" on {view.on}" if view.on and measure.id in owners else ""
            lacking.append(f"no data owner{day}")
        if lacking:
            yield codes.MEASURE_NOT_RUN.issue(
                f"{view.named(measure)} has {' and '.join(lacking)}.",
                ref=measure.id,
                path="" if measure.frequency else "frequency",
            )
    if unknown:
        yield NotJudged(codes.MEASURE_NOT_RUN.code, NEEDS_A_DAY, tuple(unknown))


def _is_in_use(view: RuleView, measure: SuccessMeasure) -> bool:
    """Return whether a measure is to be read still: what it measures goes on."""
    process = view.by_id(Process).get(measure.of or "")
    objective = view.by_id(Objective).get(measure.of or "")
    ended = process is not None and is_retired(process, view.on)
    return not ended and (objective is None or objective.status in _PURSUED)


def demands_not_settled(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each demand of a living process that is open, or refused.

    A refusal is handled by a decision or an action that addresses the demand. The
    reason of the refusal alone does not say how the process goes on without.
    """
    processes = view.by_id(Process)
    for demand in view.of(ResourceDemand):
        asking = processes.get(demand.process or "")
        past = asking is not None and is_retired(asking, view.on)
        wrong = "" if past else _wrong_with(view, demand)
        if wrong:
            yield codes.DEMAND_NOT_SETTLED.issue(
                f"{view.named(demand)} {wrong}.",
                ref=demand.id,
                path="status",
                value=demand.status,
            )


def _wrong_with(view: RuleView, demand: ResourceDemand) -> str:
    if demand.status is DemandStatus.REQUESTED:
        return "is neither committed nor refused"
    decided = demand.id in view.referring(Decision, "addresses")
    if demand.status is DemandStatus.REFUSED and not decided:
        acted = is_acted_on(view, demand.id)
        return "" if acted else "was refused, and nothing follows from that"
    return ""


def processes_not_in_use(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each process not installed; critical: not commissioned.

    Where there is no process at all, nothing is in use.
    """
    living = tuple(_living(view))
    if not living:
        yield codes.PROCESS_NOT_IN_USE.issue(
            f"No process{whose(view)} is in use.",
            ref=root_of(view),
            fix="add the processes, with the rungs that they reached in `release`",
        )
    for process in living:
        critical = process.critical
        wanted = ReleaseState.COMMISSIONED if critical else ReleaseState.INSTALLED
        reached = _reached(process, view.day)
        if reached is None or _RUNGS.index(reached) < _RUNGS.index(wanted):
            at = f"only {reached}, not {wanted}" if reached else "not even developed"
            yield codes.PROCESS_NOT_IN_USE.issue(
                f"{view.named(process)} is {'critical, and ' if critical else ''}{at}.",
                ref=process.id,
                path="release",
                value=reached or "nothing",
            )


def _reached(process: Process, day: date) -> ReleaseState | None:
    steps = process.release.steps if process.release else ()
    return next((step.state for step in reversed(steps) if step.on <= day), None)


RULES: Final = (
    stage_approved(codes.DIRECTION_NOT_APPROVED, "direct"),
    restated(
        codes.WORK_AND_AIM_APART,
        entry_of(trc.OBJECTIVE_WITHOUT_PROCESS, tracing.RULES),
        entry_of(trc.PROCESS_WITHOUT_OBJECTIVE, tracing.RULES),
    ),
    restated(
        codes.DESIGN_NOT_SETTLED,
        entry_of(rsp.NOT_ONE_OWNER, responsibility.RULES),
        RuleEntry(rule=briefs_not_answered),
    ),
    restated(
        codes.MATRIX_NOT_CLEAN,
        entry_of(rsp.NOT_ONE_ACCOUNTABLE, responsibility.RULES),
        entry_of(rsp.NOBODY_RESPONSIBLE, responsibility.RULES),
    ),
    restated(
        codes.FLOW_DANGLING,
        RuleEntry(rule=flows_with_loose_ends),
        entry_of(trc.OUTPUT_WITHOUT_PROCESS, tracing.RULES),
    ),
    RuleEntry(rule=measures_not_run, codes=(codes.MEASURE_NOT_RUN,), on_request=True),
    RuleEntry(
        rule=demands_not_settled, codes=(codes.DEMAND_NOT_SETTLED,), on_request=True
    ),
    RuleEntry(
        rule=processes_not_in_use,
        codes=(codes.PROCESS_NOT_IN_USE,),
        needs_on=True,
        on_request=True,
    ),
    RuleEntry(
        rule=risks_not_answered, codes=(codes.RISK_NOT_ANSWERED,), on_request=True
    ),
)
