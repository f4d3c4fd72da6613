"""Threads of one workspace take turns on a stream, and try again where one lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from time import sleep
from typing import Final, TypeVar

from missionkit.errors import ConflictError, InvalidValueError, StoreBusyError
from missionkit.history import codes

T = TypeVar("T")

TRIES: Final = 10
# How long to wait for other threads; they may wait for this one.
_TURN: Final = 1.0
_PAUSE: Final = 0.002


class Turns:
    """Whose turn it is on each stream, among the threads of one workspace."""

    def __init__(self) -> None:
        """Begin with nobody's."""
        self._lock: Final = Lock()
        self._turns: dict[str, RLock] = {}

    @contextmanager
    def of(self, stream: str) -> Iterator[None]:
        """Wait until no other thread transacts on a stream, but not for ever."""
        with self._lock:
            turn = self._turns.setdefault(stream, RLock())
        held = turn.acquire(timeout=_TURN)
        try:
            yield
        finally:
            if held:
                turn.release()


def tried(once: Callable[[], T], tries: int = TRIES) -> T:
    """Return what a function returns, called again while others are faster."""
    if type(tries) is not int or tries < 1:
        issue = codes.WRONG_QUESTION.issue(
            "There must be at least one try.", path="tries", value=tries
        )
        raise InvalidValueError("transaction", (issue,))
    for count in range(1, tries):
        try:
            return once()
        except (ConflictError, StoreBusyError) as error:
            if getattr(error, "committed", False) is not False:
                raise  # it may be stored, and must not be done twice
            sleep(_PAUSE * count)
    return once()
