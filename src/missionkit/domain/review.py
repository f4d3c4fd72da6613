"""The review cycle's records: what was looked at, decided, approved and followed up."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import Entity, entity, invariant, value
from missionkit.domain.ids import (
    AffirmationId,
    AgendaId,
    AgendaItemId,
    AnyId,
    ApprovalId,
    ArtifactId,
    ConclusionId,
    CoreIntentId,
    DecisionId,
    DriftSignalId,
    EvidenceId,
    ImprovementActionId,
    IntentAlignmentId,
    MaturityAssessmentId,
    MeetingId,
    OperatingSphereId,
    OrganizationId,
    PartyId,
    ProcessId,
    ReviewCycleId,
    StageRunId,
    SuccessMeasureId,
    WaiverId,
)
from missionkit.domain.marks import Between, Doc, Expected, Link, NotEmpty, Progress
from missionkit.domain.values import (
    Cadence,
    Count,
    Line,
    Name,
    Period,
    Satisfaction,
    Sha256,
    Statement,
    Text,
)


class CycleStatus(StrEnum):
    """Where a review cycle stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELED = "canceled"


class RunStatus(StrEnum):
    """Where one pass through a stage stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    COMPLETED = "completed"
    SUPERSEDED = "superseded"


class ArtifactStatus(StrEnum):
    """Where an artifact stands on its way to approval."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class EvidenceKind(StrEnum):
    """What kind of thing shows that something is so."""

    DOCUMENT = "document"
    RECORD = "record"
    OBSERVATION = "observation"
    INTERVIEW = "interview"
    LINK = "link"


class Disposition(StrEnum):
    """What a meeting did with an item of the agenda."""

    CONSIDERED = "considered"
    NO_CHANGE = "no_change"
    DEFERRED = "deferred"
    NOT_APPLICABLE = "not_applicable"


class DecisionKind(StrEnum):
    """What was decided about."""

    CONFIRM_COURSE = "confirm_course"
    COURSE_CORRECTION = "course_correction"
    CHANGE_INTENT = "change_intent"
    CHANGE_SYSTEM = "change_system"
    RESOURCE = "resource"
    IMPROVEMENT = "improvement"
    ACCEPT_RISK = "accept_risk"


class Shift(StrEnum):
    """Which way something moves."""

    UP = "up"
    DOWN = "down"


class ActionStatus(StrEnum):
    """Where an improvement action stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    INEFFECTIVE = "ineffective"
    CANCELED = "canceled"


class ConclusionKind(StrEnum):
    """A recorded answer where otherwise there would be a gap."""

    NONE = "none"
    NOTHING_MATERIAL = "nothing_material"
    FIRST_CYCLE = "first_cycle"
    EARLY_REVIEW = "early_review"


class SignalStatus(StrEnum):
    """What became of a drift signal."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    DISMISSED = "dismissed"
    ACTED = "acted"


class IntentPart(StrEnum):
    """A part of the core intent."""

    MISSION = "mission"
    VISION = "vision"
    VALUES = "values"


@frozen(kw_only=True)
@entity("review_cycle")
class ReviewCycle(Entity):
    """One review of the organization's mission, run by a workflow."""

    id: ReviewCycleId
    name: Name
    workflow: Line = "four-stages"
    workflow_version: Count = 1
    period: Annotated[Period | None, Expected("a review looks at a period")] = None
    scope: Annotated[OrganizationId | OperatingSphereId | None, Link("reviews")] = None
    cadence: Annotated[Cadence | None, Expected("reviews are held at set times")] = None
    previous: Annotated[ReviewCycleId | None, Link("follows", acyclic=True)] = None
    agenda: Annotated[AgendaId | None, Link("follows_agenda")] = None
    stage: Annotated[Line | None, Progress()] = None
    status: Annotated[CycleStatus, Progress()] = CycleStatus.DRAFT
    pass_number: Annotated[Count, Progress()] = 1
    outcome: Annotated[
        Line | None, Progress(), Doc("the end of the workflow that it came to")
    ] = None


@frozen(kw_only=True)
@entity("stage_run")
class StageRun(Entity):
    """One pass of a cycle through a stage."""

    id: StageRunId
    cycle: Annotated[ReviewCycleId, Link("ran", reverse=True)]
    stage: Line
    pass_number: Count = 1
    status: Annotated[RunStatus, Progress()] = RunStatus.NOT_STARTED
    entered: Annotated[date | None, Progress()] = None
    left: Annotated[date | None, Progress()] = None
    reason: str = ""
    causes: Annotated[
        tuple[Line, ...], Doc("why a correction led to it, in the workflow's words")
    ] = ()

    @invariant(
        "MK-DOM-028",
        "a stage is not left before it is entered",
        fields=("left", "entered"),
        fix="correct one of the two dates",
    )
    def _ordered(self) -> bool:
        return self.left is None or self.entered is None or self.entered <= self.left


@frozen(kw_only=True)
@entity("artifact")
class Artifact(Entity):
    """A deliverable of a stage: a view of the model, or a document elsewhere."""

    id: ArtifactId
    title: Name
    view: Annotated[
        Line | None,
        Expected("an approval pins what the view shows"),
        Doc("which part of the model it shows, such as needs-register"),
    ] = None
    cycle: Annotated[ReviewCycleId | None, Link("produced_in")] = None
    stage: Line | None = None
    covers: Annotated[tuple[AnyId, ...], Link("shows")] = ()
    inputs: Annotated[tuple[ArtifactId, ...], Link("made_from", acyclic=True)] = ()
    consumers: Annotated[tuple[ProcessId, ...], Link("used_by")] = ()
    author: Annotated[PartyId | None, Link("written_by")] = None
    submitter: Annotated[PartyId | None, Link("submitted_by"), Progress()] = None
    locator: str = ""
    text: str = ""
    status: Annotated[ArtifactStatus, Progress()] = ArtifactStatus.DRAFT


@frozen(kw_only=True)
@value
class PinnedDigest:
    """What an element was when it was approved.

    It is no link: what was approved can be removed, and the approval tells of it still.
    """

    of: Annotated[Line, Doc("the id of the element, also where it is gone since")]
    digest: Sha256


@frozen(kw_only=True)
@entity("approval")
class Approval(Entity):
    """Somebody approved an artifact, as it and its inputs were then."""

    id: ApprovalId
    artifact: Annotated[ArtifactId, Link("approves")]
    party: Annotated[PartyId, Link("approved_by")]
    at: datetime
    digests: Annotated[tuple[PinnedDigest, ...], NotEmpty()]
    view_version: Annotated[
        Count | None, Doc("by which version of the artifact's view it was pinned")
    ] = None
    pass_number: Annotated[
        Count | None, Doc("in which pass of its stage the artifact was approved")
    ] = None
    why: str = ""


@frozen(kw_only=True)
@entity("evidence", plural="evidence")
class Evidence(Entity):
    """Where one can see that something is so."""

    id: EvidenceId
    locator: Name
    kind: EvidenceKind = EvidenceKind.DOCUMENT
    digest: Sha256 | None = None
    collected: date | None = None
    collected_by: Annotated[PartyId | None, Link("collected_by")] = None
    supports: Annotated[
        tuple[AnyId, ...],
        Link("supports"),
        Expected("evidence of nothing proves nothing"),
    ] = ()


@frozen(kw_only=True)
@value
class AgendaEntry:
    """One item that a review has to consider."""

    code: Line
    title: Line
    views: tuple[Line, ...] = ()


@frozen(kw_only=True)
@entity("agenda")
class Agenda(Entity):
    """What a review has to consider, as versioned data."""

    id: AgendaId
    name: Name
    version: Line = "1"
    origin: str = ""
    entries: Annotated[
        tuple[AgendaEntry, ...], Expected("an empty agenda is covered by silence")
    ] = ()

    @invariant(
        "MK-DOM-029",
        "each item of an agenda has a code of its own",
        fields=("entries",),
        fix="renumber one of the two items",
    )
    def _distinct(self) -> bool:
        return len({entry.code for entry in self.entries}) == len(self.entries)


@frozen(kw_only=True)
@entity("agenda_item")
class AgendaItem(Entity):
    """What one cycle concluded about one item of its agenda."""

    id: AgendaItemId
    title: Name
    code: Annotated[Line | None, Expected("ties the item to the agenda")] = None
    cycle: Annotated[
        ReviewCycleId | None,
        Link("considered_in"),
        Expected("each cycle disposes of its own items"),
    ] = None
    disposition: Annotated[Disposition | None, Progress()] = None
    summary: str = ""
    deferred_to: date | None = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()

    @invariant(
        "MK-DOM-030",
        "a deferred item says until when",
        fields=("deferred_to", "disposition"),
        fix="fill deferred_to",
    )
    def _deferred_has_date(self) -> bool:
        deferred = self.disposition is Disposition.DEFERRED
        return not deferred or self.deferred_to is not None


@frozen(kw_only=True)
@entity("meeting")
class Meeting(Entity):
    """One sitting of a review; several may share an agenda."""

    id: MeetingId
    name: Name
    cycle: Annotated[
        ReviewCycleId | None, Link("held_in"), Expected("a sitting is part of a review")
    ] = None
    on: Annotated[date | None, Expected("minutes are found by their day")] = None
    attendees: Annotated[
        tuple[PartyId, ...],
        Link("attended_by"),
        Expected("a decision has its deciders"),
    ] = ()
    covers: tuple[Line, ...] = ()
    minutes: str = ""


@frozen(kw_only=True)
@entity("decision")
class Decision(Entity):
    """What was decided, why, and what else had been possible."""

    id: DecisionId
    statement: Statement
    kind: Annotated[
        DecisionKind | None, Expected("a changed course is told apart from drift")
    ] = None
    cycle: Annotated[ReviewCycleId | None, Link("decided_in")] = None
    rationale: Annotated[
        Text | None, Expected("those who come later must know the reason")
    ] = None
    options: tuple[Text, ...] = ()
    decided_by: Annotated[
        tuple[PartyId, ...], Link("decided_by"), Expected("somebody answers for it")
    ] = ()
    dissent: str = ""
    at: Annotated[date | None, Expected("what follows is judged from this day")] = None
    effective: date | None = None
    addresses: Annotated[tuple[AnyId, ...], Link("addresses")] = ()
    covers: Annotated[tuple[AnyId, ...], Link("covers")] = ()
    direction: Shift | None = None
    up_to: Decimal | None = None


@frozen(kw_only=True)
@entity("improvement_action")
class ImprovementAction(Entity):
    """What is to be done about something; its owner holds a role on it."""

    id: ImprovementActionId
    statement: Statement
    decision: Annotated[DecisionId | None, Link("follows_from")] = None
    addresses: Annotated[
        tuple[AnyId, ...],
        Link("addresses"),
        Expected("an action must be for something"),
    ] = ()
    due: Annotated[date | None, Expected("without a day it is never late")] = None
    status: Annotated[ActionStatus, Progress()] = ActionStatus.OPEN
    opened: date | None = None
    closed: Annotated[date | None, Progress()] = None
    effect_measure: Annotated[SuccessMeasureId | None, Link("judged_by")] = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by"), Progress()] = ()
    verified_by: Annotated[PartyId | None, Link("verified_by"), Progress()] = None

    @invariant(
        "MK-DOM-031",
        "a verified action has evidence and somebody who verified it",
        fields=("status", "evidence", "verified_by"),
        fix="fill evidence and verified_by",
    )
    def _verified_is_shown(self) -> bool:
        shown = bool(self.evidence) and self.verified_by is not None
        return self.status is not ActionStatus.VERIFIED or shown


@frozen(kw_only=True)
@entity("waiver")
class Waiver(Entity):
    """Somebody allowed that a rule is not kept, for a reason and for a time."""

    id: WaiverId
    code: Line
    on: Annotated[AnyId, Link("waives")]
    granted_by: Annotated[PartyId, Link("granted_by")]
    why: Text
    until: date
    requested_by: Annotated[PartyId | None, Link("requested_by")] = None

    @invariant(
        "MK-DOM-032",
        "a waiver is not granted by who requests it",
        fields=("granted_by", "requested_by"),
        fix="let somebody else grant it",
    )
    def _four_eyes(self) -> bool:
        return self.granted_by != self.requested_by


@frozen(kw_only=True)
@entity("conclusion")
class Conclusion(Entity):
    """A recorded answer such as "none", where silence would be a gap."""

    id: ConclusionId
    statement: Statement
    kind: ConclusionKind = ConclusionKind.NONE
    about: Annotated[
        Line | None,
        Expected("it must be clear which question is answered"),
        Doc("what the conclusion is about, such as stake:supplier"),
    ] = None
    on: Annotated[AnyId | None, Link("concerns")] = None
    cycle: Annotated[ReviewCycleId | None, Link("concluded_in")] = None
    by: Annotated[PartyId | None, Link("concluded_by")] = None
    at: date | None = None


@frozen(kw_only=True)
@entity("drift_signal")
class DriftSignal(Entity):
    """A detector's warning that the organization is leaving its mission."""

    id: DriftSignalId
    indicator: Name
    detector: Annotated[Line | None, Expected("the finding must be repeatable")] = None
    at: Annotated[date | None, Expected("a reaction is timed from this day")] = None
    direction: Shift | None = None
    statistic: float | None = None
    limit: float | None = None
    concerns: Annotated[tuple[AnyId, ...], Link("concerns")] = ()
    status: Annotated[SignalStatus, Progress()] = SignalStatus.RAISED
    reason: Annotated[Text | None, Progress()] = None
    decision: Annotated[DecisionId | None, Link("answered_by"), Progress()] = None

    @invariant(
        "MK-DOM-033",
        "a dismissed signal says why",
        fields=("status", "reason"),
        fix="fill reason",
    )
    def _dismissed_has_reason(self) -> bool:
        return self.status is not SignalStatus.DISMISSED or self.reason is not None


@frozen(kw_only=True)
@value
class MaturityRating:
    """How far one component is true of one level, in percent."""

    component: Line
    level: Count
    percent: Annotated[int, Between(0, 100)]


@frozen(kw_only=True)
@entity("maturity_assessment")
class MaturityAssessment(Entity):
    """Ratings of a process or the enterprise by a maturity model."""

    id: MaturityAssessmentId
    scheme: Name
    on: Annotated[
        AnyId | None, Link("assesses"), Expected("maturity is a property of something")
    ] = None
    ratings: Annotated[
        tuple[MaturityRating, ...], Expected("the level is derived from ratings")
    ] = ()
    assessor: Annotated[PartyId | None, Link("assessed_by")] = None
    at: Annotated[date | None, Expected("maturity changes")] = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()


@frozen(kw_only=True)
@entity("intent_alignment")
class IntentAlignment(Entity):
    """How well a sphere or process is in harmony with a part of the core intent."""

    id: IntentAlignmentId
    on: Annotated[OperatingSphereId | ProcessId, Link("rates")]
    intent: Annotated[CoreIntentId, Link("rated_against")]
    part: IntentPart
    rating: Satisfaction
    rater: Annotated[PartyId | None, Link("rated_by")] = None
    at: date | None = None
    evidence: Annotated[tuple[EvidenceId, ...], Link("shown_by")] = ()
    opinion: bool = False

    @invariant(
        "MK-DOM-034",
        "a rating has evidence, or is marked as an opinion",
        fields=("opinion", "evidence"),
        fix="name evidence, or set opinion",
    )
    def _shown_or_opinion(self) -> bool:
        return self.opinion or bool(self.evidence)


@frozen(kw_only=True)
@entity("affirmation")
class Affirmation(Entity):
    """Somebody looked at a link and found it still right."""

    id: AffirmationId
    source: Annotated[AnyId, Link("affirms_from")]
    field: Line
    target: Annotated[AnyId, Link("affirms_to")]
    digest: Sha256
    by: Annotated[PartyId, Link("affirmed_by")]
    on: date
    why: str = ""
