"""The fifteen processes: what each is for, what it achieves, how far it is in use."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    CourseOfActionId,
    ObjectiveId,
    OperatingSphereId,
    ProcessId,
)
from missionkit.domain.process import (
    DesignBrief,
    Process,
    ProcessFamily,
    ProcessLevel,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.samples.harbour import organization, parties
from missionkit.samples.tables import rows

MISSION: Final = "mission-management"
RESOURCES: Final = "resource-management"
CREATION: Final = "demand-creation"
FULFILLMENT: Final = "demand-fulfillment"
FAMILIES: Final = {
    MISSION: ProcessFamily.MISSION_MANAGEMENT,
    RESOURCES: ProcessFamily.RESOURCE_MANAGEMENT,
    CREATION: ProcessFamily.DEMAND_CREATION,
    FULFILLMENT: ProcessFamily.DEMAND_FULFILLMENT,
}

# id | family | name | purpose | objectives | courses of action
PROCESSES: Final = """
mission-management | mission-management | Mission management
    | Know what is needed, set the direction, and find out whether we get there
    | tenant-voice | ask-first panel-seat
resource-management | resource-management | Resource management
    | Provide the money, people, homes and records that the mission needs
    | interest-cover | own-land
people-development | resource-management | Finding and developing people
    | Find, teach and keep people who can keep our promises, and keep them safe
    | harm-free people-stay | grow-our-own
data-care | resource-management | Care of records and systems
    | Keep one true record of every home, for whoever stands in front of its door
    | records-true | one-record
demand-creation | demand-creation | Homes that people need
    | Find out who needs which homes where, and have them ready
    | relet-time |
lettings | demand-creation | Lettings
    | Bring the household in greatest need and the empty home together
    | relet-time homeless-half |
development | demand-creation | New homes
    | Turn land into homes that people on low incomes can afford
    | new-homes quay-apartments | own-land waterfront
events | demand-creation | Sponsorship and events
    | Show the Trust at the harbor festival and the spring regatta
    | |
demand-fulfillment | demand-fulfillment | Homes and services
    | Give tenants the home and the service that they were promised
    | first-time-fix damp-solved |
repairs | demand-fulfillment | Repairs
    | Put right what is broken in a home, for good, on the promised day
    | first-time-fix hazards-in-time damp-solved | own-trades van-stock
building-safety | demand-fulfillment | Building safety
    | Know that nobody is in danger from gas, fire, electricity, water or lifts
    | checks-in-date hazards-in-time |
home-upgrades | demand-fulfillment | Improvement of homes
    | Make old homes warm and dry, street by street
    | epc-c damp-solved | fabric-first street-by-street
income | demand-fulfillment | Rents and help with money
    | Collect what is due, and help early where it cannot be paid
    | arrears | early-help
estates | demand-fulfillment | Estates and tenancies
    | Keep streets cared for, and people in their homes
    | clean-estates tenancies-kept | early-help
complaints | demand-fulfillment | Complaints
    | Answer in full, put it right, and tell the process that went wrong
    | complaints-answered tenant-voice |
"""
CRITICAL: Final = frozenset({"repairs", "building-safety", "income"})
SPHERES: Final = {
    "people-development": organization.PEOPLE,
    "data-care": organization.PEOPLE,
    "resource-management": organization.MONEY,
    "income": organization.MONEY,
    "development": organization.GROWTH,
    "demand-creation": organization.GROWTH,
    "repairs": organization.HOMES,
    "building-safety": organization.HOMES,
    "home-upgrades": organization.HOMES,
}

# id | provides what, to whom | timing | profitability | fit | price
BRIEFS: Final = """
mission-management | A direction that the board, tenants and teams can all repeat
    | A review each November, a look every quarter | Effort goes to needs, not to noise
    | Tenants' panel and board agreed the agenda | Its cost is 1.1 % of rent
resource-management | Money and people when a process needs them
    | Commitments within ten days | Borrows for homes at the lowest whole-life cost
    | Budget holders and lenders were asked | 2.4 % of rent
people-development | People who can do the work on the day it comes
    | Vacancies filled in eight weeks | Leavers cost 4,100 pounds each
    | Teams sit on every panel | 310 pounds per employee and year
data-care | One record of a home, on the phone at the door
    | Changed the same day | Two systems cost 190,000 pounds a year more than one
    | Operatives tried it on three estates | 38 pounds per home and year
demand-creation | The right homes in the right streets, for the town
    | A five-year view, renewed each spring | Homes that stand empty earn nothing
    | Council and applicants were asked | 0.6 % of rent
lettings | A home, to the household that needs it most
    | 24 days from keys back to keys out | Each day empty costs 17 pounds
    | Applicants helped to write the letters | Nothing for applicants; 240 pounds a let
development | Homes for rent, to the town and its applicants
    | 30 months from idea to keys | Pays back in 38 years
    | Meets space standards and the board's hurdle rate |
events | Banners, boats and guests, to the town
    | Twice a year | Said to help recruiting
    | Agreed with the festival office | 84,000 pounds a year
demand-fulfillment | The home and the service in the tenancy agreement
    | Every day of the year | Rent is paid where the promise is kept
    | Tenants' panel reads the standards | 61 % of rent
repairs | A finished repair, to the tenant
    | Emergencies in 4 hours, all else in 20 days | A second visit costs 96 pounds
    | Tenants chose the time slots | Included in the rent: 21 pounds a week
building-safety | Proof that the building is safe, to whoever sleeps in it
    | Every check before its date | Insurance and law leave no choice
    | Fire service and tenants walked the blocks | 4 pounds a week
home-upgrades | A warm, dry home, to the tenant
    | Ten days of works in a home, told eight weeks before
    | Grants pay 46 %, and repairs fall by a third
    | Tenants choose colors and dates | No rise in rent for insulation
income | A fair account and early help, to the tenant
    | A talk within a week of the first missed rent
    | One eviction costs 7,800 pounds | Money advisers and courts were asked
    | 1.9 % of rent
estates | Clean, lit streets and a known officer, to all who live there
    | Weekly rounds; answers in two days | Homes in cared-for streets let faster
    | Walked with tenants and neighbors | 6 pounds a week
complaints | A full answer and a remedy, to who complained
    | Ten working days | A complaint to the ombudsman costs five times as much
    | Written with 40 people who had complained | 11 pounds per home and year
"""


def _brief(provides: str, *answers: str) -> DesignBrief:
    timing, profitability, fit, price = (answer or None for answer in answers)
    return DesignBrief(
        provides=provides,
        timing=timing,
        profitability=profitability,
        fit=fit,
        price=price,
    )


def _release(ref: str) -> ReleaseLadder:
    """Return the ladder of a process: all are in use but one, which is installed."""
    days = (date(2025, 3, 3), date(2025, 5, 12), date(2025, 9, 1), date(2026, 1, 12))
    steps = tuple(
        ReleaseStep(state=state, on=day, by=parties.PLANNER)
        for state, day in zip(ReleaseState, days, strict=False)
    )
    return ReleaseLadder(steps=steps[:3] if ref == "estates" else steps)


def _process(cells: list[str], briefs: dict[str, DesignBrief]) -> Process:
    ref, family, name, purpose, objectives, courses = cells
    whole = ref == family
    return Process(
        id=ProcessId(ref),
        name=name,
        family=FAMILIES[family],
        level=ProcessLevel.BUSINESS if whole else ProcessLevel.WORK,
        parent=None if whole else ProcessId(family),
        purpose=purpose,
        critical=ref in CRITICAL,
        achieves=tuple(map(ObjectiveId, objectives.split())),
        realizes=tuple(map(CourseOfActionId, courses.split())),
        sphere=OperatingSphereId(SPHERES.get(ref, organization.SERVICES)),
        brief=briefs[ref],
        release=_release(ref),
    )


def elements() -> Iterator[Element]:
    """Give the processes; the brief of `development` lacks an answer."""
    briefs = {cells[0]: _brief(*cells[1:]) for cells in rows(BRIEFS)}
    yield from (_process(cells, briefs) for cells in rows(PROCESSES))
