"""Pauses the garbage collector while very many values are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from attrs import Factory, define


@define
class _Pause:
    """Counts who asked for a pause, for the whole process: so is the collector."""

    lock: Lock = Factory(Lock)
    asked: int = 0
    resume: bool = False

    def begin(self) -> None:
        with self.lock:
            if not self.asked:
                self.resume = gc.isenabled()
                gc.disable()
            self.asked += 1

    def end(self) -> None:
        with self.lock:
            self.asked -= 1
            if not self.asked and self.resume:
                gc.enable()


_PAUSE = _Pause()


@contextmanager
def bulk() -> Iterator[None]:
    """Pause the collector inside the block; blocks may nest and run in many threads.

    Half of the time of a large load is the collector looking at values that all
    stay alive. It is resumed by the last block to end, if it was on before the first.
    """
    _PAUSE.begin()
    try:
        yield
    finally:
        _PAUSE.end()
