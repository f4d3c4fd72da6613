"""Supplier, input, process, output, customer as a picture, from left to right."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from attrs import frozen

from missionkit.markup import Html, join
from missionkit.processes.sipoc import Sipoc, SipocLine
from missionkit.report.pictures.cards import (
    MARGIN,
    WIDE,
    Block,
    Card,
    Line,
    arrow,
    bound,
    column_width,
    heading,
    numbered,
    row,
    sheet,
    sheets,
    stacked,
    wide_enough,
    wrapped,
)

_GAP: Final = 10
_ACROSS: Final = 26  # room for an arrow
_NARROW: Final = 700
_STEPS: Final = 14
_NAME_LINES: Final = 7
_HEADS: Final = ("Supplier", "Input", "Process", "Output", "Customer")


@frozen
class _Row(Block):
    """A row of boxes with an arrow between each two that follow each other."""

    arrows: tuple[float, ...] = ()

    def drawn(self, y: float) -> Iterator[Html]:
        """Yield its cards and arrows."""
        yield from super().drawn(y)
        for x in self.arrows:
            yield from arrow(x, y + self.tall / 2, _ACROSS)


def sipoc_picture(found: Sipoc, *, wide: float = WIDE) -> Html:
    """Return the five columns as SVG, laid out for a width.

    On a narrow picture the inputs stand above the process and the outputs below it.
    A dashed frame has an end that is missing.
    """
    wide = wide_enough(wide)
    title = f"Suppliers and customers of {found.title}"
    if wide < _NARROW:
        pages = sheets(tuple(_narrow(found, wide)), wide, _GAP)
        return bound(pages, wide, _GAP, title)
    return _five_columns(found, wide, title)


def _end(line: SipocLine, wide: float) -> Card:
    if line.end.broken:
        lines = wrapped(f"✕ {line.end.broken}", wide, 4, "mk-alarm")
        return Card(lines, "mk-box mk-broken", f"{line.item}: {line.end.broken}")
    return Card(wrapped(line.end.title, wide, _NAME_LINES), told=line.end.title)


def _item(line: SipocLine, wide: float) -> Card:
    lines = wrapped(line.item, wide, _NAME_LINES, "mk-name")
    if line.acceptance:
        lines += wrapped(line.acceptance, wide, 3, "mk-small")
    return Card(lines, told=line.item)


def _nothing(said: str, wide: float) -> Card:
    told = f"✕ {said}"
    return Card(wrapped(told, wide, 3, "mk-alarm"), "mk-box mk-broken", told)


def _middle(found: Sipoc, wide: float) -> Card:
    more = len(found.activities) - _STEPS
    steps = [
        line
        for at, step in enumerate(found.activities[:_STEPS], 1)
        for line in wrapped(f"{at}. {step}", wide, 2)
    ]
    rest = [Line(f"and {more} more", "mk-small")] if more > 0 else []
    purpose = wrapped(found.purpose, wide, 4, "mk-small") if found.purpose else ()
    lines = (
        *wrapped(found.title, wide, _NAME_LINES, "mk-name"),
        *purpose,
        *steps,
        *rest,
    )
    return Card(lines, "mk-main", found.title)


def _pair(cards: Sequence[Card], left: float, each: float) -> _Row:
    places = [(left, each), (left + each + _ACROSS, each)]
    made = row(cards, places)
    return _Row(made.tall, made.parts, said=made.said, arrows=(left + each,))


def _narrow(found: Sipoc, wide: float) -> Iterator[Block]:
    each = column_width(2, wide, _ACROSS)
    whole = column_width(1, wide, _GAP)
    yield heading("Suppliers and inputs", wide)
    for line in found.inputs:
        yield _pair((_end(line, each), _item(line, each)), MARGIN, each)
    if not found.inputs:
        yield row([_nothing("nothing goes into it", whole)], [(MARGIN, whole)])
    yield heading("Process", wide)
    yield row([_middle(found, whole)], [(MARGIN, whole)])
    yield heading("Outputs and customers", wide)
    for line in found.outputs:
        yield _pair((_item(line, each), _end(line, each)), MARGIN, each)
    if not found.outputs:
        yield row([_nothing("nothing comes out of it", whole)], [(MARGIN, whole)])


def _five_columns(found: Sipoc, wide: float, title: str) -> Html:
    each = column_width(5, wide, _ACROSS)
    xs = [MARGIN + at * (each + _ACROSS) for at in range(5)]
    rows = [
        _across(given, made, xs, each)
        for given, made in zip_longest(
            _given(found, each), _made(found, each), fillvalue=()
        )
    ]
    pages = sheets(rows, wide - 40, _GAP)
    middle = _middle(found, each)
    pictures = []
    for at, blocks in enumerate(pages, 1):
        drawn, tall = _on_sheet(blocks, middle, xs, each)
        said = ". ".join(block.said for block in blocks if block.said)
        name = numbered(title, at, len(pages))
        pictures.append(sheet(drawn, wide, tall, name, said))
    return join(pictures)


def _given(found: Sipoc, each: float) -> list[tuple[Card, ...]]:
    lines: list[tuple[Card, ...]]
    lines = [(_end(line, each), _item(line, each)) for line in found.inputs]
    return lines or [(_nothing("nothing goes into it", each),)]


def _made(found: Sipoc, each: float) -> list[tuple[Card, ...]]:
    lines: list[tuple[Card, ...]]
    lines = [(_item(line, each), _end(line, each)) for line in found.outputs]
    return lines or [(_nothing("nothing comes out of it", each),)]


def _across(
    given: tuple[Card, ...], made: tuple[Card, ...], xs: Sequence[float], each: float
) -> _Row:
    """Return a row with what is left and right of the process, and its arrows."""
    left = xs[2 - len(given) : 2]
    right = xs[3 : 3 + len(made)]
    made_row = row((*given, *made), [(x, each) for x in (*left, *right)])
    starts = [x + each for x in left]
    starts += [x - _ACROSS for x in right]
    return _Row(made_row.tall, made_row.parts, said=made_row.said, arrows=tuple(starts))


def _on_sheet(
    blocks: Sequence[Block], middle: Card, xs: Sequence[float], each: float
) -> tuple[list[Html], float]:
    """Return a sheet: the five heads, the rows, the process beside all of them."""
    heads = row(
        [Card((Line(head, "mk-head"),), "mk-cell") for head in _HEADS],
        [(x, each) for x in xs],
    )
    drawn, tall = stacked((heads, *blocks), _GAP)
    top = MARGIN + heads.tall + _GAP
    high = max(tall - MARGIN - top, middle.tall)
    drawn.append(middle.drawn(xs[2], top, each, high))
    return drawn, top + high + MARGIN
