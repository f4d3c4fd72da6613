"""When a review was held, which one came after it, and what it looks at."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from missionkit.domain.intent import OperatingSphere
from missionkit.domain.process import Process
from missionkit.domain.review import CycleStatus, ReviewCycle, StageRun
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
    """Return the reviews that follow a review and were not canceled."""
    after = view.referring(ReviewCycle, "previous").get(cycle.id, ())
    return tuple(each for each in after if each.status is not CycleStatus.CANCELED)


def was_followed(view: RuleView, cycle: ReviewCycle) -> bool:
    """Return whether a review that follows a review is closed, too."""
    after = successors(view, cycle)
    return any(each.status is CycleStatus.CLOSED for each in after)


def closed_last(view: RuleView) -> tuple[ReviewCycle, ...]:
    """Return the closed reviews after which no other was closed."""
    closed = (c for c in view.of(ReviewCycle) if c.status is CycleStatus.CLOSED)
    return tuple(cycle for cycle in closed if not was_followed(view, cycle))


def looks_at(view: RuleView, cycle: ReviewCycle, process: Process) -> bool:
    """Return whether a process is within the scope of a review.

    A review of a sphere looks at the processes of that sphere, a review of a part of
    the organization at those of its spheres, and any other review at all of them.
    """
    return looks_at_all(view, cycle) or str(cycle.scope) in scopes_of(view, process)


def looks_at_all(view: RuleView, cycle: ReviewCycle) -> bool:
    """Return whether a review is one of the whole organization."""
    return cycle.scope is None or cycle.scope == view.once(root_of)


def scopes_of(view: RuleView, process: Process) -> tuple[str, ...]:
    """Return the scopes that a process is in: its sphere, and whose part that is."""
    if process.sphere is None:
        return ()
    part = view.once(_organizations).get(process.sphere)
    return (process.sphere,) if part is None else (process.sphere, part)


def _organizations(view: RuleView) -> Mapping[str, str | None]:
    return {sphere.id: sphere.organization for sphere in view.of(OperatingSphere)}
