import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from missionkit.domain.history import Commit, Payload
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.sqlite import rows as sqlite_rows
from missionkit.stores.sqlite import store as module
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

S = "harbour"
NEW = commits(S, 5)


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path, wait=2)
    yield opened
    opened.close()


def pragma(store: SqliteStore, name: str) -> object:
    with store._connections.here() as db:
        return db.execute(f"PRAGMA {name}").fetchone()[0]


# ---- settings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "delete"), ("synchronous", 3), ("secure_delete", 1)],
)
def test_a_commit_is_flushed_and_what_is_erased_is_overwritten(
    store: SqliteStore, name: str, value: object
) -> None:
    assert pragma(store, name) == value


def test_a_log_is_refused_where_sqlite_can_damage_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ((3, 40, 1), (3, 51, 2)):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        with pytest.raises(StoreUnavailableError, match=r"3\.51\.3 is the first"):
            SqliteStore(path, wal=True)

    assert not path.exists()


@pytest.fixture
def new_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))


@pytest.mark.usefixtures("new_sqlite")
def test_with_a_log_a_commit_is_flushed_as_well(path: Path) -> None:
    store = SqliteStore(path, wal=True)
    store.append(S, NEW, expected=0)

    assert (pragma(store, "journal_mode"), pragma(store, "synchronous")) == ("wal", 2)
    assert list(store.read(S)) == list(NEW)
    store.close()


@pytest.mark.usefixtures("new_sqlite")
def test_the_mode_is_not_changed_while_others_have_the_store_open(path: Path) -> None:
    store = SqliteStore(path, wal=True)
    store.append(S, NEW, expected=0)
    with pytest.raises(StoreBusyError):
        SqliteStore(path, wait=0.1)
    store.close()
    again = SqliteStore(path, wait=0.1)

    assert pragma(again, "journal_mode") == "delete"
    assert list(again.read(S)) == list(NEW)
    again.close()


def test_a_mode_that_sqlite_does_not_take_is_told(store: SqliteStore) -> None:
    class Stubborn:
        def execute(self, _: str) -> "Stubborn":
            return self

        def fetchone(self) -> tuple[str]:
            return ("memory",)

    with pytest.raises(StoreBusyError, match="journal mode memory"):
        store._set_up(cast("sqlite3.Connection", Stubborn()))


# ---- erasing -------------------------------------------------------------------------


@pytest.mark.parametrize("wal", [False, True])
@pytest.mark.usefixtures("new_sqlite")
def test_what_is_erased_is_in_no_file_any_longer(path: Path, *, wal: bool) -> None:
    chance = random.Random(7)  # noqa: S311 - sizes of payloads
    store = SqliteStore(path, wal=wal)
    after: tuple[Commit, ...] = ()
    for number in range(1, 60):
        size = chance.choice([0, 10, 300, 2_000, 9_000])
        secret = b"SECRET-%d-" % number + b"s" * size
        after = commits(S, after=after, data=[b"x" * size, secret])
        snapshot = Snapshot(sequence=number, head=after[-1].hash, data=secret * 2)
        store.append_with_snapshot(S, after, expected=number - 1, snapshot=snapshot)
    what = [Disposed(sequence=number, put=1) for number in range(1, 60)]
    clean = Snapshot(sequence=60, head="", data=b"clean")
    note = commits(S, after=after, by="dpo", data=())
    store.dispose(S, what, *note, expected=59, snapshot=clean)

    files = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    assert [name for name, data in files.items() if b"SECRET" in data] == []
    assert [commit.payloads[1:] for commit in store.read(S)] == [(None,)] * 59 + [()]
    store.close()


@pytest.mark.usefixtures("new_sqlite")
def test_a_log_that_cannot_be_emptied_now_is_told(path: Path) -> None:
    store = SqliteStore(path, wal=True, wait=0.1)
    store.append(S, NEW[:4], expected=0)
    note = commits(S, after=NEW[:4], by="dpo", data=())
    what = [Disposed(sequence=1, put=0)]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM commits").fetchall()
        with pytest.raises(StoreBusyError, match="dispose of it again") as caught:
            store.dispose(S, what, *note, expected=4, snapshot=None)
    assert caught.value.committed is True

    assert store.dispose(S, what, *note, expected=4, snapshot=None) == 5
    assert path.with_name(path.name + "-wal").stat().st_size == 0
    store.close()


# ---- others --------------------------------------------------------------------------


def test_who_waits_longer_than_allowed_for_another_process_is_told(path: Path) -> None:
    store = SqliteStore(path, wait=0.2)
    store.append(S, NEW[:1], expected=0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(StoreBusyError) as caught:
            store.append(S, NEW[1:], expected=1)
        assert 0.1 < time.monotonic() - started < 5
        assert list(store.read(S)) == list(NEW[:1])

    assert caught.value.committed is False
    assert store.append(S, NEW[1:], expected=1) == 5
    store.close()


def test_who_cannot_even_read_is_told(path: Path) -> None:
    store = SqliteStore(path, wait=0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError):
            store.streams()
        with pytest.raises(StoreBusyError):
            SqliteStore(path, wait=0.1)
    store.close()


def test_a_reader_that_does_not_end_is_waited_for_and_no_longer(path: Path) -> None:
    store = SqliteStore(path, wait=0.2)
    store.append(S, NEW[:1], expected=0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM commits").fetchall()
        with pytest.raises(StoreBusyError) as caught:
            store.append(S, NEW[1:], expected=1)

    assert caught.value.committed is False
    assert store.append(S, NEW[1:], expected=1) == 5
    store.close()


def test_a_thread_that_waits_too_long_for_another_is_told(path: Path) -> None:
    store = SqliteStore(path, wait=0.1)
    with store._connections.turn():
        caught: list[StoreBusyError] = []

        def act() -> None:
            try:
                store.append(S, NEW, expected=0)
            except StoreBusyError as error:
                caught.append(error)

        thread = threading.Thread(target=act)
        thread.start()
        thread.join()

    assert [str(error) for error in caught] == [
        "other threads hold the store: try again (nothing was written)"
    ]
    store.close()


# ---- room ----------------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_store_goes_on(
    store: SqliteStore,
) -> None:
    store.append(S, NEW[:1], expected=0)
    large = commits(S, after=NEW[:1], by="eve", data=[b"x" * 1_000_000])
    with store._connections.here() as db:
        db.execute("PRAGMA max_page_count = 20")
    with pytest.raises(StoreFullError) as caught:
        store.append(S, large, expected=1)

    assert caught.value.committed is False
    assert store.append(S, NEW[1:2], expected=1) == 2
    with store._connections.here() as db:
        db.execute("PRAGMA max_page_count = 100000")
    assert store.append(S, NEW[2:], expected=2) == 5
    assert list(store.read(S)) == list(NEW)


def test_what_sqlite_cannot_hold_is_told(store: SqliteStore) -> None:
    with store._connections.here() as db:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100_000)
    large = commits(S, data=[b"x" * 1_000_000])
    with pytest.raises(StoreError, match="larger than SQLite can hold"):
        store.append(S, large, expected=0)

    assert store.append(S, NEW, expected=0) == 5


# ---- a commit that fails -------------------------------------------------------------


NO_MEMORY = -1


class Failing(sqlite3.Connection):
    """Fails at its next COMMIT: before it is done, or after."""

    when: ClassVar[str] = ""
    done: ClassVar[list[str]] = []
    code: ClassVar[int] = sqlite3.SQLITE_IOERR_FSYNC
    again: ClassVar[bool] = False

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        Failing.done.append(sql)
        if Failing.again and sql.startswith("SELECT"):
            raise self._error()
        if sql != "COMMIT" or not Failing.when:
            return super().execute(sql, *parameters)
        when, Failing.when = Failing.when, ""
        if when.startswith("after"):
            super().execute(sql)
        Failing.again = when.endswith("dead")
        raise self._error()

    def _error(self) -> Exception:
        if Failing.code == NO_MEMORY:
            return MemoryError()
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = Failing.code
        return error


@pytest.fixture
def failing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[SqliteStore, type[Failing]]]:
    real = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
        return real(*arguments, factory=Failing, **options)

    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr(Failing, "when", "")
    monkeypatch.setattr(Failing, "again", False)
    monkeypatch.setattr(Failing, "done", [])
    monkeypatch.setattr(Failing, "code", sqlite3.SQLITE_IOERR_FSYNC)
    store = SqliteStore(path, wait=1)
    store.append(S, NEW[:1], expected=0)
    Failing.done.clear()
    yield store, Failing
    Failing.again = False
    store.close()


def test_a_commit_that_is_there_after_all_is_reported_as_such(
    failing: tuple[SqliteStore, type[Failing]],
) -> None:
    store, fault = failing
    fault.when = "after"

    assert store.append(S, NEW[1:3], expected=1) == 3
    # Whether the disk takes anything is seen on another connection.
    assert "PRAGMA user_version = 1" in fault.done
    assert list(store.read(S)) == list(NEW[:3])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC, StoreUnavailableError),
        (sqlite3.SQLITE_FULL, StoreFullError),
        (sqlite3.SQLITE_BUSY, StoreBusyError),
    ],
)
def test_a_commit_that_is_not_there_is_reported_as_such(
    failing: tuple[SqliteStore, type[Failing]], code: int, kind: type[StoreError]
) -> None:
    store, fault = failing
    fault.when = "before"
    fault.code = code
    with pytest.raises(kind) as caught:
        store.append(S, NEW[1:3], expected=1)

    assert caught.value.committed is False
    assert isinstance(caught.value.__cause__, sqlite3.Error)
    asked = "PRAGMA user_version = 1" in fault.done
    assert asked is (kind is StoreUnavailableError)
    assert list(store.read(S)) == list(NEW[:1])
    assert store.append(S, NEW[1:], expected=1) == 5


@pytest.mark.parametrize("when", ["before, dead", "after, dead"])
def test_where_nobody_can_tell_the_way_out_is_told(
    failing: tuple[SqliteStore, type[Failing]], when: str
) -> None:
    store, fault = failing
    fault.when = when
    with pytest.raises(CommitUnknownError) as caught:
        store.append(S, NEW[1:3], expected=1)
    fault.again = False

    assert caught.value.commit_id == NEW[1].facts.id
    # The way out: send it again.
    assert store.append(S, NEW[1:3], expected=1) == 3
    assert list(store.read(S)) == list(NEW[:3])


def test_a_snapshot_alone_that_fails_is_only_an_error(
    failing: tuple[SqliteStore, type[Failing]],
) -> None:
    store, fault = failing
    fault.when = "before"
    made = Snapshot(sequence=1, head=NEW[0].hash, data=b"state")
    with pytest.raises(StoreUnavailableError):
        store.append_with_snapshot(S, (), expected=1, snapshot=made)

    assert store.snapshot(S) is None


def test_a_disk_that_fails_before_the_commit_changed_nothing(
    failing: tuple[SqliteStore, type[Failing]],
) -> None:
    store, fault = failing
    with store._connections.here() as before:
        pass
    fault.again = True
    with pytest.raises(StoreUnavailableError, match="disk of the store failed"):
        store.append(S, NEW[1:], expected=1)
    fault.again = False

    with store._connections.here() as after:
        assert after is not before
    assert store.append(S, NEW[1:], expected=1) == 5


def test_a_refusal_takes_back_what_was_begun_and_keeps_the_connection(
    store: SqliteStore,
) -> None:
    store.append(S, NEW, expected=0)
    with store._connections.here() as before:
        pass
    with pytest.raises(ConflictError):
        store.append(S, NEW[:1], expected=5)

    with store._connections.here() as after:
        assert after is before
        assert not after.in_transaction


@pytest.mark.parametrize(("when", "there"), [("before", 1), ("after", 3)])
def test_who_has_no_memory_to_commit_holds_nothing(
    path: Path, failing: tuple[SqliteStore, type[Failing]], when: str, there: int
) -> None:
    store, fault = failing
    fault.when = when
    fault.code = NO_MEMORY
    with pytest.raises(MemoryError) as caught:
        store.append(S, NEW[1:3], expected=1)
    # The error is still there, and with it all that the append had in its hands.
    other = SqliteStore(path, wait=0)

    assert caught.value.__traceback__
    assert list(other.read(S)) == list(NEW[:there])
    assert other.append(S, NEW[1:3], expected=1) == 3
    assert store.append(S, NEW[3:], expected=3) == 5
    other.close()


def test_who_is_interrupted_while_taking_back_holds_nothing(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    def failed(*_: object) -> None:
        raise StoreError("it failed")

    store.append(S, NEW[:2], expected=0)
    with monkeypatch.context() as patched:
        patched.setattr("missionkit.stores.sqlite.store.roll_back", interrupted)
        patched.setattr("missionkit.stores.sqlite.store.add", failed)
        with pytest.raises(KeyboardInterrupt):
            store.append(S, NEW[2:], expected=2)
    other = SqliteStore(path, wait=0)

    assert other.append(S, NEW[2:], expected=2) == 5
    other.close()


def test_another_header_of_the_newest_commit_is_told(
    path: Path, store: SqliteStore
) -> None:
    store.append(S, NEW[:2], expected=0)
    forged = NEW[1].header.replace(b"the board decided", b"the board declined")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE commits SET header = ? WHERE sequence = 2", (forged,))

    assert len(list(store.read(S, upto=1))) == 1
    with pytest.raises(CorruptStoreError, match="commit 2 of harbour: its header"):
        list(store.read(S))


def test_a_commit_is_told_from_another_one_with_its_id(store: SqliteStore) -> None:
    store.append(S, NEW, expected=0)
    with store._connections.here() as db:
        assert sqlite_rows.there(db, S, NEW[2])
        assert not sqlite_rows.there(db, S, commits(S, why="another reason")[0])
        assert not sqlite_rows.there(db, "library", NEW[2])


def test_an_interruption_takes_back_what_was_begun(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.append(S, NEW, expected=0)
    monkeypatch.undo()

    assert store.append(S, NEW, expected=0) == 5


def test_a_name_that_is_no_text_is_told(store: SqliteStore) -> None:
    for use in (store.read, store.streams, store.snapshot):
        with pytest.raises(StoreError, match="is no text"):
            use("\ud800")


# ---- damage --------------------------------------------------------------------------


def test_a_damaged_page_is_told(path: Path) -> None:
    store = SqliteStore(path)
    store.append(S, commits(S, 50, data=[b"x" * 500]), expected=0)
    store.close()
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = b"\xa5" * 100
    path.write_bytes(data)
    store = SqliteStore(path)
    with pytest.raises(CorruptStoreError, match="damaged"):
        list(store.read(S))
    with pytest.raises(CorruptStoreError):
        store.append(S, NEW, expected=50)
    store.close()


def test_a_file_that_is_cut_off_is_told(path: Path) -> None:
    store = SqliteStore(path)
    store.append(S, commits(S, 50, data=[b"x" * 500]), expected=0)
    store.close()
    path.write_bytes(path.read_bytes()[: 4096 * 5])
    with pytest.raises(CorruptStoreError):  # noqa: PT012 - which of them is not promised
        store = SqliteStore(path)
        list(store.read(S))


@pytest.mark.parametrize(
    ("statement", "use"),
    [
        ("UPDATE commits SET payloads = x'00'", lambda s: list(s.read(S))),
        (
            "UPDATE commits SET payloads = x'fffffffe00000000'",
            lambda s: list(s.read(S)),
        ),
        ("UPDATE commits SET header = 'text'", lambda s: list(s.read(S))),
        ("UPDATE commits SET sequence = 'many'", lambda s: list(s.read(S))),
        ("UPDATE commits SET stream = CAST(x'ff' AS TEXT)", lambda s: s.streams()),
        ("UPDATE snapshots SET head = 7.5", lambda s: s.snapshot(S)),
        ("DROP TABLE snapshots", lambda s: s.snapshot(S)),
        ("DROP TABLE commits", lambda s: s.append(S, NEW, expected=0)),
    ],
)
def test_a_value_that_no_store_wrote_is_told(
    path: Path, statement: str, use: Callable[[SqliteStore], object]
) -> None:
    store = SqliteStore(path)
    made = Snapshot(sequence=5, head="h", data=b"")
    store.append_with_snapshot(S, NEW, expected=0, snapshot=made)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        _take_off_checks(db)
        db.execute(statement)
    store = SqliteStore(path)
    with pytest.raises(CorruptStoreError):
        use(store)
    store.close()


def _take_off_checks(db: sqlite3.Connection) -> None:
    """Turn the tables into ones without types, as damage does not ask for them."""
    for table in ("commits", "snapshots"):
        db.execute(f"CREATE TABLE copy AS SELECT * FROM {table}")  # noqa: S608 - fixed
        db.execute(f"DROP TABLE {table}")
        columns = [row[1] for row in db.execute("PRAGMA table_info(copy)")]
        db.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        db.execute(f"INSERT INTO {table} SELECT * FROM copy")  # noqa: S608 - fixed
        db.execute("DROP TABLE copy")


def test_no_flipped_bit_makes_more_than_our_errors(path: Path) -> None:
    store = SqliteStore(path)
    for count, commit in enumerate(NEW):
        made = Snapshot(sequence=count + 1, head=commit.hash, data=b"state")
        store.append_with_snapshot(S, [commit], expected=count, snapshot=made)
    store.close()
    data = path.read_bytes()
    chance = random.Random(11)  # noqa: S311 - which bits
    told = 0
    for _ in range(200):
        at = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        path.write_bytes(flipped)
        try:
            with closing(SqliteStore(path, wait=0.1)) as damaged:
                damaged.streams()
                damaged.snapshot(S)
                list(damaged.read(S))
                damaged.append(S, NEW[:1], expected=0)
        except (StoreError, ConflictError):
            told += 1

    assert told


def test_a_retry_beside_a_damaged_header_is_told(path: Path) -> None:
    store = SqliteStore(path)
    store.append(S, NEW, expected=0)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE commits SET header = x'ff' WHERE sequence = 3")
    with pytest.raises(CorruptStoreError):
        store.append(S, commits(S, by="eve"), expected=0)
    store.close()


def test_a_file_that_takes_no_commit_is_told(path: Path) -> None:
    store = SqliteStore(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "CREATE TRIGGER never BEFORE INSERT ON commits"
            " BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
    with pytest.raises(CorruptStoreError, match="took no commit of harbour"):
        store.append(S, NEW, expected=0)
    store.close()


def test_commits_that_vanish_while_they_are_read_end_the_reading(
    store: SqliteStore,
) -> None:
    store.append(S, commits(S, 700, data=[]), expected=0)
    reading = store.read(S)
    found = [next(reading)]
    with store._connections.here() as db:
        db.execute("DELETE FROM commits WHERE sequence > 100")
    found += reading

    assert len(found) == 500


# ---- a writer that dies --------------------------------------------------------------

DIES = """
import os, sqlite3, sys
sys.path[:0] = sys.argv[2:]
from missionkit.stores.sqlite import store as sqlite
from missionkit.testing.stores import commits

class Dying(sqlite3.Connection):
    def execute(self, sql, *parameters):
        if sql == "COMMIT":
            os._exit(9)
        return super().execute(sql, *parameters)

store = sqlite.SqliteStore(sys.argv[1])
store.append("harbour", commits("harbour", 2), expected=0)
real = sqlite3.connect
sqlite3.connect = lambda *a, **o: real(*a, factory=Dying, **o)
store = sqlite.SqliteStore(sys.argv[1])
with store._connections.here() as db:
    db.execute("PRAGMA cache_size = 1")
after = commits("harbour", 2)
new = commits("harbour", 200, after=after, data=[b"x" * 5000])
store.append("harbour", new, expected=2)
"""


def test_the_journal_of_a_writer_that_died_is_played_back(path: Path) -> None:
    root = Path(module.__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", DIES, str(path), str(root)], check=False
    )
    assert ended.returncode == 9
    journal = path.with_name(path.name + "-journal")
    assert journal.exists()
    assert path.stat().st_size > 500_000
    store = SqliteStore(path)

    assert list(store.read(S)) == list(NEW[:2])
    assert not journal.exists()
    assert store.append(S, NEW[2:], expected=2) == 5
    store.close()


# ---- much ----------------------------------------------------------------------------


def test_a_long_stream_is_read_in_little_memory(store: SqliteStore) -> None:
    number = 5_000
    data = Payload(b"s" * 16, b"x" * 4_000)
    facts = json.loads(NEW[0].header)
    new = [
        Commit(json.dumps({**facts, "id": str(n)}).encode(), (data,))
        for n in range(number)
    ]
    store.append(S, new, expected=0)
    del new
    tracemalloc.start()
    seen = sum(len(commit.payloads) for commit in store.read(S))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seen == number
    assert peak < 12_000_000


def test_large_commits_are_read_few_at_a_time(store: SqliteStore) -> None:
    new = commits(S, 20, data=[b"x" * 1_000_000])
    store.append(S, new, expected=0)
    del new
    tracemalloc.start()
    for commit in store.read(S):
        assert len(commit.payloads) == 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 16_000_000


def test_what_is_asked_is_answered_from_an_index(store: SqliteStore) -> None:
    for statement in (
        "SELECT max(sequence) FROM commits WHERE stream = 'a'",
        "SELECT min(stream) FROM commits WHERE stream > 'a'",
        "SELECT header FROM commits WHERE stream = 'a' AND id = 'b'",
        "SELECT * FROM commits WHERE stream = 'a' AND sequence > 1 ORDER BY sequence",
    ):
        with store._connections.here() as db:
            plan = str(db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall())
        assert "USING" in plan
        assert "INDEX" in plan
        assert "SCAN" not in plan
        assert "TEMP B-TREE" not in plan


def test_the_version_of_a_store_that_another_made_newer_is_seen(path: Path) -> None:
    store = SqliteStore(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 2")
    caught: list[str] = []

    def act() -> None:
        try:
            store.streams()
        except StoreVersionError as error:
            caught.append(error.what)

    thread = threading.Thread(target=act)
    thread.start()
    thread.join()

    assert len(caught) == 1
    store.close()
