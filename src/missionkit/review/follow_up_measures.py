"""How punctual reviews are, and how soon what they decide is done."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve

from missionkit.domain.review import (
    ActionStatus,
    Decision,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.ports.rule import RuleView
from missionkit.review.mission_measure import Counted, MissionMeasure
from missionkit.rules.facts.carry_over import SETTLED, carried
from missionkit.trace.metric import Metric, share_in
from missionkit.trace.timeliness import started

_DONE: Final = frozenset({ActionStatus.DONE, ActionStatus.VERIFIED})
_PUNCTUAL: Final = MissionMeasure(
    name="review punctuality",
    meaning="median of the days by which reviews began later than planned",
    unit=Counted.DAYS,
    reason="no review that was begun follows one with a rhythm",
)
_IN_TIME: Final = Metric(
    name="decisions closed in time",
    meaning="decisions whose actions were all done by the day when the last was due",
    reason="no decision has actions that were due",
)
_MEDIAN: Final = MissionMeasure(
    name="age of open actions",
    meaning="median of the days since actions were opened that are neither verified nor"
    " canceled",
    unit=Counted.DAYS,
    reason="no action is open of which the day is known when it was opened",
)
_OLDEST: Final = evolve(
    _MEDIAN, name="oldest open action", meaning="the days since it was opened"
)
_ANSWERED: Final = MissionMeasure(
    name="drift alarm to decision",
    meaning="median of the days from a signal of drift to the decision about it",
    unit=Counted.DAYS,
    reason="no signal of drift was decided about",
)


def review_punctuality(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield by how many days reviews began after the day that the rhythm asks for.

    A review that is due and was not begun has no day yet: it is told of, not counted.
    """
    begun = started(view.model, view.day)
    known = view.by_id(ReviewCycle)
    late: dict[str, int] = {}
    for cycle in view.of(ReviewCycle):
        before = known.get(cycle.previous or "")
        asked = view.cycle is None or cycle.id == view.cycle.id
        if asked and before and cycle.id in begun and before.id in begun:
            planned = _planned(before, begun[before.id])
            late |= {cycle.id: (begun[cycle.id] - planned).days} if planned else {}
    left = "; ".join(_awaited(view, begun))
    yield _median(_PUNCTUAL, late, left)


def _planned(cycle: ReviewCycle, begun: date) -> date | None:
    """Return the day on which the review after *cycle* should begin."""
    return cycle.cadence.after(begun) if cycle.cadence else None


def _awaited(view: RuleView, begun: dict[str, date]) -> Iterator[str]:
    """Yield the reviews that should have begun by now and did not."""
    followed = {c.previous for c in view.of(ReviewCycle) if c.id in begun}
    for cycle in view.of(ReviewCycle):
        asked = view.cycle is None or view.cycle.previous == cycle.id
        planned = _planned(cycle, begun[cycle.id]) if cycle.id in begun else None
        if asked and planned and planned < view.day and cycle.id not in followed:
            days = _days((view.day - planned).days)
            yield (
                f"the review after {view.titled(cycle)} was due on {planned} and has"
                f" not begun, {days} late"
            )


def decisions_in_time(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield the share of decisions whose actions were done by the day they were due.

    One with an action whose day is not recorded cannot be judged, and one whose last
    day is still to come is not judged yet.
    """
    following = view.referring(ImprovementAction, "decision")
    judged: dict[str, bool] = {}
    undated = ahead = 0
    for decision in view.of(Decision):
        actions = [
            each
            for each in following.get(decision.id, ())
            if each.status is not ActionStatus.CANCELED
        ]
        if not actions or not _is_asked(view, decision):
            continue
        closed = _closed_in_time(actions, view.day)
        if closed is None:
            undated += 1
        elif closed or _is_due(actions, view.day):
            judged[decision.id] = closed
        else:
            ahead += 1
    in_time = {ref for ref, closed in judged.items() if closed}
    told = (
        f"{ahead:,} not due yet" if ahead else "",
        f"{undated:,} with an action whose day is not recorded" if undated else "",
    )
    found = MissionMeasure.of(share_in(_IN_TIME, in_time, judged))
    yield evolve(found, reason="; ".join(filter(None, (found.reason, *told))))


def _is_asked(view: RuleView, decision: Decision) -> bool:
    taken = decision.at is None or decision.at <= view.day
    return taken and (view.cycle is None or decision.cycle == view.cycle.id)


def _is_due(actions: Sequence[ImprovementAction], day: date) -> bool:
    return max((a.due for a in actions if a.due), default=date.max) < day


def _closed_in_time(actions: Sequence[ImprovementAction], day: date) -> bool | None:
    """Return whether all were done by the last day; None where a day is not known."""
    due = max((each.due for each in actions if each.due), default=None)
    if due is None or any(each.due is None for each in actions):
        return None
    done = [each for each in actions if each.status in _DONE]
    if any(each.closed is None for each in done):
        return None
    last = max((each.closed or date.max for each in done), default=date.max)
    return len(done) == len(actions) and last <= min(due, day)


def age_of_actions(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield for how long actions are open: the median, and the oldest.

    One that does not say when it was opened is as old as the decision it follows from.
    """
    decisions = view.by_id(Decision)
    taken = carried(view, view.cycle) if view.cycle else frozenset[str]()
    ages: dict[str, int] = {}
    undated = 0
    for action in view.of(ImprovementAction):
        decision = decisions.get(action.decision or "")
        ours = view.cycle is None or action.id in taken
        ours = ours or bool(decision and view.cycle and decision.cycle == view.cycle.id)
        since = action.opened or (decision.at if decision else None)
        if not ours or action.status in SETTLED or (since and since > view.day):
            continue
        undated += since is None
        ages |= {action.id: (view.day - since).days} if since else {}
    left = f"{undated:,} without a day left out" if undated else ""
    yield _median(_MEDIAN, ages, left)
    oldest = max(ages.values(), default=None)
    if oldest is None:
        yield _OLDEST
        return
    refs = tuple(sorted(ref for ref, age in ages.items() if age == oldest))
    yield evolve(_OLDEST, value=oldest, counted=refs, reason=left)


def alarm_to_decision(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield how long it took from a signal of drift to the decision about it.

    A signal that a decision covers which was taken before it is told of, not counted:
    nobody had to decide. One that waits has no day yet.
    """
    decisions = view.by_id(Decision)
    took: dict[str, int] = {}
    before, undated, waits = 0, 0, []
    for signal in view.of(DriftSignal):
        if not _is_raised(view, signal):
            continue
        decision = decisions.get(signal.decision or "")
        when = decision.at if decision else None
        if signal.at is None or (decision and when is None):
            undated += 1
        elif when is None or when > view.day:
            waits.append((view.day - signal.at).days)
        elif when < signal.at:
            before += 1
        else:
            took[signal.id] = (when - signal.at).days
    told = (
        f"{len(waits):,} not decided about, for {_days(max(waits))}" if waits else "",
        f"{before:,} covered by a decision taken before" if before else "",
        f"{undated:,} without a day left out" if undated else "",
    )
    yield _median(_ANSWERED, took, "; ".join(filter(None, told)))


def _is_raised(view: RuleView, signal: DriftSignal) -> bool:
    if signal.at is None:
        return True
    period = view.cycle.period if view.cycle else None
    return signal.at <= view.day and (period is None or period.covers(signal.at))


def _median(
    asked: MissionMeasure, days: dict[str, int], left: str = ""
) -> MissionMeasure:
    """Return a measure as the median of days; *left* says what was left out."""
    if not days:
        return evolve(asked, reason="; ".join(filter(None, (asked.reason, left))))
    ordered, middle = sorted(days.values()), len(days) // 2
    low = ordered[middle - 1 + len(days) % 2]
    value = (low + ordered[middle]) / 2
    return evolve(asked, value=value, counted=tuple(sorted(days)), reason=left)


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"
