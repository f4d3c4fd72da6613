from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.model import Model
from missionkit.errors import InvalidValueError
from missionkit.issue import Code, Issue, Severity
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.rules.limits import specs_of
from missionkit.testing.strategies import models
from tests.rules.cases import CASES, DAY, told

SHORT = Code("ACME-001", Severity.WARNING, "long names tire", "shorten the name")
PLG = "MK-PLG-001"
TIMELY = {f"MK-TRC-{number:03}" for number in (3, 5, 6, 7, 8)} | {
    f"MK-RSP-{number:03}" for number in (11, 12, 13, 14, 16)
}
TIMELY |= {"MK-STR-024", "MK-STR-028"}
TIMELY |= {f"MK-MSR-{number:03}" for number in (19, 20, 21, 22)}
TIMELY |= {f"MK-REV-{number:03}" for number in range(29, 37)}
TIMELY |= {f"MK-DRF-{number:03}" for number in range(37, 41)}
TIMELY |= {f"MK-PRC-{number:03}" for number in range(1, 32)}


def long_names(view: RuleView) -> Iterator[Judgment]:
    for ref in view.model.ids():
        if len(view.model.title(ref)) > 20:
            yield SHORT.issue(f"{view.named(ref)} has a long name.", ref=ref)


def half_done(view: RuleView) -> Iterator[Judgment]:
    yield from long_names(view)
    raise KeyError("what?")


def at_once(_: RuleView) -> Iterable[Issue]:
    raise ValueError("x" * 500 + "\x1b[31m")


def nothing(_: RuleView) -> Any:  # noqa: ANN401 - what a careless rule returns
    return None


def words(_: RuleView) -> Any:  # noqa: ANN401 - what a careless rule returns
    return ["a name is too long"]


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("not even this")


def unspeakable(_: RuleView) -> Iterable[Issue]:
    raise UnspeakableError


def endless(view: RuleView) -> Iterable[Issue]:
    return endless(view)


def greedy(_: RuleView) -> Iterable[Issue]:
    raise MemoryError


LONG = told(lambda d: d.party("A name that is far too long", id="ana"))
BROKEN = (half_done, at_once, nothing, words, unspeakable, endless)


@given(models(), st.none() | st.dates())
def test_no_model_makes_a_rule_fail(model: Model, on: date | None) -> None:
    assert check(model, on=on).of(PLG) == ()


@given(models(), st.randoms(use_true_random=False), st.none() | st.dates())
def test_the_order_of_elements_changes_nothing(
    model: Model, random: Random, on: date | None
) -> None:
    elements = list(model)
    random.shuffle(elements)

    assert check(Model(elements, kinds=model.kinds), on=on) == check(model, on=on)


@given(models(), st.dates())
def test_what_has_nothing_to_do_with_time_is_the_same_on_every_day(
    model: Model, on: date
) -> None:
    without, today = check(model), check(model, on=on)

    for code in {code.code for entry in BOOK for code in entry.codes} - TIMELY:
        assert without.of(code) == today.of(code)


def test_a_rule_of_ones_own_is_any_function() -> None:
    found = check(LONG, rules=(*BOOK, long_names)).of(SHORT)

    assert [(issue.ref, issue.message) for issue in found] == [
        ("ana", "Party 'A name that is far too long' has a long name.")
    ]


def test_only_the_rules_given_are_asked() -> None:
    assert check(LONG, rules=(long_names,)).by_code().keys() == {"ACME-001"}
    assert check(LONG, rules=()).clean


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_a_broken_rule_is_named_and_harms_no_other(rule: Any) -> None:  # noqa: ANN401
    sound = check(LONG)
    found = check(LONG, rules=(rule, *BOOK))
    (issue,) = found.of(PLG)

    assert rule.__qualname__ in issue.message
    assert issue.severity is Severity.ERROR
    assert len(issue.value) <= 62
    assert "\x1b" not in issue.value
    assert {*found.issues} - {issue} >= {*sound.issues}


def test_what_a_rule_found_before_it_failed_is_kept() -> None:
    found = check(LONG, rules=(half_done,))

    assert [issue.code for issue in found.issues] == [PLG, "ACME-001"]
    assert (
        found.of(PLG)[0].message == f"Rule {__name__}.half_done failed with KeyError."
    )


def test_the_codes_of_a_broken_rule_are_not_judged() -> None:
    found = check(LONG, rules=(RuleEntry(rule=at_once, codes=(SHORT,)),))

    assert found.not_judged == (
        NotJudged("ACME-001", f"the rule {__name__}.at_once failed"),
    )


def test_no_rule_can_hide_that_memory_ran_out() -> None:
    with pytest.raises(MemoryError):
        check(LONG, rules=(greedy,))


def test_a_rule_that_needs_a_day_is_not_asked_without() -> None:
    entries = (
        RuleEntry(rule=at_once, codes=(SHORT,), needs_on=True),
        RuleEntry(rule=nothing, needs_on=True),
    )

    found = check(LONG, rules=entries)

    assert found.clean
    assert [each.code for each in found.not_judged] == [
        "ACME-001",
        f"{__name__}.nothing",
    ]
    assert {each.why for each in found.not_judged} == {
        "it depends on the day: pass on="
    }


def test_what_was_judged_is_recorded() -> None:
    found = check(LONG, on=DAY, limits={"consulted_roles": 5})

    assert found.on == DAY
    assert found.checked == 1
    used = {limit.name: limit.value for limit in found.limits}
    own = {name: spec.default for name, spec in specs_of(BOOK).items()}
    assert used == own | {"consulted_roles": 5}


@pytest.mark.parametrize(
    "on", [datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01", 20260101], ids=str
)
def test_a_day_is_a_date_and_nothing_else(on: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValueError) as caught:
        check(LONG, on=on)

    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("MK-DOM-001", "on")


def test_all_faults_of_a_call_are_named_at_once() -> None:
    wrong: Any = {"consulted_roles": "three", "rolls": 3}

    with pytest.raises(InvalidValueError) as caught:
        check(LONG, on=DAY, limits=wrong | {1: 2})

    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("MK-DOM-001", "limits['consulted_roles']"),
        ("MK-LIM-001", "limits['rolls']"),
        ("MK-LIM-001", "limits[1]"),
    ]


def test_every_case_is_told_apart_by_its_hash() -> None:
    results = {case.judged(case.model(mended=False)) for case in CASES}

    assert len(results) == len(CASES)


@pytest.mark.parametrize("rules", [long_names, RuleEntry(rule=long_names), 7])
def test_rules_are_a_collection_of_rules(rules: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValueError) as caught:
        check(LONG, rules=rules)

    (issue,) = caught.value.issues
    assert (issue.path, issue.fix) == ("rules", "write (rule,)")
