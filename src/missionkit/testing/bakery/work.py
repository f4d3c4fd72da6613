"""How the bakery works: its people, its processes and what they hand over."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    AnyId,
    BusinessOutputId,
    EvidenceId,
    NeedId,
    ObjectiveId,
    PartyId,
    ProcessId,
    RoleAssignmentId,
    RoleId,
)
from missionkit.domain.party import Party
from missionkit.domain.plan import BusinessOutput, OutputKind
from missionkit.domain.process import (
    DesignBrief,
    Process,
    ProcessFamily,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.review import Evidence
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.testing.bakery.plan import NEEDS, OBJECTIVES
from missionkit.testing.bakery.telling import Outline, Said, Telling, said, share

OWNER: Final = RoleId("process-owner")
BAKER: Final = PartyId("party-b4k3")
BEGUN: Final = date(2026, 1, 1)
"""The day on which the processes were developed."""
WRITTEN: Final = date(2024, 12, 2)
SHOWN: Final = EvidenceId("how-we-work")
"""What shows of each process how it is done, and that it works."""

PROCESSES: Final[tuple[Said, ...]] = (
    ("baking", "Baking through the night"),
    ("selling", "Selling at the counter"),
    ("buying-grain", "Buying grain"),
    ("delivering", "Bringing bread to the school"),
)
RETIRED: Final[tuple[Said, ...]] = (
    ("door-to-door", "Selling from door to door"),
    ("milling", "Milling in the old mill"),
)
OUTPUTS: Final[tuple[Said, ...]] = (
    ("village-bread", "The village loaf"),
    ("rolls", "Rolls for the school"),
)
FAMILIES: Final = (
    ProcessFamily.DEMAND_FULFILLMENT,
    ProcessFamily.DEMAND_CREATION,
    ProcessFamily.RESOURCE_MANAGEMENT,
)
IN_USE: Final = (
    ReleaseState.DEVELOPED,
    ReleaseState.PUBLISHED,
    ReleaseState.INSTALLED,
    ReleaseState.COMMISSIONED,
)


def owner(tell: Telling) -> Iterator[Element]:
    """Yield the baker, and the role in which she owns processes."""
    yield Party(id=BAKER, name=tell.text("Master baker"))
    yield Role(id=OWNER, name=tell.text("Process owner"), kind=RoleKind.OWNER)


def processes(
    outline: Outline, tell: Telling, past: tuple[ObjectiveId, ...] = ()
) -> Iterator[Element]:
    """Yield the processes, each with objectives and an owner; last, retired ones.

    The first also worked for the objectives that are *past*.
    """
    wanted = [ref for ref, _ in said(OBJECTIVES, outline.objectives)]
    for at, (ref, name) in enumerate(said(PROCESSES, outline.processes)):
        achieved = share(wanted, at, outline.processes)
        yield Process(
            id=ProcessId(ref),
            name=tell.text(name),
            family=FAMILIES[at % len(FAMILIES)],
            purpose=tell.text("What is promised is there when it is wanted"),
            achieves=(*map(ObjectiveId, achieved), *(past if at == 0 else ())),
            brief=brief(tell),
            critical=at == 0,
            release=ladder(*(IN_USE if at == 0 else IN_USE[:-1]), shown=(SHOWN,)),
        )
        yield owned(ref)
    yield Evidence(
        id=SHOWN,
        locator="bakehouse/how-we-work.pdf",
        collected=WRITTEN,
        supports=(AnyId(PROCESSES[0][0]),),
    )
    for ref, name in said(RETIRED, outline.retired):
        yield Process(
            id=ProcessId(ref),
            name=tell.text(name),
            family=ProcessFamily.DEMAND_FULFILLMENT,
            purpose=tell.text("It was useful once"),
            brief=brief(tell),
            release=ladder(ReleaseState.DEVELOPED, ReleaseState.RETIRED),
        )


def owned(ref: str) -> RoleAssignment:
    """Return the assignment of the owner of something."""
    return RoleAssignment(
        id=RoleAssignmentId(f"owner-of-{ref}"), role=OWNER, party=BAKER, on=AnyId(ref)
    )


def brief(tell: Telling) -> DesignBrief:
    """Return answers to the five questions of design."""
    return DesignBrief(
        # Texts that are drawn may be the same, or one word; so each says more.
        provides=f"{tell.text('Bread')}, to whoever comes in",
        timing=f"{tell.text('Each night')}, an hour sooner before feasts",
        profitability=f"{tell.text('Its costs')}, and a new oven every ten years",
        fit=f"{tell.text('It suits those who eat')}, and those who bake",
        price=f"{tell.text('No more')} than in town",
    )


def ladder(*states: ReleaseState, shown: tuple[EvidenceId, ...] = ()) -> ReleaseLadder:
    """Return a release ladder with the rungs given, climbed within a year.

    *shown* is the evidence of each rung.
    """
    return ReleaseLadder(
        steps=tuple(
            ReleaseStep(
                state=state, on=date(BEGUN.year, BEGUN.month + at, 1), evidence=shown
            )
            for at, state in enumerate(states)
        )
    )


def outputs(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield what is handed over, each from a process and for needs."""
    makers = [ref for ref, _ in said(PROCESSES, outline.processes)]
    served = [ref for ref, _ in said(NEEDS, outline.needs)]
    for at, (ref, name) in enumerate(said(OUTPUTS, outline.outputs)):
        yield BusinessOutput(
            id=BusinessOutputId(ref),
            name=tell.text(name),
            kind=OutputKind.PRODUCT,
            satisfies=(NeedId(served[at % len(served)]),),
            produced_by=ProcessId(makers[at % len(makers)]),
        )
