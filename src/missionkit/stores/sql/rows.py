"""The statements of a SQL store: what is written into its tables and read back."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from attrs import frozen
from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import taken
from missionkit.stores.erasing import without
from missionkit.stores.packing import packed_of, unpacked
from missionkit.stores.sql.tables import Tables

T = TypeVar("T")

DIALECTS: Final[dict[str, Callable[[Table], postgresql.Insert | sqlite.Insert]]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
"""The databases that the store is proved on, and how each inserts what may be there."""

# A page is read at once, so that who reads slowly keeps no transaction open.
_ROWS: Final = 500
_BYTES: Final = 4_000_000
_IDS: Final = 500
_LAST: Final = 0x10FFFF
_SURROGATES: Final = (0xD800, 0xE000)


@frozen
class Rows:
    """The rows of a store as one connection has them."""

    connection: Connection
    tables: Tables

    def lock(self, stream: str) -> int:
        """Hold a stream until the transaction ends; return how many commits it has."""
        found = self._held(stream)
        if found is None:
            self.insert_if_absent(self.tables.streams, stream=stream, count=0)
            found = self._held(stream)
        return _sound(found, int)

    def count(self, stream: str) -> int:
        """Return how many commits a stream has."""
        streams = self.tables.streams.c
        asked = select(streams.count).where(streams.stream == stream)
        return _sound(self.connection.scalar(asked) or 0, int)

    def since(self, stream: str, after: int) -> tuple[Commit, ...]:
        """Return the headers of the commits after one."""
        commits = self.tables.commits.c
        asked = (
            select(commits.header)
            .where(commits.stream == stream, commits.sequence > max(after, 0))
            .order_by(commits.sequence)
        )
        return tuple(Commit(_bytes(held)) for held in self.connection.scalars(asked))

    def there(self, stream: str, commit: Commit) -> bool:
        """Return whether a stream has a commit."""
        commits = self.tables.commits.c
        asked = select(commits.header).where(
            commits.stream == stream, commits.id == commit.facts.id
        )
        found = self.connection.scalar(asked)
        return found is not None and _bytes(found) == commit.header

    def page(
        self, stream: str, after: int, upto: int
    ) -> list[tuple[int, bytes, bytes]]:
        """Return the next commits of a stream: as many as are read at once."""
        commits = self.tables.commits.c
        size = func.length(commits.header) + func.length(commits.payloads)
        sizes = func.sum(size).over(order_by=commits.sequence) - size
        first = (
            select(
                commits.sequence, commits.header, commits.payloads, sizes.label("sizes")
            )
            .where(
                commits.stream == stream,
                commits.sequence > after,
                commits.sequence <= upto,
            )
            .order_by(commits.sequence)
            .limit(_ROWS)
            .subquery()
        )
        asked = (
            select(first.c.sequence, first.c.header, first.c.payloads)
            .where(first.c.sizes <= _BYTES)
            .order_by(first.c.sequence)
        )
        return [
            (_sound(number, int), _bytes(header), _bytes(held))
            for number, header, held in self.connection.execute(asked)
        ]

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the sorted names that begin with a prefix."""
        streams = self.tables.streams.c
        asked = (
            select(streams.stream)
            .where(streams.count > 0, streams.stream >= prefix)
            .order_by(streams.stream)
        )
        beyond = _beyond(prefix)
        if beyond:
            asked = asked.where(streams.stream < beyond)
        names = (_sound(name, str) for name in self.connection.scalars(asked))
        return tuple(sorted(names))

    def snapshot(self, stream: str) -> Snapshot | None:
        """Return the snapshot of a stream."""
        held = self.tables.snapshots.c
        asked = select(held.sequence, held.head, held.data).where(held.stream == stream)
        row = self.connection.execute(asked).one_or_none()
        if row is None:
            return None
        sequence, head, data = row
        return Snapshot(
            sequence=_sound(sequence, int), head=_sound(head, str), data=_bytes(data)
        )

    def add(self, stream: str, found: int, commits: Sequence[Commit]) -> None:
        """Add commits to a stream that is held and has *found* of them.

        Raises:
            ConflictError: one of them has the id of another one of the stream.
        """
        if not commits:
            return
        self._refuse_taken(stream, found, [commit.facts.id for commit in commits])
        rows = [
            {
                "stream": stream,
                "sequence": sequence,
                "id": commit.facts.id,
                "header": commit.header,
                "payloads": packed_of(commit),
            }
            for sequence, commit in enumerate(commits, found + 1)
        ]
        self.connection.execute(insert(self.tables.commits), rows)
        self._set_count(stream, found + len(rows))

    def put_snapshot(self, stream: str, snapshot: Snapshot | None) -> None:
        """Replace the snapshot of a stream, or drop it."""
        held = self.tables.snapshots
        self.connection.execute(delete(held).where(held.c.stream == stream))
        if snapshot is not None:
            row = {
                "stream": stream,
                "sequence": snapshot.sequence,
                "head": snapshot.head,
                "data": snapshot.data,
            }
            self.connection.execute(insert(held), row)

    def erase(self, stream: str, what: Disposed, *, upto: int) -> None:
        """Erase a payload of one of the first commits, or raise `NotFoundError`."""
        commits = self.tables.commits
        place = (commits.c.stream == stream, commits.c.sequence == what.sequence)
        header, held = b"", b""
        if 0 < what.sequence <= upto:
            wanted = select(commits.c.header, commits.c.payloads).where(*place)
            row = self.connection.execute(wanted).one_or_none()
            header, held = map(_bytes, row or (header, held))
        kept = packed_of(Commit(header, without(unpacked(held), what)))
        self.connection.execute(update(commits).where(*place).values(payloads=kept))

    def touch(self, stream: str) -> None:
        """Write something that changes nothing, to see that the disk takes it."""
        self._set_count(stream, self.count(stream))

    def insert_if_absent(self, table: Table, **values: object) -> None:
        """Insert a row where none has its key."""
        inserting = DIALECTS[self.connection.dialect.name]
        new = inserting(table).values(**values).on_conflict_do_nothing()
        self.connection.execute(new)

    def _held(self, stream: str) -> int | None:
        streams = self.tables.streams.c
        asked = select(streams.count).where(streams.stream == stream)
        found: int | None = self.connection.scalar(asked.with_for_update())
        return found

    def _set_count(self, stream: str, count: int) -> None:
        streams = self.tables.streams
        held = update(streams).where(streams.c.stream == stream)
        self.connection.execute(held.values(count=count))

    def _refuse_taken(self, stream: str, found: int, ids: Sequence[str]) -> None:
        commits = self.tables.commits.c
        there = set[str]()
        for at in range(0, len(ids), _IDS):
            asked = select(commits.id).where(
                commits.stream == stream, commits.id.in_(ids[at : at + _IDS])
            )
            there.update(self.connection.scalars(asked))
        for each in ids:
            if each in there:
                raise taken(stream, each, found=found)
            there.add(each)


def _beyond(prefix: str) -> str:
    """Return the least text after all that begin with a prefix, or nothing."""
    kept = prefix.rstrip(chr(_LAST))
    if not kept:
        return ""
    following = ord(kept[-1]) + 1
    least, after = _SURROGATES
    return kept[:-1] + chr(after if following == least else following)


def _bytes(value: object) -> bytes:
    # Some drivers give a view of them.
    return _sound(bytes(value) if isinstance(value, memoryview) else value, bytes)


def _sound(value: object, kind: type[T]) -> T:
    """Return a value of the type that its column has, in tables that are sound."""
    if isinstance(value, kind):
        return value
    raise CorruptStoreError("a value in the tables of the store is damaged")
