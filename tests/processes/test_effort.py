"""How much effort is management, and why it changed."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord, UnusedRow
from missionkit.domain.draft import Draft, draft
from missionkit.domain.ids import ActivityId, AnyId, ProcessId
from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.domain.process import (
    Activity,
    Process,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
    ValueClass,
)
from missionkit.domain.values import Money, Period
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.processes.effort import (
    EFFORT_LIMITS,
    ManagementEffort,
    management_effort,
)
from missionkit.processes.effort_change import compare_effort
from missionkit.processes.numbers import (
    exact,
    hours_in_words,
    percent,
    plain,
    ratio,
)
from missionkit.processes.splitting import EffortSplit

DAY = date(2026, 6, 1)
WEEK = (
    ("knead", "bake", "value_added", 30.0, 40.0),
    ("show", "bake", "value_added", 10.0, 10.0),
    ("list", "bake", "necessary", 2.0, 20.0),
    ("wait", "bake", "waste", 4.0, 30.0),
    ("count", "sell", "necessary", 1.6, None),
    ("chat", "sell", None, 2.4, None),
)


def bakery() -> Draft:
    d = draft("Bakery", id="bakery")
    for ref in ("bake", "sell"):
        d.process(ref.title(), id=ref)
    for ref, process, kind, hours, passed in WEEK:
        d.activity(
            ref.title(),
            id=ref,
            process=process,
            value_class=kind,
            effort_hours=hours,
            duration_hours=passed,
        )
    return d


def effort(model: Model, **limits: float) -> ManagementEffort:
    return management_effort(model, on=DAY, limits=limits)


def test_the_formulas_are_those_of_lean_work() -> None:
    found = effort(bakery().model)
    assert found.share == 0.09
    total = found.total
    assert total.whole == 50
    assert (total.value_added_ratio, total.overhead_ratio) == (0.8, 0.072)
    assert (total.waste_ratio, total.unclassed_ratio) == (0.08, 0.048)
    assert found["bake"].cycle_efficiency == 0.5
    assert found["bake"].management_share == 0.05
    assert found["sell"].management_share is None
    assert found["sell"].cycle_efficiency is None
    assert [each.ref for each in found.management] == ["list", "count"]


def test_the_share_explains_itself() -> None:
    said = str(effort(bakery().model))
    assert said.startswith(
        "Management takes 9 % of value-adding effort: 3.6 by 40 hours; no limit is set."
    )
    assert "  List: 2 hours, 56 % of it" in said
    assert "Of 4.8 % of all effort nobody says whether it adds value." in said
    assert "Counted: one run of each activity of the model" in said


@pytest.mark.parametrize(
    ("limit", "within", "word"),
    [
        (0.09, True, "within the limit of 9 %."),
        (0.0899, False, "above the limit of 8.99 %."),
        (0, None, "no limit is set."),
    ],
)
def test_a_limit_is_kept_up_to_itself(
    limit: float,
    within: bool | None,  # noqa: FBT001 - a case of the table
    word: str,
) -> None:
    found = effort(bakery().model, management_share=limit)
    assert found.is_within is within
    assert found.reason.endswith(word)


def test_the_limit_of_the_organization_holds_unless_another_is_given() -> None:
    d = bakery()
    d.set("bakery", limits=[Limit(name="management_share", value=0.05)])
    assert effort(d.model).is_within is False
    assert effort(d.model, management_share=0.1).is_within is True
    assert [(spec.name, spec.default) for spec in EFFORT_LIMITS] == [
        ("management_share", 0)
    ]


def test_without_value_there_is_no_share_and_the_reason_is_told() -> None:
    d = draft("Bakery")
    assert effort(d.model).reason == (
        "Management effort has no share: no effort is counted."
    )
    d.activity("List", value_class="necessary", effort_hours=1)
    found = effort(d.model, management_share=0.1)
    assert (found.share, found.is_within) == (None, None)
    assert "no value-adding effort is counted" in found.reason
    assert found.processes[0].title == "(no process)"
    assert found.processes[0].process is None


def test_only_the_work_of_processes_in_use_is_counted() -> None:
    steps = [(ReleaseState.DEVELOPED, 1), (ReleaseState.PUBLISHED, 2)]
    steps += [(ReleaseState.INSTALLED, 3), (ReleaseState.COMMISSIONED, 4)]
    steps += [(ReleaseState.RETIRED, 5)]
    ladder = ReleaseLadder(
        steps=tuple(ReleaseStep(state=s, on=date(2026, m, 1)) for s, m in steps)
    )
    d = bakery()
    d.set("bake", release=ladder)
    months = [
        management_effort(d.model, on=date(2026, month, 2)).total.value_added
        for month in range(1, 6)
    ]
    assert months == [0, 0, 40, 40, 0]


def test_activities_without_hours_are_named() -> None:
    d = bakery()
    d.activity("Sweep", id="sweep", process="bake", duration_hours=3)
    d.activity("Lock", id="lock", process="bake")
    found = effort(d.model)
    assert found.unknown == ("lock", "sweep")
    assert "Without hours: lock, sweep." in str(found)
    assert found["bake"].lead == 103
    for at in range(6):
        d.activity(f"More {at}", id=f"more-{at}")
    assert "Without hours: lock, more-0, more-1, more-2, more-3 and 3 more." in str(
        effort(d.model)
    )


def test_long_and_multi_line_titles_are_told_on_one_short_line() -> None:
    d = bakery()
    d.feedback("Said\non two lines " + "x" * 500, id="said", process="bake")
    rows = [record("said", 3), record("knead", 9)]
    found = management_effort(d.model, on=DAY, activities=Ledger(rows))
    line = str(found).splitlines()[1]
    assert line.startswith("  Said on two lines xxx")
    assert len(line) < 100
    change = compare_effort(effort(d.model), found)
    assert all("\n" not in each.reason for each in change.drivers)
    assert all(len(each.reason) < 150 for each in change.drivers)


def record(serves: str | None, hours: float, day: date = DAY) -> ActivityRecord:
    ref = None if serves is None else AnyId(serves)
    return ActivityRecord(on=day, what="Work", hours=hours, serves=ref)


def test_a_ledger_is_counted_by_what_its_records_serve() -> None:
    d = bakery()
    d.care_record("Documents read", id="read", process="bake", function="documentation")
    d.investigation("Why burned?", id="why", process="sell")
    d.training("Kneading", id="lesson", on=DAY)
    rows = [
        *[record("knead", 0.1)] * 100,
        record("read", 1),
        record("why", 0.5),
        record("lesson", 0.25),
        record("bake", 2),
        record("bakery", 3),
        record("nobody", 1),
        record(None, 1),
        record("knead", 50, date(2026, 6, 2)),
        record("knead", 50, date(2026, 4, 30)),
    ]
    ledger = Ledger[ActivityRecord]([*rows, UnusedRow(row=9, issues=())])
    period = Period(date(2026, 5, 1))
    found = management_effort(d.model, on=DAY, activities=ledger, period=period)
    assert found.total.value_added == 10
    assert found.total.necessary == Fraction(7, 4)
    assert found.total.unclassed == 7
    assert found.share == 0.175
    assert [(each.ref, each.process) for each in found.management] == [
        ("read", "bake"),
        ("why", "sell"),
        ("lesson", None),
    ]
    whys = {each.ref: each.why for each in found.works}
    assert whys == {
        "knead": "as the activity is classed",
        "read": "an act of process management, which customers do not pay for",
        "why": "an act of process management, which customers do not pay for",
        "lesson": "an act of process management, which customers do not pay for",
        "bake": "it serves no activity, so nobody classed it",
        "bakery": "it serves no activity, so nobody classed it",
        "nobody": "nothing has this id",
        "": "nobody says what it served",
    }
    assert found.total.lead == 0
    assert found["bake"].unclassed == 2
    assert "1 row of the ledger could not be used." in str(found)
    assert found.as_dict()["period"] == "2026-05-01 to …"


def test_what_is_no_ledger_of_activities_is_refused() -> None:
    model = bakery().model
    money = RevenueRecord(on=DAY, client="c", amount=Money(Decimal(1), "EUR"))
    wrong: tuple[Any, ...] = ([], Ledger([money]), Ledger[Any]([1]))
    for activities in wrong:
        with pytest.raises(InvalidValueError, match="activities must be a ledger of"):
            management_effort(model, on=DAY, activities=activities)
    empty = Ledger[ActivityRecord]([])
    with pytest.raises(InvalidValueError, match="period must be a period, got"):
        management_effort(model, on=DAY, activities=empty, period=DAY)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="management_share"):
        effort(model, management_shar=1)
    with pytest.raises(InvalidValueError, match="on must be"):
        management_effort(model, on=None)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="after must be what management_effort"):
        compare_effort(effort(model), model)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError, match="did you mean 'sell'"):
        effort(model)["sel"]


def test_a_change_names_what_moved_the_share_and_adds_up() -> None:
    d = bakery()
    before = effort(d.model)
    d.set("list", effort_hours=0.4)
    d.remove("count")
    d.activity("Ask", id="ask", process="sell", value_class="necessary", effort_hours=1)
    d.set("wait", value_class="necessary", effort_hours=1)
    after = effort(d.model)
    found = compare_effort(before, after)
    assert found.change == pytest.approx(after.share - before.share)  # type: ignore[operator]
    assert found.reason == (
        "The management share fell from 9 % to 6 %, because 'Count' is gone: it took"
        " 1.6 necessary hours, 'List' went from 2 to 0.4 hours (necessary); 2 moved it"
        " the other way."
    )
    assert "'Ask' is new: 1 necessary hours" in json.dumps(found.as_dict())
    assert "'Wait' went from 4 to 1 hours (waste, now necessary)" in str(
        [each.reason for each in found.drivers]
    )
    assert "Wait" in str(found)
    assert "waste to necessary" in found._repr_html_()
    assert json.loads(found.to_json()) == found.as_dict()


def test_a_changed_class_alone_moves_the_share() -> None:
    d = bakery()
    before = effort(d.model)
    d.set("show", value_class="necessary")
    found = compare_effort(before, effort(d.model))
    assert found.reason == (
        "The management share rose from 9 % to 45 %, because 'Show' takes 10 hours"
        " (value-adding, now necessary)."
    )


def test_more_value_lets_the_share_fall_too() -> None:
    d = bakery()
    before = effort(d.model)
    d.set("knead", effort_hours=50)
    d.set("chat", effort_hours=5)
    found = compare_effort(before, effort(d.model))
    assert [each.ref for each in found.drivers] == ["knead"]
    assert "fell from 9 % to 6 %, because 'Knead' went from 30 to 50" in found.reason


def test_a_ledger_and_a_model_are_not_compared_in_silence() -> None:
    model = bakery().model
    rows = Ledger([record("knead", 40), record("list", 2)])
    counted = management_effort(model, on=DAY, activities=rows)
    said = compare_effort(effort(model), counted).reason
    assert "fell from 9 % to 5 %" in said
    assert "They are not counted alike: one run of each activity" in said
    assert said.endswith("; then the records of a ledger.")


def test_nothing_moved_or_nothing_to_compare_is_said() -> None:
    d = bakery()
    same = compare_effort(effort(d.model), effort(d.model))
    assert str(same) == "The management share stayed at 9 %."
    assert same.change == 0
    assert same._repr_html_() == "<p>The management share stayed at 9 %.</p>"
    none = compare_effort(effort(d.model), effort(Model()))
    assert none.change is None
    assert none.reason == (
        "The management share cannot be compared. Management effort has no share: no"
        " effort is counted."
    )
    assert none.drivers == ()
    other = compare_effort(effort(Model()), effort(d.model))
    assert "cannot be compared" in other.reason
    before = effort(d.model)
    d.set("count", effort_hours=1.601)
    near = compare_effort(before, effort(d.model))
    assert "rose by 0.0025 points to 9 %" in near.reason


def test_all_is_told_as_text_html_and_json() -> None:
    d = bakery()
    d.set("sell", name="<i>Sell</i>")
    found = effort(d.model)
    html = found._repr_html_()
    assert "&lt;i&gt;Sell&lt;/i&gt;" in html
    assert "<i>" not in html
    assert json.loads(found.to_json()) == found.as_dict()
    told = found.as_dict()
    assert told["total"]["necessary"] == 3.6
    assert told["works"][0] == {
        "ref": "knead",
        "title": "Knead",
        "process": "bake",
        "value_class": "value_added",
        "hours": 30.0,
        "lead": 40.0,
        "why": "as the activity is classed",
    }
    for at in range(6):
        ref = f"more-{at}"
        d.activity(ref, id=ref, value_class="necessary", effort_hours=1)
    assert "and 3 more" in str(effort(d.model))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, ""),
        (0, "0 %"),
        (0.0001, "under 0.1 %"),
        (0.094, "9.4 %"),
        (0.09, "9 %"),
        (0.145, "14 %"),
        (0.9999, "over 99 %"),
        (1, "100 %"),
        (132, "13,200 %"),
    ],
)
def test_shares_are_told_in_percent(share: float | None, said: str) -> None:
    assert percent(share) == said


def test_hours_are_told_to_a_tenth_and_never_overflow() -> None:
    assert [hours_in_words(exact(n)) for n in (0, 0.01, 0.1, 1234.5)] == [
        "0",
        "under 0.1",
        "0.1",
        "1,234.5",
    ]
    huge = exact(1.7e308) * 10
    assert plain(huge) == pytest.approx(1.7976931348623157e308)
    assert ratio(huge, exact(5e-324)) == plain(huge)


HOURS = st.none() | st.floats(0, 1e308) | st.integers(0, 50).map(float)
PIECES = st.lists(
    st.tuples(
        HOURS,
        HOURS,
        st.none() | st.sampled_from(ValueClass),
        st.sampled_from([None, ProcessId("a"), ProcessId("b")]),
    ),
    max_size=6,
)
Pieces = list[tuple[float | None, float | None, ValueClass | None, ProcessId | None]]
BASE = (Process(id=ProcessId("a"), name="A"), Process(id=ProcessId("b"), name="B"))


def activities(pieces: Pieces) -> list[Activity]:
    return [
        Activity(
            id=ActivityId(f"act-{at}"),
            name=f"Act {at}",
            process=process,
            value_class=kind,
            effort_hours=hours,
            duration_hours=passed,
        )
        for at, (hours, passed, kind, process) in enumerate(pieces)
    ]


def ratios(split: EffortSplit) -> list[float | None]:
    return [
        split.value_added_ratio,
        split.overhead_ratio,
        split.waste_ratio,
        split.unclassed_ratio,
    ]


@given(PIECES)
@example([(1e308, 1e308, kind, None) for kind in ValueClass])
def test_shares_are_from_0_to_1_and_add_up(pieces: Pieces) -> None:
    found = effort(Model([*BASE, *activities(pieces)]))
    for split in (found.total, *found.processes):
        given = [each for each in ratios(split) if each is not None]
        assert len(given) in (0, 4)
        assert all(0 <= each <= 1 for each in given)
        assert not given or sum(given) == pytest.approx(1)
        assert split.cycle_efficiency is None or 0 <= split.cycle_efficiency <= 1
    for name in ("value_added", "necessary", "waste", "unclassed", "lead"):
        parts = [getattr(each, name) for each in found.processes]
        assert sum(parts) == getattr(found.total, name)
    assert sum(each.hours for each in found.works) == found.total.whole
    assert str(found)
    json.loads(found.to_json())


@given(PIECES, st.randoms(use_true_random=False))
def test_the_order_of_elements_changes_nothing(pieces: Pieces, random: object) -> None:
    held = [*BASE, *activities(pieces)]
    found = effort(Model(held))
    random.shuffle(held)  # type: ignore[attr-defined]
    assert effort(Model(held)) == found


@given(PIECES, PIECES)
def test_the_effects_of_all_drivers_add_up_to_the_change(
    old: Pieces, new: Pieces
) -> None:
    before = effort(Model([*BASE, *activities(old)]))
    after = effort(Model([*BASE, *activities(new)]))
    found = compare_effort(before, after)
    one, two = before.total, after.total
    if one.value_added and two.value_added:
        change = two.necessary / two.value_added - one.necessary / one.value_added
        assert sum(each.effect for each in found.drivers) == change
        back = compare_effort(after, before)
        assert sum(each.effect for each in back.drivers) == -change
    else:
        assert found.drivers == ()
    assert str(found)
    json.loads(found.to_json())


@given(st.lists(st.sampled_from(["knead", "list", "", "gone"]), max_size=8))
def test_a_ledger_in_any_order_gives_the_same(order: list[str]) -> None:
    model = bakery().model
    rows = [record(ref or None, 0.1 * at) for at, ref in enumerate(order)]
    one = management_effort(model, on=DAY, activities=Ledger(rows))
    two = management_effort(model, on=DAY, activities=Ledger(rows[::-1]))
    assert one == two
