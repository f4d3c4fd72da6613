"""Ledgers: the records of what was done and received, read from tables elsewhere."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from attrs import frozen

from missionkit.domain.checking import refuse_no_day
from missionkit.domain.codes import (
    BROKEN_RULE,
    UNKNOWN_CHOICE,
    UNKNOWN_FIELD,
    WRONG_TYPE,
)
from missionkit.domain.conduct import (
    ActivityRecord,
    Ledger,
    RevenueRecord,
    UnusedRow,
)
from missionkit.errors import DocumentError, InvalidValueError
from missionkit.formats import codes
from missionkit.formats.cells import DecimalMark, reads_days
from missionkit.formats.file import name_of
from missionkit.formats.records import (
    RECORDS,
    Filled,
    Maker,
    Target,
    fixed_faults,
    targets_of,
)
from missionkit.formats.rows import Rows, rows_of
from missionkit.issue import Issue, Source, did_you_mean
from missionkit.markup import shown

R = TypeVar("R", ActivityRecord, RevenueRecord)


class Frame(Protocol):
    """A data frame of pandas or polars, or a table of Arrow."""

    @property
    def columns(self) -> Any:  # noqa: ANN401 - each library has its own
        """Return its columns."""


TableRows: TypeAlias = Iterable[Mapping[str, Any]]
LedgerSource: TypeAlias = (
    str | os.PathLike[str] | bytes | TableRows | Callable[[], TableRows] | Frame
)
"""A path or the bytes of a CSV file, rows, a function that gives them, or a frame."""

_ASKED: Final = "read_ledger"
_MAPPED: Final = ("columns", "fixed", "words")


def read_ledger(  # noqa: PLR0913 - how a source is written, by keyword
    source: LedgerSource,
    kind: type[R],
    columns: Mapping[str, str] | None = None,
    *,
    currency: str = "",
    fixed: Mapping[str, object] | None = None,
    words: Mapping[str, Mapping[str, object]] | None = None,
    dates: str = "",
    decimal: str = DecimalMark.POINT,
    separator: str = "",
    on: date | None = None,
    name: str = "",
) -> Ledger[R]:
    """Return the records of a source, read anew, row by row, each time.

    *columns* names the column of each field of *kind*; a field that it leaves out has
    the column of its own name, where there is one. *currency* is that of all amounts,
    *fixed* gives other fields one value for all rows. *words* says, field by field, for
    what the texts of a source stand, such as names of projects for ids. *dates* is how
    days are written, such as ``%d.%m.%Y``, without it year-month-day; *decimal* is a
    point or a comma. *separator* is that of the cells of a CSV file, found in its
    header otherwise. Rows dated after *on* are not used. *name* is what issues call
    the source.

    A string is a path. Which columns rows have is told by the first hundred of them. A
    row that becomes no record is among `Ledger.unused`, with every reason.

    Raises:
        InvalidValueError: an option or a field is unknown or makes no sense.
        DocumentError: the source is none, or columns are not there; all are named.
        NotFoundError: there is no such file.
    """
    given: object = fixed or {}
    if currency and isinstance(given, Mapping):
        given = {**given, "currency": currency}
    asked = _Asked(kind, columns or {}, given, words or {}, dates, decimal, separator)
    faults = tuple(asked.faults())
    if faults:
        raise InvalidValueError(_ASKED, faults)
    if on is not None:
        refuse_no_day(on, _ASKED)
    called = name or (name_of(source) if isinstance(source, str | os.PathLike) else "")
    rows = rows_of(source, name=called, separator=separator)
    filled = _filled(asked, rows.columns, called)
    return Ledger(_Records(rows, Maker(kind, filled, name=called, on=on)))


@frozen
class _Records(Generic[R]):
    """What a `Ledger` reads: the source is opened anew by each iteration."""

    rows: Rows
    maker: Maker[R]

    def __iter__(self) -> Iterator[R | UnusedRow]:
        made = self.maker.made
        for row, (line, cells) in enumerate(self.rows.read(self.maker.columns), 1):
            yield made(row, line, cells)


@frozen
class _Asked:
    """The options of one call."""

    kind: type
    columns: Mapping[str, str]
    fixed: Any
    words: Mapping[str, Mapping[str, object]]
    dates: str
    decimal: str
    separator: str

    @property
    def targets(self) -> Mapping[str, Target]:
        """Every field that can be filled, by name."""
        return targets_of(self.kind, pattern=self.dates, mark=DecimalMark(self.decimal))

    def faults(self) -> Iterator[Issue]:
        """Yield what is wrong with the options."""
        found = list(self._option_faults())
        yield from found
        if found:
            return
        targets = self.targets
        for option in _MAPPED:
            for key in getattr(self, option):
                if key not in targets:
                    yield _unknown(option, key, targets)
        for key, column in self.columns.items():
            if type(column) is not str:
                said = f"columns[{shown(key)}] must be the name of a column"
                yield BROKEN_RULE.issue(
                    f"{said}, got {shown(column)}.", path=f"columns.{key}", value=column
                )
            if key in self.fixed:
                said = f"{key} has both a column and a value for all rows."
                fix = "give one of the two"
                yield BROKEN_RULE.issue(said, path=f"fixed.{key}", fix=fix)
        for key, value in self.fixed.items():
            if key in targets:
                yield from fixed_faults(targets[key], value)

    def _option_faults(self) -> Iterator[Issue]:
        mapped = [(name, getattr(self, name)) for name in _MAPPED]
        if isinstance(self.words, Mapping):
            mapped += [(f"words.{key}", held) for key, held in self.words.items()]
        for path, held in mapped:
            if not isinstance(held, Mapping):
                said = f"{path} must be a mapping, got {shown(held)}."
                yield WRONG_TYPE.issue(said, path=path, value=held)
        if self.kind not in RECORDS:
            words = [cls.__name__ for cls in RECORDS]
            said = f"kind must be one of {', '.join(words)}, got {shown(self.kind)}."
            near = did_you_mean(getattr(self.kind, "__name__", ""), words)
            yield UNKNOWN_CHOICE.issue(said, path="kind", value=self.kind, fix=near)
        if self.decimal not in list(DecimalMark):
            said = f"decimal must be a point or a comma, got {shown(self.decimal)}."
            yield UNKNOWN_CHOICE.issue(said, path="decimal", value=self.decimal)
        if self.dates and not reads_days(self.dates):
            said = f"dates must tell day, month and year, got {shown(self.dates)}."
            fix = (
                "write %d for the day, %m for the month and %Y for the year, in digits"
            )
            yield BROKEN_RULE.issue(said, path="dates", value=self.dates, fix=fix)
        if self.separator and not _can_separate(self.separator):
            said = f"separator must be one sign, got {shown(self.separator)}."
            fix = "write a comma, a semicolon or a tab, or leave it out"
            yield BROKEN_RULE.issue(
                said, path="separator", value=self.separator, fix=fix
            )


def _can_separate(sign: object) -> bool:
    return type(sign) is str and len(sign) == 1 and sign not in '"\r\n\0\ufeff '


def _unknown(option: str, key: object, targets: Mapping[str, Target]) -> Issue:
    known = list(targets)
    near = did_you_mean(str(key), known) or f"use one of {', '.join(known)}"
    said = f"{option} names {shown(key)}, which is no field of the record."
    return UNKNOWN_FIELD.issue(said, path=f"{option}.{key}", value=key, fix=near)


def _filled(
    asked: _Asked, there: tuple[str, ...] | None, called: str
) -> tuple[Filled, ...]:
    """Return what fills each field; name every column that is not there, or twice."""
    found: list[Filled] = []
    faults: list[Issue] = []
    for name, target in asked.targets.items():
        column = asked.columns.get(name, name)
        if name in asked.fixed:
            value = target.read(asked.fixed[name])
            found.append(Filled(target=target, fixed=value))
        elif there is None or there.count(column) == 1:
            words = asked.words.get(name, {})
            found.append(Filled(target=target, column=column, words=words))
        elif target.needed or name in asked.columns:
            faults.append(_no_column(target, column, there, called))
    if faults:
        raise DocumentError(tuple(faults))
    return tuple(found)


def _no_column(
    target: Target, column: str, there: tuple[str, ...], called: str
) -> Issue:
    many = there.count(column)
    said = f"there is no column {shown(column)} for {target.name}"
    near = did_you_mean(column, there)
    fix = near or f"name the column of {target.name} in columns"
    if many:
        said = f"{many} columns are called {shown(column)}, so {target.name} has none"
        fix = "rename all but one of them"
    place = Source(file=called) if called else None
    return codes.NO_COLUMN.issue(
        f"{said}.", path=target.name, value=column, fix=fix, source=place
    )
