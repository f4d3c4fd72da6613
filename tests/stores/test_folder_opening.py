import errno
import json
import multiprocessing
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.folder import locks as folder_locks
from missionkit.stores.folder import opening as folder_opening
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits

NEW: Final = commits("harbour", 2)
FORKING: Final = "ignore:This process .* is multi-threaded:DeprecationWarning"
pytestmark = pytest.mark.filterwarnings(FORKING)


def contents(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "store"


def test_a_new_store_says_what_it_is_and_what_git_should_keep(path: Path) -> None:
    FolderStore(path).close()

    assert contents(path) == {
        "missionkit.json": b'{"store": "missionkit", "version": 1}\n',
        ".gitattributes": b"# Commits are kept byte for byte.\n*.json -text\n",
        ".gitignore": b"# What is passing, or made anew from the commits.\n"
        b"*.tmp\n*.lck\npending.json\nsnapshot.bin\n",
    }


def test_opening_a_store_again_writes_nothing(path: Path) -> None:
    FolderStore(path).close()
    (path / ".gitignore").unlink()
    before = contents(path)
    FolderStore(path).close()

    assert contents(path) == before


def test_an_empty_folder_becomes_a_store(path: Path) -> None:
    path.mkdir()
    FolderStore(path).close()

    assert (path / "missionkit.json").is_file()


def test_what_git_has_in_a_folder_stays_as_it_is(path: Path) -> None:
    (path / ".git").mkdir(parents=True)
    (path / ".gitignore").write_text("mine\n", "utf-8")
    FolderStore(path).close()

    assert (path / ".gitignore").read_text("utf-8") == "mine\n"
    assert (path / ".gitattributes").is_file()


def test_a_link_to_a_store_is_a_way_to_it(path: Path, quick_path: Path) -> None:
    path.mkdir()
    (quick_path / "link").symlink_to(path)
    FolderStore(quick_path / "link").close()

    assert (path / "missionkit.json").is_file()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_with_other_things_is_refused_and_stays(
    path: Path,
    read_only: bool,  # noqa: FBT001 - a row of the table
) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("mine", "utf-8")
    before = contents(path)
    said = "no store was ever made" if read_only else "name an empty folder"
    with pytest.raises(StoreUnavailableError, match=said):
        FolderStore(path, read_only=read_only)

    assert contents(path) == before


def test_a_store_that_lost_its_mark_is_not_taken_for_empty(path: Path) -> None:
    store = FolderStore(path)
    store.append("harbour", NEW, expected=0)
    store.close()
    (path / "missionkit.json").unlink()
    with pytest.raises(StoreUnavailableError, match=r"'harbour'.*bring that"):
        FolderStore(path)


MARKS: Final = {
    "newer": ({"store": "missionkit", "version": 2}, StoreVersionError, "newest known"),
    "another": ({"store": "other", "version": 1}, StoreVersionError, "another program"),
    "no number": (
        {"store": "missionkit", "version": "1"},
        StoreVersionError,
        "another program",
    ),
    "true": (
        {"store": "missionkit", "version": True},
        StoreVersionError,
        "another program",
    ),
    "zero": ({"store": "missionkit", "version": 0}, StoreVersionError, "another"),
    "no keys": ({}, CorruptStoreError, "mark of the store, is damaged"),
    "a list": ([], CorruptStoreError, "mark of the store, is damaged"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("mark", "kind", "said"), MARKS.values(), ids=MARKS)
def test_a_mark_that_is_not_ours_is_refused_and_nothing_written(
    path: Path,
    mark: object,
    kind: type[StoreError],
    said: str,
    read_only: bool,  # noqa: FBT001 - a row of the table
) -> None:
    path.mkdir()
    (path / "missionkit.json").write_text(json.dumps(mark), "utf-8")
    before = contents(path)
    with pytest.raises(kind, match=said):
        FolderStore(path, read_only=read_only)

    assert contents(path) == before


def test_a_torn_mark_is_damage(path: Path) -> None:
    path.mkdir()
    (path / "missionkit.json").write_bytes(b'{"store"')
    with pytest.raises(CorruptStoreError, match="is damaged"):
        FolderStore(path)


def make_file(path: Path) -> None:
    path.write_text("a", "utf-8")


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [make_file, os.mkfifo, make_socket])
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_folder_is_refused_at_once(
    path: Path,
    make: Callable[[Path], None],
    read_only: bool,  # noqa: FBT001 - a row
) -> None:
    make(path)
    with pytest.raises(StoreUnavailableError, match="is no folder"):
        FolderStore(path, read_only=read_only)


def test_a_folder_is_made_in_one_that_is_there(path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="there is no folder"):
        FolderStore(path / "none" / "such")

    assert not path.exists()


@pytest.mark.parametrize("make", [False, True])
def test_a_store_to_read_is_never_made(path: Path, make: bool) -> None:  # noqa: FBT001 - a row
    if make:
        path.mkdir()
    with pytest.raises(StoreUnavailableError, match="no store"):
        FolderStore(path, read_only=True)

    assert path.exists() is make
    assert not make or not contents(path)


def test_a_path_that_cannot_be_one_is_refused(path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be the path"):
        FolderStore(f"{path}\0")


@pytest.mark.parametrize("lost", ["O_NOFOLLOW", "O_DIRECTORY"])
def test_a_platform_without_safe_paths_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.delattr(os, lost)
    with pytest.raises(StoreUnavailableError, match="use a SQLite file here"):
        FolderStore(path)

    assert not path.exists()


def test_a_platform_without_folders_to_open_from_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", {os.open, os.stat})
    with pytest.raises(StoreUnavailableError, match="use a SQLite file here"):
        FolderStore(path)


def test_a_platform_without_locks_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_opening, "find_spec", lambda _: None)
    with pytest.raises(StoreUnavailableError, match="use a SQLite file here"):
        FolderStore(path)


@pytest.mark.parametrize("number", [errno.EOPNOTSUPP, errno.EPERM])
def test_a_file_system_without_hard_links_is_told_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(StoreUnavailableError, match="use a SQLite file there"):
        FolderStore(path)


@pytest.mark.parametrize("there", [False, True])
def test_a_new_store_is_on_disk_with_the_folder_around_it(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: bool,  # noqa: FBT001 - a row
) -> None:
    if there:
        path.mkdir()
    before, flushed = os.fsync, []

    def fsync(fd: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{fd}").readlink())
        before(fd)

    monkeypatch.setattr(os, "fsync", fsync)
    FolderStore(path).close()

    assert flushed[0] == path.parent
    assert flushed[-2:] == [path / ".missionkit.tmp", path]


def test_a_parent_that_may_not_be_opened_is_somebody_elses(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.open

    def refused(name: str, flags: int, mode: int = 0, **named: int) -> int:
        if name == os.pardir:
            raise PermissionError(errno.EACCES, "Permission denied")
        return before(name, flags, mode, **named)

    monkeypatch.setattr(os, "open", refused)
    FolderStore(path).close()

    assert (path / "missionkit.json").is_file()


def test_what_a_dead_maker_left_is_swept(path: Path) -> None:
    FolderStore(path).close()
    (path / ".missionkit.tmp").write_bytes(b"")
    FolderStore(path, read_only=True).close()
    assert (path / ".missionkit.tmp").is_file()
    FolderStore(path).close()
    assert not (path / ".missionkit.tmp").exists()


def test_links_that_may_not_be_made_are_another_matter(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(StoreUnavailableError, match="may not be opened or written"):
        FolderStore(path)


def test_threads_that_make_a_store_make_one(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: FolderStore(path), range(8)))
    stores[0].append("harbour", NEW, expected=0)

    assert all(list(store.read("harbour")) == list(NEW) for store in stores)
    assert not [name for name in contents(path) if name.endswith(".tmp")]
    for store in stores:
        store.close()


def _open(path: Path, number: int) -> None:
    store = FolderStore(path)
    store.append(f"stream-{number}", commits(f"stream-{number}"), expected=0)
    store.close()


def test_processes_that_make_a_store_make_one(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    made = [context.Process(target=_open, args=(path, n)) for n in range(6)]
    for process in made:
        process.start()
    for process in made:
        process.join(60)
    store = FolderStore(path)

    assert [process.exitcode for process in made] == [0] * 6
    assert len(store.streams()) == 6
    store.close()


def test_who_waits_too_long_for_a_store_to_be_made_is_told(path: Path) -> None:
    path.mkdir()
    fd = os.open(path, os.O_RDONLY)
    with (
        folder_locks.folder_locked(fd, 0),
        pytest.raises(StoreBusyError, match="other processes"),
    ):
        FolderStore(path, wait=0.01)
    os.close(fd)
    FolderStore(path, wait=0.01).close()


def test_of_two_that_make_a_store_the_second_finds_it_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = folder_opening._is_marked

    def late(_: object) -> bool:
        monkeypatch.setattr(folder_opening, "_is_marked", marked)
        FolderStore(path).close()
        return False

    monkeypatch.setattr(folder_opening, "_is_marked", late)
    store = FolderStore(path)
    store.append("harbour", NEW, expected=0)

    assert store.streams() == ("harbour",)
    store.close()


def test_a_store_inside_of_another_is_refused(path: Path) -> None:
    outer = FolderStore(path)
    outer.append("harbour", commits("harbour", 1), expected=0)
    with pytest.raises(StoreUnavailableError, match="lies in the store"):
        FolderStore(path / "harbour" / "inner")
    link = path.with_name("link")
    link.symlink_to(path / "harbour")
    with pytest.raises(StoreUnavailableError, match="lies in the store"):
        FolderStore(link / "inner")
    assert outer.streams() == ("harbour",)

    # No stream can lie there, and so nobody is misled.
    (path / "copies.d").mkdir()
    FolderStore(path / "copies.d" / "inner").append(
        "quay", commits("quay", 1), expected=0
    )
    assert outer.streams() == ("harbour",)
    assert not [*outer.faults()]
