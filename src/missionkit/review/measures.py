"""The measures of mission management itself: does the process do its own work?"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from attrs import evolve

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.plan import CourseOfAction, Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import ReviewCycle
from missionkit.ports.rule import RuleView
from missionkit.review.conduct_measures import effort_on_mission, satisfaction
from missionkit.review.follow_up_measures import (
    age_of_actions,
    alarm_to_decision,
    decisions_in_time,
    review_punctuality,
)
from missionkit.review.mission_measure import MissionMeasure, MissionMeasures
from missionkit.trace.coverage import coverage
from missionkit.trace.lifetime import is_retired
from missionkit.trace.metric import Metric, share_in
from missionkit.trace.outcomes import is_met, readings_of

Measuring = Callable[[RuleView], Iterator[MissionMeasure]]

_COVERAGE: Final = ("need coverage", "objective measurability")
_REALIZED: Final = Metric(
    name="plan realization",
    meaning="objectives and courses of action are carried by a process",
    reason="there is no objective that is not dropped, and no course of action",
)
_MET: Final = Metric(
    name="objectives met",
    meaning="objectives are met, as was concluded, or else by their readings",
    reason="no objective was concluded upon, and none has a reading to compare with a"
    " target",
)
_CONCLUDED: Final = {ObjectiveStatus.MET: True, ObjectiveStatus.MISSED: False}


def mission_measures(
    model: Model, *, on: date, cycle: ReviewCycle | str | None = None
) -> MissionMeasures:
    """Return how well the organization manages its mission, on a day.

    With *cycle* what belongs to one review is counted for that one: its punctuality,
    its decisions and actions, and the alarms and feedback of its period. Without it
    feedback counts for a year. Nothing is imputed: where nothing is recorded the value
    is None, and the reason says what is missing.

    Raises:
        InvalidValueError: there is no model, or *on* is no date.
        NotFoundError: there is no such review.
    """
    refuse_no_model(model, "mission_measures")
    refuse_no_day(on, "mission_measures")
    named = cycle.id if isinstance(cycle, ReviewCycle) else cycle
    review = None if named is None else model.get(ReviewCycle, named)
    view = RuleView(model=model, on=on, cycle=review)
    found = tuple(measure for measuring in _MEASURED for measure in measuring(view))
    return MissionMeasures(measures=found, on=on, cycle=review.id if review else "")


def _covered(view: RuleView) -> Iterator[MissionMeasure]:
    found = coverage(view.model, on=view.on)
    yield from (MissionMeasure.of(found[name]) for name in _COVERAGE)


def _realized(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield which part of the plan is carried by a process.

    A course of action is carried also where one that implements it is.
    """
    objectives = {
        each.id
        for each in view.of(Objective)
        if each.status is not ObjectiveStatus.DROPPED
    }
    courses = {each.id for each in view.in_force(CourseOfAction)}
    living = [each for each in view.of(Process) if not is_retired(each, view.on)]
    carried: set[str] = {ref for each in living for ref in each.achieves}
    waiting: list[str] = [ref for each in living for ref in each.realizes]
    known = view.by_id(CourseOfAction)
    while waiting:
        ref = waiting.pop()
        if ref not in carried:
            carried.add(ref)
            waiting += known[ref].implements if ref in known else ()
    yield MissionMeasure.of(share_in(_REALIZED, carried, objectives | courses))


def _met(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield which objectives are met.

    What somebody concluded counts before the readings, which may be of a later time.
    """
    readings = readings_of(view.model, view.day)
    measures = view.referring(SuccessMeasure, "of")
    met: set[str] = set()
    judged: set[str] = set()
    left = 0
    for objective in view.of(Objective):
        if objective.status is ObjectiveStatus.DROPPED:
            continue
        held = measures.get(objective.id, ())
        known = _CONCLUDED.get(objective.status, _by_readings(held, readings, view.day))
        if known is None:
            left += 1
            continue
        judged.add(objective.id)
        met |= {objective.id} if known else set()
    said = f"{left:,} that cannot be judged left out" if left else ""
    found = MissionMeasure.of(share_in(_MET, met, judged, said))
    yield found if judged or not left else evolve(found, reason=_MET.reason)


def _by_readings(
    measures: tuple[SuccessMeasure, ...],
    readings: dict[str, list[Observation]],
    day: date,
) -> bool | None:
    """Return whether all targets are met that readings can be compared with.

    Nothing can be said where there is none; a measure without a reading is not met
    beside one that has some.
    """
    found: list[bool] = []
    unread = False
    for measure in measures:
        target, taken = measure.target_on(day), readings.get(measure.id, [])
        unread = unread or not taken
        known = is_met(measure, target, taken[-1]) if target and taken else None
        found += [] if known is None else [known]
    return all(found) and not unread if found else None


_MEASURED: Final[tuple[Measuring, ...]] = (
    _covered,
    _realized,
    review_punctuality,
    decisions_in_time,
    age_of_actions,
    alarm_to_decision,
    _met,
    satisfaction,
    effort_on_mission,
)
