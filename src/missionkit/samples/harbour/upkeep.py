"""How the processes are kept from decaying: one short act a year for each function."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.care import CareFunction, CareRecord
from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId, CareRecordId, EvidenceId
from missionkit.domain.review import Evidence, EvidenceKind
from missionkit.samples.harbour.parties import PLANNER

# process | function | on | next due | summary
UPKEEP: Final = """
mission-management | resources | 2026-02-02 | 2027-02-01
    | The review takes 48 days of work a year; a third of the papers was dropped
mission-management | customer_feedback | 2026-09-08 | 2027-03-09
    | The tenants' panel said which pages of the report it reads
mission-management | benchmarking | 2026-04-27 | 2027-04-26
    | Three boards in the region showed each other how they review
mission-management | best_practice | 2026-02-23 | 2027-02-22
    | Questions go round a week before the meeting, answers stand on the page
resource-management | documentation | 2026-04-07 | 2027-04-06
    | Who commits what, up to which sum, stands on half a page
resource-management | benchmarking | 2026-06-22 | 2027-06-21
    | Cost of borrowing set beside that of twelve associations
resource-management | best_practice | 2026-05-04 | 2027-05-03
    | A demand is answered within ten days, also where the answer is no
people-development | documentation | 2026-03-02 | 2027-03-01
    | From vacancy to first day in seven steps
people-development | resources | 2026-06-08 | 2027-06-07
    | Two apprentices more than the plan had money for
people-development | customer_feedback | 2026-08-17 | 2027-02-15
    | Team leaders were asked how newcomers did after three months
people-development | benchmarking | 2026-05-11 | 2027-05-10
    | Pay in the trades set beside that of local builders
lettings | documentation | 2026-03-16 | 2027-03-15
    | The 24 days were walked from keys to keys, and drawn
lettings | resources | 2026-06-29 | 2027-06-28
    | One officer moved from paperwork to inspections
development | resources | 2026-07-13 | 2027-01-11
    | Quay Street takes four of eleven people
development | benchmarking | 2026-06-01 | 2027-05-31
    | Cost of a home for rent set beside four schemes on the coast
development | best_practice | 2026-05-26 | 2027-05-25
    | No drawing goes to the council that tenants have not seen
demand-fulfillment | documentation | 2026-02-16 | 2027-02-15
    | What a tenant is promised fits on a card
demand-fulfillment | resources | 2026-07-06 | 2027-01-04
    | Work was moved between three teams after the wet spring
demand-fulfillment | benchmarking | 2026-06-15 | 2027-06-14
    | Satisfaction set beside 14 landlords on the coast
demand-fulfillment | best_practice | 2026-03-23 | 2027-03-22
    | Whoever takes the call keeps the case
building-safety | resources | 2026-05-18 | 2027-05-17
    | Two surveyors more for the doors of the tall blocks
building-safety | customer_feedback | 2026-09-21 | 2027-03-22
    | Tenants of the tall blocks said which hours suit them for checks
building-safety | benchmarking | 2026-06-08 | 2027-06-07
    | The fire service compared our pages with those of two towns
building-safety | best_practice | 2026-03-30 | 2027-03-29
    | Three hours to choose from, one of them on a Saturday
home-upgrades | documentation | 2026-03-09 | 2027-03-08
    | What happens on each of the ten days is told in pictures
home-upgrades | resources | 2026-07-20 | 2027-01-18
    | Grants cover two streets more
home-upgrades | benchmarking | 2026-06-22 | 2027-06-21
    | Warmth after the works set beside homes of Northcliff
income | documentation | 2026-02-09 | 2027-02-08
    | Each letter and call stands in one list, with its day
income | resources | 2026-06-15 | 2027-06-14
    | One more adviser costs less than four evictions
complaints | resources | 2026-09-07 | 2027-03-08
    | Two officers are missing since the summer
complaints | benchmarking | 2026-05-18 | 2027-05-17
    | Days until an answer set beside 14 landlords on the coast
complaints | best_practice | 2026-04-20 | 2027-04-19
    | One name and one number on every letter
"""

# process | name | on | next due
TAUGHT: Final = """
mission-management | Asking, and what to leave out | 2026-01-26 | 2027-01-25
resource-management | Plans for five years | 2026-04-20 | 2027-04-19
people-development | Choosing people by their work | 2026-03-09 | 2027-03-08
demand-creation | Reading who needs which homes | 2026-05-18 | 2027-05-17
development | Space standards and how to meet them | 2026-03-23 | 2027-03-22
demand-fulfillment | The card with our promises | 2026-02-23 | 2027-02-22
home-upgrades | Vents, drafts and damp | 2026-04-27 | 2027-04-26
"""

SEEN: Final = date(2026, 6, 29)


def elements() -> Iterator[Element]:
    """Give the look at the process chart, with what shows it."""
    shown = EvidenceId("ev-process-chart")
    looked = CareRecord(
        id=CareRecordId("care-process-chart"),
        summary="The process chart was read with all owners, and two flows were added",
        function=CareFunction.DOCUMENTATION,
        on=SEEN,
        by=PLANNER,
        evidence=(shown,),
        next_due=date(2026, 12, 28),
    )
    yield looked
    yield Evidence(
        id=shown,
        locator=f"processes/chart/{SEEN}.pdf",
        kind=EvidenceKind.RECORD,
        collected=SEEN,
        collected_by=PLANNER,
        supports=(AnyId(looked.id),),
    )
