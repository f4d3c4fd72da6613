"""Tables of what a ledger holds: by period and bucket, filled in one pass.

Records are taken in batches, so that what is held at once does not grow with them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from attrs import define, field, frozen

from missionkit.domain.checking import MOST_DIGITS, sound_decimal
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.conduct import ActivityRecord, Ledger, RevenueRecord, UnusedRow
from missionkit.drift import codes
from missionkit.drift.ledger.calendar import By, bounds
from missionkit.drift.ledger.canonical import LineMaker, line_maker, unused_line
from missionkit.drift.ledger.sums import EXACT, ZERO, decimal_of, plus
from missionkit.drift.ledger.sums import times as multiplied
from missionkit.errors import InvalidValueError
from missionkit.markup import shown

K = TypeVar("K")

ASKED: Final = "summarize"
_BATCH: Final = 512
_MOST_COUNTED: Final = 1_024
_RECORDS: Final = (ActivityRecord, RevenueRecord)


@frozen
class Measured(Generic[K]):
    """How the records of one kind are counted: under which key, and how much.

    `parts` gives what is alike in records that are counted together, of which `key` is
    the bucket's and `amount` the number.
    """

    parts: Callable[[Any], tuple[Any, ...]]
    key: Callable[[tuple[Any, ...]], K]
    amount: Callable[[tuple[Any, ...]], Decimal]


MEASURED: Final[dict[type, Measured[Any]]] = {
    ActivityRecord: Measured(
        attrgetter("serves", "hours"), lambda p: p[0], lambda p: decimal_of(p[1])
    ),
    RevenueRecord: Measured(
        attrgetter("client", "amount.amount", "amount.currency", "recurring"),
        lambda p: (p[0], p[2], p[3]),
        lambda p: p[1],
    ),
}


@define(eq=False)
class Table:
    """What one period holds; `waiting` are records not yet counted.

    What is alike is counted first, and added up at once: most hours are few numbers.
    """

    start: date
    end: date
    totals: dict[Any, Decimal] = field(factory=dict)
    alike: Counter[tuple[Any, ...]] = field(factory=Counter)
    rows: int = 0
    unused: int = 0
    waiting: list[Any] = field(factory=list)
    digest: Any = field(factory=sha256)

    def count(self, measured: Measured[Any], lines: LineMaker) -> None:
        """Count the records that wait."""
        if self.waiting:
            self.rows += len(self.waiting)
            self._digest(lines(self.waiting))
            self.alike.update(map(measured.parts, self.waiting))
            self.waiting.clear()
            if len(self.alike) > _MOST_COUNTED:
                self.add_up(measured)

    def add_up(self, measured: Measured[Any]) -> None:
        """Add what was counted to the totals."""
        for parts, times in self.alike.items():
            key, amount = measured.key(parts), measured.amount(parts)
            held = self.totals.get(key, ZERO)
            self.totals[key] = plus(held, multiplied(amount, Decimal(times)))
        self.alike.clear()

    def skip(self, line: str) -> None:
        """Count a row that was not used; those before it are counted already."""
        self.unused += 1
        self._digest([line])

    def _digest(self, lines: list[str]) -> None:
        self.digest.update("".join(lines).encode())


@define(eq=False)
class Tables:
    """The tables of one ledger, and what belongs to no period."""

    by: By
    on: date | None
    kind: type | None = None
    held: dict[tuple[date, date], Table] = field(factory=dict)
    days: dict[date, Callable[[Any], None]] = field(factory=dict)
    undated: Table = field(factory=lambda: Table(date.min, date.max))

    def fill(self, ledger: Ledger[Any]) -> None:
        """Read the ledger once."""
        rows = iter(ledger.source)
        while batch := list(islice(rows, _BATCH)):
            self._take(batch)
            for table in self.held.values():
                if table.waiting:
                    self._settle(table)
        for table in self.held.values():
            if self.kind is not None:
                table.add_up(MEASURED[self.kind])

    def _settle(self, table: Table) -> None:
        if self.kind is not None:
            table.count(MEASURED[self.kind], line_maker(self.kind))

    def _take(self, batch: list[Any]) -> None:
        days, kind = self.days, self.kind
        for row in batch:
            if type(row) is not kind:
                if type(row) is UnusedRow:
                    self._skip(row)
                    continue
                kind = self._kind_of(row)
            put = days.get(row.on)
            if put is None:
                put = self._putting(row.on)
            put(row)

    def _kind_of(self, row: object) -> type:
        if self.kind is None and type(row) in _RECORDS:
            self.kind = type(row)
            return self.kind
        said = f"a ledger holds records of one kind, got {shown(row)}."
        issue = WRONG_TYPE.issue(said, path="ledger", value=row)
        raise InvalidValueError(ASKED, (issue,))

    def _skip(self, row: UnusedRow) -> None:
        table = self.undated if row.on is None else self._table(row.on)
        self._settle(table)
        table.skip(unused_line(row))

    def _skip_late(self, record: Any) -> None:  # noqa: ANN401 - of either kind
        table = self._table(record.on)
        self._settle(table)
        kind: type = type(record)
        (line,) = line_maker(kind)([record])
        table.skip(f"!{line}")

    def _putting(self, day: date) -> Callable[[Any], None]:
        """Return what takes the records of a day."""
        if self.on is not None and day > self.on:
            put: Callable[[Any], None] = self._skip_late
        else:
            put = self._table(day).waiting.append
        self.days[day] = put
        return put

    def _table(self, day: date) -> Table:
        start, end = bounds(ASKED, self.by, day)
        return self.held.setdefault((start, end), Table(start, end))

    def in_order(self) -> Iterator[Table]:
        """Yield the tables of the periods that have begun, from the first."""
        last: date | None = None
        for start, end in sorted(self.held):
            if last is not None and start <= last:
                said = f"by gives periods that overlap, from {start} and to {last}."
                issue = codes.NO_PERIOD.issue(said, path="by", value=start)
                raise InvalidValueError(ASKED, (issue,))
            last = end
            if self.on is None or start <= self.on:
                yield self.held[start, end]

    def digest_of(self, table: Table) -> str:
        """Return the digest of a period's rows, and of those that might be its own."""
        found = table.digest.copy()
        if self.undated.unused:
            found.update(f"{self.undated.digest.hexdigest()}\n".encode())
        digest: str = found.hexdigest()
        return digest


def fitting(total: Decimal, name: str) -> Decimal:
    """Return a total in at most 40 digits, rounded only where it has more.

    Raises `InvalidValueError` for one with more digits before its point.
    """
    plain = EXACT.normalize(total) if total else ZERO
    if plain and plain.adjusted() >= MOST_DIGITS:
        said = f"the total of {shown(name)} has more than {MOST_DIGITS} digits."
        issue = codes.TOTAL_TOO_LARGE.issue(said, value=name)
        raise InvalidValueError(ASKED, (issue,))
    if not sound_decimal(plain):
        least = max(plain.adjusted() - MOST_DIGITS + 1, -MOST_DIGITS)
        plain = EXACT.quantize(plain, Decimal((0, (1,), least)))
    return Decimal(f"{plain:f}")
