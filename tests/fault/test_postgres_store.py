"""What the SQL store does in PostgreSQL beyond the contract of all stores."""

import math
import os
import re
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import cast

import psycopg
import pytest
from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.pool import PoolProxiedConnection

from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    MissionKitError,
    NotFoundError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import METADATA, VERSION, tables_in
from missionkit.testing.stores.appending import AppendCases, RetryCases
from missionkit.testing.stores.disposing import DisposalCases, DisposalOfSnapshotsCases
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import MakeStore, held
from missionkit.testing.stores.reading import NameCases, ReadCases
from missionkit.testing.stores.snapshotting import SnapshotCases
from missionkit.workspace import Workspace
from tests.postgres import Cluster

S = "harbour"
LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "keep-plans-in-a-database.md"


def scalar(connection: Connection, statement: str) -> object:
    return connection.scalar(text(statement))


# ---- places --------------------------------------------------------------------------


def test_a_url_is_a_place_of_a_workspace(postgres: Cluster) -> None:
    url = postgres.url(path=postgres.new_schema())
    place = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with Workspace(place) as workspace:
        with workspace.edit(S, by="ann", why="we begin", create=True) as draft:
            draft.organization("Harbour Housing Trust")
        assert workspace.store.streams() == (S,)
    with Workspace(place) as again:
        assert len(again.history(S)) == 1


def test_a_schema_can_be_named(postgres: Cluster, engine: Engine) -> None:
    first, second = (SqlStore(engine, schema=postgres.new_schema()) for _ in range(2))
    first.append(S, commits(S), expected=0)

    assert first.streams() == (S,)
    assert second.streams() == ()


def test_a_schema_that_is_not_there_is_told(engine: Engine) -> None:
    with pytest.raises(StoreUnavailableError, match="there is no such schema"):
        SqlStore(engine, schema="nowhere")


def test_names_sort_by_code_point_whatever_the_database_sorts_by(
    engine: Engine,
) -> None:
    store = SqlStore(engine)
    names = ["a", "B", "ä", "Z", "a/b", "a-b", "ab", "\ue000", "\U0001f600", "\ud7ff"]
    for name in names:
        store.append(name, commits(name), expected=0)

    assert store.streams() == tuple(sorted(names))
    for prefix in ("a", "\ud7ff", "\U0010ffff", "Z"):
        found = tuple(sorted(name for name in names if name.startswith(prefix)))
        assert store.streams(prefix) == found


# ---- tables --------------------------------------------------------------------------


def test_a_database_without_tables_is_refused_where_none_are_to_be_made(
    engine: Engine,
) -> None:
    with pytest.raises(StoreUnavailableError, match="has no table missionkit_"):
        SqlStore(engine, create=False)


@pytest.mark.parametrize("create", [True, False])
def test_the_tables_of_migrations_are_taken(engine: Engine, *, create: bool) -> None:
    METADATA.create_all(engine)
    store = SqlStore(engine, create=create)

    assert store.append(S, commits(S), expected=0) == 1


def test_another_version_is_refused_and_nothing_is_written(engine: Engine) -> None:
    SqlStore(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE missionkit_store SET version = version + 1"))
    for create in (True, False):
        with pytest.raises(StoreVersionError, match=f"has version {VERSION + 1}"):
            SqlStore(engine, create=create)


def test_a_database_of_another_encoding_is_refused(postgres: Cluster) -> None:
    postgres.run(
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        " TEMPLATE template0"
    )
    with pytest.raises(StoreUnavailableError, match="keeps text as LATIN1"):
        SqlStore.at(place(postgres, database="latin"))


def test_a_store_that_is_made_by_many_at_once_is_one(postgres: Cluster) -> None:
    for _ in range(5):
        url = postgres.url(path=postgres.new_schema())

        def make(number: int, url: URL = url) -> int:
            engine = create_engine(url)
            store = SqlStore(engine)
            count = store.append(f"s-{number}", commits(f"s-{number}"), expected=0)
            engine.dispose()
            return count

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(make, range(8))) == [1] * 8


# ---- within the caller's transaction -------------------------------------------------


@pytest.fixture(params=LEVELS)
def connection(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Connection]:
    SqlStore(engine)
    levelled = engine.execution_options(isolation_level=request.param)
    with levelled.connect() as opened:
        yield opened


@pytest.fixture(scope="module")
def left_empty(postgres: Cluster) -> Iterator[Engine]:
    """Give one engine to all cases, as none of them commits."""
    made = create_engine(postgres.url(path=postgres.new_schema()))
    SqlStore(made)
    yield made
    assert SqlStore(made).streams() == ()
    made.dispose()


class TestTheContractInOneTransaction(
    AppendCases,
    RetryCases,
    ReadCases,
    NameCases,
    SnapshotCases,
    DisposalCases,
    DisposalOfSnapshotsCases,
):
    @pytest.fixture
    def make_store(self, left_empty: Engine) -> Iterator[MakeStore]:
        with left_empty.connect() as opened:
            yield lambda: SqlStore(opened)
            opened.rollback()


def test_what_the_caller_ends_ends_for_the_store(
    connection: Connection, engine: Engine
) -> None:
    store = SqlStore(connection)
    store.append(S, commits(S), expected=0)
    connection.rollback()
    assert SqlStore(engine).streams() == ()
    store.append(S, commits(S), expected=0)
    assert SqlStore(engine).streams() == ()
    connection.commit()

    assert held(SqlStore(engine), S) == list(commits(S))


def test_a_refusal_leaves_the_transaction_usable(
    connection: Connection, engine: Engine
) -> None:
    store = SqlStore(connection)
    store.append(S, commits(S), expected=0)
    with pytest.raises(ConflictError):
        store.append(S, commits(S, by="eve"), expected=0)
    note = commits(S, after=commits(S), data=())[0]
    what = [Disposed(sequence=1, put=9)]
    with pytest.raises(NotFoundError):
        store.dispose(S, what, note, expected=1, snapshot=None)
    assert scalar(connection, "SELECT 1") == 1
    connection.commit()

    assert held(SqlStore(engine), S) == list(commits(S))


def test_what_the_transaction_goes_by_is_left_as_it_was(
    connection: Connection,
) -> None:
    connection.execute(text("SET LOCAL lock_timeout = '7s'"))
    SqlStore(connection, wait=3).append(S, commits(S), expected=0)

    assert scalar(connection, "SHOW lock_timeout") == "7s"


def test_others_wait_until_the_caller_ends(
    connection: Connection, engine: Engine
) -> None:
    SqlStore(connection).append(S, commits(S), expected=0)
    with pytest.raises(StoreBusyError, match="others hold the stream"):
        SqlStore(engine, wait=0.1).append(S, commits(S, by="eve"), expected=0)
    SqlStore(engine).append("another", commits("another"), expected=0)
    connection.commit()
    with pytest.raises(ConflictError):
        SqlStore(engine).append(S, commits(S, by="eve"), expected=0)


@pytest.mark.parametrize("level", LEVELS[1:])
def test_who_has_an_old_view_is_told_to_begin_anew(engine: Engine, level: str) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    new = commits(S, after=commits(S), by="eve")
    with engine.execution_options(isolation_level=level).connect() as old:
        assert held(SqlStore(old), S) == list(commits(S))
        store.append(S, commits(S, 2)[1:], expected=1)
        with pytest.raises(StoreBusyError, match="at the same time"):
            SqlStore(old).append(S, new, expected=1)
        old.rollback()
        with pytest.raises(ConflictError):
            SqlStore(old).append(S, new, expected=1)


@pytest.mark.parametrize("level", LEVELS[1:])
def test_who_has_an_old_view_begins_no_stream_twice(engine: Engine, level: str) -> None:
    store = SqlStore(engine)
    with engine.execution_options(isolation_level=level).connect() as old:
        assert SqlStore(old).streams() == ()
        store.append(S, commits(S), expected=0)
        with pytest.raises(StoreBusyError):
            SqlStore(old).append(S, commits(S, by="eve"), expected=0)


def test_who_waits_for_one_another_in_a_circle_is_told(engine: Engine) -> None:
    SqlStore(engine)
    failed: list[MissionKitError] = []
    with engine.connect() as one, engine.connect() as two:
        SqlStore(one).append("a", commits("a"), expected=0)
        SqlStore(two).append("b", commits("b"), expected=0)

        def add(connection: Connection, stream: str) -> None:
            try:
                SqlStore(connection).append(stream, commits(stream), expected=0)
            except (StoreBusyError, ConflictError) as error:
                failed.append(error)
            connection.rollback()

        other = Thread(target=add, args=(one, "b"))
        other.start()
        add(two, "a")
        other.join()

    assert len([e for e in failed if isinstance(e, StoreBusyError)]) == 1


def test_a_connection_that_commits_by_itself_is_refused(engine: Engine) -> None:
    by_itself = engine.execution_options(isolation_level="AUTOCOMMIT")
    said = "connection with transactions"
    with by_itself.connect() as opened, pytest.raises(StoreError, match=said):
        SqlStore(opened)


def test_a_transaction_that_has_failed_is_told_as_such(engine: Engine) -> None:
    SqlStore(engine)
    with engine.connect() as opened:
        store = SqlStore(opened)
        with pytest.raises(Exception, match="nothing_here"):
            opened.execute(text("SELECT nothing_here"))
        with pytest.raises(StoreUnavailableError, match="roll it back"):
            store.append(S, commits(S), expected=0)
        opened.rollback()

        assert store.append(S, commits(S), expected=0) == 1


# ---- durability ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("default", "used"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")]
)
def test_a_commit_is_flushed_even_where_that_is_not_the_default(
    engine: Engine, default: str, used: str
) -> None:
    SqlStore(engine)
    with engine.connect() as opened:
        opened.execute(text(f"SET synchronous_commit = {default}"))
        opened.commit()
        SqlStore(opened).append(S, commits(S), expected=0)
        assert scalar(opened, "SHOW synchronous_commit") == used
        opened.rollback()
        assert scalar(opened, "SHOW synchronous_commit") == default
        opened.invalidate()


# ---- answers that are lost -----------------------------------------------------------


def end_of_commit(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    *acts: Callable[[PoolProxiedConnection], None],
) -> None:
    """Let the next commits end in their own ways, and then as ever."""
    left = list(acts)
    usual = engine.dialect.do_commit

    def commit(connection: PoolProxiedConnection) -> None:
        (left.pop(0) if left else usual)(connection)

    monkeypatch.setattr(engine.dialect, "do_commit", commit)


def cut(connection: PoolProxiedConnection) -> None:
    """Have the server end a connection, and use it once more."""
    used = cast("psycopg.Connection", connection.dbapi_connection)
    used.execute("SELECT pg_terminate_backend(%s)", (used.info.backend_pid,))


def cut_after(connection: PoolProxiedConnection) -> None:
    connection.commit()
    cut(connection)


def test_a_commit_whose_answer_is_cut_off_is_found(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, cut_after)

    assert store.append(S, commits(S, 2), expected=0) == 2
    assert held(store, S) == list(commits(S, 2))


def test_a_commit_that_was_cut_off_before_is_done_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine)
    end_of_commit(engine, monkeypatch, cut)

    assert store.append(S, commits(S, 2), expected=0) == 2
    assert held(store, S) == list(commits(S, 2))


def test_what_cannot_be_looked_up_is_unknown_until_it_is_sent_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SqlStore(engine, wait=0.2)
    with engine.connect() as other:

        def held_by_others(connection: PoolProxiedConnection) -> None:
            cut_after(other_first(connection))

        def other_first(connection: PoolProxiedConnection) -> PoolProxiedConnection:
            usual(connection)
            other.execute(text("LOCK TABLE missionkit_streams"))
            return connection

        usual = engine.dialect.do_commit
        end_of_commit(engine, monkeypatch, held_by_others)
        with pytest.raises(CommitUnknownError) as caught:
            store.append(S, commits(S, 2), expected=0)
        other.rollback()

    assert caught.value.commit_id == commits(S)[0].facts.id
    assert store.append(S, commits(S, 2), expected=0) == 2
    assert held(store, S) == list(commits(S, 2))


# ---- connections ---------------------------------------------------------------------


def end_all(cluster: Cluster) -> None:
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )


def test_an_engine_whose_connections_have_ended_heals(
    postgres: Cluster, engine: Engine
) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    end_all(postgres)
    assert held(store, S) == list(commits(S))
    end_all(postgres)

    assert store.append(S, commits(S, 2)[1:], expected=1) == 2


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_process_that_is_forked_connects_anew(engine: Engine) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    child = os.fork()
    if child == 0:
        try:
            store.append(S, commits(S, 2)[1:], expected=1)
            os._exit(0)
        except MissionKitError:
            traceback.print_exc()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    assert held(store, S) == list(commits(S, 2))
    assert store.append(S, commits(S, 3)[2:], expected=2) == 3


def place(cluster: Cluster, **changes: str) -> str:
    url = cluster.url(**changes)
    return url.render_as_string(hide_password=False)


CANARY = "canary%2Fbird"
REFUSED = {
    "nobody": ("postgresql://nobody:{}@/postgres?host={}", "cannot be reached"),
    "no database": ("postgresql://postgres:{}@/nowhere?host={}", "cannot be reached"),
    "no server": ("postgresql://postgres:{}@/postgres?host={}/none", "cannot be re"),
    "no port": ("postgresql://postgres:{}@localhost:1/postgres?x={}", "invalid conn"),
    "no number": ("postgresql://postgres:{}@localhost:port/x?x={}", "cannot be read"),
    "two @": ("postgresql://postgres:{0}@{0}@/postgres?host={1}", "as %40"),
    "no driver": ("postgresql+none://postgres:{}@/postgres?host={}", "nothing here"),
    "other": ("mssql+pyodbc://postgres:{}@/postgres?host={}", "not installed"),
}


@pytest.mark.parametrize(("url", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_reached_is_told_without_the_password(
    postgres: Cluster, url: str, said: str
) -> None:
    with pytest.raises(StoreUnavailableError, match=said) as caught:
        SqlStore.at(url.format(CANARY, postgres.folder), wait=0.2)

    told = "".join(traceback.format_exception(caught.value))
    assert "canary" not in told.replace(Path(__file__).read_text("utf-8"), "")


def test_a_server_that_is_full_is_busy(postgres: Cluster) -> None:
    postgres.run("CREATE ROLE few LOGIN CONNECTION LIMIT 0")
    with pytest.raises(StoreBusyError, match="too many"):
        SqlStore.at(place(postgres, user="few"), wait=0.2)


def with_setting(cluster: Cluster, engine: Engine, setting: str) -> str:
    """Return the URL of the same place, on connections that are set differently."""
    path = f"{engine.url.query['options']} -c{setting}".removeprefix("-csearch_path=")
    return place(cluster, path=path)


def test_a_database_that_can_only_be_read_is_told(
    postgres: Cluster, engine: Engine
) -> None:
    SqlStore(engine).append(S, commits(S), expected=0)
    url = with_setting(postgres, engine, "default_transaction_read_only=on")
    with closing(SqlStore.at(url)) as store:
        assert held(store, S) == list(commits(S))
        with pytest.raises(StoreUnavailableError, match="can only be read"):
            store.append(S, commits(S, 2)[1:], expected=1)


def test_what_the_server_breaks_off_is_busy(engine: Engine) -> None:
    SqlStore(engine)
    with engine.connect() as opened, engine.begin() as holding:
        store = SqlStore(opened)
        opened.execute(text("SET LOCAL statement_timeout = '50ms'"))
        holding.execute(text("LOCK TABLE missionkit_streams"))
        with pytest.raises(StoreBusyError, match="took too long"):
            store.append(S, commits(S), expected=0)


def test_a_role_that_may_not_do_it_is_told(postgres: Cluster, engine: Engine) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    with engine.connect() as opened:
        schema = scalar(opened, "SELECT current_schema()")
    postgres.run("CREATE ROLE guest LOGIN", f"GRANT USAGE ON SCHEMA {schema} TO guest")
    with pytest.raises(StoreUnavailableError, match="the role may not do this"):
        SqlStore.at(place(postgres, user="guest", path=str(schema)))


def test_a_role_with_the_rights_of_the_page_can_append_and_change_nothing(
    postgres: Cluster,
) -> None:
    schema = postgres.new_schema()
    with closing(SqlStore.at(place(postgres, path=schema))) as store:
        store.append(S, commits(S), expected=0)
    grants = re.findall(r"^GRANT .*$", PAGE.read_text("utf-8"), re.MULTILINE)
    roles = sorted({grant.split()[-1].strip(";") for grant in grants})
    every = ", ".join(roles)
    postgres.run(
        *(f"CREATE ROLE {role} LOGIN" for role in roles),
        f"GRANT USAGE ON SCHEMA {schema} TO {every}",
        *(grant.replace("missionkit_", f"{schema}.missionkit_") for grant in grants),
        "GRANT application TO data_protection",
    )
    note = commits(S, 3, data=())[2]
    erased = (S, [Disposed(sequence=1, put=0)], note)
    (second,) = commits(S, 2)[1:]
    made = Snapshot(sequence=2, head=second.hash, data=b"state")
    with closing(SqlStore.at(place(postgres, path=schema, user=roles[0]))) as store:
        store.append_with_snapshot(S, [second], expected=1, snapshot=made)
        assert store.snapshot(S) == made
        with pytest.raises(StoreUnavailableError, match="may not do this"):
            store.dispose(*erased, expected=2, snapshot=None)
        assert held(store, S) == list(commits(S, 2))
    with closing(SqlStore.at(place(postgres, path=schema, user=roles[1]))) as store:
        assert store.dispose(*erased, expected=2, snapshot=None) == 3
        assert held(store, S)[0].payloads[0] is None


@pytest.mark.parametrize("wait", [0, 0.0001, math.inf])
def test_who_waits_not_at_all_or_for_ever_can_write(
    postgres: Cluster, wait: float
) -> None:
    url = place(postgres, path=postgres.new_schema())
    with closing(SqlStore.at(url, wait=wait)) as store:
        assert store.append(S, commits(S), expected=0) == 1


def test_tables_that_are_dropped_are_missed(engine: Engine) -> None:
    store = SqlStore(engine)
    tables_in().metadata.drop_all(engine)
    with pytest.raises(StoreUnavailableError, match="the tables of the store are not"):
        store.append(S, commits(S), expected=0)


def test_a_name_that_is_too_long_to_be_found_is_refused(engine: Engine) -> None:
    name = "".join(chr(0x4E00 + 7919 * number % 20_000) for number in range(6000))
    with pytest.raises(StoreError, match="larger than the database can hold"):
        SqlStore(engine).append(name, commits(name), expected=0)
