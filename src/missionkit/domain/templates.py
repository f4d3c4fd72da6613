"""Starting points: the four business processes and what flows between them."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.ids import FlowId, ProcessId
from missionkit.domain.process import (
    Flow,
    FlowKind,
    Process,
    ProcessFamily,
    ProcessLevel,
)

_MISSION: Final = ProcessFamily.MISSION_MANAGEMENT
_RESOURCES: Final = ProcessFamily.RESOURCE_MANAGEMENT
_CREATION: Final = ProcessFamily.DEMAND_CREATION
_FULFILLMENT: Final = ProcessFamily.DEMAND_FULFILLMENT
_EVERY: Final = tuple(ProcessFamily)

_PROCESSES: Final = {
    _MISSION: (
        "Mission management",
        "Sets the direction, confirms that it is kept, and corrects the course",
    ),
    _RESOURCES: (
        "Resource management",
        "Specifies, acquires and maintains what the mission needs",
    ),
    _CREATION: (
        "Demand creation",
        "Finds markets, and attracts customers to products and services",
    ),
    _FULFILLMENT: (
        "Demand fulfillment",
        "Turns what customers require into results that satisfy all stakeholders",
    ),
}
_FLOWS: Final = (
    ("Business plan", FlowKind.PLAN, (_MISSION,), _EVERY),
    ("New product and service strategy", FlowKind.PLAN, (_MISSION,), (_CREATION,)),
    ("Management system", FlowKind.INFORMATION, (_MISSION,), _EVERY),
    ("Improvement plan", FlowKind.PLAN, (_MISSION,), _EVERY),
    ("Capable resources", FlowKind.RESOURCE, (_RESOURCES,), _EVERY),
    ("Resource demand", FlowKind.INFORMATION, _EVERY, (_RESOURCES,)),
    ("Demand", FlowKind.INFORMATION, (_CREATION,), (_FULFILLMENT,)),
    ("Performance data", FlowKind.DATA, _EVERY, (_MISSION,)),
)
_SHORT: Final = {_MISSION: "mm", _RESOURCES: "rm", _CREATION: "dc", _FULFILLMENT: "df"}


def four_processes() -> tuple[Process | Flow, ...]:
    """Return the four business processes that every organization has, and their flows.

    >>> from missionkit.domain.model import Model
    >>> len(Model(four_processes()).of(Process))
    4
    """
    return (*_processes(), *_flows())


def _id(family: ProcessFamily) -> ProcessId:
    return ProcessId(family.value.replace("_", "-"))


def _processes() -> Iterator[Process]:
    for family, (name, purpose) in _PROCESSES.items():
        yield Process(
            id=_id(family),
            name=name,
            purpose=purpose,
            family=family,
            level=ProcessLevel.BUSINESS,
        )


def _flows() -> Iterator[Flow]:
    for item, kind, sources, targets in _FLOWS:
        for source in sources:
            for target in targets:
                if source is not target:
                    yield _flow(item, kind, source, target)


def _flow(
    item: str, kind: FlowKind, source: ProcessFamily, target: ProcessFamily
) -> Flow:
    words = item.lower().replace(" ", "-")
    return Flow(
        id=FlowId(f"{words}-{_SHORT[source]}-{_SHORT[target]}"),
        item=item,
        kind=kind,
        source=_id(source),
        target=_id(target),
    )
