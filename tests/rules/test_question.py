"""Arguments of a wrong type are named, all at once, by whoever is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.issue import Code, Severity
from missionkit.ports.rule import RuleEntry
from missionkit.report.pack import pack
from missionkit.rules.check import check
from missionkit.rules.hints import MOST
from missionkit.rules.selection import Selection
from missionkit.rules.standing import gates

DAY = date(2026, 6, 30)
Ask = Callable[..., object]


def reviewed(name: str = "Review") -> Model:
    d = Draft()
    d.review_cycle(name, id="review")
    return d.model


def faults(ask: Ask, **given: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - of any type
    with pytest.raises(InvalidValueError) as caught:
        ask(reviewed(), **{"on": DAY, **given})
    assert caught.value.kind == ask.__name__
    assert all(issue.message and issue.fix for issue in caught.value.issues)
    return [(issue.code, issue.path) for issue in caught.value.issues]


@pytest.mark.parametrize("ask", [check, gates, pack], ids=lambda ask: ask.__name__)
@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("cycle", 5),
        ("cycle", reviewed("Another").get(ReviewCycle, "review")),
        ("limits", 5),
        ("limits", [("a", 1)]),
        ("limits", "consulted_roles"),
        ("rules", 5),
        ("rules", "MK-TRC"),
        ("on", "2026-06-30"),
    ],
)
def test_an_argument_of_a_wrong_type_is_named(
    ask: Ask, name: str, held: object
) -> None:
    assert faults(ask, **{name: held}) == [("MK-DOM-001", name)]


@pytest.mark.parametrize("ask", [check, pack], ids=lambda ask: ask.__name__)
@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("select", 5),
        ("select", b"MK"),
        ("ignore", 5),
        ("severities", 5),
        ("severities", ["MK-TRC"]),
    ],
)
def test_a_choice_of_a_wrong_type_is_named(ask: Ask, name: str, held: object) -> None:
    assert faults(ask, **{name: held}) == [("MK-DOM-001", name)]


@pytest.mark.parametrize("ask", [check, pack], ids=lambda ask: ask.__name__)
def test_all_are_named_at_once(ask: Ask) -> None:
    found = faults(
        ask,
        on=5,
        limits={7: 1},
        rules=(5, RuleEntry(rule=5)),  # type: ignore[arg-type]  # as said
        cycle=5,
        select=[5, "MK-XYZ"],
        ignore=5,
        severities={5: "error", "MK-TRC": 7},
    )

    assert sorted(found) == [
        ("MK-DOM-001", "cycle"),
        ("MK-DOM-001", "ignore"),
        ("MK-DOM-001", "on"),
        ("MK-DOM-001", "rules[0]"),
        ("MK-DOM-001", "rules[1]"),
        ("MK-LIM-001", "limits[7]"),
        ("MK-SEL-001", "select"),
        ("MK-SEL-001", "select"),
        ("MK-SEL-001", "severities"),
        ("MK-SEL-002", "severities['MK-TRC']"),
    ]


def test_a_pack_needs_a_day() -> None:
    assert faults(pack, on=None) == [("MK-DOM-001", "on")]


@pytest.mark.parametrize("ask", [check, gates, pack], ids=lambda ask: ask.__name__)
def test_a_review_is_named_by_its_id_or_given(ask: Ask) -> None:
    model = reviewed()

    for cycle in ("review", model.get(ReviewCycle, "review"), None):
        ask(model, on=DAY, cycle=cycle)
    with pytest.raises(NotFoundError, match="did you mean 'review'"):
        ask(model, on=DAY, cycle="reviews")


def test_nothing_is_ignored_by_none_and_a_set_is_taken_in_order() -> None:
    assert check(reviewed(), ignore=None) == check(reviewed())
    found = check(reviewed(), select={"MK-TRC-002", "MK-TRC-001"})
    assert found.selection.select == ("MK-TRC-001", "MK-TRC-002")
    assert check(reviewed(), select="MK-TRC").selection.select == ("MK-TRC",)


def test_collections_that_can_be_read_once_are_read_once() -> None:
    made = pack(
        reviewed(), on=DAY, rules=iter(()), select=iter(["MK"]), ignore=iter(())
    )

    assert '"MK"' in made.issues_json


@pytest.mark.parametrize("start", ["MK-TRC-001-", "MK-T", "MK-TRC-00", "-", ""])
def test_what_no_code_begins_with_is_refused(start: str) -> None:
    assert faults(check, select=[start]) == [("MK-SEL-001", "select")]


@pytest.mark.parametrize("start", ["MK-TRC-001", "MK-TRC", "MK-TRC-", "MK"])
def test_whole_parts_of_a_code_are_taken(start: str) -> None:
    assert check(reviewed(), select=[start]).asked


@pytest.mark.timeout(60)
def test_of_very_many_wrong_names_the_first_have_a_hint() -> None:
    wrong = [f"MK-TRC-x{at:04}" for at in range(9_000)]

    with pytest.raises(InvalidValueError) as caught:
        check(reviewed(), select=wrong, limits={f"rolls{n}": 1.0 for n in range(9_000)})

    assert len(caught.value.issues) == 18_000
    hinted = [i for i in caught.value.issues if i.fix.startswith("did you mean")]
    assert 0 < len(hinted) <= 2 * MOST


def waiving(*codes: str) -> Model:
    d = Draft()
    d.party("Chair", id="chair")
    until = date(2026, 12, 31)
    for at, code in enumerate(codes):
        d.waiver(
            id=f"w-{at:05}",
            code=code,
            on="chair",
            granted_by="chair",
            why="x",
            until=until,
        )
    return d.model


@pytest.mark.timeout(60)
def test_very_many_waivers_of_wrong_codes_are_told_in_time() -> None:
    model = waiving(*(f"MK-TRC-x{at:04}" for at in range(5_000)))

    found = check(model, on=DAY).of("MK-SEL-003")

    assert len(found) == 5_000
    assert sum(issue.fix.startswith("did you mean") for issue in found) <= MOST


def test_a_waiver_of_what_a_check_itself_finds_is_no_mistake() -> None:
    model = waiving("MK-SEL-003", "MK-LIM-001", "MK-PLG-001", "MK-SEL-004")

    (only,) = check(model, on=DAY).of("MK-SEL-003")

    assert only.value == "'MK-SEL-004'"
    assert only.severity is Severity.WARNING


def test_a_selection_of_ones_own_keeps_a_set_in_order() -> None:
    assert Selection(select={"b", "a"}, ignore={"d", "c"}) == Selection(
        select=("a", "b"), ignore=("c", "d")
    )


def test_codes_without_parts_are_offered_whole() -> None:
    entry = RuleEntry(
        rule=lambda _: (), codes=(Code("BET1", Severity.ERROR, "so", "do"),)
    )

    with pytest.raises(InvalidValueError) as caught:
        check(reviewed(), rules=(entry,), select=["qqqqqq"])

    assert ", BET1, " in f", {caught.value.issues[0].fix.partition('one of ')[2]}, "
    assert check(reviewed(), rules=(entry,), select=["BET1"]).asked == 1
    assert check(reviewed(), rules=(entry,), ignore=["BET1"]).asked == 0


def test_a_rule_without_codes_may_report_under_any_that_is_not_ours() -> None:
    asked = check(reviewed(), rules=(lambda _: (),), ignore=["BETS"])

    assert repr(asked).startswith("<CheckResult: no issues in 1 element; 1 rule asked")
    with pytest.raises(InvalidValueError):
        check(reviewed(), rules=(lambda _: (),), ignore=["MK-BETS"])
