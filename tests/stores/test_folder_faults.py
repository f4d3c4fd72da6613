"""Every call to the system fails once, or is the last of its process."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import define, evolve

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, StoreError, StoreFullError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.folder.pending import PENDING
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits

S: Final = "harbour/scenario-x"
SECRET: Final = b'{"name":"secret"}'
CALLS: Final = (
    *("open", "write", "read", "fsync", "link", "rename", "unlink", "mkdir"),
    *("stat", "fstat", "close", "listdir", "scandir", "dup"),
)
FIRST: Final = commits(S, 3, data=[SECRET, b"{}"])
ONE: Final = commits(S, 1, after=FIRST, by="bob")
MANY: Final = commits(S, 4, after=FIRST, by="bob")
NOTE: Final = commits(S, 1, after=FIRST, by="dpo", data=())
ERASED: Final = tuple(
    evolve(commit, payloads=(None, commit.payloads[1])) for commit in FIRST
)


class KilledError(BaseException):
    """The process is gone at this moment."""


@define
class Fault:
    """Lets so many calls pass; then one fails, or this and all that follow do."""

    left: int
    error: BaseException
    for_ever: bool = False
    hit: str = ""

    def __call__(self, name: str) -> None:
        self.left -= 1
        if self.left == 0 or (self.left < 0 and self.for_ever):
            self.hit = self.hit or name
            raise self.error


@contextmanager
def failing(fault: Fault, calls: tuple[str, ...] = CALLS) -> Iterator[None]:
    """Let the calls of `os` go through a fault."""
    before = {name: getattr(os, name) for name in calls}

    def through(name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - it is handed on
            fault(name)
            return before[name](*given, **named)

        return call

    for name in calls:
        setattr(os, name, through(name))
    try:
        yield
    finally:
        for name, call in before.items():
            setattr(os, name, call)


def append_first(store: FolderStore) -> None:
    store.append(S, FIRST[:1], expected=0)


def append_one(store: FolderStore) -> None:
    store.append(S, ONE, expected=3)


def append_many(store: FolderStore) -> None:
    store.append(S, MANY, expected=3)


def append_with_snapshot(store: FolderStore) -> None:
    made = Snapshot(sequence=4, head=ONE[0].hash, data=b"state")
    store.append_with_snapshot(S, ONE, expected=3, snapshot=made)


def dispose(store: FolderStore) -> None:
    what = [Disposed(sequence=n, put=0) for n in (1, 2, 3)]
    made = Snapshot(sequence=4, head=NOTE[0].hash, data=b"clean")
    store.dispose(S, what, NOTE[0], expected=3, snapshot=made)


@define
class Case:
    """What is done, what is there before, and what after."""

    act: Callable[[FolderStore], None]
    before: tuple[Commit, ...]
    after: tuple[Commit, ...]


CASES: Final = {
    "the first": Case(append_first, (), FIRST[:1]),
    "one": Case(append_one, FIRST, (*FIRST, *ONE)),
    "many": Case(append_many, FIRST, (*FIRST, *MANY)),
    "with a snapshot": Case(append_with_snapshot, FIRST, (*FIRST, *ONE)),
    "dispose": Case(dispose, FIRST, (*ERASED, *NOTE)),
}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture
def place(quick_path: Path) -> Callable[[], Path]:
    """Give a new place at each call."""
    made = iter(range(10_000))
    return lambda: quick_path / f"store-{next(made)}"


def prepared(path: Path, case: Case) -> FolderStore:
    store = FolderStore(path)
    if case.before:
        old = Snapshot(sequence=3, head=FIRST[-1].hash, data=SECRET)
        store.append_with_snapshot(S, case.before, expected=0, snapshot=old)
    return store


def held(path: Path) -> tuple[Commit, ...]:
    store = FolderStore(path)
    try:
        return tuple(store.read(S))
    finally:
        store.close()


def files(path: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(path)): each.read_bytes()
        for each in path.rglob("*")
        if each.is_file()
    }


def tidy(path: Path) -> None:
    """Nothing is under way, nothing is left over, and nothing that was erased."""
    found = files(path)
    assert not [name for name in found if name.endswith((".tmp", PENDING))]
    if b'"erases"' in b"".join(found.values()):
        secret = SECRET.replace(b'"', b'\\"')
        assert not [n for n, d in found.items() if SECRET in d or secret in d]


@each_case
def test_a_process_that_dies_leaves_all_or_nothing(
    place: Callable[[], Path], case: Case
) -> None:
    seen = set()
    for point in range(1, 500):
        path = place()
        store = prepared(path, case)
        fault = Fault(point, KilledError(), for_ever=True)
        with failing(fault), suppress(KilledError):
            case.act(store)
        store.close()
        left = held(path)
        seen.add(left)
        assert left in (case.before, case.after), (point, fault.hit)
        again = FolderStore(path)
        case.act(again)
        assert tuple(again.read(S)) == case.after
        more = commits(S, 1, after=case.after, by="eve")
        again.append(S, more, expected=len(case.after))
        tidy(path)
        assert files(path)[f"{S}/model.json"]
        again.close()
        if not fault.hit:
            assert seen == {case.before, case.after}
            return
    pytest.fail("it never ended")


def told(store: FolderStore, case: Case, fault: Fault, number: int) -> object:
    """Do it, and return what is said of it."""
    try:
        with failing(fault):
            case.act(store)
    except CommitUnknownError as error:
        return "unknown" if error.commit_id in {c.facts.id for c in case.after} else ""
    except StoreError as error:
        cause = error.__cause__
        right = isinstance(cause, OSError) and cause.errno == number
        return error.committed if right else ""
    return "done"


@each_case
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EMFILE])
def test_a_call_that_fails_is_told_rightly(
    place: Callable[[], Path], case: Case, number: int
) -> None:
    outcomes = set()
    for point in range(1, 500):
        path = place()
        store = prepared(path, case)
        fault = Fault(point, OSError(number, os.strerror(number)))
        outcome = told(store, case, fault, number)
        outcomes.add(outcome)
        there = held(path)
        wanted: dict[object, tuple[tuple[Commit, ...], ...]] = {
            "done": (case.after,),
            True: (case.after,),
            False: (case.before,),
            "unknown": (case.before, case.after),
        }
        assert there in wanted[outcome], (point, fault.hit, outcome)
        case.act(store)
        assert tuple(store.read(S)) == case.after
        more = commits(S, 1, after=case.after, by="eve")
        store.append(S, more, expected=len(case.after))
        tidy(path)
        store.close()
        if not fault.hit:
            assert outcomes >= {"done", False, "unknown"}
            return
    pytest.fail("it never ended")


@each_case
def test_a_disk_that_stays_full_is_told_and_harms_nothing(
    place: Callable[[], Path], case: Case
) -> None:
    for point in range(1, 100):
        path = place()
        store = prepared(path, case)
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fault = Fault(point, full, for_ever=True)
        outcome: object = "done"
        with failing(fault, ("write", "mkdir")):
            try:
                case.act(store)
            except StoreFullError as error:
                outcome = error.committed
        assert held(path) == (case.before if outcome is False else case.after)
        case.act(store)
        assert held(path) == case.after
        store.close()
        tidy(path)
        if not fault.hit:
            return
    pytest.fail("it never ended")


@pytest.mark.parametrize("point", range(1, 60))
def test_a_store_that_is_half_made_is_made_again(quick_path: Path, point: int) -> None:
    path = quick_path / "store"
    fault = Fault(point, KilledError(), for_ever=True)
    with failing(fault), suppress(KilledError):
        FolderStore(path).close()
    store = FolderStore(path)
    store.append(S, FIRST, expected=0)

    assert tuple(store.read(S)) == FIRST
    store.close()
