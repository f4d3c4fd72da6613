"""The tables of a SQLite store, and the steps by which older files come up to date."""

import sqlite3
from typing import Final

from missionkit.errors import StoreVersionError
from missionkit.stores.sqlite_rows import roll_back

APPLICATION: Final = 0x6D6B6974
"""Tells a file of ours from every other SQLite file: "mkit"."""

_STRICT: Final = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""


def first(strict: str) -> tuple[str, ...]:
    """Return the statements of the first form; the checks hold without STRICT, too."""
    return (
        f"""CREATE TABLE commits (
            stream TEXT NOT NULL CHECK (typeof(stream) = 'text'),
            sequence INTEGER NOT NULL CHECK (
                typeof(sequence) = 'integer' AND sequence > 0
            ),
            id TEXT NOT NULL CHECK (typeof(id) = 'text'),
            header BLOB NOT NULL CHECK (typeof(header) = 'blob'),
            payloads BLOB NOT NULL CHECK (typeof(payloads) = 'blob'),
            PRIMARY KEY (stream, sequence),
            UNIQUE (stream, id)
        ){strict}""",
        f"""CREATE TABLE snapshots (
            stream TEXT NOT NULL PRIMARY KEY CHECK (typeof(stream) = 'text'),
            sequence INTEGER NOT NULL CHECK (
                typeof(sequence) = 'integer' AND sequence > 0
            ),
            head TEXT NOT NULL CHECK (typeof(head) = 'text'),
            data BLOB NOT NULL CHECK (typeof(data) = 'blob')
        ){strict}""",
    )


STEPS: Final[tuple[tuple[str, ...], ...]] = (first(_STRICT),)
"""What brings a file from each version to the next; only added to."""


def prepare(db: sqlite3.Connection, steps: tuple[tuple[str, ...], ...] = STEPS) -> None:
    """Bring a new or older file up to date, in one transaction, or refuse it.

    Raises:
        StoreVersionError: the file is of a newer missionkit; nothing was written.
    """
    if _version(db, steps) == len(steps):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Somebody else may have done it while we waited.
        for step in steps[_version(db, steps) :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise


def refuse_newer(version: int, newest: int = len(STEPS)) -> None:
    """Raise `StoreVersionError` for a version that is not known here."""
    if not 0 <= version <= newest:
        raise StoreVersionError(
            f"the store has version {version}, and {newest} is the newest known"
            " here: install a newer missionkit"
        )


def _version(db: sqlite3.Connection, steps: tuple[tuple[str, ...], ...]) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    refuse_newer(int(version), len(steps))
    return int(version)
