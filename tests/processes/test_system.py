"""The four business processes as a system: nothing ends nowhere or is missing."""

import json
from datetime import date

import pytest
from attrs import evolve

import missionkit as mk

DAY = date(2026, 11, 2)
SAMPLE = mk.sample()
M, R, C, D = mk.ProcessFamily
# What mission management gives to whom, written a second time.
GIVEN = {
    "Business plan": {R, C, D},
    "New product and service strategy": {C},
    "Management system": {R, C, D},
    "Improvement plan": {R, C, D},
    "Resource demand": {R},
}


def test_the_template_filled_with_the_sample_is_whole() -> None:
    found = mk.system_chart(SAMPLE, on=DAY)

    assert found.broken == ()
    assert found.missing == ()
    assert found.trouble == ()
    assert found.whole
    for flow in SAMPLE.of(mk.Flow):
        assert flow.source is not None
        assert flow.target is not None


def test_every_output_of_mission_management_has_its_consumers() -> None:
    found = mk.system_chart(SAMPLE, on=DAY)
    taken = {
        item: {
            each.target for each in found.flows if (each.source, each.item) == (M, item)
        }
        for item in GIVEN
    }

    assert taken == GIVEN
    for output in found.outputs:
        assert output.consumers
        assert output.missing == ()
    assert {each.item for each in found.outputs} == {*GIVEN, "Report to tenants"}


def test_the_bare_template_is_whole() -> None:
    found = mk.system_chart(mk.Model(mk.four_processes()), on=DAY)

    assert found.whole
    assert found.between(None, D) == ()
    assert {f: len(held) for f, held in found.processes.items()} == dict.fromkeys(
        mk.ProcessFamily, 1
    )


@pytest.mark.parametrize(
    "flow",
    [x for x in mk.four_processes() if isinstance(x, mk.Flow)],
    ids=lambda x: x.id,
)
def test_each_flow_of_the_template_that_is_missing_is_named(flow: mk.Flow) -> None:
    found = mk.system_chart(mk.Model(mk.four_processes()).without(flow.id), on=DAY)

    (lost,) = found.missing
    assert lost.item == flow.item
    assert found.lacking(lost.source, lost.target) == (lost,)
    assert not found.whole
    assert f"{lost} is missing" in found.trouble
    if lost.source is M:
        (output,) = (each for each in found.outputs if each.item == lost.item)
        assert output.missing


@pytest.mark.parametrize(
    "flow",
    [x for x in mk.four_processes() if isinstance(x, mk.Flow)],
    ids=lambda x: x.id,
)
@pytest.mark.parametrize("end", ["source", "target"])
def test_each_flow_that_loses_an_end_is_named(flow: mk.Flow, end: str) -> None:
    model = mk.Model(mk.four_processes()).with_(
        evolve(flow, source=None) if end == "source" else evolve(flow, target=None)
    )
    found = mk.system_chart(model, on=DAY)

    assert [each.flow for each in found.broken] == [flow.id]
    assert len(found.missing) == 1
    assert not found.whole


def test_an_output_that_nobody_takes_is_named() -> None:
    model = mk.Model(mk.four_processes())
    lost = mk.Flow(
        id=mk.FlowId("x"), item="Letter", source=mk.ProcessId("mission-management")
    )
    found = mk.system_chart(model.with_(lost), on=DAY)

    assert "nobody takes “Letter”" in found.trouble
    assert "✕ nobody takes “Letter”" in str(found)


def test_names_of_flows_are_known_in_capitals_and_small() -> None:
    model = mk.Model(mk.four_processes())
    flow = model.get(mk.Flow, "demand-dc-df")

    assert mk.system_chart(model.with_(evolve(flow, item="DEMAND")), on=DAY).whole


def test_a_part_speaks_for_its_family_and_what_has_none_is_left_out() -> None:
    with mk.draft("Small") as d:
        top = d.process("Top", family="demand_creation")
        part = d.process("Part", parent=top)
        other = d.process("Other", family="demand_fulfillment")
        lone = d.process("Lone")
        town = d.stakeholder("Town")
        d.flow("A", source=part, target=other)
        d.flow("B", source=top, target=part)
        d.flow("C", source=lone, target=other)
        d.flow("D", source=town, target=part)
        d.flow("a", source=top, target=other)
    found = mk.system_chart(d.model, on=DAY)

    told = [(each.item, each.source, each.target, each.flows) for each in found.flows]
    assert told == [("A", C, D, ("a", "a-2")), ("D", None, C, ("d",))]
    assert "no process of mission management" in found.trouble
    assert json.loads(found.to_json()) == found.as_dict()
    assert found._repr_html_().count("<tr>") > 2
