from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ids import GoalId, ObjectiveId, ProcessId
from missionkit.domain.kinds import Kinds
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import BusinessOutput, CourseOfAction, Goal, Objective
from missionkit.domain.process import Process
from missionkit.domain.relation import Relation
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.domain.values import Cadence, Contribution, Period, Unit
from missionkit.ports.rule import NotJudged
from missionkit.rules.check import check
from missionkit.testing.strategies import models
from missionkit.trace.coverage import coverage
from tests.rules.cases import DAY, retired, told

MONTHLY = Cadence(1, Unit.MONTH)
KINDS_OF_WORK = Kinds(
    (Need, Goal, Objective, CourseOfAction, BusinessOutput, Process, Relation)
)


def refs(model: Model, code: str, on: date | None = None) -> list[str]:
    return [issue.ref for issue in check(model, on=on).of(code)]


def not_judged(model: Model, code: str, on: date | None = None) -> list[NotJudged]:
    return [each for each in check(model, on=on).not_judged if each.code == code]


@pytest.mark.parametrize("status", ["proposed", "declined", "met", "withdrawn"])
def test_only_accepted_needs_must_have_an_objective(status: str) -> None:
    model = told(lambda d: d.need("Warm", status=status, decided_reason="so"))

    assert refs(model, "MK-TRC-001") == []


def test_a_dropped_objective_is_asked_for_nothing() -> None:
    model = told(lambda d: d.objective("Insulate", status="dropped"))

    for code in ("MK-TRC-002", "MK-TRC-004", "MK-TRC-005"):
        assert refs(model, code) == []


def test_whether_an_intent_is_approved_is_left_to_the_review() -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent")
        d.goal("Homes", id="homes", intent="intent")

    (found,) = not_judged(told(story), "MK-TRC-003")

    assert found.refs == ("homes",)
    assert not_judged(told(lambda d: d.goal("Homes")), "MK-TRC-003") == []


def test_a_process_that_retires_later_still_works_today() -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate")
        release = retired(DAY)
        d.process("Build", id="build", achieves=("insulate",), release=release)
        d.business_output("House", produced_by="build")

    before = date(2026, 6, 29)
    for code in ("MK-TRC-005", "MK-TRC-008"):
        assert refs(told(story), code, before) == []
        assert len(refs(told(story), code, DAY)) == 1
        assert len(refs(told(story), code)) == 1


def test_a_process_that_achieves_only_dropped_objectives_achieves_none() -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="kept")
        for ref in ("old", "older"):
            d.objective("Heat", id=ref, status="dropped")
        d.process("Build", id="build", achieves=("old", "older"))
        d.process("Mend", achieves=("old", "kept"))

    (issue,) = check(told(story)).of("MK-TRC-006")

    assert issue.ref == "build"
    assert issue.message == (
        "Process 'Build' achieves only objectives that were dropped."
    )


def test_whether_an_erased_objective_was_dropped_is_not_known() -> None:
    gone = Opaque(kind="objective", id="gone", erased=True)
    work = Process(id=ProcessId("work"), name="W", achieves=(ObjectiveId("gone"),))

    assert refs(Model([gone, work]), "MK-TRC-006") == []


@pytest.mark.parametrize("retires", [date(2026, 6, 29), DAY, date(2026, 7, 1), None])
@pytest.mark.parametrize("status", ["active", "dropped"])
def test_check_and_coverage_agree_on_which_processes_achieve_nothing(
    retires: date | None, status: str
) -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", status=status)
        release = retired(retires) if retires else None
        d.process("Build", id="build", achieves=("insulate",), release=release)
        d.process("Idle", id="idle", release=release)

    model = told(story)

    missing = coverage(model, on=DAY)["process purposefulness"].missing
    assert refs(model, "MK-TRC-006", DAY) == list(missing)


HELPED = {
    "a goal": ("homes", 50, False),
    "an objective": ("insulate", 50, False),
    "an objective that was dropped": ("heat", 50, True),
    "nothing, but hurts a goal": ("homes", -50, True),
}


@pytest.mark.parametrize("what", HELPED)
def test_check_and_coverage_agree_on_a_process_that_only_contributes(what: str) -> None:
    target, weight, found = HELPED[what]

    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        d.objective("Insulate", id="insulate")
        d.objective("Heat", id="heat", status="dropped")
        help_ = Contribution(target=GoalId(target), weight=weight)
        d.process("Build", id="build", contributions=(help_,))

    model = told(story)
    missing = coverage(model, on=DAY)["process purposefulness"].missing

    assert refs(model, "MK-TRC-006", DAY) == list(missing) == ["build"] * found


@given(models(kinds=KINDS_OF_WORK, max_size=20), st.dates())
def test_check_and_coverage_agree_on_any_model(model: Model, on: date) -> None:
    missing = coverage(model, on=on)["process purposefulness"].missing

    assert refs(model, "MK-TRC-006", on) == list(missing)


def test_a_retired_process_needs_no_objective() -> None:
    assert refs(told(lambda d: d.process("Old", release=retired())), "MK-TRC-006") == []


@pytest.mark.parametrize(
    ("status", "found"),
    [("proposed", 1), ("accepted", 1), ("declined", 0), ("met", 0), ("withdrawn", 0)],
)
def test_only_open_needs_can_be_given_up(status: NeedStatus, found: int) -> None:
    def story(d: Draft) -> None:
        d.need("Warm", id="warm", status=status, decided_reason="so")
        d.objective("Insulate", needs=("warm",), status="dropped")

    assert len(refs(told(story), "MK-TRC-009")) == found


def measured(**fields: object) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate")
        d.success_measure("Done", id="done", frequency=MONTHLY, of="insulate")
        for name, found in fields.items():
            ref, _, field = name.partition("__")
            d.set(ref, **{field: found})

    return story


def read_on(*days: date | None) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        measured()(d)
        for day in days:
            d.observation(measure="done", value=Decimal(1), at=day)

    return story


def period(
    start: date | None = None, end: date | None = None
) -> Callable[[Draft], None]:
    return measured(insulate__period=Period(start, end))


TARGETS = (
    TargetSetting(value=Decimal(9)),
    TargetSetting(value=Decimal(9), since=date(2026, 5, 1)),
    TargetSetting(value=Decimal(8), since=date(2026, 4, 30)),
)
LATE = {
    "never read": measured(),
    "objective since two months and a day": period(date(2026, 4, 29)),
    "objective ended two months and a day on": period(
        date(2025, 1, 1), date(2025, 3, 2)
    ),
    "objective without a start": period(end=date(2030, 1, 1)),
    "read two months and a day ago": read_on(date(2026, 4, 29)),
    "read two months and a day ago and on a day unknown": read_on(
        date(2026, 4, 29), None
    ),
    "read only tomorrow": read_on(date(2026, 7, 1)),
}
IN_TIME = {
    "without a frequency": measured(done__frequency=None),
    "objective dropped": measured(insulate__status="dropped"),
    "objective met": measured(insulate__status="met"),
    "objective since two months": period(date(2026, 4, 30)),
    "objective ended after two months": period(date(2025, 1, 1), date(2025, 3, 1)),
    "first target since two months": measured(done__targets=TARGETS),
    "read two months ago": read_on(date(2026, 4, 30)),
    "read again since": read_on(date(2026, 4, 29), date(2026, 5, 5)),
}


@pytest.mark.parametrize("story", LATE)
def test_a_measure_is_late_after_twice_its_frequency(story: str) -> None:
    assert refs(told(LATE[story]), "MK-TRC-007", DAY) == ["done"]


@pytest.mark.parametrize("story", IN_TIME)
def test_a_measure_is_in_time_before(story: str) -> None:
    assert refs(told(IN_TIME[story]), "MK-TRC-007", DAY) == []


def test_readings_without_a_day_are_not_judged() -> None:
    (found,) = not_judged(told(read_on(None)), "MK-TRC-007", DAY)

    assert found.refs == ("done",)
    assert refs(told(read_on(None)), "MK-TRC-007", DAY) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [((1, 1), date(2026, 5, 1)), ((5, 1), None)],
    ids=["whole", "open"],
)
def test_a_reading_of_a_period_counts_from_its_end(
    start: tuple[int, int], end: date | None
) -> None:
    period = Period(date(2026, *start), end)

    def story(d: Draft) -> None:
        measured()(d)
        d.observation(measure="done", value=Decimal(1), period=period)

    assert refs(told(story), "MK-TRC-007", DAY) == []


def test_a_measure_of_a_process_is_read_until_it_retires() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build", release=retired(DAY))
        d.success_measure("Built", id="built", of="build", frequency=MONTHLY)

    assert refs(told(story), "MK-TRC-007", date(2026, 6, 29)) == ["built"]
    assert refs(told(story), "MK-TRC-007", DAY) == []


@pytest.mark.parametrize(
    ("since", "on", "late"),
    [
        (None, date(2025, 3, 1), False),
        (None, date(2025, 3, 2), True),
        (date(2020, 1, 1), date(2025, 3, 1), False),
        (date(2025, 2, 1), date(2025, 4, 1), False),
        (date(2025, 2, 1), date(2025, 4, 2), True),
    ],
)
def test_the_measure_of_a_process_is_due_from_when_that_was_developed(
    since: date | None, on: date, *, late: bool
) -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build", release=retired())
        target = TargetSetting(value=Decimal(1), since=since)
        d.success_measure(
            "Built", id="built", of="build", frequency=MONTHLY, targets=(target,)
        )

    assert refs(told(story), "MK-TRC-007", on) == (["built"] if late else [])


@pytest.mark.parametrize(("on", "found"), [(7, ["done"]), (8, [])])
def test_a_reading_of_an_objectives_last_days_may_be_recorded_later(
    on: int, found: list[str]
) -> None:
    def story(d: Draft) -> None:
        year = Period(date(2025, 1, 1), date(2025, 12, 31))
        d.objective("Insulate", id="insulate", period=year, status="active")
        d.success_measure("Done", id="done", of="insulate", frequency=MONTHLY)
        late = date(2026, 1, 8)
        d.observation(measure="done", value=Decimal(1), at=late, period=year)

    assert refs(told(story), "MK-TRC-007", date(2026, 1, on)) == found


def test_how_many_readings_may_be_missed_is_a_limit() -> None:
    model = told(read_on(date(2026, 4, 29)))

    assert check(model, on=DAY, limits={"missed_readings": 3}).of("MK-TRC-007") == ()


def test_a_frequency_beyond_the_calendar_is_never_late() -> None:
    model = told(read_on(date(2026, 4, 29)))
    found = check(model, on=date.max, limits={"missed_readings": 1e300})

    assert found.of("MK-TRC-007") == ()


def test_a_recorded_conclusion_stands_for_a_stakeholder() -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.conclusion("There are no suppliers", about="stake:supplier")
        d.conclusion("It is early", about="stake:society", kind="early_review")
        d.stakeholder("Tenants", stakes={"customer", "neighbor"})

    found = check(told(story)).of("MK-TRC-010")

    assert [(issue.ref, issue.value) for issue in found] == [
        ("trust", "'employee'"),
        ("trust", "'shareholder'"),
        ("trust", "'society'"),
    ]


def test_a_stake_that_is_nearly_one_is_named() -> None:
    def story(d: Draft) -> None:
        stakes = {"custmer", "employee", "society", "shareholder", "neighbor"}
        d.stakeholder("Tenants", stakes=stakes)

    customer, supplier = check(told(story)).of("MK-TRC-010")

    assert customer.fix == (
        "add one, or record a conclusion about 'stake:customer';"
        " or write 'customer' for 'custmer'"
    )
    assert supplier.fix == "add one, or record a conclusion about 'stake:supplier'"


def test_an_empty_model_lacks_no_stakes() -> None:
    assert check(Model()).clean
