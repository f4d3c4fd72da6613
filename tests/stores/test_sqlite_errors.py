import errno
import pickle
import sqlite3

import pytest

from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from missionkit.stores.sqlite.errors import disk_failed, ours, translated

# Written a second time, from the meaning of SQLite's codes.
MEANING = {
    sqlite3.SQLITE_ERROR: CorruptStoreError,
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_BUSY_SNAPSHOT: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_TOOBIG: StoreError,
    sqlite3.SQLITE_CANTOPEN: StoreUnavailableError,
    sqlite3.SQLITE_AUTH: StoreUnavailableError,
    sqlite3.SQLITE_PERM: StoreUnavailableError,
    sqlite3.SQLITE_READONLY: StoreUnavailableError,
    sqlite3.SQLITE_READONLY_DIRECTORY: StoreUnavailableError,
    sqlite3.SQLITE_IOERR: StoreUnavailableError,
    sqlite3.SQLITE_IOERR_FSYNC: StoreUnavailableError,
    sqlite3.SQLITE_CORRUPT: CorruptStoreError,
    sqlite3.SQLITE_NOTADB: CorruptStoreError,
    sqlite3.SQLITE_INTERRUPT: StoreError,
    sqlite3.SQLITE_MISUSE: StoreError,
}


def failure(code: int, said: str = "words") -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(said)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(("code", "kind"), MEANING.items())
def test_each_code_has_a_meaning(code: int, kind: type[StoreError]) -> None:
    found = translated(failure(code))

    assert type(found) is kind
    assert found.committed is False
    assert "(words)" in found.what
    assert str(pickle.loads(pickle.dumps(found))) == str(found)  # noqa: S301 - just made


def test_text_that_is_no_text_is_damage() -> None:
    error = sqlite3.OperationalError("Could not decode to UTF-8 column 'stream'")

    assert isinstance(translated(error), CorruptStoreError)


def test_an_error_without_a_code_is_one_of_the_store() -> None:
    assert type(translated(sqlite3.ProgrammingError("closed"))) is StoreError


@pytest.mark.parametrize(
    ("error", "failed"),
    [
        (failure(sqlite3.SQLITE_IOERR_WRITE), True),
        (failure(sqlite3.SQLITE_FULL), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_a_disk_that_failed_is_told_from_one_that_is_full(
    error: BaseException | None, *, failed: bool
) -> None:
    assert disk_failed(error) is failed


def test_a_foreign_error_is_only_the_cause() -> None:
    with pytest.raises(StoreFullError) as caught, ours():
        raise failure(sqlite3.SQLITE_FULL)

    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_an_error_of_the_system_is_only_the_cause() -> None:
    with pytest.raises(StoreUnavailableError, match="disk of") as caught, ours():
        raise OSError(errno.EIO, "Input/output error")

    assert isinstance(caught.value.__cause__, OSError)


def test_damaged_text_in_the_words_of_sqlite_is_damage() -> None:
    with pytest.raises(CorruptStoreError, match="damaged"), ours():
        b"\xff".decode()
