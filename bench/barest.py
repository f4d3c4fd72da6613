"""The barest that keeps the bytes of commits, as durably as the stores do.

Without checks, and without what a store promises: it is only what they are measured by.
"""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import Final
from unittest.mock import patch

import psycopg
from sqlalchemy import URL

from missionkit.domain.history import Commit
from missionkit.stores.packing import packed

_SIZES: Final = Struct(">II")


def row(commit: Commit) -> tuple[str, int, str, bytes, bytes]:
    facts = commit.facts
    return (
        facts.stream,
        facts.sequence,
        facts.id,
        commit.header,
        packed(commit.payloads),
    )


class Files:
    """Appends to one file, and flushes it."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)

    def append(self, new: Sequence[Commit]) -> None:
        for commit in new:
            data = packed(commit.payloads)
            sizes = _SIZES.pack(len(commit.header), len(data))
            os.write(self._fd, sizes + commit.header + data)
            os.fdatasync(self._fd)

    def fill(self, new: Sequence[Commit]) -> None:
        with patch("os.fdatasync"):  # they are only to be read
            self.append(new)

    def read(self) -> int:
        found: list[tuple[bytes, bytes]] = []
        at = 0
        held = os.pread(self._fd, os.fstat(self._fd).st_size, 0)
        while at < len(held):
            header, data = _SIZES.unpack_from(held, at)
            middle = at + _SIZES.size + header
            at = middle + data
            found.append((held[middle - header : middle], held[middle:at]))
        return len(found)

    def close(self) -> None:
        os.close(self._fd)


class Sqlite:
    """Inserts into a table of the same columns, as durably as the store does."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.execute("PRAGMA synchronous = EXTRA")
        self._db.execute(
            "CREATE TABLE commits (stream TEXT, sequence INTEGER, id TEXT,"
            " header BLOB, payloads BLOB, PRIMARY KEY (stream, sequence),"
            " UNIQUE (stream, id))"
        )

    def append(self, new: Sequence[Commit]) -> None:
        for commit in new:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", row(commit))
            self._db.execute("COMMIT")

    def fill(self, new: Sequence[Commit]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?)", map(row, new)
        )
        self._db.execute("COMMIT")

    def read(self) -> int:
        asked = "SELECT header, payloads FROM commits ORDER BY sequence"
        return len(self._db.execute(asked).fetchall())

    def close(self) -> None:
        self._db.close()


class Psycopg:
    """Inserts into a table of the same columns of PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self._db = psycopg.connect(told_of(url))
        self._db.execute(
            "CREATE TABLE raw (stream TEXT, sequence BIGINT, id TEXT,"
            " header BYTEA, payloads BYTEA, PRIMARY KEY (stream, sequence),"
            " UNIQUE (stream, id))"
        )
        self._db.commit()

    def append(self, new: Sequence[Commit]) -> None:
        for commit in new:
            self._db.execute("INSERT INTO raw VALUES (%s, %s, %s, %s, %s)", row(commit))
            self._db.commit()

    def fill(self, new: Sequence[Commit]) -> None:
        with self._db.cursor() as cursor:
            into = "INSERT INTO raw VALUES (%s, %s, %s, %s, %s)"
            cursor.executemany(into, map(row, new))
        self._db.commit()

    def read(self) -> int:
        asked = "SELECT header, payloads FROM raw ORDER BY sequence"
        return len(self._db.execute(asked, binary=True).fetchall())

    def close(self) -> None:
        self._db.close()


class Many:
    """Reads the files of a folder one by one; somebody else wrote them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> int:
        found = sorted(each.name for each in self._folder.iterdir())
        names = [name for name in found if name.startswith("0")]
        return sum(bool(read_whole(f"{self._folder}/{name}")) for name in names)


def read_whole(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 1 << 20)
    finally:
        os.close(fd)


def told_of(url: URL) -> str:
    """Return a URL as the driver takes it."""
    return f"host={url.query['host']} user={url.username} dbname={url.database}"
