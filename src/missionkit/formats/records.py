"""Records made of cells, by what their kind declares; and why there is none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, Final, Generic, TypeVar

from attrs import evolve, field, frozen

from missionkit.domain.checking import field_faults
from missionkit.domain.conduct import ActivityRecord, RevenueRecord, UnusedRow
from missionkit.domain.spec import FieldSpec, Nested, spec_of
from missionkit.errors import InvalidValueError
from missionkit.formats import codes
from missionkit.formats.cells import (
    CellReader,
    DecimalMark,
    UnfitCellError,
    cell_reader,
    is_blank,
    is_nan,
)
from missionkit.formats.rows import Cells, is_misread
from missionkit.issue import Issue, Source
from missionkit.markup import shown
from missionkit.ports.codes import LATER_DAY

R = TypeVar("R", ActivityRecord, RevenueRecord)

RECORDS: Final[tuple[type, ...]] = R.__constraints__


@frozen(kw_only=True)
class Target:
    """One field to be filled from a cell, perhaps within a value of the record."""

    name: str
    holder: FieldSpec
    field: FieldSpec
    read: CellReader

    @property
    def needed(self) -> bool:
        """Whether there is no record without it."""
        return self.holder.required and self.field.required


def targets_of(kind: type, *, pattern: str, mark: DecimalMark) -> Mapping[str, Target]:
    """Return every field of a kind, and of the values inside it, by its name."""
    found = {}
    for holder in spec_of(kind).fields:
        inner: tuple[FieldSpec, ...] = (holder,)
        if isinstance(holder.shape, Nested):
            inner = spec_of(holder.shape.cls).fields
        for item in inner:
            read = cell_reader(item.shape, pattern=pattern, mark=mark)
            found[item.name] = Target(
                name=item.name, holder=holder, field=item, read=read
            )
    return found


@frozen(kw_only=True)
class Filled:
    """A field with the column that fills it, or the value that all rows share.

    `words` says for what the texts of the column stand.
    """

    target: Target
    column: str | None = None
    fixed: object = None
    words: Mapping[str, object] = field(factory=dict)

    def meant(self, cell: object) -> object:
        """Return what a cell stands for."""
        if self.words and isinstance(cell, str):
            return self.words.get(cell.strip(), cell)
        return cell


class Maker(Generic[R]):
    """Makes records of rows whose cells stand in the order of `columns`."""

    def __init__(
        self, kind: type[R], filled: Sequence[Filled], *, name: str, on: date | None
    ) -> None:
        self._kind: Callable[..., R] = kind
        cls: type = kind
        self._name = name
        self._on = on
        self._filled = [each for each in filled if each.column is not None]
        self.columns: tuple[str, ...] = tuple(
            each.column or "" for each in self._filled
        )
        self._fixed = [each for each in filled if each.column is None]
        self._plan = [
            (each.target.name, each.target.read, each.target.needed)
            for each in self._filled
        ]
        self._translated = any(each.words for each in self._filled)
        self._values = [
            (
                spec.name,
                spec.shape.cls,
                [f.name for f in spec_of(spec.shape.cls).fields],
            )
            for spec in spec_of(cls).fields
            if isinstance(spec.shape, Nested)
        ]

    def made(self, row: int, line: int | None, cells: Cells | Issue) -> R | UnusedRow:
        """Return the record of a row, or why there is none."""
        if isinstance(cells, Issue):
            return UnusedRow(row=row, issues=(cells.at(self._place(row, line)),))
        if self._translated:
            pairs = zip(self._filled, cells, strict=True)
            cells = [each.meant(cell) for each, cell in pairs]
        try:
            record = self._record(cells)
        except (ValueError, TypeError, ArithmeticError, AttributeError):
            return self._unused(row, line, cells)
        if self._on is not None and record.on > self._on:
            later = self._later(row, line, record.on)
            return UnusedRow(row=row, issues=(later,), on=record.on)
        return record

    def _record(self, cells: Cells) -> R:
        given = {each.target.name: each.fixed for each in self._fixed}
        for (name, read, needed), cell in zip(self._plan, cells, strict=True):
            if not is_blank(cell):
                given[name] = read(cell)
            elif needed:
                raise ValueError(name)
        return self._built(given)

    def _built(self, given: dict[str, Any]) -> R:
        for holder, cls, names in self._values:
            held = {name: given.pop(name) for name in names if name in given}
            given[holder] = cls(**held)
        return self._kind(**given)

    def _unused(self, row: int, line: int | None, cells: Cells) -> UnusedRow:
        """Name every fault of a row that became no record."""
        place = self._place(row, line)
        if is_misread(cells):
            said = "the row is not written in UTF-8."
            issue = codes.NO_ROW.issue(said, source=place, fix="save it in UTF-8")
            return UnusedRow(row=row, issues=(issue,))
        if all(map(is_blank, cells)):
            issue = codes.EMPTY_CELL.issue("the row is empty.", source=place)
            return UnusedRow(row=row, issues=(issue,))
        given = {each.target.name: each.fixed for each in self._fixed}
        found = tuple(self._faults(cells, given)) or tuple(self._together(given))
        day = next((v for v in given.values() if type(v) is date), None)
        told = tuple(issue.at(place) for issue in found)
        return UnusedRow(row=row, issues=told, on=day)

    def _faults(self, cells: Cells, given: dict[str, object]) -> Iterator[Issue]:
        """Yield the faults of single cells; keep in *given* what is sound."""
        for cell, each in zip(cells, self._filled, strict=True):
            target = each.target
            if is_blank(cell):
                if target.needed:
                    yield _blank(cell, each)
                continue
            try:
                value = target.read(cell)
            except UnfitCellError as error:
                yield error.issue(each.column or "", target.name, cell)
                continue
            except (ValueError, TypeError, ArithmeticError, AttributeError):
                value = cell
            found = list(field_faults(target.field, value))
            yield from found
            if not found:
                given[target.name] = value

    def _together(self, given: dict[str, Any]) -> Iterator[Issue]:
        """Yield what is wrong with values that are sound each by itself."""
        try:
            self._built(dict(given))
        except InvalidValueError as error:
            yield from error.issues

    def _later(self, row: int, line: int | None, day: date) -> Issue:
        said = f"{day} lies after {self._on}."
        place = self._place(row, line)
        return LATER_DAY.issue(said, path="on", value=day, source=place)

    def _place(self, row: int, line: int | None) -> Source:
        cell = "" if line else f"row {row}"
        return Source(file=self._name, line=line, cell=cell)


def _blank(cell: object, filled: Filled) -> Issue:
    held = "holds NaN, the mark of a missing number" if is_nan(cell) else "is empty"
    said = f"{shown(filled.column)} {held}."
    return codes.EMPTY_CELL.issue(said, path=filled.target.name)


def fixed_faults(target: Target, value: object) -> Iterator[Issue]:
    """Yield what is wrong with a value that all rows are to share."""
    path = f"fixed.{target.name}"
    try:
        held = target.read(value)
    except UnfitCellError as error:
        yield error.issue(target.name, path, value)
        return
    found = list(field_faults(evolve(target.field, name=path), held))
    yield from found
    shape = target.holder.shape
    if found or not isinstance(shape, Nested):
        return
    alone = SimpleNamespace(**{target.name: held})
    for rule in spec_of(shape.cls).invariants:
        asks = getattr(shape.cls, rule.method)
        if rule.fields == (target.name,) and not asks(alone):
            yield rule.code.issue(f"{rule.message}.", path=path, value=held)
