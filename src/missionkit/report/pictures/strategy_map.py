"""The strategy map: who needs what, and how it leads up to the mission."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.domain.model import Model
from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.markup import Html, tag
from missionkit.report.lines import Carriers
from missionkit.report.pictures.chart import Band, Chart, Side, chart_of

_BOX: Final = 172
_TALL: Final = 44
_GAP: Final = 50
_ROW: Final = 54
_TOP: Final = 48
_SIZE: Final = 11.5
_LINE: Final = 14
MOST: Final = 40
_STUB: Final = 9

_WORDS: Final = {Side.UP: "nothing above it", Side.DOWN: "nothing below it"}

_STYLE: Final = """
.mk-map{font-family:system-ui,sans-serif}
.mk-map text{fill:var(--ink,#1c2733);font-size:11.5px}
.mk-map .mk-band{fill:var(--band,#f1f4f7)}
.mk-map text.mk-label{font-weight:600;font-size:14px}
.mk-map text.mk-count{font-size:11px;fill:var(--faint,#5b6875)}
.mk-map .mk-line{fill:none;stroke:var(--line,#8795a3);stroke-width:1.2}
.mk-map .mk-box{fill:var(--paper,#fff);stroke:var(--line,#8795a3)}
.mk-map .mk-empty{fill:none}
.mk-map .mk-broken .mk-box,.mk-map .mk-empty{stroke:var(--bad,#b3261e)}
.mk-map .mk-broken .mk-box,.mk-map .mk-empty{stroke-width:1.6;stroke-dasharray:5 3}
.mk-map .mk-stub{fill:none;stroke:var(--bad,#b3261e);stroke-width:1.8}
.mk-map text.mk-alarm{fill:var(--bad,#b3261e);font-weight:600;font-size:10px}
.mk-map text.mk-note{fill:var(--faint,#5b6875);font-size:10px}
"""


@frozen
class _Place:
    """Where a box stands: its left edge and its middle."""

    x: float
    y: float
    column: int


def strategy_map(model: Model, *, on: date, most: int = MOST) -> Html:
    """Return the map as SVG: at most *most* elements a column, and it says so.

    A box with a dashed frame and a cross stands on no whole line: at its right end
    nothing that it serves, at its left end nobody whom it serves.
    """
    chart = chart_of(model, on=on, most=most)
    rows = max(2, *(len(column) for column in chart.columns), 0)
    tall = _TOP + rows * _ROW
    places = _places(chart, rows)
    drawn = (
        *_bands(chart, tall),
        *_lines(chart, places),
        *_boxes(chart, places, model, Carriers.of(model, on)),
    )
    return frame(
        drawn,
        wide=len(chart.columns) * (_BOX + _GAP),
        tall=tall + 1,
        title="Strategy map",
        said=chart.in_words(),
        style=_STYLE,
        class_="mk-map",
    )


def _places(chart: Chart, rows: int) -> dict[str, _Place]:
    found = {}
    for at, column in enumerate(chart.columns):
        step = rows * _ROW / max(1, len(column))
        for row, ref in enumerate(column):
            x, y = at * (_BOX + _GAP) + _GAP / 2, _TOP + (row + 0.5) * step
            found[ref] = _Place(x, y, at)
    return found


def _bands(chart: Chart, tall: float) -> Iterator[Html]:
    at = 0
    for band in chart.bands:
        left, wide = at * (_BOX + _GAP), len(band.columns) * (_BOX + _GAP)
        yield rect(left + 2, 0, wide - 4, tall, "mk-band")
        yield words(left + _GAP / 2, 22, band.title, "mk-label")
        yield words(left + _GAP / 2, 38, band.count, "mk-count")
        if not band.total:
            yield from _empty(left + _GAP / 2, band)
        at += len(band.columns)


def _empty(x: float, band: Band) -> Iterator[Html]:
    yield rect(x, _TOP + 6, _BOX, _TALL, "mk-empty")
    said = f"✕ no {band.title.lower()}"
    yield words(x + 10, _TOP + 6 + _TALL / 2 + 4, said, "mk-alarm")


def _lines(chart: Chart, places: Mapping[str, _Place]) -> Iterator[Html]:
    for low, high in chart.lines:
        a, b = places[low], places[high]
        start, end = a.x + _BOX, b.x
        if a.column == b.column:
            end = start
            one = other = start + _GAP * 0.7
        else:
            one, other = start + _GAP * 0.6, end - _GAP * 0.6
        way = f"M{start:g} {a.y:g}C{one:g} {a.y:g} {other:g} {b.y:g} {end:g} {b.y:g}"
        yield tag("path", d=way, class_="mk-line")


def _boxes(
    chart: Chart, places: Mapping[str, _Place], model: Model, carriers: Carriers
) -> Iterator[Html]:
    for ref, place in places.items():
        sides = chart.broken.get(ref, frozenset())
        title = model.title(ref)
        why = "; ".join(_WORDS[side] for side in Side if side in sides)
        yield tag(
            "g",
            tag("title", f"{title} ({why})" if why else title),
            rect(place.x, place.y - _TALL / 2, _BOX, _TALL, "mk-box", corner="5"),
            *_words(place, title, _note(ref, carriers)),
            *(_stub(place, side) for side in Side if side in sides),
            class_="mk-node mk-broken" if sides else "mk-node",
        )


def _words(place: _Place, title: str, note: str) -> Iterator[Html]:
    lines = fitted(title, _BOX - 16, _SIZE, 2)
    total = len(lines) + bool(note)
    y = place.y - (total - 1) * _LINE / 2 + 4 - bool(note)
    for at, line in enumerate(lines):
        yield words(place.x + 8, y + at * _LINE, line)
    if note:
        tone = "mk-alarm" if note.startswith("✕") else "mk-note"
        yield words(place.x + 8, y + len(lines) * _LINE, note, tone)


def _note(ref: str, carriers: Carriers) -> str:
    """Return what stands small below an objective: who brings it about."""
    if ref not in carriers.objectives or not carriers.processes:
        return ""
    by = carriers.processes.get(ref, ())
    if not by:
        return "✕ no process works on it"
    if not carriers.has_performer(ref):
        return "✕ nobody performs it"
    return f"{len(by)} process{'' if len(by) == 1 else 'es'}"


def _stub(place: _Place, side: Side) -> Html:
    """Return a short line that ends in a cross."""
    way = 1 if side is Side.UP else -1
    x = place.x + (_BOX if side is Side.UP else 0)
    end = x + way * (_STUB + 4)
    cross = f"M{end - 4:g} {place.y - 4:g}l8 8m0 -8l-8 8"
    return tag("path", d=f"M{x:g} {place.y:g}h{way * _STUB}{cross}", class_="mk-stub")
