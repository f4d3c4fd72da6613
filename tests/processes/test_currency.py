"""How current the care for a process is, on either side of each day."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.care import (
    Benchmark,
    CareFunction,
    CareRecord,
    Feedback,
    Practice,
    Training,
)
from missionkit.domain.declaration import Element
from missionkit.domain.draft import Draft, draft
from missionkit.domain.ids import BenchmarkId, CareRecordId, PracticeId, ProcessId
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.processes.acts import CARE_KINDS, acts_of
from missionkit.processes.care import care_overview
from missionkit.processes.currency import (
    CARE_LIMITS,
    CareState,
    after,
    care_of,
    chart_currency,
)

DAY = date(2026, 6, 1)
DUE = date(2026, 9, 1)
BAKE = ProcessId("bake")
MONTHS = {
    "documentation_months": 12,
    "resources_months": 12,
    "customer_feedback_months": 6,
    "benchmarking_months": 12,
    "best_practice_months": 12,
    "training_months": 12,
    "care_notice": 30,
    "process_chart_months": 6,
}


def bakery() -> Draft:
    d = draft("Bakery", id="bakery")
    d.process("Baking", id="bake")
    d.process("Selling", id="sell")
    return d


def state(model: Model, on: date, function: str = "documentation") -> CareState:
    return care_of(model, "bake", on=on)[function].state


def test_the_limits_are_these() -> None:
    assert {spec.name: spec.default for spec in CARE_LIMITS} == MONTHS


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (DAY - timedelta(1), CareState.NEVER),
        (DAY, CareState.CURRENT),
        (DUE - timedelta(31), CareState.CURRENT),
        (DUE - timedelta(30), CareState.DUE),
        (DUE, CareState.DUE),
        (DUE + timedelta(1), CareState.LAPSED),
    ],
)
def test_the_newest_act_says_when_the_next_is_due(
    on: date, expected: CareState
) -> None:
    d = bakery()
    d.care_record(
        "Written", process="bake", function="documentation", on=DAY, next_due=DUE
    )
    assert state(d.model, on) is expected


def test_a_newer_act_counts_even_where_an_older_one_promised_more() -> None:
    d = bakery()
    for name, day, due in (("a", date(2025, 1, 1), date(2030, 1, 1)), ("b", DAY, DUE)):
        d.care_record(
            name, process="bake", function="documentation", on=day, next_due=due
        )
    found = care_of(d.model, "bake", on=DUE + timedelta(1))["documentation"]
    assert (found.state, found.last, found.due) == (CareState.LAPSED, DAY, DUE)
    assert found.refs == ("b", "a")


def test_of_two_acts_of_one_day_the_later_promise_counts() -> None:
    d = bakery()
    for name, due in (("a", DUE), ("b", date(2026, 8, 1))):
        d.care_record(
            name, process="bake", function="documentation", on=DAY, next_due=due
        )
    assert care_of(d.model, "bake", on=DAY)["documentation"].due == DUE


@pytest.mark.parametrize("function", list(CareFunction))
def test_without_a_promise_the_months_of_the_function_count(
    function: CareFunction,
) -> None:
    d = bakery()
    d.care_record("Done", process="bake", function=function, on=DAY)
    due = after(DAY, MONTHS[f"{function}_months"])
    assert state(d.model, due, function) is CareState.DUE
    assert state(d.model, due + timedelta(1), function) is CareState.LAPSED
    limits = {f"{function}_months": 24}
    later = care_of(d.model, "bake", on=due + timedelta(1), limits=limits)
    assert later[function].state is CareState.CURRENT
    assert later[function].reason == "24 months after"


def test_the_organizations_own_limits_hold_unless_others_are_given() -> None:
    d = bakery()
    d.care_record("Done", process="bake", function="training", on=DAY)
    d.set("bakery", limits=[Limit(name="training_months", value=1)])
    on = date(2026, 7, 2)
    assert state(d.model, on, "training") is CareState.LAPSED
    given = care_of(d.model, "bake", on=on, limits={"training_months": 12})
    assert given["training"].state is CareState.CURRENT


def test_each_kind_of_act_counts_for_its_function() -> None:
    d = bakery()
    d.training("Kneading", id="t", process="bake", on=DAY, next_due=DUE)
    d.feedback("Good", id="f", process="bake", on=DAY)
    d.practice("Slow dough", id="p", process="bake", since=DAY, reviewed=DUE)
    d.benchmark("Loaves", id="n", process="bake", on=DAY)
    measure = d.success_measure("Loaves an hour", id="loaves", of="bake")
    d.benchmark("Loaves there", id="m", measure=measure, on=DAY)
    found = {each.function: each.refs for each in care_of(d.model, "bake", on=DUE)}
    assert found == {
        CareFunction.DOCUMENTATION: (),
        CareFunction.RESOURCES: (),
        CareFunction.CUSTOMER_FEEDBACK: ("f",),
        CareFunction.BENCHMARKING: ("n", "m"),
        CareFunction.BEST_PRACTICE: ("p",),
        CareFunction.TRAINING: ("t",),
    }
    assert {CareRecord, Training, Feedback, Practice, Benchmark} == set(CARE_KINDS)
    before = care_of(d.model, "bake", on=DAY)["best_practice"]
    assert before.last == DAY


def test_what_is_for_no_process_or_no_function_counts_for_none() -> None:
    d = bakery()
    d.training("Reading", on=DAY)
    d.feedback("Nice", on=DAY)
    d.practice("Greeting")
    d.benchmark("Size", on=DAY)
    objective = d.objective("More")
    d.benchmark("More", id="more-there", measure=d.success_measure("M", of=objective))
    d.care_record("Something", process="bake", on=DAY)
    assert acts_of(d.model) == {}


def test_what_has_no_day_is_told_and_not_counted() -> None:
    d = bakery()
    d.practice("Slow dough", id="p", process="bake")
    found = care_of(d.model, "bake", on=DAY)["best_practice"]
    assert (found.state, found.undated) == (CareState.NEVER, ("p",))
    assert found.reason == "1 without a day"
    d.practice("Fast dough", id="q", process="bake", since=DAY)
    found = care_of(d.model, "bake", on=DAY)["best_practice"]
    assert found.reason == "12 months after; 1 without a day"
    assert "q, p" in str(care_of(d.model, "bake", on=DAY))


def test_the_chart_is_care_of_documentation_for_no_process() -> None:
    d = bakery()
    d.care_record("Drawn", id="c", function="documentation", on=DAY)
    d.care_record("Money", id="r", function="resources", on=DUE)
    due = date(2026, 12, 1)
    assert chart_currency(d.model, on=due).state is CareState.DUE
    lapsed = chart_currency(d.model, on=due + timedelta(1))
    assert (lapsed.state, lapsed.refs, lapsed.months) == (CareState.LAPSED, ("c",), 6)
    limits = {"process_chart_months": 12.0}
    assert chart_currency(d.model, on=due, limits=limits).state is CareState.CURRENT
    whole = care_of(d.model, None, on=DAY)
    assert (whole.process, whole.title) == (None, "Bakery")
    assert whole["documentation"].refs == ("c",)
    assert care_of(Model(), None, on=DAY).title == "The organization"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 1, 1), 0.5, date(2026, 1, 16)),
        (date(2026, 1, 1), 2400, date(2226, 1, 1)),
        (date(2026, 1, 1), 1e300, date.max),
        (date(9999, 12, 20), 0.9, date.max),
    ],
)
def test_months_are_counted_from_a_day(
    day: date, months: float, expected: date
) -> None:
    assert after(day, months) == expected


def test_an_unknown_process_or_function_names_the_nearest() -> None:
    model = bakery().model
    with pytest.raises(NotFoundError, match="process 'bak'; did you mean 'bake'"):
        care_of(model, "bak", on=DAY)
    with pytest.raises(NotFoundError, match="did you mean 'training'"):
        care_of(model, "bake", on=DAY)["trainings"]
    with pytest.raises(NotFoundError, match="did you mean 'sell'"):
        care_overview(model, on=DAY)["sel"]


def test_wrong_limits_days_and_models_are_refused() -> None:
    model = bakery().model
    with pytest.raises(InvalidValueError, match="did you mean 'training_months'"):
        care_of(model, "bake", on=DAY, limits={"training_month": 3})
    with pytest.raises(InvalidValueError, match="limits\\['training_months'\\]"):
        care_overview(model, on=DAY, limits={"training_months": -1})
    with pytest.raises(InvalidValueError, match="on must be"):
        care_of(model, "bake", on="2026-06-01")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="Model"):
        care_overview("model", on=DAY)  # type: ignore[arg-type]


def test_the_overview_leaves_out_what_was_retired_by_then() -> None:
    d = bakery()
    steps = [
        ReleaseStep(state=ReleaseState.DEVELOPED, on=date(2025, 1, 1)),
        ReleaseStep(state=ReleaseState.RETIRED, on=DAY),
    ]
    d.set("sell", release=ReleaseLadder(steps=tuple(steps)))
    d.care_record("Done", process="bake", function="training", on=DAY)
    before = care_overview(d.model, on=DAY - timedelta(1))
    assert [each.process for each in before] == ["bake", "sell"]
    assert before["sell"].release is ReleaseState.DEVELOPED
    found = care_overview(d.model, on=DAY)
    assert [each.process for each in found] == ["bake"]
    assert len(found) == 1
    assert len(found["bake"]) == 6
    assert found.counts() == {
        CareState.CURRENT: 1,
        CareState.DUE: 0,
        CareState.LAPSED: 0,
        CareState.NEVER: 5,
    }
    assert [(ref, e.function) for ref, e in found.of(CareState.CURRENT)] == [
        ("bake", CareFunction.TRAINING)
    ]


def test_all_is_told_as_text_html_and_json() -> None:
    d = bakery()
    d.process("<b>Icing</b>", id="ice")
    d.care_record("Done", id="done", process="ice", function="training", on=DAY)
    one, every = care_of(d.model, "ice", on=DAY), care_overview(d.model, on=DAY)
    assert "training           current  2026-06-01  2027-06-01" in str(one)
    assert str(every).startswith("1 current, 0 due, 0 lapsed, 17 never\n")
    for each in (one, every):
        assert "<b>" not in each._repr_html_()
        assert json.loads(each.to_json()) == each.as_dict()
    told = one.as_dict()
    assert (told["process"], told["on"], told["release"]) == ("ice", "2026-06-01", None)
    assert told["functions"][5] == {
        "function": "training",
        "state": "current",
        "last": "2026-06-01",
        "due": "2027-06-01",
        "stated": False,
        "months": 12,
        "refs": ["done"],
        "undated": [],
        "reason": "12 months after",
    }
    assert told["functions"][0]["reason"] == "nothing is recorded"


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def acts(draw: st.DrawFn, ref: str) -> Element:
    on = draw(st.none() | DAYS)
    if draw(st.booleans()):
        return CareRecord(
            id=CareRecordId(ref),
            summary=ref,
            process=draw(st.sampled_from([None, BAKE, ProcessId("sell")])),
            function=draw(st.sampled_from(CareFunction)),
            on=on,
            next_due=draw(st.none() | DAYS),
        )
    if draw(st.booleans()):
        return Practice(id=PracticeId(ref), name=ref, process=BAKE, reviewed=on)
    return Benchmark(id=BenchmarkId(ref), name=ref, process=BAKE, on=on)


MANY = st.integers(0, 6).flatmap(
    lambda n: st.tuples(*(acts(f"act-{at}") for at in range(n)))
)
RANK = list(CareState)


@given(MANY, st.randoms(use_true_random=False), DAYS)
def test_the_order_of_elements_changes_nothing(
    held: tuple[Element, ...], random: object, on: date
) -> None:
    base = tuple(bakery().model)
    shuffled = [*base, *held]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = care_overview(Model([*base, *held]), on=on)
    assert one == care_overview(Model(shuffled), on=on)


@given(MANY, acts("new"), DAYS)
def test_an_act_changes_no_other_function_and_no_other_process(
    held: tuple[Element, ...], new: Element, on: date
) -> None:
    before = Model([*bakery().model, *held])
    now = before.with_(new)
    (touched,) = [
        (process, act.function)
        for process, acts in acts_of(Model([*bakery().model, new])).items()
        for act in acts
    ]
    for process in (None, "bake", "sell"):
        pairs = zip(
            care_of(before, process, on=on), care_of(now, process, on=on), strict=True
        )
        for old, found in pairs:
            if (process, found.function) == touched:
                assert found.last is None or found.last >= (old.last or date.min)
            else:
                assert found == old


@given(MANY, DAYS, st.integers(0, 400))
def test_time_alone_makes_nothing_more_current(
    held: tuple[Element, ...], on: date, days: int
) -> None:
    past = [e for e in held if (getattr(e, "on", None) or date.min) <= on]
    past = [e for e in past if (getattr(e, "reviewed", None) or date.min) <= on]
    model = Model([*bakery().model, *past])
    later = care_of(model, "bake", on=on + timedelta(days))
    for old, new in zip(care_of(model, "bake", on=on), later, strict=True):
        if old.state is CareState.NEVER:
            assert new.state is CareState.NEVER
        else:
            assert RANK.index(new.state) >= RANK.index(old.state)
