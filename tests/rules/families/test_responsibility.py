from datetime import date

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.values import Period
from missionkit.rules.check import check
from tests.rules.cases import DAY, retired, told

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
PAST = Period(end=date(2025, 12, 31))


def messages(model: Model, code: str, on: date | None = None) -> list[str]:
    return [issue.message for issue in check(model, on=on).of(code)]


def not_judged(model: Model, on: date | None = None) -> dict[str, tuple[str, ...]]:
    found = check(model, on=on).not_judged
    return {each.code: each.refs for each in found if each.code.startswith("MK-RSP")}


def cast(d: Draft) -> None:
    d.role("Owner", id="owner", kind="owner")
    d.role("Chair", id="chair", kind="sponsor")
    for name in ("Ana", "Ben"):
        d.party(name, id=name.lower())
    d.process("Build", id="build")


def owned(*terms: tuple[str, Period | None]) -> Model:
    def story(d: Draft) -> None:
        cast(d)
        for party, period in terms:
            d.role_assignment(role="owner", party=party, on="build", period=period)

    return told(story)


NONE = ["Process 'Build' has no owner."]
NONE_TODAY = ["Process 'Build' has no owner on 2026-06-30."]
TWO = ["Process 'Build' has 2 owners: 'Ana', 'Ben'."]
TWO_TODAY = ["Process 'Build' has 2 owners on 2026-06-30: 'Ana', 'Ben'."]
UNKNOWN = {"MK-RSP-013": ("build",)}
Term = tuple[str, Period | None]
TERMS: dict[str, tuple[list[Term], list[str] | None, list[str]]] = {
    "nobody": ([], NONE, NONE),
    "one for ever": ([("ana", None)], [], []),
    "two for ever": ([("ana", None), ("ben", None)], TWO, TWO_TODAY),
    "twice the same": ([("ana", None), ("ana", None)], [], []),
    "one this year": ([("ana", YEAR)], None, []),
    "one last year": ([("ana", PAST)], None, NONE_TODAY),
    "one after the other": ([("ana", PAST), ("ben", YEAR)], None, []),
    "two this year": ([("ana", YEAR), ("ben", YEAR)], None, TWO_TODAY),
    "one for ever and this year": ([("ana", None), ("ana", YEAR)], [], []),
    "one for ever, one this year": ([("ana", None), ("ben", YEAR)], None, TWO_TODAY),
    "two for ever, one last year": (
        [("ana", None), ("ben", None), ("ana", PAST)],
        TWO,
        TWO_TODAY,
    ),
}


@pytest.mark.parametrize("name", TERMS)
def test_a_process_has_one_owner_at_a_time(name: str) -> None:
    terms, without_day, today = TERMS[name]
    model = owned(*terms)

    assert messages(model, "MK-RSP-013") == (without_day or [])
    assert not_judged(model) == (UNKNOWN if without_day is None else {})
    assert messages(model, "MK-RSP-013", DAY) == today
    assert not_judged(model, DAY) == {}


def test_an_owner_of_something_else_is_no_owner_of_the_process() -> None:
    def story(d: Draft) -> None:
        cast(d)
        d.role_assignment(role="owner", party="ana")
        d.role_assignment(role="owner", party="ana", on="chair")
        d.role_assignment(role="chair", party="ana", on="build")

    assert messages(told(story), "MK-RSP-013") == NONE


def test_an_inactive_owner_is_none() -> None:
    model = owned(("ana", YEAR), ("ben", None))
    idle = model.with_(*(evolve(party, active=False) for party in model.of(Party)))

    assert messages(idle, "MK-RSP-013") == NONE
    assert messages(idle, "MK-RSP-013", DAY) == NONE_TODAY
    assert not_judged(idle) == {}


def test_an_erased_owner_is_still_somebody() -> None:
    model = owned(("ana", None), ("ben", None))
    ana = Opaque(kind="party", id=AnyId("ana"), erased=True)
    erased = Model([*(e for e in model if e.id != "ana"), ana])

    assert messages(erased, "MK-RSP-013") == [
        "Process 'Build' has 2 owners: 'ana', 'Ben'."
    ]


def test_of_many_owners_three_are_named() -> None:
    def story(d: Draft) -> None:
        cast(d)
        for number in range(5):
            d.party(f"P{number}", id=f"p{number}")
            d.role_assignment(role="owner", party=f"p{number}", on="build")

    assert messages(told(story), "MK-RSP-013") == [
        "Process 'Build' has 5 owners: 'P0', 'P1', 'P2', 2 more."
    ]


def test_a_retired_process_needs_no_owner() -> None:
    def story(d: Draft) -> None:
        d.process("Old", release=retired(DAY))

    assert messages(told(story), "MK-RSP-013", DAY) == []
    assert len(messages(told(story), "MK-RSP-013", date(2026, 6, 29))) == 1


def test_a_row_without_an_accountable_role_is_found() -> None:
    def story(d: Draft) -> None:
        cast(d)
        d.responsibility(on="build", role="chair", letter="R")

    assert messages(told(story), "MK-RSP-011") == [
        "Process 'Build' has no accountable role."
    ]


def test_the_same_letter_twice_counts_once() -> None:
    def story(d: Draft) -> None:
        cast(d)
        for letter in "AARCCCC":
            d.responsibility(on="build", role="chair", letter=letter)

    found = check(told(story))

    for code in ("MK-RSP-011", "MK-RSP-012", "MK-RSP-015"):
        assert found.of(code) == ()


def test_what_stands_in_no_row_is_not_asked_for_letters() -> None:
    assert messages(told(cast), "MK-RSP-011") == []
    assert messages(told(cast), "MK-RSP-012") == []


def accountable(
    on: str | None, *, period: Period | None = None, letters: int = 8
) -> Model:
    """Return a model in which the chair answers for a process and its activities."""

    def story(d: Draft) -> None:
        cast(d)
        d.organization("Trust", id="trust")
        d.process("Else", id="else")
        d.responsibility(on="build", role="chair", letter="A")
        for number in range(letters - 1):
            d.activity("Dig", id=f"dig-{number}", process="build")
            d.responsibility(on=f"dig-{number}", role="chair", letter="A")
            d.responsibility(on=f"dig-{number}", role="owner", letter="A")
        d.role_assignment(role="chair", party="ana", on=on, period=period)

    return told(story)


@pytest.mark.parametrize("on", [None, "trust", "build"])
def test_a_role_answers_where_it_is_played(on: str | None) -> None:
    assert messages(accountable(on), "MK-RSP-014") == [
        "Party 'Ana' is accountable for 8 things, more than 7."
    ]
    assert messages(accountable(on, letters=7), "MK-RSP-014") == []


@pytest.mark.parametrize("on", ["else", "dig-1"])
def test_a_role_does_not_answer_elsewhere(on: str) -> None:
    assert messages(accountable(on), "MK-RSP-014") == []


def test_who_answers_depends_on_the_day() -> None:
    model = accountable(None, period=YEAR)

    assert messages(model, "MK-RSP-014") == []
    assert not_judged(model) == {"MK-RSP-014": ("ana",)}
    assert len(messages(model, "MK-RSP-014", DAY)) == 1
    assert messages(model, "MK-RSP-014", date(2027, 1, 1)) == []


def test_how_much_is_too_much_is_a_limit() -> None:
    model = accountable(None)

    assert check(model, limits={"accountable_subjects": 8}).of("MK-RSP-014") == ()
    assert len(check(model, limits={"consulted_roles": 0}).of("MK-RSP-015")) == 0


def verified(period: Period | None, closed: date | None) -> Model:
    def story(d: Draft) -> None:
        cast(d)
        d.improvement_action("Act", id="act", verified_by="ana", closed=closed)
        d.role_assignment(role="owner", party="ana", on="act", period=period)

    return told(story)


@pytest.mark.parametrize("on", ["old", "step"])
def test_a_retired_process_stands_in_no_row(on: str) -> None:
    def story(d: Draft) -> None:
        cast(d)
        d.process("Old", id="old", release=retired(DAY))
        d.activity("Step", id="step", process="old")
        d.activity("Loose", id="loose")
        for number in range(4):
            d.role("Asked", id=f"asked-{number}", kind="performer")
            d.responsibility(on=on, role=f"asked-{number}", letter="C")
        d.responsibility(on=on, role="chair", letter="A")
        d.responsibility(on="loose", role="chair", letter="A")
        d.role_assignment(role="chair", party="ana")

    def found(day: date, least: int) -> set[str]:
        limits = {"accountable_subjects": least}
        issues = check(told(story), on=day, limits=limits).issues
        return {i.code for i in issues if i.ref in (on, "ana")} - {"MK-CPL-001"}

    before = date(2026, 6, 29)
    spoken = {"MK-RSP-012", "MK-RSP-014", "MK-RSP-015"}

    assert found(before, 1) & spoken == spoken
    assert found(DAY, 1) & spoken == set()
    assert found(DAY, 0) & spoken == {"MK-RSP-014"}


def test_a_retired_process_needs_nobody_accountable() -> None:
    def story(d: Draft) -> None:
        cast(d)
        d.process("Old", id="old", release=retired(DAY))
        d.responsibility(on="old", role="chair", letter="R")

    assert messages(told(story), "MK-RSP-011", DAY) == []
    assert len(messages(told(story), "MK-RSP-011", date(2026, 6, 29))) == 1


def test_who_owned_an_action_is_judged_on_the_day_it_was_closed() -> None:
    own = ["Improvement action 'Act' is verified by its owner."]

    assert messages(verified(PAST, date(2025, 5, 5)), "MK-RSP-016", DAY) == own
    assert messages(verified(PAST, DAY), "MK-RSP-016") == []
    assert messages(verified(YEAR, None), "MK-RSP-016", DAY) == own
    assert messages(verified(PAST, None), "MK-RSP-016", DAY) == []


@pytest.mark.parametrize("status", ["done", "verified", "ineffective"])
def test_of_an_action_that_was_closed_nobody_knows_when_only_all_days_tell(
    status: str,
) -> None:
    def closed(period: Period | None) -> Model:
        d = Draft(verified(period, None))
        d.evidence("Seen", id="seen")
        d.set("act", evidence=("seen",), status=status)
        return d.model

    assert messages(closed(YEAR), "MK-RSP-016", DAY) == []
    assert not_judged(closed(YEAR), DAY) == {"MK-RSP-016": ("act",)}
    assert len(messages(closed(None), "MK-RSP-016", DAY)) == 1
    assert not_judged(closed(None), DAY) == {}


def test_without_any_day_it_is_not_known_who_owned_an_action() -> None:
    model = verified(YEAR, None)

    assert messages(model, "MK-RSP-016") == []
    assert not_judged(model) == {"MK-RSP-016": ("act",)}
