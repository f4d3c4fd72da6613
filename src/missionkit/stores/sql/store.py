"""A store in a database, through SQLAlchemy: proved on PostgreSQL and on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from missionkit.domain.history import Commit
from missionkit.errors import (
    CorruptStoreError,
    MissingExtraError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome
from missionkit.stores.packing import refuse_changed, unpacked
from missionkit.stores.sql.repair import Mending
from missionkit.stores.waiting import seconds

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from missionkit.stores.sql.rows import Rows
    from missionkit.stores.sql.transactions import Transactions

T = TypeVar("T")


class SqlStore(Mending):
    """Keeps streams in the tables `missionkit_...` of a database.

    *bind* is an engine of SQLAlchemy. Then each write is a transaction of its own, is
    on the disk of the database when it returns, and the store may be shared by threads
    and by processes. Or it is a connection: then everything happens in the transaction
    that the caller has begun there. It is kept, or not, with all else when the caller
    commits; until then others wait who write to the same stream. Like the connection,
    such a store serves one thread.

    *schema* is where the tables are, and *wait* how many seconds to wait for others.
    What is missing is made with *create*; without it, a database that has no tables is
    refused. With *read_only* nothing is written. The engine is the caller's, and stays
    open.
    """

    def __init__(
        self,
        bind: "Engine | Connection",
        *,
        schema: str | None = None,
        wait: float = 10.0,
        create: bool = True,
        read_only: bool = False,
    ) -> None:
        """Look at the tables, or make them; raise `StoreError` where none can be."""
        try:
            from missionkit.stores.sql import binding  # noqa: PLC0415 - of the extra
        except ModuleNotFoundError as error:
            raise MissingExtraError("sql") from error
        self._read_only = read_only
        self._closed = False
        self._engine: Engine | None = None
        self._transactions: Transactions = binding.bound(
            bind,
            schema=schema,
            wait=seconds(wait),
            create=create and not read_only,
        )

    @classmethod
    def at(
        cls,
        url: str,
        *,
        schema: str | None = None,
        wait: float = 10.0,
        create: bool = True,
        read_only: bool = False,
    ) -> "SqlStore":
        """Return a store with an engine of its own, which it closes itself.

        A URL `postgresql://` needs the extra ``postgres``. In a file of SQLite every
        commit is flushed, with the folder.

        Raises:
            StoreError: the database cannot be reached, or is not fit.
            MissingExtraError: SQLAlchemy or psycopg is not installed.
        """
        try:
            from missionkit.stores.sql.engine import engine_at  # noqa: PLC0415 - likewise
        except ModuleNotFoundError as error:
            needed = "postgres" if url.startswith("postgres") else "sql"
            raise MissingExtraError(needed) from error
        engine = engine_at(url, wait=seconds(wait), read_only=read_only)
        try:
            made = cls(
                engine, schema=schema, wait=wait, create=create, read_only=read_only
            )
        except BaseException:
            engine.dispose()
            raise
        made._engine = engine
        return made

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """See `Store.append`."""
        return self._written(stream, commits, expected, lambda _: None)

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        """See `Snapshots.append_with_snapshot`."""
        return self._written(
            stream, commits, expected, lambda rows: rows.put_snapshot(stream, snapshot)
        )

    def dispose(
        self,
        stream: str,
        what: Iterable[Disposed],
        note: Commit,
        *,
        expected: int,
        snapshot: Snapshot | None,
    ) -> int:
        """See `Disposal.dispose`.

        PostgreSQL keeps the bytes where nothing reads them, until it vacuums the table
        and has no more use for its log.
        """
        places = tuple(what)

        def erased(rows: "Rows") -> None:
            for each in places:
                rows.erase(stream, each, upto=expected)
            rows.put_snapshot(stream, snapshot)

        return self._written(stream, (note,), expected, erased)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        _refuse_unfit("the name of a stream", stream)
        last = self._look(lambda rows: rows.count(stream))
        return self._read(stream, max(after, 0), last if upto is None else upto, last)

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        _refuse_unfit("the name of a stream", prefix)
        return self._look(lambda rows: rows.streams(prefix))

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        _refuse_unfit("the name of a stream", stream)
        return self._look(lambda rows: rows.snapshot(stream))

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True
        if self._engine is not None:
            self._engine.dispose()

    def _read(
        self, stream: str, after: int, upto: int, newest: int
    ) -> Iterator[Commit]:
        last = min(upto, newest)
        while after < last:
            page = self._page(stream, after, last)
            for sequence, header, held in page:
                try:
                    if sequence == newest:
                        refuse_changed(header, held)
                    commit = Commit(header, unpacked(held))
                except CorruptStoreError as error:
                    where = f"commit {sequence} of {stream}"
                    raise CorruptStoreError(f"{where}: {error.what}") from error
                yield commit
                after = sequence
            if not page:
                if self._look(lambda rows: rows.count(stream)) <= after:
                    return  # what followed was rolled back, or put out of the way
                said = f"commit {after + 1} of {stream} is missing"
                raise CorruptStoreError(said)

    def _page(
        self, stream: str, after: int, last: int
    ) -> list[tuple[int, bytes, bytes]]:
        return self._look(lambda rows: rows.page(stream, after, last))

    def _written(
        self,
        stream: str,
        commits: Sequence[Commit],
        expected: int,
        more: Callable[["Rows"], None],
    ) -> int:
        self._refuse_closed()
        if self._read_only:
            raise StoreUnavailableError("the store was opened to be read")
        _refuse_unfit("the name of a stream", stream)
        # Looked at more than once, and so held, should they be made one by one.
        sent = tuple(commits)
        for commit in sent:
            _refuse_unfit("the id of a commit", commit.facts.id)
        return self._transactions.write(_Append(stream, sent, expected, more))


@frozen
class _Append:
    stream: str
    commits: Sequence[Commit]
    expected: int
    more: Callable[["Rows"], None]

    @property
    def commit_id(self) -> str:
        """See `Write.commit_id`."""
        return self.commits[0].facts.id if self.commits else ""

    def act(self, rows: "Rows") -> int:
        """See `Write.act`."""
        found = rows.lock(self.stream)
        behind = self.expected < found
        others = rows.since(self.stream, self.expected) if behind else ()
        new = outcome(others, self.commits, expected=self.expected, found=found)
        if new is not None:
            rows.add(self.stream, found, new)
            self.more(rows)
        return found + len(new or ())

    def there(self, rows: "Rows") -> bool:
        """See `Write.there`."""
        rows.lock(self.stream)
        rows.touch(self.stream)
        return rows.there(self.stream, self.commits[0])


def _refuse_unfit(what: str, name: str) -> None:
    """Raise `StoreError` for text that not every database can hold."""
    if "\0" in name:
        raise StoreError(f"{what} has a NUL in it, which no database holds as text")
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"{what} is no text") from error
