"""Counts cells part by part, and keeps what was counted."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from tools.calibrate.cells import MixCell, SeriesCell, mix_parts, series_parts

KEPT: Final = Path(__file__).parents[2] / "build" / "calibration"

Cell = SeriesCell | MixCell
Count = Callable[[Cell, int], dict[str, Any]]


def parts() -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the parts of the table, each with its name."""
    for series in series_parts():
        yield f"series, {series[0].noise}, {series[0].length} points", series
    for mix in mix_parts():
        yield f"mix, {mix[0].size} a side", mix


def kept_at(who: str, part: str) -> Path:
    """Return where the counts of a part are kept."""
    return KEPT / f"{who}, {part}.json"


def counted(who: str, part: str) -> dict[str, Any]:
    """Return what was counted in a part, and by what."""
    found: dict[str, Any] = json.loads(kept_at(who, part).read_text(encoding="utf-8"))
    return found


def count(who: str, made: dict[str, Any], by: Count, wanted: str, runs: int) -> None:
    """Count what is not yet counted of the parts whose name has *wanted* in it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = {**made, "runs": runs}
    for part, cells in parts():
        path = kept_at(who, part)
        if wanted not in part or (path.exists() and counted(who, part)["made"] == made):
            continue
        found = [by(cell, runs) for cell in cells]
        unfinished = path.with_suffix(".part")
        unfinished.write_text(
            json.dumps({"made": made, "cells": found}), encoding="utf-8"
        )
        unfinished.replace(path)
        print(f"{who}: {part}", flush=True)
