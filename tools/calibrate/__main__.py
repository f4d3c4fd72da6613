"""The command: see the package."""

import argparse
import sys
from collections import Counter
from typing import Any

from tools.calibrate.cells import RUNS, SeriesCell
from tools.calibrate.counting import Cell, count
from tools.calibrate.table import PATH, assembled, written


def by_peers(cell: Cell, runs: int) -> dict[str, Any]:
    """Count the alarms of peers in a cell, and keep their scores."""
    from tools.calibrate import peers  # noqa: PLC0415 - only where it is installed

    alarms: Counter[str] = Counter()
    scores: dict[str, list[float]] = {}
    for run in range(runs):
        drawn = cell.values(run) if isinstance(cell, SeriesCell) else cell.counts(run)
        kind = "series" if isinstance(cell, SeriesCell) else "mix"
        said, figures = peers.JUDGES[kind](drawn)
        alarms.update({name: int(alarm) for name, alarm in said.items()})
        for name, figure in figures.items():
            scores.setdefault(name, []).append(figure)
    return {"alarms": dict(alarms), "scores": scores}


def by_ours(cell: Cell, runs: int) -> dict[str, Any]:
    """Judge the runs of a cell, in every way that a caller may ask."""
    from tools.calibrate import ours  # noqa: PLC0415 - peers can be counted without

    said = [ours.judged(cell, run) for run in range(runs)]
    return {way: "".join(each[way] for each in said) for way in cell.ways}


def main(arguments: list[str]) -> int:
    """Count, and write the table."""
    asked = argparse.ArgumentParser(prog="python -m tools.calibrate")
    asked.add_argument("step", nargs="?", choices=("peers", "ours", "table"))
    asked.add_argument("--runs", type=int, default=RUNS, help="runs a cell")
    asked.add_argument("--only", default="", help="parts with this in their name")
    asked.add_argument("--to", default=str(PATH), help="where the table is written")
    given = asked.parse_args(arguments)
    if given.step in {None, "peers"}:
        from tools.calibrate import peers  # noqa: PLC0415 - only where it is installed

        count("peers", peers.versions(), by_peers, given.only, given.runs)
    if given.step in {None, "ours"}:
        from tools.calibrate import ours  # noqa: PLC0415 - peers can do without

        count("ours", ours.versions(), by_ours, given.only, given.runs)
    if given.step in {None, "table"}:
        written(assembled(given.runs, given.only), given.to)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
