"""A folder as a store: what lies where, who may write, and what is refused."""

import errno
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    CorruptStoreError,
    NotFoundError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.folder import locks as folder_locks
from missionkit.stores.folder.commits import file_of, name_of
from missionkit.stores.folder.files import Folder
from missionkit.stores.folder.locks import LOCK
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.folder.view import VIEW
from missionkit.testing.stores import commits

S: Final = "harbour"
NEW: Final = commits(S, 5)
NOTE: Final = commits(S, 1, after=NEW, by="dpo", data=())[0]
FORKING: Final = "ignore:This process .* is multi-threaded:DeprecationWarning"
pytestmark = pytest.mark.filterwarnings(FORKING)


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "store"


@pytest.fixture
def store(path: Path) -> Iterator[FolderStore]:
    opened = FolderStore(path, wait=5)
    yield opened
    opened.close()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def failing(
    monkeypatch: pytest.MonkeyPatch, name: str, when: Callable[..., bool]
) -> None:
    """Let a call of `os` fail with EIO where it is asked for that."""
    before = getattr(os, name)

    def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - it is handed on
        if when(*given, **named):
            raise OSError(errno.EIO, "Input/output error")
        return before(*given, **named)

    monkeypatch.setattr(os, name, call)


# What lies where


def test_a_stream_is_a_folder_with_a_file_for_each_commit(
    store: FolderStore, path: Path
) -> None:
    store.append("harbour/plan-b", commits("harbour/plan-b", 2), expected=0)

    files = {"00000001.json", "00000002.json", VIEW, LOCK}
    assert names(path / "harbour" / "plan-b") == files
    assert names(path / "harbour") == {"plan-b"}


def test_a_refused_append_makes_no_folder(store: FolderStore, path: Path) -> None:
    before = names(path)
    with pytest.raises(ConflictError):
        store.append(S, NEW[1:], expected=1)
    with pytest.raises(NotFoundError):
        store.dispose(
            S, [Disposed(sequence=1, put=0)], NEW[0], expected=0, snapshot=None
        )
    store.append(S, (), expected=0)

    assert names(path) == before


def test_a_note_may_be_the_first_commit(store: FolderStore) -> None:
    assert store.dispose(S, (), NEW[0], expected=0, snapshot=None) == 1


def test_a_snapshot_of_nothing_is_not_kept(store: FolderStore) -> None:
    made = Snapshot(sequence=0, head="", data=b"")
    store.append_with_snapshot(S, (), expected=0, snapshot=made)

    assert store.snapshot(S) is None


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (commits("library"), "it is a commit of stream 'library'"),
        (commits(S, 2)[1:], "it is commit 2 of the stream, not 1"),
        (
            (NEW[0], commits(S, 1, after=commits(S, by="eve"), by="bob")[0]),
            "commit 'bob-2' stands after commit 'ann-1', and was not made there",
        ),
    ],
    ids=["stream", "sequence", "parent"],
)
def test_commits_that_do_not_follow_are_refused(
    store: FolderStore, new: tuple[Commit, ...], said: str
) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        store.append(S, new, expected=0)

    assert caught.value.committed is False
    assert store.streams() == ()


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 4001])
@pytest.mark.parametrize(
    "use",
    [
        lambda store, name: store.append(name, (), expected=0),
        lambda store, name: store.read(name),
        lambda store, name: store.snapshot(name),
    ],
    ids=["append", "read", "snapshot"],
)
def test_a_name_that_cannot_be_one_is_refused(
    store: FolderStore, name: str, use: Callable[[FolderStore, str], object]
) -> None:
    with pytest.raises(StoreError):
        use(store, name)


@pytest.mark.parametrize("prefix", ["a\0/", "\ud800/", "x" * 4001 + "/", "\ud800"])
def test_no_stream_begins_with_what_no_name_can(
    store: FolderStore, prefix: str
) -> None:
    store.append(S, NEW, expected=0)

    assert store.streams(prefix) == ()


@pytest.mark.parametrize("name", ["..", "../../etc/passwd", "/etc", "", "a//b", ".git"])
def test_a_hostile_name_stays_inside(store: FolderStore, path: Path, name: str) -> None:
    store.append(name, commits(name, 2), expected=0)

    assert store.streams() == (name,)
    assert list(store.read(name)) == list(commits(name, 2))
    assert names(path.parent) == {"store"}


def test_what_others_put_there_is_no_stream(store: FolderStore, path: Path) -> None:
    store.append(S, NEW, expected=0)
    for other in (".git/harbour", "Notes", "empty", "%61"):
        (path / other).mkdir(parents=True)
        if other != "empty":
            (path / other / "00000001.json").write_text("{}", "utf-8")
    (path / "a-file").write_text("", "utf-8")
    (path / "a-link").symlink_to(path / S)

    assert store.streams() == (S,)


def test_a_very_deep_stream_is_found(store: FolderStore) -> None:
    name = "/".join("d" * 900)
    store.append(name, commits(name), expected=0)

    assert store.streams() == store.streams("d/d/") == (name,)


# Who may write


def test_a_store_to_read_is_read(store: FolderStore, path: Path) -> None:
    store.append(S, NEW, expected=0)
    before = {p: p.read_bytes() for p in path.rglob("*") if p.is_file()}
    reading = FolderStore(path, read_only=True)

    assert list(reading.read(S)) == list(NEW)
    assert reading.streams() == (S,)
    assert reading.snapshot(S) is None
    with pytest.raises(StoreUnavailableError, match="opened to read it only"):
        reading.append(S, commits(S, 1, after=NEW), expected=5)
    with pytest.raises(StoreUnavailableError, match="opened to read it only"):
        reading.append("new", commits("new"), expected=0)
    reading.close()
    assert {p: p.read_bytes() for p in path.rglob("*") if p.is_file()} == before


def test_no_lock_is_asked_for_to_read(store: FolderStore, path: Path) -> None:
    store.append(S, NEW, expected=0)
    (path / S / LOCK).unlink()
    (path / S / LOCK).mkdir()

    assert list(FolderStore(path, read_only=True).read(S)) == list(NEW)


def test_a_store_that_is_closed_is_closed_to_who_reads_on(store: FolderStore) -> None:
    many = commits(S, 501, data=[b"{}"])
    store.append(S, many, expected=0)
    reading = store.read(S)
    next(reading)
    store.close()

    with pytest.raises(StoreUnavailableError, match="closed"):
        list(reading)


def test_an_open_file_is_not_left_behind(store: FolderStore) -> None:
    store.append(S, NEW, expected=0)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        list(store.read(S))
        store.streams()
        store.snapshot(S)
        store.append(S, NEW, expected=0)
        with pytest.raises(ConflictError):
            store.append(S, (), expected=1)

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_who_waits_too_long_for_another_process_is_told(
    store: FolderStore, path: Path
) -> None:
    store.append(S, NEW[:1], expected=0)
    with (path / S / LOCK).open("rb") as file:
        import fcntl  # noqa: PLC0415 - not on every platform

        fcntl.flock(file, fcntl.LOCK_EX)
        quick = FolderStore(path, wait=0.02)
        with pytest.raises(StoreBusyError, match="other processes hold the stream"):
            quick.append(S, NEW[1:], expected=1)
        with pytest.raises(StoreBusyError):
            FolderStore(path, wait=-1).append(S, NEW[1:], expected=1)
        quick.append("library", commits("library"), expected=0)

    assert quick.append(S, NEW[1:], expected=1) == len(NEW)
    quick.close()


def test_who_waits_too_long_for_another_thread_is_told(path: Path) -> None:
    store = FolderStore(path, wait=0.02)
    with (
        store._turns.turn(S, 1),
        pytest.raises(StoreBusyError, match="other threads hold the stream"),
    ):
        store.append(S, NEW, expected=0)

    assert store.append(S, NEW, expected=0) == len(NEW)
    store.close()


def test_a_lock_that_somebody_cleaned_away_is_taken_anew(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW[:1], expected=0)
    hold = folder_locks._hold
    times: list[int] = []

    def cleaned(fd: int, until: float) -> None:
        hold(fd, until)
        if not times:
            (path / S / LOCK).unlink()
        times.append(fd)

    monkeypatch.setattr(folder_locks, "_hold", cleaned)
    store.append(S, NEW[1:], expected=1)

    assert len(times) == 2
    assert (path / S / LOCK).is_file()


def test_a_lock_that_is_cleaned_away_again_and_again_is_given_up(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW[:1], expected=0)
    monkeypatch.setattr(folder_locks, "_is_still", lambda *_: False)
    with pytest.raises(StoreBusyError, match="others remove the lock"):
        store.append(S, NEW[1:], expected=1)

    assert not folder_locks._HELD


def test_a_writer_without_the_lock_is_a_conflict(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW[:1], expected=0)
    theirs = commits(S, 1, after=NEW[:1], by="eve")[0]
    link = os.link

    def late(*given: Any, **named: Any) -> None:  # noqa: ANN401 - it is handed on
        monkeypatch.setattr(os, "link", link)
        (path / S / name_of(2)).write_bytes(file_of(theirs))
        link(*given, **named)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(ConflictError) as caught:
        store.append(S, NEW[1:2], expected=1)

    assert caught.value.theirs == (theirs.facts.id,)
    assert list(store.read(S)) == [NEW[0], theirs]
    assert names(path / S) == {name_of(1), name_of(2), LOCK, VIEW}


def test_writers_without_the_lock_are_not_raced_for_ever(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object, **__: object) -> None:
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(StoreBusyError, match="without its lock") as caught:
        store.append(S, NEW[:1], expected=0)

    assert caught.value.committed is False


def _add(path: Path, by: str, number: int) -> None:
    store = FolderStore(path, wait=30)
    added = 0
    while added < number:
        there = list(store.read(S))
        new = commits(S, 2, after=there, by=f"{by}-{added}", data=[b"{}"])
        try:
            store.append(S, new, expected=len(there))
        except ConflictError:
            continue
        added += 1
    store.close()


def test_nothing_is_lost_when_processes_write_at_once(path: Path) -> None:
    FolderStore(path).close()
    context = multiprocessing.get_context("fork")
    made = [context.Process(target=_add, args=(path, f"p{n}", 5)) for n in range(4)]
    for process in made:
        process.start()
    for process in made:
        process.join(60)
    store = FolderStore(path)
    found = list(store.read(S))

    assert [process.exitcode for process in made] == [0] * 4
    assert len(found) == len({commit.facts.id for commit in found}) == 4 * 5 * 2
    store.close()


def in_child(act: Callable[[], object]) -> int:
    """Do something in a process that was forked; return how it ended."""
    child = os.fork()
    if not child:
        try:
            act()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - it is told by the status
            os._exit(1)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


def test_a_child_goes_on_with_the_store(store: FolderStore) -> None:
    store.append(S, NEW[:1], expected=0)

    assert in_child(lambda: store.append(S, NEW[1:2], expected=1)) == 0
    assert store.append(S, NEW[2:], expected=2) == len(NEW)
    assert in_child(store.close) == 0
    assert list(store.read(S)) == list(NEW)


def test_a_child_does_not_wait_for_threads_that_it_has_not(
    store: FolderStore,
) -> None:
    store.append(S, NEW[:1], expected=0)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store._turns.turn(S, 1), store._root._gate:
            held.set()
            done.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)
    status = in_child(lambda: store.append(S, NEW[1:2], expected=1))
    done.set()
    thread.join()

    assert status == 0
    assert len(list(store.read(S))) == 2


def test_a_child_begins_with_nothing_held(store: FolderStore, path: Path) -> None:
    copy = os.open(path, os.O_RDONLY)
    folder_locks._HELD.add(copy)
    with store._turns.turn(S, 1), store._root._gate:
        folder_locks.after_fork_in_child()
        assert store.append(S, NEW, expected=0) == len(NEW)

    assert not folder_locks._HELD
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(copy)


def test_a_lock_does_not_live_on_in_a_child(store: FolderStore, path: Path) -> None:
    store.append(S, NEW[:1], expected=0)
    folder = os.open(path / S, os.O_RDONLY)
    inner = Folder(folder)
    with folder_locks.locked(inner, 1):
        held = set(folder_locks._HELD)

        def closed() -> None:
            for fd in held:
                with pytest.raises(OSError, match="Bad file descriptor"):
                    os.fstat(fd)

        assert len(held) == 1
        assert in_child(closed) == 0
    assert not folder_locks._HELD
    os.close(folder)


# What is refused


def link_stream(path: Path, away: Path) -> None:
    (path / S).rename(away / S)
    (path / S).symlink_to(away / S)


def link_commit(path: Path, away: Path) -> None:
    (path / S / name_of(2)).rename(away / "two.json")
    (path / S / name_of(2)).symlink_to(away / "two.json")


@pytest.mark.parametrize("link", [link_stream, link_commit])
def test_a_link_that_leads_out_is_refused(
    store: FolderStore,
    path: Path,
    quick_path: Path,
    link: Callable[[Path, Path], None],
) -> None:
    store.append(S, NEW, expected=0)
    (quick_path / "away").mkdir()
    link(path, quick_path / "away")
    more = commits(S, 1, after=NEW)
    for opened in (store, FolderStore(path)):
        with pytest.raises(CorruptStoreError, match="is a link, and leads out"):
            list(opened.read(S))
    with pytest.raises(CorruptStoreError, match="is a link, and leads out"):
        FolderStore(path).append(S, more, expected=5)

    assert not (quick_path / "away" / name_of(6)).exists()
    assert not (quick_path / "away" / S / name_of(6)).exists()


@pytest.mark.parametrize("name", [LOCK, "00000006.tmp", "model.tmp", VIEW])
def test_a_link_in_the_place_of_a_passing_file_is_not_written_through(
    store: FolderStore, path: Path, quick_path: Path, name: str
) -> None:
    store.append(S, NEW, expected=0)
    (quick_path / "victim").write_text("mine", "utf-8")
    (path / S / name).unlink(missing_ok=True)
    (path / S / name).symlink_to(quick_path / "victim")
    more = commits(S, 1, after=NEW)
    if name == LOCK:
        with pytest.raises(CorruptStoreError, match="link"):
            store.append(S, more, expected=5)
    else:
        store.append(S, more, expected=5)

    assert (quick_path / "victim").read_text("utf-8") == "mine"


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, make_socket])
@pytest.mark.parametrize("name", [name_of(2), "pending.json", "snapshot.bin"])
@pytest.mark.timeout(20)
def test_what_is_no_regular_file_is_refused_at_once(
    store: FolderStore, path: Path, make: Callable[[Path], None], name: str
) -> None:
    store.append(S, NEW, expected=0)
    (path / S / name).unlink(missing_ok=True)
    make(path / S / name)
    with pytest.raises(CorruptStoreError, match="is no regular file"):
        store.snapshot(S) if name.endswith("bin") else list(store.read(S))


def test_a_pipe_in_the_place_of_the_lock_is_refused(
    store: FolderStore, path: Path
) -> None:
    store.append(S, NEW[:1], expected=0)
    (path / S / LOCK).unlink()
    os.mkfifo(path / S / LOCK)
    with pytest.raises(CorruptStoreError, match="is no regular file"):
        store.append(S, NEW[1:], expected=1)


def test_a_file_in_the_place_of_a_folder_is_told(
    store: FolderStore, path: Path
) -> None:
    (path / "a").write_text("", "utf-8")
    with pytest.raises(CorruptStoreError, match="a file stands where a folder should"):
        store.read("a/b")
    with pytest.raises(CorruptStoreError, match="a file stands where a folder should"):
        store.append("a/b", commits("a/b"), expected=0)


def test_the_folder_of_a_stream_that_goes_meanwhile_is_told(
    store: FolderStore, path: Path
) -> None:
    store.append(S, NEW, expected=0)
    reading = store.read(S)
    (path / S).rename(path.parent / "gone")

    with pytest.raises(CorruptStoreError, match="the folder of the stream is gone"):
        list(reading)
    assert list(store.read(S)) == []


# Three outcomes


def test_a_folder_that_cannot_be_flushed_leaves_it_open_and_a_retry_settles_it(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW[:1], expected=0)
    with monkeypatch.context() as patch:
        failing(patch, "fsync", lambda fd: Path(f"/proc/self/fd/{fd}").is_dir())
        for _ in range(2):  # it stays so, as long as the disk does
            with pytest.raises(CommitUnknownError) as caught:
                store.append(S, NEW[1:2], expected=1)
            assert caught.value.commit_id == "ann-2"

    assert store.append(S, NEW[1:2], expected=1) == len(list(store.read(S))) == 2


def test_a_retry_flushes_what_is_there(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW, expected=0)
    before, flushed = os.fsync, []

    def fsync(fd: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{fd}").readlink().name)
        before(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    store.append(S, NEW[:2], expected=0)
    assert flushed == [name_of(1), name_of(2), S, "store"]
    flushed.clear()
    store.append(S, NEW[3:4], expected=3)
    assert flushed == [name_of(4), S]


def test_a_link_that_was_made_in_spite_of_an_error_counts(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def made(*given: Any, **named: Any) -> None:  # noqa: ANN401 - it is handed on
        link(*given, **named)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "link", made)
    assert store.append(S, NEW[:1], expected=0) == 1
    monkeypatch.undo()
    assert list(store.read(S)) == [NEW[0]]


def test_where_nobody_can_look_whether_a_link_was_made_it_is_unknown(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, "link", lambda *_, **__: True)
        failing(patch, "stat", lambda name, **_: name == "00000001.tmp")
        with pytest.raises(CommitUnknownError):
            store.append(S, NEW[:1], expected=0)

    assert store.append(S, NEW[:1], expected=0) == 1


def test_an_erasing_that_fails_is_told_masked_and_ended_by_a_retry(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Snapshot(sequence=5, head=NEW[-1].hash, data=b"state")
    store.append_with_snapshot(S, NEW, expected=0, snapshot=old)
    what = [Disposed(sequence=2, put=0), Disposed(sequence=2, put=1)]

    def dispose() -> int:
        return store.dispose(S, what, NOTE, expected=5, snapshot=None)

    masked = evolve(NEW[1], payloads=(None, None))
    with monkeypatch.context() as patch:
        failing(patch, "rename", lambda old, *_, **__: old == "00000002.tmp")
        with pytest.raises(StoreError) as caught:
            dispose()
    assert caught.value.committed is True
    for reading in (store, FolderStore(path, read_only=True)):
        assert list(reading.read(S))[1] == masked
        assert list(reading.read(S, after=1, upto=2)) == [masked]
        assert reading.snapshot(S) is None
    assert b"one" in (path / S / name_of(2)).read_bytes()
    assert dispose() == len(NEW) + 1
    assert b"one" not in (path / S / name_of(2)).read_bytes()
    assert names(path / S) == {*map(name_of, range(1, 7)), LOCK, VIEW}


@pytest.mark.parametrize(("sent", "known"), [(NEW[1:4], None), (NEW[4:], False)])
def test_what_a_retry_cannot_end_it_does_not_deny(
    store: FolderStore,
    monkeypatch: pytest.MonkeyPatch,
    sent: tuple[Commit, ...],
    known: bool | None,  # noqa: FBT001 - a row of the table
) -> None:
    store.append(S, NEW[:1], expected=0)
    flushes: list[int] = []

    def third(_: int) -> bool:
        flushes.append(1)
        return len(flushes) > 6

    with monkeypatch.context() as patch:
        failing(patch, "fsync", third)
        with pytest.raises(CommitUnknownError):
            store.append(S, NEW[1:4], expected=1)
        with pytest.raises(StoreUnavailableError) as caught:
            store.append(S, sent, expected=len(NEW) - 1 if known is False else 1)

    assert caught.value.committed is known
    assert store.append(S, NEW[1:4], expected=1) == len(list(store.read(S))) == 4


def test_a_disposal_of_what_is_damaged_is_told_as_done_in_part(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW, expected=0)
    link = os.link

    def torn(*given: Any, **named: Any) -> None:  # noqa: ANN401 - it is handed on
        link(*given, **named)
        (path / S / name_of(2)).unlink()

    monkeypatch.setattr(os, "link", torn)
    what = [Disposed(sequence=2, put=0)]
    with pytest.raises(CorruptStoreError, match="is missing") as caught:
        store.dispose(S, what, NOTE, expected=5, snapshot=None)

    assert caught.value.committed is True


def test_what_is_derived_may_fail(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Snapshot(sequence=1, head=NEW[0].hash, data=b"state")
    derived = ("snapshot.tmp", "model.tmp")
    with monkeypatch.context() as patch:
        failing(patch, "rename", lambda old, *_, **__: old in derived)
        store.append_with_snapshot(S, NEW[:1], expected=0, snapshot=made)
    assert names(path / S) == {name_of(1), LOCK, *derived}
    assert store.snapshot(S) is None
    store.append(S, NEW[1:2], expected=1)
    assert names(path / S) == {name_of(1), name_of(2), LOCK, VIEW}


def test_after_a_disposal_a_stream_that_cannot_be_read_anew_is_read_later(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW, expected=0)
    what = [Disposed(sequence=2, put=0)]
    with monkeypatch.context() as patch:
        failing(patch, "fsync", lambda _: armed(patch))
        done: list[int] = []

        def armed(patch: pytest.MonkeyPatch) -> bool:
            done.append(1)
            if len(done) == 6:  # the folder, when all is erased
                failing(patch, "listdir", lambda _: True)
            return False

        store.dispose(S, what, NOTE, expected=5, snapshot=None)
    assert VIEW not in names(path / S)
    more = commits(S, 1, after=(*NEW, NOTE))
    store.append(S, more, expected=6)
    assert json.loads((path / S / VIEW).read_bytes())["sequence"] == 7


def test_a_full_disk_is_told_and_leaves_no_file(store: FolderStore, path: Path) -> None:
    big = commits(S, 1, data=[b"x" * 200_000])
    code = (
        "import resource, signal, sys\n"
        "from missionkit.errors import StoreFullError\n"
        "from missionkit.stores.folder.store import FolderStore\n"
        "from missionkit.testing.stores import commits\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "store = FolderStore(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    store.append('harbour', commits('harbour', 1, data=[b'x' * 200_000]),"
        " expected=0)\n"
        "except StoreFullError as error:\n"
        "    sys.exit(7 if error.committed is False else 1)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(path)], check=False)

    assert ended.returncode == 7
    assert names(path / S) == {LOCK}
    assert store.append(S, big, expected=0) == 1


def test_a_lock_that_cannot_be_made_anew_is_told(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(S, NEW[:1], expected=0)
    hold = folder_locks._hold

    def replaced(fd: int, until: float) -> None:
        hold(fd, until)
        (path / S / LOCK).unlink()
        (path / S / LOCK).mkdir()

    monkeypatch.setattr(folder_locks, "_hold", replaced)
    with pytest.raises(CorruptStoreError, match="a folder stands where a file should"):
        store.append(S, NEW[1:], expected=1)


def test_a_folder_that_may_not_be_written_is_told(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "mkdir", refused)
    with pytest.raises(StoreUnavailableError, match="may not be opened or written"):
        store.append(S, NEW, expected=0)

    assert not (path / S).exists()


def test_what_is_known_of_very_many_streams_is_let_go(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missionkit.stores.folder.store._TAILS", 3)
    for number in range(7):
        name = f"stream-{number}"
        store.append(name, commits(name), expected=0)
    for number in range(7):
        name = f"stream-{number}"
        more = commits(name, 1, after=commits(name))
        assert store.append(name, more, expected=1) == 2


def test_an_error_that_is_none_of_the_disk_leaves_the_store_usable(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_: object, **__: object) -> None:
        raise MemoryError

    store.append(S, NEW[:1], expected=0)
    for name in ("link", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, out_of_memory)
            with pytest.raises(MemoryError):
                store.append(S, NEW[1:4], expected=1)
    assert store.append(S, NEW[1:4], expected=1) == 4
