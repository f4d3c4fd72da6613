"""Coverage by time: what was done, held and measured when it was due."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    CycleStatus,
    ImprovementAction,
    ReviewCycle,
    StageRun,
)
from missionkit.domain.values import Cadence
from missionkit.trace.metric import Metric, share_in
from missionkit.trace.readings import known_on, taken_on

_OPEN: Final = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)
_BEATS: Final = 2  # a reading may be missed once
_GRACE: Final = 10  # a review may be late by a tenth of the time between two
_ACTIONS: Final = Metric(
    name="action timeliness",
    meaning="actions are done in time or not yet due",
    reason="no action has a day when it is due",
)
_REVIEWS: Final = Metric(
    name="review punctuality",
    meaning="reviews were followed by the next in time",
    reason="no review was due to be followed by a next",
)
_READINGS: Final = Metric(
    name="measurement freshness",
    meaning="measures were read within two of their rhythms",
    reason="no measure says how often it is read",
)
_NO_DAY: Final = "it depends on the day, and none was given: pass on="


def timeliness(model: Model, on: date | None) -> Iterator[Metric]:
    """Yield the metrics that depend on the day; without one none can be judged."""
    if on is None:
        for asked in (_ACTIONS, _REVIEWS, _READINGS):
            yield evolve(asked, reason=_NO_DAY)
        return
    yield _actions(model, on)
    yield _reviews(model, on)
    yield _readings(model, on)


def _actions(model: Model, on: date) -> Metric:
    in_time, judged, undated = set(), set(), 0
    for action in model.of(ImprovementAction):
        if action.due is None or action.status is ActionStatus.CANCELED:
            continue
        if action.status not in _OPEN and action.closed is None:
            undated += 1
            continue
        judged.add(action.id)
        if min(action.closed or on, on) <= action.due:
            in_time.add(action.id)
    left = f"{undated:,} done on a day that is not recorded left out" if undated else ""
    return share_in(_ACTIONS, in_time, judged, left)


def _reviews(model: Model, on: date) -> Metric:
    """Count the reviews that a next one has followed, or should have by now."""
    begun = started(model, on)
    followed: dict[str, date] = {}
    for cycle in model.of(ReviewCycle):
        if cycle.previous is not None and cycle.id in begun:
            day = min(begun[cycle.id], followed.get(cycle.previous, date.max))
            followed[cycle.previous] = day
    in_time, judged = set(), set()
    for cycle in model.of(ReviewCycle):
        if cycle.cadence is None or cycle.id not in begun:
            continue
        latest = _latest(begun[cycle.id], cycle.cadence)
        if cycle.id in followed or on > latest:
            judged.add(cycle.id)
        if followed.get(cycle.id, date.max) <= latest:
            in_time.add(cycle.id)
    return share_in(_REVIEWS, in_time, judged)


def started(model: Model, on: date) -> dict[str, date]:
    """Return the day on which each cycle not canceled first entered a stage."""
    canceled = {c.id for c in model.of(ReviewCycle) if c.status is CycleStatus.CANCELED}
    found: dict[str, date] = {}
    for run in model.of(StageRun):
        if run.entered is not None and run.entered <= on and run.cycle not in canceled:
            found[run.cycle] = min(run.entered, found.get(run.cycle, date.max))
    return found


def _latest(start: date, cadence: Cadence) -> date:
    due = cadence.after(start)
    late = due.toordinal() + (due - start).days // _GRACE
    return date.fromordinal(min(late, date.max.toordinal()))


def _readings(model: Model, on: date) -> Metric:
    newest: dict[str, date] = {}
    for reading in model.of(Observation):
        day = taken_on(reading)
        if day is not None and (known_on(reading) or day) <= on:
            newest[reading.measure] = max(day, newest.get(reading.measure, day))
    rhythms = {m.id: m.frequency for m in model.of(SuccessMeasure) if m.frequency}
    fresh = {
        ref
        for ref, rhythm in rhythms.items()
        if ref in newest and rhythm.after(newest[ref], _BEATS) >= on
    }
    return share_in(_READINGS, fresh, rhythms)
