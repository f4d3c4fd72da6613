"""Indicators of drift against the published numbers, written down a second time."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import inf, isclose, log, nan, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.drift.amounts import shares
from missionkit.drift.shares import (
    jensen_shannon_distance,
    jensen_shannon_divergence,
    total_variation,
)
from missionkit.errors import InvalidValueError

Figure = Callable[[list[float], list[float]], float]
FIGURES: list[Figure] = [
    total_variation,
    jensen_shannon_divergence,
    jensen_shannon_distance,
]

# planned, actual -> distance and divergence in bits, total variation
GOLDEN: list[tuple[list[float], list[float], float, float, float]] = [
    ([0.5, 0.3, 0.2], [0.3, 0.3, 0.4], 0.206731, 0.042738, 0.2),
    ([0.5, 0.3, 0.2, 0], [0.25, 0.2, 0.15, 0.4], 0.490394, 0.240486, 0.4),
    ([1, 0], [0, 1], 1.0, 1.0, 1.0),
]

amount = st.integers(0, 10**9) | st.floats(0, 1e6, width=32)
things = st.dictionaries(st.sampled_from("abcdefgh"), amount).filter(
    lambda held: any(held.values())
)
counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 10**9), min_size=1)


def codes_of(error: pytest.ExceptionInfo[InvalidValueError]) -> list[tuple[str, str]]:
    return [(issue.code, issue.path) for issue in error.value.issues]


@pytest.mark.parametrize(("plan", "actual", "distance", "divergence", "moved"), GOLDEN)
def test_published_numbers_come_out(
    plan: list[float],
    actual: list[float],
    distance: float,
    divergence: float,
    moved: float,
) -> None:
    assert round(jensen_shannon_distance(plan, actual), 6) == distance
    assert round(jensen_shannon_divergence(plan, actual), 6) == divergence
    assert total_variation(plan, actual) == pytest.approx(moved, abs=1e-15)


def test_whole_numbers_give_exact_shares() -> None:
    assert total_variation([5, 3, 2, 0], [25, 20, 15, 40]) == 0.4
    assert shares([1, 2]) == {0: Fraction(1, 3), 1: Fraction(2, 3)}
    assert shares({"a": Decimal("0.1"), "b": Decimal("0.3")})["a"] == Fraction(1, 4)


def test_another_base_gives_other_units() -> None:
    bits = jensen_shannon_divergence([1, 2], [3, 1])
    nats = jensen_shannon_divergence([1, 2], [3, 1], base=2.718281828459045)

    assert isclose(nats, bits * log(2))
    assert jensen_shannon_divergence([1, 0], [0, 1], base=4) == 0.5
    assert jensen_shannon_distance([1, 0], [0, 1], base=4) == sqrt(0.5)


def test_mappings_are_joined_by_their_keys() -> None:
    assert total_variation({"a": 1}, {"b": 5}) == 1.0
    assert total_variation({"a": 1, "b": 3}, {"b": 6, "a": 2}) == 0.0


@pytest.mark.parametrize("figure", FIGURES)
@given(planned=things, actual=things)
def test_figures_are_symmetric_and_bounded(
    figure: Callable[..., float], planned: dict[str, float], actual: dict[str, float]
) -> None:
    found = figure(planned, actual)

    assert 0 <= found <= 1
    assert found == figure(actual, planned)


@pytest.mark.parametrize("figure", FIGURES)
@given(planned=things, paid=counts, scale=st.integers(1, 10**6))
def test_alike_shares_are_no_distance_apart(
    figure: Callable[..., float],
    planned: dict[str, float],
    paid: dict[str, int],
    scale: int,
) -> None:
    assert figure(planned, planned) == 0.0
    assert figure(paid, {key: held * scale for key, held in paid.items()}) == 0.0


@pytest.mark.parametrize("figure", FIGURES)
@given(planned=things, actual=counts, scale=st.integers(1, 10**6))
def test_scale_and_order_change_nothing(
    figure: Callable[..., float],
    planned: dict[str, float],
    actual: dict[str, int],
    scale: int,
) -> None:
    scaled = {key: held * scale for key, held in reversed(actual.items())}

    assert figure(planned, scaled) == figure(planned, actual)


@given(one=things, two=things, three=things)
def test_no_way_over_a_third_is_shorter(
    one: dict[str, float], two: dict[str, float], three: dict[str, float]
) -> None:
    for figure in (total_variation, jensen_shannon_distance):
        direct = figure(one, three)

        assert direct <= figure(one, two) + figure(two, three) + 1e-7


@given(planned=things, actual=things)
@example({"a": 1}, {"a": 10**9, "b": 1})
@example({"a": 1.0}, {"a": 2.758098436062526e-197, "b": 1})
@example({"a": 1e300, "b": 5e-324}, {"b": 1})
def test_the_divergence_is_never_more_than_the_share_that_moved(
    planned: dict[str, float], actual: dict[str, float]
) -> None:
    moved = total_variation(planned, actual)

    assert jensen_shannon_divergence(planned, actual) <= moved + 1e-12


@pytest.mark.parametrize("figure", FIGURES)
def test_every_wrong_amount_is_named(figure: Callable[..., float]) -> None:
    with pytest.raises(InvalidValueError) as error:
        figure({"a": -1, "b": nan, "c": inf, "d": True, "e": Decimal("NaN")}, [1])

    assert codes_of(error) == [
        ("MK-DOM-002", "planned['a']"),
        ("MK-DOM-001", "planned['b']"),
        ("MK-DOM-001", "planned['c']"),
        ("MK-DOM-001", "planned['d']"),
        ("MK-DOM-001", "planned['e']"),
    ]


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("planned", "actual", "code", "path"),
    [
        ([], [1], "MK-DRF-001", "planned"),
        ([1], {"a": 0}, "MK-DRF-001", "actual"),
        ([1], [1, 2], "MK-DRF-002", "actual"),
        ([1], {"a": 1}, "MK-DRF-002", "actual"),
        ({"a": 1}, [1], "MK-DRF-002", "actual"),
        ("12", [1], "MK-DRF-002", "planned"),
        ([1], None, "MK-DRF-002", "actual"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    figure: Callable[..., float], planned: object, actual: object, code: str, path: str
) -> None:
    with pytest.raises(InvalidValueError) as error:
        figure(planned, actual)

    assert codes_of(error) == [(code, path)]
    assert all(issue.fix and issue.why for issue in error.value.issues)


@pytest.mark.parametrize(
    ("base", "code"),
    [
        (1, "MK-DOM-002"),
        (0.5, "MK-DOM-002"),
        (inf, "MK-DOM-001"),
        ("2", "MK-DOM-001"),
    ],
)
def test_a_base_has_a_logarithm_above_zero(base: float, code: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        jensen_shannon_divergence([1], [1], base=base)

    assert codes_of(error) == [(code, "base")]
