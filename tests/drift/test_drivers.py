"""What moved a figure: parts that add up to its change, whatever the figure."""

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.review import Shift
from missionkit.drift.concentration import herfindahl_hirschman
from missionkit.drift.moved.drivers import (
    concentration_drivers,
    mix_drivers,
    share_drivers,
    sum_drivers,
)
from missionkit.drift.shares import total_variation
from missionkit.errors import InvalidValueError
from missionkit.ports.finding import Driver

things = st.sampled_from("abcdef")
amounts = st.dictionaries(things, st.integers(0, 1000)).filter(
    lambda held: any(held.values())
)
pairs = st.dictionaries(
    things, st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted).map(tuple)
).filter(lambda held: any(whole for _, whole in held.values()))
sums = st.dictionaries(things, st.integers(-1000, 1000))


def share(held: dict[str, tuple[int, int]]) -> float:
    whole = sum(whole for _, whole in held.values())
    return float(Fraction(sum(part for part, _ in held.values()), whole))


def moves(drivers: tuple[Driver, ...]) -> dict[str, float]:
    return {each.name: each.moved for each in drivers}


def test_a_share_falls_by_what_grew_off_mission_and_by_what_shrank_on_it() -> None:
    """By hand: mean share 0.715; 12 points times -0.715, and 21 times 0.285."""
    found = share_drivers(
        "activity",
        {"homes": (820, 820), "festival": (0, 30), "office": (0, 150)},
        {"homes": (610, 610), "festival": (0, 150), "office": (0, 240)},
        refs={"festival": ["harbor-festival"]},
    )

    assert [each.name for each in found] == ["festival", "office", "homes"]
    assert [each.moved for each in found] == pytest.approx(
        [-0.0858, -0.06435, -0.05985]
    )
    first = found[0]
    assert first.dimension == "activity"
    assert (first.before, first.after) == (0, 0)
    assert (first.part_before, first.part_after) == (0.03, 0.15)
    assert (first.of_before, first.of_after) == (30, 150)
    assert first.refs == ("harbor-festival",)
    assert first.direction is Shift.UP
    assert found[2].direction is Shift.DOWN


def test_a_role_that_turns_from_the_mission_moves_it_without_growing() -> None:
    before = {"coach": (45, 50), "clerk": (40, 50)}
    after = {"coach": (20, 50), "clerk": (40, 50)}

    coach, clerk = share_drivers("role", before, after)

    assert (coach.name, coach.moved, coach.share) == ("coach", -0.25, 1.0)
    assert coach.direction is Shift.DOWN
    assert (clerk.moved, clerk.share, clerk.direction) == (0.0, 0.0, None)


def test_what_comes_is_taken_to_have_been_as_it_is() -> None:
    found = share_drivers(
        "role", {"coach": (50, 50)}, {"coach": (50, 50), "x": (0, 50)}
    )

    new = next(each for each in found if each.name == "x")
    assert (new.before, new.after) == (0, 0)
    assert (new.part_before, new.of_before) == (0, 0)
    assert math.fsum(moves(found).values()) == pytest.approx(-0.5)


def test_one_who_grows_concentrates_and_so_does_a_small_one_who_shrinks() -> None:
    found = concentration_drivers(
        "client", {"big": 50, "small": 50}, {"big": 80, "small": 20}
    )

    assert math.fsum(moves(found).values()) == pytest.approx(0.68 - 0.5)
    assert moves(found) == pytest.approx({"big": 0.213, "small": -0.033})


def test_a_sum_moves_by_what_each_moved_also_below_zero() -> None:
    found = sum_drivers(
        "client",
        {"gone": Decimal(200), "stays": Decimal("100.10"), "less": 50},
        {"stays": Decimal("100.10"), "new": 30, "less": -20},
    )

    assert [(each.name, each.moved) for each in found] == [
        ("gone", -200),
        ("less", -70),
        ("new", 30),
        ("stays", 0),
    ]
    assert [each.share for each in found] == pytest.approx(
        [200 / 240, 70 / 240, -0.125, 0]
    )
    assert found[0].part_before is None
    assert found[0].direction is Shift.DOWN


def test_those_alike_are_told_by_their_names() -> None:
    found = mix_drivers("segment", {"b": 1, "a": 1, "c": 2}, {"c": 4})

    assert [(each.name, each.moved) for each in found] == [
        ("c", 0.5),
        ("a", -0.25),
        ("b", -0.25),
    ]


@pytest.mark.parametrize("make", [mix_drivers, sum_drivers, concentration_drivers])
def test_without_a_change_no_part_of_it_is_told(make: Callable[..., Any]) -> None:
    found = make("client", {"a": 1, "b": 2}, {"a": 1, "b": 2})

    assert [each.share for each in found] == [None, None]


@given(before=pairs, after=pairs)
def test_parts_of_a_share_add_up_to_its_change(
    before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]
) -> None:
    found = share_drivers("role", before, after)

    change = share(after) - share(before)
    assert math.fsum(each.moved for each in found) == pytest.approx(change, abs=1e-12)
    if found[0].share is not None:
        assert math.fsum(each.share or 0 for each in found) == pytest.approx(1)
    back = moves(share_drivers("role", after, before))
    assert back == pytest.approx({name: -moved for name, moved in moves(found).items()})


@given(before=amounts, after=amounts)
def test_parts_of_a_mix_and_of_a_concentration_add_up(
    before: dict[str, int], after: dict[str, int]
) -> None:
    mix = mix_drivers("segment", before, after)
    index = concentration_drivers("segment", before, after)

    apart = total_variation(before, after)
    assert math.fsum(abs(each.moved) for each in mix) == pytest.approx(2 * apart)
    assert math.fsum(each.moved for each in mix) == pytest.approx(0, abs=1e-12)
    change = herfindahl_hirschman(after) - herfindahl_hirschman(before)
    assert math.fsum(each.moved for each in index) == pytest.approx(change, abs=1e-12)
    assert all(each.share is None or each.share >= 0 for each in mix)


@given(before=sums, after=sums)
def test_parts_of_a_sum_add_up_and_the_largest_come_first(
    before: dict[str, int], after: dict[str, int]
) -> None:
    found = sum_drivers("client", before, after)

    change = sum(after.values()) - sum(before.values())
    assert sum(each.moved for each in found) == change
    assert [-abs(each.moved) for each in found] == sorted(-abs(d.moved) for d in found)
    backward = dict(reversed(list(before.items())))
    assert sum_drivers("client", backward, after) == found


@pytest.mark.parametrize(
    ("make", "before", "after", "paths"),
    [
        (mix_drivers, {"a": -1}, {"a": 1}, ["before['a']"]),
        (mix_drivers, {"a": 0}, {"a": 1}, ["before"]),
        (mix_drivers, {"a": 1}, {" ": 1}, ["after[' ']"]),
        (concentration_drivers, {"a": 1}, {"a": math.nan}, ["after['a']"]),
        (sum_drivers, {"a": math.inf, "b": "x"}, {}, ["before['a']", "before['b']"]),
        (sum_drivers, {"a": Decimal("NaN")}, {}, ["before['a']"]),
        (share_drivers, {"a": (2, 1)}, {"a": (1, 2)}, ["before['a']"]),
        (share_drivers, {"a": (-1, math.nan)}, {"a": (1, 2)}, ["before['a']"] * 2),
        (share_drivers, {"a": (0, 0)}, {"a": (1, 2)}, ["before"]),
        (share_drivers, {}, {"a": (1, 2)}, ["before"]),
    ],
)
def test_what_has_no_parts_is_refused(
    make: Callable[..., Any],
    before: dict[str, Any],
    after: dict[str, Any],
    paths: list[str],
) -> None:
    with pytest.raises(InvalidValueError) as error:
        make("client", before, after)

    assert [issue.path for issue in error.value.issues] == paths
