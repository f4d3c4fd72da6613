"""A store goes on where connections run out, or the server ends and comes again."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Timer

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from missionkit.errors import StoreBusyError, StoreUnavailableError
from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores import commits
from tests.fault.postgres_twins import Denies
from tests.postgres import Cluster, cluster

pytestmark = pytest.mark.timeout(120)
S = "harbour"
THREADS = 5


@pytest.fixture(scope="module")
def small() -> Iterator[Cluster]:
    """Give a cluster that lets in but a few, and may be stopped."""
    with cluster(fsync="off", max_connections="9") as made:
        yield made


@pytest.fixture
def engine(small: Cluster) -> Iterator[Engine]:
    made = create_engine(small.url(path=small.new_schema()))
    yield made
    made.dispose()


@pytest.fixture
def others() -> Iterator[ExitStack]:
    """Give what holds the connections of others."""
    with ExitStack() as held:
        yield held


def crowd(small: Cluster, others: ExitStack) -> None:
    """Let others take every connection."""
    engine = create_engine(small.url(), pool_size=50)
    others.callback(engine.dispose)
    for _ in range(50):
        try:
            others.enter_context(engine.connect())
        except OperationalError:
            return


def used_by_many(store: SqlStore) -> None:
    """Let several threads append at once, so that the pool has several connections."""
    with ThreadPoolExecutor(THREADS) as pool:
        counts = pool.map(lambda n: _append(store, f"stream-{n}"), range(THREADS))
        assert len(set(counts)) == 1


def _append(store: SqlStore, stream: str) -> int:
    there = list(store.read(stream))
    new = commits(stream, after=there[-1:], by="next")
    return store.append(stream, new, expected=len(there))


def test_where_no_connection_is_left_the_store_is_busy_and_goes_on_afterwards(
    small: Cluster, engine: Engine, others: ExitStack
) -> None:
    store = SqlStore(engine, wait=0.2)
    engine.dispose()
    crowd(small, others)
    with pytest.raises(StoreBusyError, match="too many use the database") as caught:
        store.append(S, commits(S), expected=0)
    assert caught.value.committed is False
    others.close()

    assert store.append(S, commits(S), expected=0) == 1


def test_a_connection_that_becomes_free_is_waited_for(
    small: Cluster, engine: Engine, others: ExitStack
) -> None:
    store = SqlStore(engine, wait=30)
    engine.dispose()
    crowd(small, others)
    timer = Timer(0.3, others.close)
    timer.start()

    assert store.append(S, commits(S), expected=0) == 1
    timer.join()


@pytest.mark.parametrize("end", [Cluster.stop, Cluster.kill])
def test_a_server_that_was_started_anew_is_no_matter(
    small: Cluster, engine: Engine, end: Callable[[Cluster], None]
) -> None:
    store = SqlStore(engine)
    used_by_many(store)
    used_by_many(store)
    end(small)
    small.start()
    used_by_many(store)

    assert {len(list(store.read(name))) for name in store.streams()} == {3}


def test_a_twin_that_tries_nothing_again_is_caught(
    small: Cluster, engine: Engine
) -> None:
    store = Denies(engine, wait=10)
    used_by_many(store)
    small.stop()
    small.start()

    with pytest.raises(StoreUnavailableError):
        used_by_many(store)


def test_a_server_that_is_gone_is_told_until_it_comes_again(
    small: Cluster, engine: Engine
) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    small.stop()
    try:
        for act in (
            lambda: store.append(S, commits(S, 2)[1:], expected=1),
            lambda: list(store.read(S)),
            store.streams,
        ):
            with pytest.raises(StoreUnavailableError, match="cannot be reached"):
                act()
    finally:
        small.start()

    assert store.append(S, commits(S, 2)[1:], expected=1) == 2


def test_reading_goes_on_where_the_server_was_started_anew(
    small: Cluster, engine: Engine
) -> None:
    store = SqlStore(engine)
    there = commits(S, 1_200, data=[b"{}"])
    store.append(S, there, expected=0)
    reading = store.read(S)
    first = next(reading)
    small.stop()
    small.start()

    assert [first, *reading] == list(there)


def test_who_writes_in_a_transaction_of_the_caller_is_told(
    small: Cluster, engine: Engine
) -> None:
    SqlStore(engine)
    with engine.connect() as connection:
        store = SqlStore(connection)
        store.append(S, commits(S), expected=0)
        small.stop()
        small.start()
        with pytest.raises(
            StoreUnavailableError, match=r"cannot be reached|was stopped"
        ):
            store.append(S, commits(S, 2)[1:], expected=1)
        with pytest.raises(StoreUnavailableError, match="roll it back"):
            store.streams()
        connection.rollback()

        # The engine heals, and nothing of what was lost is there.
        assert store.append(S, commits(S), expected=0) == 1
        assert connection.scalar(text("SELECT count(*) FROM missionkit_commits")) == 1
