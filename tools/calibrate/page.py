"""The page that shows the table, and what it says in plain words."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from tools.calibrate.cells import PLACES, SHIFTS
from tools.calibrate.measures import most_alarms, wilson
from tools.calibrate.table import Row, Table, read

WAYS: Final = {"12": "year", "1": "no season"}
SERIES_PEERS: Final = ("PELT", "Binseg", "ADWIN", "PageHinkley", "KSWIN")
MIX_PEERS: Final = (
    "PSI, floor 0.0001",
    "PSI, a half added",
    "Jensen-Shannon",
    "chi-square",
)
NONE: Final = "-"
SEEN: Final = 2
HEAD: Final = """
# How often drift is called rightly

<!-- `noxfile.py -s generate` makes this page from calibration.json -->

A detector that is not measured is a guess. So both faults were counted: alarms where
nothing changed, and shifts that were not seen. {runs:,} runs were drawn for each cell
of the tables below, and judged by missionkit at a level of {level} and by peers.

"""
DRAWN: Final = """
## What was drawn

A series is a monthly share around 60 %. It falls by 1, 2 or 3 standard deviations
("sd") of its noise, half-way or a quarter of its points from an end: from the first in
one half of the runs, from the last in the other. The noise is

- *independent*: normal, with a deviation of 6 points;
- *AR(1) 0.3* and *0.5*: as wide, and each month keeps that part of how far the last
  one was off;
- *season 1.33* and *3*: independent noise on a yearly wave of that many deviations,
  which begins anywhere;
- *40 a month* and *10 a month*: what comes of counting, the share of so many
  activities.

Who asks may say that a figure has no season, and is then told more by fewer points.
*Year* is without saying so, *no season* with it.

A mix is how many clients of two groups fall into six categories; a part of the largest
category moves to the smallest.

"""
EQUAL: Final = """
## Beside the best peer

A peer that alarms more often sees more, and that is no merit. So each peer is given,
in each cell, the threshold with which it alarms of nothing just as often as missionkit
does. By that it knows the noise of the cell, which nobody does who asks.

What is shown is how much more often missionkit sees the shift than the best of them,
in points of a hundred, with the 95 % interval of the same runs judged by both; the
threshold is taken as given. PELT and Binseg are compared by how far a change lets the
cost fall, over the variance of the noise; Page-Hinkley by what it compares with its
threshold, ADWIN by its `delta`, both on values over the deviation of the noise. All
estimate the noise from first differences. KSWIN has no such figure: it looks at
nothing below 100 points.

Page-Hinkley compares with the mean so far. So it sees a shift early in a series better
than others do, and one late in it hardly; a quarter from an end is both.

"""
WORDS: Final = """
- **It stays near its level.** With a level of {level} %, it alarmed of nothing in at
  most {worst} % of the runs of a cell ({where}). Of a thousand cells that keep the
  level exactly, chance alone would bring one above {most} %.
- **It answers.** A shift of 2 sd half-way through 24 or 36 independent points was seen
  in at least {least} % of the runs, whether or not they were said to have no season,
  and data could not tell in at most {unsure} %.
- **Streaming detectors are silent here.** By their defaults, ADWIN, Page-Hinkley and
  KSWIN saw a shift in at most {blind} % of the runs of any cell.
- **A penalty for independent noise is not safe.** PELT, with the usual one of 3 times
  the variance times the logarithm of the number of points, alarmed of nothing in up to
  {loud} % of the runs ({louder}).

"""
PROMISE: Final = """
## Beside a peer that makes the same promise

Nobody tells a detector the noise. Who promises 5 % for all noises above needs one
threshold for each number of points that keeps it for each of them. What is shown is how
much more often missionkit sees the shift than the best peer with such a threshold, in
points of a hundred: beside *no season*, for the noises that have none.

"""
MIXES: Final = """
## Mixes

Alarms in percent of the runs, where nothing moved and where a part did; after the
stroke, how often the data could not tell. The usual thresholds are 0.2 for PSI and 0.1
for the Jensen-Shannon distance (natural logarithms); for Pearson's chi-square, a
p-value below 0.05. missionkit asks for a shift above 10 points by default; the last
column is that of who cares about any shift, at an equal rate of alarms of nothing.

"""


def page() -> str:
    """Return the page of the committed table."""
    table = read()
    text = HEAD.lstrip().format(**table) + _words(table) + DRAWN
    text += "## Alarms of nothing\n\nIn percent of the runs without a shift.\n\n"
    text += _alarms(table) + "\n## Shifts that are seen\n\nIn percent of the runs with "
    text += "a shift. After the stroke: how often the data could not tell.\n\n"
    text += _power(table) + EQUAL + _beside(table)
    text += PROMISE + _promise(table) + MIXES + _mixes(table)
    return text + _reasons(table) + _methods(table)


def _words(table: Table) -> str:
    """Say in sentences what the tables say."""
    runs, still = table["runs"], [row for row in table["series"] if not row["shift"]]
    worst, row, way = max(
        ((said["drift"], row, way) for row in still for way, said in _ways(row)),
        key=lambda found: found[0],
    )
    loud = max(still, key=lambda row: row["peers"]["PELT"])
    streaming = ("ADWIN", "PageHinkley", "KSWIN")
    blind = max(row["peers"][name] for row in table["series"] for name in streaming)
    seen = [said for row in table["series"] if _is_asked(row) for _, said in _ways(row)]
    return WORDS.format(
        level=_percent(table["level"], 1),
        worst=_percent(worst, runs),
        where=f"{_name(row)}, {WAYS[way]}",
        most=_percent(most_alarms(runs, table["level"]), runs),
        least=_percent(min(said["drift"] for said in seen), runs),
        unsure=_percent(max(said["unsure"] for said in seen), runs),
        blind=_percent(blind, runs),
        loud=_percent(loud["peers"]["PELT"], runs),
        louder=_name(loud),
    )


def _is_asked(row: Row) -> bool:
    """Tell whether it has to be seen, and nearly always to be judged."""
    plain = (row["noise"], row["at"]) == ("independent", "half")
    return plain and row["length"] in {24, 36} and row["shift"] == SEEN


def _ways(row: Row) -> Iterable[tuple[str, dict[str, int]]]:
    """Return how a row was judged, by what was declared."""
    ours: dict[str, dict[str, int]] = row["ours"]
    return ours.items()


def _name(row: Row) -> str:
    return f"{row['noise']}, {row['length']} points"


def _percent(hits: float, runs: float) -> str:
    return f"{100 * hits / runs:.1f}"


def _sheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * 2 + ["--:"] * (len(head) - 2), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _alarms(table: Table) -> str:
    runs = table["runs"]

    def own(row: Row, way: str) -> str:
        if way not in row["ours"]:
            return NONE
        low, high = wilson(row["ours"][way]["drift"], runs)
        said = _percent(row["ours"][way]["drift"], runs)
        return f"{said} ({_percent(low, 1)} to {_percent(high, 1)})"

    head = ["noise", "points", *WAYS.values(), *SERIES_PEERS]
    return _sheet(
        head,
        (
            [
                row["noise"],
                str(row["length"]),
                *(own(row, way) for way in WAYS),
                *(_percent(row["peers"][name], runs) for name in SERIES_PEERS),
            ]
            for row in table["series"]
            if not row["shift"]
        ),
    )


def _power(table: Table) -> str:
    runs = table["runs"]

    def said(row: Row, way: str) -> str:
        if way not in row["ours"]:
            return NONE
        counts = row["ours"][way]
        return f"{_percent(counts['drift'], runs)} / {_percent(counts['unsure'], runs)}"

    return _by_shift(table, said)


def _beside(table: Table) -> str:
    def said(row: Row, way: str) -> str:
        if way not in row["beside"]:
            return NONE
        return _apart(row["beside"][way])

    return _by_shift(table, said)


def _promise(table: Table) -> str:
    def said(row: Row, way: str) -> str:
        if way not in row["beside"]:
            return NONE
        own, beside = row["ours"][way]["drift"] / table["runs"], row["beside"][way]
        apart = 100 * (own - beside["promising power"])
        return f"{apart:+.1f} {beside['promising peer']}"

    return _by_shift(table, said)


def _apart(beside: dict[str, Any]) -> str:
    figures = (100 * beside[name] for name in ("difference", "low", "high"))
    return "{:+.1f} ({:+.1f} to {:+.1f}) {peer}".format(*figures, **beside)


def _by_shift(table: Table, said: Callable[[Row, str], str]) -> str:
    """Lay out what is said of shifted series, a column a shift and a declaration."""
    head = ["noise", "points", "where"]
    head += [f"{shift} sd, {way}" for shift in SHIFTS for way in WAYS.values()]
    held: dict[tuple[str, int, str], dict[int, Row]] = {}
    for row in table["series"]:
        if row["at"] in PLACES:
            line = held.setdefault((row["noise"], row["length"], row["at"]), {})
            line[row["shift"]] = row
    return _sheet(
        head,
        (
            [
                *map(str, name),
                *(said(rows[shift], way) for shift in SHIFTS for way in WAYS),
            ]
            for name, rows in held.items()
        ),
    )


def _mixes(table: Table) -> str:
    runs = table["runs"]

    def line(row: Row) -> list[str]:
        own = row["ours"]["default"]
        apart = NONE
        if beside := row.get("beside"):
            apart = _apart(beside["any"])
        return [
            str(row["size"]),
            _percent(row["moved"], 1),
            f"{_percent(own['drift'], runs)} / {_percent(own['unsure'], runs)}",
            *(_percent(row["peers"][name], runs) for name in MIX_PEERS),
            apart,
        ]

    head = ["a side", "moved %", "missionkit", *MIX_PEERS, "beside the best peer"]
    return _sheet(head, map(line, table["mix"]))


def _reasons(table: Table) -> str:
    """Return why the best peer sees more, each reason with its cells."""
    held: dict[str, list[str]] = {}
    for row in (*table["series"], *table["mix"]):
        for way, beside in row.get("beside", {}).items():
            if why := beside.get("why"):
                held.setdefault(why, []).append(_cell(row, way))
    if not held:
        return ""
    text = "\n## Why a peer sees more\n\nWhere it does by more than 5 points.\n\n"
    return text + "".join(
        f"- {why}\n  ({'; '.join(cells)})\n" for why, cells in held.items()
    )


def _cell(row: Row, way: str) -> str:
    if "size" in row:
        return f"{row['size']} a side, {_percent(row['moved'], 1)} % moved, {way}"
    return f"{_name(row)}, {row['shift']} sd, {row['at']}, {WAYS[way]}"


def _methods(table: Table) -> str:
    said = ", ".join(f"{name} {version}" for name, version in table["methods"].items())
    return f"\nMeasured: {said}.\n"
