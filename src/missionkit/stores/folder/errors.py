"""What the errors of a file system mean to who uses a folder store."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from missionkit.errors import (
    CorruptStoreError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from missionkit.markup import shown

_FULL: Final = (StoreFullError, "no room is left where the store is")
_KEPT: Final = (StoreUnavailableError, "the store can only be read")
_MANY: Final = (StoreUnavailableError, "too many files are open")
_OUT: Final = (CorruptStoreError, "a link leads out of the store")
_LINKS: Final = (
    StoreUnavailableError,
    "the file system lacks what a folder store needs: use a SQLite file there",
)
_KINDS: Final[dict[int, tuple[type[StoreError], str]]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _KEPT,
    errno.EACCES: (StoreUnavailableError, "the store may not be opened or written"),
    errno.EPERM: (StoreUnavailableError, "the store may not be opened or written"),
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.EIO: (StoreUnavailableError, "the disk of the store failed"),
    errno.ELOOP: _OUT,
    errno.ENOENT: (StoreUnavailableError, "a file or folder of the store is gone"),
    errno.ENOTDIR: (CorruptStoreError, "a file stands where a folder should"),
    errno.EISDIR: (CorruptStoreError, "a folder stands where a file should"),
    errno.ENAMETOOLONG: (StoreError, "the file system takes no such long name"),
    errno.ENOLCK: (StoreUnavailableError, "the file system gives no locks"),
    errno.ENOSYS: _LINKS,
    errno.EOPNOTSUPP: _LINKS,
    errno.EMLINK: _LINKS,
    errno.EXDEV: _LINKS,
}


def translated(error: OSError, *, committed: bool | None = False) -> StoreError:
    """Return our error for one of the file system."""
    unknown = (StoreError, "the store failed")
    kind, said = _KINDS.get(error.errno or 0, unknown)
    named = f"{shown(str(error.filename))}: " if error.filename is not None else ""
    return kind(f"{said} ({named}{error.strerror or error})", committed)


@contextmanager
def ours() -> Iterator[None]:
    """Let only our errors out of the block; the file system's is the cause."""
    try:
        yield
    except OSError as error:
        raise translated(error) from error
