"""Everybody who plays a part: people are named only here, so they can be erased."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import PartyId
from missionkit.domain.party import Party, PartyKind

CHAIR: Final = PartyId("party-7f3k")
CHIEF: Final = PartyId("party-2b9d")
HOMES_DIRECTOR: Final = PartyId("party-k4q8")
FINANCE_DIRECTOR: Final = PartyId("party-m1x5")
SERVICES_DIRECTOR: Final = PartyId("party-9w2c")
GROWTH_DIRECTOR: Final = PartyId("party-h6t3")
PEOPLE_HEAD: Final = PartyId("party-c8j7")
REPAIRS_HEAD: Final = PartyId("party-v5n2")
ASSETS_HEAD: Final = PartyId("party-3z6p")
INCOME_HEAD: Final = PartyId("party-q7l4")
LETTINGS_MANAGER: Final = PartyId("party-w9r1")
DATA_HEAD: Final = PartyId("party-d2y6")
SECRETARY: Final = PartyId("party-t8b5")
PLANNER: Final = PartyId("party-x3g9")
AUDIT_CHAIR: Final = PartyId("party-n6f2")
PANEL_CHAIR: Final = PartyId("party-e1s7")
SUPPORT_MANAGER: Final = PartyId("party-y4k8")
DEVELOPMENT_MANAGER: Final = PartyId("party-j5d3")
SAFETY_MANAGER: Final = PartyId("party-r2h9")
REPAIRS_COACH: Final = PartyId("party-u7c4")
CONTACT_MANAGER: Final = PartyId("party-a9m6")
FORMER_COMPLAINTS_HEAD: Final = PartyId("party-z8v1")
EVENTS_MANAGER: Final = PartyId("party-4p7e")

OPERATIVES: Final = PartyId("party-f3q5")
HOUSING_OFFICERS: Final = PartyId("party-l6w2")
INCOME_TEAM: Final = PartyId("party-g4t9")
LETTINGS_TEAM: Final = PartyId("party-p1n8")
SURVEYORS: Final = PartyId("party-b7x6")
SUPPORT_WORKERS: Final = PartyId("party-s5j3")
CONTACT_CENTER: Final = PartyId("party-o2z7")
BUILDERS: Final = PartyId("party-i8r4")
FINANCE_TEAM: Final = PartyId("party-k9e1")
PEOPLE_TEAM: Final = PartyId("party-c3u5")
DATA_TEAM: Final = PartyId("party-h2a6")
GOVERNANCE_TEAM: Final = PartyId("party-m4y9")
COMMUNICATIONS: Final = PartyId("party-w6d1")

PEOPLE: Final = (
    (CHAIR, "Margaret Okafor", "Chair of the board"),
    (CHIEF, "Daniel Reyes-Whitlock", "Chief executive"),
    (HOMES_DIRECTOR, "Priya Raman", "Director of homes"),
    (FINANCE_DIRECTOR, "Tom Ashdown", "Director of finance"),
    (SERVICES_DIRECTOR, "Helen Sorensen", "Director of services"),
    (GROWTH_DIRECTOR, "Oluwaseun Adeyemi", "Director of new homes"),
    (PEOPLE_HEAD, "Fiona Mackie", "Head of people"),
    (REPAIRS_HEAD, "Rhys Bevan", "Head of repairs"),
    (ASSETS_HEAD, "Amina Yusuf", "Head of asset management"),
    (INCOME_HEAD, "Jakub Nowak", "Head of income"),
    (LETTINGS_MANAGER, "Leanne Carter", "Lettings manager"),
    (DATA_HEAD, "Sanjay Mistry", "Head of data and technology"),
    (SECRETARY, "Catherine Doyle", "Company secretary"),
    (PLANNER, "Ibrahim Hassan", "Planning and performance manager"),
    (AUDIT_CHAIR, "Ruth Kershaw", "Chair of the audit committee"),
    (PANEL_CHAIR, "Gary Pike", "Tenant; chair of the tenants' panel"),
    (SUPPORT_MANAGER, "Noor Malik", "Supported housing manager"),
    (DEVELOPMENT_MANAGER, "Ben Tranter", "Development manager"),
    (SAFETY_MANAGER, "Sofia Lindqvist", "Building safety manager"),
    (REPAIRS_COACH, "Marcus Bell", "Repairs trainer, formerly a plumber"),
    (CONTACT_MANAGER, "Grace Owusu", "Contact center manager"),
    (EVENTS_MANAGER, "Alistair Penrose", "Sponsorship and events manager"),
)

UNITS: Final = (
    (OPERATIVES, "Repairs operatives", "64 people in trades, on the road"),
    (HOUSING_OFFICERS, "Housing officers", "22 people, each with a patch of streets"),
    (INCOME_TEAM, "Income team", "14 people"),
    (LETTINGS_TEAM, "Lettings team", "9 people"),
    (SURVEYORS, "Surveyors", "11 people"),
    (SUPPORT_WORKERS, "Support workers", "37 people in five houses"),
    (CONTACT_CENTER, "Contact center", "19 people"),
    (BUILDERS, "Development team", "8 people"),
    (FINANCE_TEAM, "Finance team", "12 people"),
    (PEOPLE_TEAM, "People team", "7 people"),
    (DATA_TEAM, "Data and technology team", "15 people"),
    (GOVERNANCE_TEAM, "Governance and planning team", "6 people"),
    (COMMUNICATIONS, "Communications team", "5 people"),
)


def elements() -> Iterator[Element]:
    """Give the people and the teams."""
    for ref, name, position in PEOPLE:
        yield Party(id=ref, name=name, notes=position)
    for ref, name, size in UNITS:
        yield Party(id=ref, name=name, kind=PartyKind.UNIT, notes=size)
    yield Party(
        id=FORMER_COMPLAINTS_HEAD,
        name="Peter Lisle",
        active=False,
        notes="Head of complaints until he retired in August 2026",
    )
