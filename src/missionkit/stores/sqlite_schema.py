"""The tables of a SQLite store, and the steps by which older files come up to date."""

import sqlite3
from typing import Final

from missionkit.errors import StoreVersionError

APPLICATION: Final = 0x6D6B6974
"""Tells a file of ours from every other SQLite file: "mkit"."""

_STRICT: Final = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""


def _first(strict: str) -> tuple[str, ...]:
    return (
        f"""CREATE TABLE commits (
            stream TEXT NOT NULL CHECK (typeof(stream) = 'text'),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            id TEXT NOT NULL CHECK (typeof(id) = 'text'),
            header BLOB NOT NULL CHECK (typeof(header) = 'blob'),
            payloads BLOB NOT NULL CHECK (typeof(payloads) = 'blob'),
            PRIMARY KEY (stream, sequence),
            UNIQUE (stream, id)
        ){strict}""",
        f"""CREATE TABLE snapshots (
            stream TEXT NOT NULL PRIMARY KEY CHECK (typeof(stream) = 'text'),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            head TEXT NOT NULL CHECK (typeof(head) = 'text'),
            data BLOB NOT NULL CHECK (typeof(data) = 'blob')
        ){strict}""",
    )


STEPS: Final[tuple[tuple[str, ...], ...]] = (_first(_STRICT),)
"""What brings a file from each version to the next; only added to."""


def prepare(connection: sqlite3.Connection) -> None:
    """Bring a new or older file up to date, in one transaction, or refuse it.

    Raises:
        StoreVersionError: the file is another program's, or of a newer missionkit;
            nothing was written.
    """
    if _version(connection) == len(STEPS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Somebody else may have done it while we waited.
        for step in STEPS[_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _version(connection: sqlite3.Connection) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise StoreVersionError("the file is a SQLite database of another program")
    if version > len(STEPS):
        raise StoreVersionError(
            f"the store has version {version}, and {len(STEPS)} is the newest known"
            " here: install a newer missionkit"
        )
    return int(version)
