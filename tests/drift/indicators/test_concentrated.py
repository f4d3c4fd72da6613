"""How much of the revenue hangs on few clients, against the published numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from tests.drift.conducted import figures, one, organization, said, sales, view

MODEL = organization()
NAMES = (
    "client-concentration",
    "client-concentration-normalized",
    "effective-clients",
    "largest-client",
    "three-largest-clients",
)
PUBLISHED = [
    (1, client, paid) for client, paid in zip("abcde", (40, 25, 20, 10, 5), strict=True)
]


def revenue(
    *buckets: tuple[str, int],
    **facts: Any,  # noqa: ANN401 - fields of the snapshot
) -> mk.RevenueSnapshot:
    held = (
        mk.RevenueBucket(name=name, actual=Decimal(paid), recurring=Decimal(0))
        for name, paid in buckets
    )
    given: dict[str, Any] = {
        "period": mk.month(date(2026, 1, 1)),
        "currency": "EUR",
        "id": mk.RevenueSnapshotId("revenue"),
        **facts,
    }
    return mk.RevenueSnapshot(buckets=tuple(held), **given)


def test_published_numbers_come_out() -> None:
    seen = view(MODEL, 1, revenue=sales(*PUBLISHED))

    found = [one(name, seen).values[0] for name in NAMES]
    assert found == [0.275, 0.09375, pytest.approx(3.636364, abs=5e-7), 0.4, 0.85]
    assert one(NAMES[0], seen).points[0].of == 100


def test_one_client_has_everything() -> None:
    seen = view(MODEL, 1, revenue=sales((1, "a", 5), (1, "b", 0)))

    alone = "there is one client alone, so that nothing can be uneven"
    assert [said(one(name, seen))[0] for name in NAMES] == [1.0, alone, 1.0, 1.0, 1.0]


def test_a_client_is_one_by_its_id_and_its_name() -> None:
    north = mk.Client(id=mk.ClientId("north"), name="North Ltd")
    paid = sales((1, "north", 1), (1, "North Ltd", 1), (1, "else", 2))

    assert said(one(NAMES[0], view(MODEL.with_(north), 1, revenue=paid))) == [0.5]


def test_a_name_that_two_share_is_neither() -> None:
    twins = [mk.Client(id=mk.ClientId(ref), name="Twin") for ref in ("one", "two")]
    paid = sales((1, "Twin", 1), (1, "one", 1))

    assert said(one(NAMES[0], view(MODEL.with_(*twins), 1, revenue=paid))) == [0.5]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(2, "a", 1)], "no receipt is recorded in it"),
        ([(1, "a", 0)], "no revenue is counted in it"),
        ([(1, "a", 3), (1, "b", -1)], "more was paid back than paid to b"),
        (
            [(1, "a", 3), (1, "b", 1, False, "USD")],
            "EUR and USD cannot be added",
        ),
        (
            [(1, c, 1, False, c) for c in ("EUR", "USD", "GBP")],
            "EUR, GBP and USD cannot be added",
        ),
    ],
)
def test_what_has_no_shares_has_a_reason(rows: list[Any], why: str) -> None:
    seen = view(MODEL, 1, revenue=sales(*rows))

    assert [said(one(name, seen)) for name in NAMES] == [[why]] * len(NAMES)


def test_a_refund_is_taken_off_its_payer() -> None:
    seen = view(MODEL, 1, revenue=sales((1, "a", 4), (1, "a", -1), (1, "b", 3)))

    assert said(one(NAMES[0], seen)) == [0.5]


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (revenue(("a", 1), ("b", 1)), 0.5),
        (revenue(("a", 10), ("b", 10), unknown=Decimal(1)), 0.5),
        (
            revenue(("a", 9), off_mission=Decimal(1)),
            "nobody knows who paid 10.0% of the revenue, more than 5%",
        ),
        (
            revenue(("a", 9), unknown=Decimal(-1)),
            "more was paid back than paid to payers who are not named",
        ),
        (revenue(("a", 9), currency=None), "a snapshot of it has no currency"),
        (revenue(), "no revenue is counted in it"),
    ],
)
def test_payers_are_read_from_snapshots(
    held: mk.RevenueSnapshot, found: object
) -> None:
    assert said(one(NAMES[0], view(MODEL.with_(held), 1))) == [found]


def test_the_caller_says_how_much_may_be_unnamed() -> None:
    held = revenue(("a", 9), unknown=Decimal(1))
    seen = view(MODEL.with_(held), 1, limits={"unnamed_revenue": 0.1})

    assert said(one(NAMES[0], seen)) == [1.0]


def test_snapshots_of_two_currencies_are_not_joined() -> None:
    other = revenue(("b", 1), currency="USD", id=mk.RevenueSnapshotId("other"))
    seen = view(MODEL.with_(revenue(("a", 1)), other), 1)

    assert said(one(NAMES[0], seen)) == ["EUR and USD cannot be added"]


receipts = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["a", "b", "c", "d"]),
        st.decimals(-5, 1000, places=2),
        st.booleans(),
    ),
    max_size=10,
)


@given(receipts)
def test_indices_keep_their_bounds(rows: list[Any]) -> None:
    seen = view(MODEL, revenue=sales(*rows))
    for name in NAMES:
        for value in one(name, seen).values:
            assert 1 <= value <= 4 if name == NAMES[2] else 0 <= value <= 1


@given(receipts)
@pytest.mark.parametrize("name", [*NAMES, "recurring-share", "client-churn"])
def test_order_and_the_way_it_is_kept_change_nothing(
    name: str, rows: list[Any]
) -> None:
    ledger = sales(*rows)
    found = figures(name, view(MODEL, revenue=ledger))

    assert figures(name, view(MODEL, revenue=sales(*rows[::-1]))) == found
    kept = MODEL.with_(*mk.summarize(ledger, model=MODEL))
    assert [s.values for s in figures(name, view(kept))] == [s.values for s in found]
