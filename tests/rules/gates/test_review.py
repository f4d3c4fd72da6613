import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AgendaId, ReviewCycleId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import AgendaEntry, ReviewCycle
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.issue import Severity
from missionkit.rules.check import check
from missionkit.rules.gates import enable, review
from missionkit.testing.strategies import models
from tests.rules.approving import approve
from tests.rules.asked import gate, messages, places, unknown, waived
from tests.rules.cases import CASES, DAY, Case, told

MONTHLY, YEARLY = Cadence(1, Unit.MONTH), Cadence(1, Unit.YEAR)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
START, END = date(2026, 1, 1), date(2026, 12, 31)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
MINE = [case for case in CASES if "MK-GAT-026" <= case.code <= "MK-GAT-034"]


def named(case: Case) -> str:
    return case.code


def reviewed(*stories: Callable[[Draft], object], **fields: Any) -> Model:  # noqa: ANN401 - any field
    def whole(d: Draft) -> None:
        d.review_cycle("Review", id="review", **({"period": YEAR} | fields))
        d.review_cycle("Other", id="other")
        for story in stories:
            story(d)

    return told(whole)


def judged(number: int, model: Model, on: date | None = None) -> list[str]:
    """Return the messages of a gate that could judge all."""
    found = gate(model, number, on, "review")
    assert found.not_judged == ()
    return messages(found)


def test_all_nine_block_and_are_asked_only_on_request() -> None:
    codes = [entry.codes for entry in review.RULES]

    assert [code.code for (code,) in codes] == [f"MK-GAT-{n:03}" for n in range(26, 35)]
    assert {code.severity for (code,) in codes} == {Severity.ERROR}
    assert all(code.act and code.by in set(RoleKind) for (code,) in codes)
    assert all(entry.on_request for entry in review.RULES)


@pytest.mark.parametrize("case", MINE, ids=named)
def test_a_waiver_sets_apart_what_stands_in_the_way(case: Case) -> None:
    model = waived(case.model(mended=False), case.code, case.ref, DAY)
    found = check(model, on=DAY, cycle=case.cycle, select=(case.code,))

    assert found.clean
    assert [each.issue.ref for each in found.waived] == [case.ref]


@pytest.mark.parametrize("case", MINE, ids=named)
def test_a_waiver_does_not_outlast_its_day(case: Case) -> None:
    model = waived(case.model(mended=False), case.code, case.ref, YESTERDAY)
    found = check(model, on=DAY, cycle=case.cycle, select=(case.code,))

    assert places(found) == [(case.ref, case.path)]


# 26: a full period of the measures


def rhythms(*every: Cadence | None) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        for number, each in enumerate(every):
            d.success_measure("Done", id=f"done-{number}", frequency=each)

    return story


def left(*days: date | None) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        for number, day in enumerate(days, 1):
            run: dict[str, Any] = {"cycle": "review", "pass_number": number}
            d.stage_run(stage="enable", left=day, **run)

    return story


@pytest.mark.parametrize(
    ("every", "early"),
    [
        ((MONTHLY,), False),
        ((YEARLY,), True),
        ((MONTHLY, YEARLY), False),
        ((MONTHLY, YEARLY, YEARLY), True),
        ((MONTHLY, None, None), False),
    ],
)
def test_half_of_the_measures_need_a_full_period(
    every: tuple[Cadence | None, ...], *, early: bool
) -> None:
    assert bool(judged(26, reviewed(rhythms(*every)), DAY)) == early


def test_how_many_measures_need_one_can_be_set() -> None:
    model = reviewed(rhythms(MONTHLY, YEARLY))
    asked = {"on": DAY, "cycle": "review", "select": ("MK-GAT-026",)}

    found = check(model, limits={"ripe_measures": 1}, **asked)  # type: ignore[arg-type]

    (said,) = messages(found)
    assert said == (
        "Review cycle 'Review' comes early: 1 of 2 measures had a full period"
        " since 2026-01-01."
    )


@pytest.mark.parametrize(
    ("days", "period", "early"),
    [
        ((date(2026, 5, 30),), None, False),
        ((date(2026, 6, 1),), None, True),
        ((date(2026, 6, 1), date(2026, 5, 30), None), None, False),
        ((DAY,), Period(date(2026, 5, 30)), False),
        ((date(2026, 5, 30),), Period(DAY), False),
        ((), Period(date(2026, 6, 1)), True),
        ((), Period(TOMORROW), True),
    ],
)
def test_it_is_counted_from_the_first_of_both_days(
    days: tuple[date | None, ...], period: Period | None, *, early: bool
) -> None:
    model = reviewed(rhythms(MONTHLY), left(*days), period=period)

    assert bool(judged(26, model, DAY)) == early


def test_only_the_stage_before_is_looked_at() -> None:
    def story(d: Draft) -> None:
        d.stage_run(stage="direct", cycle="review", left=START)
        d.stage_run(stage="enable", cycle="other", left=START)

    found = gate(reviewed(rhythms(MONTHLY), story, period=None), 26, DAY, "review")

    assert found.clean
    assert [each.why for each in found.not_judged] == [
        "whether a full period has passed is not known without a start"
    ]


def test_without_a_rhythm_nobody_knows_how_long_a_period_is() -> None:
    found = gate(reviewed(rhythms(None)), 26, DAY, "review")

    assert found.clean
    assert unknown(found) == [("review",)]


@pytest.mark.parametrize(
    ("fields", "excused"),
    [
        ({"kind": "early_review", "on": "review"}, True),
        ({"kind": "early_review", "cycle": "review"}, True),
        ({"kind": "early_review", "on": "other"}, False),
        ({"kind": "early_review", "on": "review", "cycle": "other"}, False),
        ({"kind": "none", "on": "review"}, False),
    ],
)
def test_a_review_is_early_for_a_reason(
    fields: dict[str, Any], *, excused: bool
) -> None:
    model = reviewed(rhythms(YEARLY), lambda d: d.conclusion("Now", **fields))

    assert bool(judged(26, model, DAY)) != excused


def test_a_review_is_judged_with_a_day() -> None:
    found = gate(reviewed(rhythms(MONTHLY)), 26, cycle="review")

    assert [each.why for each in found.not_judged] == [
        "it depends on the day: pass on="
    ]


# 27: the management system


def test_a_system_that_is_approved_opens_the_gate() -> None:
    def story(d: Draft) -> None:
        d.artifact("Map", id="map", cycle="review", stage="enable", view="process-map")
        approve(d, "map")

    assert judged(27, reviewed(story)) == []
    assert judged(27, reviewed()) == [
        "Review cycle 'Review' has no artifact of stage 'enable'."
    ]


# 28: the agenda


def about(*codes: str, **items: dict[str, Any] | None) -> Model:
    """Return a review with an agenda of some codes, and what became of its items."""

    def story(d: Draft) -> None:
        entries = tuple(AgendaEntry(code=code, title=f"On {code}") for code in codes)
        d.agenda("Agenda", id="agenda", entries=entries)
        d.set("review", agenda="agenda")
        d.evidence("survey.pdf", id="survey", supports=())
        for ref, fields in items.items():
            given = {"code": ref[:1], "cycle": "review"} | (fields or {})
            d.agenda_item(f"Item {ref}", id=f"item-{ref}", **given)

    return reviewed(story)


SHOWN = {"disposition": "considered", "evidence": ("survey",)}


def test_each_entry_has_an_item_of_its_own() -> None:
    found = gate(about("a", "b", "c", a=SHOWN, c=SHOWN), 28, cycle="review")

    (issue,) = found.issues
    assert (issue.ref, issue.value) == ("review", "'b'")
    assert issue.message == "Review cycle 'Review' has no item 'b' of its agenda."
    assert issue.fix == "add an item about 'On b'"


def test_an_item_of_another_review_covers_nothing() -> None:
    assert judged(28, about("a", a=SHOWN | {"cycle": "other"}))
    assert judged(28, about("a", a=SHOWN | {"code": None}))


def test_a_slip_in_a_code_is_recognized() -> None:
    model = about("9.3.2.a", a=SHOWN | {"code": "9.3.2a"})

    (issue,) = gate(model, 28, cycle="review").issues

    assert issue.fix == "did you mean '9.3.2a'?"


def test_of_many_stray_codes_only_the_first_are_looked_at() -> None:
    entries = [f"{number:03}.wanted" for number in range(300)]
    stray = {f"s{n}": {"code": f"{n:04}.wanting"} for n in range(2_000)}
    model = about(*entries, **stray)
    began = time.process_time()
    found = gate(model, 28, cycle="review").issues

    assert len(found) == 300
    assert found[0].fix.startswith("did you mean '")
    assert found[-1].fix == "add an item about 'On 299.wanted'"
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("disposition", "fields", "path"),
    [
        (None, {"evidence": ("survey",)}, "disposition"),
        ("considered", {"summary": "Fine"}, "evidence"),
        ("no_change", {"summary": "Fine"}, "evidence"),
        ("considered", {"evidence": ("survey",)}, None),
        ("no_change", {"evidence": ("survey",)}, None),
        ("deferred", {"deferred_to": END}, "summary"),
        ("deferred", {"deferred_to": END, "summary": " "}, "summary"),
        ("deferred", {"deferred_to": END, "summary": "Later"}, None),
        ("deferred", {"deferred_to": END, "evidence": ("survey",)}, None),
        ("not_applicable", {}, "summary"),
        ("not_applicable", {"summary": "We have none"}, None),
    ],
)
def test_what_was_looked_at_is_shown_and_what_was_not_is_explained(
    disposition: str | None, fields: dict[str, Any], path: str | None
) -> None:
    model = about("a", a={"disposition": disposition} | fields)

    found = places(gate(model, 28, cycle="review"))

    assert found == ([("item-a", path)] if path else [])


def test_evidence_may_name_the_item() -> None:
    model = about("a", a={"disposition": "considered"})
    draft = Draft(model)
    draft.set("survey", supports=("item-a",))

    assert judged(28, model)
    assert judged(28, draft.model) == []


def test_of_two_items_about_one_entry_one_suffices() -> None:
    done, open_ = {"disposition": "considered"}, {"disposition": None}

    assert judged(28, about("a", a=SHOWN, aa=open_)) == []
    assert judged(28, about("a", a=open_, aa=SHOWN)) == []
    assert judged(28, about("a", a=done, aa=open_)) == [
        "Agenda item 'Item a' was disposed of without evidence."
    ]


def test_a_review_without_an_agenda_has_nothing_to_work_through() -> None:
    (issue,) = gate(reviewed(), 28, cycle="review").issues

    assert (issue.ref, issue.path) == ("review", "agenda")


def test_an_agenda_that_cannot_be_read_is_not_judged() -> None:
    gone = Opaque(kind="agenda", id="gone", erased=True)
    cycle = ReviewCycle(
        id=ReviewCycleId("review"), name="Review", agenda=AgendaId("gone")
    )

    assert unknown(gate(Model([gone, cycle]), 28, cycle="review")) == [("review",)]


# 29: the objectives


def pursued(status: str = "active", **fields: Any) -> Callable[[Draft], None]:  # noqa: ANN401 - any field
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", status=status, **fields)
        d.success_measure("Done", id="done", of="insulate")

    return story


def read(day: date | None, **fields: Any) -> Callable[[Draft], None]:  # noqa: ANN401 - any field
    def story(d: Draft) -> None:
        d.observation(measure="done", value=Decimal(1), at=day, **fields)

    return story


@pytest.mark.parametrize(
    ("status", "found"),
    [("draft", 0), ("active", 1), ("met", 0), ("missed", 0), ("dropped", 0)],
)
def test_only_what_is_pursued_has_to_be_evaluated(status: str, found: int) -> None:
    assert len(judged(29, reviewed(pursued(status)))) == found


@pytest.mark.parametrize(
    ("day", "evaluated"),
    [
        (START - timedelta(days=1), False),
        (START, True),
        (END, True),
        (END + timedelta(days=1), False),
    ],
)
def test_a_reading_is_of_the_review_s_period(day: date, *, evaluated: bool) -> None:
    assert bool(judged(29, reviewed(pursued(), read(day)))) != evaluated


def test_a_reading_of_a_period_stands_for_its_last_day() -> None:
    told_late = read(None, period=Period(date(2025, 12, 1), START))
    open_ended = read(None, period=Period(start=START))
    too_late = read(None, period=Period(END, END + timedelta(days=1)))

    assert judged(29, reviewed(pursued(), told_late)) == []
    assert judged(29, reviewed(pursued(), open_ended)) == []
    assert len(judged(29, reviewed(pursued(), too_late))) == 1


def test_a_reading_counts_from_its_day() -> None:
    model = reviewed(pursued(), read(DAY))

    assert judged(29, model, DAY) == []
    assert len(judged(29, model, YESTERDAY)) == 1


def test_an_objective_of_another_time_is_not_asked_for() -> None:
    past = Period(end=START - timedelta(days=1))

    assert judged(29, reviewed(pursued(period=past))) == []
    assert judged(29, reviewed(pursued(period=Period(end=START))))


def test_what_was_not_evaluated_says_what_is_missing() -> None:
    unmeasured = reviewed(lambda d: d.objective("Insulate", status="active"))

    assert judged(29, unmeasured) == [
        "Objective 'Insulate' was not evaluated: it has no measure."
    ]
    assert judged(29, reviewed(pursued())) == [
        "Objective 'Insulate' was not evaluated: it has no reading in the period."
    ]


@pytest.mark.parametrize("addressed", ["insulate", "done"])
@pytest.mark.parametrize(
    ("about_", "cycle", "status", "message"),
    [
        ("no-data", "review", "open", None),
        ("No-Data", None, "done", None),
        ("no-data", "review", "canceled", "no action"),
        ("no-data", "other", "open", "was not evaluated"),
        ("nothing", "review", "open", "was not evaluated"),
    ],
)
def test_an_objective_without_data_is_flagged_and_acted_on(
    about_: str, cycle: str | None, status: str, message: str | None, addressed: str
) -> None:
    def story(d: Draft) -> None:
        d.conclusion("None", about=about_, on="insulate", cycle=cycle)
        d.improvement_action("Count", addresses=(addressed,), status=status)

    found = judged(29, reviewed(pursued(), story))

    assert [message in each for each in found if message] == [True] * bool(message)
    assert bool(found) == bool(message)


def test_readings_without_a_day_may_be_of_the_period() -> None:
    found = gate(reviewed(pursued(), read(None)), 29, cycle="review")

    assert found.clean
    assert [(each.why, each.refs) for each in found.not_judged] == [
        ("the readings have no day", ("insulate",))
    ]


def test_a_review_without_a_period_cannot_say_what_fell_into_it() -> None:
    found = gate(reviewed(pursued(), period=None), 29, cycle="review")

    assert found.clean
    assert unknown(found) == [("insulate",)]
    assert judged(29, reviewed(pursued("met"), period=None)) == []


# 30: drift


@pytest.mark.parametrize(
    ("status", "found"),
    [("raised", 1), ("acknowledged", 0), ("dismissed", 0), ("acted", 0)],
)
def test_a_signal_is_answered_one_way_or_another(status: str, found: int) -> None:
    model = told(lambda d: d.drift_signal("Hours", status=status, reason="Noise"))

    assert len(gate(model, 30).issues) == found


def test_a_decision_answers_a_signal_whatever_its_status_says() -> None:
    def story(d: Draft) -> None:
        d.decision("Stay the course", id="stay", kind="confirm_course")
        d.drift_signal("Hours", status="raised", decision="stay")

    assert gate(told(story), 30).clean
    assert not check(told(story)).of("MK-DRF-039")


def test_a_signal_waits_from_its_day() -> None:
    model = told(lambda d: d.drift_signal("Hours", at=DAY))

    assert gate(model, 30, YESTERDAY).clean
    assert messages(gate(model, 30, DAY)) == [
        "Drift signal 'Hours' has waited for an answer since 2026-06-30."
    ]


# 31: what went wrong


def missed(d: Draft) -> None:
    d.objective("Insulate", id="insulate", status="missed")


def red(d: Draft) -> None:
    d.process("Build", id="build")
    fields: dict[str, Any] = {"direction": "higher", "threshold": Decimal(10)}
    d.success_measure("Done", id="done", of="build", **fields)
    d.observation(measure="done", value=Decimal(9), at=DAY)


def test_what_went_wrong_needs_both_a_cause_and_a_decision() -> None:
    (issue,) = gate(reviewed(red), 31, cycle="review").issues

    assert judged(31, reviewed(missed)) == [
        "Objective 'Insulate' was missed, without a known cause or a decision."
    ]
    assert issue.message == (
        "Process 'Build' had a bad last reading, without a known cause or a decision."
    )
    assert (issue.ref, issue.value) == ("build", "'done: 9'")


@pytest.mark.parametrize("addressed", [("build",), ("done",)])
def test_a_process_in_the_red_is_settled_by_its_name_or_its_measure(
    addressed: tuple[str, ...],
) -> None:
    def story(d: Draft) -> None:
        d.investigation("Slow", cause="Rain", addresses=addressed)
        d.decision("Again", cycle="review", addresses=addressed)

    assert judged(31, reviewed(red, story)) == []


def test_the_cause_may_be_found_in_the_process() -> None:
    def story(d: Draft) -> None:
        d.investigation("Slow", cause="Rain", process="build")
        d.decision("Again", cycle="review", addresses=("build",))

    assert judged(31, reviewed(red, story)) == []


@pytest.mark.parametrize(
    ("fields", "explained"),
    [
        ({"cause": "Rain"}, True),
        ({"cause": "Rain", "on": START}, True),
        ({"cause": "Rain", "on": START - timedelta(days=1)}, False),
        ({}, False),
    ],
)
def test_an_old_or_open_investigation_explains_nothing(
    fields: dict[str, Any], *, explained: bool
) -> None:
    def story(d: Draft) -> None:
        d.investigation("Slow", addresses=("insulate",), **fields)
        d.decision("Again", cycle="review", addresses=("insulate",))

    said = ["Objective 'Insulate' was missed, without a known cause."]
    assert judged(31, reviewed(missed, story)) == ([] if explained else said)


@pytest.mark.parametrize(
    ("fields", "settled"),
    [
        ({"cycle": "review"}, True),
        ({"cycle": "review", "at": START - timedelta(days=1)}, True),
        ({"cycle": "other"}, False),
        ({}, True),
        ({"at": START}, True),
        ({"at": START - timedelta(days=1)}, False),
    ],
)
def test_an_old_decision_or_one_of_another_review_settles_nothing(
    fields: dict[str, Any], *, settled: bool
) -> None:
    def story(d: Draft) -> None:
        d.investigation("Slow", cause="Rain", addresses=("insulate",))
        d.decision("Again", addresses=("insulate",), **fields)

    said = ["Objective 'Insulate' was missed, without a decision."]
    assert judged(31, reviewed(missed, story)) == ([] if settled else said)


def test_without_a_period_everything_may_be_of_the_review() -> None:
    def story(d: Draft) -> None:
        d.investigation("Slow", cause="Rain", addresses=("insulate",), on=START)
        d.decision("Again", addresses=("insulate",), at=START)

    assert judged(31, reviewed(missed, period=None))
    assert judged(31, reviewed(missed, story, period=None)) == []


def test_processes_that_cannot_be_told_are_not_judged() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        threshold = Decimal(10)
        d.success_measure("Done", id="done", of="build", threshold=threshold)
        d.observation(measure="done", value=Decimal(9))

    assert unknown(gate(reviewed(story), 31, cycle="review")) == [("build",)]


def test_processes_that_cannot_be_compared_are_not_judged() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        threshold = Decimal(10)
        d.success_measure("Done", id="done", of="build", threshold=threshold)
        d.observation(measure="done", value=Decimal(9), at=START)

    (found,) = gate(reviewed(story), 31, cycle="review").not_judged

    assert found.refs == ("build",)
    assert "cannot be compared" in found.why


# 32: what follows from decisions


def decided(**action: Any) -> Callable[[Draft], None]:  # noqa: ANN401 - any field
    def story(d: Draft) -> None:
        d.decision("Build", id="decision", cycle="review")
        d.party("Ana", id="ana")
        d.role("Owner", id="owner", kind="owner")
        d.role("Helper", id="helper", kind="performer")
        if action:
            d.improvement_action("Buy", id="buy", **({"decision": "decision"} | action))

    return story


def played(role: str, on: str, period: Period | None = None) -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        d.role_assignment(role=role, party="ana", on=on, period=period)

    return story


def test_a_decision_is_followed_by_an_action_with_an_owner() -> None:
    acting = decided(status="open")

    assert judged(32, reviewed(decided())) == [
        "Decision 'Build' is followed by no action."
    ]
    assert judged(32, reviewed(acting, played("helper", "buy"))) == [
        "Decision 'Build' is followed by no action that has an owner."
    ]
    assert judged(32, reviewed(acting, played("owner", "buy"))) == []
    assert judged(32, reviewed(decided(), played("owner", "decision"))) == []


def test_a_canceled_action_follows_from_nothing() -> None:
    model = reviewed(decided(status="canceled"), played("owner", "buy"))

    assert judged(32, model) == ["Decision 'Build' is followed by no action."]


def test_a_decision_of_another_review_is_not_asked_for() -> None:
    assert judged(32, reviewed(lambda d: d.decision("Build", cycle="other"))) == []
    assert judged(32, reviewed(lambda d: d.decision("Build"))) == []


@pytest.mark.parametrize(
    ("kind", "on", "excused"),
    [
        ("none", "decision", True),
        ("nothing_material", "decision", False),
        ("none", "review", False),
    ],
)
def test_a_decision_from_which_nothing_follows_says_so(
    kind: str, on: str, *, excused: bool
) -> None:
    model = reviewed(decided(), lambda d: d.conclusion("None", kind=kind, on=on))

    assert bool(judged(32, model)) != excused


@pytest.mark.parametrize("status", ["done", "verified", "ineffective"])
def test_whoever_owned_an_action_that_is_over_owned_it(status: str) -> None:
    def story(d: Draft) -> None:
        d.evidence("Photo", id="photo")
        shown: dict[str, Any] = {"evidence": ("photo",), "verified_by": "ana"}
        d.set("buy", status=status, **shown)

    past = played("owner", "buy", Period(end=date(2020, 1, 1)))

    assert judged(32, reviewed(decided(status="open"), past, story), DAY) == []


def test_whether_an_open_action_has_its_owner_depends_on_the_day() -> None:
    ends = played("owner", "buy", Period(end=DAY))
    model = reviewed(decided(status="open"), ends)

    assert unknown(gate(model, 32, cycle="review")) == [("decision",)]
    assert judged(32, model, DAY) == []
    assert len(judged(32, model, TOMORROW)) == 1


# 33: is the mission still right?


@pytest.mark.parametrize(
    ("kind", "cycle", "answered"),
    [
        ("confirm_course", "review", True),
        ("change_intent", "review", True),
        ("course_correction", "review", False),
        ("confirm_course", "other", False),
        ("confirm_course", None, False),
    ],
)
def test_a_decision_answers_whether_the_mission_is_right(
    kind: str, cycle: str | None, *, answered: bool
) -> None:
    model = reviewed(lambda d: d.decision("Go on", kind=kind, cycle=cycle))

    assert bool(judged(33, model)) != answered


@pytest.mark.parametrize(
    ("fields", "answered"),
    [
        ({"cycle": "review"}, True),
        ({"on": "review"}, True),
        ({"cycle": "review", "on": "intent"}, True),
        ({"on": "intent"}, False),
        ({"cycle": "other", "on": "review"}, False),
        ({}, False),
    ],
)
def test_so_does_a_conclusion_of_the_review(
    fields: dict[str, Any], *, answered: bool
) -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent")
        d.conclusion("Yes", about="mission-still-right", **fields)

    assert bool(judged(33, reviewed(story))) != answered


def test_another_conclusion_is_no_answer() -> None:
    model = reviewed(lambda d: d.conclusion("Yes", about="strategy", cycle="review"))

    assert judged(33, model) == [
        "Review cycle 'Review' leaves open whether the mission is right."
    ]


# 34: top management


def sat(*attendees: str, **fields: Any) -> Callable[[Draft], None]:  # noqa: ANN401 - any field
    def story(d: Draft) -> None:
        for name in ("ana", "ben"):
            if name not in d.model:
                d.party(name.title(), id=name)
        given: dict[str, Any] = {"cycle": "review", "on": DAY} | fields
        d.meeting("Sitting", attendees=attendees, **given)

    return story


def sponsors(**periods: Period | None) -> Callable[[Draft], None]:
    """Return a story of who is sponsor of what, and when: ``ana_review=...``."""

    def story(d: Draft) -> None:
        d.role("Chair", id="chair", kind="sponsor")
        for name, period in periods.items():
            party, _, on = name.partition("_")
            d.role_assignment(role="chair", party=party, on=on or None, period=period)

    return story


def test_a_sponsor_sits_through_a_meeting_of_the_review() -> None:
    alone = "Review cycle 'Review' lacks top management: no sponsor attended a meeting."

    assert judged(34, reviewed()) == [
        "Review cycle 'Review' lacks top management: no meeting was held."
    ]
    assert judged(34, reviewed(sat("ana"))) == [alone]
    assert judged(34, reviewed(sat("ben"), sponsors(ana=None))) == [alone]
    assert judged(34, reviewed(sat("ana"), sponsors(ana=None))) == []
    assert judged(34, reviewed(sat("ben"), sat("ana"), sponsors(ana=None))) == []
    assert judged(34, reviewed(sat("ana", cycle="other"), sponsors(ana=None)))


def test_a_meeting_is_held_on_its_day() -> None:
    model = reviewed(sat("ana"), sponsors(ana=None))

    assert judged(34, model, DAY) == []
    assert len(judged(34, model, YESTERDAY)) == 1


@pytest.mark.parametrize(
    ("end", "found"), [(YESTERDAY, 1), (DAY, 0), (TOMORROW, 0)], ids=str
)
def test_a_sponsor_is_one_on_the_day_of_the_meeting(end: date, found: int) -> None:
    model = reviewed(sat("ana"), sponsors(ana=Period(end=end)))

    assert len(judged(34, model, END)) == found


def test_the_sponsor_of_the_review_comes_before_that_of_the_organization() -> None:
    both = sponsors(ana=None, ben_review=None)
    past = sponsors(ana=None, ben_review=Period(end=YESTERDAY))

    assert judged(34, reviewed(sat("ana"), both))
    assert judged(34, reviewed(sat("ben"), both)) == []
    assert judged(34, reviewed(sat("ana"), past)) == []


def test_what_is_reviewed_may_have_a_sponsor_of_its_own() -> None:
    def story(d: Draft) -> None:
        d.operating_sphere("Homes", id="homes")
        d.set("review", scope="homes")

    assert judged(34, reviewed(sat("ana"), story, sponsors(ana_homes=None))) == []


def test_who_was_sponsor_at_a_meeting_without_a_day_is_not_known() -> None:
    undated = sat("ana", on=None)
    found = gate(reviewed(undated, sponsors(ana=Period(end=DAY))), 34, cycle="review")

    assert found.clean
    assert unknown(found) == [("sitting",)]
    assert judged(34, reviewed(undated, sponsors(ana=None))) == []


@pytest.mark.parametrize("number", [*range(26, 30), *range(31, 35)])
def test_what_is_about_one_review_is_not_judged_without(number: int) -> None:
    found = gate(reviewed(missed), number, DAY)

    assert found.clean
    assert [each.why for each in found.not_judged] == [
        "it is about one review, and none was named"
    ]


@given(models(), st.none() | st.dates())
def test_no_model_makes_a_gate_fail(model: Model, on: date | None) -> None:
    for cycle in (None, *model.of(ReviewCycle)[:1]):
        rules = (*enable.RULES, *review.RULES)
        found = check(model, on=on, cycle=cycle, rules=rules, select=("MK-GAT",))

        assert found.of("MK-PLG-001") == ()
        assert {issue.ref for issue in found.issues} <= {*model.ids(), ""}
