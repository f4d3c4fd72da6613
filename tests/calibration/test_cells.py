"""What is drawn: the same everywhere, and with the properties that its name says."""

from math import sqrt
from statistics import correlation, fmean, pstdev

import pytest

from tools.calibrate.cells import (
    COUNTED,
    LENGTHS,
    MIX,
    MOVES,
    NOISES,
    PLACES,
    SHIFTS,
    SIZES,
    MixCell,
    SeriesCell,
    mix_parts,
    series_parts,
)
from tools.calibrate.draws import Draws

RUNS = 400


def test_draws_are_the_same_everywhere() -> None:
    draws = Draws("series", "independent", 12)

    drawn = [draws.share(), draws.share()]
    assert drawn == [0.30215729028453164, 0.03898737709380107]
    assert Draws("a", 1).share() == Draws("a/1").share() != Draws("a", 2).share()


def test_every_cell_that_is_promised_is_there() -> None:
    series = [cell for part in series_parts() for cell in part]
    asked = {
        (noise, length, shift, at)
        for noise in (
            "independent",
            "AR(1) 0.3",
            "AR(1) 0.5",
            "season 1.33",
            "season 3",
            "40 a month",
            "10 a month",
        )
        for length in (12, 24, 36, 60)
        for shift, at in (
            (0, ""),
            (1, "half"),
            (2, "half"),
            (3, "half"),
            (1, "quarter"),
            (2, "quarter"),
            (3, "quarter"),
        )
    }

    assert {(c.noise, c.length, c.shift, c.at) for c in series} == asked
    assert len(series) == len(asked)
    assert [(c.size, c.moved) for part in mix_parts() for c in part] == [
        (size, moved) for size in (20, 40, 80, 200) for moved in (0, 0.1, 0.2, 0.3)
    ]


@pytest.mark.parametrize("noise", [*NOISES, *COUNTED])
def test_a_series_is_as_wide_as_its_name_says(noise: str) -> None:
    cell = SeriesCell(noise=noise, length=24)
    runs = [cell.values(run) for run in range(RUNS)]
    size, amplitude = COUNTED.get(noise), {"season 1.33": 1.33, "season 3": 3}
    wide = sqrt(0.24 / size) if size else 0.06
    wide *= sqrt(1 + amplitude.get(noise, 0) ** 2 / 2)

    firsts = [values[5] for values in runs]
    assert fmean(firsts) == pytest.approx(0.6, abs=4 * wide / sqrt(RUNS))
    assert pstdev(firsts) == pytest.approx(wide, rel=0.15)


@pytest.mark.parametrize(
    ("noise", "kept"), [("independent", 0), ("AR(1) 0.3", 0.3), ("AR(1) 0.5", 0.5)]
)
def test_a_point_follows_the_one_before(noise: str, kept: float) -> None:
    runs = [SeriesCell(noise=noise, length=12).values(run) for run in range(RUNS)]
    pairs = [(values[at], values[at + 1]) for values in runs for at in range(11)]

    assert correlation(*zip(*pairs, strict=True)) == pytest.approx(kept, abs=0.06)


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("noise", ["independent", "40 a month"])
def test_a_shift_is_where_and_as_large_as_its_cell_says(noise: str, at: str) -> None:
    cell = SeriesCell(noise=noise, length=24, shift=3, at=at)
    runs = [cell.values(run) for run in range(RUNS)]
    wide = 0.06 if noise == "independent" else sqrt(0.24 / 40)

    for odd in (0, 1):
        change = {"half": (12, 12), "quarter": (6, 18)}[at][odd]
        assert cell.change(odd) == change
        before = fmean(values[change - 1] for values in runs[odd::2])
        after = fmean(values[change] for values in runs[odd::2])
        assert before - after == pytest.approx(3 * wide, rel=0.12)


def test_a_season_is_declared_away_only_where_there_is_none() -> None:
    declared = {cell.noise: cell.ways for part in series_parts() for cell in part}

    assert {noise for noise, seasons in declared.items() if "1" not in seasons} == {
        "season 1.33",
        "season 3",
    }
    assert all("12" in seasons for seasons in declared.values())


def test_a_mix_moves_by_the_total_variation_of_its_cell() -> None:
    for part in mix_parts():
        for cell in part:
            moved = sum(abs(a - b) for a, b in zip(MIX, cell.chances, strict=True))
            assert moved / 2 == pytest.approx(cell.moved)
            assert [sum(group) for group in cell.counts(0)] == [cell.size] * 2


def test_groups_are_drawn_by_the_chances_of_the_mix() -> None:
    cell = MixCell(size=200, moved=0.3)
    drawn = [cell.counts(run) for run in range(RUNS)]

    for side, chances in ((0, MIX), (1, (0.05, *MIX[1:-1], 0.38))):
        for at, chance in enumerate(chances):
            share = fmean(groups[side][at] for groups in drawn) / 200
            assert share == pytest.approx(chance, abs=0.01)


def test_the_table_is_as_large_as_promised() -> None:
    assert (LENGTHS, SHIFTS, SIZES) == ((12, 24, 36, 60), (1, 2, 3), (20, 40, 80, 200))
    assert MOVES == (0, 0.1, 0.2, 0.3)
