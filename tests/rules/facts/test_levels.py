from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.model import Model
from missionkit.domain.values import Descriptor, DescriptorScale, Period
from missionkit.rules.facts.levels import brief, is_worse
from tests.rules.cases import DAY

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HIGHER, LOWER, BAND = Direction.HIGHER, Direction.LOWER, Direction.BAND


def measure(direction: Direction | None, **fields: Any) -> SuccessMeasure:  # noqa: ANN401 - any field
    given: dict[str, Any] = {"threshold": Decimal(10), "unit": "days"} | fields
    d = Draft()
    return d.success_measure("Done", id="done", direction=direction, **given)


def reading(number: int | str | None, **fields: Any) -> Observation:  # noqa: ANN401 - any field
    d = Draft(Model([measure(HIGHER)]))
    value = None if number is None else Decimal(number)
    return d.observation(measure="done", value=value, **fields)


@pytest.mark.parametrize(
    ("direction", "number", "worse"),
    [
        (HIGHER, 9, True),
        (HIGHER, 10, False),
        (HIGHER, 11, False),
        (LOWER, 9, False),
        (LOWER, 10, False),
        (LOWER, 11, True),
        (None, 9, None),
        (None, 11, None),
    ],
)
def test_a_reading_is_worse_beyond_the_threshold(
    direction: Direction | None, number: int, *, worse: bool | None
) -> None:
    assert is_worse(measure(direction), reading(number)) is worse


def aims(*numbers: int) -> tuple[TargetSetting, ...]:
    return tuple(TargetSetting(value=Decimal(number)) for number in numbers)


@pytest.mark.parametrize(
    ("worst", "targets", "number", "worse"),
    [
        (5, (), 9, True),
        (5, (), 11, False),
        (20, (), 9, False),
        (20, (), 11, True),
        (None, (15,), 9, True),
        (None, (5,), 9, False),
        (None, (5,), 11, True),
        (5, (15, 20), 9, True),
        (5, (7,), 9, None),
        (None, (5, 15), 9, None),
        (10, (), 9, None),
    ],
)
def test_the_order_of_the_levels_tells_which_values_are_good(
    worst: int | None, targets: tuple[int, ...], number: int, *, worse: bool | None
) -> None:
    fields = {"worst": worst, "targets": aims(*targets)}

    assert is_worse(measure(None, **fields), reading(number)) is worse


@pytest.mark.parametrize(
    ("direction", "number", "worse"),
    [
        (HIGHER, 4, True),
        (HIGHER, 5, True),
        (HIGHER, 6, False),
        (LOWER, 6, True),
        (LOWER, 5, True),
        (LOWER, 4, False),
        (BAND, 5, True),
        (BAND, 6, False),
        (BAND, 10, False),
        (BAND, 11, True),
        (None, 5, True),
        (None, 6, False),
    ],
)
def test_without_a_threshold_what_is_as_bad_as_the_worst_value_is_worse(
    direction: Direction | None, number: int, *, worse: bool
) -> None:
    fields = {"threshold": None, "worst": 5, "targets": aims(8)}

    assert is_worse(measure(direction, **fields), reading(number)) is worse


def test_a_target_in_words_says_nothing_of_the_order() -> None:
    targets = (TargetSetting(descriptor="Good"),)

    assert is_worse(measure(None, targets=targets), reading(9)) is None


def test_many_digits_are_compared_exactly() -> None:
    long = Decimal("1." + "0" * 35 + "1")
    exact = measure(HIGHER, threshold=long)
    band = measure(BAND, threshold=long, targets=aims(3))

    assert is_worse(exact, reading("1")) is True
    assert is_worse(band, reading("1")) is True
    assert is_worse(band, reading(str(long))) is False


@pytest.mark.parametrize(
    ("number", "worse"), [(1, True), (2, False), (6, False), (10, False), (11, True)]
)
def test_a_band_reaches_as_far_to_both_sides_of_the_target(
    number: int, *, worse: bool
) -> None:
    aim = (TargetSetting(value=Decimal(6)),)

    assert is_worse(measure(BAND, targets=aim), reading(number, at=DAY)) == worse


def test_of_a_band_around_no_number_nobody_can_tell() -> None:
    later = (TargetSetting(value=Decimal(6), since=DAY),)
    words = (TargetSetting(descriptor="Good"),)

    assert is_worse(measure(BAND), reading(99)) is None
    assert is_worse(measure(BAND, targets=words), reading(99)) is None
    assert (
        is_worse(measure(BAND, targets=later), reading(99, at=date(2026, 1, 1))) is None
    )
    assert is_worse(measure(BAND, targets=later), reading(99)) is True


def test_a_reading_of_a_period_is_held_against_the_target_of_that_period() -> None:
    year = TargetSetting(value=Decimal(6), until=YEAR.end)
    held = reading(99, at=date(2027, 1, 8), period=YEAR)

    assert is_worse(measure(BAND, targets=(year,)), held) is True


def test_where_nothing_is_said_to_be_worse_nothing_is() -> None:
    assert is_worse(measure(HIGHER, threshold=None), reading(1)) is False
    assert is_worse(measure(HIGHER, threshold=None), reading(None, descriptor="x")) is (
        False
    )


def test_of_another_unit_and_of_words_for_numbers_nobody_can_tell() -> None:
    assert is_worse(measure(HIGHER), reading(1, unit="weeks")) is None
    assert is_worse(measure(HIGHER, unit=None), reading(1, unit="weeks")) is None
    assert is_worse(measure(HIGHER), reading(1, unit="days")) is True
    assert is_worse(measure(HIGHER, unit=None), reading(1)) is True
    assert is_worse(measure(HIGHER), reading(None, descriptor="few")) is None


STEPS = (
    Descriptor(name="Bad", satisfaction=-1),
    Descriptor(name="So so", satisfaction=0),
    Descriptor(name="Good", satisfaction=50),
    Descriptor(name="New"),
)


@pytest.mark.parametrize(
    ("descriptor", "worse"),
    [("Bad", True), ("So so", False), ("Good", False), ("New", None), ("No", None)],
)
@pytest.mark.parametrize("number", [None, 99])
def test_a_word_is_worse_where_it_does_not_satisfy(
    descriptor: str, number: int | None, *, worse: bool | None
) -> None:
    scaled = measure(HIGHER, scale=DescriptorScale(name="Mood", steps=STEPS))

    assert is_worse(scaled, reading(number, descriptor=descriptor)) is worse


def test_words_that_stand_for_nothing_are_not_worse() -> None:
    scale = DescriptorScale(name="Mood", steps=(Descriptor(name="New"),))
    scaled = measure(None, scale=scale, threshold=None)

    assert is_worse(scaled, reading(None, descriptor="New")) is False


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("5", "5"),
        ("123456.78", "123456.78"),
        ("0.1234567890123", "0.123"),
        ("-1.2345678901E+30", "-1.23e+30"),
        ("-0.00001234567", "-1.23e-5"),
    ],
)
def test_a_long_number_is_said_with_three_digits(level: str, said: str) -> None:
    assert brief(Decimal(level)) == said
