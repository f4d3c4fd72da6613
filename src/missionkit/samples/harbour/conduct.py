"""Who pays, and where effort and revenue really went, quarter by quarter."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import evolve

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
from missionkit.drift.ledger.calendar import quarter
from missionkit.drift.ledger.summarize import summarize
from missionkit.samples.booked import NOT_STATED, PAYERS, QUARTERS, ledgers
from missionkit.samples.tables import rows

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

# bucket | planned hours a quarter
EFFORT_PLANNED: Final = """
sphere-homes | 61000
sphere-services | 52000
sphere-new-homes | 7800
sphere-money | 11500
sphere-people | 17700
quay-apartments | 900
"""
OFF_MISSION: Final = ("harbor-festival", "quay-talks")

# client | planned thousands of pounds a quarter
REVENUE_PLANNED: Final = """
client-rents | 12150
client-charges | 610
client-council | 880
client-health | 140
client-grants | 2300
client-sales | 950
client-quay | 160
"""


def elements() -> Iterator[Element]:
    """Give clients, the profile that is wanted, and the snapshots."""
    yield from map(_client, rows(CLIENTS))
    yield ClientProfile(
        id=ClientProfileId("wanted-client"),
        name="Whom we want to be paid by",
        wanted=(Fact(name="recurring", value="yes"),),
    )
    effort, revenue = _summaries()
    for name, period in QUARTERS:
        yield _allocation(name, effort[period])
        yield _revenue(name, revenue[period])


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


@lru_cache(maxsize=1)
def _summaries() -> tuple[
    dict[Period | None, AllocationSnapshot], dict[Period | None, RevenueSnapshot]
]:
    """Return what the time sheets and the receipts add up to, by quarter."""
    hours, receipts = ledgers()
    return (
        {each.period: each for each in summarize(hours, by=quarter)},
        {each.period: each for each in summarize(receipts, by=quarter)},
    )


def _allocation(name: str, found: AllocationSnapshot) -> AllocationSnapshot:
    """Return a summary with the plan, and with one amount of all off mission."""
    actual = {bucket.name: bucket.actual for bucket in found.buckets}
    return evolve(
        found,
        id=AllocationSnapshotId(f"effort-{name}"),
        buckets=tuple(
            AllocationBucket(
                name=on, on=AnyId(on), planned=Decimal(planned), actual=actual[on]
            )
            for on, planned in rows(EFFORT_PLANNED)
        ),
        off_mission=sum((actual[purpose] for purpose in OFF_MISSION), Decimal(0)),
    )


def _revenue(name: str, found: RevenueSnapshot) -> RevenueSnapshot:
    """Return a summary with the plan, and receipts of nobody known as unknown."""
    called = {name: client for client, name, *_ in rows(PAYERS)}
    paid = {called[bucket.name]: bucket for bucket in found.buckets}
    buckets = []
    for client, planned in rows(REVENUE_PLANNED):
        bucket = paid.get(client)
        buckets.append(
            RevenueBucket(
                name=client,
                client=ClientId(client),
                planned=Decimal(planned) * 1000,
                actual=bucket.actual if bucket else Decimal(0),
                recurring=bucket.recurring if bucket else Decimal(0),
            )
        )
    return evolve(
        found,
        id=RevenueSnapshotId(f"revenue-{name}"),
        buckets=tuple(buckets),
        off_mission=Decimal(0),
        unknown=paid[NOT_STATED].actual,
    )
