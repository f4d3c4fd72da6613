"""The moves of a review: opened, completed, corrected, stopped, and gone on with."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from attrs import evolve, field, frozen

from missionkit.domain import codes as domain_codes
from missionkit.domain.declaration import Element
from missionkit.domain.ids import StageRunId
from missionkit.domain.review import (
    CycleStatus,
    Evidence,
    RunStatus,
    StageRun,
)
from missionkit.domain.stepping import Planned, Position, lacking
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan, refused
from missionkit.review.approvals_needed import against
from missionkit.review.carry_over import TakingOver
from missionkit.review.gating import gate_verdict
from missionkit.review.in_turn import goes_on, passed_over
from missionkit.review.looking_up import ids_taken, supporting
from missionkit.review.new_ids import NewIds

_RUN_STATUS = {
    CycleStatus.ACTIVE: RunStatus.IN_PROGRESS,
    CycleStatus.BLOCKED: RunStatus.BLOCKED,
}


def _causes(given: Any) -> Any:  # noqa: ANN401 - it is asked later what this is
    held = (given,) if isinstance(given, str) else given
    return _gathered(frozenset, held)


def _evidence(given: Any) -> Any:  # noqa: ANN401 - it is asked later what this is
    held = (given,) if isinstance(given, Evidence) else given
    return _gathered(lambda each: tuple(dict.fromkeys(each)), held)


def _gathered(gather: Callable[[Any], object], given: object) -> object:
    """Return what was gathered, or what was given where that is no collection.

    What is wrong with it is told together with all else when the act is asked.
    """
    try:
        return gather(given)
    except TypeError:
        return given


@frozen(kw_only=True)
class Fire(Act):
    """An event that moves a review, with its causes and what shows that it may be."""

    event: str
    causes: frozenset[str] = field(default=frozenset(), converter=_causes)
    evidence: tuple[Evidence, ...] = field(default=(), converter=_evidence)

    @property
    def name(self) -> str:
        """The event."""
        return self.event

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against the move, and the records that it makes."""
        table = asked.workflow.table
        planned = table.chosen(asked.position, self.event, self.causes)
        if isinstance(planned, Refusal):
            issue = evolve(planned.issue, ref=asked.cycle.id)
            return refused([Refusal(planned.kind, issue)])
        gates, waived = gate_verdict(asked, planned, self.causes, self.evidence)
        refusals = (
            *_role_lacking(asked, planned),
            *(Refusal(RefusalKind.EVENT, issue) for issue in self._unsound(asked)),
            *(Refusal(RefusalKind.STAGE, i) for i in _out_of_turn(asked, planned)),
            *(Refusal(RefusalKind.GATE, issue) for issue in _too_early(asked, planned)),
            *against(asked, planned),
            *gates,
        )
        return Plan(partial(self._made, asked, planned), refusals, waived)

    def _unsound(self, asked: Asked) -> Iterator[Issue]:
        """Yield what is wrong with the event itself, wherever the review stands."""
        yield from _causes_unknown(asked, self.event, self.causes)
        yield from ids_taken(asked, self.evidence)
        days = (day for run in asked.runs for day in (run.entered, run.left) if day)
        last = max(days, default=asked.day)
        if asked.day < last:
            yield codes.BEFORE_THE_LAST.issue(
                f"{self.event} is asked for on {asked.day}; the review moved on {last}"
                " already.",
                ref=asked.cycle.id,
                path="at",
                value=asked.day,
            )

    def _made(self, asked: Asked, planned: Planned) -> Iterable[Element]:
        move, after = planned.move, asked.workflow.after(asked.position, planned.move)
        ended = move.target in asked.workflow.ends
        ids = asked.new_ids({each.id for each in self.evidence})
        runs = {run.id: run for run in _runs_left(asked, planned, after)}
        run = asked.newest_run(asked.cycle.stage)
        shown_in = run
        if move.target is not None and not ended:
            causes = sorted(self.causes) if move.causes else ()
            run = _entered(asked, move.target, ids, causes)
            runs[run.id], shown_in = run, shown_in or run
            if asked.cycle.status is CycleStatus.DRAFT:
                yield from _taken_over(asked, ids)
        cycle = evolve(
            asked.cycle,
            stage=after.stage,
            status=after.status,
            pass_number=run.pass_number if run else asked.cycle.pass_number,
            outcome=move.target if ended else None,
        )
        yield from (
            *runs.values(),
            cycle,
            *supporting(self.evidence, (shown_in or cycle).id),
        )


def _role_lacking(asked: Asked, planned: Planned) -> Iterator[Refusal]:
    wanted = planned.move.roles
    if not asked.workflow.open_to_all and asked.roles.isdisjoint(wanted):
        issue = lacking(planned.move.event, wanted, asked.roles)
        yield Refusal(RefusalKind.ROLE, evolve(issue, ref=asked.cycle.id))


def _out_of_turn(asked: Asked, planned: Planned) -> Iterator[Issue]:
    """Yield what other reviews have against it that a draft begins.

    It can have been written by hand, or others have moved on since it was made. Of
    several drafts the first that is opened begins. Whether one may follow none is for
    the gates to say.
    """
    begins = asked.workflow.stage(planned.move.target) is not None
    if begins and asked.cycle.status is CycleStatus.DRAFT:
        yield from goes_on(asked.view, asked.cycle, CycleStatus.DRAFT)
        if asked.cycle.previous is not None:
            yield from passed_over(asked.view, asked.cycle)


def _causes_unknown(asked: Asked, event: str, given: frozenset[str]) -> Iterator[Issue]:
    """Yield an issue for each cause that no move of the event knows, if any has one."""
    moves = [move for move in asked.workflow.moves if move.event == event]
    known = tuple(dict.fromkeys(cause for move in moves for cause in move.causes))
    for cause in sorted(given.difference(known)) if known else ():
        yield domain_codes.NO_CAUSE.issue(
            f"{shown(cause)} is no cause of {event}.",
            ref=asked.cycle.id,
            path="causes",
            value=cause,
            fix=did_you_mean(cause, known) or f"use one of {', '.join(known)}",
        )


def _too_early(asked: Asked, planned: Planned) -> Iterator[Issue]:
    """Yield an issue where a stage is called overdue before its time is over."""
    found = asked.workflow.stage(asked.cycle.stage)
    if found is None or found.overdue != planned.move.event:
        return
    run = asked.newest_run(found.key)
    begin = found.overdue_from(run.entered if run else None)
    if begin is not None and asked.day < begin:
        yield codes.NOT_OVERDUE.issue(
            f"{asked.cycle.stage} is overdue from {begin} on.",
            ref=asked.cycle.id,
            value=asked.day,
        )


def _runs_left(asked: Asked, planned: Planned, after: Position) -> Iterator[StageRun]:
    """Yield the passes that a move changes: the one it leaves, and what it undoes."""
    run, move = asked.newest_run(asked.cycle.stage), planned.move
    if run is None:
        return
    canceled = after.status is CycleStatus.CANCELED
    if move.target is None and not canceled:
        yield evolve(run, status=_RUN_STATUS.get(after.status, run.status))
        return
    back = tuple(_from_on(asked, move.target))
    passed = move.gated and not canceled and run.stage not in back
    status = RunStatus.COMPLETED if passed else RunStatus.SUPERSEDED
    yield evolve(run, status=status, left=asked.day)
    for each in asked.runs if run.stage in back else ():
        if each.status is RunStatus.COMPLETED and each.stage in back:
            yield evolve(each, status=RunStatus.SUPERSEDED)


def _from_on(asked: Asked, target: str | None) -> Iterator[str]:
    """Yield a stage and the later ones: what a move back to it undoes.

    The passes stay readable; what was approved in them has to be looked at again.
    """
    keys = [stage.key for stage in asked.workflow.stages]
    yield from keys[keys.index(target) :] if target in keys else ()


def _taken_over(asked: Asked, ids: NewIds) -> Iterator[Element]:
    """Yield what was left open since the review was drafted, as it is taken over."""
    workflow = asked.workflow
    yield from TakingOver.of(asked.view, asked.cycle, workflow, ids).elements()


def _entered(asked: Asked, stage: str, ids: NewIds, causes: Iterable[str]) -> StageRun:
    before = asked.newest_run(stage)
    number = before.pass_number + 1 if before else 1
    return StageRun(
        id=StageRunId(ids.of("run", f"{asked.cycle.id}-{stage}-{number}")),
        cycle=asked.cycle.id,
        stage=stage,
        pass_number=number,
        status=RunStatus.IN_PROGRESS,
        entered=asked.day,
        reason=asked.why,
        causes=tuple(causes),
    )
