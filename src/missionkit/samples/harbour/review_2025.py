"""The strategic review of 2025: its stages, sittings, agenda and conclusions."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.agenda import MANAGEMENT_REVIEW_2024
from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AgendaItemId,
    AnyId,
    ConclusionId,
    EvidenceId,
    MeetingId,
    ReviewCycleId,
    StageRunId,
    WaiverId,
)
from missionkit.domain.review import (
    AgendaItem,
    Conclusion,
    ConclusionKind,
    CycleStatus,
    Disposition,
    Meeting,
    ReviewCycle,
    RunStatus,
    StageRun,
    Waiver,
)
from missionkit.domain.values import Cadence, Unit
from missionkit.samples.days import LAST_YEAR, SAMPLE_DAY
from missionkit.samples.harbour import parties
from missionkit.samples.harbour.organization import TRUST
from missionkit.samples.tables import rows

CYCLE: Final = ReviewCycleId("review-2025")

REVIEW: Final = ReviewCycle(
    id=CYCLE,
    name="Strategic review 2025",
    period=LAST_YEAR,
    scope=TRUST,
    cadence=Cadence(1, Unit.YEAR),
    agenda=MANAGEMENT_REVIEW_2024.id,
    stage="review",
    status=CycleStatus.CLOSED,
)

# stage | pass | entered | left | reason
RUNS: Final = """
understand | 1 | 2025-10-06 | 2025-10-24 |
direct | 1 | 2025-10-27 | 2025-10-31 |
understand | 2 | 2025-11-03 | 2025-11-07
    | Nobody could say what tenants in supported housing need
direct | 2 | 2025-11-10 | 2025-11-21 |
enable | 1 | 2025-11-24 | 2025-12-05 |
review | 1 | 2025-12-08 | 2025-12-12 |
"""

EVERYBODY: Final = (
    parties.CHAIR,
    parties.CHIEF,
    parties.AUDIT_CHAIR,
    parties.PANEL_CHAIR,
    parties.HOMES_DIRECTOR,
    parties.FINANCE_DIRECTOR,
    parties.SERVICES_DIRECTOR,
    parties.GROWTH_DIRECTOR,
    parties.SECRETARY,
)
FIRST_HALF: Final = (
    "9.3.2.a",
    "9.3.2.b",
    "9.3.2.c1",
    "9.3.2.c2",
    "9.3.2.c3",
    "9.3.2.c4",
)
MEETINGS: Final = (
    Meeting(
        id=MeetingId("sitting-1-2025"),
        name="First sitting: what happened",
        cycle=CYCLE,
        on=date(2025, 12, 8),
        attendees=EVERYBODY,
        covers=FIRST_HALF,
        minutes=(
            "The panel's chair spoke first. Repairs and damp took most of the time:"
            " two visits where one would do, and cases that were closed by paint."
        ),
    ),
    Meeting(
        id=MeetingId("sitting-2-2025"),
        name="Second sitting: what we do",
        cycle=CYCLE,
        on=date(2025, 12, 12),
        attendees=EVERYBODY,
        covers=tuple(
            entry.code
            for entry in MANAGEMENT_REVIEW_2024.entries
            if entry.code not in FIRST_HALF
        ),
        minutes=(
            "The board asked whether 'leading landlord' was still what the Trust is"
            " for, and decided that it was not. It approved the report of the review."
        ),
    ),
)

# code | disposition | evidence | summary
ITEMS: Final = """
9.3.2.a | considered | ev-action-log | 17 of 23 actions were done; six were carried over
9.3.2.b | considered | ev-scan-2025
    | New days for hazards are law; money is dear; the sea comes closer
9.3.2.c1 | considered | ev-tenant-survey-2025
    | 71 % of tenants are satisfied; of those with damp, 34 %
9.3.2.c2 | considered | ev-scorecard-2025
    | Nine of 21 objectives were met, four missed widely
9.3.2.c3 | considered | ev-scorecard-2025
    | Repairs need a second visit in every fifth case
9.3.2.c4 | considered | ev-ombudsman | Three findings of the ombudsman, all about damp
9.3.2.c5 | no_change | ev-scorecard-2025 | Figures are complete but for homes' records
9.3.2.c6 | considered | ev-audit-2025 | The auditor found two records for most homes
9.3.2.c7 | deferred | ev-scorecard-2025
    | No figures about contractors, and nobody in the register speaks for them
9.3.2.d | considered | ev-workforce-2025 | Twelve operatives and a coach are missing
9.3.2.e | considered | ev-risk-register-2025
    | The answer to damp did not work; floods are shared
9.3.2.f | considered | ev-improvement-day
    | 140 employees named 61 things; eight were chosen
9.3.3.a | considered | ev-improvement-day
    | Eight improvements, each with somebody who answers for it
9.3.3.b | considered | ev-audit-2025 | One record for each home, kept by one process
9.3.3.c | considered | ev-workforce-2025 | Six operatives and the coach are hired now
4.1.climate | considered | ev-scan-2025
    | It matters: 640 homes stand where storm tides may come
4.2.climate | considered | ev-scan-2025
    | Tenants near the quay want to know what is done when the tide comes
"""

CONCLUSIONS: Final = (
    Conclusion(
        id=ConclusionId("first-review"),
        statement="No earlier review was held in this form",
        kind=ConclusionKind.FIRST_CYCLE,
        about="previous-review",
        on=AnyId(CYCLE),
        cycle=CYCLE,
        by=parties.CHAIR,
        at=date(2025, 10, 6),
    ),
    Conclusion(
        id=ConclusionId("neighbors-nothing-new"),
        statement="The neighbors' needs are those of 2024",
        kind=ConclusionKind.NOTHING_MATERIAL,
        about="stakeholder:neighbors",
        on=AnyId("neighbors"),
        cycle=CYCLE,
        by=parties.SECRETARY,
        at=date(2025, 11, 7),
    ),
    Conclusion(
        id=ConclusionId("intent-needs-no-action"),
        statement="Adopting the new intent is the act itself; nothing follows from it",
        kind=ConclusionKind.NONE,
        about="actions",
        on=AnyId("new-intent"),
        cycle=CYCLE,
        by=parties.CHAIR,
        at=date(2025, 12, 12),
    ),
    Conclusion(
        id=ConclusionId("hours-need-no-action"),
        statement="The hours stand in the plan of the team; nothing else follows",
        kind=ConclusionKind.NONE,
        about="actions",
        on=AnyId("build-more-own-land"),
        cycle=CYCLE,
        by=parties.CHIEF,
        at=date(2025, 12, 12),
    ),
)

WAIVER: Final = Waiver(
    id=WaiverId("waiver-discharge-homes"),
    code="MK-TRC-001",
    on=AnyId("discharge-homes"),
    granted_by=parties.CHAIR,
    why=(
        "The health partnership settles by March how many places it needs;"
        " until then an objective would be a guess."
    ),
    until=date(2027, 3, 31),
    requested_by=parties.SERVICES_DIRECTOR,
)


def _run(cells: list[str]) -> StageRun:
    stage, number, entered, left, reason = cells
    return StageRun(
        id=StageRunId(f"{CYCLE}-{stage}-{number}"),
        cycle=CYCLE,
        stage=stage,
        pass_number=int(number),
        status=RunStatus.COMPLETED,
        entered=date.fromisoformat(entered),
        left=date.fromisoformat(left),
        reason=reason,
    )


def _item(cells: list[str]) -> AgendaItem:
    code, said, evidence, summary = cells
    titles = {entry.code: entry.title for entry in MANAGEMENT_REVIEW_2024.entries}
    disposition = Disposition(said)
    return AgendaItem(
        id=AgendaItemId(f"{CYCLE}-item-{code.replace('.', '-')}"),
        title=titles[code],
        code=code,
        cycle=CYCLE,
        disposition=disposition,
        summary=summary,
        deferred_to=SAMPLE_DAY if disposition is Disposition.DEFERRED else None,
        evidence=(EvidenceId(evidence),),
    )


def elements() -> Iterator[Element]:
    """Give the review, its runs, sittings and items, and what was concluded."""
    yield REVIEW
    yield MANAGEMENT_REVIEW_2024
    yield from map(_run, rows(RUNS))
    yield from MEETINGS
    yield from map(_item, rows(ITEMS))
    yield from CONCLUSIONS
    yield WAIVER
