"""The tables of a SQLite store, and the steps by which older files come up to date."""

import sqlite3
from typing import Final

from missionkit.errors import StoreVersionError
from missionkit.stores.sqlite.rows import roll_back

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
        StoreVersionError: as `refuse_foreign`; nothing was written.
    """
    if refuse_foreign(db, len(steps)) == len(steps):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Somebody else may have done it while we waited.
        for step in steps[refuse_foreign(db, len(steps)) :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise


def refuse_foreign(db: sqlite3.Connection, newest: int = len(STEPS)) -> int:
    """Return the version of a file of ours, or of an empty one; refuse all others.

    Raises:
        StoreVersionError: it is another program's, or of a version not known here.
    """
    application, version = _marks(db)
    if application != APPLICATION:
        # Another process may make the file just now. The mark is read last, so that it
        # is there if anything else of ours was seen.
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        application, version = _marks(db)
        if application != APPLICATION and (application or version or tables):
            raise StoreVersionError("the file is a SQLite database of another program")
    if not 0 <= version <= newest:
        raise StoreVersionError(
            f"the store has version {version}, and {newest} is the newest known"
            " here: install a newer missionkit"
        )
    return version


def _marks(db: sqlite3.Connection) -> tuple[int, int]:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    return int(application), int(version)
