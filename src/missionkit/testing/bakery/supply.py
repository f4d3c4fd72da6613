"""What passes between processes, and what they need."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    FlowId,
    ProcessId,
    ResourceDemandId,
    ResourceId,
    StakeholderId,
)
from missionkit.domain.process import (
    Capability,
    DemandStatus,
    Flow,
    FlowKind,
    Resource,
    ResourceDemand,
    ResourceStage,
    ResourceType,
)
from missionkit.testing.bakery.plan import STAKEHOLDERS
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import PROCESSES


def flows(tell: Telling) -> Iterator[Element]:
    """Yield the way of the bread from the oven to those who eat it."""
    baking, selling = (ProcessId(ref) for ref, _ in PROCESSES[:2])
    yield Flow(
        id=FlowId("bread-to-the-counter"),
        item=tell.text("Bread, still warm"),
        source=baking,
        target=selling,
        kind=FlowKind.PRODUCT,
    )
    yield Flow(
        id=FlowId("bread-to-the-table"),
        item=tell.text("Bread"),
        source=selling,
        target=StakeholderId(STAKEHOLDERS[0][0]),
        kind=FlowKind.PRODUCT,
    )


def demands(tell: Telling) -> Iterator[Element]:
    """Yield the oven, and a demand for it that was met."""
    yield Resource(
        id=ResourceId("oven"),
        name=tell.text("The old oven"),
        type=ResourceType.PHYSICAL,
        capacity=Decimal(tell.number(400, 1, 2000)),
        unit="loaves a night",
        capability=Capability.CAPABLE,
        stage=ResourceStage.MAINTAINED,
    )
    yield ResourceDemand(
        id=ResourceDemandId("oven-at-night"),
        statement=tell.text("The oven, each night from two to six"),
        process=ProcessId(PROCESSES[0][0]),
        resource=ResourceId("oven"),
        needed_from=date(2026, 1, 1),
        status=DemandStatus.COMMITTED,
    )
