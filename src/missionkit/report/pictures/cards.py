"""Cards of text in rows, on as many sheets as they need: what charts are made of.

A sheet is about as tall as it is wide, so that it fits a page of paper.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.markup import Html, join, tag

WIDE: Final = 960
MARGIN: Final = 6
SIZE: Final = 13
BOLD: Final = 15.5  # bold letters of 13 are as wide
LEAST: Final = 320
_LINE: Final = 17
_PAD: Final = 9
_TALLEST: Final = 900
_HEADED: Final = 24

STYLE: Final = """
.mk-cards{font-family:system-ui,sans-serif;background:var(--paper,#fff)}
.mk-cards text{fill:var(--ink,#1c2733);font-size:13px}
.mk-cards text.mk-name{font-weight:600}
.mk-cards text.mk-head{font-weight:600;font-size:15px}
.mk-cards text.mk-small{font-size:12px;fill:var(--faint,#5b6875)}
.mk-cards text.mk-alarm{font-size:12px;font-weight:600;fill:var(--bad,#b3261e)}
.mk-cards text.mk-middle{text-anchor:middle}
.mk-cards text.mk-tiny{font-size:10px}
.mk-cards .mk-box{fill:var(--paper,#fff);stroke:var(--line,#6d7b88)}
.mk-cards .mk-main{fill:var(--band,#f1f4f7);stroke:var(--ink,#1c2733);stroke-width:2}
.mk-cards .mk-broken{stroke:var(--bad,#b3261e);stroke-width:2;stroke-dasharray:6 3}
.mk-cards .mk-arrow{fill:none;stroke:var(--line,#6d7b88);stroke-width:1.5}
.mk-cards .mk-point{fill:var(--line,#6d7b88)}
.mk-cards .mk-cell{fill:none;stroke:var(--rule,#d5dce3)}
.mk-cards .mk-strong{fill:var(--band,#f1f4f7);stroke:var(--ink,#1c2733);stroke-width:2}
"""


@frozen
class Line:
    """One line of text and how it looks."""

    text: str
    look: str | None = None


@frozen
class Card:
    """A box of text; `told` is all that it says, for whoever points at it."""

    lines: tuple[Line, ...]
    look: str = "mk-box"
    told: str = ""

    @property
    def tall(self) -> float:
        """How tall it must be."""
        return 2 * _PAD + _LINE * max(1, len(self.lines)) - 2

    def drawn(self, x: float, y: float, wide: float, tall: float) -> Html:
        """Return it as SVG at a place."""
        told = (tag("title", self.told),) if self.told else ()
        return tag(
            "g",
            *told,
            rect(x, y, wide, tall, self.look, corner="5"),
            *written(self.lines, x + _PAD, y + _PAD),
        )


@frozen
class Block:
    """A piece that is not torn: how tall it is, and what it draws at a height.

    One that `leads` stands on the same sheet as what follows it.
    """

    tall: float
    parts: Sequence[tuple[Card, float, float]]
    heading: str = ""
    said: str = ""

    @property
    def leads(self) -> bool:
        """Whether it is a heading."""
        return bool(self.heading)

    def drawn(self, y: float) -> Iterator[Html]:
        """Yield its cards, all of one height, or its heading."""
        if self.heading:
            yield words(MARGIN, y + 20, self.heading, "mk-head")
        for card, x, wide in self.parts:
            yield card.drawn(x, y, wide, self.tall)


def room(wide: float) -> float:
    """Return how wide the text of a card may be."""
    return wide - 2 * _PAD


def wide_enough(wide: float) -> float:
    """Return a width on which cards can be laid out."""
    return max(LEAST, wide)


def wrapped(
    text: str, wide: float, most: int, look: str | None = None
) -> tuple[Line, ...]:
    """Return *text* in lines that fit a card, at most so many."""
    size = BOLD if look in {"mk-name", "mk-alarm"} else SIZE
    return tuple(Line(line, look) for line in fitted(text, room(wide), size, most))


def written(lines: Iterable[Line], x: float, y: float) -> Iterator[Html]:
    """Yield lines of text below each other."""
    for at, line in enumerate(lines):
        yield words(x, y + 12 + at * _LINE, line.text, line.look)


def heading(said: str, wide: float) -> Block:
    """Return a heading, on one line."""
    size = BOLD * 15 / 13
    line = next(iter(fitted(said, wide - 2 * MARGIN, size, 1)), "")
    return Block(_HEADED, (), heading=line, said=said)


def row(cards: Sequence[Card], places: Sequence[tuple[float, float]]) -> Block:
    """Return cards side by side, as tall as the tallest; a place is x and width."""
    tall = max(card.tall for card in cards)
    said = "; ".join(card.told for card in cards if card.told)
    parts = [(card, *place) for card, place in zip(cards, places, strict=False)]
    return Block(tall, parts, said=said)


def grid(
    cards: Sequence[Card], columns: int, wide: float, gap: float
) -> Iterator[Block]:
    """Yield cards in rows of so many columns."""
    each = column_width(columns, wide, gap)
    places = [(MARGIN + at * (each + gap), each) for at in range(columns)]
    for at in range(0, len(cards), columns):
        yield row(cards[at : at + columns], places)


def column_width(columns: int, wide: float, gap: float) -> float:
    """Return how wide each of so many columns is."""
    return (wide - 2 * MARGIN - (columns - 1) * gap) // columns


def sheets(blocks: Sequence[Block], wide: float, gap: float) -> list[list[Block]]:
    """Return the blocks on sheets that are not too tall; headings stand with a row."""
    most = max(wide, _TALLEST)
    found: list[list[Block]] = [[]]
    tall = 0.0
    for at, block in enumerate(blocks):
        needed = block.tall + gap
        if block.leads and at + 1 < len(blocks):
            needed += blocks[at + 1].tall + gap
        if found[-1] and tall + needed > most:
            found.append([])
            tall = 0.0
        found[-1].append(block)
        tall += block.tall + gap
    return found


def stacked(blocks: Sequence[Block], gap: float) -> tuple[list[Html], float]:
    """Return the drawing of blocks below each other, and how tall it is."""
    drawn: list[Html] = []
    y = float(MARGIN)
    for block in blocks:
        drawn += block.drawn(y)
        y += block.tall + gap
    return drawn, y - gap + MARGIN


def sheet(
    drawn: Iterable[Html], wide: float, tall: float, title: str, said: str
) -> Html:
    """Return one sheet as a picture."""
    return frame(
        drawn,
        wide=wide,
        tall=tall,
        title=title,
        said=said,
        style=STYLE,
        class_="mk-cards",
    )


def bound(
    pages: Sequence[Sequence[Block]], wide: float, gap: float, title: str
) -> Html:
    """Return sheets of blocks as pictures, one below the other."""
    found = []
    for at, blocks in enumerate(pages, 1):
        drawn, tall = stacked(blocks, gap)
        said = ". ".join(block.said for block in blocks if block.said)
        found.append(sheet(drawn, wide, tall, numbered(title, at, len(pages)), said))
    return join(found)


def numbered(title: str, at: int, many: int) -> str:
    """Return the title of a sheet.

    >>> numbered("Chart", 1, 1), numbered("Chart", 2, 3)
    ('Chart', 'Chart, sheet 2 of 3')
    """
    return title if many == 1 else f"{title}, sheet {at} of {many}"


def arrow(x: float, y: float, long: float) -> Iterator[Html]:
    """Yield an arrow to the right, with its point."""
    end = x + long
    yield tag("path", d=f"M{x:g} {y:g}H{end - 5:g}", class_="mk-arrow")
    point = f"M{end:g} {y:g}l-7 -4v8Z"
    yield tag("path", d=point, class_="mk-point")
