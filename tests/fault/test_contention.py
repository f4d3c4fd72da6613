"""Who meets others in a store tries again, all of it, and gives up in time."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from threading import Barrier

import pytest
from sqlalchemy import create_engine, text

from missionkit.domain.history import Commit
from missionkit.domain.stakeholder import Need
from missionkit.errors import ConflictError, StoreBusyError
from missionkit.history.edit import Edit
from missionkit.ports.store import Store
from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores import commits
from missionkit.workspace import Workspace
from tests.fault.places import LONG, Open
from tests.fault.traffic import Work, end_with_parent, in_processes

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
S = "counter"
EACH = 50
HELD, FREE = 0.01, 0.02
SHORT = 0.3
TRIES = 1_000
# What a server says to one of two that cannot both go on, and to who waits too long.
STATES = ("40001", "40P01", "55P03")
# The same in the middle of a transaction and, where it is deferred, at its very end.
TROUBLE = """
    CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE state text := (ARRAY['{states}'])[1 + floor(random() * {number})];
    BEGIN
        IF random() < {chance} THEN
            RAISE EXCEPTION 'it was your turn' USING ERRCODE = state;
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER at_once AFTER INSERT ON missionkit_commits
        FOR EACH ROW EXECUTE FUNCTION trouble();
    CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON missionkit_commits
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trouble();
"""


class CounterHand:
    """Counts on, one by one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def transact(self, *_: object) -> None:
        self._workspace.transact(
            S, count_on, by="hand", why="one more", create=True, tries=TRIES
        )

    def look(self, *_: object) -> None:
        """Look at nothing: the number says all."""

    def close(self) -> None:
        self._workspace.close()


def count_on(draft: Edit) -> None:
    number = draft.model.get(Need, S).notes
    draft.set(S, notes=str(int(number) + 1))


def counted(opened: Open, folder: Path) -> tuple[int, int]:
    """Let eight processes count; return the number, and how many commits there are."""

    def begin() -> CounterHand:
        return CounterHand(Workspace(store=opened(LONG)))

    in_processes(Work(begin=begin, each=EACH), folder)
    with Workspace(store=opened(LONG)) as ws:
        assert ws.verify()
        return int(ws.model(S).get(Need, S).notes), ws.version(S)


@pytest.fixture
def begun(opened: Open) -> Open:
    """Give a store that has a counter, at zero."""
    with (
        Workspace(store=opened(LONG)) as ws,
        ws.edit(S, by="hand", why="begin", create=True) as draft,
    ):
        draft.need("Counter", id=S, notes="0")
    return opened


@contextmanager
def held(opened: Open) -> Iterator[None]:
    """Hold a store, so that nobody else can write, as another program would."""
    if opened.kind == "sqlite":
        with closing(connect(opened.where, timeout=LONG)) as db:
            db.execute("BEGIN EXCLUSIVE")
            yield
    elif opened.kind == "folder":
        (lock,) = Path(opened.where).rglob("lock.lck")
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        engine = create_engine(opened.where)
        with engine.connect() as connection:
            connection.execute(text("SELECT * FROM missionkit_streams FOR UPDATE"))
            yield
        engine.dispose()


@contextmanager
def disturbed(opened: Open) -> Iterator[None]:
    """Have a process hold a store again and again, for a moment."""
    child = os.fork()
    if child == 0:
        try:
            end_with_parent()
            while True:
                with held(opened):
                    time.sleep(HELD)
                time.sleep(FREE)
        finally:
            os._exit(1)
    try:
        yield
    finally:
        ended, _ = os.waitpid(child, os.WNOHANG)
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    assert not ended, "who was to disturb the others broke off"


def make_trouble(opened: Open, states: Sequence[str], *, chance: float) -> None:
    """Have a database break off what is written, now and then."""
    listed = "', '".join(states)
    made = TROUBLE.format(states=listed, number=len(states), chance=chance)
    engine = create_engine(opened.where)
    with engine.begin() as connection:
        connection.exec_driver_sql(made)
    engine.dispose()


def test_eight_processes_count_right(begun: Open, tmp_path: Path) -> None:
    if begun.kind == "postgres":
        make_trouble(begun, STATES, chance=0.2)
    with disturbed(begun):
        assert counted(begun, tmp_path) == (8 * EACH, 1 + 8 * EACH)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("opened", ["postgres"], indirect=True)
def test_who_is_always_broken_off_gives_up_when_the_time_is_over(
    begun: Open, state: str
) -> None:
    with closing(begun(SHORT)) as store:
        there = list(store.read(S))
        make_trouble(begun, [state], chance=1)
        refuses_in_time(store, there)


def test_who_is_kept_waiting_gives_up_when_the_time_is_over(begun: Open) -> None:
    with closing(begun(SHORT)) as store:
        there = list(store.read(S))
        with held(begun):
            refuses_in_time(store, there)
        assert store.append(S, commits(S, after=there), expected=len(there)) == 2


def refuses_in_time(store: Store, there: Sequence[Commit]) -> None:
    """Append what cannot be; see that it takes as long as it may, and does nothing."""
    began = time.monotonic()
    with pytest.raises(StoreBusyError) as caught:
        store.append(S, commits(S, after=there), expected=len(there))

    assert caught.value.committed is False
    assert time.monotonic() - began >= SHORT


@pytest.mark.parametrize("opened", ["postgres"], indirect=True)
def test_of_two_that_wait_for_one_another_one_is_told(opened: Open) -> None:
    engine = create_engine(opened.where)
    barrier = Barrier(2)

    def tries(*streams: str) -> int:
        """Write to two streams in one transaction; return how often it was tried."""
        for number in range(1, TRIES):
            with engine.connect() as connection, connection.begin() as transaction:
                store = SqlStore(connection, wait=LONG)
                try:
                    append_one(store, streams[0], f"{streams[0]}-{number}")
                    if number == 1:
                        barrier.wait()
                    append_one(store, streams[1], f"{streams[0]}-{number}")
                except (ConflictError, StoreBusyError):
                    transaction.rollback()
                else:
                    return number
        raise AssertionError

    with ThreadPoolExecutor() as pool:
        found = [pool.submit(tries, "a", "b"), pool.submit(tries, "b", "a")]
        first, second = sorted(each.result() for each in found)
    assert first == 1 < second
    with closing(SqlStore(engine)) as store:
        assert [len(list(store.read(stream))) for stream in "ab"] == [2, 2]
    engine.dispose()


def append_one(store: SqlStore, stream: str, by: str) -> None:
    there = list(store.read(stream))
    store.append(stream, commits(stream, after=there, by=by), expected=len(there))
