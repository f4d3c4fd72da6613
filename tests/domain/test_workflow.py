"""A workflow as a value: found, asked, migrated, kept; and broken at random."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missionkit as mk
from missionkit.domain.review import CycleStatus as S
from missionkit.domain.stages import Renamed
from missionkit.testing.workflows import sound_workflows

A, B = mk.Stage(key="a", label="A"), mk.Stage(key="b", label="B")
GO = mk.Move(event="go", source="a", target="b", approvals=2)
DONE = mk.Move(event="done", source="b", target="closed")
SOUND = mk.Workflow(
    name="w", stages=(A, B), moves=(*mk.lifecycle("a"), GO, DONE), version=2
)
ROLES = ("sponsor", "reviewer", "owner")
DRAWN = sound_workflows(
    guards=("quorum", "evidence"),
    rules=("MK-GAT-001", "MK-GAT-002"),
    roles=ROLES,
    views=("needs-register", "decision-log"),
    timed=True,
)
STATUSES = st.sampled_from(list(S))


def test_a_stage_is_found_by_its_key() -> None:
    assert SOUND.stage("b") is B
    assert SOUND.stage("c") is None
    assert SOUND.stage(None) is None


@pytest.mark.parametrize("code", ["G10", "MK-GAT-10", "mk-gat-010"])
def test_a_gate_names_codes_of_rules(code: str) -> None:
    with pytest.raises(mk.InvalidValueError, match="a code such as"):
        mk.Gate(rules=(code,))


@pytest.mark.parametrize(
    "change",
    [
        {"roles": (mk.WorkflowRole(name="board"),)},
        {"stages": (attrs.evolve(A, responsible=("owner",)), B)},
        {"stages": (attrs.evolve(A, accountable=("owner",)), B)},
        {"moves": (*mk.lifecycle("a", cancel=("sponsor",)), GO, DONE)},
        {"permissions": (mk.Permission(act=mk.ReviewAct.WAIVE, roles=("sponsor",)),)},
    ],
    ids=["declared", "responsible", "accountable", "move", "permission"],
)
def test_a_workflow_that_names_a_role_is_not_open_to_all(
    change: dict[str, object],
) -> None:
    assert SOUND.open_to_all
    assert not attrs.evolve(SOUND, **change).open_to_all  # type: ignore[arg-type]


def test_who_may_act_is_said_by_the_permissions_and_else_nobody() -> None:
    stages = (attrs.evolve(A, responsible=("planner",)), B)
    waive = mk.Permission(act=mk.ReviewAct.WAIVE, roles=("sponsor",))
    submit = mk.Permission(act=mk.ReviewAct.SUBMIT, roles=("owner",))
    workflow = attrs.evolve(SOUND, stages=stages, permissions=(waive,))
    other = attrs.evolve(workflow, permissions=(waive, submit))

    assert workflow.may(mk.ReviewAct.WAIVE) == ("sponsor",)
    assert workflow.may(mk.ReviewAct.DECIDE) == ()
    assert workflow.may(mk.ReviewAct.SUBMIT, "a") == ("planner",)
    assert workflow.may(mk.ReviewAct.SUBMIT, "b") == ()
    assert workflow.may(mk.ReviewAct.SUBMIT) == ()
    assert workflow.may(mk.ReviewAct.APPROVE, "a") == ()
    assert other.may(mk.ReviewAct.SUBMIT, "a") == ("owner",)


def test_reviews_of_an_earlier_version_go_on() -> None:
    found = SOUND.migrates(1, {"old": "a"})

    assert SOUND.migrations == ()
    (migration,) = found.migrations
    assert migration == mk.Migration(
        version=1, stages=(Renamed(before="old", now="a"),)
    )
    with pytest.raises(mk.InvalidValueError, match=r"'old' is to become 'c'"):
        SOUND.migrates(1, {"old": "c"})
    with pytest.raises(mk.InvalidValueError, match="go on in two ways"):
        found.migrates(1, {})


KEPT: dict[str, Callable[[mk.Workflow], mk.Workflow]] = {
    "pickled": lambda workflow: pickle.loads(pickle.dumps(workflow)),  # noqa: S301 - ours
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
    "evolved": lambda workflow: attrs.evolve(workflow, label=workflow.label),
}


@pytest.mark.parametrize("asked_before", [True, False])
@pytest.mark.parametrize("way", KEPT)
def test_a_table_that_was_made_is_no_part_of_the_value(
    *, way: str, asked_before: bool
) -> None:
    workflow = attrs.evolve(SOUND)
    table = workflow.table if asked_before else None
    kept = KEPT[way](workflow)

    assert kept == workflow
    assert hash(kept) == hash(workflow)
    assert kept.table == workflow.table
    assert kept.table is kept.table
    assert table in (None, workflow.table)
    assert repr(kept) == repr(workflow)


def test_a_changed_workflow_has_a_table_of_its_own() -> None:
    assert "stop" not in SOUND.table.events
    stop = mk.Move(event="stop", source="a", target="closed")
    changed = attrs.evolve(SOUND, moves=(*SOUND.moves, stop))

    assert "stop" in changed.table.events
    assert "stop" not in SOUND.table.events


@settings(deadline=None)
@given(DRAWN)
def test_what_is_drawn_is_sound(workflow: mk.Workflow) -> None:
    assert attrs.evolve(workflow) == workflow
    assert not workflow.open_to_all


@settings(deadline=None)
@given(DRAWN, st.data())
def test_the_order_of_moves_changes_nothing(
    workflow: mk.Workflow, data: st.DataObject
) -> None:
    moves = tuple(data.draw(st.permutations(workflow.moves)))
    other = attrs.evolve(workflow, moves=moves)
    keys = [stage.key for stage in workflow.stages]
    place = mk.Position(data.draw(st.sampled_from([None, *keys])), data.draw(STATUSES))
    causes = data.draw(st.frozensets(st.sampled_from(["late", "wrong", "cause-0"])))

    assert set(other.table.events) == set(workflow.table.events)
    for event in workflow.table.events:
        one, two = (w.table.chosen(place, event, causes) for w in (workflow, other))
        assert isinstance(one, mk.Refusal) == isinstance(two, mk.Refusal)
        assert one == two or isinstance(one, mk.Refusal)


def without_opening(workflow: mk.Workflow, _: st.DataObject) -> dict[str, object]:
    return {"moves": tuple(m for m in workflow.moves if m.event != "open")}


def with_a_twin(workflow: mk.Workflow, data: st.DataObject) -> dict[str, object]:
    return {"moves": (*workflow.moves, data.draw(st.sampled_from(workflow.moves)))}


def with_a_trap(workflow: mk.Workflow, data: st.DataObject) -> dict[str, object]:
    source = data.draw(st.sampled_from(workflow.stages)).key
    stray = mk.Move(event="stray", source=source, target="trap")
    # what is done from any stage would lead out of it
    moves = (m for m in workflow.moves if m.source is not None or m.target is None)
    kept = (*moves, *(m for m in workflow.moves if m.when == (S.DRAFT,) and m.target))
    trap = mk.Stage(key="trap", label="Trap")
    return {"moves": (*kept, stray), "stages": (*workflow.stages, trap)}


def with_an_island(workflow: mk.Workflow, _: st.DataObject) -> dict[str, object]:
    leave = mk.Move(event="leave", source="island", target="closed")
    island = mk.Stage(key="island", label="Island")
    return {"moves": (*workflow.moves, leave), "stages": (*workflow.stages, island)}


def with_a_slip(workflow: mk.Workflow, data: st.DataObject) -> dict[str, object]:
    moves = list(workflow.moves)
    led = [at for at, move in enumerate(moves) if move.target is not None]
    at = data.draw(st.sampled_from(led))
    moves[at] = attrs.evolve(moves[at], target="stagr-0")
    return {"moves": tuple(moves)}


def with_an_idle_move(workflow: mk.Workflow, _: st.DataObject) -> dict[str, object]:
    return {"moves": (*workflow.moves, mk.Move(event="wait", then=S.ACTIVE))}


def with_a_dead_move(workflow: mk.Workflow, data: st.DataObject) -> dict[str, object]:
    free = [m for m in workflow.moves if not m.causes]
    dead = attrs.evolve(data.draw(st.sampled_from(free)), priority=9)
    return {"moves": (*workflow.moves, dead)}


def with_an_unused_end(workflow: mk.Workflow, _: st.DataObject) -> dict[str, object]:
    return {"ends": (*workflow.ends, "never")}


Breaking = Callable[[mk.Workflow, st.DataObject], dict[str, object]]
BREAKING: dict[Breaking, str] = {
    without_opening: "MK-WFL-003",
    with_a_twin: "MK-WFL-006",
    with_a_trap: "MK-WFL-005",
    with_an_island: "MK-WFL-004",
    with_a_slip: "MK-WFL-002",
    with_an_idle_move: "MK-WFL-013",
    with_a_dead_move: "MK-WFL-007",
    with_an_unused_end: "MK-WFL-004",
}


@pytest.mark.parametrize("broken", BREAKING, ids=lambda each: each.__name__)
@settings(deadline=None)
@given(workflow=DRAWN, data=st.data())
def test_what_is_broken_at_random_is_found(
    broken: Breaking,
    workflow: mk.Workflow,
    data: st.DataObject,
) -> None:
    change = broken(workflow, data)

    with pytest.raises(mk.InvalidValueError) as caught:
        attrs.evolve(workflow, **change)  # type: ignore[arg-type]

    assert BREAKING[broken] in {issue.code for issue in caught.value.issues}


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        ((None, "complete", mk.Context()), ["position"]),
        ((mk.Position(), ["open"], mk.Context()), ["event"]),
        ((mk.Position(), None, None), ["event", "context"]),
        (
            (
                mk.Position("review", S.ACTIVE),
                "correct",
                mk.Context(causes=["infeasible"]),  # type: ignore[arg-type]
            ),
            ["context.causes"],
        ),
    ],
)
def test_a_step_of_a_wrong_type_is_refused(
    asked: tuple[Any, Any, Any], paths: list[str]
) -> None:
    with pytest.raises(mk.InvalidValueError) as caught:
        mk.FOUR_STAGES.step(*asked)

    assert [issue.path for issue in caught.value.issues] == paths


def test_a_fault_of_what_answers_a_step_is_not_covered_up() -> None:
    def broken(_: str) -> bool:
        raise TypeError("theirs")

    with pytest.raises(TypeError, match="theirs"):
        mk.FOUR_STAGES.step(
            mk.Position("review", S.ACTIVE), "complete", mk.Context(holds=broken)
        )


def test_stages_of_a_migration_that_are_no_mapping_are_refused() -> None:
    for wrong in (None, 5, "a", ["a"]):
        with pytest.raises(mk.InvalidValueError) as caught:
            attrs.evolve(mk.FOUR_STAGES, version=2).migrates(1, wrong)  # type: ignore[arg-type]

        assert caught.value.issues[0].path == "stages"


def test_a_workflow_reads_line_by_line() -> None:
    said = str(mk.FOUR_STAGES).splitlines()
    told = [" ".join(line.split()) for line in said]

    assert said[0] == "four-stages, version 1: " + mk.FOUR_STAGES.label
    assert said[1] == mk.FOUR_STAGES.provenance
    assert [line for line in said if line and not line.startswith(" ")][2:] == [
        "Stages",
        "Ends",
        "Moves",
        "Who may do what else",
    ]
    moves = told[told.index("Moves") + 1 : told.index("Who may do what else") - 1]
    assert len(moves) == len(mk.FOUR_STAGES.moves)
    assert "open draft → understand by sponsor" in moves
    assert "unblock any stage (blocked) → active by facilitator or sponsor" in moves
    assert "resume any stage (suspended) → as before by facilitator or sponsor" in moves
    assert "complete review → closed guarded by carry_over_kept; by sponsor" in moves
    assert (
        "correct enable → enable for process_incapable; past the gates;"
        " by facilitator or sponsor"
    ) in moves
    assert "dispose agenda item facilitator or sponsor" in told


def test_a_workflow_of_few_words_reads_so_too() -> None:
    board = mk.WorkflowRole(name="board", parties=3)
    secret = mk.Permission(act=mk.ReviewAct.WAIVE)
    gated = attrs.evolve(A, exit=mk.Gate(rules=("MK-GAT-001",)))
    said = attrs.evolve(
        SOUND,
        stages=(gated, B),
        roles=(board, mk.WorkflowRole(name="clerk")),
        permissions=(secret,),
    )

    lines = [" ".join(line.split()) for line in str(said).splitlines()]
    assert lines[:5] == ["w, version 2", "", "Stages", "a A 1 rule to leave", "b B"]
    assert "go a → b 2 approvals of each" in lines
    assert "go a → b 1 approval of each" in " ".join(
        str(
            attrs.evolve(
                SOUND,
                moves=(*mk.lifecycle("a"), attrs.evolve(GO, approvals=1), DONE),
            )
        ).split()
    )
    assert lines[lines.index("Roles") + 1 :] == [
        "board played by 3",
        "clerk",
        "",
        "Who may do what else",
        "waive nobody",
    ]
