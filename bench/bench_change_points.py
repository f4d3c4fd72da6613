"""Change points of annotated series, beside ruptures and one who never sees any.

MISSIONKIT_DATA=... python -m pytest bench/bench_change_points.py -s

The series and the figures are those of the Turing change point data set: covering and
F1, with a margin of 5 points (van den Burg and Williams, 2020). Ours is the level shift
detector, applied by binary segmentation: to the series, and then to both sides of each
shift that it dates. It says that it cannot tell where it cannot; that is counted as no
change, and printed. One that never sees any change does well by both figures: many
series have none, and people agree on few. So it is printed, too.
"""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from math import log
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import pytest

from missionkit.drift.detectors.level_shift import LEVEL_SHIFT
from missionkit.ports.detector import DetectorView
from missionkit.ports.finding import DriftVerdict
from missionkit.ports.series import Series, SeriesPoint
from tools.calibrate.turing import covering, f1

np = pytest.importorskip("numpy")

DATA: Final = os.environ.get("MISSIONKIT_DATA", "")
DAY_ONE: Final = date(1900, 1, 1)
SHORT: Final = 60
Places = list[int]


def days(start: int, values: list[float], season: int) -> Series:
    """Return values as a series that has a point a day: only the order counts."""
    return Series(
        indicator="annotated",
        title="Annotated series",
        unit="units",
        points=tuple(
            SeriesPoint(start=day, end=day, value=float(value))
            for at, value in enumerate(values)
            for day in [DAY_ONE + timedelta(days=start + at)]
        ),
        season=season,
    )


def ours(values: list[float], season: int) -> tuple[Places, int]:
    """Return the change points, and of how many parts the detector cannot tell."""
    waiting, places, unsure = [(0, len(values))], [], 0
    while waiting:
        start, end = waiting.pop()
        view = DetectorView(series=days(start, values[start:end], season))
        found = LEVEL_SHIFT(view)
        unsure += found.verdict is DriftVerdict.NOT_ENOUGH_DATA
        if found.verdict is DriftVerdict.DRIFT and found.since:
            place = (found.since - DAY_ONE).days
            places.append(place)
            waiting += [(start, place), (place, end)]
    return sorted(places), unsure


def by_ruptures(search: Callable[[Any], Any], values: list[float]) -> Places:
    """Return the change points by the penalty of 3 times the variance times log n."""
    given = np.array(values, dtype=float)
    steps = np.diff(given)
    penalty = 3 * float(steps @ steps) / (2 * len(steps)) * log(len(values))
    found: Places = search(given).predict(pen=penalty)[:-1]
    return found


def searches() -> dict[str, Callable[[Any], Any]]:
    ruptures = pytest.importorskip("ruptures")
    return {
        "PELT": lambda given: ruptures.KernelCPD("linear").fit(given),
        "Binseg": lambda given: ruptures.Binseg("l2", jump=1).fit(given),
    }


def annotated(folder: Path) -> list[tuple[str, list[float], int, dict[str, Places]]]:
    """Return the series of one column: name, values, season, what people marked."""
    people = json.loads((folder / "annotations_shown.json").read_text("utf-8"))
    found = []
    for name, marks in sorted(people.items()):
        held = json.loads((folder / f"{name}.json").read_text("utf-8"))
        monthly = "%m" in held.get("time", {}).get("format", "")
        values = held["series"][0]["raw"]
        if held["n_dim"] == 1 and None not in values:
            found.append((name, values, 12 if monthly else 1, marks))
    return found


@pytest.mark.skipif(not DATA, reason="MISSIONKIT_DATA is not set")
@pytest.mark.timeout(3600)
def test_the_covering_and_f1_of_annotated_series() -> None:
    peers = searches()
    rows = []
    for name, values, season, marks in annotated(Path(DATA) / "change_points" / "tcpd"):
        own, unsure = ours(values, season)
        given = {"ours": own, "zero": []}
        given |= {peer: by_ruptures(search, values) for peer, search in peers.items()}
        for who, places in given.items():
            figures = covering(marks, places, len(values)), f1(marks, places)
            rows.append((name, len(values), who, *figures, len(places)))
        print(f"\n{name} ({len(values)}): {own}, cannot tell of {unsure} parts", end="")
    assert rows

    print("\n\nseries              points  who     covering    F1  changes")
    for name, points, who, cover, score, count in rows:
        print(f"{name:20}{points:6}  {who:8}{cover:8.3f}{score:7.3f}{count:6}")
    for what, kept in (("all", rows), ("to 60", [r for r in rows if r[1] <= SHORT])):
        for who, held in groupby(sorted(kept, key=lambda row: row[2]), lambda r: r[2]):
            lines = list(held)
            cover, score = (fmean(float(line[at]) for line in lines) for at in (3, 4))
            print(f"{what:6} ({len(lines)} series) {who:8}{cover:8.3f}{score:7.3f}")
