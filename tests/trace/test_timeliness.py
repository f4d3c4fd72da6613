from datetime import date

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.domain.review import ActionStatus, CycleStatus
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.trace.coverage import coverage
from missionkit.trace.metric import Metric

DUE = date(2026, 6, 30)
BEFORE, AFTER = date(2026, 6, 29), date(2026, 7, 1)
YEARLY, MONTHLY = Cadence(1, Unit.YEAR), Cadence(1, Unit.MONTH)
IN_TIME, LATE, LEFT_OUT = True, False, None


def metric(model: Model, name: str, on: date) -> Metric:
    return coverage(model, on=on)[name]


def verdict(found: Metric, ref: str) -> bool | None:
    """Return whether *ref* is counted above the line; None where it is not judged."""
    return ref in found.numerator if ref in found.denominator else None


@pytest.mark.parametrize(
    ("status", "closed", "on", "expected"),
    [
        (ActionStatus.OPEN, None, DUE, IN_TIME),
        (ActionStatus.OPEN, None, AFTER, LATE),
        (ActionStatus.IN_PROGRESS, None, BEFORE, IN_TIME),
        (ActionStatus.DONE, DUE, AFTER, IN_TIME),
        (ActionStatus.DONE, AFTER, AFTER, LATE),
        (ActionStatus.DONE, AFTER, DUE, IN_TIME),  # was not done then, but not due
        (ActionStatus.INEFFECTIVE, BEFORE, AFTER, IN_TIME),
        (ActionStatus.DONE, None, AFTER, LEFT_OUT),
        (ActionStatus.CANCELED, None, AFTER, LEFT_OUT),
    ],
)
def test_an_action_is_in_time_when_done_by_its_day_or_not_due_yet(
    status: ActionStatus, closed: date | None, on: date, *, expected: bool | None
) -> None:
    with draft("T") as d:
        d.improvement_action("act", due=DUE, status=status, closed=closed)
        d.improvement_action("undated")

    assert verdict(metric(d.model, "action timeliness", on), "act") is expected


def test_actions_done_on_an_unknown_day_are_said_to_be_left_out() -> None:
    with draft("T") as d:
        d.improvement_action("act", due=DUE)
        d.improvement_action("done", due=DUE, status="done")
    found = metric(d.model, "action timeliness", DUE)

    assert found.denominator == ("act",)
    assert found.reason == "1 done on a day that is not recorded left out"


def reviews(second: date | None, status: CycleStatus = CycleStatus.ACTIVE) -> Model:
    """Return a yearly review begun on 30 June 2025, and a next one begun on a day."""
    with draft("T") as d:
        first = d.review_cycle("First", cadence=YEARLY, status="closed")
        d.stage_run(cycle=first, stage="direct", entered=date(2025, 9, 1))
        d.stage_run(cycle=first, stage="understand", entered=date(2025, 6, 30))
        d.stage_run(cycle=first, stage="enable")
        following = d.review_cycle("Second", previous=first, status=status)
        d.stage_run(cycle=following, stage="understand", entered=second)
    return d.model


# due on 30 June 2026; a tenth of 365 days more is 5 August
@pytest.mark.parametrize(
    ("second", "on", "expected"),
    [
        (date(2026, 6, 30), date(2026, 12, 1), IN_TIME),
        (date(2026, 8, 5), date(2026, 12, 1), IN_TIME),
        (date(2026, 8, 6), date(2026, 12, 1), LATE),
        (date(2026, 8, 6), date(2026, 8, 6), LATE),
        (date(2026, 8, 6), date(2026, 8, 5), LEFT_OUT),  # not begun, nor overdue
        (None, date(2026, 8, 6), LATE),
        (None, date(2026, 8, 5), LEFT_OUT),
    ],
)
def test_a_review_is_followed_by_the_next_within_its_cadence_and_a_tenth(
    second: date | None, on: date, *, expected: bool | None
) -> None:
    found = metric(reviews(second), "review punctuality", on)

    assert verdict(found, "first") is expected
    assert verdict(found, "second") is LEFT_OUT  # it names no cadence


def test_a_canceled_review_follows_nothing() -> None:
    model = reviews(date(2026, 6, 30), CycleStatus.CANCELED)

    assert verdict(metric(model, "review punctuality", AFTER), "first") is LEFT_OUT
    late = metric(model, "review punctuality", date(2026, 12, 1))
    assert verdict(late, "first") is LATE


def test_the_earliest_of_two_next_reviews_counts() -> None:
    with draft("T") as d:
        first = d.review_cycle("First", cadence=YEARLY, status="closed")
        d.stage_run(cycle=first, stage="understand", entered=date(2025, 6, 30))
        for ref, day in (("a", AFTER), ("b", date(2027, 1, 1))):
            cycle = d.review_cycle(ref, previous=first, status="active")
            d.stage_run(cycle=cycle, stage="understand", entered=day)
    found = metric(d.model, "review punctuality", date(2027, 6, 1))

    assert found.numerator == ("first",)


def test_the_last_days_there_are_do_not_break_the_sum() -> None:
    with draft("T") as d:
        cycle = d.review_cycle("R", cadence=Cadence(900, Unit.YEAR), status="active")
        d.stage_run(cycle=cycle, stage="understand", entered=date(9998, 1, 1))

    assert metric(d.model, "review punctuality", date.max).denominator == ()


@pytest.mark.parametrize(
    ("at", "period", "on", "expected"),
    [
        (date(2026, 4, 30), None, date(2026, 6, 30), IN_TIME),
        (date(2026, 4, 30), None, date(2026, 7, 1), LATE),
        (None, Period(date(2026, 4, 1), date(2026, 4, 30)), DUE, IN_TIME),
        (None, Period(start=date(2026, 4, 1)), DUE, LATE),  # of no known day
        (None, None, DUE, LATE),
        (AFTER, None, DUE, LATE),  # not read yet
    ],
)
def test_a_measure_is_fresh_within_two_of_its_rhythms(
    at: date | None, period: Period | None, on: date, *, expected: bool | None
) -> None:
    with draft("T") as d:
        measure = d.success_measure("M", id="m", frequency=MONTHLY)
        d.success_measure("Without rhythm", id="w")
        d.observation(measure=measure, value=1, at=date(2026, 1, 31))
        d.observation(measure=measure, value=1, at=at, period=period)
    found = metric(d.model, "measurement freshness", on)

    assert verdict(found, "m") is expected
    assert verdict(found, "w") is LEFT_OUT
