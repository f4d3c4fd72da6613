"""Who pays, and where effort and revenue really went, quarter by quarter."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from missionkit.domain.conduct import (
    AllocationBucket,
    AllocationSnapshot,
    Client,
    ClientProfile,
    Fact,
    RevenueBucket,
    RevenueSnapshot,
)
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AllocationSnapshotId,
    AnyId,
    ClientId,
    ClientProfileId,
    RevenueSnapshotId,
)
from missionkit.domain.values import Period
from missionkit.samples.tables import rows

QUARTERS: Final = (
    ("2025-q4", Period(date(2025, 10, 1), date(2025, 12, 31))),
    ("2026-q1", Period(date(2026, 1, 1), date(2026, 3, 31))),
    ("2026-q2", Period(date(2026, 4, 1), date(2026, 6, 30))),
    ("2026-q3", Period(date(2026, 7, 1), date(2026, 9, 30))),
)

# id | name | since | kind of contract | recurring
CLIENTS: Final = """
client-rents | Tenants of rented homes | 1971-04-01 | tenancy | yes
client-charges | Shared owners | 1994-06-01 | lease | yes
client-council | Saltmere Council, support contracts | 2012-04-01 | three years | yes
client-health | Coastal Health Partnership | 2021-10-01 | one year | yes
client-grants | Grants for warmth and building | 2010-04-01 | by scheme | no
client-sales | Buyers of first shares | 1994-06-01 | sale | no
client-quay | Tenants at market rent, Quay Street | 2026-06-15 | six months | no
"""

# bucket | planned hours | actual hours, quarter by quarter
EFFORT: Final = """
sphere-homes | 61000 | 60400 59800 58700 57900
sphere-services | 52000 | 51800 51900 51200 50600
sphere-new-homes | 7800 | 7600 7900 8100 8300
sphere-money | 11500 | 11600 11400 11700 11600
sphere-people | 17700 | 17200 17500 17900 17600
quay-apartments | 900 | 400 1100 2600 3900
"""
OFF_MISSION: Final = (820, 1240, 2890, 4170)  # harbor-festival and quay-talks
UNKNOWN: Final = (1480, 1390, 1310, 1270)

# client | planned | actual, in thousands of pounds, quarter by quarter
REVENUE: Final = """
client-rents | 12150 | 11980 12040 12190 12230
client-charges | 610 | 604 611 615 617
client-council | 880 | 880 880 874 861
client-health | 140 | 140 140 132 118
client-grants | 2300 | 2410 1720 2960 1840
client-sales | 950 | 1180 640 1020 730
client-quay | 160 | 0 0 44 131
"""


def elements() -> Iterator[Element]:
    """Give clients, the profile that is wanted, and the snapshots."""
    yield from map(_client, rows(CLIENTS))
    yield ClientProfile(
        id=ClientProfileId("wanted-client"),
        name="Whom we want to be paid by",
        wanted=(Fact(name="recurring", value="yes"),),
    )
    for index, (name, period) in enumerate(QUARTERS):
        yield _allocation(index, name, period)
        yield _revenue(index, name, period)


def _client(cells: list[str]) -> Client:
    ref, name, since, contract, recurring = cells
    return Client(
        id=ClientId(ref),
        name=name,
        facts=(
            Fact(name="contract", value=contract),
            Fact(name="recurring", value=recurring),
        ),
        since=date.fromisoformat(since),
    )


def _source(name: str) -> str:
    """Return the digest that a ledger of this name would have had."""
    return sha256(name.encode()).hexdigest()


def _allocation(index: int, name: str, period: Period) -> AllocationSnapshot:
    return AllocationSnapshot(
        id=AllocationSnapshotId(f"effort-{name}"),
        period=period,
        buckets=tuple(
            AllocationBucket(
                name=on,
                on=AnyId(on),
                planned=Decimal(planned),
                actual=Decimal(actual.split()[index]),
            )
            for on, planned, actual in rows(EFFORT)
        ),
        off_mission=Decimal(OFF_MISSION[index]),
        unknown=Decimal(UNKNOWN[index]),
        source_digest=_source(f"timesheets-{name}.csv"),
        rows=23_800 + 130 * index,
        unused=12,
    )


def _revenue(index: int, name: str, period: Period) -> RevenueSnapshot:
    recurring = {cells[0] for cells in rows(CLIENTS) if cells[-1] == "yes"}
    buckets = []
    for client, planned, by_quarter in rows(REVENUE):
        actual = Decimal(by_quarter.split()[index]) * 1000
        buckets.append(
            RevenueBucket(
                name=client,
                client=ClientId(client),
                planned=Decimal(planned) * 1000,
                actual=actual,
                recurring=actual if client in recurring else Decimal(0),
            )
        )
    return RevenueSnapshot(
        id=RevenueSnapshotId(f"revenue-{name}"),
        period=period,
        currency="GBP",
        buckets=tuple(buckets),
        off_mission=Decimal(0),
        unknown=Decimal(18_000),
        source_digest=_source(f"receipts-{name}.csv"),
        rows=101_400 + 220 * index,
        unused=0,
    )
