"""The parts to be played, and who plays them for which process, objective, measure."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId, PartyId, RoleAssignmentId, RoleId
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.values import Period
from missionkit.samples.harbour import observations, parties
from missionkit.samples.tables import rows

# id | name | kind | competences
ROLES: Final = """
process-engineer | Process engineer | engineer | Designs work end to end; Measures it
process-owner | Process owner | owner | Knows the best way; Decides on the design
process-coach | Coach | coach | Has done the work; Listens
process-performer | Performer | performer | Knows the customer; Steers by measures
budget-holder | Budget holder | manager | Reads accounts
objective-owner | Owner of an objective | owner | Answers to the board
action-owner | Owner of an action | owner | Has the time
data-owner | Owner of data | data_owner | Knows how a figure comes about
sponsor | Sponsor of the review | sponsor | Speaks for the board
facilitator | Facilitator | facilitator | Keeps to the agenda
planner | Planner | planner | Turns needs into objectives
reviewer | Reviewer | reviewer | Independent of what is reviewed
tenants-voice | Voice of the tenants | stakeholder_rep | Lives in a home of the Trust
"""

WHOLE: Final = (
    ("sponsor", parties.CHAIR),
    ("facilitator", parties.SECRETARY),
    ("planner", parties.PLANNER),
    ("reviewer", parties.AUDIT_CHAIR),
    ("tenants-voice", parties.PANEL_CHAIR),
)
CAST: Final = {  # engineer, owner, coach, performers
    "mission-management": (
        parties.SECRETARY,
        parties.CHIEF,
        parties.PLANNER,
        parties.GOVERNANCE_TEAM,
    ),
    "resource-management": (
        parties.CHIEF,
        parties.FINANCE_DIRECTOR,
        parties.PLANNER,
        parties.FINANCE_TEAM,
    ),
    "people-development": (
        parties.PLANNER,
        parties.PEOPLE_HEAD,
        parties.PEOPLE_HEAD,
        parties.PEOPLE_TEAM,
    ),
    "data-care": (
        parties.PLANNER,
        parties.DATA_HEAD,
        parties.DATA_HEAD,
        parties.DATA_TEAM,
    ),
    "demand-creation": (
        parties.CHIEF,
        parties.GROWTH_DIRECTOR,
        parties.GROWTH_DIRECTOR,
        parties.BUILDERS,
    ),
    "lettings": (
        parties.SERVICES_DIRECTOR,
        parties.LETTINGS_MANAGER,
        parties.LETTINGS_MANAGER,
        parties.LETTINGS_TEAM,
    ),
    "development": (
        parties.GROWTH_DIRECTOR,
        parties.DEVELOPMENT_MANAGER,
        parties.GROWTH_DIRECTOR,
        parties.BUILDERS,
    ),
    "events": (
        parties.EVENTS_MANAGER,
        parties.EVENTS_MANAGER,
        parties.EVENTS_MANAGER,
        parties.COMMUNICATIONS,
    ),
    "demand-fulfillment": (
        parties.CHIEF,
        parties.HOMES_DIRECTOR,
        parties.SERVICES_DIRECTOR,
        parties.HOUSING_OFFICERS,
    ),
    "repairs": (
        parties.HOMES_DIRECTOR,
        parties.REPAIRS_HEAD,
        parties.REPAIRS_COACH,
        parties.OPERATIVES,
    ),
    "building-safety": (
        parties.ASSETS_HEAD,
        parties.SAFETY_MANAGER,
        parties.REPAIRS_COACH,
        parties.SURVEYORS,
    ),
    "home-upgrades": (
        parties.HOMES_DIRECTOR,
        parties.ASSETS_HEAD,
        parties.SAFETY_MANAGER,
        parties.SURVEYORS,
    ),
    "income": (
        parties.FINANCE_DIRECTOR,
        parties.INCOME_HEAD,
        parties.INCOME_HEAD,
        parties.INCOME_TEAM,
    ),
    "estates": (
        parties.SERVICES_DIRECTOR,
        parties.SUPPORT_MANAGER,
        parties.SERVICES_DIRECTOR,
        parties.SUPPORT_WORKERS,
    ),
    "complaints": (
        parties.SERVICES_DIRECTOR,
        parties.FORMER_COMPLAINTS_HEAD,
        parties.CONTACT_MANAGER,
        parties.CONTACT_CENTER,
    ),
}
PLAYED: Final = ("engineer", "owner", "coach", "performer")

OBJECTIVE_OWNERS: Final[dict[PartyId, tuple[str, ...]]] = {
    parties.CHIEF: ("tenant-voice",),
    parties.HOMES_DIRECTOR: ("damp-solved", "hazards-in-time", "first-time-fix"),
    parties.SAFETY_MANAGER: ("checks-in-date",),
    parties.ASSETS_HEAD: ("epc-c",),
    parties.SERVICES_DIRECTOR: (
        "complaints-answered",
        "relet-time",
        "homeless-half",
        "clean-estates",
        "tenancies-kept",
        "fiber",
    ),
    parties.FINANCE_DIRECTOR: ("interest-cover", "arrears", "charges-explained"),
    parties.GROWTH_DIRECTOR: ("new-homes", "quay-apartments"),
    parties.DATA_HEAD: ("records-true",),
    parties.PEOPLE_HEAD: ("harm-free", "people-stay"),
}

SINCE: Final = Period(start=date(2025, 9, 1))
UNTIL_HE_RETIRED: Final = Period(start=date(2025, 9, 1), end=date(2026, 8, 31))


def assign(role: str, party: PartyId, on: str | None) -> RoleAssignment:
    """Return the assignment of a role that still holds."""
    gone = party == parties.FORMER_COMPLAINTS_HEAD
    return RoleAssignment(
        id=RoleAssignmentId(f"{role}-of-{on}" if on else f"{role}-of-all"),
        role=RoleId(role),
        party=party,
        on=AnyId(on) if on else None,
        period=UNTIL_HE_RETIRED if gone else SINCE,
    )


def elements() -> Iterator[Element]:
    """Give the roles and their assignments."""
    for ref, name, kind, competences in rows(ROLES):
        yield Role(
            id=RoleId(ref),
            name=name,
            kind=RoleKind(kind),
            competences=tuple(competences.split("; ")),
        )
    yield from (assign(role, party, None) for role, party in WHOLE)
    for process, cast in CAST.items():
        for part, party in zip(PLAYED, cast, strict=True):
            yield assign(f"process-{part}", party, process)
    for party, objectives in OBJECTIVE_OWNERS.items():
        yield from (assign("objective-owner", party, ref) for ref in objectives)
    for measure, party in observations.recorders().items():
        yield assign("data-owner", party, measure)
    yield assign("data-owner", parties.PANEL_CHAIR, "panel-verdict")
