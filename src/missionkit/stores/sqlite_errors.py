"""What the errors of SQLite mean to who uses a store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)

_KINDS: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_BUSY: (StoreBusyError, "others hold the store: try again"),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, "others hold the store: try again"),
    sqlite3.SQLITE_FULL: (StoreFullError, "no room is left where the store is"),
    sqlite3.SQLITE_CANTOPEN: (StoreUnavailableError, "the store cannot be opened"),
    sqlite3.SQLITE_PERM: (StoreUnavailableError, "the store may not be opened"),
    sqlite3.SQLITE_READONLY: (StoreUnavailableError, "the store can only be read"),
    sqlite3.SQLITE_IOERR: (StoreUnavailableError, "the disk of the store failed"),
    sqlite3.SQLITE_CORRUPT: (CorruptStoreError, "the file of the store is damaged"),
    sqlite3.SQLITE_NOTADB: (CorruptStoreError, "the file is no SQLite database"),
}
_PRIMARY: Final = 0xFF


def translated(error: sqlite3.Error) -> StoreError:
    """Return our error for one of SQLite; nothing was written."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    kind, said = _KINDS.get(code, (StoreError, "the store failed"))
    return kind(f"{said} ({error})")


@contextmanager
def ours() -> Iterator[None]:
    """Let only our errors out of the block; SQLite's is the cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error) from error
