"""Links never lead a store out of its folder, however fast somebody puts them there."""

import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    StoreError,
)
from missionkit.ports.store import Disposed
from missionkit.stores.folder.commits import kept_in
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits
from missionkit.testing.stores.snapshotting import snapshot_at
from tests.fault.means import lacking
from tests.fault.swapping import exchanging, meanwhile, opens_in, planting

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="folder stores need a POSIX system"),
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings(
        # From Python 3.12 on, where a worker of the tests has threads.
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
Use: TypeAlias = Callable[[FolderStore, int], object]

S: Final = "harbour/quay"
HELD: Final = commits(S, 3)
# Sound commits of the same stream, by which an attacker would replace those.
CANARY: Final = commits(S, 3, by="canary", data=[b'{"name":"canary"}'])
HASHES: Final = {commit.hash for commit in CANARY}
WAIT: Final = 0.05

PLACES: Final = {
    "the folder of the stream": "harbour/quay",
    "the folder around it": "harbour",
    "a commit": "harbour/quay/00000002.json",
    "the first commit": "harbour/quay/00000001.json",
    "the view": "harbour/quay/model.json",
    "the lock": "harbour/quay/lock.lck",
}
READS: Final = 2_000  # of each place
WRITES: Final = 800
BLOCK: Final = 50
PASSING: Final = (
    *("00000004.tmp", "00000004.json", "00000005.tmp", "model.tmp"),
    *("pending.tmp", "pending.json", "snapshot.tmp", "snapshot.bin"),
)
PLANTED: Final = 400  # of each of these
TWIN_READS: Final = 20_000


def test_there_are_enough_tries() -> None:
    of_each = READS + WRITES
    assert len(PLACES) * of_each + len(PASSING) * PLANTED >= 20_000


@pytest.fixture
def root(quick_path: Path) -> Path:
    """Give a store with a stream; beside it lies a folder that is none of its own."""
    for name in ("one", "other"):
        (quick_path / name).mkdir()
    try:
        exchanging(quick_path / "one", quick_path / "other")()
    except (AttributeError, OSError):
        lacking("two names cannot be exchanged here")
    FolderStore(quick_path / "outside").append(S, CANARY, expected=0)
    (quick_path / "outside" / "harbour" / "quay" / "lock.lck").unlink()
    store = FolderStore(quick_path / "store", wait=WAIT)
    store.append(S, HELD, expected=0)
    store.append("library", commits("library"), expected=0)
    return quick_path / "store"


@pytest.fixture
def outside(root: Path) -> Iterator[Path]:
    """Give that folder, of which nobody opens, changes, or makes anything."""
    folder = root.with_name("outside")
    before = contents(folder)
    with opens_in(folder) as opens:
        yield folder
        assert opens() == 0
    assert contents(folder) == before


def contents(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return all that lies in a folder, when it was changed, and its names."""
    return {
        str(each.relative_to(folder)): (
            each.read_bytes() if each.is_file() else b"",
            each.lstat().st_mtime_ns,
            each.lstat().st_nlink,
        )
        for each in sorted(folder.rglob("*"))
    }


def raced(store: FolderStore, use: Use, tries: int) -> Counter[str]:
    """Use a store many times; return how often it went well, or was refused."""
    found: Counter[str] = Counter()
    for number in range(tries):
        try:
            use(store, number)
        except (ConflictError, CommitUnknownError, StoreError) as error:
            found[type(error).__name__] += 1
        else:
            found["well"] += 1
    return found


def there(store: FolderStore) -> tuple[Commit, ...]:
    """Return what the stream has: never anything that lies outside."""
    found = tuple(store.read(S))
    assert not {commit.hash for commit in found} & HASHES
    assert all(p is None or b"canary" not in p.data for c in found for p in c.payloads)
    return found


def read(store: FolderStore, number: int) -> None:
    assert there(store) == HELD
    if number % 4 == 0:
        assert set(store.streams()) <= {"library", S, "harbour"}
    snapshot = store.snapshot(S)
    assert snapshot is None or snapshot.data != b"canary"


def write(store: FolderStore, number: int) -> None:
    found = there(store)
    new = commits(S, 1 + number % 2, after=found, by=f"race-{number}", data=[b"{}"])
    count = len(found)
    if number % 3 == 0:
        made = snapshot_at(new[0])
        store.append_with_snapshot(S, new, expected=count, snapshot=made)
    elif number % 3 == 1 and count > len(HELD):
        what = [Disposed(sequence=count, put=0)]
        store.dispose(S, what, new[0], expected=count, snapshot=None)
    else:
        store.append(S, new, expected=count)


def cleared(root: Path) -> None:
    """Take out of the stream all but the commits it began with."""
    keep = {*(f"0000000{n}.json" for n in (1, 2, 3)), "model.json", "lock.lck"}
    for each in (root / "harbour" / "quay").iterdir():
        if each.name not in keep:
            each.unlink()


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_swap_lets_a_reader_out(root: Path, outside: Path, place: str) -> None:
    store = FolderStore(root, wait=WAIT)
    link = root / ".swapped"
    link.symlink_to(outside / place)
    with meanwhile(exchanging(root / place, link)):
        found = raced(store, read, READS)

    assert found.total() == READS
    assert found["well"] > 0
    if place.rpartition("/")[2] in {"model.json", "lock.lck"}:  # of no use to readers
        assert found["well"] == READS
    else:
        assert found["CorruptStoreError"] > 0


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_swap_lets_a_writer_out(root: Path, outside: Path, place: str) -> None:
    link = root / ".swapped"
    link.symlink_to(outside / place)
    exchange = exchanging(root / place, link)
    store = FolderStore(root, wait=WAIT)
    found: Counter[str] = Counter()
    for block in range(WRITES // BLOCK):
        with meanwhile(exchange, block):
            found += raced(store, write, BLOCK)
        if (root / place).is_symlink():
            exchange()
        assert not (root / place).is_symlink()
        cleared(root)

    assert found.total() == WRITES
    assert found["well"] > 0
    if place != PLACES["the view"]:  # which takes the place of the link
        assert found["CorruptStoreError"] > 0


@pytest.mark.parametrize("name", PASSING)
def test_a_link_for_a_name_that_passes_lets_nobody_out(
    root: Path, outside: Path, name: str
) -> None:
    store = FolderStore(root, wait=WAIT)
    folder = root / "harbour" / "quay"
    found: Counter[str] = Counter()
    for block in range(PLANTED // 10):
        with meanwhile(planting(folder / name, outside / PLACES["a commit"]), block):
            found += raced(store, write, 10)
        cleared(root)

    assert found.total() == PLANTED
    assert there(FolderStore(root)) == HELD


def test_a_twin_that_checks_and_then_opens_is_caught(root: Path) -> None:
    outside, link = root.with_name("outside"), root / ".swapped"
    link.symlink_to(outside / S)
    escaped = 0
    with opens_in(outside) as opens, meanwhile(exchanging(root / S, link)):
        for _ in range(TWIN_READS):
            found = checked(root, S)
            escaped += found is not None and found.hash in HASHES
            if escaped >= 3:
                break
        assert opens() > 0

    assert escaped > 0


def checked(root: Path, stream: str) -> Commit | None:
    """Read a commit as many programs would: look where it lies, and open it."""
    path = root / stream / "00000001.json"
    try:
        if not os.path.realpath(path).startswith(f"{root}/"):
            return None
        return kept_in(path.read_bytes()).commit
    except OSError:  # the system itself was taken by surprise
        return None


IN_PLACE: Final = (
    *("00000002.json", "00000001.json", "pending.json", "missionkit.json"),
    *("lock.lck", "model.json", "snapshot.bin", "00000004.tmp", "model.tmp"),
)


def put_fifo(path: Path, _: Path) -> None:
    os.mkfifo(path)


def put_socket(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(path.parent)  # a socket's path is short
        made.bind(path.name)


def put_folder(path: Path, _: Path) -> None:
    path.mkdir()


def put_device(path: Path, _: Path) -> None:
    try:
        os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        lacking("only root makes devices")


def put_link(path: Path, outside: Path) -> None:
    path.symlink_to(outside / PLACES["a commit"])


def put_hard_link(path: Path, outside: Path) -> None:
    os.link(outside / PLACES["a commit"], path)


ODD: Final = (put_fifo, put_socket, put_folder, put_device, put_link, put_hard_link)


@pytest.mark.parametrize("put", ODD, ids=lambda put: put.__name__[4:].replace("_", " "))
@pytest.mark.parametrize("name", IN_PLACE)
@pytest.mark.timeout(30)
def test_what_is_no_file_of_ours_keeps_nobody_waiting(
    root: Path,
    outside: Path,
    name: str,
    put: Callable[[Path, Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(root)
    store = FolderStore(root, wait=WAIT)
    path = root / name if name == "missionkit.json" else root / S / name
    path.unlink(missing_ok=True)
    put(path, outside)
    found: Counter[str] = Counter()
    for number in range(6):
        found += raced(store, lambda store, _: there(store), 1)
        found += raced(store, write, number + 1)
        found += raced(store, lambda *_: FolderStore(root).close(), 1)

    assert set(found) <= {"well", "CorruptStoreError", "StoreUnavailableError"}
    if put is put_hard_link:
        path.unlink(missing_ok=True)
