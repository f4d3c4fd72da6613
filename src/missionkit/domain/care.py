"""The six functions of process management, kept to the minimum that holds."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.ids import (
    AnyId,
    BenchmarkId,
    CareRecordId,
    EvidenceId,
    FeedbackId,
    InvestigationId,
    PartyId,
    PracticeId,
    ProcessId,
    RoleId,
    StakeholderId,
    SuccessMeasureId,
    TrainingId,
)
from missionkit.domain.marks import Doc, Expected, Link
from missionkit.domain.values import Line, Name, Satisfaction, Statement, Text


class CareFunction(StrEnum):
    """What process management does."""

    DOCUMENTATION = "documentation"
    RESOURCES = "resources"
    CUSTOMER_FEEDBACK = "customer_feedback"
    BENCHMARKING = "benchmarking"
    BEST_PRACTICE = "best_practice"
    TRAINING = "training"


@frozen(kw_only=True)
@entity("care_record")
class CareRecord(Entity):
    """One act of process management, and when the next one is due."""

    id: CareRecordId
    summary: Statement
    process: Annotated[
        ProcessId | None,
        Link("cared_for", reverse=True),
        Doc("the process that is cared for; the chart of all of them if left out"),
    ] = None
    function: Annotated[
        CareFunction | None, Expected("each function has its own rhythm")
    ] = None
    on: Annotated[date | None, Expected("what is current depends on the day")] = None
    by: Annotated[PartyId | None, Link("done_by")] = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()
    next_due: date | None = None


@frozen(kw_only=True)
@entity("training")
class Training(Entity):
    """What performers of a process are taught, and who was taught it."""

    id: TrainingId
    name: Name
    process: Annotated[
        ProcessId | None,
        Link("trained_for", reverse=True),
        Expected("training allows for the performance of a process"),
    ] = None
    role: Annotated[RoleId | None, Link("trains")] = None
    parties: Annotated[tuple[PartyId, ...], Link("trained")] = ()
    on: Annotated[date | None, Expected("what was learned wears off")] = None
    given_by: Annotated[PartyId | None, Link("given_by")] = None
    next_due: date | None = None


@frozen(kw_only=True)
@entity("feedback", plural="feedback")
class Feedback(Entity):
    """What somebody served by a process said of it."""

    id: FeedbackId
    statement: Statement
    process: Annotated[
        ProcessId | None,
        Link("commented", reverse=True),
        Expected("only a process can be changed by feedback"),
    ] = None
    stakeholder: Annotated[StakeholderId | None, Link("said_by")] = None
    on: Annotated[date | None, Expected("old feedback says little of today")] = None
    satisfaction: Satisfaction | None = None


@frozen(kw_only=True)
@entity("investigation")
class Investigation(Entity):
    """A coach looks into a problem: what happened, why, and what follows."""

    id: InvestigationId
    problem: Statement
    process: Annotated[
        ProcessId | None,
        Link("investigated", reverse=True),
        Expected("problems are problems of processes"),
    ] = None
    on: Annotated[date | None, Expected("it must be clear what was known then")] = None
    by: Annotated[PartyId | None, Link("done_by")] = None
    cause: Annotated[Text | None, Doc("why it happened, once that is known")] = None
    addresses: Annotated[tuple[AnyId, ...], Link("addresses")] = ()
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()


@frozen(kw_only=True)
@entity("practice")
class Practice(Entity):
    """The best known way to do something in a process."""

    id: PracticeId
    name: Name
    description: str = ""
    process: Annotated[
        ProcessId | None,
        Link("practiced", reverse=True),
        Expected("a practice is kept by the owner of its process"),
    ] = None
    since: date | None = None
    reviewed: date | None = None
    replaces: Annotated[PracticeId | None, Link("supersedes", acyclic=True)] = None


@frozen(kw_only=True)
@entity("benchmark")
class Benchmark(Entity):
    """How another organization does by the same measure."""

    id: BenchmarkId
    name: Name
    process: Annotated[ProcessId | None, Link("compared", reverse=True)] = None
    measure: Annotated[
        SuccessMeasureId | None,
        Link("compares"),
        Expected("only the same measure can be compared"),
    ] = None
    peer: Line | None = None
    value: Decimal | None = None
    on: Annotated[date | None, Expected("competition does not stand still")] = None
    origin: str = ""
