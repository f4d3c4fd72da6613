"""How the bakery looks after its first process: who plays a part, and what was done."""

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
    ActivityId,
    AnyId,
    BenchmarkId,
    CareRecordId,
    FeedbackId,
    HandoverId,
    InvestigationId,
    PartyId,
    PracticeId,
    ProcessId,
    RoleAssignmentId,
    RoleId,
    StakeholderId,
    SuccessMeasureId,
    TrainingId,
)
from missionkit.domain.process import Activity, ValueClass
from missionkit.domain.role import Delivery, Handover, RoleAssignment
from missionkit.testing.bakery.people import COUNTER, MANAGER
from missionkit.testing.bakery.plan import MEASURES, STAKEHOLDERS
from missionkit.testing.bakery.telling import Telling
from missionkit.testing.bakery.work import BAKER, PROCESSES

FIRST: Final = ProcessId(PROCESSES[0][0])
COMPLAINT: Final = FeedbackId("burned-on-monday")
TRAINED: Final = date(2024, 12, 2)
CARED: Final = date(2026, 6, 1)
"""The day on which each function was last performed."""

CAST: Final = (("engineer", MANAGER), ("coach", BAKER), ("performer", COUNTER))
WORK: Final = (
    ("kneading", "Knead and bake", ValueClass.VALUE_ADDED, 8),
    ("counting", "Count the loaves", ValueClass.NECESSARY, 1),
    ("rebaking", "Bake again what burned", ValueClass.WASTE, 1),
)


def staffed() -> Iterator[Element]:
    """Yield who designed, coaches and performs the first process, and its handover."""
    for role, party in CAST:
        yield RoleAssignment(
            id=RoleAssignmentId(f"{role}-of-{FIRST}"),
            role=RoleId(role),
            party=PartyId(party),
            on=AnyId(FIRST),
        )
    yield Handover(
        id=HandoverId(f"handover-of-{FIRST}"),
        process=FIRST,
        from_party=MANAGER,
        to_party=BAKER,
        on=date(2026, 3, 1),
        delivered=frozenset(Delivery),
        accepted=date(2026, 3, 15),
    )


def kept(tell: Telling) -> Iterator[Element]:
    """Yield what was done to keep the first process, and the chart of all."""
    for function in CareFunction:
        yield CareRecord(
            id=CareRecordId(f"care-{function.replace('_', '-')}"),
            summary=tell.text(f"Looked at: {function.replace('_', ' ')}"),
            process=FIRST,
            function=function,
            on=CARED,
            by=BAKER,
        )
    yield CareRecord(
        id=CareRecordId("care-chart"),
        summary=tell.text("The chart of processes hangs in the bakehouse again"),
        function=CareFunction.DOCUMENTATION,
        on=CARED,
        by=BAKER,
    )
    yield Training(
        id=TrainingId("training-oven"),
        name=tell.text("Who may use the oven, and how"),
        process=FIRST,
        role=RoleId("performer"),
        parties=(COUNTER, BAKER),
        on=TRAINED,
        given_by=MANAGER,
    )
    yield Practice(
        id=PracticeId("dough-rests"),
        name=tell.text("The dough rests overnight"),
        process=FIRST,
        since=date(2025, 1, 1),
        reviewed=date(2026, 3, 2),
    )
    yield Practice(
        id=PracticeId("two-on-mondays"),
        name=tell.text("Somebody else serves on Mondays"),
        process=FIRST,
        since=date(2026, 2, 16),
    )
    yield Benchmark(
        id=BenchmarkId("the-bakery-in-town"),
        name=tell.text("Full shelves at the bakery in town"),
        process=FIRST,
        measure=SuccessMeasureId(MEASURES[0][0]),
        value=Decimal(26),
        on=date(2026, 2, 2),
    )


def looked_into(tell: Telling) -> Iterator[Element]:
    """Yield what somebody complained of, and what was found when it was looked into."""
    yield Feedback(
        id=COMPLAINT,
        statement=tell.text("The bread was burned on Monday"),
        process=FIRST,
        stakeholder=StakeholderId(STAKEHOLDERS[1][0]),
        on=date(2026, 1, 12),
        satisfaction=-40,
    )
    yield Investigation(
        id=InvestigationId("why-bread-burns"),
        problem=tell.text("Bread burns on Mondays"),
        process=FIRST,
        on=date(2026, 1, 19),
        by=BAKER,
        cause=tell.text("Whoever bakes on Mondays serves at the counter, too"),
        addresses=(AnyId(COMPLAINT),),
    )


def activities(tell: Telling) -> Iterator[Element]:
    """Yield the work of the first process, and how long it takes."""
    for at, (ref, name, value_class, hours) in enumerate(WORK):
        yield Activity(
            id=ActivityId(ref),
            name=tell.text(name),
            process=FIRST,
            sequence=at,
            value_class=value_class,
            effort_hours=float(hours),
            duration_hours=float(hours),
        )
