import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, Engine, NullPool, StaticPool, create_engine, text
from sqlalchemy.pool import PoolProxiedConnection

from missionkit.errors import (
    CommitUnknownError,
    CorruptStoreError,
    MissingExtraError,
    NotFoundError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposal, Disposed, Snapshot, Snapshots
from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import held

S = "harbour"


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "host.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.05})
    yield made
    made.dispose()


def end_of_commit(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    *acts: Callable[[sqlite3.Connection], None],
) -> None:
    """Let the next commits end in their own ways, and then as ever."""
    left = list(acts)
    usual = engine.dialect.do_commit

    def commit(connection: PoolProxiedConnection) -> None:
        if left:
            left.pop(0)(cast("sqlite3.Connection", connection.dbapi_connection))
        else:
            usual(connection)

    monkeypatch.setattr(engine.dialect, "do_commit", commit)


def failure(code: int = sqlite3.SQLITE_IOERR) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


def loses_the_answer(db: sqlite3.Connection) -> None:
    db.commit()
    raise failure()


def fails(db: sqlite3.Connection) -> None:
    db.rollback()
    raise failure()


def is_full(db: sqlite3.Connection) -> None:
    db.rollback()
    raise failure(sqlite3.SQLITE_FULL)


def is_busy(db: sqlite3.Connection) -> None:
    db.rollback()
    raise failure(sqlite3.SQLITE_BUSY)


def test_a_store_on_an_engine_can_do_all_that_stores_can(engine: Engine) -> None:
    store = SqlStore(engine)

    assert isinstance(store, Snapshots)
    assert isinstance(store, Disposal)


def test_a_lost_answer_is_looked_up_and_given(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, loses_the_answer)

    assert store.append(S, commits(S, 2), expected=0) == 2
    assert held(store, S) == list(commits(S, 2))


def test_what_was_not_committed_is_told_as_such(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, fails)
    with pytest.raises(StoreUnavailableError, match="the disk") as caught:
        store.append(S, commits(S, 2), expected=0)

    assert caught.value.committed is False
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
    assert store.streams() == ()
    assert store.append(S, commits(S, 2), expected=0) == 2


def test_a_full_disk_is_told_as_such(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, is_full)
    with pytest.raises(StoreFullError):
        store.append(S, commits(S), expected=0)

    assert store.append(S, commits(S), expected=0) == 1


def test_a_commit_that_is_busy_is_tried_again_as_a_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, is_busy, is_busy, is_busy)

    assert store.append(S, commits(S), expected=0) == 1


@pytest.mark.parametrize("first", [loses_the_answer, fails])
def test_what_cannot_be_looked_up_is_unknown_and_can_be_sent_again(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    first: Callable[[sqlite3.Connection], None],
) -> None:
    store = SqlStore(engine, wait=0.05)
    end_of_commit(engine, monkeypatch, first, *[fails] * 50)
    with pytest.raises(CommitUnknownError) as caught:
        store.append(S, commits(S, 2), expected=0)
    monkeypatch.undo()

    assert caught.value.commit_id == commits(S)[0].facts.id
    assert store.append(S, commits(S, 2), expected=0) == 2
    assert held(store, S) == list(commits(S, 2))


def test_looking_goes_on_for_a_while(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, loses_the_answer, fails, is_busy)

    assert store.append(S, commits(S), expected=0) == 1


def test_damage_that_is_met_while_looking_is_no_reason_to_look_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine, wait=60)

    def damaged(db: sqlite3.Connection) -> None:
        db.rollback()
        raise failure(sqlite3.SQLITE_CORRUPT)

    end_of_commit(engine, monkeypatch, loses_the_answer, damaged)
    with pytest.raises(CommitUnknownError):
        store.append(S, commits(S), expected=0)


def test_a_snapshot_alone_whose_answer_is_lost_has_no_id_to_ask_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine, wait=0.05)
    (first,) = commits(S)
    store.append(S, [first], expected=0)
    made = Snapshot(sequence=1, head=first.hash, data=b"state")
    end_of_commit(engine, monkeypatch, loses_the_answer)
    with pytest.raises(StoreError) as caught:
        store.append_with_snapshot(S, (), expected=1, snapshot=made)

    assert caught.value.committed is None
    assert store.snapshot(S) == made


def test_a_holder_is_waited_for_and_then_named_busy(engine: Engine, path: Path) -> None:
    store = SqlStore(engine, wait=0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            store.append(S, commits(S), expected=0)
        assert store.streams() == ()


def test_all_connections_in_use_is_busy(path: Path) -> None:
    engine = create_engine(
        f"sqlite:///{path}", pool_size=1, max_overflow=0, pool_timeout=0.01
    )
    store = SqlStore(engine, wait=0.05)
    with engine.connect(), pytest.raises(StoreBusyError, match="are in use"):
        store.streams()
    engine.dispose()


@pytest.mark.parametrize("level", [None, "AUTOCOMMIT", "SERIALIZABLE"])
def test_a_write_is_one_step_whatever_the_engine_is_set_to(
    path: Path, level: str | None
) -> None:
    options = {} if level is None else {"isolation_level": level}
    engine = create_engine(f"sqlite:///{path}", **options)
    store = SqlStore(engine)
    new = commits(S)
    store.append(S, new, expected=0)
    what = [Disposed(sequence=1, put=0), Disposed(sequence=1, put=9)]
    with pytest.raises(NotFoundError):
        store.dispose(
            S, what, *commits(S, after=new, data=()), expected=1, snapshot=None
        )

    assert held(store, S) == list(new)
    engine.dispose()


@pytest.mark.parametrize("pool", [NullPool, StaticPool])
def test_any_pool_will_do(path: Path, pool: type) -> None:
    engine = create_engine(f"sqlite:///{path}", poolclass=pool)
    store = SqlStore(engine)
    store.append(S, commits(S, 3), expected=0)

    assert held(store, S) == list(commits(S, 3))
    engine.dispose()


def test_an_engine_in_memory_keeps_streams_as_long_as_it_lives() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SqlStore(engine).append(S, commits(S), expected=0)

    assert SqlStore(engine).streams() == (S,)
    engine.dispose()


def test_closing_leaves_the_engine_of_the_caller_open(engine: Engine) -> None:
    store = SqlStore(engine)
    with engine.connect() as connection:
        store.close()
        assert connection.scalar(text("SELECT 1")) == 1
    assert SqlStore(engine).streams() == ()


def test_reading_that_goes_on_after_closing_is_told(engine: Engine) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    reading = store.read(S)
    store.close()
    with pytest.raises(StoreUnavailableError, match="the store is closed"):
        next(reading)


@pytest.mark.parametrize(
    ("name", "said"), [("a\0b", "has a NUL"), ("\ud800", "is no text")]
)
def test_a_name_that_is_no_text_everywhere_is_refused(
    engine: Engine, name: str, said: str
) -> None:
    store = SqlStore(engine)
    for use in (
        lambda: store.append(name, (), expected=0),
        lambda: store.read(name),
        lambda: store.snapshot(name),
        lambda: store.streams(name),
    ):
        with pytest.raises(StoreError, match=f"the name of a stream {said}"):
            use()


def test_an_id_with_a_nul_is_refused(engine: Engine) -> None:
    with pytest.raises(StoreError, match="the id of a commit has a NUL"):
        SqlStore(engine).append(S, commits(S, by="a\0b"), expected=0)


def test_who_opens_to_read_writes_nothing(engine: Engine, path: Path) -> None:
    SqlStore(engine).append(S, commits(S), expected=0)
    before = path.read_bytes()
    store = SqlStore(engine, read_only=True)

    assert held(store, S) == list(commits(S))
    with pytest.raises(StoreUnavailableError, match="opened to be read"):
        store.append(S, commits(S), expected=0)
    assert path.read_bytes() == before


def test_large_commits_are_read_a_few_at_a_time(engine: Engine) -> None:
    store = SqlStore(engine)
    new = commits(S, 9, data=[b"x" * 1_500_000])
    store.append(S, new, expected=0)
    pages: list[int] = []
    usual = store._page

    def page(stream: str, after: int, last: int) -> list[tuple[int, bytes, bytes]]:
        found = usual(stream, after, last)
        pages.append(len(found))
        return found

    store._page = page  # type: ignore[method-assign]

    assert held(store, S) == list(new)
    assert pages == [3, 3, 3]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE missionkit_commits SET header = 'text'", "a value"),
        ("UPDATE missionkit_commits SET payloads = 7", "a value"),
        ("UPDATE missionkit_commits SET payloads = x'ff'", "commit 1 of harbour"),
        ("UPDATE missionkit_streams SET count = 'many'", "a value"),
        ("DROP TABLE missionkit_commits", "no such table"),
    ],
)
def test_damage_is_told_and_nothing_is_made_of_it(
    engine: Engine, damage: str, said: str
) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    change(engine, damage)
    with pytest.raises(CorruptStoreError, match=said):
        held(store, S)


def test_rows_that_are_gone_are_missed_when_they_are_read(engine: Engine) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S, 3), expected=0)
    change(engine, "DELETE FROM missionkit_commits WHERE sequence > 1")

    assert list(store.read(S, upto=1)) == list(commits(S))
    with pytest.raises(CorruptStoreError, match="commit 2 of harbour is missing"):
        held(store, S)


def test_what_is_rolled_back_meanwhile_was_never_there(engine: Engine) -> None:
    SqlStore(engine).append(S, commits(S), expected=0)
    with engine.connect() as connection:
        store = SqlStore(connection)
        connection.commit()
        store.append(S, commits(S, 2, after=commits(S)), expected=1)
        reading = store.read(S, after=1)
        connection.rollback()

        assert list(reading) == []


def test_a_count_that_is_wrong_takes_nothing_in_silence(engine: Engine) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S, 3), expected=0)
    change(engine, "UPDATE missionkit_streams SET count = 1")
    with pytest.raises(StoreError) as caught:
        store.append(S, commits(S, after=commits(S), by="eve"), expected=1)

    assert caught.value.committed is False


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_threads_that_share_an_engine_lose_nothing(path: Path) -> None:
    with closing(SqlStore.at(f"sqlite:///{path}")) as store:
        names = [f"stream-{number}" for number in range(12)]
        with ThreadPoolExecutor(12) as pool:
            counts = pool.map(
                lambda name: store.append(name, commits(name, 2), expected=0), names
            )

        assert list(counts) == [2] * 12
        assert store.streams("stream-") == tuple(sorted(names))


def test_what_is_no_engine_is_refused() -> None:
    for wrong in ("sqlite://", None, sqlite3.connect):
        with pytest.raises(StoreUnavailableError, match="give an Engine or a Conn"):
            SqlStore(wrong)  # type: ignore[arg-type]


def test_a_connection_that_holds_nothing_back_is_used_as_it_is(engine: Engine) -> None:
    with engine.connect() as connection:
        assert isinstance(connection, Connection)
        assert SqlStore(connection).streams() == ()


NONE_INSTALLED = """
import sys
sys.modules["sqlalchemy"] = None
import missionkit as mk
for use in (
    lambda: mk.SqlStore(object()),
    lambda: mk.SqlStore.at("sqlite:///x.db"),
    lambda: mk.SqlStore.at("postgresql://host/db"),
    lambda: mk.Workspace("postgresql://host/db"),
):
    try:
        use()
    except mk.MissingExtraError as error:
        print(error.extra)
"""


def test_without_sqlalchemy_the_extra_is_named() -> None:
    output = subprocess.run(
        [sys.executable, "-c", NONE_INSTALLED],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert output.split() == ["sql", "sql", "postgres", "postgres"]


def test_the_error_for_a_missing_extra_is_an_import_error() -> None:
    assert issubclass(MissingExtraError, ImportError)


def test_sqlalchemy_is_imported_when_a_store_is_made_and_not_before() -> None:
    code = """
import sys
before = set(sys.modules)
import missionkit as mk, missionkit.stores.opening
mk.SqlStore
mk.Workspace(":memory:").close()
print("sqlalchemy" in set(sys.modules) - before)
"""
    output = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout

    assert output.strip() == "False"
