from datetime import date
from itertools import product
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.values import Period
from missionkit.rules.check import check
from tests.rules.cases import told


def found(model: Model, number: int) -> list[tuple[str, str, str]]:
    """Return what a rule finds: the element, the path, and the other element."""
    result = check(model)
    code = f"MK-STR-{number:03}"
    assert [each for each in result.not_judged if each.code == code] == []
    return [(i.ref, i.path, i.value.strip("'")) for i in result.of(code)]


def message(model: Model, number: int) -> str:
    (issue,) = check(model).of(f"MK-STR-{number:03}")
    return issue.message


def trust() -> Draft:
    d = Draft()
    d.organization("Trust", id="trust")
    d.organization("Works", id="works", parent="trust")
    return d


UNDER_WAY = {"active", "blocked", "suspended"}
OVER = {"draft", "closed", "canceled"}


@pytest.mark.parametrize(
    ("one", "other"), [*product(sorted(UNDER_WAY | OVER), repeat=2)]
)
def test_two_reviews_are_under_way_until_one_is_over(one: str, other: str) -> None:
    d = trust()
    d.review_cycle("One", id="a", status=one)
    d.review_cycle("Other", id="b", status=other)
    both = {one, other} <= UNDER_WAY

    assert found(d.model, 29) == [("b", "status", "a")] * both


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (None, None, True),
        (None, "trust", True),
        ("trust", None, True),
        ("works", "works", True),
        (None, "works", False),
        ("trust", "works", False),
        ("repairs", "works", False),
        ("repairs", "repairs", True),
    ],
)
def test_reviews_of_one_scope_stand_in_each_other_s_way(
    one: str | None, other: str | None, *, meets: bool
) -> None:
    d = trust()
    d.operating_sphere("Repairs", id="repairs")
    d.review_cycle("One", id="a", status="active", scope=one)
    d.review_cycle("Other", id="b", status="active", scope=other)

    assert found(d.model, 29) == [("b", "status", "a")] * meets


def test_without_an_organization_reviews_of_everything_meet_as_well() -> None:
    d = Draft()
    d.review_cycle("One", id="a", status="active")
    d.review_cycle("Other", id="b", status="active")

    assert message(d.model, 29) == "Review cycle 'Other' is under way beside 'One'."


def test_each_review_beside_the_first_is_named_with_it() -> None:
    d = trust()
    for ref in ("a", "b", "c"):
        d.review_cycle(ref, id=ref, status="active")

    assert found(d.model, 29) == [("b", "status", "a"), ("c", "status", "a")]


Term = tuple[str, int | None, int | None, str | None]


def intents(*terms: Term, **more: str) -> Model:
    """Return intents: each with the first and the last day of January, and before."""
    d = trust()
    for ref, start, end, before in terms:
        days = [date(2026, 1, day) if day else None for day in (start, end)]
        period = Period(*days) if any(days) else None
        fields: dict[str, Any] = {"effective": period, "supersedes": before}
        d.core_intent(ref, id=ref, organization=more.get(ref), **fields)
    return d.model


GAPS: dict[str, tuple[tuple[Term, ...], list[str]]] = {
    "one alone": ((("a", 1, 2, None),), []),
    "one after the other": ((("a", 1, 9, None), ("b", 10, None, None)), []),
    "a day between": ((("a", 1, 8, None), ("b", 10, None, None)), ["b"]),
    "a day between two that were superseded": (
        (("a", 1, 8, None), ("b", 10, None, "a")),
        ["b"],
    ),
    "the old one open": ((("a", 1, None, None), ("b", 10, None, None)), []),
    "the old one open and superseded": (
        (("a", 1, None, None), ("b", 10, None, "a")),
        [],
    ),
    "always in force": ((("a", None, None, None), ("b", 10, None, None)), []),
    "no start known": ((("a", None, 8, None), ("b", 10, None, None)), ["b"]),
    "no start known of the next": ((("a", 1, 8, None), ("b", None, 20, None)), []),
    "a short one within a long one": (
        (("a", 1, 20, None), ("b", 3, 4, None), ("c", 21, None, None)),
        [],
    ),
    "after a long one with a short one in it": (
        (("a", 1, 20, None), ("b", 3, 4, None), ("c", 22, None, None)),
        ["c"],
    ),
    "two gaps": (
        (("a", 1, 2, None), ("b", 4, 5, None), ("c", 7, None, None)),
        ["b", "c"],
    ),
    "an end that nobody knows": (
        (("a", 1, None, None), ("b", None, 8, "a"), ("c", 9, None, None)),
        [],
    ),
}


@pytest.mark.parametrize("name", GAPS)
def test_there_is_a_mission_on_every_day_between_the_first_and_the_last(
    name: str,
) -> None:
    terms, expected = GAPS[name]
    days = {ref: str(date(2026, 1, start)) for ref, start, _, _ in terms if start}

    wanted = [(ref, "effective", days[ref]) for ref in expected]
    gaps = found(intents(*terms), 30)
    assert [(ref, path, day[-10:]) for ref, path, day in gaps] == wanted


def test_a_gap_is_told_with_its_days() -> None:
    model = intents(("a", 1, 8, None), ("b", 10, None, None))

    assert message(model, 30) == (
        "Before Core intent 'b', no mission was in force from 2026-01-09 to 2026-01-09."
    )


def test_the_days_of_each_organization_are_its_own() -> None:
    terms = (("a", 1, 8, None), ("b", 9, 12, None), ("c", 20, None, None))

    assert found(intents(*terms, b="works"), 30)[0][0] == "c"
    assert found(intents(*terms, b="works", c="works"), 30)[0][0] == "c"
    assert found(intents(*terms, a="trust", b="works", c="works"), 30)[0][0] == "c"
    assert found(intents(*terms[:2], b="works"), 30) == []
    assert found(intents(*terms[:1], terms[2], c="trust"), 30)[0][0] == "c"


def needs() -> Draft:
    d = trust()
    for ref in ("warm", "dry", "safe"):
        d.need(ref, id=ref)
    return d


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"rationale": "We saw it"}, True),
        ({"kind": "hurts"}, False),
        ({"target": "safe"}, False),
        ({"source": "dry", "target": "warm"}, False),
    ],
    ids=str,
)
def test_a_relation_is_said_once(other: dict[str, str], *, same: bool) -> None:
    d = needs()
    given: dict[str, Any] = {"source": "warm", "target": "dry", "kind": "helps"}
    d.relation(id="a", **given)
    d.relation(id="b", **(given | other))

    assert found(d.model, 31) == [("b", "", "a")] * same


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"item": "an invoice"}, False),
        ({"target": None}, False),
        ({"source": "billing", "target": "repairs"}, False),
    ],
    ids=str,
)
def test_a_flow_is_said_once(other: dict[str, str | None], *, same: bool) -> None:
    d = trust()
    d.process("Repairs", id="repairs")
    d.process("Billing", id="billing")
    given: dict[str, Any] = {"source": "repairs", "target": "billing"}
    given["item"] = "an order"
    d.flow(id="a", **given)
    d.flow(id="b", **(given | other))

    assert found(d.model, 31) == [("b", "", "a")] * same


@pytest.mark.parametrize(
    ("other", "same"),
    [({}, True), ({"letter": "C"}, False), ({"role": "clerk"}, False)],
    ids=str,
)
def test_a_letter_of_the_matrix_is_said_once(
    other: dict[str, str], *, same: bool
) -> None:
    d = trust()
    d.process("Repairs", id="repairs")
    d.role("Fitter", id="fitter")
    d.role("Clerk", id="clerk")
    given: dict[str, Any] = {"on": "repairs", "role": "fitter", "letter": "R"}
    d.responsibility(id="a", **given)
    d.responsibility(id="b", **(given | other))

    assert found(d.model, 31) == [("b", "", "a")] * same


def played(*spans: tuple[int | None, int | None], **other: str | None) -> Model:
    """Return what one party plays: a, b, c ... each between two days of January."""
    d = needs()
    for ref in ("ann", "ben"):
        d.party(ref, id=ref)
    for ref in ("owner", "guide"):
        d.role(ref, id=ref)
    given: dict[str, Any] = {"role": "owner", "party": "ann", "on": "warm"}
    for number, span in enumerate(spans):
        days = [date(2026, 1, day) if day else None for day in span]
        fields: dict[str, Any] = given | (other if number else {})
        period = Period(*days) if any(days) else None
        d.role_assignment(id="abcd"[number], period=period, **fields)
    return d.model


@pytest.mark.parametrize(
    ("spans", "twice"),
    [
        (((None, None), (None, None)), ["b"]),
        (((1, None), (None, None)), ["a"]),
        (((1, 9), (10, None)), []),
        (((1, 9), (9, None)), ["b"]),
        (((10, None), (1, 9)), []),
        (((10, 20), (1, None)), ["a"]),
        (((None, 9), (10, 20)), []),
        (((None, 10), (10, 20)), ["b"]),
        (((1, 9), (10, 19), (20, None)), []),
        (((1, 9), (9, 19), (19, None)), ["b", "c"]),
        (((1, 30), (2, 3), (5, 6), (30, None)), ["b", "c", "d"]),
        (((1, 9), (1, 9)), ["b"]),
    ],
    ids=str,
)
def test_one_plays_a_part_once_at_a_time(
    spans: tuple[tuple[int | None, int | None], ...], twice: list[str]
) -> None:
    assert [ref for ref, _, _ in found(played(*spans), 31)] == twice


@pytest.mark.parametrize(
    "other", [{"party": "ben"}, {"role": "guide"}, {"on": "dry"}, {"on": None}], ids=str
)
def test_another_part_is_something_else(other: dict[str, str | None]) -> None:
    assert found(played((1, None), (2, None), **other), 31) == []


def test_what_is_said_again_names_what_said_it_last() -> None:
    model = played((1, 30), (2, 3), (5, 6))

    assert found(model, 31) == [("b", "", "a"), ("c", "", "a")]


def test_a_model_without_any_of_it_has_nothing_twice() -> None:
    model = told(lambda d: d.need("Warm"))

    assert [found(model, number) for number in (29, 30, 31)] == [[], [], []]
