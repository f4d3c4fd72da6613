"""Workflows whose names lead nowhere, or whose duties nobody can keep."""

from datetime import date
from typing import Any

import attrs
import pytest

import missionkit as mk
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.review import ReviewCycle
from missionkit.domain.stages import Gate, Move, Permission, ReviewAct, WorkflowRole
from missionkit.domain.workflow import Workflow
from missionkit.ports.guard import GuardView
from missionkit.review.prove import proof_of, prove
from missionkit.review.setting import WORKFLOWS
from missionkit.testing.sound import DAY, cycle_of, sound_model

START = "draft -open-> understand"
FIRST = 6
"""The number of the first move on, from understand to direct."""
ROLES = ("sponsor", "facilitator", "planner", "reviewer", "owner", "coach", "engineer")


def four(*, move: int = FIRST, **fields: object) -> Workflow:
    """Return the four stages with other fields of one move."""
    moves = list(mk.FOUR_STAGES.moves)
    moves[move] = attrs.evolve(moves[move], **fields)  # type: ignore[arg-type]
    return attrs.evolve(mk.FOUR_STAGES, moves=tuple(moves))


def may(workflow: Workflow, act: ReviewAct, *roles: str) -> Workflow:
    """Return a workflow in which an act is for other roles."""
    kept = tuple(each for each in workflow.permissions if each.act is not act)
    said = Permission(act=act, roles=roles)
    return attrs.evolve(workflow, permissions=(said, *kept))


def told(workflow: Workflow, **given: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - settings
    found = proof_of(workflow, **given)
    return [(issue.code, issue.path, issue.message) for issue in found]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda each: each.name)
def test_what_is_shipped_can_be_run(workflow: Workflow) -> None:
    prove(workflow)

    assert proof_of(workflow) == ()


def test_an_unknown_guard_is_told_with_the_way_and_the_nearest() -> None:
    (issue,) = proof_of(four(guards=("carry_over_kpet",)))

    assert (issue.code, issue.path) == ("MK-WFL-044", "moves[6].guards[0]")
    assert issue.message == (
        f"{START} -complete-> direct: there is no guard 'carry_over_kpet'."
    )
    assert issue.fix == "did you mean 'carry_over_kept'?"


def test_a_guard_that_is_passed_is_known() -> None:
    def quorum(_: GuardView) -> tuple[mk.Issue, ...]:
        return ()

    assert proof_of(four(guards=("quorum",)), guards={"quorum": quorum}) == ()


def test_an_unknown_rule_is_told_with_the_way_to_its_gate() -> None:
    gate = Gate(rules=("MK-GAT-003", "MK-GAT-035"))
    _, second, *rest = mk.FOUR_STAGES.stages
    first = mk.FOUR_STAGES.stages[0]
    stages = (first, attrs.evolve(second, exit=gate), *rest)
    (issue,) = proof_of(attrs.evolve(mk.FOUR_STAGES, stages=stages))

    assert (issue.code, issue.path) == ("MK-WFL-043", "stages[1].exit.rules[1]")
    assert issue.message == (
        f"{START} -complete-> direct: no rule has the code MK-GAT-035, for which the"
        " exit gate of the stage asks."
    )
    assert issue.fix.startswith("did you mean 'MK-GAT-0")


def test_an_unknown_role_is_told_wherever_it_is_named() -> None:
    stage, *others = mk.FOUR_STAGES.stages
    wrong = attrs.evolve(
        stage, accountable=("sponser",), responsible=("boss",), consulted=("ownr",)
    )
    workflow = attrs.evolve(
        four(roles=("sponsor", "facilitater")), stages=(wrong, *others)
    )

    assert told(may(workflow, ReviewAct.WAIVE, "spons")) == [
        ("MK-WFL-050", path, f"There is no role {role!r}, named for {what}.")
        for path, role, what in (
            ("stages[0].accountable[0]", "sponser", "stage understand"),
            ("stages[0].responsible[0]", "boss", "stage understand"),
            ("stages[0].consulted[0]", "ownr", "stage understand"),
            ("moves[6].roles[1]", "facilitater", "complete"),
            ("permissions[0].roles[0]", "spons", "waive"),
        )
    ]


def test_roles_are_known_by_the_workflow_and_by_the_model() -> None:
    workflow = four(roles=("board", "warden"))
    known = attrs.evolve(workflow, roles=(WorkflowRole(name="board"),))
    with mk.draft("Trust") as d:
        d.role("Warden", id="warden")

    assert [issue.value for issue in proof_of(workflow)] == ["'board'", "'warden'"]
    assert [issue.value for issue in proof_of(known)] == ["'warden'"]
    assert proof_of(known, model=d.model) == ()


def test_a_move_and_an_act_for_no_role_are_for_nobody() -> None:
    assert told(may(four(roles=()), ReviewAct.ASSIGN_ACTION)) == [
        ("MK-WFL-051", "moves[6].roles", f"{START} -complete-> direct: nobody may."),
        ("MK-WFL-051", "permissions[0].roles", "Nobody may assign action."),
    ]


def test_where_no_role_is_named_anybody_may() -> None:
    stage = mk.Stage(key="a", label="A")
    done = Move(event="done", source="a", target="closed", approvals=3)
    anybody = Workflow(name="w", stages=(stage,), moves=(*lifecycle("a"), done))

    assert anybody.open_to_all
    assert proof_of(anybody) == ()


@pytest.mark.parametrize("act", [ReviewAct.SUBMIT, ReviewAct.APPROVE])
def test_approvals_that_nobody_can_give_are_told(act: ReviewAct) -> None:
    found = told(may(four(approvals=2), act))

    assert found == [
        ("MK-WFL-051", "permissions[0].roles", f"Nobody may {act}."),
        (
            "MK-WFL-052",
            "moves[6].approvals",
            (
                f"{START} -complete-> direct needs 2 approvals; in"
                f" 'understand' nobody may {act}."
            ),
        ),
    ]


def board(count: int | None, approvals: int, *submit: str) -> Workflow:
    """Return the four stages in which a board approves."""
    workflow = may(four(approvals=approvals), ReviewAct.APPROVE, "board")
    workflow = may(workflow, ReviewAct.SUBMIT, *submit)
    return attrs.evolve(workflow, roles=(WorkflowRole(name="board", parties=count),))


@pytest.mark.parametrize(
    ("count", "approvals", "submit", "most"),
    [
        (3, 3, ("planner",), None),
        (3, 3, ("planner", "board"), None),
        (3, 4, ("planner",), "3: board is 3 parties"),
        (3, 3, ("board",), "2: board is 3 parties, one submits"),
        (3, 2, ("board",), None),
        (1, 1, ("board",), "0: board is 1 party, one submits"),
        (None, 9, ("board",), None),
    ],
)
def test_more_approvals_than_parties_are_told(
    count: int | None, approvals: int, submit: tuple[str, ...], most: str | None
) -> None:
    many = "1 approval" if approvals == 1 else f"{approvals} approvals"
    asked = f"{START} -complete-> direct needs {many}"
    said = f"{asked}; in 'understand' there can be {most}."
    wanted = [("MK-WFL-053", "moves[6].approvals", said)] if most else []

    assert told(board(count, approvals, *submit)) == wanted


def test_a_move_from_any_stage_asks_for_approvals_in_each() -> None:
    workflow = board(2, 2, "board")
    moves = [attrs.evolve(move, approvals=0) for move in workflow.moves]
    moves.append(Move(event="jump", target="review", roles=("sponsor",), approvals=2))
    found = told(attrs.evolve(workflow, moves=tuple(moves)))

    assert len(found) == 4
    assert {path for _, path, _ in found} == {f"moves[{len(moves) - 1}].approvals"}


def staffed(*parties: str) -> tuple[mk.Model, ReviewCycle]:
    """Return a model in which some parties play all the roles on a review."""
    with mk.draft("Trust") as d:
        cycle = d.review_cycle("Review", id="review")
        for role in ROLES:
            d.role(role, id=f"the-{role}", kind=mk.RoleKind(role))
        for party in parties:
            d.party(party, id=party)
            for role in ROLES:
                d.role_assignment(role=f"the-{role}", party=party, on=cycle)
    return d.model, d.model.get(ReviewCycle, "review")


def test_on_a_day_somebody_must_play_the_roles_of_each_move() -> None:
    model, cycle = staffed()
    found = told(mk.FOUR_STAGES, model=model, cycle=cycle, on=DAY)

    assert len(found) == len(mk.FOUR_STAGES.moves)
    assert found[FIRST] == (
        "MK-WFL-054",
        "moves[6].roles",
        f"{START} -complete-> direct: on 2026-06-30 nobody is facilitator or sponsor.",
    )


@pytest.mark.parametrize(("count", "enough"), [(1, False), (2, False), (3, True)])
def test_on_a_day_the_parties_must_suffice_for_the_duties(
    *, count: int, enough: bool
) -> None:
    model, cycle = staffed(*(f"party-{at}" for at in range(count)))
    found = told(four(approvals=2), model=model, cycle=cycle, on=DAY)

    assert [code for code, _, _ in found] == ([] if enough else ["MK-WFL-053"])


def test_without_a_day_nobody_is_counted() -> None:
    model, cycle = staffed()

    assert proof_of(four(approvals=2), model=model, cycle=cycle) == ()
    assert proof_of(four(approvals=2), model=model, on=DAY) == ()


def test_the_sound_organization_can_run_the_four_stages() -> None:
    model = sound_model("review")
    ref = cycle_of(model)
    assert ref is not None
    cycle = model.get(ReviewCycle, ref)

    assert (
        proof_of(mk.FOUR_STAGES, model=model, cycle=cycle, on=date(2026, 6, 30)) == ()
    )


def test_all_faults_are_raised_together() -> None:
    workflow = may(four(guards=("no",), roles=("boss",)), ReviewAct.DECIDE)

    with pytest.raises(mk.InvalidValueError, match="workflow: MK-WFL-044") as caught:
        prove(workflow)

    assert [issue.code for issue in caught.value.issues] == [
        "MK-WFL-044",
        "MK-WFL-050",
        "MK-WFL-051",
    ]


def test_nothing_is_said_of_names_that_are_right_beside_wrong_ones() -> None:
    every = tuple(attrs.evolve(move, guards=("no",)) for move in mk.FOUR_STAGES.moves)
    found = proof_of(attrs.evolve(mk.FOUR_STAGES, moves=every))

    assert {issue.code for issue in found} == {"MK-WFL-044"}
    assert len(found) == len(every)


def test_a_name_that_nothing_is_near_to_may_be_one_that_was_not_passed() -> None:
    gate = Gate(rules=("ORG-XYZ-001",))
    stages = (attrs.evolve(mk.FOUR_STAGES.stages[0], exit=gate),)
    flow = attrs.evolve(
        four(guards=("weekday",)), stages=(*stages, *mk.FOUR_STAGES.stages[1:])
    )

    guard, rule = proof_of(flow)
    assert guard.fix.endswith(", or pass the guard in `guards`")
    assert rule.fix.endswith(", or pass the rule in `rules`")
    assert proof_of(flow, rules=())[-1].fix == "pass the rule in `rules`"


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"workflow": "four"}, ["workflow"]),
        ({"workflow": None, "cycle": 1, "on": "now"}, ["workflow", "cycle", "on"]),
        ({"model": 5}, ["model"]),
    ],
)
def test_what_is_of_a_wrong_type_is_refused(
    given: dict[str, Any], paths: list[str]
) -> None:
    with pytest.raises(mk.InvalidValueError) as caught:
        prove(**{"workflow": mk.FOUR_STAGES, **given})

    assert [issue.path for issue in caught.value.issues] == paths
