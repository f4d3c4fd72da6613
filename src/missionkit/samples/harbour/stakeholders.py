"""Who has a stake in the Trust, and how much they count in the eyes of two raters."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import PartyId, SalienceRatingId, StakeholderId
from missionkit.domain.stakeholder import (
    Engagement,
    SalienceRating,
    Stakeholder,
    StakeholderKind,
)
from missionkit.samples.harbour import parties

TENANTS: Final = StakeholderId("tenants")
SUPPORTED: Final = StakeholderId("supported-tenants")
APPLICANTS: Final = StakeholderId("applicants")
SHARED_OWNERS: Final = StakeholderId("shared-owners")
EMPLOYEES: Final = StakeholderId("employees")
LENDERS: Final = StakeholderId("lenders")
REGULATOR: Final = StakeholderId("regulator")
COUNCIL: Final = StakeholderId("council")
NEIGHBORS: Final = StakeholderId("neighbors")
HEALTH: Final = StakeholderId("health-partnership")

STAKEHOLDERS: Final = (
    Stakeholder(
        id=TENANTS,
        name="Tenants",
        stakes=frozenset({"customer", "society"}),
        description="7,600 households who rent from us, most for over ten years.",
        representative=parties.PANEL_CHAIR,
        engagement_now=Engagement.NEUTRAL,
        engagement_wanted=Engagement.SUPPORTIVE,
    ),
    Stakeholder(
        id=SUPPORTED,
        name="Tenants in supported housing",
        stakes=frozenset({"customer", "society"}),
        description="310 people who live with support: care leavers, older, disabled.",
        representative=parties.SUPPORT_MANAGER,
        engagement_now=Engagement.UNAWARE,
        engagement_wanted=Engagement.SUPPORTIVE,
    ),
    Stakeholder(
        id=APPLICANTS,
        name="People waiting for a home",
        stakes=frozenset({"customer", "society"}),
        description="3,150 households on the town's list, 420 of them homeless.",
        representative=parties.LETTINGS_MANAGER,
        engagement_now=Engagement.UNAWARE,
        engagement_wanted=Engagement.NEUTRAL,
    ),
    Stakeholder(
        id=SHARED_OWNERS,
        name="Shared owners and leaseholders",
        stakes=frozenset({"customer", "shareholder"}),
        description="490 households who own a share of their home and pay charges.",
        engagement_now=Engagement.RESISTANT,
        engagement_wanted=Engagement.NEUTRAL,
    ),
    Stakeholder(
        id=EMPLOYEES,
        name="Employees",
        stakes=frozenset({"employee", "society"}),
        description="412 people; one in five is also a tenant of the Trust.",
        representative=parties.PEOPLE_HEAD,
        engagement_now=Engagement.SUPPORTIVE,
        engagement_wanted=Engagement.LEADING,
    ),
    Stakeholder(
        id=LENDERS,
        name="Lenders and bondholders",
        stakes=frozenset({"shareholder"}),
        description="Two banks and a bond: 268 million pounds, quarterly covenants.",
        representative=parties.FINANCE_DIRECTOR,
        engagement_now=Engagement.SUPPORTIVE,
        engagement_wanted=Engagement.SUPPORTIVE,
    ),
    Stakeholder(
        id=REGULATOR,
        name="Housing regulator and ombudsman",
        kind=StakeholderKind.ORGANIZATION,
        stakes=frozenset({"society"}),
        description="Grade landlords on governance, viability and consumer standards.",
        representative=parties.SECRETARY,
        engagement_now=Engagement.NEUTRAL,
        engagement_wanted=Engagement.SUPPORTIVE,
    ),
    Stakeholder(
        id=COUNCIL,
        name="Saltmere Council",
        kind=StakeholderKind.ORGANIZATION,
        stakes=frozenset({"customer", "society"}),
        description="Nominates households, buys support, gives planning permission.",
        representative=parties.CHIEF,
        engagement_now=Engagement.SUPPORTIVE,
        engagement_wanted=Engagement.LEADING,
    ),
    Stakeholder(
        id=NEIGHBORS,
        name="Neighbors of our estates",
        stakes=frozenset({"society"}),
        description="Owners and private tenants whose streets we share.",
        representative=parties.SERVICES_DIRECTOR,
        engagement_now=Engagement.NEUTRAL,
        engagement_wanted=Engagement.NEUTRAL,
    ),
    Stakeholder(
        id=HEALTH,
        name="Coastal Health Partnership",
        kind=StakeholderKind.ORGANIZATION,
        stakes=frozenset({"customer", "society"}),
        description="The hospital and the clinics; sees what cold, damp homes do.",
        representative=parties.SUPPORT_MANAGER,
        engagement_now=Engagement.NEUTRAL,
        engagement_wanted=Engagement.SUPPORTIVE,
    ),
)

Rating = tuple[StakeholderId, float, float, float, float]

BY_PLANNER: Final[tuple[Rating, ...]] = (  # power, legitimacy, urgency, interest
    (TENANTS, 0.6, 1.0, 0.9, 0.9),
    (SUPPORTED, 0.2, 1.0, 0.8, 0.7),
    (APPLICANTS, 0.1, 0.8, 0.9, 0.6),
    (SHARED_OWNERS, 0.3, 0.7, 0.6, 0.8),
    (EMPLOYEES, 0.6, 0.8, 0.4, 0.9),
    (LENDERS, 0.9, 0.8, 0.3, 0.7),
    (REGULATOR, 1.0, 1.0, 0.7, 0.8),
    (COUNCIL, 0.7, 0.8, 0.6, 0.7),
    (NEIGHBORS, 0.2, 0.5, 0.3, 0.4),
    (HEALTH, 0.4, 0.6, 0.6, 0.5),
)
BY_PANEL: Final[tuple[Rating, ...]] = (
    (TENANTS, 0.3, 1.0, 1.0, 0.8),
    (SUPPORTED, 0.1, 1.0, 1.0, 0.8),
    (SHARED_OWNERS, 0.3, 0.8, 0.8, 0.8),
    (REGULATOR, 0.9, 0.9, 0.6, 0.6),
    (COUNCIL, 0.8, 0.7, 0.5, 0.5),
)
RATED: Final = datetime(2026, 2, 11, 14, 0, tzinfo=UTC)


def _rating(rater: PartyId, by: str, row: Rating) -> SalienceRating:
    stakeholder, power, legitimacy, urgency, interest = row
    return SalienceRating(
        id=SalienceRatingId(f"salience-{stakeholder}-{by}"),
        stakeholder=stakeholder,
        rater=rater,
        at=RATED,
        power=power,
        legitimacy=legitimacy,
        urgency=urgency,
        interest=interest,
    )


def elements() -> Iterator[Element]:
    """Give the stakeholders and their ratings."""
    yield from STAKEHOLDERS
    yield from (_rating(parties.PLANNER, "planner", row) for row in BY_PLANNER)
    yield from (_rating(parties.PANEL_CHAIR, "panel", row) for row in BY_PANEL)
