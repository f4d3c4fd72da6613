import math
import sqlite3
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from missionkit.errors import (
    MissingExtraError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.opening import opened
from missionkit.stores.sql.engine import engine_at
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import held

S = "harbour"


def test_a_url_is_a_place(quick_path: Path) -> None:
    with closing(opened(f"sqlite:///{quick_path / 'new.db'}")) as store:
        assert isinstance(store, SqlStore)
        assert store.append(S, commits(S), expected=0) == 1


def test_a_place_that_is_only_read_is_not_written_to(quick_path: Path) -> None:
    path = quick_path / "a place #1.db"
    with closing(SqlStore.at(f"sqlite:///{path}")) as store:
        store.append(S, commits(S), expected=0)
    before = path.read_bytes()
    with closing(opened(f"sqlite:///{path}", read_only=True)) as store:
        assert held(store, S) == list(commits(S))
        with pytest.raises(StoreUnavailableError, match="opened to be read"):
            store.append(S, commits(S), expected=0)

    assert path.read_bytes() == before
    assert list(quick_path.iterdir()) == [path]


def test_a_place_that_is_only_read_is_not_made(quick_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="there is no store"):
        SqlStore.at(f"sqlite:///{quick_path / 'none.db'}", read_only=True)

    assert list(quick_path.iterdir()) == []


def test_a_file_of_ours_is_flushed_with_its_folder(quick_path: Path) -> None:
    engine = engine_at(f"sqlite:///{quick_path / 'x.db'}", wait=7, read_only=False)
    with engine.connect() as connection:
        asked = ("synchronous", "secure_delete", "cell_size_check", "trusted_schema")
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in asked]
        waits = connection.scalar(text("PRAGMA busy_timeout"))
    engine.dispose()

    assert found == [3, 1, 1, 0]
    assert waits == 7000


@pytest.mark.parametrize("wait", [0, 0.0001, math.inf])
def test_who_waits_not_at_all_or_for_ever_can_write(
    quick_path: Path, wait: float
) -> None:
    with closing(SqlStore.at(f"sqlite:///{quick_path / 'x.db'}", wait=wait)) as store:
        assert store.append(S, commits(S), expected=0) == 1


def test_closing_a_store_that_made_its_engine_ends_its_connections(
    quick_path: Path,
) -> None:
    store = SqlStore.at(f"sqlite:///{quick_path / 'x.db'}")
    engine = store._engine
    assert engine is not None
    pool = engine.pool
    store.close()

    assert engine.pool is not pool


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "another one for each connection"),
        ("sqlite:///:memory:", "another one for each connection"),
        ("sqlite:///file:x?mode=memory&uri=true", "another one for each connection"),
        ("sqlite:////none/such/x.db", "cannot be opened"),
        ("sqlite:///x.db?timeout=canary", "nothing here knows"),
        ("sqlite+none:///x.db", "nothing here knows a database by sqlite.none"),
        ("nothing://u:canary@host/db", "nothing here knows a database by nothing"),
        ("mysql://u:canary@host/db", "the driver of mysql is not installed"),
        ("postgresql://u:canary@host:port/db", "cannot be read"),
        ("postgresql://u:canary@canary@host/db", "a password as %40"),
        ("sqlite:///a\0b", "a NUL"),
        ("://", "cannot be read"),
    ],
)
def test_what_is_no_place_of_a_store_is_refused_without_its_password(
    url: str, said: str
) -> None:
    with pytest.raises(StoreUnavailableError, match=said) as caught:
        SqlStore.at(url)

    assert "canary" not in str(caught.value)
    assert "canary" not in str(traceback.format_exception_only(caught.value))
    assert caught.value.__cause__ is None or "canary" not in str(caught.value.__cause__)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_without_a_driver_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError) as caught:
        SqlStore.at(f"{scheme}://host/db")

    assert caught.value.extra == "postgres"


def test_a_file_of_the_other_store_is_refused(quick_path: Path) -> None:
    path = quick_path / "x.db"
    SqliteStore(path).close()
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match="opened by its path alone"):
        SqlStore.at(f"sqlite:///{path}")

    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(quick_path: Path) -> None:
    path = quick_path / "x.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="no SQLite database"):
        SqlStore.at(f"sqlite:///{path}")


def test_a_host_keeps_its_own_tables_in_the_same_file(quick_path: Path) -> None:
    path = quick_path / "x.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE notes (words TEXT)")
    with closing(SqlStore.at(f"sqlite:///{path}")) as store:
        store.append(S, commits(S), expected=0)
    with closing(sqlite3.connect(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master")]

    assert "notes" in names
    assert "missionkit_commits" in names
