"""Values worked by hand, and what the definitions ask for."""

from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.calibrate.measures import alarms_at_rate, most_alarms, paired, wilson

SCORES = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30)


def test_wilson_gives_the_interval_of_a_textbook() -> None:
    # R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998
    assert [wilson(81, 263), wilson(15, 148), wilson(0, 20)] == [
        pytest.approx((0.2553, 0.3662), abs=5e-5),
        pytest.approx((0.0624, 0.1605), abs=5e-5),
        pytest.approx((0.0, 0.1611), abs=5e-5),
    ]


def test_no_more_alarms_than_chance_allows_once_in_a_thousand() -> None:
    def beyond(most: int, runs: int, level: float) -> float:
        return sum(
            comb(runs, hits) * level**hits * (1 - level) ** (runs - hits)
            for hits in range(most + 1, runs + 1)
        )

    for runs, level in ((100, 0.05), (400, 0.05), (50, 0.2)):
        most = most_alarms(runs, level)
        assert beyond(most, runs, level) <= 0.001 < beyond(most - 1, runs, level)


def test_ties_at_the_threshold_are_alarms_in_part() -> None:
    # one alarm of four, and two tie for it: half an alarm each
    assert alarms_at_rate([3, 3, 1, 0], [4, 3, 2], 1) == [1, 0.5, 0]
    assert alarms_at_rate([3, 3, 1, 0], [4, 3, 2], 0) == [1, 0, 0]
    assert alarms_at_rate([3, 3, 1, 0], [4, 3, 2], 2) == [1, 1, 1]
    assert alarms_at_rate([3, 3, 1, 0], [4, 3, 2], 4) == [1, 1, 1]


@given(SCORES, st.data())
def test_the_rate_of_false_alarms_is_met_exactly(
    still: list[float], data: st.DataObject
) -> None:
    alarms = data.draw(st.integers(0, len(still)))

    assert sum(alarms_at_rate(still, still, alarms)) == pytest.approx(alarms)


@given(SCORES, SCORES, st.data())
def test_a_higher_rate_of_false_alarms_never_costs_power(
    still: list[float], shifted: list[float], data: st.DataObject
) -> None:
    alarms = data.draw(st.integers(0, len(still) - 1))

    fewer = alarms_at_rate(still, shifted, alarms)
    more = alarms_at_rate(still, shifted, alarms + 1)

    assert all(a <= b + 1e-12 for a, b in zip(fewer, more, strict=True))


def test_a_difference_is_taken_run_by_run() -> None:
    # 10 runs, 3 of which we alone see and 1 the peer alone: (3 - 1) / 10
    ours = [1.0] * 6 + [0.0] * 4
    theirs = [1.0] * 3 + [0.0] * 3 + [1.0] + [0.0] * 3
    middle, spread = 2 / 12, 1.959963984540054 * sqrt(4 + 1 - 4 / 12) / 12

    assert paired(ours, theirs) == pytest.approx(
        (0.2, middle - spread, middle + spread)
    )
    assert paired([1.0], [1.0])[0] == 0
    assert paired([1.0], [1.0])[1] >= -1
