"""What the committed table promises; and a part of it, counted again."""

from typing import Any

import pytest

from missionkit.drift.mix.find import find_mix_shift
from tools.calibrate.cells import AGAIN, LEVEL, MixCell, SeriesCell
from tools.calibrate.counting import Cell, parts
from tools.calibrate.measures import most_alarms
from tools.calibrate.ours import LETTERS, judged, mixes
from tools.calibrate.table import named, read

TABLE = read()
RUNS: int = TABLE["runs"]
Row = dict[str, Any]
ROWS: list[Row] = [*TABLE["series"], *TABLE["mix"]]
PARTS = list(parts())


def row_of(cell: Cell) -> Row:
    asked = named(cell)
    found = [row for row in ROWS if row.items() >= asked.items()]
    assert len(found) == 1
    return found[0]


def test_every_cell_was_drawn_at_least_2000_times() -> None:
    cells = [cell for _, part in PARTS for cell in part]

    assert [row_of(cell) for cell in cells] == ROWS
    assert RUNS >= 2000
    assert AGAIN == TABLE["again"] >= 0.05 * RUNS
    assert LEVEL == TABLE["level"] == 0.05


def test_alarms_of_nothing_are_nowhere_above_what_the_level_allows() -> None:
    most = most_alarms(RUNS, LEVEL)
    alarms = {
        (name, way): said["drift"]
        for name, (still, *_) in PARTS
        for way, said in row_of(still)["ours"].items()
    }

    assert most == 131
    assert len(alarms) == 5 * 4 * 2 + 2 * 4 + 4 * 2
    assert {cell: count for cell, count in alarms.items() if count > most} == {}


@pytest.mark.parametrize("length", [24, 36])
@pytest.mark.parametrize("way", ["1", "12"])
def test_a_shift_of_two_deviations_is_judged_and_seen(way: str, length: int) -> None:
    cell = SeriesCell(noise="independent", length=length, shift=2, at="half")
    said = row_of(cell)["ours"][way]

    assert RUNS - said["unsure"] >= 0.95 * RUNS
    assert said["drift"] >= 0.8 * RUNS


COMPARED = [
    (still, cell, way, beside)
    for _, (still, *shifted) in PARTS
    for cell in shifted
    for way, beside in row_of(cell)["beside"].items()
]


def answers(still: Cell, way: str) -> bool:
    unsure: int = row_of(still)["ours"][way]["unsure"]
    return unsure < RUNS


def test_it_is_silent_only_where_a_year_cannot_tell_a_season_from_a_shift() -> None:
    silent = {
        (cell.length, way)
        for _, (cell, *_) in PARTS
        if isinstance(cell, SeriesCell)
        for way in cell.ways
        if not answers(cell, way)
    }

    assert silent == {(12, "12")}


def test_no_peer_sees_much_more_at_an_equal_rate_of_alarms_of_nothing() -> None:
    worse = [
        (named(cell), way, beside)
        for still, cell, way, beside in COMPARED
        if way != "default" and answers(still, way) and not near_an_end(cell)
        if beside["difference"] < -0.1
    ]

    assert len(COMPARED) == (5 * 2 + 2) * 4 * 6 + 4 * 3 * 2
    assert worse == []


def near_an_end(cell: Cell) -> bool:
    return isinstance(cell, SeriesCell) and cell.at == "quarter"


def test_whatever_a_peer_sees_more_of_has_its_reason() -> None:
    for _, cell, way, beside in COMPARED:
        assert beside["low"] <= beside["difference"] <= beside["high"], (cell, way)
        assert beside.get("why", "").endswith(".") is (beside["difference"] < -0.05)


def test_no_peer_that_makes_the_same_promise_sees_much_more() -> None:
    worse = [
        (named(cell), way, beside)
        for still, cell, way, beside in COMPARED
        if isinstance(cell, SeriesCell) and answers(still, way)
        if not near_an_end(cell)
        for own in [row_of(cell)["ours"][way]["drift"] / RUNS]
        if own < beside["promising power"] - 0.1
    ]

    assert worse == []


@pytest.mark.parametrize(("name", "cells"), PARTS, ids=[name for name, _ in PARTS])
def test_the_first_runs_give_what_the_table_says(
    name: str, cells: tuple[Cell, ...]
) -> None:
    for cell in cells:
        letters = [judged(cell, run) for run in range(AGAIN)]
        for way, said in row_of(cell)["ours"].items():
            again = [each[way] for each in letters]
            counts = said["drift again"], said["unsure again"]
            assert (again.count("d"), again.count("u")) == counts, (name, way, cell)


def test_who_cares_about_any_shift_asks_for_it() -> None:
    for run in range(20):
        cell = MixCell(size=40, moved=0.2)
        found = find_mix_shift(*mixes(cell, run), level=LEVEL, least=0.0)

        assert LETTERS[found.verdict] == judged(cell, run)["any"]
