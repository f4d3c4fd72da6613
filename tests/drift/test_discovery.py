"""Several figures asked about at once, against the published example."""

import math
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.drift.discovery import Dependence, adjusted_p_values, discoveries
from missionkit.errors import InvalidValueError
from missionkit.ports.finding import DriftVerdict, Finding

# Benjamini and Hochberg 1995, section 3.2: at 5 % four hypotheses are rejected.
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
ADJUSTED = [
    *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571),
    *(0.0645, 0.0765, 0.486, 0.581181818182, 0.714875, 0.753230769231),
    *(0.813214285714, 1.0),
]
p_values = st.lists(st.floats(0, 1), max_size=12)


def finding(p_value: float | None, **facts: Any) -> Finding:  # noqa: ANN401 - any fact
    said = {
        "verdict": DriftVerdict.DRIFT,
        "effect": 0.2,
        "low": 0.1,
        "high": 0.3,
        **facts,
    }
    return Finding(
        indicator="share",
        title="Share",
        unit="share",
        method="any",
        version="1",
        p_value=p_value,
        **said,
    )


def test_the_published_example_comes_out() -> None:
    found = adjusted_p_values(PUBLISHED)

    assert found == pytest.approx(ADJUSTED, abs=1e-12)
    assert sum(each <= 0.05 for each in found) == 4


def test_for_any_dependence_it_is_harder_by_the_harmonic_sum() -> None:
    found = adjusted_p_values(PUBLISHED, Dependence.ANY)

    harmonic = math.fsum(1 / rank for rank in range(1, 16))
    assert found == pytest.approx([min(1, each * harmonic) for each in ADJUSTED])
    assert sum(each <= 0.05 for each in found) == 3


@given(p_values)
def test_adjusted_values_keep_the_order_and_are_no_smaller(alone: list[float]) -> None:
    found = adjusted_p_values(alone)
    harsh = adjusted_p_values(alone, Dependence.ANY)

    assert all(a <= b <= c <= 1 for a, b, c in zip(alone, found, harsh, strict=True))
    ordered = [each for _, each in sorted(zip(alone, found, strict=True))]
    assert ordered == sorted(ordered)
    assert adjusted_p_values(alone[::-1]) == found[::-1]


@given(st.floats(0, 1))
def test_one_figure_alone_is_what_it_is(alone: float) -> None:
    assert adjusted_p_values([alone]) == (alone,)


def test_order_changes_nothing() -> None:
    alone = [0.01, 0.02, 0.02, 0.5]
    held = dict(zip(alone, adjusted_p_values(alone), strict=True))

    for order in permutations(alone):
        assert adjusted_p_values(order) == tuple(held[each] for each in order)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, math.nan, "0.1", None])
def test_what_is_no_p_value_is_refused(wrong: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(InvalidValueError) as error:
        adjusted_p_values([0.5, wrong])

    assert [issue.path for issue in error.value.issues] == ["p_values[1]"]


def test_drift_that_does_not_hold_among_many_cannot_be_told() -> None:
    held = discoveries(finding(each) for each in PUBLISHED[:9] + [0.9] * 6)

    assert [each.verdict for each in held[:4]] == [DriftVerdict.DRIFT] * 4
    assert held[4].verdict is DriftVerdict.NOT_ENOUGH_DATA
    assert held[4].reason == (
        "significant alone, not among 15 figures asked about at once"
    )
    assert [each.p_value for each in held] == PUBLISHED[:9] + [0.9] * 6
    assert held[3].adjusted == pytest.approx(0.035625)


def test_what_has_no_p_value_is_left_alone_and_does_not_count() -> None:
    unsure = finding(
        None, verdict=DriftVerdict.NOT_ENOUGH_DATA, reason="too few", effect=None
    )
    calm = finding(0.4, verdict=DriftVerdict.NO_DRIFT)

    held = discoveries([unsure, finding(0.03), calm, finding(None)])

    assert held[0] is unsure
    assert held[1].adjusted == 0.06
    assert held[1].verdict is DriftVerdict.NOT_ENOUGH_DATA
    assert held[2].verdict is DriftVerdict.NO_DRIFT
    assert held[2].adjusted == 0.4
    assert held[3].verdict is DriftVerdict.DRIFT
    assert discoveries([]) == ()


def test_each_figure_is_held_against_its_own_level() -> None:
    held = discoveries([finding(0.03, level=0.1), finding(0.03, level=0.02)])

    assert [each.verdict for each in held] == [
        DriftVerdict.DRIFT,
        DriftVerdict.NOT_ENOUGH_DATA,
    ]
