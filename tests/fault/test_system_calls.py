"""An append asks the disk as often as it must, and not more."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from tests.fault.children import Act
from tests.fault.durable import said
from tests.fault.means import lacking
from tests.fault.tracing import traced, without_strace
from tests.fault.twins import NoFlush

pytestmark = pytest.mark.filterwarnings(
    # From Python 3.12 on, where a worker of the tests has threads.
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)
S = "harbour"
NEW = commits(S, 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a store that has two commits, or skip where nothing can be traced."""
    if without_strace():
        lacking(without_strace())
    store = SqliteStore(tmp_path / "store.db")
    store.append(S, NEW[:2], expected=0)
    store.close()
    return tmp_path / "store.db"


def flushes(path: Path, kind: type[SqliteStore] | None = None) -> int:
    """Count how often one transaction asks for something to be on disk."""

    def begin() -> Act:
        if kind is None:
            return _bare(path)
        store = kind(path)
        return lambda: said(lambda: store.append(S, NEW[2:], expected=2))

    came = traced(begin, path.with_name("log"))
    assert came.said == "committed"
    return came.calls["fsync"] + came.calls["fdatasync"]


def _bare(path: Path) -> Act:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA secure_delete = ON")

    def act() -> str:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO commits VALUES (?, 3, 'x', x'00', x'00')", (S,))
        db.execute("COMMIT")
        return "committed"

    return act


def test_an_append_flushes_as_often_as_a_bare_transaction(path: Path) -> None:
    shutil.copy(path, path.with_name("raw.db"))

    assert flushes(path, SqliteStore) == flushes(path.with_name("raw.db")) > 2


def test_a_twin_that_does_not_flush_is_caught(path: Path) -> None:
    assert flushes(path, NoFlush) == 0
