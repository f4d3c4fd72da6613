# Ids are plain texts here.
# mypy: disable-error-code="arg-type"

from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import (
    Approval,
    Artifact,
    CycleStatus,
    PinnedDigest,
    ReviewCycle,
    StageRun,
)
from missionkit.domain.workflow import Workflow
from missionkit.errors import RefusedError
from missionkit.ports.rule import RuleView
from missionkit.review import Migrate, approve, can, fire, migrate, submit
from missionkit.rules.facts.approvals import standing_that_counts
from missionkit.trace.approvals import ApprovalState
from tests.review.scenes import AT, TODAY, V2, changed, codes, scene

V3 = evolve(V2, version=3, migrations=())


def test_a_running_review_goes_on_by_the_next_version() -> None:
    model = scene()
    after = migrate(
        model, "review", by="chair", at=AT, why="New year", workflows=(V2, FOUR_STAGES)
    )

    assert changed(model, after) == {"review", "run-understand", "needs"}
    cycle = after.get(ReviewCycle, "review")
    assert (cycle.workflow_version, cycle.stage) == (2, "direct")
    assert after.get(StageRun, "run-understand").stage == "learn"
    assert after.get(Artifact, "needs").stage == "learn"

    moved = fire(
        after,
        "review",
        "correct",
        by="chair",
        at=AT,
        why="x",
        causes="material_change",
        workflows=V2,
    )
    assert moved.get(ReviewCycle, "review").stage == "learn"
    assert moved.get(ReviewCycle, "review").pass_number == 2


def test_the_stage_in_which_it_stands_is_renamed() -> None:
    model = scene(stage="understand")
    after = migrate(model, "review", by="chair", at=AT, why="x", workflows=V2)

    assert after.get(ReviewCycle, "review").stage == "learn"


def test_the_newest_version_that_takes_it_over_is_taken() -> None:
    v4 = evolve(V2, version=4)
    after = migrate(
        scene(), "review", by="chair", at=AT, why="x", workflows=(v4, V2, V3)
    )

    assert after.get(ReviewCycle, "review").workflow_version == 4


def refused(*workflows: Workflow, by: str = "chair") -> list[str]:
    return codes(can(scene(), "review", Migrate(), by=by, at=AT, workflows=workflows))


def test_without_a_version_that_takes_it_over_it_stays_and_all_else_is_refused() -> (
    None
):
    model = scene()

    assert refused(FOUR_STAGES) == ["MK-WFL-087"]
    assert refused(V3) == ["MK-WFL-087"]
    assert refused(evolve(V2, name="mine")) == ["MK-WFL-040"]
    assert codes(can(model, "review", "block", by="clerk", at=AT, workflows=V2)) == [
        "MK-WFL-041"
    ]
    with pytest.raises(RefusedError, match="takes over reviews of version 1"):
        migrate(model, "review", by="chair", at=AT, why="x", workflows=V3)


def test_a_stage_left_without_a_place_is_named() -> None:
    nowhere = evolve(V2, migrations=()).migrates(1, {})

    found = can(scene(), "review", Migrate(), by="chair", at=AT, workflows=(nowhere,))

    assert codes(found) == ["MK-WFL-087"]
    assert "no place for stage 'understand'" in str(found)
    assert "learn, direct, enable, review" in str(found)


def test_who_may_migrate_and_when() -> None:
    closed = scene(status=CycleStatus.CLOSED)

    assert refused(V2, by="clerk") == ["MK-ACC-001"]
    assert codes(can(closed, "review", Migrate(), by="clerk", at=AT, workflows=V2)) == [
        "MK-WFL-080",
        "MK-ACC-001",
    ]


def test_a_draft_has_no_stage_to_rename() -> None:
    after = migrate(scene(), "other", by="chair", at=AT, why="x", workflows=V2)

    assert changed(scene(), after) == {"other"}


def standing(model: Model, ref: str) -> ApprovalState:
    cycle = model.get(ReviewCycle, "review")
    view = RuleView(model=model, on=TODAY, cycle=cycle)
    return standing_that_counts(view, model.get(Artifact, ref)).state


def test_what_is_approved_stays_so_and_what_is_stale_stays_stale() -> None:
    model = scene(stage="understand")
    for ref in ("needs", "market"):
        made = Artifact(
            id=ref,
            title=ref,
            text="As it is",
            cycle="review",
            stage="understand",
            author="guest",
        )
        said: dict[str, Any] = {"at": AT, "why": "x"}
        model = submit(model, "review", made, by="clerk", **said)
        model = approve(model, "review", ref, by="chair", **said)
    market = model.get(Artifact, "market")
    model = model.with_(evolve(market, text="Not as it was"))
    after = migrate(model, "review", by="chair", workflows=V2, **said)

    for each in (model, after):
        assert standing(each, "needs") is ApprovalState.APPROVED
        assert standing(each, "market") is ApprovalState.STALE
    pinned = {each.id for each in after.of(Approval)}
    assert changed(model, after) & pinned == {"approval-of-needs"}


def test_stages_that_become_one_keep_each_of_their_passes() -> None:
    stages = {"understand": "learn", "direct": "learn"}
    both = evolve(
        V2,
        stages=tuple(each for each in V2.stages if each.key != "direct"),
        moves=tuple(
            evolve(each, target="enable") if each.target == "direct" else each
            for each in V2.moves
            if each.source != "direct"
            and not (each.target == "direct" and each.event == "correct")
        ),
        migrations=(),
    ).migrates(1, stages)
    said: dict[str, Any] = {"by": "chair", "at": AT, "why": "x"}
    plan = Artifact(id="own", title="Own", cycle="review", stage="understand")
    pin = PinnedDigest(of="own", digest="0" * 64)
    held = Approval(
        id="yes", artifact="own", party="chair", at=AT, digests=(pin,), pass_number=1
    )
    model = fire(scene().with_(plan, held), "review", "block", **said)
    after = migrate(model, "review", **said, workflows=both)
    passes = {run.id: (run.stage, run.pass_number) for run in after.of(StageRun)}

    assert passes == {"run-understand": ("learn", 1), "run-direct": ("learn", 2)}
    assert after.get(ReviewCycle, "review").pass_number == 2
    # What was approved in the newest pass of its stage is approved in the newest now.
    assert after.get(Approval, "yes").pass_number == 2
    for event in ("suspend", "resume"):
        after = fire(after, "review", event, **said, workflows=both)
    assert after.get(ReviewCycle, "review").status is CycleStatus.BLOCKED


def test_an_unsound_version_takes_no_review_over() -> None:
    moves = tuple(evolve(each, guards=("quorm",)) for each in V2.moves)
    found = can(
        scene(),
        "review",
        Migrate(),
        by="chair",
        at=AT,
        workflows=evolve(V2, moves=moves),
    )

    assert {refusal.issue.code for refusal in found.refusals} == {"MK-WFL-044"}
