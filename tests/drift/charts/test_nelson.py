"""The rules of Nelson: each by a shortest sequence that fires, beside one that not."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.drift.charts.nelson import NELSON_RULES, nelson_chart
from missionkit.errors import InvalidValueError

# L. Nelson, Journal of Quality Technology 16(4), 1984: what fires, beside a neighbor
# that does not; figures in sigmas off the center.
UP_AND_DOWN = (0.5, -0.5) * 7
FIRES: list[tuple[int, tuple[float, ...], tuple[float, ...]]] = [
    (1, (3.1,), (3.0,)),
    (1, (-3.1,), (-3.0,)),
    (2, (0.5,) * 9, (0.5,) * 8),
    (2, (-0.5,) * 9, (*(-0.5,) * 8, 0.0)),
    (3, (0, 0.1, 0.2, 0.3, 0.4, 0.5), (0, 0.1, 0.2, 0.3, 0.4, 0.4)),
    (3, (0.5, 0.4, 0.3, 0.2, 0.1, 0), (0.4, 0.3, 0.2, 0.1, 0)),
    (4, UP_AND_DOWN, UP_AND_DOWN[:-1]),
    (4, UP_AND_DOWN[::-1], (*UP_AND_DOWN[:6], -0.5, *UP_AND_DOWN[7:])),
    (5, (2.1, 0, 2.1), (2.1, 0, 2.0)),
    (5, (-2.1, -2.1, 0), (-2.1, 0, 2.1)),
    (6, (1.1, 1.1, 0, 1.1, 1.1), (1.1, 1.1, 0, 1.1, 1.0)),
    (6, (-1.1, -1.1, -1.1, -1.1, 0), (-1.1, 1.1, -1.1, -1.1, 0)),
    (7, (0.9, -0.9, 0.9) * 5, (*(0.9, -0.9, 0.9) * 4, 0.9, -0.9, 1.0)),
    (8, (1.1, -1.1) * 4, (*(1.1, -1.1) * 3, 1.1, -1.0)),
]
NEEDS = {1: 1, 2: 9, 3: 6, 4: 14, 5: 3, 6: 5, 7: 15, 8: 8}
NO_WAY = {4, 7, 8}


def fired(z: tuple[float, ...], rule: int) -> list[tuple[int, ...]]:
    chart = nelson_chart(z, rules=(rule,), center=0, sigma=1)
    return [signal.points for signal in chart.signals]


@pytest.mark.parametrize(("rule", "fires", "calm"), FIRES)
def test_a_rule_fires_on_its_shortest_pattern_and_not_on_the_neighbor(
    rule: int, fires: tuple[float, ...], calm: tuple[float, ...]
) -> None:
    assert len(fired(fires, rule)) == 1
    assert fired(calm, rule) == []


@pytest.mark.parametrize(("rule", "fires", "calm"), FIRES)
def test_center_and_sigma_move_with_the_figures(
    rule: int, fires: tuple[float, ...], calm: tuple[float, ...]
) -> None:
    for z in (fires, calm):
        moved = [64 + 4 * x for x in z]
        chart = nelson_chart(moved, rules=(rule,), center=64, sigma=4)
        assert [signal.points for signal in chart.signals] == fired(z, rule)


def test_there_are_eight_rules_that_say_how_many_points_they_need() -> None:
    assert {n: rule.needs for n, rule in NELSON_RULES.items()} == NEEDS
    for rule, fires, _ in FIRES:
        assert len(fires) >= NEEDS[rule]


def test_the_published_sequences_come_out(data_dir: Path) -> None:
    path = data_dir / "reference_numbers/cases/nelson_sequences.json"
    cases = json.loads(path.read_text("utf-8"))["expected"]
    sequences = [case for case in cases if "z" in case]
    for case in sequences:
        found = [list(points) for points in fired(tuple(case["z"]), case["rule"])]
        assert found == case["fires"], case
    assert len(sequences) == 19


def test_chance_alone_fires_as_often_as_is_published() -> None:
    # All eight tell something at one point in 44, the first at one in 370.
    draw = Random(7).random  # noqa: S311 - chance is meant, not secrecy
    size = 40_000
    z = [sum(draw() for _ in range(12)) - 6 for _ in range(size)]
    signals = nelson_chart(z, center=0, sigma=1).signals
    # Of a pattern those points tell at which, and after which, it is whole.
    told = {at for s in signals for at in s.points if at >= s.at}
    singles = [signal for signal in signals if signal.rule == "nelson-1"]

    assert 0.65 <= len(told) / size / 0.023 <= 1.35
    assert 0.65 <= len(singles) / size / 0.0027 <= 1.35


def test_a_signal_says_what_where_which_way_and_by_which_limit() -> None:
    (signal,) = nelson_chart([0, 2.5, 0, -2.5, 1, -2.1], center=0, sigma=1).signals

    assert (signal.rule, signal.at, signal.since) == ("nelson-5", 5, 3)
    assert signal.points == (3, 5)
    assert signal.direction is Shift.DOWN
    assert (signal.statistic, signal.limit) == (-2.1, -2)
    assert (
        signal.says == "two of three points in a row beyond two sigmas on the same side"
    )


@pytest.mark.parametrize(("rule", "fires", "_calm"), FIRES)
def test_a_pattern_has_a_direction_unless_it_has_none(
    rule: int, fires: tuple[float, ...], _calm: tuple[float, ...]
) -> None:
    (signal,) = nelson_chart(fires, rules=(rule,), center=0, sigma=1).signals
    (mirrored,) = nelson_chart(
        [-x for x in fires], rules=(rule,), center=0, sigma=1
    ).signals

    assert (signal.direction is None) is (rule in NO_WAY)
    if rule not in NO_WAY:
        assert {signal.direction, mirrored.direction} == {Shift.UP, Shift.DOWN}
    assert mirrored.points == signal.points


@pytest.mark.parametrize("rule", [2, 3, 4, 7, 8])
def test_no_run_reaches_over_a_point_without_a_figure(rule: int) -> None:
    fires = next(fires for number, fires, _ in FIRES if number == rule)
    z = (*fires[:-1], None, fires[-1])
    chart = nelson_chart(z, rules=(rule,), center=0, sigma=1)
    after = nelson_chart((None, *fires), rules=(rule,), center=0, sigma=1)

    assert chart.signals == ()
    assert after.signals[0].at == len(fires)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=40))
def test_a_longer_series_keeps_what_a_shorter_one_showed(z: list[int]) -> None:
    whole = nelson_chart(z, center=0.5, sigma=1).signals
    part = nelson_chart(z[: len(z) // 2 + 1], center=0.5, sigma=1).signals

    assert {(s.rule, s.at) for s in part} <= {(s.rule, s.at) for s in whole}


@pytest.mark.parametrize(
    ("rules", "path"), [((0,), "rules[0]"), ((1, 9), "rules[1]"), (3, "rules")]
)
def test_a_rule_that_is_not_there_is_refused(rules: tuple[int], path: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        nelson_chart([1, 2], rules=rules, center=0, sigma=1)

    assert [issue.path for issue in error.value.issues] == [path]
