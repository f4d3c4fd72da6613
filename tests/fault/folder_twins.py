"""Folder stores that break a promise under a fault, to see that the tests notice."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, ClassVar
from unittest.mock import patch

from missionkit.domain.history import Commit
from missionkit.ports.store import Disposed
from missionkit.stores.folder.commits import file_of, name_of, passing_name_of
from missionkit.stores.folder.files import (
    Folder,
    flush_folder,
    link_file,
    remove_file,
    write_file,
)
from missionkit.stores.folder.pending import Pending, write_pending
from missionkit.stores.folder.store import FolderStore


class _Otherwise(FolderStore):
    """Appends in another way than it should."""

    otherwise: ClassVar[tuple[str, Callable[..., Any]]]

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        with patch(*self.otherwise):
            return super().append(stream, commits, expected=expected)


class Unflushed(_Otherwise):
    """Gives files their names at once, and trusts that the disk gets them some day."""

    otherwise = ("os.fsync", lambda _: None)


def _added(
    folder: Folder, found: int, commits: Sequence[Commit], sequences: Iterable[int]
) -> bool:
    for sequence, commit in enumerate(commits, found + 1):
        write_file(folder, passing_name_of(sequence), file_of(commit))
    for sequence in sequences:
        link_file(folder, passing_name_of(sequence), name_of(sequence))
        remove_file(folder, passing_name_of(sequence))
    flush_folder(folder)
    return True


def _ascending(
    folder: Folder,
    found: int,
    commits: Sequence[Commit],
    pending: Pending | None,
    _: Iterable[Disposed],
) -> bool:
    if pending is not None:
        write_pending(folder, pending)
    return _added(folder, found, commits, range(found + 1, found + len(commits) + 1))


class Ascending(_Otherwise):
    """Gives the first commit its name first, so that readers see it alone."""

    otherwise = ("missionkit.stores.folder.steps.add", _ascending)


def _unsaid(
    folder: Folder,
    found: int,
    commits: Sequence[Commit],
    _pending: Pending | None,
    _: Iterable[Disposed],
) -> bool:
    return _added(folder, found, commits, range(found + len(commits), found, -1))


class Unsaid(_Otherwise):
    """Does not say what it is about to do, and tells each failure as it comes."""

    otherwise = ("missionkit.stores.folder.steps.add", _unsaid)


def _heedless(folder: Folder, name: str, data: bytes) -> None:
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=folder.fd)
    with suppress(OSError):
        os.write(fd, data)
    os.close(fd)


class Heedless(_Otherwise):
    """Does not ask whether its bytes were taken."""

    otherwise = ("missionkit.stores.folder.writing.write_file", _heedless)
