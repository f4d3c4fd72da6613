"""500 random problems, ranked by pymcdm as well.

Where the method is the same, so are the values. Three things are not the same:

- pymcdm turns a vector-normalized cost r into 1 - r, as we do for a weighted sum; for
  TOPSIS both keep the distances, so the closeness is the same.
- a constant column, by min-max: pymcdm rates it 1, and 0 as a cost; here it is 0.5,
  for it tells neither way. That moves every value alike and no place.
- where no column differs, its TOPSIS divides by 0; here there is a reason.
"""

from random import Random
from types import ModuleType
from typing import Any

import pytest

from missionkit.ports.options import Normalization
from missionkit.scoring.ranking import Ranking, rank

np = pytest.importorskip("numpy")
pymcdm = pytest.importorskip("pymcdm")
methods: ModuleType = pytest.importorskip("pymcdm.methods")

# What it advises is not about the values.
pytestmark = pytest.mark.filterwarnings("ignore:Alternatives with indices")
PROBLEMS = 500
NORMALIZERS = {
    Normalization.MIN_MAX: pymcdm.normalizations.minmax_normalization,
    Normalization.VECTOR: pymcdm.normalizations.vector_normalization,
}


def problem(seed: int) -> tuple[Any, Any, Any]:
    """Return a matrix, weights and signs, drawn from a seed."""
    draw = Random(seed).random  # noqa: S311 - chance is meant, not secrecy
    rows, columns = 2 + int(draw() * 20), 1 + int(draw() * 8)
    matrix = [[0.1 + 10 ** (4 * draw()) for _ in range(columns)] for _ in range(rows)]
    weights = np.array([0.05 + draw() for _ in range(columns)])
    signs = np.array([1 if draw() < 0.5 else -1 for _ in range(columns)])
    return np.array(matrix), weights / weights.sum(), signs


def ours(held: tuple[Any, Any, Any], using: str, by: Normalization) -> Ranking:
    matrix, weights, signs = held
    names = [f"c{at}" for at in range(len(signs))]
    return rank(
        dict(zip(names, matrix.T.tolist(), strict=True)),
        using=using,
        weights=dict(zip(names, weights.tolist(), strict=True)),
        directions={
            name: "higher" if sign > 0 else "lower"
            for name, sign in zip(names, signs, strict=True)
        },
        normalization=by,
    )


def theirs(held: tuple[Any, Any, Any], using: str, by: Normalization) -> Any:  # noqa: ANN401 - any value is meant
    kind = methods.TOPSIS if using == "topsis" else methods.WSM
    return kind(NORMALIZERS[by])(*held)


@pytest.mark.parametrize("using", ["weighted-sum", "topsis"])
@pytest.mark.parametrize("by", NORMALIZERS)
def test_values_and_order_agree_on_random_problems(
    using: str, by: Normalization
) -> None:
    for seed in range(PROBLEMS):
        held = problem(seed)
        found, expected = ours(held, using, by), theirs(held, using, by)

        assert found.values == pytest.approx(expected, rel=1e-9, abs=1e-12)
        order = sorted(range(len(expected)), key=lambda row: -expected[row])
        for row, other in zip(found.order, order, strict=True):
            assert expected[row] == pytest.approx(expected[other], rel=1e-9)


def test_a_constant_column_moves_every_value_alike() -> None:
    matrix, weights, signs = problem(11)
    matrix = np.column_stack([matrix, np.full(len(matrix), 4.0)])
    weights = np.append(weights, 0.5) / 1.5
    held = matrix, weights, np.append(signs, 1)
    found = ours(held, "weighted-sum", Normalization.MIN_MAX)
    expected = theirs(held, "weighted-sum", Normalization.MIN_MAX)
    moved = [one - two for one, two in zip(found.values, expected, strict=True)]

    assert max(moved) - min(moved) < 1e-12


def test_a_constant_column_changes_no_closeness() -> None:
    matrix, weights, signs = problem(11)
    matrix = np.column_stack([matrix, np.full(len(matrix), 4.0)])
    held = matrix, np.append(weights, 0.5) / 1.5, np.append(signs, 1)
    for by in NORMALIZERS:
        expected = theirs(held, "topsis", by)

        assert ours(held, "topsis", by).values == pytest.approx(expected, rel=1e-9)
