"""What ``missionkit drift`` reads and tells: ledgers from tables, and findings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from attrs import frozen

from missionkit.cli.codes import WRONG_OPTION
from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord, UnusedRow
from missionkit.drift.in_words import in_words
from missionkit.drift.report import DriftReport
from missionkit.errors import InvalidValueError
from missionkit.formats.cells import DecimalMark
from missionkit.formats.ledger import read_ledger
from missionkit.formats.records import targets_of
from missionkit.issue import Issue
from missionkit.markup import Html, join, shown, table, tag
from missionkit.ports.finding import DriftVerdict, Driver, Finding
from missionkit.ports.shift_picture import said_as

R = TypeVar("R", ActivityRecord, RevenueRecord)

_PAID: Final = "revenue"
KINDS: Final[Mapping[str, type]] = {
    "activities": ActivityRecord,
    _PAID: RevenueRecord,
}
_MOST_ROWS: Final = 20
_MOST_DRIVERS: Final = 3
_LEAST_SHARE: Final = 0.1
_HEAD: Final = ("row", "why it could not be used")
_MARKS: Final = {
    "drift": "✕",
    "adaptation": "◆",
    "no drift": "✓",
    "not enough data": "?",
}


@frozen(kw_only=True)
class Table:
    """How the tables of records are written."""

    columns: tuple[str, ...] = ()
    currency: str = ""
    dates: str = ""
    decimal: str = DecimalMark.POINT

    def read(
        self, name: str, kind: type[R], path: str | None, on: date
    ) -> Ledger[R] | None:
        """Return the records of a CSV file, if one is given."""
        columns = self._columns()
        if path is None:
            return None
        return read_ledger(
            path,
            kind,
            columns[name],
            currency=self.currency if name == _PAID else "",
            dates=self.dates,
            decimal=self.decimal,
            on=on,
        )

    def _columns(self) -> dict[str, dict[str, str]]:
        """Return the columns of each table; a field may be that of one table alone."""
        found: dict[str, dict[str, str]] = {name: {} for name in KINDS}
        faults: list[Issue] = []
        for given in self.columns:
            name, sign, column = (part.strip() for part in given.partition("="))
            whose, dot, own = name.partition(".")
            of = [whose] if dot and whose in KINDS else _having(name)
            if not (sign and column and of):
                faults.append(_fault(given, name if sign and column else ""))
            for each in of:
                found[each][own if dot else name] = column
        if faults:
            raise InvalidValueError("drift", tuple(faults))
        return found


def _having(name: str) -> list[str]:
    """Return the tables that have a field."""
    return [each for each, kind in KINDS.items() if name in _fields(kind)]


def _fields(kind: type) -> Iterable[str]:
    return targets_of(kind, pattern="", mark=DecimalMark.POINT)


def _fault(given: str, name: str) -> Issue:
    said = f"--columns {shown(given)} is not written as FIELD=COLUMN."
    fix = "missionkit drift --help shows how the options are written"
    if name:
        said = f"--columns names {shown(name)}, which is no field of a record."
        every = dict.fromkeys(each for kind in KINDS.values() for each in _fields(kind))
        fix = f"use one of {', '.join(every)}"
    return WRONG_OPTION.issue(said, path="--columns", value=given, fix=fix)


def first_unused(
    ledgers: Iterable[Ledger[ActivityRecord] | Ledger[RevenueRecord]],
) -> tuple[UnusedRow, ...]:
    """Return the first of the rows that could not be used."""
    rows = (row for each in ledgers for row in each.unused())
    return tuple(islice(rows, _MOST_ROWS))


@frozen(kw_only=True)
class Told:
    """A report of drift with the rows that could not be used, and what to do next."""

    report: DriftReport
    unused: tuple[UnusedRow, ...] = ()
    hint: str = ""
    raised: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return each figure with what was found, then what was left out."""
        blocks = ["\n".join(told(each)) for each in self.report.findings]
        blocks += ["\n".join(str(each) for each in self.report.not_asked)]
        blocks += ["\n".join(self._rows()), self.hint]
        return "\n\n".join(filter(None, blocks))

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON values, with the rows that were not used."""
        rows = [
            {"row": row.row, "issues": [str(issue) for issue in row.issues]}
            for row in self.unused
        ]
        return {
            **self.report.as_dict(),
            "unused_rows": rows,
            "raised": list(self.raised),
        }

    def to_html(self) -> Html:
        """Return each figure with its picture, then what was left out."""
        parts = [self.report._repr_html_()]
        parts += [each._repr_html_() for each in self.report.findings]
        rows = [(str(row.row), _why(row)) for row in self.unused]
        parts += [table(_HEAD, rows)] if rows else []
        parts += [tag("p", self.hint)] if self.hint else []
        return join(parts)

    def _rows(self) -> Iterator[str]:
        if self.unused:
            many = self.report.unused
            yield f"{many} row{'s' if many > 1 else ''} could not be used:"
        for row in self.unused:
            yield f"  row {row.row}: {_why(row)}"
        if self.report.unused > len(self.unused):
            yield f"  and {self.report.unused - len(self.unused)} more"


def _why(row: UnusedRow) -> str:
    places = (str(issue.source) for issue in row.issues if issue.source)
    place = next(places, "")
    said = " ".join(issue.message for issue in row.issues)
    return f"{place}: {said}" if place else said


def told(finding: Finding) -> Iterator[str]:
    """Yield what was found of a figure, a line each."""
    called = finding.called
    yield f"{_MARKS[called]} {finding.title}: {called}"
    yield f"  {in_words(finding)}"
    if finding.verdict is not DriftVerdict.DRIFT:
        return
    yield from _effect(finding)
    for driver in _largest(finding.drivers):
        share = "" if driver.share is None else f", {driver.share:.0%} of it"
        moved = said_as(driver.moved, finding.unit)
        yield f"  moved by {driver.dimension} {driver.name}: {moved}{share}"
    for cover in finding.covers:
        when = cover.standing.value.replace("_", " ")
        why = f": {cover.why}" if cover.why else ""
        title = f"{cover.title} ({cover.decision})"
        yield f"  decided {when}, {cover.effective}: {title}{why}"


def _effect(finding: Finding) -> Iterator[str]:
    effect, low, high = (
        said_as(each or 0.0, finding.unit)
        for each in (finding.effect, finding.low, finding.high)
    )
    sure = f"{finding.confidence:.0%} sure: {low} to {high}"
    since = "" if finding.since is None else f", since {finding.since}"
    between = ""
    if finding.earliest is not None and finding.earliest != finding.latest:
        between = f" ({finding.earliest} to {finding.latest})"
    yield f"  effect {effect} ({sure}){since}{between}"


def _largest(drivers: Iterable[Driver]) -> Iterator[Driver]:
    """Yield the drivers that did most, at least a tenth, in each dimension."""
    seen: dict[str, int] = {}
    for each in drivers:
        seen[each.dimension] = seen.get(each.dimension, 0) + 1
        much = each.share is None or abs(each.share) >= _LEAST_SHARE
        if much and seen[each.dimension] <= _MOST_DRIVERS:
            yield each
