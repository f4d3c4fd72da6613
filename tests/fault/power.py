"""Cuts the power of a file system again and again while a store is written on it.

Run in a mount namespace of its own, as root; prints what was found as JSON.
"""

import fcntl
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from struct import Struct
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import StoreError
from missionkit.testing.stores import commits
from tests.fault.durable import FOLDER, SQLITE, Kind, folder_kind, sqlite_kind
from tests.fault.folder_twins import Unflushed
from tests.fault.mounting import image_in, mounted_at
from tests.fault.twins import NoFlush, Usual

STAMP = Struct("q")
# What ext4 calls to shut down at once, and not to write its own journal out before.
SHUTDOWN = 0x8004587D
WITHOUT_JOURNAL = 2
S = "harbour"
BATCH: Final = 2
KINDS: Final = {
    "sqlite": SQLITE,
    "folder": FOLDER,
    "NoFlush": sqlite_kind(NoFlush),
    "Usual": sqlite_kind(Usual),
    "Unflushed": folder_kind(Unflushed),
}


def main(kind: Kind, folder: Path, cuts: int) -> dict[str, int]:
    """Cut the power so many times; return what became of acknowledged commits."""
    chance = random.Random(2026)  # noqa: S311 - moments
    chain = commits(S, 60, data=[b"x" * 2_000])
    image = image_in(folder, 48_000_000)
    found = {"acknowledged": 0, "lost": 0, "unreadable": 0, "torn": 0, "strays": 0}
    for number in range(cuts):
        place = folder / "mounted" / str(number)
        with mounted_at(image, place.parent):
            place.mkdir()
            os.sync()
            told = _cut(kind, place, chain, chance)
        with mounted_at(image, place.parent):
            found["acknowledged"] += told
            _look(kind, place, chain, told * BATCH, found)
            found["strays"] += len(kind.strays(place))
            shutil.rmtree(place)
    return found


def _cut(
    kind: Kind, place: Path, chain: Sequence[Commit], chance: random.Random
) -> int:
    """Let a process write, and cut the power; return what it reported before."""
    inward, outward = os.pipe()
    top = os.open(place.parent, os.O_RDONLY)
    child = os.fork()
    if child == 0:
        _write(kind, place, chain, outward)
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


def _write(kind: Kind, place: Path, chain: Sequence[Commit], outward: int) -> None:
    try:
        store = kind.opened(place)
        for count in range(0, len(chain), BATCH):
            store.append(S, chain[count : count + BATCH], expected=count)
            os.write(outward, STAMP.pack(time.monotonic_ns()))
        time.sleep(60)
    finally:
        os._exit(1)


def _stamp(inward: int) -> int:
    data = os.read(inward, STAMP.size)
    return int(STAMP.unpack(data)[0]) if data else 0


def _look(
    kind: Kind,
    place: Path,
    chain: Sequence[Commit],
    told: int,
    found: dict[str, int],
) -> None:
    try:
        with closing(kind.opened(place)) as store:
            there = list(store.read(S))
            store.append(S, chain[len(there) :], expected=len(there))
    except StoreError:
        found["unreadable"] += 1
        return
    found["lost"] += max(0, told - len(there))
    whole = there == list(chain[: len(there)]) and len(there) % BATCH == 0
    found["torn"] += not whole


if __name__ == "__main__":
    print(json.dumps(main(KINDS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201 - the parent reads it
