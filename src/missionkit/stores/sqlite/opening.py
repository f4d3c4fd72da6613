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
)
from missionkit.markup import shown
from missionkit.stores.sqlite.errors import translated
from missionkit.stores.sqlite.schema import refuse_foreign


def refuse_unfit(path: Path, *, wait: float) -> None:
    """Raise `StoreError` for what is no file of ours and no place for a new one."""
    if _size(path) == 0:
        return
    try:
        _look(path, "mode=ro&immutable=1", wait)
    except sqlite3.Error as error:
        if not _damaged(error):
            raise
        _look_again(path, wait)


def _look(path: Path, how: str, wait: float) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?{how}", wait, uri=True)) as db:
        refuse_foreign(db)


def _look_again(path: Path, wait: float) -> None:
    """Look under a lock, as somebody may have been writing just then."""
    try:
        _look(path, "mode=ro", wait)
    except sqlite3.Error as error:
        # A writer may have died: SQLite takes back what that one began.
        if _has_journal(path):
            return
        if not _damaged(error):
            raise
        said = f"{shown(path.name)} is no SQLite database"
        raise CorruptStoreError(said) from error


def _damaged(error: sqlite3.Error) -> bool:
    return isinstance(translated(error), CorruptStoreError)


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


def _has_journal(path: Path) -> bool:
    return Path(f"{os.fspath(path)}-journal").exists()
