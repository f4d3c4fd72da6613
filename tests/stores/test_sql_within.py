"""A store on the caller's connection works in the caller's transaction."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from missionkit.errors import (
    ConflictError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposed
from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores.appending import AppendCases, RetryCases
from missionkit.testing.stores.bytes_kept import ByteCases
from missionkit.testing.stores.disposing import DisposalCases, DisposalOfSnapshotsCases
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import MakeStore, held
from missionkit.testing.stores.reading import NameCases, ReadCases
from missionkit.testing.stores.snapshotting import SnapshotCases

S = "harbour"
NOTES = text("SELECT words FROM notes ORDER BY words")


def plain(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def begins_itself(path: Path) -> Engine:
    """Return an engine as SQLAlchemy's own pages advise for SQLite."""
    engine = plain(path)

    @event.listens_for(engine, "connect")
    def _(db: sqlite3.Connection, _record: object) -> None:
        db.isolation_level = None

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


@pytest.fixture(params=[plain, begins_itself])
def engine(request: pytest.FixtureRequest, quick_path: Path) -> Iterator[Engine]:
    made: Engine = request.param(quick_path / "host.db")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE notes (words TEXT)"))
    SqlStore(made)
    yield made
    made.dispose()


def note(connection: Connection, words: str) -> None:
    connection.execute(text("INSERT INTO notes VALUES (:words)"), {"words": words})


def notes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(NOTES))


class TestTheContractInOneTransaction(
    AppendCases,
    RetryCases,
    ReadCases,
    NameCases,
    ByteCases,
    SnapshotCases,
    DisposalCases,
    DisposalOfSnapshotsCases,
):
    @pytest.fixture
    def make_store(self, engine: Engine) -> Iterator[MakeStore]:
        with engine.connect() as connection:
            yield lambda: SqlStore(connection)
            connection.rollback()
        assert SqlStore(engine).streams() == ()


def test_what_the_caller_commits_is_kept_with_all_else(engine: Engine) -> None:
    with engine.connect() as connection:
        note(connection, "before")
        SqlStore(connection).append(S, commits(S), expected=0)
        note(connection, "after")
        connection.commit()

    assert held(SqlStore(engine), S) == list(commits(S))
    assert notes(engine) == ["after", "before"]


@pytest.mark.parametrize("first", ["the store", "the host"])
def test_what_the_caller_rolls_back_is_gone_with_all_else(
    engine: Engine, first: str
) -> None:
    with engine.connect() as connection:
        if first == "the host":
            note(connection, "mine")
        SqlStore(connection).append(S, commits(S), expected=0)
        note(connection, "more")
        connection.rollback()

    assert SqlStore(engine).streams() == ()
    assert notes(engine) == []


def test_nothing_is_seen_before_the_caller_commits(engine: Engine) -> None:
    with engine.connect() as connection:
        store = SqlStore(connection)
        store.append(S, commits(S), expected=0)

        assert held(store, S) == list(commits(S))
        assert SqlStore(engine).streams() == ()


def test_a_refusal_leaves_the_transaction_as_it_was(engine: Engine) -> None:
    with engine.connect() as connection:
        store = SqlStore(connection)
        note(connection, "before")
        store.append(S, commits(S), expected=0)
        with pytest.raises(ConflictError):
            store.append(S, commits(S, by="eve"), expected=0)
        with pytest.raises(LookupError):
            store.dispose(
                S,
                [Disposed(sequence=1, put=0), Disposed(sequence=1, put=9)],
                *commits(S, after=commits(S), data=()),
                expected=1,
                snapshot=None,
            )
        note(connection, "then")
        connection.commit()

    assert held(SqlStore(engine), S) == list(commits(S))
    assert notes(engine) == ["before", "then"]


def test_a_savepoint_of_the_caller_goes_with_what_the_store_did_in_it(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        store = SqlStore(connection)
        store.append(S, commits(S), expected=0)
        inner = connection.begin_nested()
        store.append(S, commits(S, 2)[1:], expected=1)
        inner.rollback()
        connection.commit()

    assert held(SqlStore(engine), S) == list(commits(S))


def test_who_holds_the_database_makes_it_busy(engine: Engine) -> None:
    with engine.connect() as mine, engine.connect() as theirs:
        theirs.execute(text("PRAGMA busy_timeout = 50"))
        theirs.rollback()
        SqlStore(mine).append(S, commits(S), expected=0)
        with pytest.raises(StoreBusyError):
            SqlStore(theirs).append(S, commits(S), expected=0)
        theirs.rollback()
        mine.commit()

        assert SqlStore(theirs).append(S, commits(S), expected=0) == 1


def test_closing_leaves_the_connection_open(engine: Engine) -> None:
    with engine.connect() as connection:
        store = SqlStore(connection)
        store.close()

        assert connection.scalar(text("SELECT 1")) == 1
        with pytest.raises(StoreUnavailableError, match="closed"):
            store.streams()


def test_a_connection_that_is_closed_is_told(engine: Engine) -> None:
    with engine.connect() as connection:
        store = SqlStore(connection)
    for use in (store.streams, lambda: store.append(S, commits(S), expected=0)):
        with pytest.raises(StoreUnavailableError, match="the connection is closed"):
            use()


def test_the_tables_are_made_in_the_transaction_of_the_caller(
    quick_path: Path,
) -> None:
    engine = create_engine(f"sqlite:///{quick_path / 'new.db'}")
    with engine.connect() as connection:
        SqlStore(connection).append(S, commits(S), expected=0)
        connection.rollback()
        with pytest.raises(StoreError, match="has no table missionkit_"):
            SqlStore(connection, create=False)
        connection.rollback()
        SqlStore(connection).append(S, commits(S), expected=0)
        connection.commit()

    assert SqlStore(engine, create=False).streams() == (S,)
    engine.dispose()


def test_the_connection_of_a_session_will_do(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(text("INSERT INTO notes VALUES ('of the session')"))
        SqlStore(session.connection()).append(S, commits(S), expected=0)
        session.commit()

    assert SqlStore(engine).streams() == (S,)
    assert notes(engine) == ["of the session"]
