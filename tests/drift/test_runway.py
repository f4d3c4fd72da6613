"""For how many months revenue carries a cost: by hand, by chance, and as laws."""

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import missionkit as mk
from missionkit.errors import InvalidValueError
from tests.drift.conducted import months, organization, sales, work

MODEL = organization()
EUROS = "EUR"


def rows(count: int, *each: tuple[str, float, bool]) -> list[tuple[Any, ...]]:
    return [(at, *row) for at in range(1, count + 1) for row in each]


def asked(
    cost: object,
    count: int = 6,
    *each: tuple[str, float, bool],
    **given: Any,  # noqa: ANN401 - what is assumed
) -> mk.Runway:
    paid = given.pop("revenue", sales(*rows(count, *each)))
    facts = {"half_life": 6, "periods": months(count), "draws": 400, **given}
    return mk.runway(
        MODEL, cost=mk.Money(Decimal(str(cost)), EUROS), revenue=paid, **facts
    )


def lasting(found: mk.Runway) -> tuple[Any, ...]:
    return found.low, found.median, found.high


def test_without_churn_only_the_taper_counts() -> None:
    # 100 recur, 800 halve each month: 900, 500, 300, 200, 150 are at least 150.
    each = (("stays", 100, True), ("once", 800, False))

    found = asked(150, 6, *each, half_life=1, churn=0)
    assert lasting(found) == (4, 4, 4)
    assert (found.recurring, found.episodic, found.clients) == (100, 800, 1)
    assert found.carried == pytest.approx(100 / 150)
    assert lasting(asked(150.01, 6, *each, half_life=1, churn=0)) == (3, 3, 3)
    assert lasting(asked(501, 6, *each, half_life=1, churn=0)) == (0, 0, 0)


def test_what_recurs_may_carry_the_cost_for_good() -> None:
    found = asked(100, 6, ("stays", 100, True), churn=0, horizon=24)

    assert lasting(found) == (None, None, None)
    said = "for more than 24 months (90% interval: more than 24 months to more than 24"
    assert said in str(found)


def test_with_everybody_leaving_only_the_taper_is_left() -> None:
    each = (("stays", 100, True), ("once", 800, False))

    assert lasting(asked(100, 6, *each, half_life=1, churn=1)) == (3, 3, 3)


def test_one_client_leaves_by_the_rate_that_is_given() -> None:
    found = asked(1, 6, ("stays", 100, True), churn=0.1, draws=4000)

    # A client who leaves each month at 0.1 stays k months at least by 0.9 ** k.
    assert lasting(found) == (0, 6, pytest.approx(28, abs=2))


def test_many_small_clients_go_as_expected() -> None:
    each = [(f"c{at:03}", 1, True) for at in range(600)]
    found = asked(300, 3, *each, churn=0.1, draws=50)

    # 600 * 0.9 ** m falls below 300 in the seventh month.
    assert found.median in (5, 6, 7)
    assert found.clients == 600


def test_churn_is_estimated_from_periods() -> None:
    # Of ten clients one leaves after each month but the last.
    left = [
        (at, f"c{client}", 10, True)
        for client in range(10)
        for at in range(1, min(6, client + 1) + 1)
    ]
    found = asked(1, 6, revenue=sales(*left))

    lost, clients = 5, 10 + 9 + 8 + 7 + 6
    assert found.churn == pytest.approx((lost + 0.5) / (clients + 1))
    assert not found.churn_given


def test_a_quarter_is_three_months() -> None:
    paid = sales(*((at, "stays", 300, True) for at in (1, 4, 7, 10)))
    quarters = mk.periods(date(2026, 1, 1), date(2026, 12, 31), by=mk.quarter)
    found = asked(1, 12, revenue=paid, periods=quarters)

    assert found.recurring == 100
    assert found.churn == pytest.approx(1 - (1 - 0.5 / 4) ** (1 / 3))
    assert found.periods == 4


def test_equal_seeds_give_equal_answers() -> None:
    each = (("a", 60, True), ("b", 50, True), ("once", 80, False))

    assert asked(90, 6, *each, seed=3) == asked(90, 6, *each, seed=3)
    mixed = sales(*rows(6, *each)[::-1])
    assert asked(90, 6, revenue=mixed, seed=3) == asked(90, 6, *each, seed=3)


def test_snapshots_give_the_same() -> None:
    each = (("a", 60, True), ("b", 50, True), ("once", 80, False))
    model = MODEL.with_(*mk.summarize(sales(*rows(6, *each)), model=MODEL))
    cost = mk.Money(Decimal(90), EUROS)

    found = mk.runway(model, cost=cost, half_life=6, periods=months(6), draws=400)
    assert found == asked(90, 6, *each)


def test_assumptions_are_printed() -> None:
    found = asked(150, 6, ("stays", 100, True), ("once", 800, False), churn=0)

    text = str(found)
    for said in (
        "150 EUR every month",
        "100 a month from 1 client, 67% of the cost",
        "800 a month, the mean of 6 periods",
        "episodic revenue halves every 6 months",
        "0.00% of recurring clients a month, given",
        "none, and no new clients",
        "2026-06-30",
        "120 months",
        "400 draws, seed 0",
    ):
        assert said in text
        assert said in found._repr_html_()


def test_it_is_a_value_that_is_written_and_kept() -> None:
    found = asked(150, 6, ("stays", 100, True), ("once", 800, False))

    held = json.loads(json.dumps(found.as_dict()))
    assert held["cost"] == {"amount": "150", "currency": "EUR"}
    assert held["known"] == "2026-06-30"
    assert held["assumptions"][0] == ["cost", "150 EUR every month"]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    assert asked(1, 0).as_dict()["known"] is None


@pytest.mark.parametrize(
    ("paid", "periods", "why"),
    [
        ([], (), "0 of 0 periods are known, and 3 are needed"),
        (
            rows(2, ("a", 1, True)),
            months(4),
            (
                "2 of 4 periods are known, and 3 are needed; of another one no receipt"
                " is recorded in it"
            ),
        ),
        (
            [(at, "a", 1, True, "USD") for at in (1, 2, 3)],
            months(3),
            "revenue is paid in USD, and the cost in EUR",
        ),
        (
            [(at, "a", 1, True, ("USD", "EUR")[at % 2]) for at in (1, 2, 3)],
            months(3),
            "revenue is paid in EUR and USD, and the cost in EUR",
        ),
        (
            rows(3, ("a", 1, True), ("b", -2, True)),
            months(3),
            (
                "0 of 3 periods are known, and 3 are needed; of another one of what"
                " recurs, more was paid back than paid to b"
            ),
        ),
        (
            [row for row in rows(5, ("a", 1, True)) if row[0] % 2],
            months(5),
            "no two periods that follow each other tell how many clients left",
        ),
        (
            rows(9, ("a", 1, True)),
            (*months(2), mk.quarter(date(2026, 4, 1)), mk.quarter(date(2026, 7, 1))),
            "periods must be whole months, and all of one length",
        ),
    ],
)
def test_what_is_not_enough_has_a_reason(
    paid: list[Any], periods: tuple[mk.Period, ...], why: str
) -> None:
    found = asked(1, revenue=sales(*paid), periods=periods)

    assert found.reason == why
    assert lasting(found) == (None, None, None)
    assert found.carried is None
    head = "Not enough data to say how long revenue carries a cost of 1 EUR a month: "
    assert str(found).startswith(f"{head}{why}.")


def test_without_recurring_clients_the_taper_is_enough_where_churn_is_given() -> None:
    found = asked(3, 3, ("a", 8, False), churn=0.1, half_life=1)

    assert lasting(found) == (1, 1, 1)


def test_periods_that_are_not_over_do_not_count() -> None:
    each = (("a", 1, True),)

    assert asked(1, 6, *each, on=date(2026, 6, 30)).known == date(2026, 6, 30)
    assert asked(1, 6, *each, on=date(2026, 6, 29)).known == date(2026, 5, 31)


def test_refunds_of_what_is_episodic_are_taken_off() -> None:
    found = asked(1, 3, ("a", 5, True), ("b", -9, False), churn=0)

    assert found.episodic == 0
    assert lasting(found) == (None, None, None)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(InvalidValueError) as error:
        asked(
            0,
            half_life=-1,
            churn=2.0,
            horizon=0,
            draws=0,
            confidence=1.5,
            seed=-1,
        )
    paths = {issue.path for issue in error.value.issues}
    assert paths == {
        "cost",
        "half_life",
        "churn",
        "horizon",
        "draws",
        "confidence",
        "seed",
    }


@pytest.mark.parametrize(
    "given",
    [
        {"cost": 100},
        {"half_life": float("nan")},
        {"half_life": "six"},
        {"on": "today"},
        {"churn": True},
    ],
)
def test_what_is_no_assumption_is_refused(given: dict[str, Any]) -> None:
    facts = {"cost": mk.Money(Decimal(1), EUROS), "half_life": 6, **given}
    with pytest.raises(InvalidValueError):
        mk.runway(MODEL, periods=months(3), **facts)
    with pytest.raises(InvalidValueError):
        mk.runway("model", periods=(), **facts)  # type: ignore[arg-type]  # that is the point


def test_a_source_that_is_none_is_refused_with_all_its_faults() -> None:
    facts: dict[str, Any] = {"cost": mk.Money(Decimal(1), EUROS), "half_life": 6}
    first, second = months(2)
    wrong: Any = (second, first, "May")
    with pytest.raises(InvalidValueError) as error:
        mk.runway(MODEL, periods=wrong, revenue=wrong, **facts)
    assert [issue.path for issue in error.value.issues] == [
        "revenue",
        "periods[2]",
        "periods",
    ]
    none: Any = 7
    with pytest.raises(InvalidValueError, match="periods must be a tuple"):
        mk.runway(MODEL, periods=none, **facts)
    hours: Any = work((1, None, 1))
    with pytest.raises(InvalidValueError, match="must give receipts"):
        mk.runway(MODEL, periods=(first,), revenue=hours, **facts)


@given(
    st.lists(st.integers(1, 1000), min_size=1, max_size=6),
    st.integers(0, 1000),
    st.integers(1, 3000),
    st.floats(0.1, 24),
)
def test_low_is_not_above_high_and_more_cost_is_carried_no_longer(
    fees: list[int], once: int, cost: int, half_life: float
) -> None:
    each = [(f"c{at}", fee, True) for at, fee in enumerate(fees)]
    facts = {"half_life": half_life, "draws": 40, "horizon": 36}
    found = asked(cost, 4, *each, ("once", once, False), **facts)
    dearer = asked(cost + 1, 4, *each, ("once", once, False), **facts)

    low, median, high = (36 + 1 if m is None else m for m in lasting(found))
    assert 0 <= low <= median <= high
    for months_, less in zip((low, median, high), lasting(dearer), strict=True):
        assert (36 + 1 if less is None else less) <= months_


def test_where_nothing_recurs_no_churn_is_needed_and_none_is_told() -> None:
    revenue = mk.Ledger(
        [
            mk.RevenueRecord(
                on=date(2026, month, 1),
                client=f"wedding-{month}",
                amount=mk.Money(Decimal(800), "EUR"),
            )
            for month in range(1, 7)
        ]
    )
    found = mk.runway(
        mk.Model(),
        revenue=revenue,
        cost=mk.Money(Decimal(400), "EUR"),
        half_life=6,
        periods=mk.periods(date(2026, 1, 1), date(2026, 6, 30)),
    )
    assert (found.low, found.median, found.high) == (6, 6, 6)
    assert found.churn is None
    assert "churn" not in dict(found.assumptions)


def test_a_churn_that_hardly_is_one_ends_nothing() -> None:
    revenue = mk.Ledger(
        [
            mk.RevenueRecord(
                on=date(2026, month, 1),
                client="council",
                amount=mk.Money(Decimal(800), "EUR"),
                recurring=True,
            )
            for month in range(1, 7)
        ]
    )
    found = mk.runway(
        mk.Model(),
        revenue=revenue,
        cost=mk.Money(Decimal(400), "EUR"),
        half_life=6,
        churn=5e-324,
        periods=mk.periods(date(2026, 1, 1), date(2026, 6, 30)),
    )
    assert found.median is None
    assert not found.reason
