"""Who may stand by what, when, and what is kept of it."""

from typing import Any

import pytest

from missionkit.domain.declaration import Element
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
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
from missionkit.domain.role import RoleAssignment
from missionkit.domain.values import Period
from missionkit.errors import RefusedError
from missionkit.review.act import Act
from missionkit.review.approving import Approve, Reaffirm, approve, reaffirm
from missionkit.review.engine import fire
from missionkit.review.submitting import Submit
from missionkit.trace.approvals import ApprovalState, approval_standing
from tests.review.handing_in import (
    DAY,
    EVENT,
    NOON,
    ROLE,
    STAGE,
    act,
    by_hand,
    new,
    other,
    refused,
    register,
    verdict,
    workflow,
    world,
)

APPROVE, REAFFIRM = Approve(artifact="needs"), Reaffirm(artifact="needs")
LATER: dict[str, Any] = {"at": NOON + DAY}


def state(model: Model) -> str:
    needs = model.get(Artifact, "needs")
    return str(approval_standing(model, needs, by_others=True).state)


def warmer(model: Model, text: str = "Warmer") -> Model:
    return model.with_(other(model["warm"], statement=text))


def approved(*more: Element, **fields: object) -> Model:
    return act(world(register("submitted", **fields), *more), APPROVE)


def test_an_approval_pins_what_is_shown_and_says_how_it_was_given() -> None:
    model = approved()
    found = model.get(Approval, "approval-of-needs")

    assert found == new(
        Approval,
        id="approval-of-needs",
        artifact="needs",
        party="ben",
        at=NOON,
        digests=tuple(
            PinnedDigest(of=AnyId(ref), digest=model.digest(ref) or "")
            for ref in ("needs", "dry", "warm")
        ),
        view_version=1,
        pass_number=1,
        why="As agreed",
    )
    assert model.get(Artifact, "needs").status is ArtifactStatus.APPROVED
    assert state(model) == "approved"


def test_the_functions_do_what_the_acts_do() -> None:
    told: dict[str, Any] = {"at": NOON, "why": "As agreed", "workflows": [workflow()]}
    model = world(register())
    stale = warmer(approved())

    assert approve(model, "now", "needs", by="ben", **told) == approved()
    needs = model.get(Artifact, "needs")
    assert approve(model, "now", needs, by="ben", **told) == approved()
    assert reaffirm(stale, "now", needs, by="ben", **told) == act(stale, REAFFIRM)
    with pytest.raises(RefusedError, match="MK-WFL-075"):
        reaffirm(approved(), "now", "needs", by="cat", **told)


OTHER = new(ReviewCycle, id="other", name="Other", workflow="mine")
GONE = Opaque(kind="need", id="gone", erased=True)


def undone() -> Model:
    """Return a review that was set back to its first stage."""
    model = world(register(stage="work"), stage="work")
    told: dict[str, Any] = {"at": NOON, "why": "Amiss", "workflows": [workflow()]}
    return fire(model, "now", "back", by="ben", **told)


ALWAYS: list[tuple[Model, str, tuple[str, str]]] = [
    (world(register()), "dan", (ROLE, "MK-ACC-001")),
    (world(register(), status=CycleStatus.SUSPENDED), "ben", (STAGE, "MK-WFL-080")),
    (world(), "ben", (EVENT, "MK-WFL-081")),
    (world(OTHER, register(cycle="other")), "ben", (EVENT, "MK-WFL-082")),
    (world(register(cycle=None)), "ben", (EVENT, "MK-WFL-082")),
    (world(register(stage="work")), "ben", (STAGE, "MK-WFL-070")),
    (world(register(stage=None)), "ben", (STAGE, "MK-WFL-070")),
    (undone(), "ben", (STAGE, "MK-WFL-070")),
    (world(register(submitter="ben")), "ben", (ROLE, "MK-ACC-010")),
    (world(register(author="ben")), "ben", (ROLE, "MK-ACC-010")),
    (world(register(), GONE), "ben", (EVENT, "MK-WFL-077")),
]


@pytest.mark.parametrize(("model", "by", "found"), ALWAYS)
def test_each_reason_alone_refuses_an_approval(
    model: Model, by: str, found: tuple[str, str]
) -> None:
    assert refused(model, APPROVE, by) == [found]


@pytest.mark.parametrize(("model", "by", "found"), ALWAYS)
def test_each_reason_alone_refuses_to_reaffirm(
    model: Model, by: str, found: tuple[str, str]
) -> None:
    if "needs" in model:
        needs = model.get(Artifact, "needs")
        model = model.with_(other(needs, status=ArtifactStatus.APPROVED))
        wrong = (PinnedDigest(of="needs", digest="0" * 64),)
        stale = other(by_hand(model, "needs", party="eve"), digests=wrong)
        model = model.with_(stale)
    assert refused(model, REAFFIRM, by) == [found]


STALE = warmer(approved())


@pytest.mark.parametrize(
    ("model", "what", "by", "found"),
    [
        (world(register("draft")), APPROVE, "ben", [(EVENT, "MK-WFL-072")]),
        (world(register("superseded")), APPROVE, "ben", [(EVENT, "MK-WFL-072")]),
        (STALE, APPROVE, "ben", [(EVENT, "MK-WFL-074")]),
        (STALE, APPROVE, "cat", [(EVENT, "MK-WFL-074")]),
        (approved(), APPROVE, "cat", [(EVENT, "MK-WFL-075")]),
        (
            approved(),
            APPROVE,
            "ben",
            [(ROLE, "MK-ACC-011"), (EVENT, "MK-WFL-075")],
        ),
        (world(register("draft")), REAFFIRM, "ben", [(EVENT, "MK-WFL-072")]),
        (world(register("submitted")), REAFFIRM, "ben", [(EVENT, "MK-WFL-072")]),
        (approved(), REAFFIRM, "cat", [(EVENT, "MK-WFL-075")]),
        (
            approved(),
            REAFFIRM,
            "ben",
            [(ROLE, "MK-ACC-011"), (EVENT, "MK-WFL-075")],
        ),
        (world(register("approved")), REAFFIRM, "ben", [(EVENT, "MK-WFL-076")]),
    ],
)
def test_status_and_standing_must_fit(
    model: Model, what: Act, by: str, found: list[tuple[str, str]]
) -> None:
    assert refused(model, what, by) == found


def test_what_cannot_be_compared_is_in_doubt_and_not_stale() -> None:
    gone = Opaque(kind="need", id="warm", erased=True)
    model = Model(gone if each.id == "warm" else each for each in approved())

    said = str(verdict(model, APPROVE))
    assert "Artifact 'Needs' is in doubt: not all of it can be compared" in said
    assert "stale" not in said
    assert "it was erased: remove it from the model, or name in `covers`" in said


def test_an_approval_dated_in_the_future_is_named_where_it_stands_in_the_way() -> None:
    model = approved()
    late = other(model.get(Approval, "approval-of-needs"), at=NOON + 999 * DAY)

    said = str(verdict(model.with_(late), APPROVE, by="cat"))
    assert "or correct that of approval 'approval-of-needs'" in said


def test_who_approved_already_is_told_when() -> None:
    found = verdict(approved(), APPROVE, at=NOON + DAY)

    assert "Party 'Ben' approved 'Needs' on 2026-03-02 already" in str(found)


def test_nobody_approves_before_the_last_approval() -> None:
    assert (EVENT, "MK-WFL-095") in refused(STALE, REAFFIRM, at=NOON - DAY)


def test_what_is_stale_is_reaffirmed_by_one_act_and_both_stay_readable() -> None:
    model = act(STALE, REAFFIRM, "cat", **LATER)

    assert state(STALE) == "stale"
    assert state(model) == "approved"
    assert model["approval-of-needs"] == STALE["approval-of-needs"]
    assert model.get(Approval, "approval-of-needs-2").party == "cat"
    assert model.get(Artifact, "needs").status is ArtifactStatus.APPROVED


def test_one_instant_is_enough_for_many_acts() -> None:
    model = approved()
    for number in range(12):
        model = warmer(model, f"Warm {number}")
        assert state(model) == "stale"
        model = act(model, REAFFIRM)
        assert state(model) == "approved"


def test_what_went_back_to_what_was_approved_once_can_be_reaffirmed() -> None:
    model = act(STALE, REAFFIRM, "cat")
    model = warmer(model, "Warm")

    assert state(model) == "stale"
    assert state(act(model, REAFFIRM, "ben")) == "approved"


def test_old_approvals_that_do_not_pin_all_can_be_reaffirmed() -> None:
    model = world(register("approved", view=None, covers=("warm",)))
    model = model.with_(by_hand(model, "needs"))

    assert state(model) == "unknown"
    assert "compared" in str(verdict(model, APPROVE, "cat"))
    assert state(act(model, REAFFIRM, "ben", **LATER)) == "approved"


@pytest.mark.parametrize("wanted", [2, 3])
def test_several_approvals_are_those_of_several_parties(wanted: int) -> None:
    flow = workflow(wanted)
    model = world(register())
    for count, who in enumerate(("ben", "cat", "eve")[:wanted], 1):
        model = act(model, APPROVE, who, flow=flow)
        status = model.get(Artifact, "needs").status
        assert (status is ArtifactStatus.APPROVED) == (count == wanted)
        assert (ROLE, "MK-ACC-011") in refused(model, APPROVE, who, flow=flow)


def test_with_two_wanted_one_reaffirms_and_the_other_follows() -> None:
    flow = workflow(2)
    model = world(register())
    for who in ("ben", "cat"):
        model = act(model, APPROVE, who, flow=flow)
    model = act(warmer(model), REAFFIRM, "ben", flow=flow)

    assert refused(model, REAFFIRM, "eve", flow=flow) == [(EVENT, "MK-WFL-076")]
    assert act(model, REAFFIRM, "cat", flow=flow)
    assert act(model, APPROVE, "cat", flow=flow)
    assert act(model, APPROVE, "eve", flow=flow)


def test_who_approved_what_is_handed_in_anew_may_stand_by_it_once_more() -> None:
    model = act(warmer(approved()), Submit(artifact="needs"), "ann")
    again = warmer(model, "Warm")

    assert state(act(model, APPROVE, "ben")) == "approved"
    assert act(again, APPROVE, "ben").get(Artifact, "needs").status == "approved"


def test_an_approval_counts_by_the_role_of_its_day() -> None:
    flow = workflow(2)
    model = act(world(register()), APPROVE, "cat", flow=flow)
    left = other(model.get(Party, "cat"), active=False)
    never = other(
        model.get(RoleAssignment, "cat-is"), period=Period((NOON + DAY).date())
    )

    both = act(model.with_(left), APPROVE, "ben", flow=flow)
    assert both.get(Artifact, "needs").status == "approved"
    one = act(model.with_(never), APPROVE, "ben", flow=flow)
    assert one.get(Artifact, "needs").status == "submitted"


def test_where_all_may_act_every_party_counts() -> None:
    flow = other(
        workflow(2),
        permissions=(),
        moves=tuple(other(move, roles=()) for move in workflow(2).moves),
        stages=tuple(other(stage, responsible=()) for stage in workflow().stages),
    )
    model = act(world(register()), APPROVE, "dan", flow=flow)
    model = act(model, APPROVE, "ben", flow=flow)

    assert model.get(Artifact, "needs").status == "approved"


def test_an_earlier_stage_can_be_reaffirmed_later() -> None:
    model = world(register(), stage="work")
    model = act(model, APPROVE)

    assert state(act(warmer(model), REAFFIRM)) == "approved"


def test_what_an_undone_pass_approved_is_stale_until_reaffirmed_in_the_next() -> None:
    told: dict[str, Any] = {"at": NOON, "why": "Amiss", "workflows": [workflow()]}
    model = fire(approved(), "now", "again", by="ben", **told)
    runs = {run.pass_number: run.status for run in model.of(StageRun)}

    assert runs == {1: RunStatus.SUPERSEDED, 2: RunStatus.IN_PROGRESS}
    assert "undone" in str(verdict(model, APPROVE))
    mended = act(model, REAFFIRM, **LATER)
    assert mended.get(Approval, "approval-of-needs-2").pass_number == 2
    assert state(mended) == ApprovalState.APPROVED


def test_without_a_view_there_is_no_version() -> None:
    model = approved(view=None, text="All is in here")

    assert model.get(Approval, "approval-of-needs").view_version is None
    assert state(model) == "approved"


def test_of_a_review_without_passes_the_number_of_its_own_is_kept() -> None:
    model = world(register(), pass_number=3).without("plan-1")

    assert act(model, APPROVE).get(Approval, "approval-of-needs").pass_number == 3


def test_an_artifact_names_what_is_held_and_is_not_put_in_its_place() -> None:
    draft = register("draft", text="Other words")
    model = act(world(register()), Approve(artifact=draft))

    assert model == approved()
    assert refused(world(), Reaffirm(artifact=draft)) == [(EVENT, "MK-WFL-081")]


@pytest.mark.parametrize("given", [5, None, [], "Needs!"])
def test_what_is_no_artifact_is_refused_in_words(given: str) -> None:
    assert refused(world(), Approve(artifact=given)) == [(EVENT, "MK-WFL-081")]


def test_acts_are_called_as_workflows_call_them() -> None:
    acts = (Submit(artifact="needs"), APPROVE, REAFFIRM)

    assert [each.name for each in acts] == ["submit", "approve", "reaffirm"]
