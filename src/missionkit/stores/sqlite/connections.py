"""One connection to a SQLite file for each thread, and none too many.

A connection ends with its thread, or when the store is closed. A process that is
forked leaves those of its parent alone, for SQLite cannot share them: they are never
used there, and never closed.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, RLock, local
from time import sleep
from typing import Final
from weakref import WeakSet, finalize

from missionkit.errors import StoreBusyError, StoreUnavailableError


class _Held:
    """A connection and who uses it just now; its end closes the connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.using = RLock()


class Connections:
    """Gives each thread a connection of its own; *opened* makes one."""

    def __init__(
        self, opened: Callable[[], sqlite3.Connection], *, wait: float
    ) -> None:
        """Open nothing yet; wait *wait* seconds for a turn to write."""
        self._opened = opened
        self._wait = wait
        self._turn = RLock()
        self._waiting = 0
        self._going = _going()
        self._opening = RLock()
        self._here = local()
        self._ends: list[finalize[[sqlite3.Connection, RLock], _Held]] = []
        self._halted: list[_Held] = []
        self._closed = False
        with _FORKING:
            _ALL.add(self)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let one thread of this process write at a time, or raise `StoreBusyError`.

        Without it they would look again and again whether SQLite lets them.
        """
        self._waiting += 1
        taken = self._turn.acquire(timeout=self._wait)
        self._waiting -= 1
        if not taken:
            raise StoreBusyError("other threads hold the store: try again")
        try:
            yield
        finally:
            self._turn.release()
            if self._waiting:
                # Whoever waits needs a moment to wake, or the same thread is next.
                sleep(_MOMENT)

    @contextmanager
    def here(self) -> Iterator[sqlite3.Connection]:
        """Give the connection of this thread; nobody closes it meanwhile."""
        held: _Held | None = getattr(self._here, "held", None)
        if held is None:
            held = self._here.held = self._added()
        if not self._going.is_set():
            # Only then, as an error on its way in can leave its lock locked for good.
            self._going.wait()
        with held.using:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            yield held.db

    def drop(self) -> None:
        """Close the connection of this thread; the next use opens another."""
        held: _Held | None = getattr(self._here, "held", None)
        self._here.held = None
        if held is not None:
            # At once: an error that is on its way may keep it alive for long.
            with suppress(sqlite3.Error):
                held.db.close()

    def close(self) -> None:
        """Close all, each when nobody uses it any longer."""
        self._closed = True
        with self._opening:
            ends, self._ends = self._ends, []
        for end in ends:
            end()

    def halt(self) -> None:
        """Wait until nobody uses a connection, and keep it so."""
        self._turn.acquire()
        self._opening.acquire()
        self._going.clear()
        for end in self._ends:
            alive = end.peek()
            if alive is not None:
                alive[0].using.acquire()
                self._halted.append(alive[0])

    def go_on(self) -> None:
        """Let them be used again."""
        while self._halted:
            self._halted.pop().using.release()
        self._going.set()
        self._opening.release()
        self._turn.release()

    def leave(self) -> None:
        """Let go of the connections of the parent, in a process that was forked."""
        for end in self._ends:
            found = end.detach()
            if found is not None:
                _LEFT.append(found[0].db)
        self._ends = []
        self._here = local()
        self._waiting = 0
        # The old one may be locked by a thread that is not here.
        self._going = _going()

    def _added(self) -> _Held:
        with self._opening:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            held = _Held(self._opened())
            self._ends = [end for end in self._ends if end.alive]
            self._ends.append(finalize(held, _close, held.db, held.using))
            return held


_MOMENT: Final = 0.0001
_ALL: Final[WeakSet[Connections]] = WeakSet()
_FORKING: Final = RLock()
_HALTED: Final[list[Connections]] = []
_LEFT: Final[list[sqlite3.Connection]] = []


def _going() -> Event:
    event = Event()
    event.set()
    return event


def _close(db: sqlite3.Connection, using: RLock) -> None:
    with using, suppress(sqlite3.Error):
        db.close()


def before_fork() -> None:
    """Let nothing be under way in a store while the process is forked."""
    _FORKING.acquire()
    for each in list(_ALL):
        each.halt()
        _HALTED.append(each)


def after_fork() -> None:
    """Let the stores go on, in the parent."""
    while _HALTED:
        _HALTED.pop().go_on()
    _FORKING.release()


def after_fork_in_child() -> None:
    """Leave the connections of the parent alone, in the child."""
    for each in _HALTED:
        each.leave()
    after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=before_fork,
        after_in_parent=after_fork,
        after_in_child=after_fork_in_child,
    )
