"""One writer of a stream at a time, among threads and among processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import TIMEOUT_MAX, Lock
from time import monotonic, sleep
from typing import Final, Protocol
from weakref import WeakSet

from missionkit.errors import StoreBusyError
from missionkit.stores.folder.files import (
    Folder,
    close_quietly,
    open_lock,
    state_of,
)

LOCK: Final = "lock.lck"

_SOON: Final = 0.0002
_LATER: Final = 0.005
_TRIES: Final = 20
_SLOWER: Final = 1.5


class Renewed(Protocol):
    """What is made anew in a process that was forked."""

    def renew(self) -> None:
        """Forget what other threads were doing when the process was forked."""
        ...


class Turns:
    """Lets one thread of this process write to a stream at a time."""

    def __init__(self) -> None:
        """Keep nobody waiting."""
        self._locks: dict[str, Lock] = {}
        renew_after_fork(self)

    @contextmanager
    def turn(self, stream: str, wait: float) -> Iterator[float]:
        """Give the seconds that are left to wait; raise `StoreBusyError` at none."""
        until = monotonic() + wait
        lock = self._locks.get(stream) or self._locks.setdefault(stream, Lock())
        if not lock.acquire(timeout=min(max(wait, 0), TIMEOUT_MAX)):
            raise StoreBusyError("other threads hold the stream: try again")
        try:
            yield until - monotonic()
        finally:
            lock.release()

    def renew(self) -> None:
        """Let go of all, in a process that was forked while others had their turn."""
        self._locks = {}


@contextmanager
def locked(folder: Folder, wait: float) -> Iterator[None]:
    """Hold the lock of a stream; raise `StoreBusyError` where others keep it."""
    until = monotonic() + wait
    fd = -1
    try:
        for _ in range(_TRIES):
            fd = open_lock(folder, LOCK)
            _hold(fd, until)
            if _is_still(fd, folder):
                break
            # Somebody cleaned the folder: what is locked has no name any longer.
            held, fd = fd, -1
            _let_go(held)
        else:
            raise StoreBusyError("others remove the lock of the stream: try again")
        yield
    finally:
        _let_go(fd)


@contextmanager
def folder_locked(fd: int, wait: float) -> Iterator[None]:
    """Hold a lock of a folder itself; raise `StoreBusyError` where others keep it."""
    try:
        _hold(fd, monotonic() + wait)
        yield
    finally:
        _unlock(fd)


def renew_after_fork(what: Renewed) -> None:
    """See to it that something is renewed in every process that is forked."""
    _RENEWED.add(what)


_RENEWED: Final[WeakSet[Renewed]] = WeakSet()
_HELD: Final[set[int]] = set()


def after_fork_in_child() -> None:
    """Leave what other threads of the parent hold to them."""
    for each in list(_RENEWED):
        each.renew()
    # A copy of a descriptor would keep the lock when the parent is gone.
    for fd in list(_HELD):
        close_quietly(fd)
    _HELD.clear()


def _hold(fd: int, until: float) -> None:
    import fcntl  # noqa: PLC0415 - not on every platform

    _HELD.add(fd)
    pause = _SOON
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            left = until - monotonic()
            if left <= 0:
                said = "other processes hold the stream: try again"
                raise StoreBusyError(said) from None
            sleep(min(pause, left))
            pause = min(pause * _SLOWER, _LATER)
        else:
            return


def _is_still(fd: int, folder: Folder) -> bool:
    named = state_of(folder, LOCK)
    return named is not None and os.path.samestat(named, os.fstat(fd))


def _let_go(fd: int) -> None:
    if fd >= 0:
        _unlock(fd)
        close_quietly(fd)


def _unlock(fd: int) -> None:
    import fcntl  # noqa: PLC0415 - not on every platform

    _HELD.discard(fd)
    # Closing alone keeps the lock while a process that was forked has a copy.
    with suppress(OSError):
        fcntl.flock(fd, fcntl.LOCK_UN)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork_in_child)
