"""Kills a process that writes to a store, and looks at what it left."""

import mmap
import os
import random
import signal
import statistics
import time
from collections.abc import Callable, Sequence
from struct import Struct
from typing import TypeAlias

from attrs import define, field

from missionkit.domain.history import Commit
from missionkit.errors import StoreError
from missionkit.history.chain import broken
from missionkit.ports.store import Store
from missionkit.testing.stores import commits

Make: TypeAlias = Callable[[], Store]

TIME = Struct("d")
BATCH = 3
BATCHES = 40


@define
class Found:
    """What many kills left, counted."""

    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    unreadable: int = 0
    stuck: int = 0
    times: list[float] = field(factory=list)

    @property
    def harmed(self) -> int:
        return self.lost + self.torn + self.unreadable + self.stuck


def kill(
    make: Make, stream: str, chance: random.Random, found: Found, size: int = 3_000
) -> None:
    """Kill one writer at a random moment, and count what it left."""
    chain = commits(stream, BATCH * BATCHES, data=[b"x" * size, b"{}"])
    flag = mmap.mmap(-1, 1)
    inward, outward = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inward)
        _write(make, stream, chain, flag, outward)
    os.close(outward)
    try:
        acknowledged = _wait(inward, chance, found)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    acknowledged += len(_told(inward, BATCHES))
    os.close(inward)
    found.kills += 1
    found.inside += flag[0]
    found.acknowledged += acknowledged
    _look(make, stream, chain, acknowledged * BATCH, found)


def _write(
    make: Make, stream: str, chain: Sequence[Commit], flag: mmap.mmap, outward: int
) -> None:
    """Write until killed; say so after each append has returned."""
    try:
        store = make()
        for count in range(0, len(chain), BATCH):
            flag[0] = 1
            begun = time.monotonic()
            store.append(stream, chain[count : count + BATCH], expected=count)
            took = time.monotonic() - begun
            flag[0] = 0
            os.write(outward, TIME.pack(took))
        time.sleep(60)
    finally:
        os._exit(1)


def _wait(inward: int, chance: random.Random, found: Found) -> int:
    """Wait for some acknowledgments, and then for a part of the next commit."""
    told = _told(inward, chance.randint(1, 3))
    found.times += told
    usual = statistics.median(found.times[-50:])
    time.sleep(chance.uniform(0, 2 * usual))
    return len(told)


def _told(inward: int, most: int) -> list[float]:
    """Return how long each append took that was acknowledged, of as many as wanted."""
    told: list[float] = []
    while len(told) < most and (data := os.read(inward, TIME.size)):
        told += TIME.unpack(data)
    return told


def _look(
    make: Make, stream: str, chain: Sequence[Commit], acknowledged: int, found: Found
) -> None:
    try:
        store = make()
        there = list(store.read(stream))
    except StoreError:
        found.unreadable += 1
        return
    found.lost += max(0, acknowledged - len(there))
    whole = not broken(stream, there) and there == list(chain[: len(there)])
    found.torn += not whole or len(there) % BATCH != 0
    try:
        after = commits(stream, after=there, by="next")
        store.append(stream, after, expected=len(there))
        if list(store.read(stream)) != [*there, *after]:
            found.stuck += 1
    except StoreError:
        found.stuck += 1
    store.close()
