"""The four key stages, as the study of the domain has them."""

from itertools import product

import pytest

import missionkit as mk
from missionkit.domain.views import view_named

GATES = {
    "understand": ([1, 2], [3, 4, 5, 6, 7, 8]),
    "direct": ([9], [10, 11, 12, 13, 14, 15, 16]),
    "enable": ([17], [18, 19, 20, 21, 22, 23, 24, 25]),
    "review": ([26, 27], [28, 29, 30, 31, 32, 33, 34]),
}
WORK = {"understand": 6, "direct": 6, "enable": 6, "review": 7}
OUTPUTS = {
    "understand": [
        "Stakeholder register",
        "Needs register",
        "Market research",
        "Strategic analysis",
    ],
    "direct": [
        "Core intent",
        "Objective tree",
        "Strategy",
        "Business plan",
        "New offering strategy",
        "Risk register",
    ],
    "enable": [
        "Process map",
        "Process definitions",
        "Responsibility matrix",
        "Measurement plan",
        "Resource demand",
        "Management system release",
    ],
    "review": [
        "Performance report",
        "Improvement plan",
        "Decision log",
        "Strategic review report",
    ],
}
CONSUMERS = {
    "Stakeholder register": ["direct"],
    "Needs register": ["direct"],
    "Market research": ["direct"],
    "Strategic analysis": ["direct"],
    "Core intent": ["enable"],
    "Objective tree": ["enable"],
    "Strategy": ["enable"],
    "Business plan": ["all"],
    "New offering strategy": ["demand-creation"],
    "Risk register": ["enable"],
    "Process map": ["review"],
    "Process definitions": ["review"],
    "Responsibility matrix": ["review"],
    "Measurement plan": ["review"],
    "Resource demand": ["resource-management"],
    "Management system release": ["all"],
    "Performance report": ["all"],
    "Improvement plan": ["all"],
    "Decision log": ["all"],
    "Strategic review report": ["understand"],
}
ALL = [
    "mission-management",
    "resource-management",
    "demand-creation",
    "demand-fulfillment",
]
# Accountable, responsible, consulted.
ROLES = {
    "understand": (["sponsor"], ["facilitator"], ["stakeholder_rep"]),
    "direct": (["sponsor"], ["planner"], ["owner", "stakeholder_rep"]),
    "enable": (["engineer", "owner"], ["owner", "coach"], ["performer"]),
    "review": (["sponsor"], ["reviewer", "owner"], ["stakeholder_rep"]),
}
# Event, from, to, in which statuses, the status after it where it stays, causes, asks
# gates, guards, roles.
A, D, B, X = "active", "draft", "blocked", "suspended"
S, L = ["sponsor"], ["facilitator", "sponsor"]
MATERIAL, NEEDS = ["material_change"], ["needs_changed", "knowledge_missing"]
COURSE, WORKING = ["objective_wrong", "infeasible"], ["process_incapable"]
MOVES = [
    ("open", None, "understand", [D], None, [], True, [], S),
    ("block", None, None, [A], B, [], True, [], L),
    ("unblock", None, None, [B], A, [], True, [], L),
    ("suspend", None, None, [A, B], X, [], True, [], L),
    ("resume", None, None, [X], None, [], True, [], L),
    ("cancel", None, None, [D, A, B, X], "canceled", [], True, ["actions_rehomed"], S),
    ("complete", "understand", "direct", [A], None, [], True, [], L),
    ("complete", "direct", "enable", [A], None, [], True, [], L),
    ("complete", "enable", "review", [A], None, [], True, [], L),
    ("complete", "review", "closed", [A], None, [], True, ["carry_over_kept"], S),
    ("correct", "understand", "understand", [A], None, MATERIAL, False, [], S),
    ("correct", "understand", "understand", [A], None, NEEDS, False, [], L),
    ("correct", "direct", "understand", [A], None, MATERIAL, False, [], S),
    ("correct", "direct", "understand", [A], None, NEEDS, False, [], L),
    ("correct", "direct", "direct", [A], None, COURSE, False, [], L),
    ("correct", "enable", "understand", [A], None, MATERIAL, False, [], S),
    ("correct", "enable", "understand", [A], None, NEEDS, False, [], L),
    ("correct", "enable", "direct", [A], None, COURSE, False, [], L),
    ("correct", "enable", "enable", [A], None, WORKING, False, [], L),
    ("correct", "review", "understand", [A], None, MATERIAL, False, [], S),
    ("correct", "review", "understand", [A], None, NEEDS, False, [], L),
    ("correct", "review", "direct", [A], None, COURSE, False, [], L),
    ("correct", "review", "enable", [A], None, WORKING, False, [], L),
]
MAY = {
    "open_review": L,
    "approve": ["sponsor", "reviewer"],
    "reaffirm": ["sponsor", "reviewer"],
    "waive": S,
    "dispose_agenda_item": L,
    "decide": ["sponsor", "reviewer"],
    "assign_action": ["facilitator", "owner"],
    "verify_action": ["reviewer", "owner"],
    "migrate": S,
}
# Where a correction leads: the first cause that is given wins.
FIRST = [
    ("material_change", "understand"),
    ("needs_changed", "understand"),
    ("knowledge_missing", "understand"),
    ("objective_wrong", "direct"),
    ("infeasible", "direct"),
    ("process_incapable", "enable"),
]
STAGES = {stage.key: stage for stage in mk.FOUR_STAGES.stages}


def codes(numbers: list[int]) -> tuple[str, ...]:
    return tuple(f"MK-GAT-{number:03}" for number in numbers)


def test_the_stages_come_in_the_order_of_the_source() -> None:
    assert list(STAGES) == ["understand", "direct", "enable", "review"]


def test_each_stage_has_its_gates() -> None:
    found = {k: (s.entry.rules, s.exit.rules) for k, s in STAGES.items()}

    assert found == {k: (codes(a), codes(b)) for k, (a, b) in GATES.items()}


def test_each_stage_has_its_work_and_hands_over_its_outputs() -> None:
    assert {k: len(s.work_processes) for k, s in STAGES.items()} == WORK
    assert {k: [o.name for o in s.outputs] for k, s in STAGES.items()} == OUTPUTS


def test_each_stage_names_who_answers_for_it_works_at_it_and_is_asked() -> None:
    found = {
        key: (list(s.accountable), list(s.responsible), list(s.consulted))
        for key, s in STAGES.items()
    }

    assert found == ROLES


def test_each_output_goes_to_its_consumers() -> None:
    found = {o.name: list(o.consumers) for s in STAGES.values() for o in s.outputs}

    assert found == {k: ALL if v == ["all"] else v for k, v in CONSUMERS.items()}


def test_each_output_is_shown_by_a_view_of_its_name() -> None:
    for stage in STAGES.values():
        for output in stage.outputs:
            view = view_named(output.view)
            assert view is not None
            assert view.title == output.name


def test_the_moves_are_those_of_the_design() -> None:
    found = [
        (
            move.event,
            move.source,
            move.target,
            [str(status) for status in move.when],
            move.then and str(move.then),
            list(move.causes),
            move.gated,
            list(move.guards),
            list(move.roles),
        )
        for move in mk.FOUR_STAGES.moves
    ]

    assert found == MOVES
    assert mk.FOUR_STAGES.ends == ("closed",)
    assert {move.approvals for move in mk.FOUR_STAGES.moves} == {0}


def test_who_may_do_what_is_that_of_the_design() -> None:
    found = {str(p.act): list(p.roles) for p in mk.FOUR_STAGES.permissions}

    assert found == MAY
    assert [str(act) for act in mk.ReviewAct if str(act) not in MAY] == ["submit"]
    for key, stage in STAGES.items():
        assert mk.FOUR_STAGES.may(mk.ReviewAct.SUBMIT, key) == stage.responsible


@pytest.mark.parametrize("source", GATES)
def test_a_correction_leads_where_its_first_cause_says_and_never_ahead(
    source: str,
) -> None:
    place = mk.Position(source, mk.CycleStatus.ACTIVE)
    earlier = list(GATES)[: list(GATES).index(source) + 1]
    for chosen in product([False, True], repeat=len(FIRST)):
        given = [cause for cause, is_in in zip(FIRST, chosen, strict=True) if is_in]
        wanted = next((to for _, to in given if to in earlier), None)
        context = mk.Context(causes=frozenset(cause for cause, _ in given))
        try:
            found = mk.FOUR_STAGES.step(place, "correct", context).target
        except mk.RefusedError:
            found = None
        assert found == wanted


def test_the_last_stage_feeds_the_first() -> None:
    report = STAGES["review"].outputs[-1]

    assert report.consumers == ("understand",)
    assert "Report of the last strategic review" in STAGES["understand"].inputs


def test_the_consumers_that_are_processes_are_the_four() -> None:
    four = {e.id for e in mk.four_processes() if isinstance(e, mk.Process)}
    named = {c for s in STAGES.values() for o in s.outputs for c in o.consumers}

    assert named - set(STAGES) == four
