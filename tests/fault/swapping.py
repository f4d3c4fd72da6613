"""Another process that puts links into a store, again and again, while it is used."""

import ctypes
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_EXCHANGE: Final = 2  # RENAME_EXCHANGE
_HERE: Final = -100  # AT_FDCWD
_OPENED: Final = 0x20  # IN_OPEN
_EVENT: Final = 16
# How long a name stays what it is, in seconds: mostly not at all.
_PAUSES: Final = (*(0.0,) * 6, 0.0001, 0.0005)


def exchanging(one: Path, other: Path) -> Callable[[], None]:
    """Return what exchanges two names in one step, so that no name is ever missing."""
    function = ctypes.CDLL(None).renameat2
    text, number = ctypes.c_char_p, ctypes.c_int
    function.argtypes = [number, text, number, text, ctypes.c_uint]
    ours, theirs = bytes(one), bytes(other)

    def exchange() -> None:
        if function(_HERE, ours, _HERE, theirs, _EXCHANGE):
            raise OSError("two names cannot be exchanged here")

    return exchange


def planting(name: Path, target: Path) -> Callable[[], None]:
    """Return what puts a link to a target in the place of whatever has a name."""
    spare = name.with_name("spare")

    def plant() -> None:
        spare.symlink_to(target)
        spare.rename(name)

    return plant


@contextmanager
def opens_in(folder: Path) -> Iterator[Callable[[], int]]:
    """Give what counts how often, from now on, something in a folder was opened."""
    libc = ctypes.CDLL(None)
    fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        for each in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
            assert libc.inotify_add_watch(fd, bytes(each), _OPENED) >= 0
        yield lambda: _left_in(fd)
    finally:
        os.close(fd)


def _left_in(fd: int) -> int:
    """Count the events that nobody has read; the least of them is so long."""
    found = 0
    with suppress(BlockingIOError):
        while data := os.read(fd, 1 << 16):
            found += len(data) // _EVENT
    return found


@contextmanager
def meanwhile(act: Callable[[], None], seed: int = 2026) -> Iterator[None]:
    """Let another process do something all the time, with pauses of chance."""
    process = os.fork()
    if process == 0:
        try:
            _repeat(act, random.Random(seed))  # noqa: S311 - moments
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _repeat(act: Callable[[], None], chance: random.Random) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            act()
        except OSError:  # what is in the way now goes again
            time.sleep(0.0001)
        pause = chance.choice(_PAUSES)
        if pause:
            time.sleep(pause)
