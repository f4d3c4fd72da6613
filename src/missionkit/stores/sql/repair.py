"""How a SQL store is mended: commits go into its table of quarantine."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from missionkit.errors import CorruptStoreError, StoreUnavailableError
from missionkit.issue import Issue, Source
from missionkit.markup import shortened, shown
from missionkit.ports.store import Aside
from missionkit.stores import codes
from missionkit.stores.packing import refuse_changed

if TYPE_CHECKING:
    from missionkit.stores.sql.rows import Rows
    from missionkit.stores.sql.transactions import Transactions

T = TypeVar("T")

_LONGEST: Final = 120
_COMMITS: Final = "table missionkit_commits"
_STREAMS: Final = "table missionkit_streams"
_QUARANTINE: Final = "table missionkit_quarantine"


class Mending:
    """The part of a SQL store that finds damage and puts it out of the way."""

    _read_only: bool
    _closed: bool
    _transactions: "Transactions"

    def faults(self) -> Iterator[Issue]:
        """See `Repair.faults`."""
        from missionkit.stores.sql.quarantine import miscounted  # noqa: PLC0415 - of the extra

        for stream, count, last in self._look(miscounted):
            said = f"Stream {shown(stream)} should have {count} commits: the last is"
            where = Source(file=_STREAMS, cell=f"row {shown(stream)}")
            path = f"{stream}@{last}"
            yield codes.DAMAGED.issue(f"{said} {last}.", path=path, source=where)
        for stream in self._look(lambda rows: rows.streams("")):
            for sequence in self._changed(stream):
                told = (
                    f"The header of commit {sequence} of {shown(stream)} was changed."
                )
                place = self.place_of(stream, sequence)
                path = f"{stream}@{sequence}"
                yield codes.CHANGED.issue(
                    shortened(told, _LONGEST), path=path, source=place
                )

    def place_of(self, stream: str, sequence: int) -> Source | None:
        """See `Repair.place_of`."""
        if not self._look(lambda rows: rows.page(stream, sequence - 1, sequence)):
            return None
        return Source(file=_COMMITS, cell=f"row {shown(stream)}, {sequence}")

    def last_of(self, stream: str) -> int:
        """See `Repair.last_of`."""
        from missionkit.stores.sql.quarantine import last_in  # noqa: PLC0415 - of the extra

        return self._look(lambda rows: max(last_in(rows, stream), rows.count(stream)))

    def mend(self) -> tuple[str, ...]:
        """See `Repair.mend`."""
        from missionkit.stores.sql.quarantine import Counted, miscounted  # noqa: PLC0415 - of the extra

        done = []
        for stream, _, _ in self._look(miscounted):
            self._refuse_reading()
            count = self._transactions.write(Counted(stream))
            done.append(f"counted the commits of {shown(stream)} anew: {count}")
        return tuple(done)

    def set_aside(self, stream: str, *, after: int) -> tuple[str, ...]:
        """See `Repair.set_aside`."""
        from missionkit.stores.sql.quarantine import SetAside  # noqa: PLC0415 - of the extra

        self._refuse_reading()
        number = self._transactions.write(SetAside(stream, after))
        return (f"{_QUARANTINE}, number {number} of {shown(stream)}",)

    def aside(self) -> tuple[Aside, ...]:
        """See `Repair.aside`."""
        from missionkit.stores.sql.quarantine import numbers_in  # noqa: PLC0415 - of the extra

        return tuple(
            Aside(stream=stream, place=f"{_QUARANTINE}, number {number}")
            for stream, number in self._look(numbers_in)
        )

    def _changed(self, stream: str) -> Iterator[int]:
        """Yield the numbers of the commits whose headers are not what was written."""
        after, last = 0, self.last_of(stream)
        while after < last:
            page = self._look(lambda rows: rows.page(stream, after, last))  # noqa: B023 - used at once
            for sequence, header, held in page:
                try:
                    refuse_changed(header, held)
                except CorruptStoreError:
                    yield sequence
            after = page[-1][0] if page else last

    def _look(self, ask: Callable[["Rows"], T]) -> T:
        self._refuse_closed()
        return self._transactions.look(ask)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreUnavailableError("the store is closed")

    def _refuse_reading(self) -> None:
        if self._read_only:
            raise StoreUnavailableError("the store was opened to read it only")
