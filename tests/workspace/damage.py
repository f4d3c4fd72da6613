"""Stores to damage, ways to damage them, and what of them has to be kept."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from missionkit.ports.store import Store
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

STREAMS = ("harbour", "harbour/pumps", "quay")
EACH = 5
DATA = [b'{"id":"warm"}', b"\xff\xfe", b"a" * 3000]


def fill(store: Store) -> None:
    """Give a store three streams, appended at once and one by one."""
    for stream in STREAMS:
        new = commits(stream, EACH, data=DATA)
        store.append(stream, new[:2], expected=0)
        for count, commit in enumerate(new[2:], 2):
            store.append(stream, [commit], expected=count)


def sqlite_store(place: Path) -> Path:
    """Make a store in a file of SQLite, and return its path."""
    with closing(SqliteStore(place / "store.db")) as store:
        fill(store)
    return place / "store.db"


def folder_store(place: Path) -> Path:
    """Make a store in a folder, and return its path."""
    with closing(FolderStore(place / "store")) as store:
        fill(store)
    return place / "store"


def all_bytes(place: Path) -> dict[str, bytes | None]:
    """Return every file in a folder, and what it holds."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        if _is_file(path)
        else None
        for path in sorted(place.rglob("*"))
    }


def kept_in(place: Path) -> Counter[bytes]:
    """Return what there is of commits in a store, and beside it, as it lies there."""
    found: Counter[bytes] = Counter()
    for path in place.rglob("*"):
        if not _is_file(path):
            continue
        if path.name.partition(".")[0].isdecimal():
            found[path.read_bytes()] += 1
        elif path.name.startswith("store.db"):
            found.update(_rows(path))
    return found


def _rows(path: Path) -> Counter[bytes]:
    """Return the rows of a sound file; of a damaged one its bytes."""
    with closing(sqlite3.connect(path)) as db:
        db.text_factory = bytes
        try:
            rows = list(db.execute("SELECT header || payloads FROM commits"))
            made = "SELECT count(*) FROM sqlite_master WHERE name = 'quarantine'"
            if db.execute(made).fetchone()[0]:
                held = "SELECT header || payloads FROM quarantine WHERE id IS NOT NULL"
                rows += db.execute(held)
            sound = db.execute("PRAGMA integrity_check").fetchone() == (b"ok",)
        except (sqlite3.Error, UnicodeDecodeError):
            sound = False
    return Counter(row[0] for row in rows) if sound else Counter([path.read_bytes()])


def flip(data: bytearray, chance: Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: Random) -> None:
    del data[chance.randrange(len(data)) :]


def zero(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + 300] = bytes(len(data[at : at + 300]))


def garble(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + 300] = chance.randbytes(len(data[at : at + 300]))


def lengthen(data: bytearray, chance: Random) -> None:
    data += chance.randbytes(chance.randrange(1, 300))


DAMAGES: tuple[Callable[[bytearray, Random], None], ...] = (
    flip,
    flip,
    cut,
    zero,
    garble,
    lengthen,
)


def damage_file(path: Path, chance: Random) -> None:
    """Damage the bytes of one file."""
    data = bytearray(path.read_bytes())
    if data:
        chance.choice(DAMAGES)(data, chance)
        path.write_bytes(data)


def damage_folder(place: Path, chance: Random) -> None:
    """Damage a file of a folder, or take it away, double it, or put a link there."""
    files = [
        path
        for path in sorted(place.rglob("*"))
        if _is_file(path) and not path.name.startswith(".")
    ]
    path = chance.choice(files)
    match chance.randrange(6):
        case 0:
            path.unlink()
        case 1:
            name = chance.choice(["00000003 (2).json", "00000009.json", "3.json"])
            if not (path.parent / name).exists():
                (path.parent / name).write_bytes(path.read_bytes())
        case 2:
            path.unlink()
            path.symlink_to(place)
        case 3:
            path.unlink()
            path.mkdir()
        case _:
            damage_file(path, chance)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
