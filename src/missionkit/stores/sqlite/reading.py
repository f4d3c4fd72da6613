"""A store's file is read, and nothing is written: not to it, and to no file beside it.

SQLite makes two files beside one that keeps a log, also for who only reads, and leaves
them there. Where there is no log nobody has the file open, and it is read as one that
cannot change. Should somebody write to it meanwhile, that is told: what was read then
may be half of the old and half of the new.
"""

import os
import sqlite3
from pathlib import Path
from typing import Final

from missionkit.errors import (
    StoreBusyError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.markup import shown
from missionkit.stores.sqlite.schema import STEPS, refuse_foreign

_LOG_MARK: Final = 2
_LOG_MARK_AT: Final = 18


class Reading:
    """How a file is opened to read it, and whether it is still as it was then."""

    def __init__(self, path: Path) -> None:
        """Look at the file; raise `StoreUnavailableError` where none is."""
        self._path = path
        if not path.is_file():
            raise StoreUnavailableError(f"there is no store {shown(str(path))}")
        at_first = self._state()
        # Looked at in this order: who writes after it makes another state.
        self._at_rest = None if self._may_change() else at_first

    def opened(self, wait: float) -> sqlite3.Connection:
        """Return a connection that cannot write.

        Raises:
            StoreUnavailableError: no store was ever made in the file.
            StoreVersionError: it is of another version, or another program's.
        """
        how = "mode=ro" if self._at_rest is None else "mode=ro&immutable=1"
        db = sqlite3.connect(
            f"{self._path.as_uri()}?{how}",
            timeout=wait,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        try:
            refuse_unready(db, self._path)
        except BaseException:
            db.close()
            raise
        return db

    def refuse_changed(self) -> None:
        """Raise `StoreBusyError` where somebody wrote since the file was looked at."""
        if self._at_rest is None:  # SQLite itself keeps readers and writers apart
            return
        if self._has_log() or self._state() != self._at_rest:
            raise StoreBusyError("others wrote to the store meanwhile: try again")

    def _may_change(self) -> bool:
        try:
            with self._path.open("rb") as file:
                mark = file.read(_LOG_MARK_AT + 1)[_LOG_MARK_AT:]
        except OSError:  # SQLite will say what is wrong
            return True
        return mark != bytes([_LOG_MARK]) or self._has_log()

    def _has_log(self) -> bool:
        return Path(f"{os.fspath(self._path)}-wal").exists()

    def _state(self) -> tuple[int, ...]:
        try:
            found = self._path.stat()
        except OSError:  # it is gone
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino


def refuse_unready(
    db: sqlite3.Connection, path: Path, newest: int = len(STEPS)
) -> None:
    """Raise `StoreError` for a file that has to be written to before it can be read."""
    version = refuse_foreign(db, newest)
    if not version:
        said = f"{shown(str(path))} is empty, and no store was ever made in it"
        raise StoreUnavailableError(said)
    if version < newest:
        raise StoreVersionError(
            f"the store has version {version}: open it to write once, which brings it"
            f" to version {newest}"
        )
