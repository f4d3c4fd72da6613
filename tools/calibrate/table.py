"""The table: what was counted in each cell, as it is committed, tested and shown."""

import json
from pathlib import Path
from typing import Any, Final

from tools.calibrate.cells import AGAIN, LEVEL, RUNS, SeriesCell
from tools.calibrate.counting import Cell, counted, parts
from tools.calibrate.measures import alarms_at_rate, paired
from tools.calibrate.reasons import reason_for

PATH: Final = Path(__file__).parents[2] / "docs" / "explanation" / "calibration.json"
MATTERS: Final = -0.05
DIGITS: Final = 4

Row = dict[str, Any]
Table = dict[str, Any]
Thresholds = dict[tuple[int, str], dict[str, float]]


def read(path: Path = PATH) -> Table:
    """Return the committed table."""
    found: Table = json.loads(path.read_text(encoding="utf-8"))
    return found


def assembled(runs: int = RUNS, wanted: str = "") -> Table:
    """Return the table made of what was counted."""
    methods: dict[str, str] = {}
    rows: dict[str, list[Row]] = {"series": [], "mix": []}
    held = [part for part in parts() if wanted in part[0]]
    promised = _promised(held)
    for part, cells in held:
        own, peers = counted("ours", part), counted("peers", part)
        for kept in (own, peers):
            if kept["made"]["runs"] != runs:
                raise SystemExit(f"{part} was counted with other runs")
            methods |= {k: v for k, v in kept["made"].items() if k != "runs"}
        kind = "series" if isinstance(cells[0], SeriesCell) else "mix"
        rows[kind] += _rows(cells, own["cells"], peers["cells"], promised)
    return {"level": LEVEL, "runs": runs, "again": AGAIN, "methods": methods, **rows}


def _promised(held: list[tuple[str, tuple[Cell, ...]]]) -> Thresholds:
    """Return, by size and way, the threshold of each peer that keeps the level.

    It keeps it for every noise that there can be in that way, as we have to.
    """
    found: Thresholds = {}
    for part, (still, *_) in held:
        scores: dict[str, list[float]] = counted("peers", part)["cells"][0]["scores"]
        for way in still.ways:
            most = found.setdefault((_size(still), way), {})
            for peer, each in scores.items():
                own = sorted(each)[-1 - round(LEVEL * len(each))]
                most[peer] = max(most.get(peer, own), own)
    return found


def _size(cell: Cell) -> int:
    return cell.length if isinstance(cell, SeriesCell) else cell.size


def _rows(
    cells: tuple[Cell, ...], own: list[Row], peers: list[Row], promised: Thresholds
) -> list[Row]:
    """Return the rows of a part; the first cell is the one without a shift."""
    rows: list[Row] = []
    for cell, letters, theirs in zip(cells, own, peers, strict=True):
        row: Row = named(cell)
        row["peers"] = theirs["alarms"]
        row["ours"] = {way: _counts(said) for way, said in letters.items()}
        if cell is not cells[0]:
            row["beside"] = {
                way: _beside(own[0][way], said, peers[0]["scores"], theirs["scores"])
                | _promising(promised[_size(cell), way], theirs["scores"])
                for way, said in letters.items()
            }
            _give_reasons(row, rows[0])
        rows.append(row)
    return rows


def _promising(thresholds: dict[str, float], scores: dict[str, list[float]]) -> Row:
    """Return what the best peer sees that keeps one promise for every noise."""
    power, peer = max(
        (sum(score > thresholds[peer] for score in each) / len(each), peer)
        for peer, each in scores.items()
    )
    return {"promising peer": peer, "promising power": round(power, DIGITS)}


def named(cell: Cell) -> Row:
    """Return what a row is found by."""
    if isinstance(cell, SeriesCell):
        return {
            "noise": cell.noise,
            "length": cell.length,
            "shift": cell.shift,
            "at": cell.at,
        }
    return {"size": cell.size, "moved": cell.moved}


def _counts(letters: str) -> dict[str, int]:
    """Count verdicts, in all runs and in those that the tests judge again."""
    return {
        "drift": letters.count("d"),
        "calm": letters.count("n"),
        "unsure": letters.count("u"),
        "drift again": letters[:AGAIN].count("d"),
        "unsure again": letters[:AGAIN].count("u"),
    }


def _beside(
    still: str, shifted: str, before: dict[str, list[float]], after: Row
) -> Row:
    """Return our power less that of the best peer, at our rate of false alarms."""
    alarms = still.count("d")
    own = [float(letter == "d") for letter in shifted]
    found = []
    for peer, scores in after.items():
        theirs = alarms_at_rate(before[peer], scores, alarms)
        found.append((sum(theirs) / len(theirs), peer, paired(own, theirs)))
    power, peer, (difference, low, high) = max(found)
    return {
        "peer": peer,
        "power": round(power, DIGITS),
        "difference": round(difference, DIGITS),
        "low": round(low, DIGITS),
        "high": round(high, DIGITS),
    }


def _give_reasons(row: Row, still: Row) -> None:
    """Say why, where we see less than the best peer."""
    for way, beside in row["beside"].items():
        if beside["difference"] < MATTERS:
            beside["why"] = reason_for(row, still, way)


def written(table: Table, path: str | Path) -> None:
    """Write the table, a row a line, so that a change shows where it is."""
    lines = []
    for key, held in table.items():
        text = json.dumps(held)
        if isinstance(held, list):
            rows = ",\n  ".join(json.dumps(row) for row in held)
            text = f"[\n  {rows}\n ]"
        lines.append(f" {json.dumps(key)}: {text}")
    whole = "{\n" + ",\n".join(lines) + "\n}\n"
    Path(path).write_text(whole, encoding="utf-8", newline="\n")
