"""Tables in CSV files: names in the first column, a number in each other cell."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Final

from attrs import frozen

from missionkit.errors import DocumentError
from missionkit.formats import codes
from missionkit.formats.file import Readable, name_of, read_bytes
from missionkit.issue import Code, Issue, Source
from missionkit.markup import one_line, shown

_SEPARATORS: Final = ",;\t"
_NUMBER: Final = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII
)
_MOST_COLUMNS: Final = 1_000
_MOST_ROWS: Final = 250_000
_MOST_FAULTS: Final = 100


@frozen(kw_only=True)
class CsvTable:
    """The names of the rows, and the numbers of each column; None for an empty cell."""

    names: Sequence[str]
    columns: Mapping[str, Sequence[float | None]]


def load_table(source: Readable, *, name: str = "") -> CsvTable:
    """Return the table of a CSV file with a header; a string is a path.

    Cells are separated by commas, semicolons or tabs, as in the header. *name* is what
    issues call the source.

    Raises:
        NotFoundError: there is no such file.
        LimitError: it is larger than 16 MB.
        DocumentError: it is no table, or a cell is no number; all are named, with line
            and column.
    """
    called = name or name_of(source)
    return _Reader(called).table(read_bytes(source, name=called))


class _Reader:
    """Reads one file, and keeps what is wrong."""

    def __init__(self, called: str) -> None:
        self._called = called
        self._found: list[Issue] = []

    def table(self, data: bytes) -> CsvTable:
        rows = self._rows(self._text(data))
        line, header = next(rows, (1, []))
        head = self._header(line, header)
        names: dict[str, int] = {}
        columns: list[list[float | None]] = [[] for _ in head]
        for line, row in rows:
            if len(row) != len(header):
                said = f"the row has {len(row)} cells, and the header {len(header)}"
                self._wrong(codes.UNEQUAL_ROW, said, line, value=str(len(row)))
                continue
            self._name(line, row[0], names)
            if len(names) > _MOST_ROWS:
                said = f"the table has more than {_MOST_ROWS:,} rows"
                raise self._fatal(said, line, "split the table, or rank it in Python")
            for at, cell in enumerate(row[1:]):
                columns[at].append(self._number(line, at + 2, head[at], cell))
        if self._found:
            raise DocumentError(tuple(self._found))
        return CsvTable(
            names=tuple(names), columns=dict(zip(head, columns, strict=True))
        )

    def _text(self, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            said = "the file is not written in UTF-8"
            raise self._fatal(said, line, "save it as CSV in UTF-8") from None

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty, with the line in which it begins."""
        lines = text.splitlines(keepends=True)
        first = next((line for line in lines if line.strip()), "")
        separator = max(_SEPARATORS, key=re.sub(r'"[^"]*"', "", first).count)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        begins = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield begins, [cell.strip() for cell in row]
                begins = reader.line_num + 1
        except csv.Error as error:
            said = f"the quoting cannot be understood: {one_line(str(error))}"
            raise self._fatal(said, begins) from None

    def _header(self, line: int, header: Sequence[str]) -> list[str]:
        if not 1 < len(header) <= _MOST_COLUMNS:
            said = "the file has no header with a name for each criterion"
            if header[1:]:
                said = f"the header has {len(header):,} cells"
            raise self._fatal(said, line, "name the criteria in the first row")
        seen: dict[str, int] = {}
        for at, held in enumerate(header[1:], 2):
            called = one_line(held)
            if not called or called in seen:
                what = (
                    f"called {shown(called)}, as column {seen[called]}"
                    if called
                    else ""
                )
                said = f"column {at} is {what or 'without a name'}"
                self._wrong(codes.UNNAMED_ROW_OR_COLUMN, said, line, value=called)
            seen.setdefault(called, at)
        return [one_line(held) for held in header[1:]]

    def _name(self, line: int, held: str, names: dict[str, int]) -> None:
        called = one_line(held)
        if not called or called in names:
            what = f"called {shown(called)}, as line {names[called]}" if called else ""
            said = f"the row is {what or 'without a name'}"
            self._wrong(codes.UNNAMED_ROW_OR_COLUMN, said, line, value=called)
        names.setdefault(called, line)

    def _number(self, line: int, at: int, column: str, cell: str) -> float | None:
        if not cell:
            return None
        number = float(cell) if _NUMBER.fullmatch(cell) else float("nan")
        if isfinite(number):
            return number
        said = f"{shown(cell)} in column {at} is no number"
        self._wrong(codes.NO_CELL_NUMBER, said, line, path=column, value=cell)
        return None

    def _fatal(self, said: str, line: int, fix: str = "") -> DocumentError:
        source = Source(file=self._called, line=line)
        issue = codes.NO_TABLE.issue(f"{said}.", source=source, fix=fix)
        return DocumentError((*self._found, issue))

    def _wrong(
        self, code: Code, said: str, line: int, *, path: str = "", value: str = ""
    ) -> None:
        if len(self._found) < _MOST_FAULTS:
            source = Source(file=self._called, line=line)
            issue = code.issue(f"{said}.", path=path, value=value, source=source)
            self._found.append(issue)
