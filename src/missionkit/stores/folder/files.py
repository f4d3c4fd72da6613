"""Files of a folder store: opened from the folder that they lie in, never by a path.

No link is followed on the way, so that nothing outside of the store is read or
written, also where somebody puts a link into it meanwhile.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from attrs import frozen

from missionkit.errors import CorruptStoreError

# Not every platform has these; one that lacks them is refused when a store is opened.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
# A pipe must not keep us waiting before we see that it is none of ours.
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NO_LINK
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
_LOCK: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | _NO_LINK
_PIECE: Final = 1 << 20


@frozen
class Folder:
    """An open folder of a store; *where* is its path from the root of the store."""

    fd: int
    where: str = ""

    def path_of(self, name: str) -> str:
        """Return the path of a file, as messages name it."""
        return f"{self.where}/{name}" if self.where else name


@contextmanager
def entered(root: Folder, names: Sequence[str]) -> Iterator[Folder | None]:
    """Give a folder inside another, step by step; None where there is none."""
    folder: Folder | None = root
    held = -1
    try:
        for name in names:
            folder = _inner(folder, name) if folder is not None else None
            if folder is None:
                break
            # One at a time is open, however deep a folder lies.
            outer, held = held, folder.fd
            _close_if_held(outer)
        yield folder
    finally:
        _close_if_held(held)


@contextmanager
def made(root: Folder, names: Sequence[str]) -> Iterator[tuple[Folder, ...]]:
    """Give a folder and all around it, from the root on; make what is not there."""
    folders = [root]
    try:
        for name in names:
            inner = _inner(folders[-1], name)
            while inner is None:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=folders[-1].fd)
                inner = _inner(folders[-1], name)
            folders.append(inner)
        yield tuple(folders)
    finally:
        for folder in folders[1:]:
            close_quietly(folder.fd)


def names_in(folder: Folder) -> list[str]:
    """Return the names of what lies in a folder."""
    with _listed(folder) as fd:
        return os.listdir(fd)  # noqa: PTH208 - a descriptor is no path


def folders_in(folder: Folder) -> list[str]:
    """Return the names of the folders in a folder, sorted; a link is none."""
    with _listed(folder) as fd, os.scandir(fd) as found:
        return sorted(each.name for each in found if each.is_dir(follow_symlinks=False))


def state_of(folder: Folder, name: str) -> os.stat_result | None:
    """Return what the file system says of a file; None where there is none."""
    try:
        return os.stat(name, dir_fd=folder.fd, follow_symlinks=False)
    except FileNotFoundError:
        return None


def read_file(folder: Folder, name: str) -> bytes | None:
    """Return the bytes of a file; None where there is none."""
    try:
        fd = os.open(name, _READ, dir_fd=folder.fd)
    except FileNotFoundError:
        return None
    except OSError as error:
        _refuse_other(folder, name, error)
        raise
    try:
        _refuse_irregular(fd, folder, name)
        pieces = []
        while piece := os.read(fd, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        close_quietly(fd)


def write_file(folder: Folder, name: str, data: bytes, *, flush: bool = True) -> None:
    """Make a file anew, and see to it that its bytes are on disk.

    What had the name is let go, never written to: it may have another name as well.
    """
    remove_file(folder, name)
    fd = os.open(name, _WRITE, 0o666, dir_fd=folder.fd)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(fd, left) :]
            if flush:
                os.fsync(fd)
        finally:
            close_quietly(fd)
    except OSError:
        remove_quietly(folder, name)
        raise


def open_lock(folder: Folder, name: str) -> int:
    """Return a descriptor of a file that is only locked; make it if need be."""
    try:
        fd = os.open(name, _LOCK, 0o666, dir_fd=folder.fd)
    except OSError as error:
        _refuse_other(folder, name, error)
        raise
    try:
        _refuse_irregular(fd, folder, name)
    except BaseException:
        close_quietly(fd)
        raise
    return fd


def close_quietly(fd: int) -> None:
    """Let go of a descriptor; what had to be on disk was flushed before."""
    with suppress(OSError):
        os.close(fd)


def _close_if_held(fd: int) -> None:
    if fd >= 0:
        close_quietly(fd)


def link_file(folder: Folder, old: str, new: str) -> None:
    """Give a file a second name; raise `FileExistsError` where that is taken."""
    fds = {"src_dir_fd": folder.fd, "dst_dir_fd": folder.fd}
    try:
        os.link(old, new, follow_symlinks=False, **fds)
    except PermissionError as error:
        if error.errno != errno.EPERM:
            raise
        # So Linux says of a file system that has no such names, as that of a stick.
        said = os.strerror(errno.EOPNOTSUPP)
        raise OSError(errno.EOPNOTSUPP, said, error.filename) from error


def rename_file(folder: Folder, old: str, new: str) -> None:
    """Put a file into the place of another."""
    os.rename(old, new, src_dir_fd=folder.fd, dst_dir_fd=folder.fd)


def remove_file(folder: Folder, name: str) -> None:
    """Remove a file, if it is there."""
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder.fd)


def remove_quietly(folder: Folder, name: str) -> bool:
    """Remove a file that does no harm where it stays; return whether it is gone."""
    try:
        remove_file(folder, name)
    except OSError:
        return False
    return True


def flush_file(folder: Folder, name: str) -> None:
    """See to it that the bytes of a file are on disk."""
    fd = os.open(name, _READ, dir_fd=folder.fd)
    try:
        os.fsync(fd)
    finally:
        close_quietly(fd)


def flush_folder(folder: Folder) -> None:
    """See to it that what a folder has, and no longer has, is on disk."""
    os.fsync(folder.fd)


@contextmanager
def _listed(folder: Folder) -> Iterator[int]:
    """Give a descriptor to list a folder by; no other thread moves on in its list."""
    fd = os.open(".", _FOLDER, dir_fd=folder.fd)
    try:
        yield fd
    finally:
        close_quietly(fd)


def flush_parent(folder: Folder) -> None:
    """See to it that a folder is on disk itself, where that may be asked for."""
    with suppress(PermissionError):
        parent = os.open(os.pardir, _FOLDER, dir_fd=folder.fd)
        try:
            os.fsync(parent)
        finally:
            close_quietly(parent)


def _inner(folder: Folder, name: str) -> Folder | None:
    try:
        fd = os.open(name, _FOLDER, dir_fd=folder.fd)
    except FileNotFoundError:
        return None
    except OSError as error:
        _refuse_other(folder, name, error)
        raise
    return Folder(fd, folder.path_of(name))


def _refuse_other(folder: Folder, name: str, error: OSError) -> None:
    """Raise where a link is in the way, or what cannot be opened.

    Each platform has another error for a link.
    """
    found = state_of(folder, name)
    if found is not None and stat.S_ISLNK(found.st_mode):
        said = f"{folder.path_of(name)} is a link, and leads out of the store"
        raise CorruptStoreError(f"{said}: put there what it leads to") from error
    if error.errno == errno.ENXIO:  # a socket, which cannot be opened at all
        raise CorruptStoreError(_irregular(folder, name)) from error


def _refuse_irregular(fd: int, folder: Folder, name: str) -> None:
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        raise CorruptStoreError(_irregular(folder, name))


def _irregular(folder: Folder, name: str) -> str:
    return f"{folder.path_of(name)} is no regular file"
