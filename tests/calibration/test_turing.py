"""The values are worked by hand, from the definitions of the paper."""

import pytest

from tools.calibrate.turing import covering, f1, found_of, segments


@pytest.mark.parametrize(
    ("true", "given", "expected"),
    [
        ({1, 10, 20, 23}, {3, 8, 20}, 3),
        ({1, 10, 20, 23}, {1, 3, 8, 20}, 3),
        ({1, 10, 20, 23}, {1, 3, 5, 8, 20}, 3),
        ({10}, {15}, 1),
        ({10}, {16}, 0),
        ({10, 12}, {11}, 1),  # one counts once
        (set(), {1, 2}, 0),
        ({1, 2}, set(), 0),
    ],
)
def test_a_change_point_is_found_within_the_margin_once(
    true: set[int], given: set[int], expected: int
) -> None:
    assert found_of(true, given) == expected


@pytest.mark.parametrize(
    ("annotated", "given", "expected"),
    [
        ({"1": [10, 20], "2": [11, 20], "3": [10], "4": [0, 5]}, [10, 20], 1.0),
        # precision 2/2, recall (1 + 1 + 1/2) / 3
        ({"1": [], "2": [10], "3": [50]}, [10], 10 / 11),
        # nothing given: precision 1/1, recall (1 + 1/2 + 1/2) / 3
        ({"1": [], "2": [10], "3": [50]}, [], 0.8),
        # one of three is near: precision 2/3, recall 1
        ({"1": [100]}, [50, 101], 0.8),
    ],
)
def test_f1_is_that_of_the_paper(
    annotated: dict[str, list[int]], given: list[int], expected: float
) -> None:
    assert f1(annotated, given) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("annotated", "given", "length", "expected"),
    [
        ({"1": [10]}, [10], 45, 1.0),
        ({"1": []}, [10], 45, 35 / 45),
        # [0, 40): best is [10, 45), 30 of 45 shared; [40, 45): 5 of 35
        ({"1": [40]}, [10], 45, (40 * 30 / 45 + 5 * 5 / 35) / 45),
        ({"1": [10]}, [], 45, (10 * 10 / 45 + 35 * 35 / 45) / 45),
        ({"1": [], "2": [10]}, [10], 45, (35 / 45 + 1) / 2),
    ],
)
def test_covering_is_that_of_the_paper(
    annotated: dict[str, list[int]], given: list[int], length: int, expected: float
) -> None:
    assert covering(annotated, given, length) == pytest.approx(expected, abs=1e-15)


def test_segments_begin_at_0_and_end_with_the_series() -> None:
    assert segments([3, 0], 5) == [range(3), range(3, 5)]
