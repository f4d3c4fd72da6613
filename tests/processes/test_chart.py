"""The process chart: every process in its family, with its owner and interfaces."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from tests.processes.many import organization

DAY = date(2026, 11, 2)
SAMPLE = mk.sample()


def small(*, period: mk.Period | None = None, lost: bool = False) -> mk.Model:
    """Return a family with a part, its owner, and a flow between both."""
    with mk.draft("Small") as d:
        top = d.process("Fulfill", family="demand_fulfillment", level="business")
        part = d.process("Repair", parent=top, critical=True)
        role = d.role("Owner of work", kind="owner")
        ann = d.party("Ann")
        d.role_assignment(role=role, party=ann, on=part, period=period)
        d.flow("Request", source=top, target=part)
        if lost:
            d.flow("Letter", source=part)
    return d.model


def test_every_process_is_charted_once_below_what_it_is_part_of() -> None:
    chart = mk.process_chart(SAMPLE, on=DAY)
    ids = [each.id for each in chart]

    assert sorted(ids) == [process.id for process in SAMPLE.of(mk.Process)]
    for each in chart:
        if each.parent:
            assert ids.index(each.parent) < ids.index(each.id)
            assert each.depth == chart[each.parent].depth + 1


def test_a_part_without_a_family_has_that_of_the_whole() -> None:
    chart = mk.process_chart(small(), on=DAY)

    assert chart["repair"].family is mk.ProcessFamily.DEMAND_FULFILLMENT
    assert len(chart.families()[mk.ProcessFamily.DEMAND_FULFILLMENT]) == 2
    assert "no process of demand creation" in chart.missing


def test_owners_are_roles_and_people_are_named_only_where_asked() -> None:
    chart = mk.process_chart(small(), on=DAY)
    named = mk.process_chart(small(), on=DAY, people=True)

    assert chart["repair"].owners == ("Owner of work",)
    assert chart["repair"].people == ()
    assert "Ann" not in str(chart) + chart._repr_html_() + chart.to_json()
    assert named["repair"].people == ("Ann",)
    assert "Owner of work (Ann)" in str(named)


def test_an_owner_whose_time_is_over_owns_nothing() -> None:
    period = mk.Period(end=date(2025, 1, 1))
    chart = mk.process_chart(small(period=period), on=DAY)

    assert chart["repair"].owners == ()
    assert "no owner of “Repair”" in chart.missing
    assert "✕ nobody" in str(chart)


def test_an_interface_stands_at_both_of_its_ends() -> None:
    chart = mk.process_chart(small(lost=True), on=DAY)

    assert [each.item for each in chart["fulfill"].gives] == ["Request"]
    assert [each.item for each in chart["repair"].takes] == ["Request"]
    assert "“Letter” goes nowhere: nobody is named who takes it" in chart.missing


def test_what_leads_to_a_retired_process_has_lost_its_end() -> None:
    days = [date(2020, 1, at) for at in (1, 2)]
    states = ("developed", "retired")
    steps = tuple(
        mk.ReleaseStep(state=mk.ReleaseState(state), on=day)
        for state, day in zip(states, days, strict=True)
    )
    model = small()
    part = mk.ReleaseLadder(steps=steps)
    model = model.with_(evolve(model.get(mk.Process, "repair"), release=part))
    chart = mk.process_chart(model, on=DAY)

    assert [each.id for each in chart] == ["fulfill"]
    assert "“Request” goes nowhere: Repair is retired" in chart.missing
    assert len(mk.process_chart(model, on=date(2020, 1, 1))) == 2
    gone = model.with_(evolve(model.get(mk.Process, "fulfill"), release=part))
    assert mk.process_chart(gone, on=DAY).interfaces == ()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 1, 9), "✕ never reviewed: nothing is recorded"),
        (date(2026, 1, 10), "last reviewed on 2026-01-10, next due by 2026-07-10"),
        (date(2026, 7, 10), "last reviewed on 2026-01-10, next due by 2026-07-10"),
        (
            date(2026, 7, 11),
            "✕ last reviewed on 2026-01-10, next due by 2026-07-10 and lapsed",
        ),
    ],
)
def test_the_chart_is_reviewed_at_least_every_six_months(on: date, said: str) -> None:
    care = mk.CareRecord(
        id=mk.CareRecordId("chart"),
        summary="Looked at the chart",
        function=mk.CareFunction.DOCUMENTATION,
        on=date(2026, 1, 10),
    )
    chart = mk.process_chart(small().with_(care), on=on)

    assert chart.review == said
    assert said in str(chart)


def test_a_process_without_a_family_comes_last_and_is_named() -> None:
    model = mk.Model((mk.Process(id=mk.ProcessId("alone"), name="Alone"),))
    chart = mk.process_chart(model, on=DAY)

    assert list(chart.families())[-1] is None
    assert "no family for “Alone”" in chart.missing
    assert "no family" in str(chart)


def test_a_part_in_another_family_stands_in_its_own() -> None:
    model = mk.Model(
        (
            mk.Process(
                id=mk.ProcessId("a"), name="A", family=mk.ProcessFamily.DEMAND_CREATION
            ),
            mk.Process(
                id=mk.ProcessId("b"),
                name="B",
                family=mk.ProcessFamily.DEMAND_FULFILLMENT,
                parent=mk.ProcessId("a"),
            ),
        )
    )
    chart = mk.process_chart(model, on=DAY)

    assert [(each.id, each.depth) for each in chart] == [("a", 0), ("b", 0)]
    assert chart["b"].parent == "a"


def test_a_process_that_is_not_there_is_refused_with_the_nearest() -> None:
    chart = mk.process_chart(small(), on=DAY)

    with pytest.raises(mk.NotFoundError, match="repair"):
        chart["repairs"]


@pytest.mark.parametrize("on", [None, "2026-01-01"])
def test_a_chart_needs_a_day(on: object) -> None:
    for ask in (mk.process_chart, mk.sipocs, mk.responsibility_matrix, mk.system_chart):
        with pytest.raises(mk.InvalidValueError, match="on"):
            ask(small(), on=on)  # type: ignore[arg-type]


def test_an_empty_model_has_empty_charts() -> None:
    chart = mk.process_chart(mk.Model(), on=DAY)

    assert len(chart) == 0
    assert len(chart.missing) == 4
    assert mk.sipocs(mk.Model(), on=DAY) == ()
    assert len(mk.responsibility_matrix(mk.Model(), on=DAY)) == 0


@pytest.mark.parametrize("count", [1, 5, 60])
def test_the_chart_is_the_same_as_json_values(count: int) -> None:
    chart = mk.process_chart(organization(count), on=DAY, people=True)

    assert json.loads(chart.to_json()) == chart.as_dict()
    assert len(chart.as_dict()["processes"]) == count
    assert {f for each in chart for f in each.as_dict()["gives"]} <= {
        each.flow for each in chart.interfaces
    }


@given(st.randoms(use_true_random=False))
def test_the_order_of_elements_changes_nothing(random: object) -> None:
    elements = list(organization(9))
    random.shuffle(elements)  # type: ignore[attr-defined]
    model = mk.Model(elements)

    known = organization(9)
    asks: tuple[Callable[..., object], ...] = (
        mk.process_chart,
        mk.sipocs,
        mk.responsibility_matrix,
        mk.system_chart,
    )
    for ask in asks:
        assert ask(model, on=DAY) == ask(known, on=DAY)


def test_every_text_is_escaped() -> None:
    model = mk.Model((mk.Process(id=mk.ProcessId("x"), name="<b>&"),))

    assert "&lt;b&gt;&amp;" in mk.process_chart(model, on=DAY)._repr_html_()
    assert "<b>" not in mk.sipoc(model, "x", on=DAY)._repr_html_()
    assert "<b>" not in mk.responsibility_matrix(model, on=DAY)._repr_html_()


def test_an_interface_tells_of_its_ends() -> None:
    (found,) = mk.process_chart(small(), on=DAY).interfaces

    assert str(found.source) == "Fulfill"
    assert found.as_dict() == {
        "flow": "request",
        "item": "Request",
        "kind": None,
        "source": {"ref": "fulfill", "title": "Fulfill", "process": True, "broken": ""},
        "target": {"ref": "repair", "title": "Repair", "process": True, "broken": ""},
        "acceptance": "",
        "broken": [],
    }
    assert str(mk.FlowEnd(broken="nobody")) == "✕ nobody"


def test_what_passes_between_stakeholders_belongs_to_no_process() -> None:
    with mk.draft("Small") as d:
        d.process("Work", family="demand_creation")
        d.flow("Talk", source=d.stakeholder("One"), target=d.stakeholder("Two"))
    chart = mk.process_chart(d.model, on=DAY)

    assert [each.item for each in chart.interfaces] == ["Talk"]
    assert chart["work"].takes == chart["work"].gives == ()
    assert mk.system_chart(d.model, on=DAY).flows == ()
