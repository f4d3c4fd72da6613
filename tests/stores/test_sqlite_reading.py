"""A store that is only read keeps every byte of its file, and no file is added."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import (
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.opening import opened
from missionkit.stores.sqlite.reading import Reading, refuse_unready
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

NEW = commits("harbour", 3)


def made(folder: Path, *, log: bool) -> Path:
    """Return a store of two commits, which keeps a log or not."""
    path = folder / "a b?#.db"
    with closing(SqliteStore(path)) as store:
        store.append("harbour", NEW[:2], expected=0)
    if log:
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA journal_mode = wal").fetchone() == ("wal",)
    return path


def files(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def mode_of(path: Path) -> str:
    """Return the journal mode that is written in a file."""
    return {b"\1\1": "delete", b"\2\2": "wal"}[path.read_bytes()[18:20]]


def all_of(store: SqliteStore) -> list[Commit]:
    return list(store.read("harbour"))


@pytest.mark.parametrize("log", [False, True], ids=["a journal", "a log"])
def test_reading_changes_no_byte_and_makes_no_file(
    tmp_path: Path, *, log: bool
) -> None:
    path = made(tmp_path, log=log)
    before = files(path)
    with closing(SqliteStore(path, read_only=True)) as store:
        assert all_of(store) == list(NEW[:2])
        assert store.streams() == ("harbour",)
        assert store.snapshot("harbour") is None
        assert files(path) == before

    assert files(path) == before
    assert mode_of(path) == ("wal" if log else "delete")


@pytest.mark.parametrize("log", [False, True], ids=["a journal", "a log"])
def test_what_is_only_read_cannot_be_written_to(tmp_path: Path, *, log: bool) -> None:
    path = made(tmp_path, log=log)
    before = files(path)
    with (
        closing(SqliteStore(path, read_only=True)) as store,
        pytest.raises(StoreUnavailableError, match="the store can only be read"),
    ):
        store.append("harbour", NEW[2:], expected=2)

    assert files(path) == before


def test_one_that_is_opened_to_write_is_a_twin_that_changes_it(tmp_path: Path) -> None:
    path = made(tmp_path, log=True)
    with closing(SqliteStore(path)) as store:
        assert all_of(store) == list(NEW[:2])

    assert mode_of(path) == "delete"


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="modes mean other things here")
@pytest.mark.parametrize("log", [False, True], ids=["a journal", "a log"])
def test_one_that_may_not_be_written_is_read(*, log: bool) -> None:
    code = """
import os, sys
from missionkit.stores.sqlite.store import SqliteStore
if os.geteuid() == 0:
    os.seteuid(65534)  # for root modes do not count
try:
    open(sys.argv[1], "ab")
except PermissionError:
    print("shut")
with_it = SqliteStore(sys.argv[1], read_only=True)
print(len(list(with_it.read("harbour"))))
with_it.close()
"""
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), log=log)
        before = files(path)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        asked = [sys.executable, "-c", code, str(path)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.stdout == "shut\n2\n", done.stderr
        assert files(path) == before
        path.chmod(0o644)
        Path(folder).chmod(0o755)


def test_a_log_that_somebody_writes_to_is_read_as_well(tmp_path: Path) -> None:
    path = made(tmp_path, log=True)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DELETE FROM commits WHERE sequence = 2")
        other.commit()
        before = path.read_bytes()
        with closing(SqliteStore(path, read_only=True)) as store:
            assert all_of(store) == list(NEW[:1])
            other.execute("DELETE FROM commits")
            other.commit()
            assert all_of(store) == []
        assert path.read_bytes() == before


def goes_on(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DELETE FROM commits WHERE sequence = 2")
        other.commit()


def begins(path: Path) -> None:
    Path(f"{path}-wal").touch()


def takes_away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("act", [goes_on, begins, takes_away])
def test_who_writes_while_a_file_at_rest_is_read_is_told(
    tmp_path: Path, act: Callable[[Path], None]
) -> None:
    path = made(tmp_path, log=True)
    with closing(SqliteStore(path, read_only=True)) as store:
        assert len(all_of(store)) == 2
        act(path)
        with pytest.raises(StoreBusyError, match="try again"):
            store.streams()
        with pytest.raises(StoreBusyError, match="try again"):
            all_of(store)


def test_what_a_program_broke_off_is_left_as_it_is_and_told(tmp_path: Path) -> None:
    path = made(tmp_path, log=False)
    code = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("DELETE FROM commits")
rows = [(f"s{n}", 1, str(n), b"x" * 999, b"") for n in range(99)]
db.executemany("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", rows)
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    before = files(path)
    assert len(before) == 2
    with pytest.raises(StoreUnavailableError, match="broke off while it wrote"):
        SqliteStore(path, read_only=True)
    assert files(path) == before

    with closing(SqliteStore(path)) as store:
        assert all_of(store) == list(NEW[:2])
    with closing(SqliteStore(path, read_only=True)) as store:
        assert all_of(store) == list(NEW[:2])


@pytest.mark.parametrize("blank", [b"", None], ids=["no byte", "a database"])
def test_where_no_store_was_made_none_is_made(
    tmp_path: Path, blank: bytes | None
) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(StoreError, match="there is no store"):
        SqliteStore(path, read_only=True)
    path.write_bytes(blank or b"")
    if blank is None:
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version = 1")
            db.execute("PRAGMA user_version = 0")
    before = files(path)
    with pytest.raises(StoreUnavailableError, match="no store was ever made"):
        opened(path, read_only=True)

    assert files(path) == before


def test_an_older_store_is_told_to_be_brought_up_to_date(tmp_path: Path) -> None:
    path = made(tmp_path, log=False)
    with closing(sqlite3.connect(path)) as db:
        with pytest.raises(StoreVersionError, match="open it to write once"):
            refuse_unready(db, path, newest=2)
        refuse_unready(db, path)


def test_a_file_that_is_closed_to_us_is_left_to_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, log=False)

    def shut(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", shut)
    with closing(Reading(path).opened(1)) as db:
        assert db.execute("SELECT count(*) FROM commits").fetchone() == (2,)
