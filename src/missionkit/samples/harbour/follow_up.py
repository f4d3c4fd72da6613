"""What was decided in and since the review of 2025, and what became of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    DecisionId,
    EvidenceId,
    ImprovementActionId,
    SuccessMeasureId,
)
from missionkit.domain.review import (
    ActionStatus,
    Decision,
    DecisionKind,
    Evidence,
    EvidenceKind,
    ImprovementAction,
    Shift,
)
from missionkit.samples.harbour import parties
from missionkit.samples.harbour.review_2025 import CYCLE
from missionkit.samples.harbour.roles import assign
from missionkit.samples.tables import rows

BOARD: Final = (parties.CHAIR, parties.CHIEF, parties.AUDIT_CHAIR)
DECIDED: Final = date(2025, 12, 12)

DECISIONS: Final = (
    Decision(
        id=DecisionId("new-intent"),
        statement="From 2026 the mission is homes within means, not growth",
        kind=DecisionKind.CHANGE_INTENT,
        cycle=CYCLE,
        rationale="Growth had become an end; trust fell while homes were added.",
        options=(
            "Keep the intent of 2019",
            "Keep the mission and change only the vision",
            "Adopt the new intent",
        ),
        decided_by=BOARD,
        dissent="The director of new homes asked for a target of 10,000 homes.",
        at=DECIDED,
        effective=date(2026, 1, 1),
        addresses=(AnyId("intent-2026"),),
        covers=(AnyId("intent-2026"),),
    ),
    Decision(
        id=DecisionId("repairs-in-house"),
        statement="Contracted repairs come back in house, trade by trade, by 2027",
        kind=DecisionKind.COURSE_CORRECTION,
        cycle=CYCLE,
        rationale="Contractors finish 71 % at the first visit, our own people 83 %.",
        options=("Renew the contract", "Tender in smaller lots", "Bring it in house"),
        decided_by=BOARD,
        at=DECIDED,
        effective=date(2026, 1, 1),
        addresses=(AnyId("first-time-fix"), AnyId("repairs")),
        covers=(AnyId("own-trades"),),
    ),
    Decision(
        id=DecisionId("more-trades-decided"),
        statement="Twelve operatives and a second coach are paid for",
        kind=DecisionKind.RESOURCE,
        cycle=CYCLE,
        rationale="The promised days need 76 operatives; there were 52.",
        options=("Promise later days", "Pay for twelve more"),
        decided_by=BOARD,
        at=DECIDED,
        addresses=(AnyId("more-trades"), AnyId("second-coach")),
    ),
    Decision(
        id=DecisionId("build-more-own-land"),
        statement="The development team may grow to 8,500 hours a quarter",
        kind=DecisionKind.COURSE_CORRECTION,
        cycle=CYCLE,
        rationale="Garage courts need more design for each home than bought land.",
        options=("Fewer homes", "More hours, up to a limit"),
        decided_by=BOARD,
        at=DECIDED,
        effective=date(2026, 1, 1),
        addresses=(AnyId("new-homes"),),
        covers=(AnyId("sphere-new-homes"),),
        direction=Shift.UP,
        up_to=Decimal(8500),
    ),
    Decision(
        id=DecisionId("flood-shared"),
        statement="The risk of floods is insured, and carried with the council",
        kind=DecisionKind.ACCEPT_RISK,
        cycle=CYCLE,
        rationale="640 homes cannot be moved; the wall is the council's.",
        options=("Sell the lower streets", "Insure and press for the wall"),
        decided_by=BOARD,
        at=DECIDED,
        addresses=(AnyId("risk-flood"),),
    ),
    Decision(
        id=DecisionId("eight-improvements"),
        statement="Eight improvements are done in 2026, and no others",
        kind=DecisionKind.IMPROVEMENT,
        cycle=CYCLE,
        rationale="Of 61 proposals these remove most second visits and waiting.",
        options=("All 61 as time allows", "Eight, finished"),
        decided_by=BOARD,
        at=DECIDED,
        addresses=(
            AnyId("repairs"),
            AnyId("income"),
            AnyId("data-care"),
            AnyId("building-safety"),
            AnyId("lettings"),
            AnyId("home-upgrades"),
        ),
    ),
    Decision(
        id=DecisionId("no-second-block"),
        statement="No second block is begun on Quay Street before the first is let",
        kind=DecisionKind.RESOURCE,
        rationale="The loan would take interest cover below 1.25.",
        options=("Draw the loan", "Wait until the first block is let"),
        decided_by=(parties.CHIEF, parties.FINANCE_DIRECTOR),
        at=date(2026, 9, 18),
        effective=date(2026, 9, 18),
        addresses=(AnyId("quay-loan"),),
    ),
    Decision(
        id=DecisionId("drop-fiber"),
        statement="The fiber objective is dropped",
        kind=DecisionKind.COURSE_CORRECTION,
        rationale="The builder of the network went out of business in April.",
        options=("Build it ourselves", "Wait for another builder", "Drop it"),
        decided_by=(parties.CHIEF, parties.SERVICES_DIRECTOR),
        at=date(2026, 5, 14),
        effective=date(2026, 5, 14),
        addresses=(AnyId("fiber"),),
        covers=(AnyId("fiber"),),
    ),
)

# id | what | decision | addresses | due | status | closed | measure | evidence
#    | verified by | owner
ACTIONS: Final = """
action-van-stock | Load vans by the history of the homes on the round
    | eight-improvements | first-time-fix repairs-4 | 2026-06-30 | verified | 2026-07-06
    | fixed-first-time | ev-van-trial | coach | repairs
action-hire-trades | Hire twelve operatives | more-trades-decided | more-trades
    | 2026-04-30 | verified | 2026-04-20 | repairs-a-day | ev-payroll | homes | people
action-first-call | Replace the first letter about arrears by a call
    | eight-improvements | arrears income-4 | 2026-05-29 | verified | 2026-06-26
    | early-contacts | ev-call-log | income | income
action-record-at-door | Show the record of the home on the operative's phone
    | eight-improvements | records-true data-care-2 old-records | 2026-12-18
    | in_progress | | records-complete | | | data
action-panel-first | Give the panel board papers five days before the board
    | eight-improvements | tenant-voice | 2026-03-31 | done | 2026-03-20
    | panel-verdict | ev-panel-minutes | | secretary
action-sensors | Fit damp sensors in 300 homes and compare
    | eight-improvements | damp-solved reward-sensors | 2026-12-31 | in_progress |
    | damp-over-60 | | | assets
action-second-coach | Train a second coach for the trades | more-trades-decided
    | second-coach coach-too-few | 2026-12-31 | in_progress | | fixed-first-time | |
    | homes
action-breakdown | Print the breakdown on every bill for service charges
    | eight-improvements | charges-explained | | open | | bills-explained | | | finance
action-sea-wall | Agree with the council when the sea wall is raised
    | flood-shared | risk-flood | 2026-12-18 | open | | | | | chief
action-own-electricians | Bring the electrical contract in house
    | repairs-in-house | first-time-fix risk-trades-leave | 2027-03-31 | in_progress |
    | fixed-first-time | | | repairs
"""
PEOPLE: Final = {
    "assets": parties.ASSETS_HEAD,
    "chief": parties.CHIEF,
    "coach": parties.REPAIRS_COACH,
    "data": parties.DATA_HEAD,
    "finance": parties.FINANCE_DIRECTOR,
    "homes": parties.HOMES_DIRECTOR,
    "income": parties.INCOME_HEAD,
    "people": parties.PEOPLE_HEAD,
    "planner": parties.PLANNER,
    "repairs": parties.REPAIRS_HEAD,
    "secretary": parties.SECRETARY,
}

# id | where | kind | collected | supports
EVIDENCE: Final = """
ev-action-log | planning/actions-2025.xlsx | record | 2025-12-01
    | review-2025-item-9-3-2-a
ev-scan-2025 | planning/scan-2025.pdf | document | 2025-10-20 | strategic-analysis-2025
ev-tenant-survey-2025 | insight/tenant-survey-2025.pdf | interview | 2025-10-20
    | review-2025-item-9-3-2-c1
ev-scorecard-2025 | planning/scorecard-2025.pdf | record | 2025-12-05
    | performance-report-2025
ev-ombudsman | complaints/ombudsman-2025 | document | 2025-11-18 | damp-solved
ev-audit-2025 | audit/records-2025.pdf | document | 2025-09-30 | records-true
ev-workforce-2025 | people/workforce-2025.pdf | record | 2025-11-14 | more-trades
ev-risk-register-2025 | finance/risks-2025.xlsx | record | 2025-11-21
    | risk-register-2025
ev-improvement-day | planning/improvement-day.pdf | observation | 2025-11-28
    | eight-improvements
ev-van-trial | repairs/van-trial.pdf | observation | 2026-07-03 | action-van-stock
ev-payroll | people/payroll-2026-04 | record | 2026-04-30 | action-hire-trades
ev-call-log | income/calls-2026-q2.csv | record | 2026-06-26 | action-first-call
ev-panel-minutes | panel/minutes-2026-03 | document | 2026-03-20 | action-panel-first
ev-repairs-walk | repairs/walk-2026-02.pdf | observation | 2026-02-09 | repairs
"""


def elements() -> Iterator[Element]:
    """Give decisions, actions with their owners, and evidence."""
    yield from DECISIONS
    for cells in rows(ACTIONS):
        yield _action(cells)
        yield assign("action-owner", PEOPLE[cells[-1]], cells[0])
    yield from map(_evidence, rows(EVIDENCE))


def _action(cells: list[str]) -> ImprovementAction:
    ref, statement, decision, addresses, due, status, closed, *rest = cells
    measure, evidence, verified, _ = rest
    return ImprovementAction(
        id=ImprovementActionId(ref),
        statement=statement,
        decision=DecisionId(decision),
        addresses=tuple(map(AnyId, addresses.split())),
        due=date.fromisoformat(due) if due else None,
        status=ActionStatus(status),
        opened=DECIDED,
        closed=date.fromisoformat(closed) if closed else None,
        effect_measure=SuccessMeasureId(measure) if measure else None,
        evidence=tuple(map(EvidenceId, evidence.split())),
        verified_by=PEOPLE[verified] if verified else None,
    )


def _evidence(cells: list[str]) -> Evidence:
    ref, where, kind, collected, supports = cells
    return Evidence(
        id=EvidenceId(ref),
        locator=where,
        kind=EvidenceKind(kind),
        collected=date.fromisoformat(collected),
        collected_by=parties.PLANNER,
        supports=(AnyId(supports),),
    )
