import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text

from missionkit.errors import (
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.sql.preparing import refuse_encoding
from missionkit.stores.sql.rows import Rows
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import METADATA, VERSION, tables_in
from missionkit.testing.stores.making import commits

S = "harbour"
# Written a second time: a host's migrations make them.
TABLES = {
    "missionkit_streams": ["stream", "count"],
    "missionkit_commits": ["stream", "sequence", "id", "header", "payloads"],
    "missionkit_snapshots": ["stream", "sequence", "head", "data"],
    "missionkit_store": ["version"],
}


@pytest.fixture
def engine(quick_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{quick_path / 'host.db'}")
    yield made
    made.dispose()


def test_the_tables_are_these(engine: Engine) -> None:
    SqlStore(engine)
    there = inspect(engine)
    found = {
        name: [column["name"] for column in there.get_columns(name)]
        for name in there.get_table_names()
    }

    assert {name: found[name] for name in TABLES} == TABLES
    assert set(TABLES) <= set(METADATA.tables)


def test_a_host_makes_them_with_its_own(engine: Engine) -> None:
    own = MetaData()
    for metadata in (own, METADATA):
        metadata.create_all(engine)
    store = SqlStore(engine, create=False)

    assert store.append(S, commits(S), expected=0) == 1


def test_they_can_be_in_a_schema_of_their_own(quick_path: Path) -> None:
    assert sorted(tables_in("plans").metadata.tables) == sorted(
        f"plans.{name}" for name in METADATA.tables
    )
    engine = create_engine(f"sqlite:///{quick_path / 'host.db'}")
    with engine.connect() as connection:
        attached = quick_path / "plans.db"
        connection.execute(text(f"ATTACH '{attached}' AS plans"))
        connection.commit()
        SqlStore(connection, schema="plans").append(S, commits(S), expected=0)
        connection.commit()
        names = inspect(connection).get_table_names("plans")
    engine.dispose()

    assert set(TABLES) <= set(names)


@pytest.mark.parametrize("missing", METADATA.sorted_tables, ids=str)
def test_without_create_a_table_that_is_missing_is_named(
    engine: Engine, missing: object
) -> None:
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {missing}"))
    with pytest.raises(StoreUnavailableError, match=f"{missing}: .*create=True"):
        SqlStore(engine, create=False)
    with engine.connect() as connection:
        assert not inspect(connection).has_table(str(missing))
    SqlStore(engine)

    assert SqlStore(engine, create=False).streams() == ()


@pytest.mark.parametrize("version", [VERSION + 1, 0, -1, 2**31 - 1])
def test_another_version_is_refused(engine: Engine, version: int) -> None:
    SqlStore(engine)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE missionkit_store SET version = :version"), {"version": version}
        )
    for create, read_only in ((True, False), (False, False), (True, True)):
        with pytest.raises(StoreVersionError, match=f"has version {version},"):
            SqlStore(engine, create=create, read_only=read_only)


def test_the_version_is_one() -> None:
    assert VERSION == 1


def test_a_database_that_is_not_proved_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.dialect, "name", "oracle")
    with pytest.raises(StoreUnavailableError, match="does not know oracle through pys"):
        SqlStore(engine)


def test_an_engine_that_awaits_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.dialect, "is_async", True)
    with pytest.raises(StoreUnavailableError, match="use PostgreSQL through psycopg"):
        SqlStore(engine)


def test_a_database_of_another_encoding_is_refused() -> None:
    refuse_encoding("UTF8")
    with pytest.raises(StoreUnavailableError, match="keeps text as SQL_ASCII"):
        refuse_encoding("SQL_ASCII")


class CommitsByItself(sqlite3.Connection):
    """As Python's connections can be from 3.12 on."""

    autocommit = True


def test_a_connection_that_never_takes_back_is_refused(quick_path: Path) -> None:
    engine = create_engine(
        f"sqlite:///{quick_path / 'x.db'}", connect_args={"factory": CommitsByItself}
    )
    with pytest.raises(StoreUnavailableError, match="leave autocommit=True out"):
        SqlStore(engine)
    engine.dispose()


def test_a_count_that_no_row_has_is_none(engine: Engine) -> None:
    SqlStore(engine)
    with engine.connect() as connection:
        rows = Rows(connection, tables_in())

        assert rows.count("nowhere") == 0
        assert rows.snapshot("nowhere") is None


def test_an_error_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(StoreError, match="your migrations make METADATA of"):
        SqlStore(engine, create=False)
