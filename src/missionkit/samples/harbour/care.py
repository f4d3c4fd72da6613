"""What was done to keep the processes good: the six functions of process management."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.care import (
    Benchmark,
    CareFunction,
    CareRecord,
    Feedback,
    Investigation,
    Practice,
    Training,
)
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    BenchmarkId,
    CareRecordId,
    EvidenceId,
    FeedbackId,
    InvestigationId,
    PracticeId,
    ProcessId,
    RoleId,
    StakeholderId,
    SuccessMeasureId,
    TrainingId,
)
from missionkit.domain.review import Evidence, EvidenceKind
from missionkit.samples.harbour.parties import REPAIRS_COACH
from missionkit.samples.harbour.roles import CAST
from missionkit.samples.harbour.upkeep import TAUGHT, UPKEEP
from missionkit.samples.tables import rows

# process | function | on | next due | summary
CARE: Final = """
mission-management | documentation | 2026-01-19 | 2027-01-18
    | The calendar of the year is on one page and hangs in every office
resource-management | resources | 2026-09-21 | 2027-03-22
    | Cash and loans were set against the plan for five years
people-development | best_practice | 2026-04-13 | 2027-04-12
    | Hiring in the trades starts with a day on a van
data-care | documentation | 2026-02-16 | 2027-02-15
    | What a complete record holds is written down on one page
demand-creation | customer_feedback | 2026-05-11 | 2027-05-10
    | 210 applicants were asked which streets they would move to
lettings | benchmarking | 2026-06-08 | 2027-06-07
    | Two neighbors let in 19 days; they begin works before the keys are back
development | documentation | 2026-03-09 | 2027-03-08
    | The stages of a scheme and who decides are drawn anew
events | resources | 2026-03-30 | 2027-03-29
    | 210 hours of staff went into the stand at the regatta
demand-fulfillment | customer_feedback | 2026-10-12 | 2027-01-11
    | The monthly call to 200 tenants was read with all team leaders
repairs | documentation | 2026-02-09 | 2027-02-08
    | The path of a repair was walked and drawn with six operatives
repairs | resources | 2026-06-15 | 2026-12-14
    | 76 operatives are needed for the promised days; there are 64
repairs | customer_feedback | 2026-10-05 | 2027-01-04
    | 1,240 tenants answered after a repair; waiting for parts hurts most
repairs | benchmarking | 2026-05-18 | 2027-05-17
    | Visited two landlords who fix 92 % at the first visit
repairs | best_practice | 2026-07-06 | 2027-01-04
    | Van stock by history of the homes was made the rule
repairs | training | 2026-08-10 | 2027-02-08
    | All operatives were shown how damp and condensation differ
building-safety | documentation | 2026-01-26 | 2027-01-25
    | Each block has a page with its checks and their dates
building-safety | training | 2026-09-14 | 2027-09-13
    | Surveyors were trained in fire doors
home-upgrades | best_practice | 2026-04-20 | 2027-04-19
    | No new window without a new vent
income | customer_feedback | 2026-07-13 | 2027-01-11
    | Tenants in arrears said that the first letter frightens
estates | customer_feedback | 2026-09-28 | 2027-03-29
    | 38 estates were walked with tenants and neighbors
complaints | documentation | 2026-01-12 | 2027-01-11
    | How a complaint is answered was written with 40 who had complained
"""

# process | name | on | next due
TRAININGS: Final = """
repairs | Damp, mold and what causes them | 2026-08-10 | 2027-08-09
building-safety | Fire doors | 2026-09-14 | 2027-09-13
income | The first talk about money | 2026-03-16 | 2027-03-15
estates | Trouble between neighbors | 2026-02-23 | 2027-02-22
complaints | Saying sorry, and what for | 2026-01-26 | 2027-01-25
lettings | Inspecting a home before it is empty | 2026-06-22 | 2027-06-21
data-care | What a complete record holds | 2026-02-23 | 2027-02-22
"""

# process | from | on | satisfaction | what was said
FEEDBACK: Final = """
repairs | tenants | 2026-01-21 | -40 | He came on the day, but the part did not
repairs | tenants | 2026-09-17 | 70
    | Same man as last time, knew the boiler, done in an hour
home-upgrades | tenants | 2026-04-29 | 60
    | The street is a building site, but the bedroom is dry
income | tenants | 2026-06-10 | -50 | The letter came two days after I lost my job
complaints | tenants | 2026-10-08 | -70 | Nobody could tell me who has my complaint
lettings | applicants | 2026-05-06 | -30
    | We saw three homes and were told no three times
estates | neighbors | 2026-08-19 | 40 | The lamps work again behind the school
estates | supported-tenants | 2026-07-01 | 80
    | Jo still visits though the course is over
resource-management | lenders | 2026-10-20 | 50
    | Clear report; tell us earlier about Quay Street
development | council | 2026-09-09 | -20 | Where are the garage-court homes?
"""

PRACTICES: Final = """
repairs | Van stock by history of homes | 2026-07-06
home-upgrades | No new window without a new vent | 2026-04-20
lettings | Inspect before the keys are back | 2026-06-22
income | Call before the first letter | 2026-03-16
"""

# measure | process | value | who | name
BENCHMARKS: Final = """
fixed-first-time | repairs | 92 | Northcliff Homes | Repairs at the first visit
relet-days | lettings | 19 | Ferrybank Association | Days to let again
arrears-rate | income | 3.6 | Median of 14 coastal landlords | Arrears
satisfied-with-repair | repairs | 81 | Median of 14 coastal landlords | Satisfaction
"""

INVESTIGATIONS: Final = (
    Investigation(
        id=InvestigationId("why-second-visits"),
        problem="In January every fifth repair needed a second visit",
        process=ProcessId("repairs"),
        on=date(2026, 2, 20),
        by=REPAIRS_COACH,
        cause="Vans carry the same stock everywhere; boilers differ by street",
        addresses=(AnyId("first-time-fix"), AnyId("repairs-4")),
    ),
    Investigation(
        id=InvestigationId("why-damp-returns"),
        problem="One case of damp in four came back within a year",
        process=ProcessId("home-upgrades"),
        on=date(2026, 3, 27),
        by=REPAIRS_COACH,
        cause="Windows were renewed without vents between 2016 and 2021",
        addresses=(AnyId("damp-solved"),),
    ),
    Investigation(
        id=InvestigationId("why-visits-slip"),
        problem="Checks fell due without a visit arranged",
        process=ProcessId("building-safety"),
        on=date(2025, 11, 24),
        by=REPAIRS_COACH,
        cause="Letters went out in office hours, when tenants are at work",
        addresses=(AnyId("building-safety"),),
    ),
    Investigation(
        id=InvestigationId("why-homes-stand-empty"),
        problem="Homes stood empty for a month between tenants",
        process=ProcessId("lettings"),
        on=date(2025, 11, 27),
        by=REPAIRS_COACH,
        cause="Works were ordered only when the keys were back",
        addresses=(AnyId("lettings"), AnyId("relet-time")),
    ),
    Investigation(
        id=InvestigationId("why-arrears-grow"),
        problem="Arrears grew from the second month on",
        process=ProcessId("income"),
        on=date(2025, 12, 1),
        by=REPAIRS_COACH,
        cause="The first letter came when two rents were owed",
        addresses=(AnyId("income"), AnyId("arrears")),
    ),
    Investigation(
        id=InvestigationId("why-letters-frighten"),
        problem="Tenants with a letter about arrears stop answering the telephone",
        process=ProcessId("income"),
        on=date(2026, 6, 22),
        by=REPAIRS_COACH,
        cause="Letters go out by a list, whatever somebody may know of the tenant",
        addresses=(AnyId("feedback-04"),),
    ),
)


def elements() -> Iterator[Element]:
    """Give the acts of care, in the order of their tables."""
    for record in map(_care, rows(CARE + UPKEEP)):
        yield record
        yield _shown(record)
    yield from map(_training, rows(TRAININGS + TAUGHT))
    yield from (_feedback(n, cells) for n, cells in enumerate(rows(FEEDBACK), 1))
    yield from map(_practice, rows(PRACTICES))
    yield from map(_benchmark, rows(BENCHMARKS))
    yield from INVESTIGATIONS


def _care(cells: list[str]) -> CareRecord:
    process, function, day, due, summary = cells
    return CareRecord(
        id=CareRecordId(f"care-{process}-{function.replace('_', '-')}"),
        summary=summary,
        process=ProcessId(process),
        function=CareFunction(function),
        on=date.fromisoformat(day),
        by=CAST[process][2],
        evidence=(EvidenceId(f"ev-{process}-{function.replace('_', '-')}"),),
        next_due=date.fromisoformat(due),
    )


def _shown(record: CareRecord) -> Evidence:
    return Evidence(
        id=record.evidence[0],
        locator=f"processes/{record.process}/{record.on}-{record.function}.pdf",
        kind=EvidenceKind.RECORD,
        collected=record.on,
        collected_by=record.by,
        supports=(AnyId(record.id),),
    )


def _training(cells: list[str]) -> Training:
    process, name, day, due = cells
    _, _, coach, performers = CAST[process]
    return Training(
        id=TrainingId(f"training-{process}"),
        name=name,
        process=ProcessId(process),
        role=RoleId("process-performer"),
        parties=(performers,),
        on=date.fromisoformat(day),
        given_by=coach,
        next_due=date.fromisoformat(due),
    )


def _feedback(number: int, cells: list[str]) -> Feedback:
    process, who, day, satisfaction, said = cells
    return Feedback(
        id=FeedbackId(f"feedback-{number:02}"),
        statement=said,
        process=ProcessId(process),
        stakeholder=StakeholderId(who),
        on=date.fromisoformat(day),
        satisfaction=int(satisfaction),
    )


def _practice(cells: list[str]) -> Practice:
    process, name, since = cells
    return Practice(
        id=PracticeId(f"practice-{process}"),
        name=name,
        process=ProcessId(process),
        since=date.fromisoformat(since),
        reviewed=date(2026, 10, 12),
    )


def _benchmark(cells: list[str]) -> Benchmark:
    measure, process, value, peer, name = cells
    return Benchmark(
        id=BenchmarkId(f"peer-{measure}"),
        name=name,
        process=ProcessId(process),
        measure=SuccessMeasureId(measure),
        peer=peer,
        value=Decimal(value),
        on=date(2026, 5, 18),
    )
