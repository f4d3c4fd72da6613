"""The four business processes and what flows between them."""

import missionkit as mk

MM, RM, DC, DF = (
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
)
EDGES = {
    "Business plan": {(MM, RM), (MM, DC), (MM, DF)},
    "New product and service strategy": {(MM, DC)},
    "Management system": {(MM, RM), (MM, DC), (MM, DF)},
    "Improvement plan": {(MM, RM), (MM, DC), (MM, DF)},
    "Capable resources": {(RM, MM), (RM, DC), (RM, DF)},
    "Resource demand": {(MM, RM), (DC, RM), (DF, RM)},
    "Demand": {(DC, DF)},
    "Performance data": {(RM, MM), (DC, MM), (DF, MM)},
}


def test_there_is_one_process_of_each_family() -> None:
    model = mk.Model(mk.four_processes())

    assert {p.id: p.family for p in model.of(mk.Process)} == {
        MM: mk.ProcessFamily.MISSION_MANAGEMENT,
        RM: mk.ProcessFamily.RESOURCE_MANAGEMENT,
        DC: mk.ProcessFamily.DEMAND_CREATION,
        DF: mk.ProcessFamily.DEMAND_FULFILLMENT,
    }


def test_the_flows_are_those_of_the_source() -> None:
    found: dict[str, set[tuple[str | None, str | None]]] = {}
    for flow in mk.Model(mk.four_processes()).of(mk.Flow):
        found.setdefault(flow.item, set()).add((flow.source, flow.target))

    assert found == EDGES
