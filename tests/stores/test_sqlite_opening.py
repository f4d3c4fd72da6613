import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from missionkit.errors import (
    CorruptStoreError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.sqlite import opening as sqlite_opening
from missionkit.stores.sqlite.schema import APPLICATION, STEPS
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

NEW = commits("harbour", 3)
# From Python 3.12 on, where a worker of the tests has threads.
FORKING = "ignore:This process .* is multi-threaded:DeprecationWarning"
pytestmark = pytest.mark.filterwarnings(FORKING)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def foreign(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


OTHERS = {
    "tables of its own": ("CREATE TABLE notes (text)",),
    "an application id": ("PRAGMA application_id = 7", "CREATE TABLE commits (id)"),
    "an application id and no table": ("PRAGMA application_id = 7",),
    "a version": ("PRAGMA user_version = 1", "CREATE TABLE a (b)"),
    "a log": ("PRAGMA journal_mode = WAL", "CREATE TABLE notes (text)"),
}


@pytest.mark.parametrize("statements", OTHERS.values(), ids=OTHERS)
def test_a_file_of_another_program_is_refused_and_stays_as_it_is(
    tmp_path: Path, statements: tuple[str, ...]
) -> None:
    foreign(tmp_path / "notes.db", *statements)
    before = contents(tmp_path)
    with pytest.raises(StoreVersionError, match="another program"):
        SqliteStore(tmp_path / "notes.db")

    assert contents(tmp_path) == before


def test_a_log_that_another_program_left_is_not_folded_in(tmp_path: Path) -> None:
    script = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("CREATE TABLE notes (text)")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
db.execute("INSERT INTO notes VALUES ('unfinished business')")
os._exit(0)
"""
    path = tmp_path / "notes.db"
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    before = contents(tmp_path)
    assert before["notes.db-wal"]
    with pytest.raises(StoreVersionError):
        SqliteStore(path)

    assert contents(tmp_path) == before


def test_the_log_of_a_newer_store_is_not_folded_in(tmp_path: Path) -> None:
    script = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA user_version = 2")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
db.execute("CREATE TABLE more (x)")
os._exit(0)
"""
    path = tmp_path / "a.db"
    SqliteStore(path).close()
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    before = contents(tmp_path)
    with pytest.raises(StoreVersionError, match="newer missionkit"):
        SqliteStore(path)

    assert contents(tmp_path) == before


def test_a_newer_store_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "a.db").close()
    foreign(tmp_path / "a.db", f"PRAGMA user_version = {len(STEPS) + 1}")
    before = contents(tmp_path)
    with pytest.raises(StoreVersionError, match="newer missionkit"):
        SqliteStore(tmp_path / "a.db")

    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "data",
    [b"text", b"\0" * 100, b"\0" * 8192, b"x" * 100_000, b"SQLite format 3\0"],
    ids=["text", "zeros", "pages-of-zeros", "large", "only-the-beginning"],
)
def test_what_is_no_database_is_refused_and_stays_as_it_is(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "a.db").write_bytes(data)
    with pytest.raises(CorruptStoreError, match="is no SQLite database"):
        SqliteStore(tmp_path / "a.db")

    assert contents(tmp_path) == {"a.db": data}


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    store = SqliteStore(tmp_path / "a.db")

    assert store.append("harbour", NEW, expected=0) == 3
    store.close()


def test_an_empty_database_becomes_a_store(tmp_path: Path) -> None:
    foreign(tmp_path / "a.db", "VACUUM")
    assert (tmp_path / "a.db").stat().st_size
    store = SqliteStore(tmp_path / "a.db")

    assert store.append("harbour", NEW, expected=0) == 3
    store.close()


def _file(folder: Path) -> Path:
    (folder / "file").write_text("x", encoding="utf-8")
    return folder / "file"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


PLACES: dict[str, tuple[Callable[[Path], Path | str], str]] = {
    "folder": (Path, "is a folder"),
    "no folder": (lambda folder: folder / "none" / "a.db", "make it first"),
    "nothing": (lambda _: "", "is a folder"),
    "nul": (lambda folder: str(folder / "a\0b.db"), "cannot be the path"),
    "too long": (lambda folder: folder / ("x" * 300), "cannot be the path"),
    "below a file": (lambda folder: _file(folder) / "a.db", "cannot be the path"),
    "pipe": (_pipe, "is no regular file"),
    "zeros": (lambda _: "/dev/zero", "is no regular file"),
    "null": (lambda _: "/dev/null", "is no regular file"),
}


@pytest.mark.timeout(10)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize(("place", "said"), PLACES.values(), ids=PLACES)
def test_what_can_hold_no_store_is_refused_at_once(
    tmp_path: Path, place: Callable[[Path], Path | str], said: str
) -> None:
    with pytest.raises(StoreUnavailableError, match=said):
        SqliteStore(place(tmp_path))


@pytest.mark.parametrize("name", [":memory:", "file:a.db?mode=memory", "a?b#c%20d.db"])
def test_a_name_that_means_more_to_sqlite_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    store = SqliteStore(name)
    store.append("harbour", NEW, expected=0)
    store.close()
    again = SqliteStore(tmp_path / name)

    assert list(again.read("harbour")) == list(NEW)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    again.close()


def test_a_store_stays_where_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = SqliteStore("a.db")
    store.append("harbour", NEW, expected=0)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    found: list[tuple[str, ...]] = []
    thread = threading.Thread(target=lambda: found.append(store.streams()))
    thread.start()
    thread.join()

    assert found == [("harbour",)]
    store.close()


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that others may look into, unlike those of pytest."""
    if not hasattr(os, "fork"):
        pytest.skip("this platform cannot fork")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("mode", [0o444, 0o000], ids=["read-only", "closed"])
def test_a_file_that_may_not_be_written_is_only_read(public: Path, mode: int) -> None:
    store = SqliteStore(public / "a.db")
    store.append("harbour", NEW[:2], expected=0)
    store.close()
    (public / "a.db").chmod(mode)

    said = _as_nobody(lambda: _tried(public / "a.db"))
    if mode:
        assert said == "2 commits; StoreUnavailableError: the store can only be read"
    else:
        assert said == "StoreUnavailableError: the store cannot be opened"


def _tried(path: Path) -> str:
    try:
        store = SqliteStore(path, wait=0.1)
    except StoreError as error:
        return f"{type(error).__name__}: {error.what.partition(' (')[0]}"
    number = len(list(store.read("harbour")))
    try:
        store.append("harbour", NEW[2:], expected=2)
    except StoreError as error:
        said = f"{type(error).__name__}: {error.what.partition(' (')[0]}"
        return f"{number} commits; {said}"
    return "written"


def _as_nobody(act: Callable[[], str]) -> str:
    """Do something in a process that is not root, for whom modes do not count."""
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.seteuid(65534)
            said = act()
        except BaseException as error:  # noqa: BLE001 - the parent shows it
            said = repr(error)
        os.write(outward, said.encode())
        os._exit(0)
    os.close(outward)
    os.waitpid(child, 0)
    with os.fdopen(inward, "rb") as pipe:
        return pipe.read().decode()


def test_a_folder_that_may_not_be_written_takes_no_new_store(public: Path) -> None:
    (public / "shut").mkdir(mode=0o555)

    said = _as_nobody(lambda: _tried(public / "shut" / "a.db"))
    assert said == "StoreUnavailableError: the store cannot be opened"


def test_a_file_that_cannot_be_looked_at_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    (tmp_path / "a.db").write_bytes(b"x")
    monkeypatch.setattr(sqlite3, "connect", refused)
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        SqliteStore(tmp_path / "a.db")


def test_a_store_whose_making_was_broken_off_is_made_again(tmp_path: Path) -> None:
    # What is left when a writer dies as it writes the first page: part of a file, and
    # a journal that says the file was empty before.
    path = tmp_path / "a.db"
    script = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("CREATE TABLE t (x)")
for _ in range(50):
    db.execute("INSERT INTO t VALUES (zeroblob(5000))")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    data = path.read_bytes()
    path.write_bytes(bytes(100) + data[100:])
    assert sqlite_opening._has_journal(path)
    store = SqliteStore(path)

    assert store.streams() == ()
    store.close()


def test_a_store_that_is_written_to_just_then_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Looked at without a lock, it may seem to be damaged.
    store = SqliteStore(tmp_path / "a.db")
    store.append("harbour", NEW, expected=0)
    looks: list[str] = []
    real = sqlite_opening._look

    def look(path: Path, how: str, wait: float) -> None:
        looks.append(how)
        if "immutable" in how:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        real(path, how, wait)

    monkeypatch.setattr(sqlite_opening, "_look", look)
    other = SqliteStore(tmp_path / "a.db")

    assert looks == ["mode=ro&immutable=1", "mode=ro"]
    assert list(other.read("harbour")) == list(NEW)
    store.close()
    other.close()


def test_one_that_another_program_writes_to_just_then_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign(tmp_path / "notes.db", "CREATE TABLE notes (text)")
    before = contents(tmp_path)
    monkeypatch.setattr(sqlite_opening, "_look", lambda *_: None)
    with pytest.raises(StoreVersionError, match="another program"):
        SqliteStore(tmp_path / "notes.db")

    assert contents(tmp_path) == before


def test_a_store_that_others_hold_is_waited_for_when_it_is_looked_at_again(
    tmp_path: Path,
) -> None:
    SqliteStore(tmp_path / "a.db").close()
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            sqlite_opening._look_again(tmp_path / "a.db", 0.1)


def test_application_ids_are_spelled_out() -> None:
    assert APPLICATION.to_bytes(4, "big") == b"mkit"
