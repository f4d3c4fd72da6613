from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.domain.defining import WorkflowDraft, define_workflow
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import (
    Gate,
    Migration,
    Move,
    Permission,
    Renamed,
    ReviewAct,
    Stage,
    StageOutput,
    WorkflowRole,
)
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError

BOTH: Final = ("clerk", "trustee")


def charity() -> WorkflowDraft:
    return (
        define_workflow("charity-review", version=2, start="draft")
        .stage(
            "draft",
            "Write it down",
            exit=["MK-GAT-003"],
            responsible="clerk",
            outputs=["Letter"],
        )
        .move("submit", "draft", "board", roles=["clerk"])
        .move("accept", "board", "published", roles={"trustee"}, approvals=2)
        .end("published")
        .role("trustee", parties=5)
        .allow(["approve", "reaffirm"], "trustee")
        .migrates(1, {"begin": "draft"})
    )


def faults(draft: WorkflowDraft) -> list[tuple[str, str]]:
    with pytest.raises(InvalidValueError) as caught:
        _ = draft.workflow
    return [(issue.code, issue.path) for issue in caught.value.issues]


def test_what_is_typed_is_what_one_would_write_out() -> None:
    assert charity().workflow == Workflow(
        name="charity-review",
        version=2,
        stages=(
            Stage(
                key="draft",
                label="Write it down",
                exit=Gate(rules=("MK-GAT-003",)),
                responsible=("clerk",),
                outputs=(StageOutput(name="Letter"),),
            ),
            Stage(key="board", label="Board"),
        ),
        ends=("published",),
        moves=(
            Move(event="submit", source="draft", target="board", roles=("clerk",)),
            Move(
                event="accept",
                source="board",
                target="published",
                guards=("carry_over_kept",),
                roles=("trustee",),
                approvals=2,
            ),
            *lifecycle(
                "draft",
                open=BOTH,
                run=BOTH,
                cancel=BOTH,
                cancel_guards=("actions_rehomed",),
            ),
        ),
        roles=(WorkflowRole(name="trustee", parties=5),),
        permissions=(
            Permission(act=ReviewAct.APPROVE, roles=("trustee",)),
            Permission(act=ReviewAct.REAFFIRM, roles=("trustee",)),
        ),
        migrations=(
            Migration(version=1, stages=(Renamed(before="begin", now="draft"),)),
        ),
    )


def test_a_draft_can_be_built_twice_and_goes_on_growing() -> None:
    draft = charity()
    once = draft.workflow

    assert draft.workflow == once
    assert draft.role("auditor").workflow.roles[-1].name == "auditor"


def test_the_smallest_review_takes_one_move() -> None:
    flow = define_workflow("small", start="look").move("end", "look", "closed").workflow

    assert [stage.label for stage in flow.stages] == ["Look"]
    assert flow.ends == ("closed",)
    assert flow.open_to_all


def test_labels_come_of_keys_and_stages_stand_in_the_order_of_their_naming() -> None:
    flow = (
        define_workflow("w", start="first_look")
        .move("on", "first_look", "second-look")
        .stage("third", "Third")
        .stage("second-look", max_days=3, overdue="on")
        .move("on", "second-look", "third")
        .move("on", "third", "closed")
        .workflow
    )

    assert [(stage.key, stage.label) for stage in flow.stages] == [
        ("first_look", "First look"),
        ("second-look", "Second look"),
        ("third", "Third"),
    ]
    assert flow.stages[1].max_days == 3


def test_nothing_open_is_lost_unless_one_says_so() -> None:
    def guards(draft: WorkflowDraft) -> dict[str, tuple[str, ...]]:
        return {move.event: move.guards for move in draft.workflow.moves if move.guards}

    def with_ends(*, guarded: bool = True) -> WorkflowDraft:
        return (
            define_workflow("w", start="a", guarded=guarded)
            .move("end", "a", "closed", guards="quorum")
            .move("stop", "a", "stopped", then="canceled")
            .move("keep", "a", "closed", guards=["carry_over_kept", "quorum"])
            .end("closed", "stopped")
        )

    assert guards(with_ends()) == {
        "end": ("carry_over_kept", "quorum"),
        "stop": ("actions_rehomed",),
        "keep": ("carry_over_kept", "quorum"),
        "cancel": ("actions_rehomed",),
    }
    assert guards(with_ends(guarded=False)) == {
        "end": ("quorum",),
        "keep": ("carry_over_kept", "quorum"),
    }


def test_the_usual_moves_can_be_given_to_others_or_be_ones_own() -> None:
    flow = (
        define_workflow("w", start="a")
        .move("open", target="a", when="draft", roles="chair")
        .move("end", "a", "closed", roles="chair")
        .lifecycle(open="nobody", run=["clerk"], cancel="board")
        .workflow
    )
    roles = {move.event: move.roles for move in flow.moves}

    assert roles == {
        "open": ("chair",),
        "end": ("chair",),
        "block": ("clerk",),
        "unblock": ("clerk",),
        "suspend": ("clerk",),
        "resume": ("clerk",),
        "cancel": ("board",),
    }


@pytest.mark.parametrize(
    "names", [["b", "a"], ("b", "a"), iter(["b", "a"]), {"b": 1, "a": 2}]
)
def test_a_list_may_be_anything_that_yields_texts(names: Any) -> None:  # noqa: ANN401 - anything
    flow = (
        define_workflow("w", start="s").move("end", "s", "closed", roles=names).workflow
    )
    assert flow.moves[0].roles == ("b", "a")


def test_a_set_is_put_in_order_and_a_gate_is_taken_as_it_is() -> None:
    flow = (
        define_workflow("w", start="s")
        .stage(
            "s", entry=Gate(rules=("MK-GAT-001",)), exit={"MK-GAT-003", "MK-GAT-002"}
        )
        .move("end", "s", "closed", when=[CycleStatus.ACTIVE, "blocked"])
        .workflow
    )
    assert flow.stages[0].entry.rules == ("MK-GAT-001",)
    assert flow.stages[0].exit.rules == ("MK-GAT-002", "MK-GAT-003")
    assert flow.moves[0].when == (CycleStatus.ACTIVE, CycleStatus.BLOCKED)


def test_an_act_that_is_allowed_twice_is_allowed_to_both() -> None:
    flow = (
        charity()
        .allow("approve", "chair", "trustee")
        .allow(ReviewAct.DECIDE, "chair")
        .workflow
    )
    assert flow.may(ReviewAct.APPROVE) == ("trustee", "chair")
    assert flow.may(ReviewAct.DECIDE) == ("chair",)


def test_a_slip_in_a_name_is_told_with_the_name_that_is_meant() -> None:
    draft = (
        define_workflow("w", start="draft")
        .move("submit", "draft", "bord")
        .move("accept", "board", "published")
        .end("published")
    )
    with pytest.raises(InvalidValueError) as caught:
        _ = draft.workflow
    fixes = {issue.path: issue.fix for issue in caught.value.issues}

    assert fixes["stages[1]"] == "did you mean 'board'?"
    assert fixes["stages[2]"] == "did you mean 'bord'?"


Bad = Callable[[], WorkflowDraft]
WRONG: Final[dict[str, tuple[Bad, list[tuple[str, str]]]]] = {
    "name": (
        lambda: define_workflow(" ", start="a").move("end", "a", "closed"),
        [("MK-DOM-002", "name")],
    ),
    "roles": (
        lambda: define_workflow("w", start="a").move("e", "a", "closed", roles=5),  # type: ignore[arg-type]
        [("MK-DOM-001", "moves[0].roles")],
    ),
    "status": (
        lambda: define_workflow("w", start="a").move("e", "a", "closed", when="activ"),
        [("MK-DOM-007", "moves[0].when[0]")],
    ),
    "act": (
        lambda: charity().allow("aprove", "trustee"),
        [("MK-DOM-007", "permissions[2].act")],
    ),
    "outputs": (
        lambda: charity().stage("board", outputs=["", 5], entry="q"),  # type: ignore[list-item]
        [
            ("MK-DOM-002", "stages[1].entry.rules[0]"),
            ("MK-DOM-002", "stages[1].outputs[0].name"),
            ("MK-DOM-001", "stages[1].outputs[1]"),
        ],
    ),
    "no outputs": (
        lambda: charity().stage("board", outputs=5),  # type: ignore[arg-type]
        [("MK-DOM-001", "stages[1].outputs")],
    ),
    "migration": (
        lambda: charity().migrates(1, {"": "draft"}).migrates(0, 5),  # type: ignore[arg-type]
        [
            ("MK-DOM-002", "migrations[1].stages[0].before"),
            ("MK-DOM-002", "migrations[2].version"),
            ("MK-DOM-001", "migrations[2].stages"),
        ],
    ),
    "start": (
        lambda: define_workflow("w", start=5).move("e", "a", "closed"),  # type: ignore[arg-type]
        [("MK-DOM-001", "moves[1].target")],
    ),
    "key": (
        lambda: charity().stage(5),  # type: ignore[arg-type]
        [("MK-DOM-001", "stages[2].key")],
    ),
    "twice": (
        lambda: charity().stage("draft"),
        [("MK-WFL-001", "stages[2].key")],
    ),
    "shape beside a wrong name": (
        lambda: define_workflow("", start="a").role("", parties=0).migrates(1, {}),
        [
            ("MK-DOM-002", "roles[0].name"),
            ("MK-DOM-002", "roles[0].parties"),
            ("MK-DOM-002", "name"),
            ("MK-WFL-011", "migrations[0].version"),
        ],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_all_that_is_wrong_is_told_at_once_with_its_place(name: str) -> None:
    make, told = WRONG[name]

    assert faults(make()) == told


def test_a_message_names_the_whole_path() -> None:
    with pytest.raises(InvalidValueError, match=r"moves\[0\].roles must be a tuple"):
        _ = WRONG["roles"][0]().workflow


@given(st.data())
def test_whatever_is_given_makes_a_workflow_or_one_error(data: st.DataObject) -> None:
    odd: st.SearchStrategy[Any] = (
        st.sampled_from(["a", "b", "closed", "active", "approve", "MK-GAT-001", ""])
        | st.none()
        | st.integers(-1, 2)
        | st.lists(st.sampled_from(["a", "b", ""]) | st.integers(), max_size=2)
    )

    def any_of() -> Any:  # noqa: ANN401 - anything at all
        return data.draw(odd)

    draft = define_workflow(any_of(), start=any_of(), version=any_of())
    draft.stage(any_of(), entry=any_of(), outputs=any_of(), max_days=any_of())
    for _ in range(2):
        draft.move(any_of(), any_of(), any_of(), roles=any_of(), when=any_of())
    draft.role(any_of(), parties=any_of()).allow(any_of(), any_of())
    draft.lifecycle(open=any_of(), run=any_of(), cancel=any_of())
    draft.end(any_of()).migrates(any_of(), any_of())
    try:
        flow = draft.workflow
    except InvalidValueError as error:
        flow = None
        told = error.issues
    assert isinstance(flow, Workflow) or told


def test_it_is_at_the_root() -> None:
    assert mk.define_workflow is define_workflow
