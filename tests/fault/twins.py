"""Stores that break a promise under a fault, to see that the tests notice."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from missionkit.domain.history import Commit, Payload
from missionkit.errors import ConflictError, CorruptStoreError
from missionkit.stores.packing import packed
from missionkit.stores.sqlite.errors import translated
from missionkit.stores.sqlite.rows import count
from missionkit.stores.sqlite.store import SqliteStore


class NoJournal(SqliteStore):
    """Cannot take back what it has begun."""

    def _set_up(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")


class NoFlush(SqliteStore):
    """Trusts that the disk gets it some day."""

    def _set_up(self, db: sqlite3.Connection) -> None:
        super()._set_up(db)
        db.execute("PRAGMA synchronous = OFF")


class Usual(SqliteStore):
    """Flushes as SQLite does by default: all but the folder that had the journal."""

    def _set_up(self, db: sqlite3.Connection) -> None:
        super()._set_up(db)
        db.execute("PRAGMA synchronous = FULL")


class Denies(SqliteStore):
    """Says of each commit that failed that it is not there, and does not look."""

    def _resolve(
        self, stream: str, commits: Sequence[Commit], failed: sqlite3.Error
    ) -> None:
        del stream, commits
        self._connections.drop()
        raise translated(failed) from failed


class Abandons(SqliteStore):
    """Takes nothing back of what an error broke off."""

    @contextmanager
    def _transaction(
        self, stream: str, commits: Sequence[Commit]
    ) -> Iterator[sqlite3.Connection]:
        del stream, commits
        with self._connections.here() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")


class NoCompare(SqliteStore):
    """Looks at the count, and writes later, wherever that is by then."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        with self._connections.here() as db:
            found = count(db, stream)
            if found != expected:
                raise ConflictError(expected, found)
            for sequence, commit in enumerate(commits, expected + 1):
                db.execute(
                    "INSERT OR REPLACE INTO commits VALUES (?, ?, ?, ?, ?)",
                    (
                        *(stream, sequence, commit.facts.id),
                        *(commit.header, packed(commit.payloads)),
                    ),
                )
            return expected + len(commits)


class InPlace:
    """One file, which is written anew over what was there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch()

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        held = list(self.read(stream))
        if len(held) != expected:
            raise ConflictError(expected, len(held))
        with self._path.open("w", encoding="utf-8", buffering=1) as file:
            for commit in (*held, *commits):
                file.write(_line(commit))
        return expected + len(commits)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            found = list(map(_commit, lines))
        except (ValueError, KeyError) as error:
            raise CorruptStoreError("a line cannot be read") from error
        mine = [commit for commit in found if commit.facts.stream == stream]
        return iter(mine[after:upto])

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        raise NotImplementedError

    def close(self) -> None:
        pass


def _line(commit: Commit) -> str:
    payloads = [[p.salt.hex(), p.data.hex()] for p in commit.payloads if p]
    return json.dumps([commit.header.hex(), payloads]) + "\n"


def _commit(line: str) -> Commit:
    header, payloads = json.loads(line)
    held = (Payload(bytes.fromhex(s), bytes.fromhex(d)) for s, d in payloads)
    return Commit(bytes.fromhex(header), tuple(held))
