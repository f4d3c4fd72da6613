"""Whether revenue and new clients are those whom the strategy wants."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from tests.drift.conducted import FACTS, figures, one, organization, said, sales, view

SMALL, STAY = FACTS
FIT, UNKNOWN = "client-fit", "client-fit-unknown"
NEW, HALVES, EASY = "new-client-fit", "easy-clients-fit-less", "easy-unfit-revenue"
BIG = mk.Fact(name="size", value="big")
LEAVE = mk.Fact(name="stay", value="short")


def client(
    ref: str,
    *facts: mk.Fact,
    **given: Any,  # noqa: ANN401 - fields of the client
) -> mk.Client:
    return mk.Client(id=mk.ClientId(ref), name=ref.title(), facts=facts, **given)


def with_clients(*clients: mk.Client, wanted: tuple[mk.Fact, ...] = FACTS) -> mk.Model:
    profile = mk.ClientProfile(
        id=mk.ClientProfileId("ideal"), name="Whom we want", wanted=wanted
    )
    return organization().with_(profile, *clients)


def month(number: int) -> date:
    return date(2026, number, 3)


OLD = client("long-since", since=date(2020, 1, 1))
MODEL = with_clients(client("both", *FACTS), client("half", SMALL, LEAVE), OLD)


def test_revenue_is_weighted_by_the_facts_that_are_wanted() -> None:
    paid = sales(
        (1, "both", 4), (1, "half", 2), (1, "long-since", 1), (1, "stranger", 3)
    )
    seen = view(MODEL, 1, revenue=paid)

    assert said(one(FIT, seen)) == [0.5]
    assert said(one(UNKNOWN, seen)) == [0.4]
    assert one(FIT, seen).title == "Revenue that fits: Whom we want"
    assert one(FIT, seen).refs == ("ideal",)


def test_a_fact_may_have_several_values_that_are_wanted() -> None:
    wanted = (BIG, SMALL, mk.Fact(name="Stay", value="LONG"))
    model = with_clients(client("both", *FACTS), client("big", BIG), wanted=wanted)
    seen = view(model, 1, revenue=sales((1, "both", 1), (1, "big", 1)))

    assert said(one(FIT, seen)) == [0.75]
    assert said(one(UNKNOWN, seen)) == [0.25]


def test_a_profile_without_facts_fits_nobody() -> None:
    seen = view(with_clients(wanted=()), 1, revenue=sales((1, "a", 1)))

    why = ["the profile says nothing of what is wanted"]
    assert [said(one(name, seen)) for name in (FIT, UNKNOWN, NEW, HALVES, EASY)] == [
        why
    ] * 5


def test_without_a_profile_there_is_nothing_to_fit() -> None:
    assert figures(FIT, view(revenue=sales((1, "a", 1)))) == []
    assert figures(NEW, view(revenue=sales((1, "a", 1)))) == []


def new(ref: str, hours: float | None, *facts: mk.Fact) -> mk.Client:
    return client(ref, *facts, since=month(2), effort_to_win=hours)


EASY_ONE = new("easy", 2, BIG, LEAVE)
EASY_TWO = new("easier", 1, SMALL, LEAVE)
HARD = new("hard", 30, *FACTS)
HARDER = new("harder", 40, *FACTS)
WON = with_clients(OLD, EASY_ONE, EASY_TWO, HARD, HARDER)
PAID = sales(
    (1, "long-since", 9),
    (2, "easy", 6),
    (2, "easier", 1),
    (2, "hard", 2),
    (2, "harder", 1),
)
NOBODY = "it has no new client"


def test_ease_is_told_by_hand() -> None:
    seen = view(WON, 2, revenue=PAID)

    assert said(one(NEW, seen)) == [NOBODY, (0 + 0.5 + 1 + 1) / 4]
    assert said(one(HALVES, seen)) == [NOBODY, 1 - 0.25]
    assert said(one(EASY, seen)) == [NOBODY, 0.6]
    assert one(NEW, seen).points[1].of == 4


def test_the_caller_says_what_fits() -> None:
    strict = view(WON, 2, revenue=PAID, limits={"client_fit": 0.6})

    assert said(one(EASY, strict))[1] == 0.7


def test_those_of_equal_effort_count_in_both_halves() -> None:
    tied = [new("a", 1, *FACTS), new("b", 5, *FACTS), new("c", 5, BIG, LEAVE)]
    paid = sales((1, "long-since", 1), *((2, ref, 1) for ref in "abc"))
    seen = view(with_clients(OLD, *tied), 2, revenue=paid)

    # Easier half: a whole, and a quarter of b and c each; the rest is harder.
    easier = (1 + 0.25) / 1.5
    harder = 0.75 / 1.5
    assert said(one(HALVES, seen))[1] == pytest.approx(harder - easier)


@pytest.mark.parametrize(
    ("name", "clients", "why"),
    [
        (HALVES, [HARD], "all new clients took the same effort to win"),
        (
            EASY,
            [HARD],
            "all clients took the same effort to win, so that none was easy",
        ),
        (
            NEW,
            [HARD, new("easy", 2, BIG)],
            "of 1 of 2 new clients a wanted fact is not known",
        ),
        (
            HALVES,
            [HARD, new("easy", None, *FACTS)],
            "of 1 of 2 new clients nobody says what it took to win them",
        ),
        (
            EASY,
            [HARD, EASY_ONE, new("silent", 1, *FACTS)],
            None,
        ),
    ],
)
def test_what_is_not_known_is_not_guessed(
    name: str, clients: list[mk.Client], why: str | None
) -> None:
    rows = [(1, "long-since", 1), *((2, each.id, 1) for each in clients)]
    seen = view(with_clients(OLD, *clients), 2, revenue=sales(*rows))

    found = said(one(name, seen))[1]
    assert found == (pytest.approx(1 / 3) if why is None else why)


def test_new_clients_who_paid_nothing_have_no_revenue_to_share() -> None:
    seen = view(
        with_clients(OLD, EASY_ONE, HARD),
        2,
        revenue=sales((1, "long-since", 1), (2, "long-since", 1)),
    )

    assert said(one(EASY, seen))[1] == "its new clients paid nothing in it"
    assert said(one(NEW, seen))[1] == 0.5


def test_a_client_without_a_start_is_new_when_it_first_pays() -> None:
    both = client("both", *FACTS)
    rows = sales((1, "long-since", 1), (2, "both", 1), (3, "both", 1))

    assert said(one(NEW, view(with_clients(OLD, both), revenue=rows))) == [
        NOBODY,
        1.0,
        NOBODY,
    ]
    early = sales((2, "both", 1), (3, "long-since", 1))
    assert said(one(NEW, view(with_clients(OLD, both), revenue=early))) == [
        "no receipt is recorded in it",
        "nobody says of all its clients since when they are clients",
        NOBODY,
    ]


def test_after_a_gap_nobody_knows_who_is_new() -> None:
    both = client("both", *FACTS)
    rows = sales((1, "long-since", 1), (3, "long-since", 1), (3, "both", 1))
    seen = view(with_clients(OLD, both), revenue=rows)

    assert said(one(NEW, seen))[2] == (
        "nobody says of all its clients since when they are clients"
    )


@given(
    st.lists(
        st.tuples(
            st.floats(0, 100) | st.sampled_from([1.0, 2.0]),
            st.sampled_from([FACTS, (SMALL, LEAVE), (BIG, LEAVE)]),
            st.integers(0, 1000),
        ),
        max_size=7,
    )
)
def test_ease_keeps_its_bounds_and_knows_no_order(rows: list[Any]) -> None:
    clients = [new(f"c-{at}", row[0], *row[1]) for at, row in enumerate(rows)]
    paid = [(2, f"c-{at}", row[2]) for at, row in enumerate(rows)]
    model = with_clients(OLD, *clients)
    seen = view(
        model, 2, revenue=sales((1, "long-since", 1), *paid, (2, "long-since", 1))
    )

    turned = sales((2, "long-since", 1), *paid[::-1], (1, "long-since", 1))
    for name, low in ((NEW, 0), (HALVES, -1), (EASY, 0)):
        assert all(low <= value <= 1 for value in one(name, seen).values)
        assert figures(name, view(model, 2, revenue=turned)) == figures(name, seen)
