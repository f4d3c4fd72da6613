"""What the processes need, what there is of it, and what they ask for."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import ProcessId, ResourceDemandId, ResourceId
from missionkit.domain.process import (
    Capability,
    DemandStatus,
    Resource,
    ResourceDemand,
    ResourceStage,
    ResourceType,
)
from missionkit.domain.values import Money
from missionkit.samples.tables import rows

# id | name | type | how much | unit | pounds a year | capability
RESOURCES: Final = """
trades | Repairs operatives | human | 64 | people | 3010000 | limited
officers | Housing officers | human | 22 | people | 968000 | capable
coaches | Coaches of trades | human | 1 | people | 52000 | limited
support-staff | Support workers | human | 37 | people | 1240000 | capable
vans | Vans with stock | physical | 58 | vans | 610000 | capable
homes-stock | Homes | physical | 8400 | homes | 18900000 | limited
garage-land | Garage courts | physical | 61 | sites | 90000 | capable
loans | Loans and bond | financial | 268000000 | pounds | 11200000 | capable
grants | Grants for warmth and building | financial | 14300000 | pounds | 0 | capable
old-records | Two systems of records | information | 8400 | records | 470000
    | not_capable
one-record-system | One record of each home | information | 8400 | records | 280000
    | limited
"""

# id | what | process | resource | how much | unit | from | status | reason
DEMANDS: Final = """
more-trades | Twelve more operatives | repairs | trades | 12 | people
    | 2026-03-01 | fulfilled |
second-coach | A second coach | repairs | coaches | 1 | people
    | 2026-09-01 | committed |
record-at-door | The record on the operative's phone | repairs | one-record-system
    | 64 | records | 2026-05-01 | fulfilled |
street-money | Money for six more streets | home-upgrades | grants | 3100000 | pounds
    | 2026-04-01 | fulfilled |
sensors-money | Sensors in 2,000 homes | home-upgrades | grants | 240000 | pounds
    | 2027-01-15 | requested |
quay-loan | A loan for a second block on Quay Street | development | loans
    | 9500000 | pounds | 2026-10-01 | refused
    | It would take interest cover below 1.25
complaint-officers | Two more complaint officers | complaints | officers | 2 | people
    | 2026-11-16 | requested |
"""


def elements() -> Iterator[Element]:
    """Give the resources and the demands for them."""
    for ref, name, kind, capacity, unit, cost, capability in rows(RESOURCES):
        yield Resource(
            id=ResourceId(ref),
            name=name,
            type=ResourceType(kind),
            capacity=Decimal(capacity),
            unit=unit,
            cost=Money(Decimal(cost), "GBP"),
            capability=Capability(capability),
            stage=ResourceStage.MAINTAINED,
        )
    yield from map(_demand, rows(DEMANDS))


def _demand(cells: list[str]) -> ResourceDemand:
    ref, statement, process, resource, quantity, unit, needed, status, reason = cells
    return ResourceDemand(
        id=ResourceDemandId(ref),
        statement=statement,
        process=ProcessId(process),
        resource=ResourceId(resource),
        quantity=Decimal(quantity),
        unit=unit,
        needed_from=date.fromisoformat(needed),
        status=DemandStatus(status),
        reason=reason,
    )
