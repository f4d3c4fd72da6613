from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId, GoalId
from missionkit.domain.intent import CoreIntent
from missionkit.domain.model import Model, in_force
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Goal
from missionkit.domain.values import Contribution, Period
from missionkit.rules.check import check
from tests.rules.cases import told

STR = "MK-STR-0"


def messages(model: Model, number: int, on: date | None = None) -> list[str]:
    return [issue.message for issue in check(model, on=on).of(f"{STR}{number}")]


def helps(*targets: str) -> tuple[Contribution, ...]:
    return tuple(Contribution(target=GoalId(ref), weight=10) for ref in targets)


def goals(links: dict[str, str]) -> Model:
    """Return goals by their letter, each contributing to those of a word."""

    def story(d: Draft) -> None:
        for ref, targets in links.items():
            d.goal(ref, id=ref, contributions=helps(*targets))

    return told(story)


def test_what_contributes_to_itself_alone_is_a_circle() -> None:
    assert messages(goals({"a": "a"}), 23) == ["Goal 'a' contributes to itself: a → a."]


def test_each_knot_is_reported_once_by_a_shortest_circle() -> None:
    model = goals(
        {"a": "b", "b": "cd", "c": "a", "d": "c", "x": "y", "y": "x", "z": "a"}
    )
    found = check(model).of("MK-STR-023")

    assert [(i.ref, i.path, i.message) for i in found] == [
        (
            "a",
            "contributions[0].target",
            "Goal 'a' contributes to itself: a → b → c → a.",
        ),
        ("x", "contributions[0].target", "Goal 'x' contributes to itself: x → y → x."),
    ]


def test_a_long_circle_is_shortened_in_the_middle() -> None:
    letters = "abcdefghij"
    model = goals(dict(zip(letters, letters[1:] + "a", strict=True)))

    assert messages(model, 23) == [
        "Goal 'a' contributes to itself: a → b → c → d → … → i → j → a."
    ]


def test_the_goal_of_an_objective_and_the_parent_of_a_goal_are_links_too() -> None:
    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        d.goal("Walls", id="walls", parent="homes")
        d.objective("Insulate", id="insulate", goal="walls")
        back = Contribution(target=GoalId("insulate"), weight=1)
        d.set("homes", contributions=(back, *helps("walls")))

    found = check(told(story)).of("MK-STR-023")

    assert [(issue.ref, issue.path) for issue in found] == [
        ("homes", "contributions[1].target")
    ]


def test_a_contribution_to_what_was_erased_ends_there() -> None:
    erased = Opaque(kind="goal", id=AnyId("b"), erased=True)
    model = Model(
        [Goal(id=GoalId("a"), statement="A", contributions=helps("b")), erased]
    )

    assert messages(model, 23) == []


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.frozensets(st.sampled_from("abcdef")), max_size=6
    )
)
def test_a_circle_that_is_named_is_there(links: dict[str, frozenset[str]]) -> None:
    plan = {ref: sorted(to for to in links[ref] if to in links) for ref in links}
    found = check(goals({ref: "".join(to) for ref, to in plan.items()})).of(
        "MK-STR-023"
    )

    for issue in found:
        way = issue.message.partition(": ")[2].rstrip(".").split(" → ")
        assert way[0] == way[-1]
        assert all(to in plan[ref] for ref, to in pairwise(way))
    assert bool(found) == any(ref in _reached(plan, ref) for ref in plan)


def _reached(plan: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = set(plan[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def test_a_very_long_circle_is_found() -> None:
    count = 3_000
    links = (
        Goal(
            id=GoalId(f"g{at}"),
            statement="G",
            contributions=helps(f"g{(at + 1) % count}"),
        )
        for at in range(count)
    )

    assert len(messages(Model(links), 23)) == 1


def weighed(*weights: float | None) -> Model:
    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        for number, weight in enumerate(weights):
            d.objective("O", id=f"o{number}", goal="homes", weight=weight)

    return told(story)


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        ((0.3, 0.3), "0.6, not 1"),
        ((0, 0), "0, not 1"),
        ((3, 4), "7, not 1"),
        ((0.9, 0.2, None), "1.1, not 1, and others have none yet"),
        ((1.7e308, 1.7e308), "inf, not 1"),
        ((1 + 1e-8,), "1.00000001, not 1"),
    ],
    ids=str,
)
def test_weights_that_are_no_shares_of_one_are_found(
    weights: tuple[float | None, ...], total: str
) -> None:
    assert messages(weighed(*weights), 24) == [
        f"Goal 'Homes' has objectives whose weights add up to {total}."
    ]


@pytest.mark.parametrize(
    "weights",
    [(), (None, None), (1,), (0.3, None), (1, None), (0.1,) * 10, (1 / 3,) * 3],
    ids=str,
)
def test_weights_that_are_shares_or_not_known_are_fine(
    weights: tuple[float | None, ...],
) -> None:
    assert messages(weighed(*weights), 24) == []


def test_each_family_is_weighed_by_itself() -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent")
        d.goal("Homes", id="homes", intent="intent", weight=1)
        d.goal("Walls", id="walls", parent="homes", weight=0.5)
        d.goal("Roofs", id="roofs", parent="homes", weight=0.5)
        d.goal("Alone", id="alone", weight=7)
        d.objective("Insulate", goal="homes", weight=0.2)
        d.objective("Dropped", goal="homes", weight=0.8, status="dropped")
        d.objective("Alone", id="loose", weight=7)

    assert messages(told(story), 24) == [
        "Goal 'Homes' has objectives whose weights add up to 0.2, not 1."
    ]


def timed(*shares: tuple[float | None, int | None, int | None]) -> Model:
    """Return objectives of one goal: the weight of each, its first and last month."""

    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        for at, (weight, first, last) in enumerate(shares):
            start = date(2024 + first // 12, first % 12 + 1, 1) if first else None
            end = date(2024 + last // 12, last % 12 + 1, 28) if last else None
            period = Period(start, end) if start or end else None
            d.objective("O", id=f"o{at}", goal="homes", weight=weight, period=period)

    return told(story)


WELL = {
    "one year and the next": ((0.5, 1, 11), (0.5, 1, 11), (0.5, 12, 23), (0.5, 12, 23)),
    "one after the other, as shares of the whole": ((0.5, 1, 5), (0.5, 6, 11)),
    "one that ends before the others": ((0.5, 1, 5), (0.5, 1, 11)),
    "one that always holds": ((0.5, None, None), (0.5, 1, 11), (0.5, 12, 23)),
    "a chain": ((0.5, 1, 11), (0.5, 6, 17), (0.5, 12, 23)),
    "open ends": ((1, None, 11), (1, 12, None)),
    "nothing known of the next year": ((1, 1, 11), (None, 12, 23)),
    "less than all of the year": ((1, 1, 11), (0.3, 12, 23), (None, 12, 23)),
}
NOT_WELL = {
    "both years": (
        ((0.6, 1, 11), (0.5, 1, 11), (0.5, 12, 23)),
        ["0.5 on 2025-01-01, not 1.", "1.1 on 2024-02-01, not 1."],
    ),
    "the second year": (
        ((0.5, 1, 11), (0.5, 1, 11), (0.5, 12, 23)),
        ["0.5 on 2025-01-01, not 1."],
    ),
    "on one day": (((1, 1, 11), (1, 11, 23)), ["2, not 1."]),
    "with one that always holds": (
        ((0.5, None, None), (0.5, 1, 11), (0.6, 12, 23)),
        ["1.1 on 2025-01-01, not 1."],
    ),
    "with one left out": (
        ((1, 1, 11), (1.2, 12, 23), (None, 12, 23)),
        ["1.2 on 2025-01-01, not 1, and others have none yet."],
    ),
    "from the first day there is": (((1, None, 11), (1, None, 23)), ["2, not 1."]),
}


@pytest.mark.parametrize("name", WELL)
def test_weights_are_judged_among_those_beside_each_other_in_time(name: str) -> None:
    assert messages(timed(*WELL[name]), 24) == []


@pytest.mark.parametrize("name", NOT_WELL)
def test_a_group_of_one_time_that_does_not_add_up_is_found(name: str) -> None:
    shares, said = NOT_WELL[name]
    whole = "Goal 'Homes' has objectives whose weights add up to "

    assert messages(timed(*shares), 24) == [f"{whole}{each}" for each in said]


def test_on_a_day_groups_that_are_over_are_history() -> None:
    both = timed((0.6, 1, 11), (0.5, 1, 11), (0.5, 12, 23))
    lasting = timed((0.6, 1, 11), (0.5, 1, 5), (7, 12, 23))
    always = timed((0.6, 1, 11), (0.5, None, None), (0.5, 12, 23))

    assert len(messages(both, 24, date(2024, 12, 28))) == 2
    assert len(messages(both, 24, date(2024, 12, 29))) == 1
    assert messages(both, 24, date(2026, 1, 1)) == []
    assert len(messages(lasting, 24, date(2024, 12, 1))) == 2
    assert len(messages(always, 24)) == 1
    assert messages(always, 24, date(2025, 1, 1)) == []
    assert len(messages(weighed(0.5), 24, date(2025, 1, 1))) == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.25, 0.5, 1.0]), st.integers(1, 6), st.integers(0, 4)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_groups_are_those_that_a_day_has_and_no_other_day_has_more_of(
    shares: list[tuple[float, int, int]],
) -> None:
    model = timed(*((weight, first, first + more) for weight, first, more in shares))
    days = [
        frozenset(
            n for n, (_, first, m) in enumerate(shares) if first <= day <= first + m
        )
        for day in range(1, 11)
    ]
    largest = {day for day in days if day and not any(day < other for other in days)}
    totals = [sum(shares[n][0] for n in day) for day in largest]
    wrong = [total for total in totals if total != 1]
    whole = sum(weight for weight, _, _ in shares) == 1

    assert len(messages(model, 24)) == (0 if whole else len(wrong))


def test_how_exact_weights_must_be_is_a_limit() -> None:
    third = weighed(0.33, 0.33, 0.33)

    assert len(messages(third, 24)) == 1
    assert check(third, limits={"weight_tolerance": 0.02}).of("MK-STR-024") == ()


def intents(**spans: tuple[Period | None, str | None]) -> Model:
    """Return intents by name, each with its period and the one it supersedes."""

    def story(d: Draft) -> None:
        for ref, (period, before) in spans.items():
            d.core_intent(ref, id=ref, effective=period, supersedes=before)

    return told(story)


def years(first: int | None, last: int | None = None) -> Period:
    return Period(
        date(first, 1, 1) if first else None, date(last, 12, 31) if last else None
    )


OVERLAPPING = {
    "both always": intents(a=(None, None), b=(None, None)),
    "one always": intents(a=(None, None), b=(years(2026), None)),
    "by a year": intents(a=(years(2020, 2026), None), b=(years(2026), None)),
    "open start": intents(a=(years(2020), None), b=(years(None, 2030), None)),
    "superseded, but said to go on": intents(
        a=(years(2020, 2030), None), b=(years(2026), "a")
    ),
    "superseded before it started": intents(
        a=(years(2026), None), b=(years(2020), "a")
    ),
    "superseded on the first day there is": intents(
        a=(None, None), b=(Period(date.min), "a")
    ),
}
APART = {
    "one": intents(a=(None, None)),
    "one after the other": intents(a=(years(2020, 2025), None), b=(years(2026), None)),
    "superseded": intents(a=(years(2020), None), b=(years(2026), "a")),
    "superseded, always before": intents(a=(None, None), b=(years(2026), "a")),
    "superseded, nobody knows when": intents(a=(years(2020), None), b=(None, "a")),
    "superseded at last": intents(
        a=(years(2020), None), b=(years(None, 2019), "a"), c=(years(2026), "a")
    ),
}


@pytest.mark.parametrize("name", OVERLAPPING)
def test_two_intents_in_force_at_once_are_found(name: str) -> None:
    assert len(messages(OVERLAPPING[name], 26)) == 1


@pytest.mark.parametrize("name", APART)
def test_intents_one_after_the_other_are_fine(name: str) -> None:
    assert messages(APART[name], 26) == []


def test_an_intent_within_another_and_one_after_it_are_both_found() -> None:
    model = intents(
        a=(years(2020, 2030), None),
        b=(years(2021, 2022), None),
        c=(years(2025), None),
    )

    same = "is in force beside 'a' from"
    assert messages(model, 26) == [
        f"Core intent 'b' {same} 2021-01-01 to 2022-12-31.",
        f"Core intent 'c' {same} 2025-01-01 to 2030-12-31.",
    ]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (None, None, ""),
        (years(2020), None, " from 2020-01-01 on"),
        (years(None, 2030), None, " to 2030-12-31"),
        (years(2020, 2026), years(2026), " from 2026-01-01 to 2026-12-31"),
        (
            Period(None, date(2026, 1, 1)),
            Period(date(2026, 1, 1), None),
            " on 2026-01-01",
        ),
    ],
    ids=str,
)
def test_the_days_on_which_two_intents_are_in_force_are_named(
    one: Period | None, other: Period | None, days: str
) -> None:
    (message,) = messages(intents(a=(one, None), b=(other, None)), 26)

    assert message.partition("in force beside ")[2][3:] == f"{days}."


def test_each_organization_has_an_intent_of_its_own() -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.organization("Branch", id="branch", parent="trust")
        d.core_intent("a", id="a", organization="branch")
        d.core_intent("b", id="b")
        d.core_intent("c", id="c", organization="trust")

    assert messages(told(story), 26) == ["Core intent 'c' is in force beside 'b'."]


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 9))
PERIODS = st.none() | st.builds(lambda a, b: Period(min(a, b), max(a, b)), DAYS, DAYS)


@given(PERIODS, PERIODS)
def test_an_overlap_is_a_day_on_which_both_are_in_force(
    one: Period | None, other: Period | None
) -> None:
    model = intents(a=(one, None), b=(other, None))
    both = any(
        len(in_force(model, CoreIntent, on=date(2020, 1, day))) > 1
        for day in range(1, 10)
    )

    assert bool(messages(model, 26)) == both


def test_links_to_what_nobody_can_read_are_named_with_the_way_out() -> None:
    def story(d: Draft) -> None:
        d.add(Opaque(kind="vendor.bet", id=AnyId("bet"), data=Ext({"on": "ana"})))
        d.add(Opaque(kind="party", id=AnyId("ana"), erased=True))
        d.process("Work", id="work")
        d.role("Owner", id="owner")
        d.role_assignment(id="plays", role="owner", party="ana", on="work")
        d.relation(id="about", source="work", target="bet", kind="is about")

    unknown, erased = check(told(story)).of("MK-STR-006")

    assert (unknown.ref, unknown.path, unknown.value) == ("about", "target", "'bet'")
    assert "which is of a kind that is not known here" in unknown.message
    assert "kinds" in unknown.fix
    assert (erased.ref, erased.path, erased.value) == ("plays", "party", "'ana'")
    assert "which was erased" in erased.message
    assert "kinds" not in erased.fix
