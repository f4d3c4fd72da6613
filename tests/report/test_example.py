"""Every code has an example, in which exactly that code is found."""

import ast
from typing import Any

import pytest

import missionkit as mk
from missionkit.codec.document import loads
from missionkit.errors import MissionKitError, NotFoundError
from missionkit.issue import Issue
from missionkit.report.codebook import codebook
from missionkit.report.example import Example, example, sound, with_example
from missionkit.report.explain import explain, explanations
from missionkit.rules.check import check
from missionkit.testing.sound import DAY, cycle_of

GATES = "MK-GAT"
CODES = sorted(each.code for each in explanations())
OF_RULES = [code for code in CODES if code in with_example() and example(code).changed]


def typed(python: str) -> Any:  # noqa: ANN401 - whatever the last line gives
    """Return what the last line of a session gives."""
    names: dict[str, Any] = {"mk": mk, "__name__": "example"}
    tree = ast.parse(python)
    *before, last = tree.body
    exec(compile(ast.Module(before, []), "example", "exec"), names)  # noqa: S102 - ours
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module([last], []), "example", "exec"), names)  # noqa: S102
        return None
    return eval(compile(ast.Expression(last.value), "example", "eval"), names)  # noqa: S307


def found_in(case: Example) -> tuple[Issue, ...]:
    """Return what is found when an example is typed, or loaded and checked."""
    try:
        if case.python:
            found = typed(case.python)
            return tuple(getattr(found, "issues", found))
        loaded = mk.load(case.document, name=case.name, lenient=case.lenient)
    except MissionKitError as error:
        return tuple(getattr(error, "issues", ()))
    if not case.changed:
        return loaded.issues
    select = (GATES,) if case.code.startswith(GATES) else None
    limits = dict(case.limits)
    return check(
        loaded.model, on=case.on, cycle=case.cycle, limits=limits, select=select
    ).issues


def test_every_code_has_an_example_and_every_example_a_code() -> None:
    assert sorted(with_example()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_code_triggers_exactly_it(code: str) -> None:
    case = example(code)

    assert {issue.code for issue in found_in(case)} - {*case.besides} == {code}


# An answer is expected long before a process is published without it.
ENTAILED = {"MK-PRC-010": ("MK-CPL-001",)}


@pytest.mark.parametrize("code", OF_RULES)
def test_the_example_of_a_rule_brings_nothing_else_with_it(code: str) -> None:
    assert example(code).besides == ENTAILED.get(code, ())


def test_the_sound_sample_is_sound() -> None:
    model = loads(sound()).model
    cycle = cycle_of(model)

    assert check(model, on=DAY, cycle=cycle).issues == ()
    assert check(model, on=DAY, cycle=cycle, select=("MK",)).issues == ()


def test_an_unknown_code_has_no_example_and_the_nearest_are_named() -> None:
    with pytest.raises(NotFoundError, match="MK-DOM-016"):
        example("MK-DOM-0166")


def test_an_explanation_tells_what_its_example_is() -> None:
    assert "a document that declines a need without saying why" in str(
        explain("MK-DOM-016")
    )
    assert "this fault: take the last objective away" in str(explain("MK-TRC-001"))


def test_the_book_of_codes_tells_of_every_code() -> None:
    page = codebook()

    assert [code for code in CODES if f"### {code}\n" not in page] == []
    assert page.count("\nWhat to do: ") == len(CODES)


def test_what_is_too_long_to_show_is_cut() -> None:
    shown = example("MK-DOC-008").shown

    assert len(shown) < 200
    assert " … " in shown
