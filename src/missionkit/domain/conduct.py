"""What the organization really does: its clients, where effort and revenue go.

Activities and receipts themselves are records. They stay outside of the model in a
`Ledger`; the model keeps periodic snapshots with the digest of their source.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ids import (
    AllocationSnapshotId,
    AnyId,
    ClientId,
    ClientProfileId,
    RevenueSnapshotId,
)
from missionkit.domain.marks import AtLeast, Doc, Expected, Link, NotBlank
from missionkit.domain.values import (
    Amount,
    Currency,
    Hours,
    Line,
    Money,
    Name,
    Period,
    Sha256,
)
from missionkit.issue import Issue


class Basis(StrEnum):
    """What an allocation counts."""

    EFFORT_HOURS = "effort_hours"
    SPEND = "spend"
    HEADCOUNT = "headcount"


@frozen(kw_only=True)
@value
class Fact:
    """One thing that is known or wanted of a client."""

    name: Line
    value: Annotated[str, NotBlank()]


@frozen(kw_only=True)
@entity("client")
class Client(Entity):
    """Who pays; its facts are compared with the ideal profile."""

    id: ClientId
    name: Name
    facts: tuple[Fact, ...] = ()
    since: Annotated[date | None, Expected("retention is counted from the start")] = (
        None
    )
    effort_to_win: Annotated[
        Hours | None, Doc("hours of work until the first contract")
    ] = None


@frozen(kw_only=True)
@entity("client_profile")
class ClientProfile(Entity):
    """What the clients are like whom the strategy wants."""

    id: ClientProfileId
    name: Name
    wanted: Annotated[
        tuple[Fact, ...], Expected("without facts every client fits")
    ] = ()


@frozen(kw_only=True)
@value
class AllocationBucket:
    """Planned and actual effort that went to one thing."""

    name: Line
    on: Annotated[AnyId | None, Link("spent_on")] = None
    planned: Amount | None = None
    actual: Amount


@frozen(kw_only=True)
@entity("allocation_snapshot")
class AllocationSnapshot(Entity):
    """Where effort went in a period, as summed from a ledger."""

    id: AllocationSnapshotId
    period: Annotated[Period | None, Expected("a share holds for a period")] = None
    basis: Basis = Basis.EFFORT_HOURS
    buckets: Annotated[
        tuple[AllocationBucket, ...], Expected("an empty snapshot shows nothing")
    ] = ()
    off_mission: Amount | None = None
    unknown: Amount | None = None
    source_digest: Sha256 | None = None
    rows: Annotated[int | None, AtLeast(0)] = None
    unused: Annotated[int | None, AtLeast(0)] = None

    @invariant(
        "MK-DOM-026",
        "each bucket of a snapshot has a name of its own",
        fields=("buckets",),
        fix="join the two buckets, or rename one",
    )
    def _distinct(self) -> bool:
        return len({bucket.name for bucket in self.buckets}) == len(self.buckets)


@frozen(kw_only=True)
@value
class RevenueBucket:
    """What one client, or group of clients, paid: planned and actual."""

    name: Line
    client: Annotated[ClientId | None, Link("paid_by")] = None
    planned: Decimal | None = None
    actual: Decimal
    recurring: Decimal | None = None


@frozen(kw_only=True)
@entity("revenue_snapshot")
class RevenueSnapshot(Entity):
    """Where revenue came from in a period, as summed from a ledger."""

    id: RevenueSnapshotId
    period: Annotated[Period | None, Expected("a share holds for a period")] = None
    currency: Annotated[
        Currency | None, Expected("amounts are compared in one currency")
    ] = None
    buckets: Annotated[
        tuple[RevenueBucket, ...], Expected("an empty snapshot shows nothing")
    ] = ()
    off_mission: Decimal | None = None
    unknown: Decimal | None = None
    source_digest: Sha256 | None = None
    rows: Annotated[int | None, AtLeast(0)] = None
    unused: Annotated[int | None, AtLeast(0)] = None

    @invariant(
        "MK-DOM-027",
        "each bucket of a snapshot has a name of its own",
        fields=("buckets",),
        fix="join the two buckets, or rename one",
    )
    def _distinct(self) -> bool:
        return len({bucket.name for bucket in self.buckets}) == len(self.buckets)


@frozen(kw_only=True)
@value
class ActivityRecord:
    """Effort spent on one day: by which role, for what."""

    on: date
    what: Line
    hours: Hours
    serves: AnyId | None = None
    role: Line | None = None
    sphere: Line | None = None


@frozen(kw_only=True)
@value
class RevenueRecord:
    """One receipt: on which day, from which client, how much, whether it recurs."""

    on: date
    client: Line
    amount: Money
    recurring: bool = False
    offering: Line | None = None
    segment: Line | None = None


@frozen(kw_only=True)
class UnusedRow:
    """A row of a source that became no record: its number from 1, and the issues.

    `on` is the day of the row, where that could be read.
    """

    row: int
    issues: tuple[Issue, ...]
    on: date | None = None


R = TypeVar("R", ActivityRecord, RevenueRecord)


@frozen
class Ledger(Generic[R]):
    """Records that can be read again and again from their source.

    The source gives a record for each row, or an `UnusedRow` that says why there is
    none. Iterating gives the records alone.

    >>> len(list(Ledger[ActivityRecord](())))
    0
    """

    source: Iterable[R | UnusedRow]

    def __attrs_post_init__(self) -> None:
        """Refuse a source that is used up by reading it once."""
        if isinstance(self.source, Iterator):
            raise TypeError(
                "a ledger is read more than once: give a list, or an object whose"
                " __iter__ opens the source anew"
            )

    def __iter__(self) -> Iterator[R]:
        """Read the records from the start."""
        return (row for row in self.source if not isinstance(row, UnusedRow))

    def unused(self) -> Iterator[UnusedRow]:
        """Read the rows that could not be used from the start, with their reasons."""
        return (row for row in self.source if isinstance(row, UnusedRow))
