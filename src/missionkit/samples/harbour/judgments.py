"""What people think of the course: harmony with the intent, maturity, drift, links."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AffirmationId,
    AnyId,
    DecisionId,
    DevelopmentId,
    DriftSignalId,
    EvidenceId,
    IntentAlignmentId,
    MaturityAssessmentId,
    OperatingSphereId,
    RelationId,
)
from missionkit.domain.relation import Relation
from missionkit.domain.review import (
    Affirmation,
    DriftSignal,
    IntentAlignment,
    IntentPart,
    MaturityAssessment,
    MaturityRating,
    Shift,
    SignalStatus,
)
from missionkit.domain.role import Development
from missionkit.samples.harbour import parties
from missionkit.samples.harbour.organization import INTENT
from missionkit.samples.harbour.then import digest_then
from missionkit.samples.tables import rows

RATED: Final = date(2026, 10, 19)

# sphere | harmony with the mission, the vision, the values
HARMONY: Final = """
sphere-homes | 70 | 60 | 55
sphere-services | 65 | 60 | 70
sphere-new-homes | 10 | 5 | 30
sphere-money | 40 | 35 | 50
sphere-people | 55 | 40 | 60
"""

# process | design, performers, owner, infrastructure, metrics: true of level 1 | of 2
MATURITY: Final = """
repairs | 95 90 90 80 90 | 60 55 80 35 70
building-safety | 95 85 90 85 95 | 75 60 85 50 85
complaints | 80 70 25 60 75 | 30 40 10 20 40
"""
ENABLERS: Final = ("design", "performers", "owner", "infrastructure", "metrics")

SIGNALS: Final = (
    DriftSignal(
        id=DriftSignalId("signal-waterfront-hours"),
        indicator="Hours on the waterfront against plan",
        detector="share-over-limit",
        at=date(2026, 10, 9),
        direction=Shift.UP,
        statistic=0.059,
        limit=0.05,
        concerns=(AnyId("quay-apartments"), AnyId("quay-talks")),
    ),
    DriftSignal(
        id=DriftSignalId("signal-building-hours"),
        indicator="Hours of the development team",
        detector="share-over-limit",
        at=date(2026, 7, 8),
        direction=Shift.UP,
        statistic=0.054,
        limit=0.05,
        concerns=(AnyId("sphere-new-homes"),),
        status=SignalStatus.DISMISSED,
        reason="The board allowed up to 8,500 hours a quarter",
        decision=DecisionId("build-more-own-land"),
    ),
)

AFFIRMED: Final = (  # the link still said what it should, on the day it was looked at
    ("epc-c", "needs", "warm-homes"),
    ("damp-solved", "needs", "damp-free"),
    ("first-time-fix", "needs", "repairs-on-time"),
    ("tenant-voice", "needs", "be-heard"),
    ("new-homes", "goal", "homes-for-more"),
    ("repairs", "achieves", "first-time-fix"),
    ("complaints", "achieves", "complaints-answered"),
)

RELATIONS: Final = (
    Relation(
        id=RelationId("stairs-need-step-free"),
        source=AnyId("aging-tenants"),
        target=AnyId("step-free"),
        kind="makes pressing",
        rationale="Four in ten tenants are over sixty.",
    ),
    Relation(
        id=RelationId("damp-is-health"),
        source=AnyId("damp-solved"),
        target=AnyId("health-partnership"),
        kind="relieves",
        rationale="The clinics count fewer children with asthma in improved streets.",
    ),
)


def elements() -> Iterator[Element]:
    """Give ratings, signals, affirmations, and one person's own record."""
    for cells in rows(HARMONY):
        yield from _harmony(cells)
    yield from map(_maturity, rows(MATURITY))
    yield from SIGNALS
    yield from (_affirmation(*link) for link in AFFIRMED)
    yield from RELATIONS
    yield Development(
        id=DevelopmentId("development-u7c4"),
        party=parties.REPAIRS_COACH,
        aim="To pass on what I know before I retire in 2028",
        since=date(2025, 9, 1),
        reflections=("Showing takes longer than doing, and lasts longer.",),
    )


def _harmony(cells: list[str]) -> Iterator[IntentAlignment]:
    sphere, *ratings = cells
    for part, rating in zip(IntentPart, ratings, strict=True):
        yield IntentAlignment(
            id=IntentAlignmentId(f"{sphere}-{part}"),
            on=OperatingSphereId(sphere),
            intent=INTENT,
            part=part,
            rating=int(rating),
            rater=parties.PLANNER,
            at=RATED,
            opinion=True,
        )


def _maturity(cells: list[str]) -> MaturityAssessment:
    process, *levels = cells
    return MaturityAssessment(
        id=MaturityAssessmentId(f"maturity-{process}"),
        scheme="Process enablers",
        on=AnyId(process),
        ratings=tuple(
            MaturityRating(component=component, level=level, percent=int(percent))
            for level, row in enumerate(levels, 1)
            for component, percent in zip(ENABLERS, row.split(), strict=True)
        ),
        assessor=parties.AUDIT_CHAIR,
        at=RATED,
        evidence=(EvidenceId("ev-repairs-walk"),) if process == "repairs" else (),
    )


def _affirmation(source: str, field: str, target: str) -> Affirmation:
    return Affirmation(
        id=AffirmationId(f"affirmed-{source}-{target}"),
        source=AnyId(source),
        field=field,
        target=AnyId(target),
        digest=digest_then(target),
        by=parties.PLANNER,
        on=date(2025, 11, 21),
        why="Read again, side by side, before the plan was approved",
    )
