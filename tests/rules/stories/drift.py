from datetime import date
from decimal import Decimal

from missionkit.domain.conduct import AllocationBucket, RevenueBucket
from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.values import Period
from tests.rules.cases import Twin, case

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))


@case("MK-DRF-037", "hours", "off_mission")
def _off_mission(d: Draft, twin: Twin) -> None:
    d.operating_sphere("Homes", id="homes")
    bucket = AllocationBucket(name="homes", on=AnyId("homes"), actual=Decimal(85))
    d.allocation_snapshot(
        id="hours",
        period=QUARTER,
        buckets=(bucket,),
        off_mission=Decimal(twin(16, 15)),
    )


@case("MK-DRF-038", "hours", "buckets[1].planned")
def _not_planned(d: Draft, twin: Twin) -> None:
    d.allocation_snapshot(
        id="hours",
        period=QUARTER,
        buckets=(
            AllocationBucket(name="homes", planned=Decimal(8), actual=Decimal(8)),
            AllocationBucket(
                name="town", planned=twin(None, Decimal(0)), actual=Decimal(1)
            ),
        ),
    )


@case("MK-DRF-039", "hours", "buckets[1].actual")
def _drift(d: Draft, twin: Twin) -> None:
    d.operating_sphere("Town", id="town")
    d.decision("Grow in town", covers=twin((), ("town",)))
    d.allocation_snapshot(
        id="hours",
        period=QUARTER,
        buckets=(
            AllocationBucket(name="homes", planned=Decimal(90), actual=Decimal(60)),
            AllocationBucket(
                name="town", on=AnyId("town"), planned=Decimal(10), actual=Decimal(40)
            ),
        ),
    )


@case("MK-DRF-040", "money", "buckets")
def _concentrated(d: Draft, twin: Twin) -> None:
    amounts = twin((60, 20, 20), (25, 25, 25, 25))
    d.revenue_snapshot(
        id="money",
        period=QUARTER,
        buckets=tuple(
            RevenueBucket(
                name=f"payer {at}", actual=Decimal(paid), recurring=Decimal(paid)
            )
            for at, paid in enumerate(amounts)
        ),
    )
