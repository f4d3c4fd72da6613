"""A store in one SQLite file, with nothing but the standard library."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, local
from typing import Final, TypeVar

from missionkit.domain.history import Commit
from missionkit.errors import (
    CommitUnknownError,
    CorruptStoreError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome
from missionkit.stores.packing import packed, unpacked
from missionkit.stores.sqlite_errors import ours, translated
from missionkit.stores.sqlite_schema import prepare

T = TypeVar("T")

# Older ones can damage a file in this mode when a checkpoint meets a reset of the log.
_SAFE_WAL: Final = (3, 51, 3)
_PAGE: Final = 500


class SqliteStore:
    """Keeps streams in a file; it may be shared by threads and by processes.

    A commit is on disk when `append` returns. *wait* is how many seconds to wait for
    others. *wal* is faster, and refused where the SQLite that Python is linked to has
    the fault that 3.51.3 mended.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, wait: float = 10.0, wal: bool = False
    ) -> None:
        """Open the file, or make it; raise `StoreError` where that cannot be done."""
        if wal and sqlite3.sqlite_version_info < _SAFE_WAL:
            raise StoreUnavailableError(
                f"SQLite {sqlite3.sqlite_version} is too old for wal=True: 3.51.3 is"
                " the first that is safe; leave it out"
            )
        self._path = Path(path)
        self._wait = wait
        self._wal = wal
        self._here = local()
        self._lock = Lock()
        self._all: list[sqlite3.Connection] = []
        self._closed = False
        with ours():
            self._connection()

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
            stream, commits, expected, lambda db: _put_snapshot(db, stream, snapshot)
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
        """See `Disposal.dispose`."""

        def erase(db: sqlite3.Connection) -> None:
            db.execute("PRAGMA secure_delete = ON")
            for each in what:
                _erase(db, stream, each)
            db.execute("DELETE FROM snapshots WHERE stream = ?", (stream,))
            if snapshot is not None:
                _put_snapshot(db, stream, snapshot)

        return self._written(stream, (note,), expected, erase)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        last = self._count(stream) if upto is None else upto
        while after < last:
            with ours():
                rows = self._connection().execute(
                    "SELECT header, payloads FROM commits WHERE stream = ?"
                    " AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?",
                    (stream, after, last, _PAGE),
                )
                page = rows.fetchall()
            yield from (Commit(header, unpacked(held)) for header, held in page)
            after += len(page)
            if len(page) < _PAGE:
                return

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        with ours():
            rows = self._connection().execute(
                "SELECT DISTINCT stream FROM commits ORDER BY stream"
            )
            return tuple(name for (name,) in rows if name.startswith(prefix))

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        with ours():
            row = (
                self._connection()
                .execute(
                    "SELECT sequence, head, data FROM snapshots WHERE stream = ?",
                    (stream,),
                )
                .fetchone()
            )
        if row is None:
            return None
        return Snapshot(sequence=row[0], head=row[1], data=row[2])

    def close(self) -> None:
        """See `Store.close`."""
        with self._lock:
            self._closed = True
            held, self._all = self._all, []
        for connection in held:
            with suppress(sqlite3.Error):
                connection.close()

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's own connection; one from before a fork is left alone."""
        if self._closed:
            raise StoreUnavailableError("the store is closed")
        held: tuple[int, sqlite3.Connection] | None = getattr(self._here, "held", None)
        if held is None or held[0] != os.getpid():
            held = (os.getpid(), self._opened())
            self._here.held = held
        return held[1]

    def _opened(self) -> sqlite3.Connection:
        # Closed by whichever thread closes the store.
        db = sqlite3.connect(
            self._path,
            timeout=self._wait,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            prepare(db)
            db.execute(f"PRAGMA journal_mode = {'WAL' if self._wal else 'DELETE'}")
            db.execute(f"PRAGMA synchronous = {'FULL' if self._wal else 'EXTRA'}")
        except BaseException:
            db.close()
            raise
        with self._lock:
            self._all.append(db)
        return db

    def _count(self, stream: str) -> int:
        with ours():
            return _count(self._connection(), stream)

    def _written(
        self,
        stream: str,
        commits: Sequence[Commit],
        expected: int,
        more: Callable[[sqlite3.Connection], None],
    ) -> int:
        with self._transaction(commits) as db:
            found = _count(db, stream)
            since = _since(db, stream, expected) if found != expected else ()
            new = outcome(since, commits, expected=expected, found=found)
            db.executemany(
                "INSERT INTO commits VALUES (?, ?, ?, ?, ?)",
                (
                    (stream, found + at, c.facts.id, c.header, packed(c.payloads))
                    for at, c in enumerate(new, 1)
                ),
            )
            more(db)
            return found + len(new)

    @contextmanager
    def _transaction(self, commits: Sequence[Commit]) -> Iterator[sqlite3.Connection]:
        with ours():
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
        try:
            with ours():
                yield db
        except BaseException:
            _roll_back(db)
            raise
        try:
            db.execute("COMMIT")
        except sqlite3.Error as error:
            self._resolve(db, commits, error)

    def _resolve(
        self,
        db: sqlite3.Connection,
        commits: Sequence[Commit],
        error: sqlite3.Error,
    ) -> None:
        """Find out what became of a commit that SQLite could not confirm."""
        if db.in_transaction:
            _roll_back(db)
            if not db.in_transaction:
                raise translated(error) from error
        raise CommitUnknownError(commits[0].facts.id if commits else "") from error


def _roll_back(db: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        if db.in_transaction:
            db.execute("ROLLBACK")


def _count(db: sqlite3.Connection, stream: str) -> int:
    (count,) = db.execute(
        "SELECT coalesce(max(sequence), 0) FROM commits WHERE stream = ?", (stream,)
    ).fetchone()
    return int(count)


def _since(db: sqlite3.Connection, stream: str, expected: int) -> tuple[Commit, ...]:
    rows = db.execute(
        "SELECT header FROM commits WHERE stream = ? AND sequence > ?"
        " ORDER BY sequence",
        (stream, expected),
    )
    return tuple(Commit(header) for (header,) in rows)


def _put_snapshot(db: sqlite3.Connection, stream: str, snapshot: Snapshot) -> None:
    db.execute(
        "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)",
        (stream, snapshot.sequence, snapshot.head, snapshot.data),
    )


def _erase(db: sqlite3.Connection, stream: str, what: Disposed) -> None:
    place = (stream, what.sequence)
    row = db.execute(
        "SELECT payloads FROM commits WHERE stream = ? AND sequence = ?", place
    ).fetchone()
    if row is None:
        raise CorruptStoreError(f"there is no commit {what.sequence} to erase from")
    held = list(unpacked(row[0]))
    held[what.put] = None
    db.execute(
        "UPDATE commits SET payloads = ? WHERE stream = ? AND sequence = ?",
        (packed(held), *place),
    )
