"""Supplier, input, process, output, customer: every end is there, or named as lost."""

import json
from datetime import date

import pytest

import missionkit as mk

DAY = date(2026, 11, 2)


def model(*, lost: bool = False) -> mk.Model:
    with mk.draft("Small") as d:
        tenants = d.stakeholder("Tenants")
        board = d.stakeholder("Board")
        warm = d.need("A warm home", stakeholder=tenants)
        told = d.need("To be told", stakeholder=board)
        free = d.need("A need of nobody")
        repair = d.process("Repair", family="demand_fulfillment", purpose="Mend it")
        store = d.process("Store", family="resource_management")
        d.activity("Second", process=repair, sequence=2)
        d.activity("First", process=repair, sequence=1)
        d.activity("Whenever", process=repair)
        d.activity("Of nobody")
        d.flow("Parts", source=store, target=repair, acceptance="all of them")
        d.flow("Repair done", source=repair, target=tenants)
        d.business_output("Repair done", produced_by=repair, satisfies=(warm, told))
        d.business_output("Report", produced_by=repair, satisfies=(told,))
        d.business_output("Waste", produced_by=repair)
        d.business_output("For nobody", produced_by=repair, satisfies=(free,))
        d.business_output("By nobody", satisfies=(told,))
        if lost:
            d.flow("Call", target=repair)
    return d.model


def test_the_five_columns_come_from_flows_outputs_and_needs() -> None:
    found = mk.sipoc(model(), "repair", on=DAY)

    assert [(x.item, x.end.title) for x in found.inputs] == [("Parts", "Store")]
    assert [(x.item, x.end.title, x.end.broken) for x in found.outputs] == [
        ("Repair done", "Tenants", ""),
        ("For nobody", "", "nobody is named who needs it"),
        ("Repair done", "Board", ""),
        ("Report", "Board", ""),
        ("Waste", "", "nobody is named who needs it"),
    ]
    assert found.activities == ("First", "Second", "Whenever")
    assert found.purpose == "Mend it"


def test_each_lost_end_is_named() -> None:
    found = mk.sipoc(model(lost=True), "repair", on=DAY)

    assert found.broken == (
        "“Call”: nobody is named who gives it",
        "“For nobody”: nobody is named who needs it",
        "“Waste”: nobody is named who needs it",
    )
    assert "✕ “Call”: nobody is named who gives it" in str(found)


def test_an_output_that_a_flow_hands_over_needs_no_need() -> None:
    with mk.draft("Small") as d:
        one = d.process("One")
        d.flow("Thing", source=one, target=d.process("Two"))
        d.business_output("thing", produced_by=one)
    found = mk.sipoc(d.model, "one", on=DAY)

    assert [each.item for each in found.outputs] == ["Thing"]
    assert found.broken == ("nothing goes into it",)


def test_a_process_without_anything_says_so() -> None:
    lone = mk.Model((mk.Process(id=mk.ProcessId("lone"), name="Lone"),))

    assert mk.sipoc(lone, "lone", on=DAY).broken == (
        "nothing goes into it",
        "nothing comes out of it",
    )


def test_every_process_has_its_columns_in_the_order_of_ids() -> None:
    sample = mk.sample()
    found = mk.sipocs(sample, on=DAY)

    assert [each.process for each in found] == [p.id for p in sample.of(mk.Process)]
    for each in found:
        assert mk.sipoc(sample, each.process, on=DAY) == each
        assert json.loads(each.to_json()) == each.as_dict()


def test_a_process_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(mk.NotFoundError, match="repair"):
        mk.sipoc(model(), "repairs", on=DAY)


def test_a_retired_process_is_refused() -> None:
    steps = (
        mk.ReleaseStep(state=mk.ReleaseState.DEVELOPED, on=date(2020, 1, 1)),
        mk.ReleaseStep(state=mk.ReleaseState.RETIRED, on=date(2021, 1, 1)),
    )
    gone = mk.Process(
        id=mk.ProcessId("gone"), name="Gone", release=mk.ReleaseLadder(steps=steps)
    )

    with pytest.raises(mk.NotFoundError):
        mk.sipoc(mk.Model((gone,)), "gone", on=DAY)
    assert mk.sipoc(mk.Model((gone,)), "gone", on=date(2020, 5, 1)).title == "Gone"


def test_a_notebook_shows_a_row_for_each_line() -> None:
    html = mk.sipoc(model(), "repair", on=DAY)._repr_html_()

    assert html.count("<tr>") == 1 + 5
    assert "supplier (on 2026-11-02)" in html
