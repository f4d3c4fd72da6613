"""A process lives from the first idea to a year of care, as the example tells it."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from missionkit.processes.care import care_overview
from missionkit.processes.careers import career_of
from missionkit.processes.currency import CareState, care_of
from missionkit.processes.effort import management_effort
from missionkit.processes.effort_change import compare_effort
from missionkit.processes.service import service
from missionkit.rules.check import check

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "process_life.py"
# Day by day: which rules begin to speak, and which fall silent.
TOLD = [
    ("2025-01-20", (), ()),
    ("2025-02-10", ("002", "010", "013"), ()),
    ("2025-02-17", (), ("010", "013")),
    ("2025-03-17", ("007", "008"), ()),
    ("2025-03-26", (), ("002", "007", "008")),
    ("2025-04-01", ("014",), ()),
    ("2025-04-07", (), ("014",)),
    ("2025-07-14", ("030",), ()),
    ("2025-10-15", ("022",), ()),
    ("2025-10-20", (), ("022",)),
    ("2025-12-08", ("029",), ()),
    ("2026-01-12", ("027",), ("029",)),
    ("2026-03-16", ("028",), ("027",)),
    ("2026-04-07", (), ("028", "030")),
]


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = spec_from_file_location("process_life", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def steps(example: ModuleType) -> list[Any]:
    return list(example.live())


def short(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.removeprefix("MK-PRC-") for code in codes)


def at(steps: list[Any], day: str) -> Any:  # noqa: ANN401 - a step of the example
    return next(step for step in steps if step.day.isoformat() == day)


def test_at_each_step_these_rules_speak_and_those_fall_silent(
    steps: list[Any],
) -> None:
    told = [
        (step.day.isoformat(), short(step.speaks), short(step.silent)) for step in steps
    ]
    assert told == TOLD
    assert steps[-1].issues == ()


def test_what_speaks_is_about_the_process_and_says_what_to_do(
    steps: list[Any],
) -> None:
    issues = [issue for step in steps for issue in step.issues]
    assert {issue.ref for issue in issues} == {
        "mend",
        "m1",
        "nine-days",
        "why-wait",
        "kitchen",
    }
    assert all(issue.fix and issue.why for issue in issues)


def test_the_two_open_questions_are_named(steps: list[Any]) -> None:
    issues = at(steps, "2025-02-10").issues
    paths = {issue.path for issue in issues if issue.code == "MK-PRC-010"}
    assert paths == {"brief.profitability", "brief.price"}


def test_one_function_lapses_alone_and_is_current_again(steps: list[Any]) -> None:
    before, after = at(steps, "2025-10-15"), at(steps, "2025-10-20")
    lapsed = care_of(before.model, "mend", on=before.day).of(CareState.LAPSED)
    assert [each.function for each in lapsed] == ["training"]
    current = care_of(after.model, "mend", on=after.day)
    assert current["training"].refs == ("second-training", "first-training")
    assert current.of(CareState.LAPSED) == ()
    others = [each for each in current if each.function != "training"]
    first = care_of(before.model, "mend", on=after.day)
    assert others == [each for each in first if each.function != "training"]


def test_at_the_end_all_six_functions_are_cared_for(steps: list[Any]) -> None:
    last = steps[-1]
    counts = care_overview(last.model, on=last.day).counts()
    assert counts[CareState.LAPSED] == counts[CareState.NEVER] == 0


def test_the_benchmark_leads_to_a_practice_that_answers_the_investigation(
    steps: list[Any],
) -> None:
    before, last = steps[-2], steps[-1]
    assert {issue.code for issue in before.issues} == {"MK-PRC-028", "MK-PRC-030"}
    without = last.model.without("order-at-once")
    found = check(without, on=last.day, select=["MK-PRC"], limits={})
    assert [issue.code for issue in found.issues] == ["MK-PRC-028"]
    care = care_of(last.model, "mend", on=last.day)
    assert care["benchmarking"].refs[0] == "quay-wheels"
    assert care["best_practice"].refs[0] == "order-at-once"
    assert care["benchmarking"].last < care["best_practice"].last  # type: ignore[operator]


def test_the_management_share_falls_and_explains_itself(
    example: ModuleType, steps: list[Any]
) -> None:
    coached, last = at(steps, "2025-07-14"), steps[-1]
    before = management_effort(coached.model, on=coached.day, limits=example.LIMIT)
    after = management_effort(last.model, on=last.day, limits=example.LIMIT)
    assert (before.share, after.share) == (0.09, 0.06)
    assert (before.is_within, after.is_within) == (False, True)
    assert compare_effort(before, after).reason == (
        "The management share fell from 9 % to 6 %, because 'Read the order box' went"
        " from 2 to 0.5 hours (necessary); 1 moved it the other way."
    )


def test_performing_became_a_career_and_riders_are_better_served(
    steps: list[Any],
) -> None:
    begun, last = at(steps, "2025-03-17"), steps[-1]
    first = career_of(begun.model, "performer", on=begun.day)
    assert [each.answer for each in first] == [
        "not known",
        "yes",
        "not known",
        "yes",
        "no",
    ]
    assert {e.answer for e in career_of(last.model, "performer", on=last.day)} == {
        "yes"
    }
    complained = at(steps, "2025-12-08")
    open_then = service(complained.model, on=complained.day)
    assert [each.owners for each in open_then.open_complaints] == [("owner",)]
    gap = open_then["ride"].gap
    served = service(last.model, on=last.day)
    assert served.open_complaints == ()
    assert served["ride"].gap < gap  # type: ignore[operator]
