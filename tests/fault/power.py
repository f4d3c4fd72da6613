"""Cuts the power of a file system again and again while a store is written on it.

Run in a mount namespace of its own, as root; prints what was found as JSON.
"""

import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from struct import Struct

from missionkit.domain.history import Commit
from missionkit.errors import StoreError
from missionkit.stores.sqlite import SqliteStore
from missionkit.testing.stores import commits
from tests.fault.twins import NoFlush, Usual

STAMP = Struct("q")
# What ext4 calls to shut down at once, and not to write its own journal out before.
SHUTDOWN = 0x8004587D
WITHOUT_JOURNAL = 2
S = "harbour"
KINDS = {"SqliteStore": SqliteStore, "NoFlush": NoFlush, "Usual": Usual}


def main(kind: type[SqliteStore], folder: Path, cuts: int) -> dict[str, int]:
    """Cut the power so many times; return what became of acknowledged commits."""
    chance = random.Random(2026)  # noqa: S311 - moments
    chain = commits(S, 60, data=[b"x" * 2_000])
    image, mounted = folder / "image", folder / "mounted"
    with image.open("wb") as file:
        file.truncate(48_000_000)
    mounted.mkdir()
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)  # noqa: S607 - found before
    found = {"acknowledged": 0, "lost": 0, "unreadable": 0, "torn": 0}
    for number in range(cuts):
        _mount(image, mounted)
        told = _cut(kind, mounted, f"{number}.db", chain, chance)
        _unmount(mounted)
        _mount(image, mounted)
        found["acknowledged"] += told
        _look(kind, mounted / f"{number}.db", chain, told, found)
        (mounted / f"{number}.db").unlink(missing_ok=True)
        _unmount(mounted)
    return found


def _mount(image: Path, mounted: Path) -> None:
    subprocess.run(["mount", "-o", "loop", str(image), str(mounted)], check=True)  # noqa: S607 - found before


def _unmount(mounted: Path) -> None:
    subprocess.run(["umount", str(mounted)], check=True)  # noqa: S607 - found before


def _cut(
    kind: type[SqliteStore],
    mounted: Path,
    name: str,
    chain: Sequence[Commit],
    chance: random.Random,
) -> int:
    """Let a process write, and cut the power; return what it reported before."""
    inward, outward = os.pipe()
    top = os.open(mounted, os.O_RDONLY)
    child = os.fork()
    if child == 0:
        _write(kind, mounted / name, chain, outward)
    os.close(outward)
    stamps = [_stamp(inward) for _ in range(chance.randint(1, 10))]
    time.sleep(chance.uniform(0, 0.01))
    cut = time.monotonic_ns()
    fcntl.ioctl(top, SHUTDOWN, WITHOUT_JOURNAL.to_bytes(4, sys.byteorder))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while stamp := _stamp(inward):
        stamps.append(stamp)
    os.close(inward)
    os.close(top)
    # A flush may return as if all were well while the file system goes down.
    return sum(0 < stamp < cut for stamp in stamps)


def _write(
    kind: type[SqliteStore], path: Path, chain: Sequence[Commit], outward: int
) -> None:
    try:
        store = kind(path)
        for count, commit in enumerate(chain):
            store.append(S, [commit], expected=count)
            os.write(outward, STAMP.pack(time.monotonic_ns()))
        time.sleep(60)
    finally:
        os._exit(1)


def _stamp(inward: int) -> int:
    data = os.read(inward, STAMP.size)
    return int(STAMP.unpack(data)[0]) if data else 0


def _look(
    kind: type[SqliteStore],
    path: Path,
    chain: Sequence[Commit],
    told: int,
    found: dict[str, int],
) -> None:
    try:
        with closing(kind(path)) as store:
            there = list(store.read(S))
            store.append(S, chain[len(there) :], expected=len(there))
    except StoreError:
        found["unreadable"] += 1
        return
    found["lost"] += max(0, told - len(there))
    found["torn"] += there != list(chain[: len(there)])


if __name__ == "__main__":
    print(json.dumps(main(KINDS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201 - the parent reads it
