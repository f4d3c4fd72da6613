"""A small organization with a review in which every act is possible."""

# Ids are plain texts here, and wrong values are passed on purpose.
# mypy: disable-error-code="arg-type"

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.intent import Organization
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaEntry,
    AgendaItem,
    Artifact,
    CycleStatus,
    Decision,
    Disposition,
    Evidence,
    ImprovementAction,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.values import Period
from missionkit.issue import Verdict
from missionkit.review import (
    AssignAction,
    Decide,
    DisposeAgendaItem,
    Migrate,
    VerifyAction,
    Waive,
)

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
TODAY = AT.date()
LATER = date(2026, 12, 31)
# Who plays which role for the whole organization.
CAST = {
    "chair": "sponsor",
    "clerk": "facilitator",
    "judge": "reviewer",
    "smith": "owner",
}
V2 = evolve(
    FOUR_STAGES,
    version=2,
    stages=tuple(
        evolve(stage, key="learn") if stage.key == "understand" else stage
        for stage in FOUR_STAGES.stages
    ),
    moves=tuple(
        evolve(
            move,
            source="learn" if move.source == "understand" else move.source,
            target="learn" if move.target == "understand" else move.target,
        )
        for move in FOUR_STAGES.moves
    ),
).migrates(1, {"understand": "learn"})


def elements() -> Iterator[Any]:
    yield Organization(id="trust", name="Trust")
    for who, kind in CAST.items():
        yield Party(id=who, name=who.title())
        yield Role(id=f"r-{kind}", name=kind.title(), kind=RoleKind(kind))
        yield RoleAssignment(id=f"as-{kind}", role=f"r-{kind}", party=who)
    yield Party(id="guest", name="Guest")
    yield Party(id="gone", name="Gone", active=False)
    yield Agenda(
        id="agenda",
        name="Agenda",
        entries=(
            AgendaEntry(code="risks", title="Risks"),
            AgendaEntry(code="audit", title="Audit"),
        ),
    )
    yield ReviewCycle(
        id="review",
        name="Review",
        stage="direct",
        status=CycleStatus.ACTIVE,
        agenda="agenda",
    )
    yield ReviewCycle(id="other", name="Other")
    for stage, status, month in (
        ("understand", RunStatus.COMPLETED, 1),
        ("direct", RunStatus.IN_PROGRESS, 2),
    ):
        yield StageRun(
            id=f"run-{stage}",
            cycle="review",
            stage=stage,
            status=status,
            entered=date(2026, month, 1),
            left=date(2026, 2, 1) if month == 1 else None,
        )
    yield AgendaItem(id="item-risks", title="Risks", code="risks", cycle="review")
    yield AgendaItem(id="item-else", title="Else", code="else", cycle="other")
    yield Artifact(id="needs", title="Needs", cycle="review", stage="understand")
    yield Artifact(id="plan", title="Plan", cycle="review", stage="direct")
    yield Evidence(id="log", locator="log.pdf", supports=("open",))
    yield ImprovementAction(id="open", statement="Open", due=LATER)
    yield ImprovementAction(
        id="done", statement="Done", status=ActionStatus.DONE, closed=TODAY
    )
    for action, who in (("open", "smith"), ("done", "smith")):
        yield RoleAssignment(
            id=f"own-{action}",
            role="r-owner",
            party=who,
            on=action,
            period=Period(start=date(2026, 1, 1)),
        )


def scene(**changes: Any) -> Model:  # noqa: ANN401 - fields of a review
    """Return the model, in which the review has other values in some fields."""
    model = Model(elements())
    return model.with_(evolve(model.get(ReviewCycle, "review"), **changes))


def acts(model: Model) -> Mapping[str, tuple[Any, str]]:
    """Return each of the acts as it is possible, and by whom."""
    log = (model.get(Evidence, "log"),)
    return {
        "waive": (
            Waive(code="MK-TRC-001", on="open", until=LATER, requested_by="clerk"),
            "chair",
        ),
        "dispose_agenda_item": (
            DisposeAgendaItem(
                item="risks", disposition=Disposition.CONSIDERED, summary="Seen"
            ),
            "clerk",
        ),
        "decide": (Decide(decision=Decision(id="go", statement="We go")), "judge"),
        "assign_action": (AssignAction(action="open", owner="guest"), "clerk"),
        "verify_action": (
            VerifyAction(action="done", effective=True, evidence=log),
            "judge",
        ),
        "migrate": (Migrate(), "chair"),
    }


def codes(verdict: Verdict) -> list[str]:
    return [refusal.issue.code for refusal in verdict.refusals]


def changed(before: Model, after: Model) -> set[str]:
    """Return the ids of what was put or changed; nothing is ever taken away."""
    assert set(before.ids()) <= set(after.ids())
    return {each.id for each in after if before.find(each.id) != each}
