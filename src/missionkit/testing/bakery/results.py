"""What the stages of the reviews made, and the approvals that pin it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.ids import (
    AffirmationId,
    AnyId,
    ApprovalId,
    ArtifactId,
    ProcessId,
    ReviewCycleId,
)
from missionkit.domain.plan import Objective
from missionkit.domain.review import (
    Affirmation,
    Approval,
    Artifact,
    ArtifactStatus,
    PinnedDigest,
)
from missionkit.testing.bakery.cycle import CYCLE, LAST
from missionkit.testing.bakery.people import CHAIR, MANAGER
from missionkit.testing.bakery.plan import INTENT, STAKEHOLDERS, SUBGOALS
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import BAKER, PROCESSES

REPORT: Final = "strategic-review-report"
CARRY_OVER: Final = "carry-over"

# In which stage, which view of what, when it was approved, and what it shows.
MADE: Final[tuple[tuple[ReviewCycleId, str, str, str, date, tuple[str, ...]], ...]] = (
    (LAST, "review", REPORT, "Report of the review of 2025", date(2025, 6, 27), ()),
    (
        CYCLE,
        "understand",
        "stakeholder-register",
        "Who has a stake in the bakery",
        date(2026, 6, 5),
        (STAKEHOLDERS[1][0],),
    ),
    (
        CYCLE,
        "understand",
        "strategic-analysis",
        "What bears on the bakery",
        date(2026, 6, 5),
        ("dry-summers",),
    ),
    (
        CYCLE,
        "direct",
        "core-intent",
        "Mission, vision and values",
        date(2026, 6, 12),
        (INTENT,),
    ),
    (
        CYCLE,
        "direct",
        "objective-tree",
        "Goals and objectives",
        date(2026, 6, 12),
        (SUBGOALS[0][0],),
    ),
    (
        CYCLE,
        "enable",
        "process-map",
        "How the bakery works",
        date(2026, 6, 19),
        (PROCESSES[2][0],),
    ),
    (
        CYCLE,
        "review",
        "improvement-plan",
        "What we improve",
        date(2026, 6, 26),
        ("second-baker",),
    ),
    (CYCLE, "review", REPORT, "Report of the review of 2026", date(2026, 6, 26), ()),
)


def results(elements: Iterable[Element], tell: Telling) -> Iterator[Element]:
    """Yield what was made and approved, as *elements* say what they show."""
    held = {str(each.id): each for each in elements}
    there = (row for row in MADE if row[0] in held)
    for cycle, stage, view, title, day, covers in there:
        made = Artifact(
            id=ArtifactId(f"{cycle}-{view}"),
            title=tell.text(title),
            view=view,
            cycle=cycle,
            stage=stage,
            covers=tuple(AnyId(ref) for ref in covers if ref in held),
            author=MANAGER,
            submitter=BAKER,
            locator=f"board/{cycle}-{view}.pdf",
            status=ArtifactStatus.APPROVED,
        )
        if view == REPORT and cycle == CYCLE:
            made = evolve(made, consumers=(ProcessId(PROCESSES[1][0]),))
        yield made
        yield _approval(made, day, held)


def _approval(made: Artifact, day: date, held: Mapping[str, Element]) -> Approval:
    shown = (made, *(held[ref] for ref in made.covers))
    return Approval(
        id=ApprovalId(f"approval-of-{made.id}"),
        artifact=made.id,
        party=CHAIR,
        at=datetime.combine(day, time(15), UTC),
        digests=tuple(
            PinnedDigest(of=AnyId(each.id), digest=digest_of(each) or "")
            for each in shown
        ),
    )


def affirmed(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield that somebody found a link still right, as its target is now."""
    held = {str(each.id): each for each in elements}
    found = (each for each in held.values() if isinstance(each, Objective))
    last = max(found, key=lambda each: (each.needs[-1], each.id))
    yield Affirmation(
        id=AffirmationId("need-looked-at"),
        source=AnyId(last.id),
        field="needs",
        target=AnyId(last.needs[-1]),
        digest=digest_of(held[last.needs[-1]]) or "",
        by=MANAGER,
        on=date(2026, 6, 8),
        why="It is still asked for",
    )
