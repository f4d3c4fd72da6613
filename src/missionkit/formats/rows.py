"""Rows of a source that can be read again and again: CSV, mappings, data frames."""

import csv
import os
import re
from collections.abc import (
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import closing
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import Any, Final, Protocol, TypeAlias

from attrs import frozen

from missionkit.errors import DocumentError
from missionkit.formats import codes
from missionkit.formats.file import name_of, opened
from missionkit.issue import Issue, Source
from missionkit.markup import one_line, shown

Cells: TypeAlias = Sequence[Any]
Row: TypeAlias = tuple[int | None, Cells | Issue]
"""The line in which a row begins, if it has one, and its cells or what is wrong."""

_SEPARATORS: Final = ",;\t"
_LONGEST_LINE: Final = 2**20
_MOST_COLUMNS: Final = 10_000
_LOOKED_AT: Final = 100
_NOT_UTF8: Final = re.compile("[\ud800-\udfff]").search


class Rows(Protocol):
    """A source that is opened anew for each reading."""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Return the names of the columns; None where there is no row to tell."""

    def read(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield each row from the start, with the cells of some columns in order."""


def rows_of(source: object, *, name: str, separator: str) -> Rows:
    """Return the rows of a source; raise `DocumentError` where it is none."""
    if isinstance(source, str | os.PathLike | bytes | bytearray | memoryview):
        return CsvRows(source, name or _called(source), separator)
    if hasattr(source, "iter_rows") or hasattr(source, "itertuples"):
        return FrameRows(source)
    if callable(getattr(source, "to_batches", None)):
        return ArrowRows(source)
    if callable(source):
        _refuse_used_up(source)
        return MappedRows(source)
    if isinstance(source, Iterable) and not isinstance(source, Mapping | Iterator):
        return MappedRows(source.__iter__)
    fix = "give a path, the bytes of a CSV file, a list of rows, or a data frame"
    said = f"{shown(source)} is no source of rows"
    if isinstance(source, Iterator):
        said = "an iterator is used up by reading it once"
        fix = "give a list, or a function that begins anew"
    issue = codes.NO_SOURCE.issue(f"{said}.", value=source, fix=fix)
    raise DocumentError((issue,))


def _refuse_used_up(source: Callable[[], object]) -> None:
    """Refuse a function that gives one and the same iterator each time."""
    first = source()
    if isinstance(first, Iterator) and source() is first:
        said = "the function gives the same iterator again, which is then used up."
        fix = "open the rows anew in the function"
        raise DocumentError((codes.NO_SOURCE.issue(said, value=first, fix=fix),))


def _called(source: str | os.PathLike[str] | bytes | bytearray | memoryview) -> str:
    return name_of(source) if isinstance(source, str | os.PathLike) else ""


@frozen
class CsvRows:
    """Rows of a CSV file with a header, read line by line."""

    source: str | os.PathLike[str] | bytes | bytearray | memoryview
    name: str
    separator: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The header, its names without white space around them."""
        with closing(self._rows()) as rows:
            return self._header(rows)

    def read(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield each row that is not blank; one of another length has no cells."""
        with closing(self._rows()) as rows:
            header = self._header(rows)
            self._refuse_changed(header, columns)
            picked = [header.index(name) for name in columns]
            wide = len(header)
            for line, row in rows:
                if isinstance(row, Issue):
                    yield line, row
                elif len(row) == wide:
                    yield line, [row[at] for at in picked]
                elif row:
                    yield line, _unequal(row, wide)

    def _header(self, rows: Iterator[tuple[int, list[str] | Issue]]) -> tuple[str, ...]:
        line, row = next((held for held in rows if held[1]), (1, []))
        faults = (row,) if isinstance(row, Issue) else ()
        names = () if isinstance(row, Issue) else tuple(cell.strip() for cell in row)
        place = Source(file=self.name, line=line)
        if not any(names) or len(names) > _MOST_COLUMNS:
            said = "the file has no header with the names of its columns."
            faults = (*faults, codes.NO_TABLE.issue(said, source=place))
        elif any(map(_NOT_UTF8, names)) or any("\0" in name for name in names):
            said = "the file is not written in UTF-8."
            fix = "save it as CSV in UTF-8"
            faults = (codes.NO_TABLE.issue(said, source=place, fix=fix),)
        if faults:
            raise DocumentError(faults)
        return names

    def _refuse_changed(self, header: Sequence[str], columns: Sequence[str]) -> None:
        """Refuse a file that lost columns since its header was first read."""
        place = Source(file=self.name) if self.name else None
        faults = tuple(
            codes.NO_COLUMN.issue(
                f"the file has changed: there is no column {shown(name)} any more.",
                path=name,
                value=name,
                fix="read the ledger anew, with the columns that are there now",
                source=place,
            )
            for name in dict.fromkeys(columns)
            if name not in header
        )
        if faults:
            raise DocumentError(faults)

    def _rows(self) -> Generator[tuple[int, list[str] | Issue], None, None]:
        """Yield each row with the line in which it begins; blank lines are empty."""
        with self._text() as text:
            lines = _Lines(text)
            separator = self.separator or _separator(lines)
            reader = csv.reader(lines, delimiter=separator, strict=True)
            while True:
                begins = reader.line_num + 1
                try:
                    row: list[str] | Issue = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    said = f"the row cannot be understood: {one_line(str(error))}."
                    row = codes.NO_ROW.issue(said, fix="close the quotes of the row")
                yield begins, row

    def _text(self) -> TextIOWrapper:
        if isinstance(self.source, str | os.PathLike):
            file: Any = opened(self.source, name=self.name)
        else:
            file = BytesIO(self.source)
        # What is no UTF-8 spoils its row alone.
        return TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")


class _Lines:
    """The lines of a text, none longer than can be held; the first may be seen."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._seen: list[str] = []

    def first(self) -> str:
        """Return the first line that is not blank, and keep all that were read."""
        while line := self._text.readline(_LONGEST_LINE):
            self._seen.append(line)
            if line.strip() or len(self._seen) > _LOOKED_AT:
                return line
        return ""

    def __iter__(self) -> Iterator[str]:
        yield from self._seen
        while line := self._text.readline(_LONGEST_LINE):
            yield line


def _separator(lines: _Lines) -> str:
    bare = re.sub(r'"[^"]*"', "", lines.first())
    return max(_SEPARATORS, key=bare.count)


def _unequal(row: list[str], wide: int) -> Issue:
    said = f"the row has {len(row)} cells, and the header {wide}."
    return codes.UNEQUAL_ROW.issue(said, value=str(len(row)))


def is_misread(cells: Iterable[object]) -> bool:
    """Return whether a cell of text holds bytes that are no UTF-8."""
    return any(isinstance(cell, str) and _NOT_UTF8(cell) for cell in cells)


@frozen
class MappedRows:
    """Rows that are mappings from columns to cells."""

    source: Callable[[], Any]

    @property
    def columns(self) -> tuple[str, ...] | None:
        """The keys of the first hundred rows; a later row may lack some of them."""
        found: dict[str, None] = {}
        for row in islice(self._opened(), _LOOKED_AT):
            if isinstance(row, Mapping):
                found.update((key, None) for key in row if isinstance(key, str))
        return tuple(found) or None

    def read(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield each row; of a column that it lacks the cell is empty."""
        for row in self._opened():
            if isinstance(row, Mapping):
                yield None, [row.get(name) for name in columns]
            else:
                said = f"the row is {shown(row)}, which is no mapping of columns."
                fix = "give each row as a mapping from columns to cells"
                yield None, codes.NO_ROW.issue(said, value=row, fix=fix)

    def _opened(self) -> Iterator[Any]:
        held = self.source()
        if isinstance(held, Iterable):
            return iter(held)
        said = f"the function gives {shown(held)}, which is no source of rows."
        raise DocumentError((codes.NO_SOURCE.issue(said, value=held),))


@frozen
class FrameRows:
    """Rows of a data frame of pandas or polars, told by what it can do."""

    frame: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, as text."""
        return tuple(map(str, self.frame.columns))

    def read(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield each row of the columns."""
        if hasattr(self.frame, "iter_rows"):
            rows = self.frame.select(list(dict.fromkeys(columns))).iter_rows(named=True)
            return ((None, [row[name] for name in columns]) for row in rows)
        known = self.columns
        picked = [known.index(name) for name in columns]
        held = self.frame.iloc[:, picked]
        return ((None, row) for row in held.itertuples(index=False, name=None))


@frozen
class ArrowRows:
    """Rows of a table of Arrow, read batch by batch."""

    table: Any

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.table.column_names)

    def read(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield each row of the columns."""
        picked = [self.columns.index(name) for name in columns]
        for batch in self.table.to_batches(max_chunksize=_LOOKED_AT):
            held = [batch.column(at).to_pylist() for at in picked]
            yield from ((None, row) for row in zip(*held, strict=True))
