"""When a review was held, which one came after it, and what it looks at."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.intent import OperatingSphere
from missionkit.domain.process import Process
from missionkit.domain.review import CycleStatus, ReviewCycle, RunStatus, StageRun
from missionkit.domain.stages import Move
from missionkit.domain.workflow import Workflow
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.whole import root_of

NOT_HELD: Final = frozenset({CycleStatus.DRAFT, CycleStatus.CANCELED})


def entered_on(view: RuleView, cycle: ReviewCycle) -> date | None:
    """Return the day on which the first stage of a review was entered, if known."""
    runs = view.referring(StageRun, "cycle").get(cycle.id, ())
    return min((run.entered for run in runs if run.entered), default=None)


def left_on(view: RuleView, cycle: ReviewCycle) -> date | None:
    """Return the day on which the last stage of a review was left, if known."""
    runs = view.referring(StageRun, "cycle").get(cycle.id, ())
    return max((run.left for run in runs if run.left), default=None)


def begin_of(view: RuleView, cycle: ReviewCycle) -> date | None:
    """Return the first day that a review looks at, or else that on which it began."""
    start = cycle.period.start if cycle.period else None
    return start or entered_on(view, cycle)


def end_of(view: RuleView, cycle: ReviewCycle) -> date | None:
    """Return the last day that a review looks at, or else that on which it ended."""
    end = cycle.period.end if cycle.period else None
    return end or left_on(view, cycle)


def successors(view: RuleView, cycle: ReviewCycle) -> tuple[ReviewCycle, ...]:
    """Return the reviews that follow a review and were not canceled.

    Where none says so by `previous`, it is the next one held of the same scope that
    follows no other either.
    """
    after = view.referring(ReviewCycle, "previous").get(cycle.id, ())
    kept = tuple(each for each in after if each.status is not CycleStatus.CANCELED)
    begin = _first_day(view, cycle)
    if kept or begin is None:
        return kept
    held = view.once(_held_and_not_linked).get(_scope(view, cycle), [])
    at = bisect_right(held, begin, key=lambda each: each[0])
    return tuple(each for _, each in held[at : at + 1])


def _held_and_not_linked(
    view: RuleView,
) -> Mapping[str | None, list[tuple[date, ReviewCycle]]]:
    """Return by scope the reviews that were held and name none before them."""
    found: dict[str | None, list[tuple[date, ReviewCycle]]] = {}
    for cycle in view.of(ReviewCycle):
        held = cycle.status not in NOT_HELD or entered_on(view, cycle)
        canceled = cycle.status is CycleStatus.CANCELED
        begin = _first_day(view, cycle)
        if held and not canceled and cycle.previous is None and begin is not None:
            found.setdefault(_scope(view, cycle), []).append((begin, cycle))
    return {
        scope: sorted(each, key=lambda held: (held[0], held[1].id))
        for scope, each in found.items()
    }


def _first_day(view: RuleView, cycle: ReviewCycle) -> date | None:
    return begin_of(view, cycle) or end_of(view, cycle)


def _scope(view: RuleView, cycle: ReviewCycle) -> str | None:
    return None if looks_at_all(view, cycle) else cycle.scope


def was_followed(view: RuleView, cycle: ReviewCycle) -> bool:
    """Return whether a review that follows a review is closed, too."""
    after = successors(view, cycle)
    return any(each.status is CycleStatus.CLOSED for each in after)


def closed_last(view: RuleView) -> tuple[ReviewCycle, ...]:
    """Return the closed reviews after which no other was closed."""
    closed = (c for c in view.of(ReviewCycle) if c.status is CycleStatus.CLOSED)
    return tuple(cycle for cycle in closed if not was_followed(view, cycle))


def was_closed(view: RuleView, cycle: ReviewCycle) -> bool:
    """Return whether a review came to its end, also where it is called canceled now.

    What was canceled came to no end of its workflow, and its last pass was not
    completed. Of a workflow that is not here only the status is known.
    """
    if cycle.status is not CycleStatus.CANCELED:
        return cycle.status is CycleStatus.CLOSED
    closing = tuple(_closing_moves(_workflow_like(view, cycle)))
    if cycle.outcome in {move.target for move in closing}:
        return True
    runs = view.referring(StageRun, "cycle").get(cycle.id, ())
    here = [run for run in runs if run.stage == cycle.stage]
    last = max(here, key=lambda run: run.pass_number, default=None)
    completed = last is not None and last.status is RunStatus.COMPLETED
    return completed and any(m.gated and m.source == cycle.stage for m in closing)


def _workflow_like(view: RuleView, cycle: ReviewCycle) -> Workflow | None:
    """Return the workflow of a review, in whatever version is here."""
    known = (view.workflow, FOUR_STAGES)
    return next((w for w in known if w and w.name == cycle.workflow), None)


def _closing_moves(workflow: Workflow | None) -> Iterator[Move]:
    """Yield the moves to the ends at which nothing is canceled."""
    moves = [m for m in workflow.moves if m.target in workflow.ends] if workflow else []
    canceling = {m.target for m in moves if m.then is CycleStatus.CANCELED}
    yield from (move for move in moves if move.target not in canceling)


def last_closed(view: RuleView, cycle: ReviewCycle) -> ReviewCycle | None:
    """Return the newest closed review of a review's workflow and scope, if any.

    One that was closed and is called canceled since counts all the same, but none that
    comes after the review. Of those that are left it is one that no other of them
    follows, and of several the one that was left last.
    """
    found = {each.id: each for each in _closed_before(view, cycle)}
    followed = {each.previous for each in found.values()}
    ends = [each for each in found.values() if each.id not in followed]
    return max(ends, key=lambda each: (_last_day(view, each), each.id), default=None)


def _closed_before(view: RuleView, cycle: ReviewCycle) -> Iterator[ReviewCycle]:
    like = (cycle.workflow, _scope(view, cycle))
    after = _after(view, cycle)
    for each in view.of(ReviewCycle):
        if each.id in after or not was_closed(view, each):
            continue
        if (each.workflow, _scope(view, each)) == like and _is_before(
            view, each, cycle
        ):
            yield each


def _is_before(view: RuleView, each: ReviewCycle, cycle: ReviewCycle) -> bool:
    """Return whether a closed review was held before another one.

    By what is closed, a review that still goes on is followed by nothing; of two that
    are closed, the one that began first was first.
    """
    if cycle.status is not CycleStatus.CLOSED:
        return True
    first, own = _first_day(view, each), _first_day(view, cycle)
    return first is not None and own is not None and first < own


def _after(view: RuleView, cycle: ReviewCycle) -> set[str]:
    """Return the ids of a review and of those that follow it, one after another."""
    following = view.referring(ReviewCycle, "previous")
    found: set[str] = set()
    waiting: list[str] = [cycle.id]
    while waiting:
        ref = waiting.pop()
        if ref not in found:
            found.add(ref)
            waiting += [each.id for each in following.get(ref, ())]
    return found


def _last_day(view: RuleView, cycle: ReviewCycle) -> date:
    return left_on(view, cycle) or end_of(view, cycle) or date.min


def looks_at_all(view: RuleView, cycle: ReviewCycle) -> bool:
    """Return whether a review looks at all processes, and not at those of a scope.

    A review of a sphere looks at the processes of that sphere, a review of a part of
    the organization at those of its spheres, and any other review at all of them.
    """
    return cycle.scope is None or cycle.scope == view.once(root_of)


def scopes_of(view: RuleView, process: Process) -> tuple[str, ...]:
    """Return the scopes that a process is in: its sphere, and whose part that is."""
    if process.sphere is None:
        return ()
    part = view.once(_organizations).get(process.sphere)
    return (process.sphere,) if part is None else (process.sphere, part)


def _organizations(view: RuleView) -> Mapping[str, str | None]:
    return {sphere.id: sphere.organization for sphere in view.of(OperatingSphere)}
