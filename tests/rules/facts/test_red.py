from collections.abc import Callable
from datetime import date, timedelta
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
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.readings import taken_on
from missionkit.rules.facts.red import Red, RedItems, is_worse, red_in
from tests.rules.cases import DAY, retired, told

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
        (None, 9, False),
        (None, 11, False),
    ],
)
def test_a_reading_is_worse_beyond_the_threshold(
    direction: Direction | None, number: int, *, worse: bool
) -> None:
    assert is_worse(measure(direction), reading(number)) == worse


@pytest.mark.parametrize(
    ("number", "worse"), [(1, True), (2, False), (6, False), (10, False), (11, True)]
)
def test_a_band_reaches_as_far_to_both_sides_of_the_target(
    number: int, *, worse: bool
) -> None:
    aim = (TargetSetting(value=Decimal(6)),)

    assert is_worse(measure(BAND, targets=aim), reading(number, at=DAY)) == worse


def test_a_band_around_no_number_has_no_outside() -> None:
    later = (TargetSetting(value=Decimal(6), since=DAY),)
    words = (TargetSetting(descriptor="Good"),)

    assert not is_worse(measure(BAND), reading(99))
    assert not is_worse(measure(BAND, targets=words), reading(99))
    assert not is_worse(measure(BAND, targets=later), reading(99, at=date(2026, 1, 1)))
    assert is_worse(measure(BAND, targets=later), reading(99))


def test_what_cannot_be_compared_is_not_called_worse() -> None:
    assert not is_worse(measure(HIGHER, threshold=None), reading(1))
    assert not is_worse(measure(HIGHER), reading(1, unit="weeks"))
    assert is_worse(measure(HIGHER), reading(1, unit="days"))


@pytest.mark.parametrize(
    ("descriptor", "worse"),
    [("Bad", True), ("So so", False), ("Good", False), ("New", False), ("No", False)],
)
def test_a_word_is_worse_where_it_does_not_satisfy(
    descriptor: str, *, worse: bool
) -> None:
    steps = (
        Descriptor(name="Bad", satisfaction=-1),
        Descriptor(name="So so", satisfaction=0),
        Descriptor(name="Good", satisfaction=50),
        Descriptor(name="New"),
    )
    scaled = measure(None, scale=DescriptorScale(name="Mood", steps=steps))

    assert is_worse(scaled, reading(None, descriptor=descriptor)) == worse
    assert not is_worse(measure(None), reading(None, descriptor=descriptor))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"at": DAY, "period": YEAR}, DAY),
        ({"period": YEAR}, YEAR.end),
        ({"period": Period(start=DAY)}, DAY),
        ({}, None),
    ],
)
def test_a_reading_stands_for_a_day(fields: dict[str, Any], day: date | None) -> None:
    assert taken_on(reading(1, **fields)) == day


def found(
    *stories: Callable[[Draft], object],
    on: date | None = None,
    period: Period | None = YEAR,
) -> RedItems:
    def whole(d: Draft) -> None:
        for story in stories:
            story(d)

    return red_in(RuleView(model=told(whole), on=on), period)


def building(d: Draft) -> None:
    d.process("Build", id="build")
    fields: dict[str, Any] = {"direction": "higher", "threshold": Decimal(10)}
    d.success_measure("Done", id="done", of="build", **fields)
    d.success_measure("Well done", id="well", of="build", **fields)


def read(
    number: int,
    day: date | None,
    ref: str = "",
    **fields: Any,  # noqa: ANN401 - any field
) -> Callable[[Draft], object]:
    given: dict[str, Any] = {"id": ref} if ref else {}
    return lambda d: d.observation(
        measure="done", value=Decimal(number), at=day, **given, **fields
    )


def test_only_the_last_reading_of_the_period_counts() -> None:
    day, next_day = date(2026, 5, 1), date(2026, 5, 2)
    bad_then_good = (read(9, day), read(11, next_day))
    good_then_bad = (read(11, day), read(9, next_day))
    beyond = read(9, date(2027, 1, 1))

    assert found(building, *bad_then_good, beyond) == RedItems()
    (red,) = found(building, *good_then_bad, beyond).found
    assert (red.ref, red.measure, red.reading and red.reading.at) == (
        "build",
        "done",
        next_day,
    )
    assert found(building, *good_then_bad, on=day) == RedItems()
    assert len(found(building, beyond, period=None).found) == 1


def test_a_reading_that_was_corrected_does_not_count() -> None:
    wrong, right = read(9, DAY, "wrong"), read(11, DAY, corrects="wrong")

    assert found(building, wrong, right) == RedItems()


def test_a_retired_process_is_not_in_the_red() -> None:
    def gone(d: Draft) -> None:
        d.set("build", release=retired(DAY))

    bad = read(9, date(2026, 5, 1))

    assert found(building, gone, bad, on=DAY) == RedItems()
    assert len(found(building, gone, bad, on=DAY - timedelta(days=1)).found) == 1


def test_a_reading_without_a_day_may_be_the_last() -> None:
    assert found(building, read(9, None)).unknown == ("build",)
    assert found(building, read(9, None), read(11, DAY)).unknown == ()


@pytest.mark.parametrize(
    ("status", "period", "counts"),
    [
        ("missed", None, True),
        ("missed", YEAR, True),
        ("missed", Period(end=date(2025, 12, 31)), False),
        ("active", YEAR, False),
        ("dropped", YEAR, False),
    ],
)
def test_objectives_that_were_missed_in_the_period_count(
    status: str, period: Period | None, *, counts: bool
) -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", status=status, period=period)

    red = (Red(ref="insulate"),)

    assert found(story).found == (red if counts else ())
    assert bool(found(story, period=None).found) == (status == "missed")
