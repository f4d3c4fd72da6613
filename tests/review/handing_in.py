"""A small review of two stages, with those who hand in and those who approve."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import pytest
from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    Approval,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    PinnedDigest,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.role import Role, RoleAssignment
from missionkit.domain.stages import Move, Permission, ReviewAct, Stage
from missionkit.domain.stakeholder import Need
from missionkit.domain.workflow import Workflow
from missionkit.errors import RefusedError
from missionkit.issue import RefusalKind, Verdict
from missionkit.review.act import Act
from missionkit.review.engine import can, perform

E = TypeVar("E")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAYS = {"ann": "planner", "ben": "chair", "cat": "judge", "eve": "judge"}
"""Who plays which role; dan plays none."""


def new(kind: type[E], **fields: object) -> E:
    """Return an element of a kind, whose ids are plain texts."""
    return cast("E", cast("Any", kind)(**fields))


def other(element: E, **fields: object) -> E:
    """Return an element that differs in some fields."""
    return cast("E", evolve(cast("Any", element), **fields))


def workflow(approvals: int = 1) -> Workflow:
    """Return how the review is run, with as many approvals as asked for."""
    return Workflow(
        name="mine",
        stages=(
            Stage(key="plan", label="Plan", responsible=("planner",)),
            Stage(key="work", label="Work", responsible=("planner",)),
        ),
        moves=(
            *lifecycle("plan", open=("chair",), run=("chair",), cancel=("chair",)),
            Move(
                event="go",
                source="plan",
                target="work",
                roles=("chair",),
                approvals=approvals,
            ),
            Move(event="end", source="work", target="closed", roles=("chair",)),
            Move(
                event="back",
                source="work",
                target="plan",
                roles=("chair",),
                gated=False,
            ),
            Move(
                event="again",
                source="plan",
                target="plan",
                roles=("chair",),
                gated=False,
            ),
        ),
        permissions=(
            Permission(act=ReviewAct.APPROVE, roles=("chair", "judge")),
            Permission(act=ReviewAct.REAFFIRM, roles=("chair", "judge")),
        ),
    )


def world(*more: Element, stage: str = "plan", **fields: object) -> Model:
    """Return two needs, a review in a stage, and its people."""
    cycle = {"workflow": "mine", "stage": stage, "status": CycleStatus.ACTIVE, **fields}
    status = RunStatus.IN_PROGRESS
    runs = [new(StageRun, id="plan-1", cycle="now", stage="plan", status=status)]
    if stage == "work":
        done = RunStatus.COMPLETED
        runs = [
            new(StageRun, id="plan-1", cycle="now", stage="plan", status=done),
            new(StageRun, id="work-1", cycle="now", stage="work", status=status),
        ]
    elements = [
        *(new(Party, id=ref, name=ref.title()) for ref in (*PLAYS, "dan")),
        *(new(Role, id=ref, name=ref) for ref in sorted(set(PLAYS.values()))),
        *(
            new(RoleAssignment, id=f"{who}-is", role=role, party=who)
            for who, role in PLAYS.items()
        ),
        *(new(Need, id=ref, statement=ref.title()) for ref in ("warm", "dry")),
        new(ReviewCycle, id="now", name="Now", **cycle),
        *runs,
    ]
    held = {each.id: each for each in (*elements, *more)}
    return Model(held.values())


def register(status: str = "submitted", /, **fields: object) -> Artifact:
    """Return an artifact that shows the needs, as ann hands it in."""
    told = {"cycle": "now", "stage": "plan", "view": "needs-register", **fields}
    told.setdefault("submitter", "ann")
    return new(
        Artifact, id="needs", title="Needs", status=ArtifactStatus(status), **told
    )


def act(model: Model, what: Act, by: str = "ben", **told: object) -> Model:
    """Return the model after an act, of which `can` says that it may be done."""
    flow = told.pop("flow", None) or workflow()
    said: Any = {"at": NOON, "why": "As agreed", "workflows": [flow], **told}
    assert can(model, "now", what, by=by, **said)
    return perform(model, "now", what, by=by, **said)


def refused(
    model: Model,
    what: Act | str,
    by: str = "ben",
    **told: object,
) -> list[tuple[str, str]]:
    """Return by which kinds and codes an act is refused."""
    return [
        (str(r.kind), r.issue.code) for r in verdict(model, what, by, **told).refusals
    ]


def verdict(
    model: Model,
    what: Act | str,
    by: str = "ben",
    **told: object,
) -> Verdict:
    """Return whether an act may be done, in which the act agrees."""
    flow = told.pop("flow", None) or workflow()
    said: Any = {"at": NOON, "workflows": [flow], **told}
    found = can(model, "now", what, by=by, **said)
    if not found:
        with pytest.raises(RefusedError) as error:
            perform(model, "now", what, by=by, why="As agreed", **said)
        assert error.value.verdict == found
    return found


def by_hand(model: Model, *pinned: str, ref: str = "old", **fields: object) -> Approval:
    """Return an approval as it was made before reviews were run by an engine."""
    told = {"artifact": "needs", "party": "ben", "at": NOON, **fields}
    digests = tuple(
        PinnedDigest(of=AnyId(each), digest=model.digest(each) or "0" * 64)
        for each in pinned
    )
    return new(Approval, id=ref, digests=digests, **told)


ROLE, EVENT, STAGE, GATE = map(
    str, (RefusalKind.ROLE, RefusalKind.EVENT, RefusalKind.STAGE, RefusalKind.GATE)
)
