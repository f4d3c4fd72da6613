"""Cells: what stands in a column, as the value that the field of a record holds."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from missionkit.domain.ids import exact
from missionkit.domain.marks import OneLine
from missionkit.domain.spec import Leaf, Shape
from missionkit.formats import codes
from missionkit.issue import Code, Issue
from missionkit.markup import shown

CellReader: TypeAlias = Callable[[Any], object]
"""Takes a cell that is not blank; returns a value, or raises `UnfitCellError`."""

_NUMBER: Final = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII
).fullmatch
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ].+)?", re.ASCII).fullmatch
_YES: Final = frozenset({"true", "yes", "y", "1"})
_NO: Final = frozenset({"false", "no", "n", "0"})
_MOST_KEPT: Final = 10_000
# Names of days and months are those of the machine's language, so none is read.
_ODD_DIRECTIVE: Final = re.compile("%[^dmYyjHMSfz%]").search
_TWO_DAYS: Final = (datetime(2031, 2, 23), datetime(2009, 11, 4))  # noqa: DTZ001 - days alone


class DecimalMark(StrEnum):
    """What stands before the decimals of a number."""

    POINT = "."
    COMMA = ","


class UnfitCellError(ValueError):
    """A cell does not hold what its field asks for; `said` names it in words."""

    def __init__(self, code: Code, said: str, fix: str = "") -> None:
        super().__init__(code, said, fix)
        self.code = code
        self.said = said
        self.fix = fix

    def issue(self, column: str, path: str, cell: object) -> Issue:
        """Return the fault of a cell in a column."""
        said = f"{shown(column)} holds {shown(cell)}, which is {self.said}."
        return self.code.issue(said, path=path, value=cell, fix=self.fix)


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing: no text, None, or the NaN of a frame."""
    if type(cell) is str:
        return not cell or cell.isspace()
    if cell is None:
        return True
    try:
        return bool(cell != cell)  # noqa: PLR0124 - only NaN is unlike itself
    except Exception:  # noqa: BLE001 - the missing value of pandas refuses to answer
        return type(cell).__name__ == "NAType"


def is_nan(cell: object) -> bool:
    """Return whether a blank cell is a number that is none."""
    return isinstance(cell, float | Decimal) or (
        isinstance(cell, str) and cell.strip().lower() == "nan"
    )


def reads_days(pattern: str) -> bool:
    """Return whether a pattern of `datetime.strptime` tells any day, in digits."""
    try:
        return not _ODD_DIRECTIVE(pattern) and all(
            datetime.strptime(day.strftime(pattern), pattern).date() == day.date()  # noqa: DTZ007 - days alone
            for day in _TWO_DAYS
        )
    except Exception:  # noqa: BLE001 - the pattern is anybody's text
        return False


def cell_reader(shape: Shape, *, pattern: str, mark: DecimalMark) -> CellReader:
    """Return the reader for the cells of a field of one shape."""
    kind = shape.type if isinstance(shape, Leaf) else str
    if kind is date:
        return _Days(pattern)
    if kind is float or kind is Decimal:
        return _Numbers(kind, mark)
    if kind is bool:
        return _truth
    rules = shape.rules if isinstance(shape, Leaf) else ()
    return _line if any(isinstance(rule, OneLine) for rule in rules) else _text


def _plain(cell: Any) -> Any:  # noqa: ANN401 - anything may stand in a cell
    """Return a cell's value as Python's own; that of numpy knows how."""
    item = None if isinstance(cell, str) else getattr(cell, "item", None)
    return item() if callable(item) else cell


def _text(cell: object) -> object:
    """Return text without white space around it; a whole number is its digits."""
    if isinstance(cell, str):
        return exact(cell).strip()
    held = _plain(cell)
    return str(held) if type(held) is int else held


def _line(cell: object) -> object:
    """Return text on one line: remarks in a cell may have several."""
    held = _text(cell)
    return " ".join(held.split()) if isinstance(held, str) else held


def _truth(cell: object) -> bool:
    held = _plain(cell)
    word = str(int(held) if isinstance(held, bool) else held).strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise UnfitCellError(codes.NO_YES_OR_NO, "neither yes nor no")


class _Numbers:
    """Reads numbers: of text by its digits, of others by their value."""

    def __init__(self, kind: type[float | Decimal], mark: DecimalMark) -> None:
        self._kind = kind
        self._comma = mark is DecimalMark.COMMA

    def __call__(self, cell: object) -> object:
        if isinstance(cell, str):
            return self._of_text(cell.strip())
        held = _plain(cell)
        if isinstance(held, bool) or not isinstance(held, int | float | Decimal):
            raise UnfitCellError(codes.NO_CELL_NUMBER, "no number")
        if self._kind is float:
            return float(held)
        # What a float shows is meant, not the long fraction that it is.
        return Decimal(repr(float(held))) if isinstance(held, float) else Decimal(held)

    def _of_text(self, text: str) -> object:
        plain = text
        if self._comma:
            plain = text.replace(".", "x").replace(",", ".", 1)
        if _NUMBER(plain):
            return self._kind(plain)
        fix = "write it with a decimal comma and nothing else" if self._comma else ""
        raise UnfitCellError(codes.NO_CELL_NUMBER, "no number", fix)


class _Days:
    """Reads days; those read before are kept, as a source has few of them."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._kept: dict[str, date] = {}

    def __call__(self, cell: object) -> date:
        if isinstance(cell, str):
            found = self._kept.get(cell)
            return found or self._of_text(cell)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        raise UnfitCellError(codes.NO_CELL_DATE, "no date")

    def _of_text(self, cell: str) -> date:
        text = cell.strip()
        try:
            if self._pattern:
                day = datetime.strptime(text, self._pattern).date()  # noqa: DTZ007 - a day alone
            else:
                day = self._iso(text)
        except ValueError:
            fix = f"write it as {_example(self._pattern)}" if self._pattern else ""
            raise UnfitCellError(codes.NO_CELL_DATE, "no date", fix) from None
        if len(self._kept) < _MOST_KEPT:
            self._kept[cell] = day
        return day

    def _iso(self, text: str) -> date:
        if not _ISO(text):
            raise ValueError(text)
        # Of an instant it is the day as it is written, whatever the zone.
        return datetime.fromisoformat(text).date()


def _example(pattern: str) -> str:
    return _TWO_DAYS[0].strftime(pattern)
