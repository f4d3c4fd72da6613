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
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        StoreUnavailableError,
        "a program broke off while it wrote: open the store once to write",
    ),
    # The statements are fixed, so it is the tables that are wrong.
    sqlite3.SQLITE_ERROR: (CorruptStoreError, "the tables are not those of a store"),
    sqlite3.SQLITE_BUSY: (StoreBusyError, "others hold the store: try again"),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, "others hold the store: try again"),
    sqlite3.SQLITE_FULL: (StoreFullError, "no room is left where the store is"),
    sqlite3.SQLITE_TOOBIG: (StoreError, "a commit is larger than SQLite can hold"),
    sqlite3.SQLITE_CANTOPEN: (StoreUnavailableError, "the store cannot be opened"),
    sqlite3.SQLITE_AUTH: (StoreUnavailableError, "the store may not be opened"),
    sqlite3.SQLITE_PERM: (StoreUnavailableError, "the store may not be opened"),
    sqlite3.SQLITE_READONLY: (StoreUnavailableError, "the store can only be read"),
    sqlite3.SQLITE_IOERR: (StoreUnavailableError, "the disk of the store failed"),
    sqlite3.SQLITE_CORRUPT: (CorruptStoreError, "the file of the store is damaged"),
    sqlite3.SQLITE_NOTADB: (CorruptStoreError, "the file is no SQLite database"),
}
_PRIMARY: Final = 0xFF
_NO_TEXT: Final = "Could not decode"
"""How Python begins the error for text that is not UTF-8, which has no code."""


def translated(error: sqlite3.Error) -> StoreError:
    """Return our error for one of SQLite; nothing was written."""
    whole = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    unknown = (StoreError, "the store failed")
    kind, said = _KINDS.get(whole) or _KINDS.get(_code(error), unknown)
    return kind(f"{said} ({error})")


def disk_failed(error: BaseException | None) -> bool:
    """Return whether the disk did not do what it was asked to."""
    return isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_IOERR


@contextmanager
def ours() -> Iterator[None]:
    """Let only our errors out of the block; SQLite's or the system's is the cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error) from error
    except UnicodeEncodeError as error:
        raise StoreError("the name of a stream is no text") from error
    except UnicodeDecodeError as error:
        # Where SQLite itself shows damaged text in what it complains of.
        raise CorruptStoreError("the file of the store is damaged") from error
    except OSError as error:
        # Where we ask the system ourselves what is there.
        raise StoreUnavailableError(
            f"the disk of the store failed ({error})"
        ) from error


def _code(error: sqlite3.Error) -> int:
    if str(error).startswith(_NO_TEXT):
        return sqlite3.SQLITE_CORRUPT
    found = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return int(found) & _PRIMARY
