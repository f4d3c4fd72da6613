"""The stores that keep what they have on a disk, and what one of them must be like."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias
from unittest.mock import patch

import pytest
from attrs import evolve, frozen

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, StoreError, StoreFullError
from missionkit.history.chain import broken
from missionkit.ports.store import Disposal, Snapshot, Snapshots, Store
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.sqlite.schema import STEPS, prepare, refuse_foreign
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

if TYPE_CHECKING:
    from missionkit.stores.sql.store import SqlStore

State: TypeAlias = dict[str, tuple[tuple[Commit, ...], Snapshot | None]]
"""What a store has: the commits and the snapshot of each stream."""


class Durable(Store, Snapshots, Disposal, Protocol):
    """A store with every ability."""


@frozen
class Kind:
    """A kind of store: how one is opened in a folder, and what may lie there.

    *strays* are the files that only pass, and that no append may leave behind. Where
    *midway* kills who does an operation, by its name, a part of it is written. Where
    the snapshot *lags* it may be the one before, though its commits are there.
    """

    name: str
    opened: Callable[[Path], Durable]
    strays: Callable[[Path], list[str]]
    midway: Mapping[str, str]
    lags: bool = False


NEW_STREAM: Final = "new/one"
"""A stream that begins with the operation that a fault befalls, or after it."""

# Who waits for a lock here waits for somebody that is dead.
WAIT: Final = 0.2
# A step by which a later version may change the tables.
STEP: Final = (
    "CREATE TABLE notes (stream TEXT NOT NULL, sequence INTEGER NOT NULL, note TEXT)",
    "INSERT INTO notes SELECT stream, sequence, hex(zeroblob(500)) FROM commits",
    "CREATE INDEX by_note ON notes (note)",
)
TOMORROW: Final = (*STEPS, STEP)


def sqlite_kind(store: type[SqliteStore] = SqliteStore) -> Kind:
    """Return what there is to know of the store in a SQLite file, or of a twin."""
    return Kind(
        "sqlite",
        lambda folder: store(folder / "store.db", wait=WAIT),
        lambda folder: _but(folder, "store.db"),
        dict.fromkeys(("append of 50", "disposal"), "pwrite64:signal=KILL:when=22"),
    )


def _but(folder: Path, name: str) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name != name)


def _of_tomorrow(folder: Path) -> SqliteStore:
    made = partial(prepare, steps=TOMORROW)
    refused = partial(refuse_foreign, newest=len(TOMORROW))
    with (
        patch("missionkit.stores.sqlite.store.prepare", made),
        patch("missionkit.stores.sqlite.opening.refuse_foreign", refused),
    ):
        return SqliteStore(folder / "store.db", wait=WAIT)


def folder_kind(store: type[FolderStore] = FolderStore) -> Kind:
    """Return what there is to know of the store in a folder, or of a twin."""
    return Kind(
        "folder",
        lambda folder: store(folder / "store", wait=WAIT),
        _passing,
        {
            "append of 50": "linkat:signal=KILL:when=25",
            "disposal": "renameat:signal=KILL:when=3",
        },
        lags=True,
    )


def _passing(folder: Path) -> list[str]:
    return sorted(
        str(each.relative_to(folder))
        for each in folder.rglob("*")
        if each.suffix == ".tmp" or each.name == "pending.json"
    )


def _by_sqlalchemy(folder: Path) -> Durable:
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")
    store: type[SqlStore] = import_module("missionkit.stores.sql.store").SqlStore
    return store.at(f"sqlite:///{folder / 'store.db'}", wait=WAIT)


SQLITE: Final = sqlite_kind()
SQL: Final = evolve(SQLITE, name="sql", opened=_by_sqlalchemy)
"""A database by SQLAlchemy, which is SQLite here; a server has tests of its own."""

FOLDER: Final = folder_kind()
DURABLE: Final = (SQLITE, FOLDER)
SQLITE_OF_TOMORROW: Final = evolve(
    SQLITE, name="sqlite of tomorrow", opened=_of_tomorrow
)


def said(act: Callable[[], object]) -> str:
    """Return what became of a write, by what it told."""
    try:
        act()
    except CommitUnknownError:
        return "unknown"
    except StoreError as error:
        if error.committed is False and isinstance(error, StoreFullError):
            return "full"
        told = {True: "committed", False: "refused", None: "vague"}
        return told[error.committed]
    except Exception as error:  # noqa: BLE001 - what it is, is the question
        return repr(error)
    return "committed"


def state(store: Durable) -> State:
    """Return all that a store has."""
    return {
        stream: (tuple(store.read(stream)), store.snapshot(stream))
        for stream in store.streams()
    }


def looked_at(kind: Kind, folder: Path) -> State:
    """Return what a store has, which is whole, and takes what comes next."""
    store = kind.opened(folder)
    found = state(store)
    for stream in {**found, NEW_STREAM: None}:
        there, _ = found.get(stream, ((), None))
        assert broken(stream, there) == ()
        after = commits(stream, after=there, by="next")
        assert store.append(stream, after, expected=len(there)) == len(there) + 1
        assert tuple(store.read(stream)) == (*there, *after)
    store.close()
    assert kind.strays(folder) == []
    return found
