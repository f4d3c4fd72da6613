"""Whether the stages of a review were run in order, and their passes counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.review import ReviewCycle, RunStatus, StageRun
from missionkit.domain.workflow import Workflow
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import structure as codes

WORKFLOWS: Final[tuple[Workflow, ...]] = (FOUR_STAGES,)


def stage_runs(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each stage whose runs are out of order or miscounted.

    The passes of a stage are numbered from 1 without a gap, in the order of their
    dates. A stage is not entered before the one that precedes it in the workflow.
    """
    unknown = []
    for ref, runs in view.referring(StageRun, "cycle").items():
        cycle = view.by_id(ReviewCycle).get(ref)
        if cycle is None:
            continue
        stages = _by_stage(runs)
        for stage, passes in stages.items():
            yield from _miscounted(view.titled(cycle), stage, passes)
        workflow = _workflow(cycle)
        if workflow is None:
            unknown.append(cycle.id)
        else:
            yield from _disordered(view.titled(cycle), stages, workflow)
    if unknown:
        why = "the order of stages is not known: their workflow is not here"
        yield NotJudged(codes.STAGES_OUT_OF_ORDER.code, why, tuple(sorted(unknown)))


def _workflow(cycle: ReviewCycle) -> Workflow | None:
    wanted = (cycle.workflow, cycle.workflow_version)
    return next((w for w in WORKFLOWS if (w.name, w.version) == wanted), None)


def _by_stage(runs: Iterable[StageRun]) -> Mapping[str, list[StageRun]]:
    found: dict[str, list[StageRun]] = {}
    for run in sorted(runs, key=lambda r: (r.pass_number, r.entered or date.max, r.id)):
        found.setdefault(run.stage, []).append(run)
    return found


def _miscounted(cycle: str, stage: str, passes: Sequence[StageRun]) -> Iterator[Issue]:
    for number, run in enumerate(passes, 1):
        if run.pass_number != number:
            yield codes.STAGES_OUT_OF_ORDER.issue(
                f"Stage {shown(stage)} of {cycle} has pass {run.pass_number} where"
                f" {number} comes next.",
                ref=run.id,
                path="pass_number",
                value=run.pass_number,
            )
            return
    for before, run in pairwise(passes):
        if before.entered and run.entered and run.entered < before.entered:
            yield codes.STAGES_OUT_OF_ORDER.issue(
                f"Pass {run.pass_number} of stage {shown(stage)} of {cycle} was entered"
                f" before pass {before.pass_number}.",
                ref=run.id,
                path="entered",
                value=run.entered,
            )
            return


def _disordered(
    cycle: str, stages: Mapping[str, Sequence[StageRun]], workflow: Workflow
) -> Iterator[Issue]:
    keys = [stage.key for stage in workflow.stages]
    for stage, passes in stages.items():
        if stage not in keys:
            yield codes.STAGES_OUT_OF_ORDER.issue(
                f"{workflow.name} has no stage {shown(stage)}, which ran in {cycle}.",
                ref=passes[0].id,
                path="stage",
                value=stage,
                fix=did_you_mean(stage, keys) or f"use one of {', '.join(keys)}",
            )
    for earlier, later in pairwise(keys):
        ran, next_ran = _begun(stages.get(earlier, ())), _begun(stages.get(later, ()))
        if next_ran and (
            not ran or _first_day(next_ran, date.max) < _first_day(ran, date.min)
        ):
            yield codes.STAGES_OUT_OF_ORDER.issue(
                f"Stage {later!r} of {cycle} was entered before {earlier!r}.",
                ref=next_ran[0].id,
                path="stage",
                value=later,
            )


def _begun(passes: Iterable[StageRun]) -> list[StageRun]:
    return [
        run
        for run in passes
        if run.entered is not None or run.status is not RunStatus.NOT_STARTED
    ]


def _first_day(runs: Iterable[StageRun], unknown: date) -> date:
    return min((run.entered for run in runs if run.entered), default=unknown)


RULES: Final = (RuleEntry(rule=stage_runs, codes=(codes.STAGES_OUT_OF_ORDER,)),)
