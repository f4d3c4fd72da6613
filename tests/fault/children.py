"""A process of its own for what a fault is to befall; everything is loaded in it."""

import os
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from attrs import frozen

Act: TypeAlias = Callable[[], str]
"""Does something, and says what it came to."""

PATIENCE: Final = 60


@frozen
class Child:
    """A process that has begun, and waits for the word to act."""

    process: int
    _socket: socket.socket

    def act(self) -> str:
        """Let it act; return what it says, which is nothing where it was killed.

        Then it waits, and lets go of nothing that it has.
        """
        self._socket.send(b"!")
        try:
            return self._socket.recv(10_000).decode()
        except ConnectionResetError:
            return ""

    def end(self) -> None:
        """Kill it, if it is there."""
        os.kill(self.process, signal.SIGKILL)


@contextmanager
def child(begin: Callable[[], Act]) -> Iterator[Child]:
    """Give a process that has begun; it is gone at the end of the block."""
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        ours.close()
        _act(begin, theirs)
    theirs.close()
    found = Child(process, ours)
    try:
        ours.settimeout(PATIENCE)
        assert ours.recv(1), "the process could not begin"
        yield found
    finally:
        found.end()
        ours.close()
        _, ended = os.waitpid(process, 0)
    assert os.WIFSIGNALED(ended), "the process could not act"


def _act(begin: Callable[[], Act], theirs: socket.socket) -> None:
    try:
        act = begin()
        theirs.send(b"?")
        theirs.recv(1)
        theirs.send(act().encode())
        theirs.recv(1)
    except BaseException:  # noqa: BLE001 - the parent sees how it ended
        traceback.print_exc()
    finally:
        os._exit(1)
