"""A move that asks for approvals is made only where enough parties stand by it all."""

import pytest

from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Artifact, ArtifactStatus, ReviewCycle
from missionkit.domain.stepping import Planned
from missionkit.issue import Refusal
from missionkit.review.approvals_needed import against
from missionkit.review.approving import Approve
from missionkit.review.asking import asked
from missionkit.review.setting import setting_of
from tests.review.handing_in import (
    DAY,
    NOON,
    act,
    by_hand,
    other,
    register,
    workflow,
    world,
)


def found(model: Model, wanted: int = 1) -> list[tuple[str, str, str, str]]:
    flow = workflow(wanted)
    given = asked(
        model,
        model.get(ReviewCycle, "now"),
        by="ben",
        at=NOON + DAY,
        why="On we go",
        setting=setting_of(workflows=[flow]),
    )
    assert not isinstance(given, Refusal)
    move = next(move for move in flow.moves if move.event == "go")
    return [
        (str(each.kind), each.issue.code, each.issue.ref, each.issue.message)
        for each in against(given, Planned(move, (), ()))
    ]


def approved(*by: str, wanted: int = 1, **fields: object) -> Model:
    model = world(register("submitted", **fields))
    for who in by:
        model = act(model, Approve(artifact="needs"), who, flow=workflow(wanted))
    return model


def test_a_move_that_asks_for_none_meets_with_nothing() -> None:
    assert found(world(), 0) == []


@pytest.mark.parametrize("more", [(), (register("superseded"),)])
def test_a_stage_that_made_nothing_is_refused(more: tuple[Artifact, ...]) -> None:
    assert found(world(*more)) == [
        (
            "gate",
            "MK-WFL-078",
            "now",
            "Review cycle 'Now' has no artifact of stage 'plan'.",
        )
    ]


@pytest.mark.parametrize(
    ("by", "wanted", "said"),
    [
        ((), 1, "has no approval that counts."),
        ((), 2, "has none of the 2 approvals that count."),
        (("ben",), 2, "has 1 of the 2 approvals that count."),
        (("ben", "cat"), 3, "has 2 of the 3 approvals that count."),
    ],
)
def test_too_few_are_refused(by: tuple[str, ...], wanted: int, said: str) -> None:
    assert found(approved(*by, wanted=wanted), wanted) == [
        ("gate", "MK-WFL-078", "needs", f"Artifact 'Needs' {said}")
    ]


def test_enough_are_enough() -> None:
    assert found(approved("ben")) == []
    assert found(approved("ben", "cat", "eve", wanted=3), 3) == []


def test_what_is_stale_counts_for_nothing() -> None:
    model = approved("ben")
    model = model.with_(other(model["warm"], statement="Warmer"))

    ((*_, said),) = found(model)
    assert said.endswith("counts: one thing changed since it was approved.")


def test_what_cannot_be_compared_says_so() -> None:
    erased = Opaque(kind="need", id="warm", erased=True)
    model = approved("ben")

    ((*_, said),) = found(Model(erased if e.id == "warm" else e for e in model))
    assert said.endswith(
        "counts: not all of it can be compared with what was approved."
    )


def test_an_approval_without_a_role_is_told_of() -> None:
    model = world(register("approved"))
    pins = ("needs", "dry", "warm")

    ((*_, said),) = found(model.with_(by_hand(model, *pins, party="dan")))
    assert said.endswith("counts: not all who approved it had a role that may.")


def test_what_was_set_back_counts_for_nothing() -> None:
    model = approved("ben")
    set_back = other(model.get(Artifact, "needs"), status=ArtifactStatus.DRAFT)

    assert len(found(model.with_(set_back))) == 1


@pytest.mark.parametrize("party", ["ann", "dan"])
def test_an_approval_of_ones_own_or_without_role_counts_for_nothing(party: str) -> None:
    model = world(register("approved"))
    model = model.with_(by_hand(model, "needs", party=party))

    assert len(found(model)) == 1
    ben = by_hand(model, "needs", ref="bens")
    assert found(model.with_(ben)) == []


def test_one_party_counts_once() -> None:
    model = world(register("approved"))
    model = model.with_(by_hand(model, "needs"), by_hand(model, "needs", ref="again"))

    assert len(found(model, 2)) == 1
