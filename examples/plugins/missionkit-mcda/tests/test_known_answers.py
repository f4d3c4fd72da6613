"""The answers are those that were computed by hand, and those that were published."""

import json
import os
from itertools import permutations, product
from math import fsum, nan
from pathlib import Path

import pytest
from missionkit_mcda import DODD, Preference, borda, net_flows, priorities

MATRIX = ((7, 200, 0.8), (9, 350, 0.6), (5, 150, 0.9), (8, 300, 0.7))
WEIGHTS = (0.5, 0.3, 0.2)
HIGHER = (True, False, True)
WITHIN = ((0, 2), (25, 150), (0, 0.2))
THREE = {("a", "b"): 3.0, ("a", "c"): 5.0, ("b", "c"): 3.0}


def flows(preference: Preference) -> list[float]:
    columns = zip(*MATRIX, strict=True)
    by_criterion = [
        net_flows(column, preference=preference, within=within, higher=higher)
        for column, within, higher in zip(columns, WITHIN, HIGHER, strict=True)
    ]
    return [
        fsum(w * flow for w, flow in zip(WEIGHTS, row, strict=True))
        for row in zip(*by_criterion, strict=True)
    ]


def test_by_usual_preferences_all_four_tie() -> None:
    assert flows(Preference.USUAL) == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_linear_preferences_tell_them_apart() -> None:
    expected = [0.123333, 0.03, -0.113333, -0.04]

    assert flows(Preference.LINEAR) == pytest.approx(expected, abs=5e-7)
    assert fsum(flows(Preference.LINEAR)) == pytest.approx(0, abs=1e-12)


def test_three_things_compared_have_the_priorities_of_the_textbook() -> None:
    found = priorities(THREE)

    assert list(found.weights) == ["a", "b", "c"]
    expected = [0.636986, 0.258285, 0.104729]
    assert list(found.weights.values()) == pytest.approx(expected, abs=5e-7)
    assert found.eigenvalue == pytest.approx(3.038511, abs=5e-7)
    assert found.index == pytest.approx(0.0192555, abs=5e-8)
    assert found.ratio == pytest.approx(0.0370, abs=5e-5)
    assert priorities(THREE, random_index=DODD).ratio == pytest.approx(0.0392, abs=5e-5)


def test_a_consistency_ratio_belongs_to_a_table_of_random_indices() -> None:
    # with 0.58, an older random index of Saaty for three things
    assert priorities(THREE).index / 0.58 == pytest.approx(0.0332, abs=5e-5)


def test_two_things_are_always_consistent() -> None:
    found = priorities({("a", "b"): 4})

    assert found.weights == pytest.approx({"a": 0.8, "b": 0.2})
    assert found.index == pytest.approx(0, abs=1e-12)
    assert found.ratio == 0


def test_three_ballots_give_their_points() -> None:
    ballots = [
        {name: -place for place, name in enumerate(order)}
        for order in ("ABCD", "BADC", "ACBD")
    ]
    expected = {"A": 8, "B": 6, "C": 3, "D": 1}

    assert all(borda(each) == expected for each in permutations(ballots))


def test_those_that_tie_share_their_points() -> None:
    assert borda([{"A": 1, "B": 1, "C": 0}]) == {"A": 1.5, "B": 1.5, "C": 0}
    assert borda([]) == {}


def test_published_weights_of_an_inconsistent_matrix_are_met() -> None:
    """Wang and Chin, Information Sciences 181(23), 2011, 5240-5248."""
    folder = os.environ.get("MISSIONKIT_DATA", "")
    path = Path(folder, "reference_numbers", "cases", "ahp_wang_chin.json")
    if not (folder and path.is_file()):
        pytest.skip("MISSIONKIT_DATA names no folder that has the case")
    case = json.loads(path.read_text(encoding="utf-8"))
    rows = case["input"]["matrix"]
    pairs = product(range(len(rows)), repeat=2)

    found = priorities({(str(i), str(j)): rows[i][j] for i, j in pairs if i < j})

    weights = list(found.weights.values())
    assert weights == pytest.approx(case["expected"], abs=case["tolerance"])
    assert found.eigenvalue == pytest.approx(7.41987, abs=5e-6)
    assert found.ratio > 0.1


@pytest.mark.parametrize(
    ("judgments", "said"),
    [
        ({}, "fewer than two"),
        ({("a", "b"): 0}, "no number above zero"),
        ({("a", "b"): nan}, "no number above zero"),
        ({("a", "b"): 5e-324}, "no number above zero"),
        ({("a", "a"): 1, ("a", "b"): 2}, "compared with itself"),
        ({("a", "b"): 2, ("b", "a"): 0.5}, "compared twice"),
        ({("a", "b"): 2, ("c", "d"): 2}, "nobody compared a with c"),
        ({(str(i), str(i + 1)): 1 for i in range(16)}, "15 are the most"),
    ],
)
def test_judgments_that_cannot_be_used_are_refused(
    judgments: dict[tuple[str, str], float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        priorities(judgments)


def test_values_and_thresholds_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        net_flows([1])
    with pytest.raises(ValueError, match="no finite number"):
        net_flows([1, nan])
    with pytest.raises(ValueError, match="must be finite"):
        net_flows([1, 2], preference=Preference.LINEAR, within=(2, 2))
    with pytest.raises(ValueError, match="not finite"):
        borda([{"A": nan}])


def test_equal_values_are_preferred_to_none() -> None:
    assert net_flows([3, 3, 3]) == (0, 0, 0)
