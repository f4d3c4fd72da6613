"""What follows from a review: decisions, actions, and what the next one takes over."""

from datetime import date
from decimal import Decimal

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
NEXT = Period(date(2026, 1, 1), date(2026, 12, 31))
SUMMER = date(2025, 7, 1)


def found(model: Model, code: str, on: date | None = None) -> list[tuple[str, str]]:
    issues = check(model, on=on, select=(code,)).issues
    return [(issue.ref, issue.value) for issue in issues]


def gaps(model: Model, code: str, on: date | None = None) -> list[tuple[str, ...]]:
    return [each.refs for each in check(model, on=on, select=(code,)).not_judged]


def reviewed(status: str = "closed", period: Period | None = YEAR) -> Draft:
    d = Draft()
    d.review_cycle("Review", id="review", status=status, period=period)
    d.objective("Dry homes", id="homes")
    d.process("Drying", id="drying", achieves=("homes",))
    d.success_measure(
        "Damp", id="damp", of="homes", direction="lower", threshold=Decimal(5)
    )
    return d


def read(d: Draft, value: str, on: date | None) -> None:
    d.observation(measure="damp", value=Decimal(value), at=on)


RED = [("damp", "'9'")]


@pytest.mark.parametrize(
    ("readings", "wanted"),
    [
        ([("9", SUMMER)], RED),
        ([("5", SUMMER)], []),
        ([("9", SUMMER), ("4", date(2025, 8, 1))], []),
        ([("4", SUMMER), ("9", date(2025, 12, 31))], RED),
        ([("4", SUMMER), ("9", date(2026, 1, 1))], []),
        ([("9", None)], []),
        ([], []),
    ],
)
def test_the_last_reading_of_the_period_tells(
    readings: list[tuple[str, date | None]], wanted: list[tuple[str, str]]
) -> None:
    d = reviewed()
    for value, on in readings:
        read(d, value, on)

    assert found(d.model, "MK-REV-030") == wanted


def test_a_reading_of_the_period_is_its_own_whenever_it_was_recorded() -> None:
    d = reviewed()
    value, late = Decimal(9), date(2026, 1, 8)
    d.observation(measure="damp", value=value, at=late, period=YEAR)

    assert found(d.model, "MK-REV-030") == RED
    assert found(d.model, "MK-REV-030", date(2026, 1, 7)) == []


@pytest.mark.parametrize(
    ("fields", "on"),
    [
        ({"direction": None}, SUMMER),
        ({"direction": "band"}, SUMMER),
        ({}, None),
    ],
)
@pytest.mark.parametrize("decided", [True, False])
def test_where_nobody_can_tell_whether_it_is_red_it_is_not_judged(
    fields: dict[str, object], on: date | None, *, decided: bool
) -> None:
    d = reviewed()
    d.set("damp", **fields)
    read(d, "9", on)
    d.decision("Dry", cycle="review", addresses=("homes",) if decided else ())

    assert found(d.model, "MK-REV-030") == []
    assert gaps(d.model, "MK-REV-030") == ([] if decided else [("damp",)])


def test_a_measure_of_nothing_is_told_by_itself() -> None:
    d = reviewed()
    d.set("damp", of=None)
    read(d, "9", SUMMER)
    assert found(d.model, "MK-REV-030") == RED

    d.decision("Dry", cycle="review", addresses=("damp",))
    assert found(d.model, "MK-REV-030") == []


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        (date(2025, 12, 1), []),
        (date(2025, 12, 31), RED),
        (date(2026, 2, 1), RED),
        (date(2024, 2, 1), RED),
    ],
)
def test_a_review_decides_about_what_it_knew(
    left: date, wanted: list[tuple[str, str]]
) -> None:
    d = reviewed()
    read(d, "4", SUMMER)
    read(d, "9", date(2025, 12, 20))
    d.stage_run(cycle="review", stage="review", left=left)

    assert found(d.model, "MK-REV-030") == wanted


@pytest.mark.parametrize("ref", ["damp", "homes", "drying"])
@pytest.mark.parametrize("way", ["addresses", "covers", "action", "none", "elsewhere"])
def test_decided_is_what_a_decision_or_its_action_names(ref: str, way: str) -> None:
    d = reviewed()
    read(d, "9", SUMMER)
    named = {way: (ref,)} if way in ("addresses", "covers") else {}
    if way == "elsewhere":
        named = {"addresses": (ref,)}
    d.decision("Dry", id="dry", cycle=None if way == "elsewhere" else "review")
    d.set("dry", **named)
    addresses = (ref,) if way == "action" else ()
    d.improvement_action("Buy dryers", decision="dry", addresses=addresses)

    assert bool(found(d.model, "MK-REV-030")) == (way in ("none", "elsewhere"))


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        (date(2025, 12, 31), [("homes", "'missed'")]),
        (date(2024, 12, 31), []),
        (date(2026, 12, 31), []),
    ],
)
def test_an_objective_is_missed_in_the_review_in_which_it_ends(
    end: date, wanted: list[tuple[str, str]]
) -> None:
    d = reviewed()
    read(d, "9", SUMMER)  # told by the objective
    d.set("homes", status="missed", period=Period(date(2024, 1, 1), end))

    assert found(d.model, "MK-REV-030") == wanted
    assert gaps(d.model, "MK-REV-030") == []


def test_a_missed_objective_that_was_decided_about_is_settled() -> None:
    d = reviewed()
    d.set("homes", status="missed", period=YEAR)
    d.decision("Dry", cycle="review", addresses=("damp",))

    assert found(d.model, "MK-REV-030") == []


@pytest.mark.parametrize("period", [None, Period(start=SUMMER)])
def test_a_missed_objective_without_an_end_is_not_judged(
    period: Period | None,
) -> None:
    d = reviewed()
    d.set("homes", status="missed", period=period)

    assert found(d.model, "MK-REV-030") == []
    assert gaps(d.model, "MK-REV-030") == [("homes",)]


def test_a_review_without_a_period_is_not_judged() -> None:
    d = reviewed(period=None)
    read(d, "9", SUMMER)

    assert found(d.model, "MK-REV-030") == []
    assert gaps(d.model, "MK-REV-030") == [("review",)]


def test_without_a_closed_review_nothing_is_asked() -> None:
    d = reviewed(status="active")
    read(d, "9", SUMMER)
    d.set("homes", status="missed")

    assert found(d.model, "MK-REV-030") == []
    assert gaps(d.model, "MK-REV-030") == []


def test_only_the_last_closed_review_is_judged() -> None:
    d = reviewed()
    read(d, "9", SUMMER)
    d.review_cycle("Open", previous="review", status="active")
    assert found(d.model, "MK-REV-030") == RED

    d.review_cycle("Later", previous="review", status="closed", period=NEXT)
    assert found(d.model, "MK-REV-030") == []


def test_what_was_given_up_is_not_red() -> None:
    d = reviewed()
    read(d, "9", SUMMER)
    d.set("homes", status="dropped")
    d.process("Old", id="old", release=retired())
    d.set("damp", of="old")
    assert found(d.model, "MK-REV-030") == []

    d.set("damp", of="homes")
    assert found(d.model, "MK-REV-030") == []


def test_a_band_is_left_on_both_sides() -> None:
    d = reviewed()
    targets = (TargetSetting(value=Decimal(3)),)
    d.set("damp", direction="band", targets=targets)
    read(d, "0.5", SUMMER)

    assert found(d.model, "MK-REV-030") == [("damp", "'0.5'")]


@pytest.mark.parametrize(
    ("scope", "wanted"), [("wet", RED), ("dry", []), ("trust", RED)]
)
def test_a_review_answers_for_its_scope(
    scope: str, wanted: list[tuple[str, str]]
) -> None:
    d = Draft()
    d.organization("Trust", id="trust")
    d.operating_sphere("Wet", id="wet")
    d.operating_sphere("Dry", id="dry")
    d.review_cycle("Review", status="closed", period=YEAR, scope=scope)
    d.objective("Dry homes", id="homes")
    d.process("Drying", id="drying", sphere="wet", achieves=("homes",))
    d.success_measure(
        "Damp", id="damp", of="homes", direction="lower", threshold=Decimal(5)
    )
    read(d, "9", SUMMER)

    assert found(d.model, "MK-REV-030") == wanted


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("open", True),
        ("in_progress", True),
        ("ineffective", True),
        ("done", False),
        ("canceled", False),
    ],
)
def test_only_what_is_not_finished_needs_owner_and_day(
    status: str, *, asked: bool
) -> None:
    model = told(lambda d: d.improvement_action("Act", id="act", status=status))
    issues = check(model, select=("MK-REV-031",)).issues

    assert [issue.path for issue in issues] == (["", "due"] if asked else [])


def owned(*periods: Period | None, active: bool = True) -> Model:
    def story(d: Draft) -> None:
        d.role("Owner", id="owner", kind="owner")
        d.party("Ana", id="ana", active=active)
        d.improvement_action("Act", id="act", due=DAY)
        for period in periods:
            d.role_assignment(role="owner", party="ana", on="act", period=period)

    return told(story)


@pytest.mark.parametrize(
    ("model", "lacks", "known"),
    [
        (owned(), True, True),
        (owned(None), False, True),
        (owned(NEXT), False, False),
        (owned(YEAR), True, False),
        (owned(YEAR, None), False, True),
        (owned(None, active=False), True, True),
    ],
)
def test_an_action_is_owned_on_the_day(
    model: Model, *, lacks: bool, known: bool
) -> None:
    code = "MK-REV-031"
    wanted = [("act", "")] if lacks else []

    assert found(model, code, DAY) == wanted
    assert gaps(model, code, DAY) == []
    assert found(model, code) == (wanted if known else [])
    assert gaps(model, code) == ([] if known else [("act",)])


def handed(status: str = "active", period: Period | None = NEXT) -> Draft:
    d = Draft()
    d.review_cycle("Before", id="before", status="closed", period=YEAR)
    d.review_cycle("After", id="after", previous="before", status=status, period=period)
    d.decision("Decided", id="decided", cycle="before")
    return d


def lost(d: Draft, covers: tuple[str, ...] = ()) -> set[str]:
    """Return what an artifact of the new review that covers so much leaves out."""
    d.artifact("Taken", id="taken", view="carry-over", cycle="after", covers=covers)
    issues = check(d.model, select=("MK-REV-032",)).issues
    assert {(issue.ref, issue.path) for issue in issues} <= {("taken", "covers")}
    return {issue.value.strip("'") for issue in issues}


@pytest.mark.parametrize(
    ("status", "closed", "open_still"),
    [
        ("open", None, True),
        ("ineffective", None, True),
        ("done", None, True),
        ("done", date(2026, 1, 1), True),
        ("done", date(2025, 12, 31), True),
        ("ineffective", date(2025, 12, 31), True),
        ("open", date(2025, 12, 31), True),
        ("verified", date(2025, 12, 31), False),
        ("canceled", None, False),
    ],
)
def test_actions_are_taken_over_until_they_are_settled(
    status: str, closed: date | None, *, open_still: bool
) -> None:
    d = handed()
    d.party("Ana", id="ana")
    d.evidence("Seen", id="seen", supports=())
    shown = {"evidence": ("seen",), "verified_by": "ana"}
    d.improvement_action("Act", id="act", decision="decided")
    d.set("act", status=status, closed=closed, **shown)

    assert lost(d) == ({"act"} if open_still else set())


def test_without_any_day_the_status_alone_tells() -> None:
    d = handed(period=None)
    d.improvement_action(
        "Act", id="act", decision="decided", status="done", closed=date(2020, 1, 1)
    )

    assert lost(d) == {"act"}


@pytest.mark.parametrize(
    ("opened", "left"),
    [
        (date(2025, 1, 1), {"act"}),
        (date(2025, 12, 31), {"act"}),
        (date(2026, 1, 1), set()),
        (date(2020, 1, 1), {"act"}),
    ],
)
def test_an_action_of_no_review_is_left_open_by_that_of_its_day(
    opened: date, left: set[str]
) -> None:
    d = handed()
    d.improvement_action("Act", id="act", opened=opened)

    assert lost(d) == left
    assert gaps(d.model, "MK-REV-032") == []


def test_what_began_before_an_earlier_review_is_told_of_that_one() -> None:
    d = handed()
    d.review_cycle("First", id="first", status="closed")
    d.set("before", previous="first")
    d.decision("Of no review", id="free", at=date(2020, 1, 1))
    d.improvement_action("Act", id="act", decision="free")

    assert found(d.model, "MK-REV-032") == [("before", "'act'")]


def test_an_action_of_no_review_and_no_day_is_not_judged() -> None:
    d = handed()
    d.improvement_action("Act", id="act")
    d.improvement_action("Old", id="old")
    d.improvement_action("Given up", status="canceled")
    assert gaps(d.model, "MK-REV-032") == [("act", "old")]
    assert lost(d, ("old",)) == set()
    assert gaps(d.model, "MK-REV-032") == [("act",)]

    alone = Draft()
    alone.review_cycle("First", status="closed")
    alone.improvement_action("Act")
    assert gaps(alone.model, "MK-REV-032") == []


def test_where_much_is_lost_the_first_twenty_are_named() -> None:
    d = handed()
    for number in range(21):
        d.improvement_action("Act", id=f"a{number:02}", decision="decided")
    (issue,) = check(d.model, select=("MK-REV-032",)).issues

    assert issue.value.endswith(", …'")
    assert "21 improvement actions" in issue.message


def test_what_was_taken_over_once_is_taken_over_again() -> None:
    d = handed()
    d.improvement_action("Old", id="old")
    d.artifact("Then", view="carry-over", cycle="before", covers=("old", "before"))

    assert lost(d) == {"old"}


def test_what_is_covered_is_not_lost() -> None:
    d = handed()
    d.improvement_action("Act", id="act", decision="decided")

    assert lost(d, ("act",)) == set()


@pytest.mark.parametrize(
    ("code", "again", "left"),
    [("a", "a", set()), ("a", "b", {"item"}), (None, None, {"item"})],
)
def test_deferred_items_come_back(
    code: str | None, again: str | None, left: set[str]
) -> None:
    d = handed()
    d.agenda_item("Item", id="item", code=code, cycle="before")
    d.set("item", disposition="deferred", deferred_to=DAY)
    d.agenda_item("Other", code="z", disposition="considered", cycle="before")
    d.agenda_item("Again", code=again, cycle="after")

    assert lost(d) == left


@pytest.mark.parametrize(
    ("status", "at", "open_still"),
    [
        ("raised", SUMMER, True),
        ("acknowledged", date(2025, 12, 31), True),
        ("acted", SUMMER, False),
        ("raised", date(2026, 1, 1), False),
        ("raised", date(2024, 12, 31), False),
        ("raised", None, False),
    ],
)
def test_unanswered_signals_are_taken_over(
    status: str, at: date | None, *, open_still: bool
) -> None:
    d = handed()
    d.drift_signal("Hours", id="hours", status=status, at=at)

    assert lost(d) == ({"hours"} if open_still else set())


def test_signals_that_were_taken_over_once_are_taken_over_again() -> None:
    d = handed()
    d.drift_signal("Hours", id="hours", at=date(2024, 1, 1))
    d.drift_signal("Of no day", id="spend")
    d.drift_signal("Long ago", at=date(2024, 1, 1))
    covers = ("hours", "spend")
    d.artifact("Then", view="carry-over", cycle="before", covers=covers)

    assert lost(d) == {"hours", "spend"}


def test_a_review_of_no_known_begin_left_open_all_that_was_raised() -> None:
    d = handed()
    d.set("before", period=None)
    d.drift_signal("Hours", id="hours", at=date(1999, 1, 1))

    assert lost(d) == {"hours"}


def test_a_signal_that_a_decision_answers_is_not_open() -> None:
    d = handed()
    d.drift_signal("Hours", status="raised", at=SUMMER, decision="decided")

    assert lost(d) == set()


def test_the_first_stage_tells_when_a_review_without_a_period_began() -> None:
    d = handed(period=None)
    d.drift_signal("Hours", id="hours", status="raised", at=SUMMER)
    d.stage_run(cycle="after", stage="understand", entered=date(2025, 7, 2))

    assert lost(d) == {"hours"}


@pytest.mark.parametrize(
    ("kind", "review_by", "shown", "open_still"),
    [
        ("risk", None, True, True),
        ("risk", date(2026, 1, 1), True, True),
        ("risk", date(2025, 12, 31), True, False),
        ("reward", None, True, False),
        ("risk", None, False, False),
    ],
)
def test_risks_that_the_review_knew_are_taken_over(
    kind: str, review_by: date | None, *, shown: bool, open_still: bool
) -> None:
    d = handed()
    d.potential_impact("Flood", id="flood", kind=kind, review_by=review_by)
    # Without `covers`, a register shows every risk.
    covers = ("flood",) if shown else ("decided",)
    d.artifact("Risks", view="risk-register", cycle="before", covers=covers)

    assert lost(d) == ({"flood"} if open_still else set())


def test_without_a_carry_over_one_issue_counts_what_is_open() -> None:
    d = handed()
    d.improvement_action("One", id="one", decision="decided")
    (issue,) = check(d.model, select=("MK-REV-032",)).issues
    assert issue.message == (
        "Review cycle 'After' took nothing over, but 1 improvement action is open."
    )

    d.improvement_action("Two", id="two", decision="decided")
    d.drift_signal("Hours", id="hours", status="raised", at=SUMMER)
    d.artifact("Old", view="carry-over", cycle="after", status="superseded")
    (issue,) = check(d.model, select=("MK-REV-032",)).issues

    assert issue.ref == "after"
    assert issue.value == "'one, two, hours'"
    assert issue.message.endswith("2 improvement actions and 1 drift signal are open.")


@pytest.mark.parametrize("status", ["draft", "canceled"])
def test_what_is_not_held_takes_nothing_over(status: str) -> None:
    d = handed(status)
    d.improvement_action("Act", decision="decided")

    assert found(d.model, "MK-REV-032") == []


def test_where_nothing_is_open_no_carry_over_is_asked_for() -> None:
    assert found(handed().model, "MK-REV-032") == []
