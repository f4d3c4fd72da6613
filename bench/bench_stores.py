"""Durable appends and reads of all stores, beside the barest that could do the same.

python -m pytest bench/bench_stores.py -s

All take turns in one run, on the disk that has `build/`. An append counts when it is
on disk: each is one commit, flushed before the next. Beside them a file is appended to
and flushed, and SQLite and PostgreSQL are given the very bytes by their own drivers, in
the least that is safe: BEGIN, INSERT, COMMIT. Flushes are counted: by strace where the
process asks for them, and by the server where PostgreSQL does.
"""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final, Protocol
from unittest.mock import patch

import psycopg
import pytest
from sqlalchemy import URL

from bench.barest import Files, Many, Psycopg, Sqlite, told_of
from missionkit.domain.history import Commit
from missionkit.ports.store import Store
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from tests.postgres import Cluster, cluster

STREAM: Final = "harbour"
DATA: Final = (b'{"statement":"A home that is warm in winter","importance":0.9}',)
BUILD: Final = Path(__file__).parents[1] / "build"
APPENDS: Final = 100
ROUNDS: Final = 7
COUNTED: Final = 20
READ: Final = 10_000
READ_ROUNDS: Final = 3

FILE, FILES, SQLITE, PSYCOPG = "raw file", "raw files", "raw sqlite3", "raw psycopg"
ON_POSTGRES: Final = "sql on postgresql"

# What each is measured against, and how many times as long its append may take.
APPENDED: Final = {
    "memory": (FILE, 0.5),  # nothing is asked of a disk
    # It flushes twice, a new file and the folder that has it, and each time the disk
    # is given what it is to know of a file: its name, its size, and where it lies.
    "folder": (FILE, 20.0),
    "sqlite": (SQLITE, 2.0),  # flushes take nearly all of the time, and are the same
    "sql on sqlite": (SQLITE, 4.0),  # the same again, by statements made in Python
    # It asks and waits for an answer five times, where the bare one does so twice.
    ON_POSTGRES: (PSYCOPG, 12.0),
}
# Likewise of reading, in time of this process: all of them make commits of the bytes.
READ_BACK: Final = {
    "memory": (FILE, 0.5),  # they are there already
    "folder": (FILES, 20.0),  # JSON is read, and each hash is computed
    "sqlite": (SQLITE, 5.0),  # every row becomes a commit
    "sql on sqlite": (SQLITE, 14.0),  # every row is an object of SQLAlchemy's
    ON_POSTGRES: (PSYCOPG, 24.0),  # and what the server does takes no time of ours
}
FLUSHES: Final = {FILE: 1, "memory": 0, "folder": 2}
# Now and then the server flushes for itself.
MORE: Final = 0.6


class One(Protocol):
    """What keeps commits, as a store or barely."""

    def append(self, new: Sequence[Commit], /) -> None: ...
    def fill(self, new: Sequence[Commit], /) -> None: ...
    def read(self) -> int: ...
    def close(self) -> None: ...


class Ours:
    """A store; each append is a commit by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(self, new: Sequence[Commit]) -> None:
        for commit in new:
            self._store.append(STREAM, [commit], expected=commit.facts.sequence - 1)

    def fill(self, new: Sequence[Commit]) -> None:
        self._store.append(STREAM, new, expected=0)

    def read(self) -> int:
        return sum(1 for _ in self._store.read(STREAM))

    def close(self) -> None:
        self._store.close()


def in_files(folder: Path) -> dict[str, Callable[[], One]]:
    """Return what makes those that keep all in a folder, by name."""
    return {
        FILE: lambda: Files(folder / "raw.bin"),
        "memory": lambda: Ours(MemoryStore()),
        "folder": lambda: Ours(FolderStore(folder / "store")),
        SQLITE: lambda: Sqlite(folder / "raw.db"),
        "sqlite": lambda: Ours(SqliteStore(folder / "store.db")),
        "sql on sqlite": lambda: Ours(SqlStore.at(f"sqlite:///{folder / 'sql.db'}")),
    }


def on_server(url: URL) -> dict[str, Callable[[], One]]:
    """Return what makes those that keep all in a database, by name."""
    named = url.render_as_string(hide_password=False)
    return {
        PSYCOPG: lambda: Psycopg(url),
        ON_POSTGRES: lambda: Ours(SqlStore.at(named)),
    }


@contextmanager
def all_of_them(folder: Path, server: Cluster) -> Iterator[dict[str, One]]:
    """Give all of them, with nothing in them."""
    make = in_files(folder) | on_server(server.url(server.new_database()))
    with ExitStack() as stack:
        yield {n: stack.enter_context(closing(new())) for n, new in make.items()}


@cache
def chain(number: int) -> tuple[Commit, ...]:
    return commits(STREAM, number, data=DATA)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """Give a PostgreSQL whose data are on the disk of `build/`."""
    BUILD.mkdir(exist_ok=True)
    with patch("tests.postgres.MEMORY", BUILD), cluster() as made:
        yield made


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give an empty folder on that disk."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-stores-", dir=BUILD) as made:
        yield Path(made)


def ratios(
    took: Mapping[str, Sequence[float]], beside: Mapping[str, tuple[str, float]]
) -> dict[str, float]:
    """Return how many times as long each took as what it is measured against."""
    found = {}
    for name, (bare, _) in beside.items():
        pairs = zip(took[name], took[bare], strict=True)
        found[name] = median(ours / raw for ours, raw in pairs)
    return found


@pytest.mark.timeout(600)
def test_an_append_flushes_as_often_as_it_must_and_takes_little_more(
    server: Cluster, folder: Path
) -> None:
    with all_of_them(folder, server) as them:
        took: dict[str, list[float]] = {name: [] for name in them}
        for turn in range(ROUNDS):
            new = chain(APPENDS * ROUNDS)[turn * APPENDS :][:APPENDS]
            for name, one in them.items():
                took[name].append(wall(one, new) / APPENDS)
    flushed = {name: flushes(name, folder, server) for name in took}
    found = ratios(took, APPENDED)
    print("\n  durable appends, one commit each:")
    for name, times in took.items():
        told = f"{flushed[name]:5.2f} flushes" if flushed[name] >= 0 else "not traced"
        more = beside(name, found, APPENDED)
        print(f"  {name:19}{median(times) * 1e3:8.3f} ms {told}{more}")
    assert {name: n for name, n in found.items() if n > APPENDED[name][1]} == {}
    assert_flushes(flushed)


def assert_flushes(flushed: Mapping[str, float]) -> None:
    """Each asks for as much as it must to be safe, and for nothing more."""
    if flushed[FILE] >= 0:
        assert {name: flushed[name] for name in FLUSHES} == FLUSHES
        assert flushed["sqlite"] == flushed["sql on sqlite"] == flushed[SQLITE]
    for name in (PSYCOPG, ON_POSTGRES):
        assert 1 <= flushed[name] <= 1 + MORE


def wall(one: One, new: Sequence[Commit]) -> float:
    gc.collect()
    start = perf_counter()
    one.append(new)
    return perf_counter() - start


def beside(
    name: str, found: Mapping[str, float], bare: Mapping[str, tuple[str, float]]
) -> str:
    if name not in found:
        return ""
    raw, most = bare[name]
    return f"{found[name]:8.2f} times {raw} (at most {most:g})"


def flushes(name: str, folder: Path, server: Cluster) -> float:
    """Return how often one append asks for what it wrote to be on disk, or -1."""
    if name in {PSYCOPG, ON_POSTGRES}:
        return flushes_of_server(name, server)
    if shutil.which("strace") is None:
        return -1
    few, more = (traced(name, folder / f"{name}-{n}", n) for n in (5, 5 + COUNTED))
    return (more - few) / COUNTED


RUN: Final = """
import sys
from pathlib import Path
from bench import bench_stores as bench
one = bench.in_files(Path(sys.argv[2]))[sys.argv[1]]()
one.append(bench.chain(int(sys.argv[3])))
one.close()
"""


def traced(name: str, folder: Path, appends: int) -> int:
    folder.mkdir()
    trace = ("strace", "-f", "-e", "trace=fsync,fdatasync", "-o", f"{folder}.trace")
    run = (sys.executable, "-c", RUN, name, str(folder), str(appends))
    subprocess.run((*trace, *run), check=True, env=os.environ)  # noqa: S603 - our own
    lines = Path(f"{folder}.trace").read_text(encoding="utf-8").splitlines()
    return sum("sync(" in line for line in lines)


def flushes_of_server(name: str, server: Cluster) -> float:
    """Return how often the server flushed its log for each append."""
    with closing(on_server(server.url(server.new_database()))[name]()) as one:
        one.append(chain(COUNTED + 1)[:1])
        before = flushes_told(server)
        one.append(chain(COUNTED + 1)[1:])
    return (flushes_told(server) - before) / COUNTED


def flushes_told(server: Cluster) -> int:
    """Return how many flushes the server knows of."""
    time.sleep(1.5)  # those who flush tell of it once in a second
    with psycopg.connect(told_of(server.url()), autocommit=True) as db:
        found = db.execute("SELECT wal_sync FROM pg_stat_wal").fetchone()
    return int(found[0]) if found else 0


@pytest.mark.timeout(600)
def test_ten_thousand_commits_are_read_in_little_more_time_than_their_bytes(
    server: Cluster, folder: Path
) -> None:
    took: dict[str, list[float]] = {}
    with all_of_them(folder, server) as them:
        for one in them.values():
            one.fill(chain(READ))
        many = Many(folder / "store" / STREAM)
        reads = {name: one.read for name, one in them.items()} | {FILES: many.read}
        for _ in range(READ_ROUNDS):
            for name, read in reads.items():
                took.setdefault(name, []).append(processor(read))
    found = ratios(took, READ_BACK)
    print(f"\n  {READ:,} commits read:")
    for name, times in took.items():
        told = beside(name, found, READ_BACK)
        print(f"  {name:19}{median(times) * 1e3:8.1f} ms{told}")
    assert {name: n for name, n in found.items() if n > READ_BACK[name][1]} == {}


def processor(read: Callable[[], int]) -> float:
    gc.collect()
    start = process_time()
    assert read() == READ
    return process_time() - start
