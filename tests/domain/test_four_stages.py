"""The four key stages, as the study of the domain has them."""

import missionkit as mk

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
RESPONSIBLE = {
    "understand": ("sponsor", "facilitator"),
    "direct": ("sponsor", "planner"),
    "enable": ("engineer", "owner"),
    "review": ("sponsor", "reviewer"),
}
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


def test_each_stage_names_who_answers_for_it() -> None:
    found = {k: (s.accountable[0], s.responsible[0]) for k, s in STAGES.items()}

    assert found == RESPONSIBLE


def test_the_last_stage_feeds_the_first() -> None:
    report = STAGES["review"].outputs[-1]

    assert report.consumers == ("understand",)
    assert "Report of the last strategic review" in STAGES["understand"].inputs


def test_the_consumers_that_are_processes_are_the_four() -> None:
    four = {e.id for e in mk.four_processes() if isinstance(e, mk.Process)}
    named = {c for s in STAGES.values() for o in s.outputs for c in o.consumers}

    assert named - set(STAGES) == four
