from datetime import date, timedelta
from typing import Any

import pytest

from missionkit.domain.care import CareFunction
from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told
from tests.rules.stories.processes import LATELY, LONG_AGO, climbed, working


def found(model: Model, number: int, **limits: float) -> list[str]:
    result = check(model, on=DAY, limits=limits)
    return [issue.message for issue in result.of(f"MK-PRC-{number:03}")]


def cared(**fields: Any) -> Model:  # noqa: ANN401 - fields of any type
    def story(d: Draft) -> None:
        d.process("Build", id="build", release=fields.pop("release", None))
        d.care_record("Did it", process="build", **fields)

    return told(story)


@pytest.mark.parametrize("function", CareFunction)
def test_each_function_has_a_limit_of_its_own(function: CareFunction) -> None:
    number = 17 + list(CareFunction).index(function)
    limit = {f"{function}_months": 1.0}
    model = cared(function=function, on=date(2026, 5, 29))

    assert len(found(model, number, **limit)) == 1
    assert found(model, number) == []
    assert found(cared(function=function, on=date(2026, 5, 30)), number, **limit) == []


def test_a_day_that_was_said_counts_before_the_limit() -> None:
    due = date(2027, 1, 1)
    model = cared(function="resources", on=LONG_AGO, next_due=due)

    assert found(model, 18) == []


def test_what_is_not_in_use_or_undated_has_not_lapsed() -> None:
    fields: dict[str, Any] = {"function": "resources", "on": LONG_AGO}

    assert len(found(cared(**fields, release=climbed(3)), 18)) == 1
    assert found(cared(**fields, release=climbed(2)), 18) == []
    assert found(cared(**fields, release=retired()), 18) == []
    assert found(cared(function="resources"), 18) == []


def test_a_practice_or_benchmark_that_is_old_is_told_of_itself() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        d.practice("By hand", process="build", since=LONG_AGO)
        d.benchmark("Peer", process="build", on=LONG_AGO)

    model = told(story)
    assert found(model, 20) == found(model, 21) == []
    assert len(found(model, 24)) == len(found(model, 25)) == 1


def test_what_no_rule_of_its_own_tells_of_has_lapsed_for_the_process() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        d.practice("By hand", process="build", since=date(2026, 1, 1))
        d.benchmark("Peer", process="build", on=date(2026, 1, 1))

    model = told(story)
    short = {"best_practice_months": 3, "benchmarking_months": 3}
    assert found(model, 24) == found(model, 25) == []
    assert found(model, 20) == found(model, 21) == []
    assert len(found(model, 20, **short)) == len(found(model, 21, **short)) == 1


def test_a_practice_that_was_replaced_without_a_day_tells_of_nothing_itself() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        d.practice("By hand", id="hand", process="build", since=LONG_AGO)
        d.practice("By machine", process="build", replaces="hand")

    model = told(story)
    assert found(model, 24) == []
    assert len(found(model, 21)) == 1


def test_what_was_never_done_is_advice_where_care_is_recorded() -> None:
    model = cared(function="resources", on=LATELY, release=climbed(4))
    silent = told(lambda d: d.process("Build", release=climbed(4)))

    assert found(model, 23) == ["Process 'Build' lacks 5 of the functions of care."]
    assert found(silent, 23) == []
    assert found(cared(function="resources", on=LATELY, release=climbed(3)), 23) == []


def test_a_practice_that_is_replaced_or_undated_is_not_reviewed() -> None:
    def story(d: Draft) -> None:
        d.process("Old", id="old", release=retired())
        d.practice("By hand", id="by-hand", since=LONG_AGO)
        d.practice("By machine", replaces="by-hand", since=LATELY)
        d.practice("By heart")
        d.practice("By night", process="old", since=LONG_AGO)
        d.practice("By day", since=LONG_AGO, reviewed=LATELY)

    assert found(told(story), 24) == []


def test_only_the_newest_comparison_can_be_old() -> None:
    def story(d: Draft) -> None:
        d.process("Old", id="old", release=retired())
        d.success_measure("Holes", id="holes")
        d.benchmark("Two", measure="holes", on=LATELY)
        d.benchmark("One", measure="holes", on=LONG_AGO)
        d.benchmark("Undated", measure="holes")
        d.benchmark("Tomorrow", on=date(2026, 7, 1))
        d.benchmark("Past", process="old", on=LONG_AGO)
        d.benchmark("Alone", on=LONG_AGO)

    assert found(told(story), 25) == [
        "Benchmark 'Alone' is of 2024-03-01, and nothing newer is known."
    ]


def test_the_chart_is_looked_at_where_care_is_recorded() -> None:
    never = cared(function="resources", on=LATELY)
    d = Draft(never)
    d.care_record("Drew it", function="documentation", on=LATELY)

    assert found(never, 26) == ["The process chart was never reviewed."]
    assert found(d.model, 26) == []
    assert found(told(lambda d: d.process("Build")), 26) == []


def looked_into(**fields: Any) -> Draft:  # noqa: ANN401 - as above
    d = Draft()
    d.process("Build", id="build")
    d.process("Old", id="old", release=retired())
    d.investigation("It rains in", id="why", **fields)
    return d


@pytest.mark.parametrize(
    ("on", "process", "count"),
    [
        (date(2026, 5, 31), "build", 0),
        (date(2026, 5, 30), "build", 1),
        (date(2026, 7, 9), "build", 0),
        (None, "build", 0),
        (LONG_AGO, "old", 0),
    ],
)
def test_a_cause_is_found_in_time(on: date | None, process: str, count: int) -> None:
    assert len(found(looked_into(on=on, process=process).model, 27)) == count


BEFORE = date(2024, 2, 29)
LATER = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "fields", "count"),
    [
        ("improvement_action", {"addresses": ("why",)}, 0),
        ("improvement_action", {"addresses": ("build",)}, 0),
        ("improvement_action", {"addresses": ("roof",), "opened": LONG_AGO}, 0),
        ("improvement_action", {"addresses": ("roof",), "opened": BEFORE}, 1),
        ("improvement_action", {"addresses": ("why",), "status": "canceled"}, 1),
        ("decision", {"addresses": ("why",)}, 0),
        ("decision", {"addresses": ("why",), "at": BEFORE}, 1),
        ("practice", {"process": "build", "since": LATELY}, 0),
        ("practice", {"process": "build", "since": BEFORE}, 1),
        ("practice", {"process": "old", "since": LATELY}, 1),
        ("practice", {"process": "build", "since": LATER}, 1),
        ("improvement_action", {"addresses": ("why",), "opened": LATER}, 1),
        ("improvement_action", {"addresses": ("why",), "opened": DAY}, 0),
        ("decision", {"addresses": ("why",), "at": LATER}, 1),
    ],
)
def test_something_follows_from_a_cause(
    kind: str, fields: dict[str, Any], count: int
) -> None:
    d = looked_into(on=LONG_AGO, process="build", cause="The roof")
    d.objective("A roof", id="roof")
    d.set("why", addresses=("roof",))
    getattr(d, kind)("Mend it", **fields)

    assert len(found(d.model, 28)) == count


def test_a_cause_in_no_process_or_a_past_one() -> None:
    assert len(found(looked_into(on=LONG_AGO, cause="Rain").model, 28)) == 1
    past = looked_into(on=LONG_AGO, cause="Rain", process="old")
    assert found(past.model, 28) == []


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"satisfaction": 0}, 0),
        ({"satisfaction": None}, 0),
        ({"on": None}, 0),
        ({"on": date(2026, 5, 31)}, 0),
        ({"process": "old"}, 0),
        ({"process": None}, 1),
    ],
)
def test_complaints_are_answered(fields: dict[str, Any], count: int) -> None:
    d = looked_into()
    said: dict[str, Any] = {"process": "build", "on": LONG_AGO, "satisfaction": -1}
    d.feedback("Wet again", **(said | fields))

    assert len(found(d.model, 29)) == count


@pytest.mark.parametrize(
    ("kind", "fields", "count"),
    [
        ("investigation", {"addresses": ("wet",)}, 0),
        ("investigation", {"process": "build", "on": LATELY}, 0),
        ("investigation", {"process": "build", "on": BEFORE}, 1),
        ("investigation", {"process": "build", "on": LATER}, 1),
        ("investigation", {"addresses": ("wet",), "on": LATER}, 1),
        ("improvement_action", {"addresses": ("wet",), "opened": LATER}, 1),
        ("decision", {"addresses": ("build",), "at": LATER}, 1),
        ("improvement_action", {"addresses": ("wet",)}, 0),
        ("decision", {"addresses": ("build",), "at": LATELY}, 0),
        ("decision", {"addresses": ("build",), "at": BEFORE}, 1),
    ],
)
def test_what_answers_a_complaint(
    kind: str, fields: dict[str, Any], count: int
) -> None:
    d = Draft()
    d.process("Build", id="build")
    d.feedback("Wet again", id="wet", process="build", on=LONG_AGO, satisfaction=-1)
    getattr(d, kind)("The roof", **fields)

    assert len(found(d.model, 29)) == count


def test_without_a_limit_nobody_says_how_much_management_is_too_much() -> None:
    model = told(lambda d: working(d, "necessary", 90.0))

    assert found(model, 30) == []
    assert found(model, 30, management_share=9) == []
    assert found(model, 30, management_share=8.9) == [
        "Management takes 900% of value-adding effort, more than 890%."
    ]


def test_without_activities_or_value_there_is_no_share() -> None:
    assert found(told(lambda d: d.process("Build")), 30, management_share=1) == []
    assert found(told(lambda d: d.process("Build")), 31) == []
    only = told(lambda d: d.activity("Talk", value_class="waste", effort_hours=1.0))
    assert found(only, 30, management_share=1) == []
    assert found(only, 31) == []


def test_waste_is_judged_process_by_process() -> None:
    model = told(lambda d: working(d, "waste", 5.0))

    assert found(model, 31) == [
        "Process 'Build' wastes 33% of its effort, more than 30%."
    ]
    assert found(model, 31, waste_share=0.34) == []


def test_a_share_just_above_its_limit_is_told_apart_from_it() -> None:
    model = told(lambda d: working(d, "necessary", 2.04))
    assert found(model, 30, management_share=0.2) == [
        "Management takes 20.4% of value-adding effort, more than 20.0%."
    ]
    model = told(lambda d: working(d, "waste", 5.0))
    assert found(model, 31, waste_share=0.333) == [
        "Process 'Build' wastes 33.33% of its effort, more than 33.30%."
    ]
