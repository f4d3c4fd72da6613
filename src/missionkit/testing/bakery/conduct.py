"""What the bakery really did: where its effort went, and who paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from missionkit.domain.conduct import (
    AllocationBucket,
    AllocationSnapshot,
    Client,
    Fact,
    RevenueBucket,
    RevenueSnapshot,
)
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AllocationSnapshotId,
    AnyId,
    ClientId,
    DriftSignalId,
    InfluencerId,
    PurposeId,
    RevenueSnapshotId,
)
from missionkit.domain.plan import Purpose
from missionkit.domain.review import DriftSignal, Shift, SignalStatus
from missionkit.domain.values import Period
from missionkit.testing.bakery.people import CHAIR
from missionkit.testing.bakery.plan import BAKERY
from missionkit.testing.bakery.telling import Telling, said
from missionkit.testing.bakery.work import PROCESSES

CLIENTS: Final = (
    ("the-counter", "Everybody who buys at the counter"),
    ("school-kitchen", "The kitchen of the school"),
    ("inn", "The inn at the bridge"),
    ("market", "The stall on the market in town"),
    ("care-home", "The home for the old"),
    ("station-kiosk", "The kiosk at the station"),
)
TEACHING: Final = PurposeId("teaching")
HALF_YEARS: Final = (
    ("second-half-2025", Period(date(2025, 7, 1), date(2025, 12, 31))),
    ("first-half-2026", Period(date(2026, 1, 1), date(2026, 6, 30))),
)


def purposes(tell: Telling) -> Iterator[Element]:
    """Yield what effort serves besides goals."""
    yield Purpose(
        id=TEACHING,
        name=tell.text("Teaching the apprentices of other bakeries"),
        off_mission=False,
        declared_by=CHAIR,
        driven_by=(InfluencerId("new-council"),),
    )


def snapshots(processes: int, tell: Telling) -> Iterator[Element]:
    """Yield clients, and half a year at a time of effort and of revenue."""
    for ref, name in CLIENTS:
        yield Client(
            id=ClientId(ref),
            name=tell.text(name),
            facts=(Fact(name="recurring", value="yes"),),
            since=date(2024, 1, 1),
        )
    for name, period in HALF_YEARS:
        yield AllocationSnapshot(
            id=AllocationSnapshotId(f"effort-{name}"),
            period=period,
            buckets=(
                *(
                    _bucket(ref, tell.number(900, 850, 950))
                    for ref, _ in said(PROCESSES, processes)
                ),
                _bucket(TEACHING, 250 * processes),
            ),
            off_mission=Decimal(20),
            unknown=Decimal(0),
            source_digest=_source(f"hours-{name}.csv"),
            rows=1200,
            unused=0,
        )
        yield RevenueSnapshot(
            id=RevenueSnapshotId(f"revenue-{name}"),
            period=period,
            currency="EUR",
            buckets=tuple(
                RevenueBucket(
                    name=ref,
                    client=ClientId(ref),
                    planned=Decimal(20000),
                    actual=Decimal(20000),
                    recurring=Decimal(15000),
                )
                for ref, _ in CLIENTS
            ),
            off_mission=Decimal(0),
            unknown=Decimal(0),
            source_digest=_source(f"receipts-{name}.csv"),
            rows=4000,
            unused=0,
        )


def _bucket(ref: str, hours: int) -> AllocationBucket:
    planned = Decimal(hours)
    return AllocationBucket(
        name=ref, on=AnyId(ref), planned=planned, actual=planned + 10
    )


def _source(name: str) -> str:
    """Return the digest that a ledger of this name would have had."""
    return sha256(name.encode()).hexdigest()


def signals(tell: Telling) -> Iterator[Element]:
    """Yield a warning of drift that was looked at."""
    yield DriftSignal(
        id=DriftSignalId("more-hours-for-cakes"),
        indicator=tell.text("Hours for what is not bread"),
        detector="cusum",
        at=date(2026, 6, 8),
        direction=Shift.UP,
        concerns=(AnyId(BAKERY),),
        status=SignalStatus.DISMISSED,
        reason=tell.text("Easter comes once a year"),
    )
