"""What reviews look at, with which choice, and when they are held."""

from datetime import date, timedelta

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.review import AgendaEntry
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
NEXT = Period(date(2026, 1, 1), date(2026, 12, 31))
YEARLY = Cadence(1, Unit.YEAR)
ENTRIES = tuple(AgendaEntry(code=code, title=code.upper()) for code in "abc")


def found(model: Model, code: str, on: date | None = None) -> list[tuple[str, str]]:
    issues = check(model, on=on, select=(code,)).issues
    return [(issue.ref, issue.value) for issue in issues]


def not_judged(
    model: Model, code: str, on: date | None = None
) -> list[tuple[str, ...]]:
    return [each.refs for each in check(model, on=on, select=(code,)).not_judged]


def sitting(status: str, *days: date | None, code: str | None = "a") -> Model:
    def story(d: Draft) -> None:
        d.review_cycle("Review", id="review", status=status)
        d.agenda_item("Risks", id="risks", code=code, cycle="review")
        for day in days:
            d.meeting("Sitting", cycle="review", on=day, covers=("a", "b"))

    return told(story)


@pytest.mark.parametrize(
    ("model", "found_on_day", "known_without"),
    [
        (sitting("closed"), True, True),
        (sitting("active"), False, True),
        (sitting("active", DAY), True, False),
        (sitting("active", DAY + timedelta(days=1)), False, False),
        (sitting("active", None), True, True),
        (sitting("active", DAY, None), True, True),
        (sitting("active", DAY, code="c"), False, True),
        (sitting("active", DAY, code=None), False, True),
    ],
)
def test_an_item_waits_for_its_meeting(
    model: Model, *, found_on_day: bool, known_without: bool
) -> None:
    code = "MK-REV-029"
    wanted = [("risks", "")] if found_on_day else []

    assert found(model, code, DAY) == wanted
    assert not_judged(model, code, DAY) == []
    assert found(model, code) == (wanted if known_without else [])
    assert not_judged(model, code) == ([] if known_without else [("risks",)])


def test_an_item_of_no_review_is_not_judged_by_one() -> None:
    assert found(told(lambda d: d.agenda_item("Risks")), "MK-REV-029", DAY) == []


def agenda(status: str) -> Model:
    def story(d: Draft) -> None:
        d.agenda("Agenda", id="agenda", entries=ENTRIES)
        d.review_cycle("Review", id="review", status=status, agenda="agenda")
        d.agenda_item("B", code="b", cycle="review", disposition="considered")

    return told(story)


def test_a_closed_review_has_an_item_for_each_entry_of_its_agenda() -> None:
    (issue,) = check(agenda("closed"), select=("MK-REV-029",)).issues

    assert issue.ref == "review"
    assert issue.path == "agenda"
    assert issue.value == "'a, c'"
    assert issue.message.endswith("has no item for 2 of the 3 entries of its agenda.")
    assert "'a'" in issue.fix


def test_an_open_review_may_still_work_through_its_agenda() -> None:
    assert found(agenda("active"), "MK-REV-029", DAY) == []


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("course_correction", True),
        ("change_intent", True),
        ("resource", False),
        (None, False),
    ],
)
def test_only_a_change_of_course_needs_options(
    kind: str | None, *, asked: bool
) -> None:
    model = told(lambda d: d.decision("Turn", id="turn", kind=kind))

    assert found(model, "MK-REV-033") == ([("turn", "")] if asked else [])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "names nothing else that was possible."),
        (("as proposed",), "names only one option."),
        (("As proposed", "as proposed"), "names only one option."),
        (("as proposed", "wait"), None),
    ],
)
def test_one_option_is_no_choice(options: tuple[str, ...], said: str | None) -> None:
    model = told(lambda d: d.decision("Turn", kind="change_intent", options=options))
    issues = check(model, select=("MK-REV-033",)).issues

    assert [i.message for i in issues] == ([f"Decision 'Turn' {said}"] if said else [])


def test_a_waiver_holds_to_the_end_of_its_day() -> None:
    def story(d: Draft) -> None:
        d.party("Ana", id="ana")
        d.waiver(
            id="waiver",
            code="MK-TRC-001",
            on="ana",
            granted_by="ana",
            why="-",
            until=DAY,
        )

    model, code = told(story), "MK-REV-034"

    assert found(model, code, DAY) == []
    assert found(model, code, DAY + timedelta(days=1)) == [("waiver", "2026-06-30")]
    assert check(model, select=(code,)).not_judged[0].why.startswith("it depends on")


def followed(
    entered: date | None = None,
    *,
    status: str = "active",
    period: Period | None = None,
    left: date | None = None,
    looked_at: Period | None = YEAR,
) -> Model:
    def story(d: Draft) -> None:
        d.review_cycle(
            "Before", id="before", status="closed", period=looked_at, cadence=YEARLY
        )
        if left:
            d.stage_run(cycle="before", stage="review", left=left)
        d.review_cycle(
            "After", id="after", previous="before", status=status, period=period
        )
        if entered:
            d.stage_run(cycle="after", stage="understand", entered=entered)
            d.stage_run(
                cycle="after", stage="direct", entered=entered.replace(year=2030)
            )

    return told(story)


IN_TIME, TOO_LATE = date(2027, 2, 5), date(2027, 2, 6)


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        (followed(IN_TIME), []),
        (followed(TOO_LATE), [("after", "2027-02-06")]),
        (followed(TOO_LATE, status="draft"), [("after", "2027-02-06")]),
        (followed(TOO_LATE, status="closed"), [("after", "2027-02-06")]),
        (followed(period=NEXT), []),
        (followed(period=Period(end=TOO_LATE)), [("after", "2027-02-06")]),
        (
            followed(date(2026, 11, 1), looked_at=None, left=date(2025, 9, 1)),
            [("after", "2026-11-01")],
        ),
        (followed(IN_TIME, looked_at=None), []),
    ],
)
def test_a_review_may_be_late_by_a_tenth_of_its_cadence(
    model: Model, wanted: list[tuple[str, str]]
) -> None:
    assert found(model, "MK-REV-035") == wanted
    assert not_judged(model, "MK-REV-035") == []


@pytest.mark.parametrize("status", ["draft", "canceled"])
def test_a_review_that_was_not_held_is_late_by_the_day(status: str) -> None:
    model, code = followed(status=status, period=NEXT), "MK-REV-035"

    assert found(model, code, IN_TIME) == []
    assert found(model, code, TOO_LATE) == [("before", "2026-12-31")]
    assert not_judged(model, code) == [("before",)]


def test_without_a_record_of_when_it_was_held_nobody_can_say() -> None:
    (gap,) = check(followed(), on=TOO_LATE, select=("MK-REV-035",)).not_judged

    assert gap.refs == ("after",)
    assert gap.why == "nobody recorded when it was held"


def test_that_a_review_was_late_is_history_once_the_next_is_closed() -> None:
    model, code = followed(TOO_LATE, status="closed"), "MK-REV-035"
    d = Draft(model)
    d.review_cycle("Last", id="last", previous="after", status="active")
    assert found(d.model, code) == [("after", "2027-02-06")]

    d.set("last", status="closed")
    assert found(d.model, code) == []


def test_how_late_is_a_limit() -> None:
    limits = {"review_lateness": 0.2}

    assert not check(followed(TOO_LATE), limits=limits, select=("MK-REV-035",)).issues


@pytest.mark.parametrize(
    ("fields", "late"),
    [
        ({}, False),
        ({"status": "active"}, False),
        ({"scope": "trust"}, False),
        ({"scope": "wet"}, True),
        ({"status": "canceled"}, True),
        ({"status": "draft"}, True),
        ({"previous": "other"}, True),
        ({"period": YEAR}, True),
        ({"period": None}, True),
    ],
)
def test_the_next_review_of_the_same_scope_follows_one_that_none_says_to_follow(
    fields: dict[str, object], *, late: bool
) -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.operating_sphere("Wet", id="wet")
        d.review_cycle("Other", id="other", status="closed", period=Period(end=DAY))
        d.review_cycle("R", id="r", status="closed", period=YEAR, cadence=YEARLY)
        d.review_cycle("S", id="s", status="closed", period=NEXT)
        d.set("other", status="canceled")
        d.set("s", **fields)

    wanted = [("r", "2026-12-31")] if late else []

    assert found(told(story), "MK-REV-035", date(2029, 1, 1)) == wanted


@pytest.mark.parametrize("status", ["active", "canceled"])
def test_what_is_not_closed_has_no_next_review_yet(status: str) -> None:
    def story(d: Draft) -> None:
        d.review_cycle("R", status=status, period=YEAR, cadence=YEARLY)
        d.review_cycle("S", status="closed", period=YEAR)

    assert found(told(story), "MK-REV-035", date(2029, 1, 1)) == []


def ladder(*days: date) -> ReleaseLadder:
    steps = zip(ReleaseState, days, strict=False)
    return ReleaseLadder(steps=tuple(ReleaseStep(state=s, on=on) for s, on in steps))


SPRING = tuple(date(2026, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("release", "before", "after"),
    [
        (None, "'nothing'", "'nothing'"),
        (ladder(*SPRING), "'installed'", "'installed'"),
        (ladder(*SPRING, DAY), "'installed'", None),
        (ladder(DAY), "'nothing'", "'developed'"),
        (retired(DAY), "'developed'", None),
    ],
)
@pytest.mark.parametrize("held", [("active", "review"), ("closed", None)])
def test_a_critical_process_is_in_use_when_it_is_reviewed(
    release: ReleaseLadder | None,
    before: str | None,
    after: str | None,
    held: tuple[str, str | None],
) -> None:
    def story(d: Draft) -> None:
        status, stage = held
        d.review_cycle("Review", status=status, stage=stage, period=NEXT)
        d.process("Rescue", id="rescue", critical=True, release=release)
        d.process("Tea", release=release)

    model, code = told(story), "MK-REV-036"
    yesterday = DAY - timedelta(days=1)

    assert [v for _, v in found(model, code, yesterday)] == ([before] if before else [])
    assert [v for _, v in found(model, code, DAY)] == ([after] if after else [])
    assert found(model, code) == found(model, code, date(2030, 1, 1))


def test_before_the_last_stage_nothing_needs_to_be_in_use() -> None:
    def story(d: Draft) -> None:
        d.review_cycle("Now", status="active", stage="enable")
        d.review_cycle("Then", status="canceled", stage="review")
        d.process("Rescue", critical=True)

    assert found(told(story), "MK-REV-036") == []


def test_a_process_that_came_after_a_review_was_no_part_of_it() -> None:
    def story(d: Draft) -> None:
        d.review_cycle("Then", status="closed", period=YEAR)
        d.process("Rescue", critical=True, release=ladder(SPRING[0]))

    assert found(told(story), "MK-REV-036", DAY) == []


@pytest.mark.parametrize(
    ("scope", "reviewed"),
    [
        (None, {"here", "there", "nowhere"}),
        ("trust", {"here", "there", "nowhere"}),
        ("homes", {"here"}),
        ("branch", {"there"}),
    ],
)
def test_a_review_looks_at_the_processes_of_its_scope(
    scope: str | None, reviewed: set[str]
) -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.organization("Branch", id="branch", parent="trust")
        d.operating_sphere("Homes", id="homes", organization="trust")
        d.operating_sphere("Town", id="town", organization="branch")
        d.review_cycle("Then", status="closed", scope=scope)
        for name, sphere in (("here", "homes"), ("there", "town"), ("nowhere", None)):
            d.process(name, id=name, critical=True, sphere=sphere)

    assert {ref for ref, _ in found(told(story), "MK-REV-036")} == reviewed
