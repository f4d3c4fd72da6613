"""Which files a SQLite store takes: its own and new ones. Nothing is written to tell.

A file is looked at as one that cannot change, so that no lock is taken, no journal of
another program is played back, and no log of it is folded into it.
"""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from missionkit.errors import (
    CorruptStoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.markup import shown
from missionkit.stores.sqlite_errors import translated
from missionkit.stores.sqlite_schema import APPLICATION, refuse_newer


def refuse_unfit(path: Path) -> None:
    """Raise `StoreError` for what is no file of ours and no place for a new one."""
    size = _size(path)
    if size == 0:
        return
    try:
        with closing(sqlite3.connect(_as_it_is(path), uri=True)) as db:
            _refuse_foreign(path, db)
    except sqlite3.Error as error:
        if not isinstance(translated(error), CorruptStoreError):
            raise
        # A writer may have died while it made the file: SQLite takes that back.
        if not _has_journal(path):
            said = f"{shown(path.name)} is no SQLite database"
            raise CorruptStoreError(said) from error


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        if path.parent.is_dir():
            return 0
        said = f"there is no folder {shown(str(path.parent))}: make it first"
        raise StoreUnavailableError(said) from error
    except (OSError, ValueError) as error:
        said = f"{shown(str(path))} cannot be the path of a store ({error})"
        raise StoreUnavailableError(said) from error
    if stat.S_ISDIR(found.st_mode):
        said = f"{shown(path.name)} is a folder: name a file in it"
        raise StoreUnavailableError(said)
    if not stat.S_ISREG(found.st_mode):
        raise StoreUnavailableError(f"{shown(path.name)} is no regular file")
    return found.st_size


def _as_it_is(path: Path) -> str:
    return f"{path.as_uri()}?mode=ro&immutable=1"


def _has_journal(path: Path) -> bool:
    return Path(f"{os.fspath(path)}-journal").exists()


def _refuse_foreign(path: Path, db: sqlite3.Connection) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION:
        refuse_newer(version)
        return
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application or version or tables:
        said = f"{shown(path.name)} is a SQLite database of another program"
        raise StoreVersionError(said)
