import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from missionkit.errors import StoreUnavailableError
from missionkit.stores.sqlite import connections as sqlite_connections
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

S = "harbour"
NEW = commits(S, 5)


@pytest.fixture
def store(quick_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(quick_path / "store.db", wait=2)
    yield opened
    opened.close()


def descriptors(path: Path) -> int:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("this platform does not show which files are open")
    names = [each.readlink() for each in folder.iterdir() if each.is_symlink()]
    return names.count(path)


def test_each_thread_has_a_connection_of_its_own(store: SqliteStore) -> None:
    seen = []
    both = threading.Barrier(2)

    def act() -> None:
        with store._connections.here() as db:
            seen.append(db)
            both.wait(timeout=10)

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(db) for db in seen}) == 2


def test_a_thread_keeps_its_connection(store: SqliteStore) -> None:
    with store._connections.here() as first:
        pass
    with store._connections.here() as second:
        pass

    assert first is second


def test_connections_of_threads_that_ended_are_closed(
    store: SqliteStore, quick_path: Path
) -> None:
    store.append(S, NEW, expected=0)
    for _ in range(50):
        thread = threading.Thread(target=store.streams)
        thread.start()
        thread.join()

    assert len(store._connections._ends) <= 2
    assert descriptors(quick_path / "store.db") == 1


def test_a_store_that_is_forgotten_is_closed(quick_path: Path) -> None:
    path = quick_path / "forgotten.db"
    SqliteStore(path).append(S, NEW, expected=0)
    gc.collect()

    assert descriptors(path) == 0


def test_closing_ends_the_connections_of_all_threads(quick_path: Path) -> None:
    path = quick_path / "store.db"
    store = SqliteStore(path)
    used, closed = threading.Event(), threading.Event()
    caught: list[str] = []

    def act() -> None:
        store.append(S, NEW, expected=0)
        used.set()
        closed.wait(timeout=10)
        try:
            store.streams()
        except StoreUnavailableError as error:
            caught.append(str(error))

    thread = threading.Thread(target=act)
    thread.start()
    used.wait(timeout=10)
    assert descriptors(path) == 2
    store.close()
    assert descriptors(path) == 0
    closed.set()
    thread.join()

    assert caught == ["the store is closed (nothing was written)"]


def test_closing_waits_until_a_thread_is_done(store: SqliteStore) -> None:
    entered, leave = threading.Event(), threading.Event()
    found: list[object] = []

    def act() -> None:
        with store._connections.here() as db:
            entered.set()
            leave.wait(timeout=10)
            found.extend(db.execute("SELECT 1").fetchone())

    thread = threading.Thread(target=act)
    thread.start()
    entered.wait(timeout=10)
    closing = threading.Thread(target=store.close)
    closing.start()
    closing.join(timeout=0.2)
    assert closing.is_alive()
    leave.set()
    thread.join()
    closing.join()

    assert found == [1]


def test_a_thread_that_is_new_to_a_closed_store_is_told(quick_path: Path) -> None:
    store = SqliteStore(quick_path / "store.db")
    store.close()
    caught: list[str] = []

    def act() -> None:
        try:
            store.streams()
        except StoreUnavailableError as error:
            caught.append(error.what)

    thread = threading.Thread(target=act)
    thread.start()
    thread.join()

    assert caught == ["the store is closed"]


FORKS = """
import os, sys, threading
sys.path[:0] = sys.argv[2:]
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

store = SqliteStore(sys.argv[1])
new = commits("harbour", 8)
store.append("harbour", new[:1], expected=0)
stop = threading.Event()

def read():
    while not stop.is_set():
        list(store.read("harbour"))

def write():
    number = 0
    while not stop.is_set():
        stop.wait(0.02)
        number += 1
        store.append(f"busy/{number}", commits(f"busy/{number}"), expected=0)

threads = [threading.Thread(target=act) for act in (read, read, write)]
for thread in threads:
    thread.start()
for number in range(1, 8):
    child = os.fork()
    if child == 0:
        assert len(list(store.read("harbour"))) == number
        store.append("harbour", new[number:number + 1], expected=number)
        if number % 2:
            store.close()
        sys.exit(0) if number % 3 else os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, number
    assert len(list(store.read("harbour"))) == number + 1
stop.set()
for thread in threads:
    thread.join()
store.append("after", commits("after"), expected=0)
assert list(store.read("harbour")) == list(new)
with store._connections.here() as db:
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
print("done")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")
def test_a_child_process_uses_the_store_beside_its_parent(quick_path: Path) -> None:
    root = Path(sqlite_connections.__file__).parents[2]
    path = quick_path / "store.db"
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKS, str(path), str(root)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ended.stdout, ended.stderr, ended.returncode) == ("done\n", "", 0)


def test_what_a_parent_opened_is_left_alone_and_not_closed(store: SqliteStore) -> None:
    thread = threading.Thread(target=store.streams)  # one that has ended by then
    thread.start()
    thread.join()
    store.append(S, NEW[:2], expected=0)
    with store._connections.here() as before:
        pass
    sqlite_connections.before_fork()
    sqlite_connections.after_fork_in_child()
    with store._connections.here() as after:
        pass

    assert after is not before
    assert before.execute("SELECT count(*) FROM commits").fetchone() == (2,)
    assert store.append(S, NEW[2:], expected=2) == 5
    sqlite_connections._LEFT.remove(before)
    before.close()


def test_a_parent_goes_on_with_its_connection(store: SqliteStore) -> None:
    with store._connections.here() as before:
        pass
    sqlite_connections.before_fork()
    sqlite_connections.after_fork()
    with store._connections.here() as after:
        pass

    assert after is before


def test_an_interpreter_that_ends_with_open_stores_says_nothing(
    quick_path: Path,
) -> None:
    root = Path(sqlite_connections.__file__).parents[2]
    script = """
import sys, threading
sys.path[:0] = sys.argv[2:]
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
store = SqliteStore(sys.argv[1])
store.append("harbour", commits("harbour"), expected=0)
reading = store.read("harbour")
next(reading)
forever = threading.Event()
waiting = threading.Thread(
    target=lambda: (store.streams(), forever.wait()), daemon=True
)
waiting.start()
"""
    command = [sys.executable, "-W", "error", "-X", "dev", "-c"]
    ended = subprocess.run(
        [*command, script, str(quick_path / "store.db"), str(root)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ended.stderr, ended.returncode) == ("", 0)
