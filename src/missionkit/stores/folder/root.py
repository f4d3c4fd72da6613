"""The open folder of a store, shared by threads until the store is closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from missionkit.errors import StoreUnavailableError
from missionkit.stores.folder.files import Folder, close_quietly
from missionkit.stores.folder.locks import renew_after_fork


class Root:
    """Gives whoever asks a descriptor of its own, so that closing hurts nobody."""

    def __init__(self, fd: int) -> None:
        """Take over a descriptor."""
        self._fd = fd
        self._gate = Lock()
        renew_after_fork(self)

    @contextmanager
    def using(self) -> Iterator[Folder]:
        """Give the folder; raise `StoreUnavailableError` where it is closed."""
        with self._gate:
            if self._fd < 0:
                raise StoreUnavailableError("the store is closed")
            fd = os.dup(self._fd)
        try:
            yield Folder(fd)
        finally:
            close_quietly(fd)

    def close(self) -> None:
        """Let go of the folder; a second time does nothing."""
        with self._gate:
            fd, self._fd = self._fd, -1
        if fd >= 0:
            close_quietly(fd)

    def renew(self) -> None:
        """Let nobody of another process stand in the way."""
        self._gate = Lock()

    def __del__(self) -> None:
        """Let go of the folder when nobody has the store any longer."""
        self.close()
