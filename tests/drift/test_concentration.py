"""Indices of concentration against the published numbers."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drift.concentration import (
    concentration_ratio,
    effective_number,
    herfindahl_hirschman,
    normalized_herfindahl_hirschman,
    recurring_share,
)
from missionkit.errors import InvalidValueError

REVENUE = [40, 25, 20, 10, 5]
amounts = st.lists(st.integers(0, 10**9), max_size=12).filter(any)
FIGURES: list[Callable[..., float]] = [
    herfindahl_hirschman,
    effective_number,
    concentration_ratio,
]


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


def test_published_numbers_come_out() -> None:
    assert herfindahl_hirschman(REVENUE) == 0.275
    assert round(effective_number(REVENUE), 6) == 3.636364
    assert normalized_herfindahl_hirschman(REVENUE) == 0.09375
    assert concentration_ratio(REVENUE) == 0.4
    assert concentration_ratio(REVENUE, 3) == 0.85
    assert herfindahl_hirschman([30, 30, 20, 20]) == 0.26


def test_amounts_come_as_numbers_of_any_kind_and_under_names() -> None:
    named: dict[str, Decimal | float] = {
        "a": Decimal(40),
        "b": 25.0,
        "c": 20,
        "d": Decimal("10.0"),
        "e": 5,
    }

    assert herfindahl_hirschman(named) == 0.275
    assert concentration_ratio(named, 99) == 1.0


def test_the_recurring_share_is_a_part_of_the_total() -> None:
    assert recurring_share(3, 4) == 0.75
    assert recurring_share(Decimal("0.1"), Decimal("0.3")) == 1 / 3
    assert recurring_share(0, 4) == 0.0


@pytest.mark.parametrize("figure", FIGURES)
@given(paid=amounts, scale=st.integers(1, 10**6), data=st.data())
def test_neither_scale_nor_order_nor_who_pays_nothing_changes_a_figure(
    figure: Callable[..., float], paid: list[int], scale: int, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations([each * scale for each in paid]))

    assert figure([*mixed, 0]) == figure(paid)


@given(paid=amounts)
def test_indices_keep_their_bounds(paid: list[int]) -> None:
    payers = sum(map(bool, paid))

    assert 1 / payers <= herfindahl_hirschman(paid) <= 1
    assert 1 <= effective_number(paid) <= payers
    assert herfindahl_hirschman(paid) <= concentration_ratio(paid) <= 1
    if payers > 1:
        assert 0 <= normalized_herfindahl_hirschman(paid) < 1


@given(count=st.integers(2, 50), paid=st.integers(1, 10**9))
def test_of_equal_shares_only_the_number_counts(count: int, paid: int) -> None:
    alike = [paid] * count

    assert herfindahl_hirschman(alike) == 1 / count
    assert effective_number(alike) == count
    assert normalized_herfindahl_hirschman(alike) == 0.0


@given(paid=amounts)
def test_more_of_the_largest_are_never_less(paid: list[int]) -> None:
    found = [concentration_ratio(paid, largest) for largest in (1, 2, 3, len(paid))]

    assert found == sorted(found) or len(paid) < 3
    assert found[-1] == 1.0


@pytest.mark.parametrize("figure", [*FIGURES, normalized_herfindahl_hirschman])
@pytest.mark.parametrize(
    ("paid", "code", "path"),
    [
        ([], "MK-DRF-001", "amounts"),
        ({"a": 0}, "MK-DRF-001", "amounts"),
        ([1, -1], "MK-DOM-002", "amounts[1]"),
        (7, "MK-DRF-002", "amounts"),
    ],
)
def test_what_has_no_shares_is_refused(
    figure: Callable[..., float], paid: object, code: str, path: str
) -> None:
    with pytest.raises(InvalidValueError) as error:
        figure(paid)

    assert codes_of(error) == [(code, path)]


def test_one_alone_is_neither_concentrated_nor_spread() -> None:
    assert herfindahl_hirschman([7]) == effective_number([7, 0]) == 1.0
    with pytest.raises(InvalidValueError, match="only one amount"):
        normalized_herfindahl_hirschman([7, 0])


@pytest.mark.parametrize("largest", [0, 1.5, True])
def test_the_largest_are_at_least_one(largest: int) -> None:
    with pytest.raises(InvalidValueError, match="largest"):
        concentration_ratio([1], largest)


@pytest.mark.parametrize(
    ("recurring", "total", "found"),
    [
        (1, 0, [("MK-DRF-001", "total")]),
        (0, 0, [("MK-DRF-001", "total")]),
        (2, 1, [("MK-DRF-003", "recurring")]),
        (-1, -1, [("MK-DOM-002", "recurring"), ("MK-DOM-002", "total")]),
    ],
)
def test_a_share_of_nothing_is_refused(
    recurring: int, total: int, found: list[tuple[str, str]]
) -> None:
    with pytest.raises(InvalidValueError) as error:
        recurring_share(recurring, total)

    assert codes_of(error) == found
