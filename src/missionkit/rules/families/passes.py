"""Whether the stages of a review were run in order, and their passes counted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from operator import itemgetter
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
    dates. A stage is not entered before the one that precedes it in the workflow. Who
    goes back passes through every later stage again: between a day on which a stage
    is entered anew and one on which the stage after the next is, the next one is.
    What was entered on one day may have been so in any order, and a pass without a day
    at any time between those before and after it.
    """
    unknown, undated = [], []
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
            yield from _skipped(view.titled(cycle), stages, workflow)
            undated += [cycle.id] if _lacks_a_day(runs) else []
    code = codes.STAGES_OUT_OF_ORDER.code
    if unknown:
        why = "the order of stages is not known: their workflow is not here"
        yield NotJudged(code, why, tuple(sorted(unknown)))
    if undated:
        why = "what was passed through again is not known: a pass has no day"
        yield NotJudged(code, why, tuple(sorted(undated)))


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


def _skipped(
    cycle: str, stages: Mapping[str, Sequence[StageRun]], workflow: Workflow
) -> Iterator[Issue]:
    """Yield an issue for each stage entered, after going back, past the one before."""
    keys = [stage.key for stage in workflow.stages]
    behind: list[date] = []
    for first, before, later in zip(keys, keys[1:], keys[2:], strict=False):
        returns = (r for r in _begun(stages.get(first, ())) if r.pass_number > 1)
        behind = sorted((*behind, *(r.entered for r in returns if r.entered)))
        again = _entries(stages.get(before, ()))
        for run in _begun(stages.get(later, ())):
            if run.entered and _is_skipped(run.entered, again, behind):
                yield codes.STAGES_OUT_OF_ORDER.issue(
                    f"Stage {later!r} of {cycle} was entered without another pass of"
                    f" {before!r}.",
                    ref=run.id,
                    path="entered",
                    value=run.entered,
                )
                break


def _entries(passes: Iterable[StageRun]) -> list[tuple[date, bool]]:
    """Return the days on which a stage was entered, and if the pass after has none."""
    begun = _begun(passes)
    return sorted(
        (run.entered, after is not None and after.entered is None)
        for run, after in zip_longest(begun, begun[1:])
        if run.entered
    )


def _is_skipped(
    day: date, again: Sequence[tuple[date, bool]], behind: Sequence[date]
) -> bool:
    """Return whether a stage further back was entered since the one before last was."""
    until = bisect_right(again, day, key=itemgetter(0))
    if not until:
        return False  # it was never passed through, which is told by itself
    last, in_doubt = again[until - 1]
    return not in_doubt and bisect_right(behind, last) < bisect_left(behind, day)


def _lacks_a_day(runs: Sequence[StageRun]) -> bool:
    """Return whether somebody went back, and not all is known of when."""
    begun = _begun(runs)
    again = any(run.pass_number > 1 for run in begun)
    return again and any(run.entered is None for run in begun)


def _begun(passes: Iterable[StageRun]) -> list[StageRun]:
    return [
        run
        for run in passes
        if run.entered is not None or run.status is not RunStatus.NOT_STARTED
    ]


def _first_day(runs: Iterable[StageRun], unknown: date) -> date:
    return min((run.entered for run in runs if run.entered), default=unknown)


RULES: Final = (RuleEntry(rule=stage_runs, codes=(codes.STAGES_OUT_OF_ORDER,)),)
