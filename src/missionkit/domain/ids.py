"""Names of things: one type a kind, so that they cannot be swapped."""

import re
import unicodedata
from collections.abc import Container
from typing import Final, NewType

ID_PATTERN: Final = r"[a-z0-9][a-z0-9-]{0,63}"
_FITS: Final = re.compile(ID_PATTERN, re.ASCII).fullmatch
_GAP: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG: Final = 48

AnyId = NewType("AnyId", str)

ActivityId = NewType("ActivityId", str)
AffirmationId = NewType("AffirmationId", str)
AgendaId = NewType("AgendaId", str)
AgendaItemId = NewType("AgendaItemId", str)
AllocationSnapshotId = NewType("AllocationSnapshotId", str)
ApprovalId = NewType("ApprovalId", str)
ArtifactId = NewType("ArtifactId", str)
AssessmentId = NewType("AssessmentId", str)
BenchmarkId = NewType("BenchmarkId", str)
BusinessOutputId = NewType("BusinessOutputId", str)
CareRecordId = NewType("CareRecordId", str)
ClientId = NewType("ClientId", str)
ClientProfileId = NewType("ClientProfileId", str)
ConclusionId = NewType("ConclusionId", str)
CoreIntentId = NewType("CoreIntentId", str)
CourseOfActionId = NewType("CourseOfActionId", str)
DecisionId = NewType("DecisionId", str)
DevelopmentId = NewType("DevelopmentId", str)
DirectiveId = NewType("DirectiveId", str)
DriftSignalId = NewType("DriftSignalId", str)
EvidenceId = NewType("EvidenceId", str)
FeedbackId = NewType("FeedbackId", str)
FlowId = NewType("FlowId", str)
GoalId = NewType("GoalId", str)
HandoverId = NewType("HandoverId", str)
ImprovementActionId = NewType("ImprovementActionId", str)
InfluencerId = NewType("InfluencerId", str)
IntentAlignmentId = NewType("IntentAlignmentId", str)
InvestigationId = NewType("InvestigationId", str)
MaturityAssessmentId = NewType("MaturityAssessmentId", str)
MeetingId = NewType("MeetingId", str)
NeedId = NewType("NeedId", str)
ObjectiveId = NewType("ObjectiveId", str)
ObservationId = NewType("ObservationId", str)
OperatingSphereId = NewType("OperatingSphereId", str)
OrganizationId = NewType("OrganizationId", str)
PartyId = NewType("PartyId", str)
PotentialImpactId = NewType("PotentialImpactId", str)
PracticeId = NewType("PracticeId", str)
ProcessId = NewType("ProcessId", str)
PurposeId = NewType("PurposeId", str)
RelationId = NewType("RelationId", str)
ResourceDemandId = NewType("ResourceDemandId", str)
ResourceId = NewType("ResourceId", str)
ResponsibilityId = NewType("ResponsibilityId", str)
RevenueSnapshotId = NewType("RevenueSnapshotId", str)
ReviewCycleId = NewType("ReviewCycleId", str)
RoleAssignmentId = NewType("RoleAssignmentId", str)
RoleId = NewType("RoleId", str)
SalienceRatingId = NewType("SalienceRatingId", str)
StageRunId = NewType("StageRunId", str)
StakeholderId = NewType("StakeholderId", str)
SuccessMeasureId = NewType("SuccessMeasureId", str)
TrainingId = NewType("TrainingId", str)
WaiverId = NewType("WaiverId", str)


def is_id(text: str) -> bool:
    """Return whether *text* can be the id of an element.

    >>> is_id("warm-homes"), is_id("Warm homes")
    (True, False)
    """
    return _FITS(text) is not None


def exact(text: str) -> str:
    """Return *text* without the class of its own, whose code could say anything."""
    cls = type(text)
    return text if cls is str or not issubclass(cls, str) else str.__str__(text)


def slug(name: str) -> str:
    """Return *name* in the letters of an id, at most 48 of them, or nothing.

    >>> slug("Élan & drive, 2026")
    'elan-drive-2026'
    """
    plain = unicodedata.normalize("NFKD", name[:500]).encode("ascii", "ignore").decode()
    return _GAP.sub("-", plain.lower()).strip("-")[:_LONGEST_SLUG].strip("-")


def unused(wanted: str, kind: str, taken: Container[str]) -> str:
    """Return *wanted*, or the first of ``wanted-2``, ``wanted-3`` … that is not taken.

    Where nothing is wanted, the first free of ``<kind>-1``, ``<kind>-2`` … is it.
    """
    if wanted and wanted not in taken:
        return wanted
    number = 2 if wanted else 1
    stem = wanted or slug(kind)
    while (name := f"{stem}-{number}") in taken:
        number += 1
    return name


def new_id(kind: str, name: str, taken: Container[str]) -> str:
    """Return an id made from a name, free among the *taken* ones.

    >>> new_id("need", "A warm home", {"a-warm-home"})
    'a-warm-home-2'
    """
    return unused(slug(name), kind, taken)
