"""A commit that a disk could not confirm is there once, when it was sent again."""

import errno
import itertools
import os
import random
import sqlite3
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from attrs import define

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, ConflictError, StoreError
from missionkit.ports.store import Store
from missionkit.stores.folder.commits import name_of
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from tests.fault.doubt import Doubts
from tests.fault.folder_twins import Unsaid
from tests.fault.twins import Denies

pytestmark = pytest.mark.timeout(300)
Place: TypeAlias = Callable[[type[Any]], Store]

TRIALS: Final = 500
TWIN_TRIALS: Final = 60
STREAMS: Final = 5


@define
class Fault:
    """Fails what would confirm a commit; *awaited* is its number, or none is."""

    chance: random.Random
    awaited: int = 0
    met: int = 0
    _struck: bool = False

    def arm(self, sequence: int) -> None:
        """Let a fault befall the next commit."""
        self.awaited = sequence
        self._struck = False

    def strikes(self, *, confirming: bool) -> bool:
        """Return whether something fails; *confirming* where a commit is done by it."""
        if not self.awaited:
            return False
        if self._struck:
            # What looks for it may fail as well, and so may what is sent again.
            return self.chance.random() < 0.2
        self._struck = confirming
        self.met += confirming
        return confirming


@define
class Flush:
    """What takes the place of `os.fsync`; a commit of a folder is done by its name."""

    fault: Fault
    usual: Callable[[int], None]

    def __call__(self, fd: int) -> None:
        if self.fault.strikes(confirming=self._names(fd)):
            if self.fault.chance.random() < 0.5:
                self.usual(fd)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.usual(fd)

    def _names(self, fd: int) -> bool:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            return False
        return name_of(self.fault.awaited) in os.listdir(fd)


class Line:
    """What takes the place of a connection to SQLite."""

    def __init__(self, db: sqlite3.Connection, fault: Fault) -> None:
        self._db = db
        self._fault = fault

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is as it is
        return getattr(self._db, name)

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - likewise
        if self._fault.strikes(confirming=statement == "COMMIT"):
            if self._fault.chance.random() < 0.5:
                self._db.execute(statement, *values)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return self._db.execute(statement, *values)


@pytest.fixture
def fault() -> Fault:
    return Fault(random.Random(2026))  # noqa: S311 - which of them


@pytest.fixture
def folder(quick_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Give a way to make a folder store, or a twin, whose flushes may fail."""
    monkeypatch.setattr(os, "fsync", Flush(fault, os.fsync))
    return lambda kind: kind(quick_path / "store", view=False)


@pytest.fixture
def sqlite(quick_path: Path, fault: Fault) -> Place:
    """Give a way to make a SQLite store, or a twin, whose statements may fail."""

    def made(kind: type[SqliteStore]) -> SqliteStore:
        class Faulty(kind):  # type: ignore[valid-type,misc]
            def _opened(self) -> Any:  # noqa: ANN401 - it takes the place of one
                return Line(super()._opened(), fault)

        return Faulty(quick_path / "store.db")

    return made


def doubted(store: Store, fault: Fault, trials: int) -> Doubts:
    """Have commits fail where they are done, and sent until they are acknowledged."""
    chance = random.Random(2027)  # noqa: S311 - how many
    doubts = Doubts(store, Calm(store, fault).there)
    sent: dict[str, list[Commit]] = {f"doubt-{n}": [] for n in range(STREAMS)}
    for number in range(trials):
        stream = chance.choice(list(sent))
        last = sent[stream][-1:]
        new = commits(stream, chance.randint(1, 3), after=last, by=f"t{number}")
        fault.arm(new[0].facts.sequence)
        doubts.send(stream, new)
        fault.awaited = 0
        sent[stream] += new
        if doubts.wrong:
            break
    for stream, wanted in sent.items():
        doubts.look(stream, wanted)
    return doubts


@define
class Calm:
    """Looks into a store while nothing fails."""

    store: Store
    fault: Fault

    def there(self, stream: str, commit: Commit) -> bool:
        awaited, self.fault.awaited = self.fault.awaited, 0
        try:
            return commit in list(self.store.read(stream))
        finally:
            self.fault.awaited = awaited


class Renames:
    """Sends what is in doubt again under a new id."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = store.read
        self.streams = store.streams
        self.close = store.close

    def append(self, stream: str, new: Sequence[Commit], *, expected: int) -> int:
        for number in itertools.count():
            try:
                return self._store.append(stream, new, expected=expected)
            except (CommitUnknownError, ConflictError, StoreError):
                there = list(self.read(stream))
                by = f"{new[0].facts.id}-again-{number}"
                new = commits(stream, len(new), after=there, by=by)
                expected = len(there)
        raise AssertionError


OURS: Final[dict[str, type]] = {"folder": FolderStore, "sqlite": SqliteStore}
DENY: Final[dict[str, type]] = {"folder": Unsaid, "sqlite": Denies}


@pytest.mark.parametrize("name", OURS)
def test_commits_in_doubt_are_each_stored_once(
    name: str, fault: Fault, request: pytest.FixtureRequest
) -> None:
    store = request.getfixturevalue(name)(OURS[name])
    doubts = doubted(store, fault, TRIALS)
    store.close()

    assert doubts.wrong == []
    assert doubts.sent == doubts.told["committed"] == fault.met == TRIALS
    assert doubts.told["unknown"] >= 20


@pytest.mark.parametrize("name", DENY)
def test_a_twin_that_does_not_look_is_caught(
    name: str, fault: Fault, request: pytest.FixtureRequest
) -> None:
    store = request.getfixturevalue(name)(DENY[name])
    doubts = doubted(store, fault, TWIN_TRIALS)
    store.close()

    assert any("told refused, which is not so" in each for each in doubts.wrong)


@pytest.mark.parametrize("name", OURS)
def test_a_twin_that_gives_a_new_id_is_caught(
    name: str, fault: Fault, request: pytest.FixtureRequest
) -> None:
    store = Renames(request.getfixturevalue(name)(OURS[name]))
    doubts = doubted(store, fault, TWIN_TRIALS)
    store.close()

    assert any(" has " in each for each in doubts.wrong), doubts.wrong
