"""With numpy and without it: the same values to 12 digits, and the same order."""

import sys
from math import isclose
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.errors import InvalidValueError
from missionkit.ports.options import Normalization
from missionkit.scoring.ranking import Ranking, rank
from missionkit.scoring.reading_options import is_array

np = pytest.importorskip("numpy", reason="the extra numpy is not installed")

USING = ("weighted-sum", "topsis")
both = pytest.mark.parametrize("using", USING)
every = pytest.mark.parametrize("by", Normalization)


def alike(one: Ranking, other: Ranking) -> None:
    """Check that two rankings have the same values and, except for ties, order."""
    top = max((abs(value) for value in one.values if value is not None), default=0)
    for a, b in zip(one.values, other.values, strict=True):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert isclose(a, b, rel_tol=1e-12, abs_tol=1e-12 * top)
    assert one.reason == other.reason
    for row, other_row in zip(one.order, other.order, strict=True):
        if row != other_row:
            a, b = one.values[row], one.values[other_row]
            assert a is not None
            assert b is not None
            assert isclose(a, b, rel_tol=1e-11, abs_tol=1e-11 * top)


def flips_alike(one: Ranking, other: Ranking) -> None:
    """Check that two rankings change their first place by the same weights."""
    found, told = one.sensitivity(), other.sensitivity()
    assert (found.first, found.reason) == (told.first, told.reason)
    for flip, same in zip(found.flips, told.flips, strict=True):
        assert flip.criterion == same.criterion
        assert (flip.at is None) == (same.at is None)
        assert (flip.at or 0) == pytest.approx(same.at or 0, rel=1e-6)


def plain_and_arrays(
    columns: dict[str, list[float]], using: str, by: Normalization, seed: int
) -> tuple[Ranking, Ranking]:
    draw = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    directions = {name: ("lower", "higher")[draw() < 0.5] for name in columns}
    weights = {name: draw() for name in columns}
    arrays = {name: np.array(column, float) for name, column in columns.items()}
    one, other = (
        rank(
            table,
            using=using,
            weights=weights,
            directions=directions,
            normalization=by,
        )
        for table in (columns, arrays)
    )
    return one, other


@both
@every
@given(data=st.data())
def test_small_tables_are_the_same(
    using: str, by: Normalization, data: st.DataObject
) -> None:
    rows = data.draw(st.integers(1, 8))
    number = st.integers(-9, 9) | st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
    column = st.lists(number, min_size=rows, max_size=rows)
    columns = data.draw(st.dictionaries(st.sampled_from("abcd"), column, min_size=1))
    one, other = plain_and_arrays(columns, using, by, data.draw(st.integers(0, 99)))

    alike(one, other)
    assert all(is_array(each.values) for each in other.options.criteria)
    if one.order == other.order:
        flips_alike(one, other)


@both
@every
def test_a_large_table_is_the_same(using: str, by: Normalization) -> None:
    draw = Random(5).random  # noqa: S311 - chance is meant, not secrecy
    columns = {f"c{at}": [draw() * 10**at for _ in range(3000)] for at in range(5)}
    one, other = plain_and_arrays(columns, using, by, 1)
    alike(one, other)
    flips_alike(one, other)


@both
def test_large_plain_tables_are_ranked_by_arrays_where_numpy_is(
    using: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Random(7).random  # noqa: S311 - chance is meant, not secrecy
    rows = {f"o{at}": {"x": draw(), "y": draw(), "z": 1} for at in range(7000)}
    found = rank(rows, using=using)
    assert is_array(found.options.criteria[0].values)

    monkeypatch.setitem(sys.modules, "missionkit.scoring.arrays", None)
    monkeypatch.delattr(sys.modules["missionkit.scoring"], "arrays")
    without = rank(rows, using=using)
    assert not is_array(without.options.criteria[0].values)

    monkeypatch.undo()
    alike(without, found)
    assert found.score("o3").value == pytest.approx(found["o3"].value, rel=1e-12)
    flips_alike(without, found)


def test_a_large_table_with_gaps_is_ranked_plainly() -> None:
    column: list[float | None] = [float(at) for at in range(20_000)]
    found = rank({"x": [*column, None]})

    assert not is_array(found.options.criteria[0].values)
    assert found["20001"].place is None


def test_nan_in_an_array_is_missing() -> None:
    found = rank({"x": np.array([1.0, np.nan, 3.0])})

    assert found["2"].lacking == ("x",)
    assert [each.option for each in found] == ["3", "1", "2"]


def test_infinity_in_an_array_is_refused() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": np.array([1.0, np.inf])})

    assert error.value.issues[0].path == "['2']['x']"


@pytest.mark.parametrize("held", [["a", "b"], [True, False]])
def test_an_array_of_something_else_is_refused(held: list[object]) -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": np.array(held)})

    assert [issue.code for issue in error.value.issues] == ["MK-SCO-011"] * 2


def test_a_matrix_is_no_column() -> None:
    with pytest.raises(InvalidValueError) as error:
        rank({"x": np.ones((2, 2))})

    assert [issue.code for issue in error.value.issues] == ["MK-SCO-010"]


@pytest.fixture
def column() -> Any:  # noqa: ANN401 - an array
    return np.array([3, 1, 2])


def test_what_becomes_of_the_array_afterwards_changes_nothing(
    column: Any,  # noqa: ANN401 - an array
) -> None:
    found = rank({"x": column}, using="topsis")
    column[0] = 0

    assert found.score("1").value == found["1"].value == 1
    assert found == rank({"x": np.array([3, 1, 2])}, using="topsis")


@both
def test_empty_arrays_have_no_order(using: str) -> None:
    assert rank({"x": np.array([])}, using=using).reason == "there are no options"


@both
@every
def test_tiny_numbers_are_not_lost(using: str, by: Normalization) -> None:
    columns = {"x": [1e-200, 3e-200, 2e-200], "y": [1e-300, 0.0, 0.0]}
    alike(*plain_and_arrays(columns, using, by, 2))


@pytest.mark.parametrize("by", Normalization)
def test_numbers_that_cancel_each_other_are_the_same(by: Normalization) -> None:
    """Of 1e16 + 1 - 1e16 a sum in order keeps nothing."""
    columns = {"x": [1e16] * 3, "y": [1.0, 2.0, 1.5], "z": [-1e16] * 3}
    arrays = {name: np.array(column) for name, column in columns.items()}
    one, other = (rank(held, normalization=by) for held in (columns, arrays))

    alike(one, other)
    assert one.order == other.order
    for each in other:
        value = other.score(each.option).value
        assert each.value is not None
        assert value == pytest.approx(each.value, rel=1e-12, abs=0)


@pytest.mark.parametrize("by", Normalization)
@pytest.mark.parametrize(
    "columns",
    [
        {"x": [5e-324, 0.0, 1e-310], "y": [0.0, 1e-310, 0.0]},
        {"x": [1e150, 1.0, 0.0], "y": [3.0, 3.0, 3.0]},
        {"x": [0.0, 1e-200, 1.0]},
    ],
)
def test_ways_that_are_tiny_are_the_same(
    columns: dict[str, list[float]], by: Normalization
) -> None:
    """A reach by a tiny span is no number, and the square of 1e-200 is 0."""
    one, other = plain_and_arrays(columns, "topsis", by, 3)

    for a, b in zip(one.values, other.values, strict=True):
        assert a is not None
        assert b == pytest.approx(a, rel=1e-12, abs=0)
