"""A store in one SQLite file, with nothing but the standard library."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import (
    CommitUnknownError,
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome
from missionkit.stores.packing import refuse_changed, unpacked
from missionkit.stores.sqlite.connections import Connections
from missionkit.stores.sqlite.errors import disk_failed, ours, translated
from missionkit.stores.sqlite.opening import refuse_unfit
from missionkit.stores.sqlite.reading import Reading
from missionkit.stores.sqlite.repair import Mending
from missionkit.stores.sqlite.rows import (
    add,
    count,
    erase,
    page_of,
    put_snapshot,
    roll_back,
    since,
    snapshot_in,
    streams_in,
    there,
    touch,
)
from missionkit.stores.sqlite.salvage import Salvage, complaints, salvaged
from missionkit.stores.sqlite.schema import prepare
from missionkit.stores.waiting import seconds

# Older ones can damage a file in this mode when a checkpoint meets a reset of the log.
_SAFE_WAL: Final = (3, 51, 3)


class SqliteStore(Mending):
    """Keeps streams in a file; it may be shared by threads and by processes.

    A commit is on disk when `append` returns. *wait* is how many seconds to wait for
    others. *wal* is faster, and refused where the SQLite that Python is linked to has
    the fault that 3.51.3 mended. With *read_only* not a byte of the file is changed,
    and none is made.

    Without *strict* the whole file is looked through for damage. Of one that has any
    all that can be read is read, row by row: a stream ends with `CorruptStoreError`
    where a commit of it cannot be. Nothing is written to it until it is mended.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        wait: float = 10.0,
        wal: bool = False,
        read_only: bool = False,
        strict: bool = True,
    ) -> None:
        """Open the file, or make it; raise `StoreError` where that cannot be done."""
        if wal and sqlite3.sqlite_version_info < _SAFE_WAL:
            raise StoreUnavailableError(
                f"SQLite {sqlite3.sqlite_version} is too old for wal=True: 3.51.3 is"
                " the first that is safe; leave it out"
            )
        # Absolute, as SQLite reads more than a path into `:memory:` and `file:`.
        self._path = Path(path).absolute()
        self._wait = seconds(wait)
        self._wal = wal
        self._read_only = read_only
        self._reading: Reading | None = None
        self._connections = Connections(self._opened, wait=self._wait)
        self._salvage: Salvage | None = None
        try:
            self._open(strict=strict)
        except (CorruptStoreError, StoreVersionError) as error:
            self._connections.drop()
            if strict:
                raise
            self._salvage = salvaged(self._path, error)

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
            stream, commits, expected, lambda db: put_snapshot(db, stream, snapshot)
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
        places = tuple(what)

        def erased(db: sqlite3.Connection) -> None:
            for each in places:
                erase(db, stream, each, upto=expected)
            put_snapshot(db, stream, snapshot)

        found = self._written(stream, (note,), expected, erased)
        if self._wal:
            self._empty_log()
        return found

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        if self._salvage is not None:
            return self._salvage.read(stream, after, upto)
        with self._looking() as db:
            last = count(db, stream)
        return self._read(stream, max(after, 0), last if upto is None else upto, last)

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        if self._salvage is not None:
            return self._salvage.streams(prefix)
        with self._looking() as db:
            return streams_in(db, prefix)

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        if self._salvage is not None:
            return self._salvage.snapshot(stream)
        with self._looking() as db:
            return snapshot_in(db, stream)

    def close(self) -> None:
        """See `Store.close`."""
        self._connections.close()

    def _open(self, *, strict: bool) -> None:
        with ours():
            refuse_unfit(self._path, wait=self._wait)
            self._reading = Reading(self._path) if self._read_only else None
            with self._looking() as db:
                if not strict and complaints(db):
                    raise CorruptStoreError("the file of the store is damaged")

    @contextmanager
    def _looking(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read with; refuse what was read while others wrote."""
        try:
            with ours(), self._connections.here() as db:
                yield db
        finally:
            if self._reading is not None:
                with ours():
                    self._reading.refuse_changed()

    def _opened(self) -> sqlite3.Connection:
        if self._reading is not None:
            db = self._reading.opened(self._wait)
            _guard(db)
            return db
        # Closed by whichever thread closes the store.
        db = sqlite3.connect(
            self._path,
            timeout=self._wait,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            prepare(db)
            self._set_up(db)
        except BaseException:
            db.close()
            raise
        return db

    def _set_up(self, db: sqlite3.Connection) -> None:
        wanted = "wal" if self._wal else "delete"
        (found,) = db.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        if found != wanted:
            raise StoreBusyError(f"others hold the store in the journal mode {found}")
        db.execute(f"PRAGMA synchronous = {'FULL' if self._wal else 'EXTRA'}")
        # What is erased is overwritten, and so is an old snapshot.
        db.execute("PRAGMA secure_delete = ON")
        _guard(db)

    def _empty_log(self) -> None:
        """Take what was erased out of the log as well."""
        with ours(), self._connections.here() as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            said = "others read, so the log keeps what was erased: dispose of it again"
            raise StoreBusyError(said, True)  # noqa: FBT003 - attrs errors are positional

    def _read(
        self, stream: str, after: int, upto: int, newest: int
    ) -> Iterator[Commit]:
        last = min(upto, newest)
        while after < last:
            with self._looking() as db:
                page = page_of(db, stream, after, last)
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
                return

    def _written(
        self,
        stream: str,
        commits: Sequence[Commit],
        expected: int,
        more: Callable[[sqlite3.Connection], None],
    ) -> int:
        if self._salvage is not None:
            raise CorruptStoreError("the file of the store is damaged: mend it first")
        # Looked at more than once, and so held, should they be made one by one.
        sent = tuple(commits)
        with self._connections.turn(), self._transaction(stream, sent) as db:
            found = count(db, stream)
            others = since(db, stream, expected) if expected < found else ()
            new = outcome(others, sent, expected=expected, found=found)
            if new is not None:
                add(db, stream, found, new)
                more(db)
            return found + len(new or ())

    @contextmanager
    def _transaction(
        self, stream: str, commits: Sequence[Commit]
    ) -> Iterator[sqlite3.Connection]:
        with self._connections.here() as db:
            try:
                with ours():
                    db.execute("BEGIN IMMEDIATE")
                    yield db
            except BaseException as error:
                try:
                    roll_back(db)
                finally:
                    if disk_failed(error.__cause__) or db.in_transaction:
                        self._connections.drop()
                raise
            try:
                db.execute("COMMIT")
            except sqlite3.Error as error:
                failed = error
            except BaseException:
                # There may be no memory to begin it, or to say that it is done.
                self._connections.drop()
                raise
            else:
                return
        self._resolve(stream, commits, failed)

    def _resolve(
        self, stream: str, commits: Sequence[Commit], failed: sqlite3.Error
    ) -> None:
        """Find out what became of commits that SQLite could not confirm.

        What a disk did not take it is not asked to take again: the file is opened anew
        and read. Raise, unless they are there and on disk.
        """
        self._connections.drop()
        error = translated(failed)
        if not commits:
            raise error from failed
        try:
            with ours(), self._connections.here() as db:
                stored = there(db, stream, commits[0])
                if stored or disk_failed(failed):
                    touch(db)
        except StoreError as again:
            raise CommitUnknownError(commits[0].facts.id) from again
        if not stored:
            raise error from failed


def _guard(db: sqlite3.Connection) -> None:
    """Let a file that somebody else made do no harm."""
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA trusted_schema = OFF")
