"""The yearly review of the bakery: the last one, and the one that is going on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import (
    AgendaId,
    AgendaItemId,
    AnyId,
    ConclusionId,
    EvidenceId,
    MeetingId,
    ReviewCycleId,
    StageRunId,
)
from missionkit.domain.review import (
    Agenda,
    AgendaEntry,
    AgendaItem,
    Conclusion,
    ConclusionKind,
    CycleStatus,
    Disposition,
    Evidence,
    EvidenceKind,
    Meeting,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.testing.bakery.people import CHAIR, COUNTER, MANAGER
from missionkit.testing.bakery.plan import BAKERY
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import BAKER

CYCLE: Final = ReviewCycleId("review-2026")
LAST: Final = ReviewCycleId("review-2025")
AGENDA: Final = AgendaId("what-we-look-at")
THIS_YEAR: Final = Period(date(2025, 7, 1), date(2026, 6, 30))
LAST_YEAR: Final = Period(date(2024, 7, 1), date(2025, 6, 30))
WEEK: Final = timedelta(days=7)
SAT: Final = date(2026, 6, 26)
"""The day of the closing session."""
SAT_LAST: Final = date(2025, 6, 27)
MINUTES: Final = EvidenceId("minutes-2026")

ENTRIES: Final = (
    ("actions", "What became of earlier actions", Disposition.CONSIDERED),
    ("results", "How far objectives are met", Disposition.CONSIDERED),
    ("risks", "Whether the answers to risks work", Disposition.NO_CHANGE),
    ("mission", "Whether the mission is still right", Disposition.CONSIDERED),
)


def cycles(tell: Telling) -> Iterator[Element]:
    """Yield both reviews, with the runs of their stages."""
    yield ReviewCycle(
        id=LAST,
        name=tell.text("Review of 2025"),
        period=LAST_YEAR,
        scope=BAKERY,
        cadence=Cadence(1, Unit.YEAR),
        agenda=AGENDA,
        stage=FOUR_STAGES.stages[-1].key,
        status=CycleStatus.CLOSED,
    )
    yield ReviewCycle(
        id=CYCLE,
        name=tell.text("Review of 2026"),
        period=THIS_YEAR,
        scope=BAKERY,
        cadence=Cadence(1, Unit.YEAR),
        previous=LAST,
        agenda=AGENDA,
        stage=FOUR_STAGES.stages[-1].key,
        status=CycleStatus.ACTIVE,
    )
    yield from _runs(LAST, date(2025, 6, 2), RunStatus.COMPLETED)
    yield from _runs(CYCLE, date(2026, 6, 1), RunStatus.IN_PROGRESS)


def first(tell: Telling) -> Conclusion:
    """Return that this is the first review there is."""
    return Conclusion(
        id=ConclusionId("no-earlier-review"),
        statement=tell.text("There was no review before this one"),
        kind=ConclusionKind.FIRST_CYCLE,
        about="previous review",
        on=AnyId(CYCLE),
        cycle=CYCLE,
        by=CHAIR,
        at=date(2026, 6, 1),
    )


def _runs(cycle: ReviewCycleId, begin: date, last: RunStatus) -> Iterator[Element]:
    """Yield a week for each stage; the last one stands as said."""
    for at, stage in enumerate(FOUR_STAGES.stages):
        done = stage is not FOUR_STAGES.stages[-1] or last is RunStatus.COMPLETED
        entered = begin + at * WEEK
        yield StageRun(
            id=StageRunId(f"{cycle}-{stage.key}"),
            cycle=cycle,
            stage=stage.key,
            status=RunStatus.COMPLETED if done else last,
            entered=entered,
            left=entered + WEEK if done else None,
        )


def agenda(tell: Telling) -> Iterator[Element]:
    """Yield the agenda, what each review concluded about it, and the sittings."""
    yield Agenda(
        id=AGENDA,
        name=tell.text("What we look at once a year"),
        entries=tuple(
            AgendaEntry(code=code, title=title) for code, title, _ in ENTRIES
        ),
    )
    for cycle, day in ((LAST, SAT_LAST), (CYCLE, SAT)):
        shown = EvidenceId(f"minutes-{day.year}")
        for code, title, disposition in ENTRIES:
            yield AgendaItem(
                id=AgendaItemId(f"{cycle}-{code}"),
                title=tell.text(title),
                code=code,
                cycle=cycle,
                disposition=disposition,
                summary=tell.text("Looked at, and settled as the minutes say"),
                evidence=(shown,),
            )
        yield Meeting(
            id=MeetingId(f"{cycle}-closing"),
            name=tell.text("Closing session of the review"),
            cycle=cycle,
            on=day,
            attendees=(CHAIR, MANAGER, BAKER, COUNTER),
            covers=tuple(code for code, _, _ in ENTRIES),
            minutes=tell.text("Held in the bakehouse, after the last batch"),
        )
        yield Evidence(
            id=shown,
            locator=f"board/{shown}.pdf",
            kind=EvidenceKind.DOCUMENT,
            collected=day,
            collected_by=MANAGER,
            supports=(AnyId(f"{cycle}-closing"),),
        )
