"""What a stage made is handed in by those responsible, and only when that fits."""

from typing import Any

import pytest

from missionkit.domain.model import Model
from missionkit.domain.review import (
    Artifact,
    ArtifactStatus,
    CycleStatus,
    ReviewCycle,
)
from missionkit.errors import RefusedError
from missionkit.review.approving import Approve
from missionkit.review.submitting import Submit, submit
from tests.review.handing_in import (
    DAY,
    EVENT,
    NOON,
    ROLE,
    STAGE,
    act,
    new,
    other,
    refused,
    register,
    verdict,
    workflow,
    world,
)

NEW = new(Artifact, id="needs", title="Needs", view="needs-register")


def made(model: Model) -> Artifact:
    return model.get(Artifact, "needs")


def test_a_new_artifact_is_of_this_review_its_stage_and_who_hands_it_in() -> None:
    found = made(act(world(), Submit(artifact=NEW), "ann"))

    assert found == other(
        NEW,
        cycle="now",
        stage="plan",
        submitter="ann",
        status=ArtifactStatus.SUBMITTED,
    )


def test_a_draft_is_handed_in_by_its_id() -> None:
    draft = register("draft", submitter=None, cycle=None, stage=None, author="dan")
    found = made(act(world(draft), Submit(artifact="needs"), "ann"))

    assert (found.status, found.submitter, found.author) == ("submitted", "ann", "dan")
    assert (found.cycle, found.stage) == ("now", "plan")


def test_the_function_does_what_the_act_does() -> None:
    told: dict[str, Any] = {"at": NOON, "why": "Done", "workflows": [workflow()]}

    assert submit(world(), "now", NEW, by="ann", **told) == act(
        world(), Submit(artifact=NEW), "ann"
    )
    with pytest.raises(RefusedError, match="MK-ACC-001"):
        submit(world(), "now", NEW, by="cat", **told)


OTHER = new(ReviewCycle, id="other", name="Other", workflow="mine")


@pytest.mark.parametrize(
    ("model", "what", "by", "found"),
    [
        (world(), NEW, "cat", (ROLE, "MK-ACC-001")),
        (world(status=CycleStatus.SUSPENDED), NEW, "ann", (STAGE, "MK-WFL-080")),
        (world(status=CycleStatus.CANCELED), NEW, "ann", (STAGE, "MK-WFL-080")),
        (world(), "nedes", "ann", (EVENT, "MK-WFL-081")),
        (world(), "warm", "ann", (EVENT, "MK-WFL-081")),
        (world(), 5, "ann", (EVENT, "MK-WFL-081")),
        (world(), [], "ann", (EVENT, "MK-WFL-081")),
        (world(OTHER), other(NEW, cycle="other"), "ann", (EVENT, "MK-WFL-082")),
        (world(OTHER, register(cycle="other")), NEW, "ann", (EVENT, "MK-WFL-082")),
        (world(), other(NEW, stage="work"), "ann", (STAGE, "MK-WFL-071")),
        (world(register(stage="work")), NEW, "ann", (STAGE, "MK-WFL-071")),
        (world(register("superseded")), NEW, "ann", (EVENT, "MK-WFL-072")),
        (world(), register("superseded"), "ann", (EVENT, "MK-WFL-072")),
        (world(register()), "needs", "ann", (EVENT, "MK-WFL-073")),
        (world(), other(NEW, view="need-register"), "ann", (EVENT, "MK-WFL-079")),
    ],
)
def test_each_reason_alone_refuses(
    model: Model, what: Artifact | str, by: str, found: tuple[str, str]
) -> None:
    assert refused(model, Submit(artifact=what), by) == [found]


def test_who_is_no_party_hands_in_nothing_in_a_review_that_is_open_to_all() -> None:
    flow = other(
        workflow(),
        permissions=(),
        moves=tuple(other(move, roles=()) for move in workflow().moves),
        stages=tuple(other(stage, responsible=()) for stage in workflow().stages),
    )

    assert verdict(world(), Submit(artifact=NEW), "dan", flow=flow)
    assert refused(world(), Submit(artifact=NEW), "zoe", flow=flow) == [
        (ROLE, "MK-ACC-002")
    ]


def test_all_reasons_are_named_at_once() -> None:
    model = world(register("superseded", stage="work"), status=CycleStatus.DRAFT)

    assert refused(model, Submit(artifact=NEW), "zoe") == [
        (ROLE, "MK-ACC-002"),
        (STAGE, "MK-WFL-080"),
        (ROLE, "MK-ACC-001"),
        (STAGE, "MK-WFL-071"),
        (EVENT, "MK-WFL-072"),
    ]


def test_the_nearest_names_are_offered() -> None:
    absent = verdict(world(register()), Submit(artifact="need"), "ann")
    view = verdict(world(), Submit(artifact=other(NEW, view="need-register")), "ann")

    assert "did you mean 'needs'?" in str(absent)
    assert "did you mean 'needs-register'" in str(view)


@pytest.mark.parametrize(
    "shown", [{"text": "Read"}, {"locator": "file"}, {"covers": ("warm",)}]
)
def test_a_view_of_ones_own_is_fine_where_something_else_is_shown(
    shown: dict[str, Any],
) -> None:
    assert verdict(world(), Submit(artifact=other(NEW, view="own", **shown)), "ann")


def test_somebody_else_may_hand_in_the_same_and_anybody_a_changed_one() -> None:
    model = world(register(submitter="cat"))

    assert made(act(model, Submit(artifact="needs"), "ann")).submitter == "ann"
    changed = register(submitter="ann", text="More")
    assert made(act(world(register()), Submit(artifact=changed), "ann")).text == "More"


def test_what_is_approved_is_handed_in_anew_only_where_something_changed() -> None:
    approved = act(world(register()), Approve(artifact="needs"))
    later = {"at": NOON + DAY}

    assert refused(approved, Submit(artifact="needs"), "ann") == [(EVENT, "MK-WFL-073")]
    warmer = other(approved["warm"], statement="Warmer")
    again = act(approved.with_(warmer), Submit(artifact="needs"), "ann", **later)
    assert made(again).status is ArtifactStatus.SUBMITTED
    changed = other(made(approved), text="More")
    again = act(approved, Submit(artifact=changed), "ann", **later)
    assert made(again).status is ArtifactStatus.SUBMITTED
    assert again["approval-of-needs"] == approved["approval-of-needs"]


def test_what_says_it_is_approved_without_approval_can_be_handed_in() -> None:
    assert verdict(world(register("approved")), Submit(artifact="needs"), "ann")


def test_an_id_that_something_else_has_is_refused_in_words() -> None:
    taken = verdict(world(), Submit(artifact=other(NEW, id="warm")), "ann")

    assert not taken
    assert "warm" in str(taken)
