from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from missionkit.domain.draft import Draft
from missionkit.domain.values import Period
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.red import Red, RedItems, red_in
from tests.rules.cases import DAY, retired, told

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


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


def test_a_reading_that_cannot_be_compared_leaves_it_open() -> None:
    def undirected(d: Draft) -> None:
        building(d)
        d.set("done", direction=None)

    day = date(2026, 5, 1)

    assert found(undirected, read(9, day)) == RedItems(not_compared=("build",))
    assert found(undirected, read(9, None)) == RedItems(unknown=("build",))
    assert found(undirected, read(9, date(2027, 1, 1))) == RedItems()


def test_a_reading_of_the_period_counts_whenever_it_was_recorded() -> None:
    late = date(2027, 1, 8)
    recorded = read(9, late, period=YEAR)

    assert len(found(building, recorded, read(11, DAY)).found) == 1
    assert found(building, recorded, on=date(2027, 1, 7)) == RedItems()
    assert len(found(building, recorded, on=late).found) == 1


def test_of_two_readings_of_a_day_the_one_recorded_later_counts() -> None:
    first = read(11, date(2027, 1, 8), "z", period=YEAR)
    second = read(9, date(2027, 1, 9), "a", period=YEAR)

    assert len(found(building, first, second).found) == 1


def test_an_undated_reading_that_is_well_leaves_nothing_open() -> None:
    assert found(building, read(11, None)) == RedItems()


def test_the_first_measure_in_the_red_is_told() -> None:
    def both(d: Draft) -> None:
        d.observation(measure="well", value=Decimal(9), at=DAY)

    (red,) = found(building, both, read(9, DAY)).found

    assert red.measure == "done"
