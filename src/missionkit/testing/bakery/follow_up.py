"""What the reviews decided, what is done about it, and what was allowed."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    ArtifactId,
    ConclusionId,
    DecisionId,
    EvidenceId,
    ImprovementActionId,
    SuccessMeasureId,
    WaiverId,
)
from missionkit.domain.review import (
    ActionStatus,
    Artifact,
    ArtifactStatus,
    Conclusion,
    ConclusionKind,
    Decision,
    DecisionKind,
    Evidence,
    EvidenceKind,
    ImprovementAction,
    Waiver,
)
from missionkit.testing.bakery.context import RISK
from missionkit.testing.bakery.cycle import CYCLE, LAST, SAT, SAT_LAST
from missionkit.testing.bakery.past import MISSED
from missionkit.testing.bakery.people import CHAIR, COUNTER, MANAGER
from missionkit.testing.bakery.plan import INTENT, MEASURES, OBJECTIVES, YEAR
from missionkit.testing.bakery.results import CARRY_OVER, REPORT
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import BAKER, PROCESSES, owned

STANDS: Final = "mission-stands"
KEPT: Final = ImprovementActionId("second-baker")
DONE: Final = ImprovementActionId("earlier-first-batch")
NEXT: Final = ImprovementActionId("one-more-field")


def decisions(tell: Telling) -> Iterator[Element]:
    """Yield what was decided: a year ago about what was missed, and now."""
    for ref, statement, kind, cycle, addresses in (
        (
            "bake-less-on-mondays",
            "We bake less on Mondays, and teach a second baker",
            DecisionKind.COURSE_CORRECTION,
            LAST,
            (str(MISSED), PROCESSES[0][0]),
        ),
        (
            STANDS,
            "The mission is still right",
            DecisionKind.CONFIRM_COURSE,
            CYCLE,
            (str(INTENT),),
        ),
        (
            "grain-from-one-more-field",
            "We buy the grain of one more field",
            DecisionKind.IMPROVEMENT,
            CYCLE,
            (OBJECTIVES[0][0],),
        ),
    ):
        yield Decision(
            id=DecisionId(ref),
            statement=tell.text(statement),
            kind=kind,
            cycle=cycle,
            rationale=tell.text("It is what the figures of the year ask for"),
            # Two texts that are drawn may be the same, and one option is no choice.
            options=(tell.text("Leave it as it is"), "Wait a year"),
            decided_by=(CHAIR,),
            at=SAT_LAST if cycle == LAST else SAT,
            addresses=tuple(map(AnyId, addresses)),
        )


def concluded(tell: Telling) -> Iterator[Element]:
    """Yield that nothing has to be done about the mission."""
    yield Conclusion(
        id=ConclusionId("nothing-to-do"),
        statement=tell.text("A mission that stands needs no action"),
        kind=ConclusionKind.NONE,
        about="action",
        on=AnyId(STANDS),
        cycle=CYCLE,
        by=CHAIR,
        at=SAT,
    )


def actions(tell: Telling) -> Iterator[Element]:
    """Yield actions: done, taken over from the last review, and new; with owners."""
    yield ImprovementAction(
        id=DONE,
        statement=tell.text("The first batch is done by five"),
        decision=DecisionId("bake-less-on-mondays"),
        addresses=(AnyId(MISSED),),
        due=date(2025, 12, 31),
        status=ActionStatus.VERIFIED,
        opened=SAT_LAST,
        closed=date(2025, 11, 14),
        effect_measure=SuccessMeasureId(MEASURES[0][0]),
        evidence=(EvidenceId("oven-log"),),
        verified_by=CHAIR,
    )
    yield Evidence(
        id=EvidenceId("oven-log"),
        locator="bakehouse/oven-log.pdf",
        kind=EvidenceKind.RECORD,
        collected=date(2025, 11, 14),
        collected_by=COUNTER,
        supports=(AnyId(DONE),),
    )
    for ref, statement, decision, addresses, opened in (
        (
            KEPT,
            "A second baker learns the oven",
            "bake-less-on-mondays",
            PROCESSES[0][0],
            SAT_LAST,
        ),
        (
            NEXT,
            "Ask the grower by the river for a field",
            "grain-from-one-more-field",
            OBJECTIVES[0][0],
            SAT,
        ),
    ):
        yield ImprovementAction(
            id=ref,
            statement=tell.text(statement),
            decision=DecisionId(decision),
            addresses=(AnyId(addresses),),
            due=YEAR.end,
            status=ActionStatus.IN_PROGRESS,
            opened=opened,
        )
    yield from map(owned, (DONE, KEPT, NEXT))


def carried(tell: Telling) -> Iterator[Element]:
    """Yield what this review took over from the last one."""
    yield Artifact(
        id=ArtifactId(f"{CYCLE}-{CARRY_OVER}"),
        title=tell.text("What the last review left open"),
        view=CARRY_OVER,
        cycle=CYCLE,
        covers=(AnyId(KEPT), RISK, AnyId(f"{LAST}-{REPORT}")),
        author=MANAGER,
        submitter=BAKER,
        status=ArtifactStatus.SUBMITTED,
    )


def waivers(tell: Telling) -> Iterator[Element]:
    """Yield what was allowed, and for how long."""
    yield Waiver(
        id=WaiverId("figures-of-loaves-later"),
        code="MK-TRC-007",
        on=AnyId(MEASURES[1][0]),
        granted_by=CHAIR,
        why=tell.text("The new till counts them from autumn on"),
        until=date(2026, 10, 31),
        requested_by=MANAGER,
    )
