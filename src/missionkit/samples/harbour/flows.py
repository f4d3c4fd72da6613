"""What processes hand to each other, take from stakeholders and give to them."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import FlowId, ProcessId
from missionkit.domain.process import Flow, FlowKind
from missionkit.domain.templates import four_processes
from missionkit.samples.tables import rows

# id | item | from | to | kind | accepted when
FLOWS: Final = """
repair-request | Request for a repair | tenants | repairs | information
    | home, fault and a free hour are known
repair-done | Finished repair | repairs | tenants | product
    | the tenant says that it is done
hazard-found | Hazard found on a visit | repairs | building-safety | information
    | with photographs, on the same day
damp-cause | Cause of damp in a home | repairs | home-upgrades | information
    | the cause is named, not only the place
safety-proof | Certificate | building-safety | tenants | information
    | in the hall and on the phone
safety-data | Dates of checks | building-safety | data-care | data
    | entered before leaving the home
upgraded-home | Warm, dry home | home-upgrades | tenants | product
    | moisture and warmth measured after a month
street-plan | Streets for the year | resource-management | home-upgrades | plan
    | eight weeks before the first survey
empty-home | Home that falls empty | estates | lettings | information
    | on the day of notice
ready-home | Home fit to let | repairs | lettings | product
    | passed the new-tenant list
nominations | Nominated households | council | lettings | information
    | with what the household needs
keys | Keys and a home | lettings | applicants | product
    | signed, meters read, officer met
new-homes-ready | New homes | development | lettings | product
    | no open defects; names of streets agreed
needed-homes | Homes that the town needs | demand-creation | development | plan
    | sizes and streets, five years ahead
loan-money | Loans | lenders | resource-management | resource
    | within the treasury policy
covenant-report | Report on covenants | resource-management | lenders | information
    | within 30 days of the end of a quarter
rent | Rent | tenants | income | resource
    | weekly or monthly, as the tenant chose
early-warning | Household in trouble | income | estates | information
    | within a week of the first missed rent
support-plan | Plan of support | estates | supported-tenants | product
    | agreed and signed by the tenant
cared-streets | Clean and lit streets | estates | neighbors | product
    | grade A or B
complaint | Complaint | tenants | complaints | information
    | by any way, to anybody
full-answer | Answer and remedy | complaints | tenants | information
    | every point is answered
lessons | What went wrong | complaints | demand-fulfillment | information
    | monthly, with one change asked for
home-record | Record of the home | data-care | repairs | data
    | seen at the door, changed the same day
regulatory-return | Return of data | data-care | regulator | data
    | on time, without correction
trained-people | Coached people | people-development | repairs | resource
    | signed off by the coach
panel-view | View of the tenants' panel | tenants | mission-management | information
    | before the paper goes to the board
annual-report | Report to tenants | mission-management | tenants | information
    | four pages, read by the panel first
patients-ready | Patients ready to go home | health-partnership | estates | information
    | a week before the day
"""


def elements() -> Iterator[Element]:
    """Give the flows, those between the four business processes included."""
    yield from (found for found in four_processes() if isinstance(found, Flow))
    for ref, item, source, target, kind, acceptance in rows(FLOWS):
        yield Flow(
            id=FlowId(ref),
            item=item,
            source=ProcessId(source),
            target=ProcessId(target),
            kind=FlowKind(kind),
            acceptance=acceptance,
        )
