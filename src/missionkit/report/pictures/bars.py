"""Bars that show shares of a whole, with the counts beside them."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.markup import Html

_WIDE: Final = 960
_ROW: Final = 30
_LABEL: Final = 380
_SCALE: Final = 400
_TALL: Final = 14
_SIZE: Final = 13

_STYLE: Final = """
.mk-bars{font-family:system-ui,sans-serif}
.mk-bars text{fill:var(--ink,#1c2733);font-size:13px}
.mk-bars .mk-track{fill:var(--band,#e6ebf0)}
.mk-bars .mk-part{fill:var(--accent,#1f5f8b)}
.mk-bars text.mk-none{fill:var(--faint,#5b6875);font-style:italic}
"""


@frozen
class Bar:
    """A share from 0 to 1, None where there is no whole, and words for it."""

    title: str
    share: float | None
    said: str


def bars(title: str, rows: Sequence[Bar]) -> Html:
    """Return one bar a row as SVG; where there is no share, the words stand alone."""
    said = "; ".join(f"{row.title}: {row.said}" for row in rows)
    return frame(
        (part for at, row in enumerate(rows) for part in _drawn(at * _ROW, row)),
        wide=_WIDE,
        tall=max(1, len(rows)) * _ROW,
        title=title,
        said=said,
        style=_STYLE,
        class_="mk-bars",
    )


def _drawn(top: float, row: Bar) -> Iterator[Html]:
    middle = top + _ROW / 2 + 5
    for line in fitted(row.title, _LABEL - 20, _SIZE, 1):
        yield words(0, middle, line)
    if row.share is None:
        yield words(_LABEL, middle, row.said, "mk-none")
        return
    y = top + (_ROW - _TALL) / 2
    part = _SCALE * min(1, max(0, row.share))
    yield rect(_LABEL, y, _SCALE, _TALL, "mk-track")
    yield rect(_LABEL, y, part, _TALL, "mk-part")
    yield words(_LABEL + _SCALE + 14, middle, row.said)
