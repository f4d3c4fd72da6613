"""Questions refuse what is no model, and take elements as well as ids."""

from collections.abc import Callable
from datetime import date

import pytest

import missionkit as mk

DAY = date(2026, 3, 31)
QUESTIONS: dict[str, Callable[[mk.Model], object]] = {
    "check": mk.check,
    "coverage": mk.coverage,
    "impact": lambda model: mk.impact(model, "warm"),
    "pack": lambda model: mk.pack(model, on=DAY),
    "why": lambda model: mk.why(model, "warm"),
}


def harbour() -> mk.Model:
    with mk.draft("Harbour") as d:
        d.need("Warm", id="warm")
    return d.model


@pytest.mark.parametrize("asked", QUESTIONS)
def test_what_was_loaded_is_no_model_but_holds_one(asked: str) -> None:
    loaded = mk.loads(mk.dumps(harbour()))

    with pytest.raises(mk.InvalidValueError, match=r"fix  pass its \.model"):
        QUESTIONS[asked](loaded)  # type: ignore[arg-type]  # on purpose
    QUESTIONS[asked](loaded.model)


def test_what_holds_no_model_is_refused_as_well() -> None:
    with pytest.raises(mk.InvalidValueError, match="got str"):
        mk.check("plan.json")  # type: ignore[arg-type]  # on purpose


def test_an_element_stands_for_its_id() -> None:
    model = harbour()

    assert mk.why(model, model["warm"]) == mk.why(model, "warm")
    assert mk.impact(model, model["warm"]) == mk.impact(model, "warm")


def test_answers_are_short_at_a_prompt() -> None:
    model = mk.sample()

    assert repr(mk.check(model, on=DAY)).startswith("<CheckResult: ")
    assert repr(mk.coverage(model)).startswith("<Coverage: need coverage 87 %, ")
    assert len(repr(mk.coverage(model))) < 1000


def test_where_no_stake_is_recorded_it_is_said_once() -> None:
    with mk.draft("Harbour") as d:
        d.stakeholder("Tenants")
        d.stakeholder("Council")

    (issue,) = mk.check(d.model).of("MK-TRC-010")
    assert issue.message.startswith("The stakes of the stakeholders of")
