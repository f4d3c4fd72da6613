"""The responsibility matrix as a picture: a letter in each cell, faults in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from missionkit.domain.role import Letter
from missionkit.drawing.fitting import fitted, width
from missionkit.drawing.shapes import rect, words
from missionkit.markup import Html, join, tag
from missionkit.processes.matrix_rows import MatrixRow, ResponsibilityMatrix
from missionkit.report.pictures.cards import (
    MARGIN,
    SIZE,
    WIDE,
    Block,
    Card,
    Line,
    column_width,
    numbered,
    row,
    sheet,
    sheets,
    stacked,
    wide_enough,
    wrapped,
    written,
)

_LEAST: Final = 36
_MOST: Final = 84
_HEAD: Final = 150
_TEXT: Final = 16
_SHORT: Final = 3
_NAME_LINES: Final = 7
LEGEND: Final = ", ".join(f"{letter} {letter.name.lower()}" for letter in Letter)


@frozen
class _Grid:
    """How wide the titles of the rows are, and which roles stand beside them."""

    titles: float
    each: float
    roles: tuple[str, ...]

    def x(self, at: int) -> float:
        """Return the left edge of a column."""
        return MARGIN + self.titles + at * self.each


@frozen
class _Cells(Block):
    """A row of the matrix."""

    lines: tuple[Line, ...] = ()
    indent: float = 0
    grid: _Grid = _Grid(0, 0, ())
    row: MatrixRow | None = None

    def drawn(self, y: float) -> Iterator[Html]:
        """Yield the title of the row and its cells."""
        grid = self.grid
        yield rect(MARGIN, y, grid.titles, self.tall, "mk-cell")
        yield from written(self.lines, MARGIN + self.indent + 6, y + 6)
        for at, role in enumerate(grid.roles):
            letters = self.row.letters.get(role, ()) if self.row else ()
            yield from _cell(letters, grid.x(at), y, grid.each, self.tall)


def responsibility_matrix_picture(
    found: ResponsibilityMatrix, *, wide: float = WIDE
) -> Html:
    """Return the matrix as SVG, laid out for a width, on as many sheets as it needs.

    What is wrong with a row stands below its title; what is wrong with a role, below
    the whole.
    """
    wide = wide_enough(wide)
    grids = _grids(found, wide)
    pages: list[tuple[_Grid | None, list[Block]]] = [
        (grid, blocks)
        for grid in grids
        for blocks in sheets(_rows(found, grid), wide - _HEAD - 60, 0)
    ]
    pages.append((None, _below(found, wide)))
    pictures = []
    for at, (page, blocks) in enumerate(pages, 1):
        title = numbered("Responsibility matrix", at, len(pages))
        said = ". ".join(block.said for block in blocks if block.said)
        drawn, tall = _drawn(found, page, blocks)
        pictures.append(sheet(drawn, wide, tall, title, said))
    return join(pictures)


def _grids(found: ResponsibilityMatrix, wide: float) -> list[_Grid]:
    """Return the columns of each sheet: as many roles as there is room for."""
    titles = min(300, wide * 0.42)
    space = wide - 2 * MARGIN - titles
    many = max(1, int(space // _LEAST))
    sheets_ = max(1, -(-len(found.roles) // many))
    many = max(1, -(-len(found.roles) // sheets_))
    each = min(_MOST, space // many)
    return [
        _Grid(titles, each, found.roles[at : at + many])
        for at in range(0, max(1, len(found.roles)), many)
    ]


def _rows(found: ResponsibilityMatrix, grid: _Grid) -> list[Block]:
    return [_row(found, each, grid) for each in found]


def _row(found: ResponsibilityMatrix, each: MatrixRow, grid: _Grid) -> _Cells:
    indent = 14.0 if each.part_of else 0.0
    room = grid.titles - indent
    look = None if each.part_of else "mk-name"
    faults = ", ".join(remark.fault.value for remark in found.about(each.ref))
    lines = wrapped(each.title, room, _NAME_LINES, look)
    if faults:
        lines += wrapped(f"✕ {faults}", room, 3, "mk-alarm")
    held = (f"{found.titles[role]} {each.cell(role)}" for role in each.letters)
    said = f"{each.title}: {', '.join(held) or 'no letter'}"
    tall = 17 * len(lines) + 11
    return _Cells(tall, (), said=said, lines=lines, indent=indent, grid=grid, row=each)


def _cell(
    letters: Sequence[Letter], x: float, y: float, wide: float, tall: float
) -> Iterator[Html]:
    yield rect(x, y, wide, tall, "mk-cell")
    if not letters:
        return
    if Letter.ACCOUNTABLE in letters:
        yield rect(x + 2, y + 2, wide - 4, tall - 4, "mk-strong")
    short = len(letters) < _SHORT
    look = "mk-name mk-middle" if short else "mk-middle mk-tiny"
    text = "/".join(letters) if short else "".join(letters)
    yield words(x + wide / 2, y + tall / 2 + 5, text, look)


def _drawn(
    found: ResponsibilityMatrix, grid: _Grid | None, blocks: Sequence[Block]
) -> tuple[list[Html], float]:
    drawn, tall = stacked(blocks, 0)
    if grid is None:
        return drawn, tall
    heads = [
        fitted(found.titles[role], _HEAD, SIZE, int(grid.each // _TEXT))
        for role in grid.roles
    ]
    top = max((width(line, SIZE) for head in heads for line in head), default=0) + 16
    drawn = [tag("g", *drawn, transform=f"translate(0 {top:g})")]
    for at, lines in enumerate(heads):
        x = grid.x(at)
        drawn.append(rect(x, MARGIN, grid.each, top, "mk-cell"))
        drawn += _upright(lines, x, grid.each, MARGIN + top - 8)
    return drawn, tall + top


def _upright(
    lines: Sequence[str], x: float, wide: float, bottom: float
) -> Iterator[Html]:
    """Yield lines that are read from below."""
    left = x + (wide - len(lines) * _TEXT) / 2 + 12
    for at, line in enumerate(lines):
        here = left + at * _TEXT
        yield tag(
            "text",
            line,
            x=f"{here:g}",
            y=f"{bottom:g}",
            transform=f"rotate(-90 {here:g} {bottom:g})",
        )


def _below(found: ResponsibilityMatrix, wide: float) -> list[Block]:
    """Return the legend, and what is wrong with roles."""
    whole = column_width(1, wide, 0)
    rows = {row.ref for row in found}
    about = [each for each in found.remarks if each.ref not in rows]
    lines = [
        *wrapped(f"{LEGEND}. A frame marks A.", whole, 4, "mk-small"),
        *(line for each in about for line in wrapped(f"✕ {each}", whole, 3)),
    ]
    card = Card(tuple(lines), "mk-cell", "; ".join(map(str, about)) or LEGEND)
    return [row([card], [(MARGIN, whole)])]
