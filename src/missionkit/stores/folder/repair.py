"""How a folder store is mended: files are moved into quarantine, and never deleted.

What is moved lies in `quarantine.d`, under the folders of its stream and a number for
each time. The dot in these names keeps them apart from the names of streams.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Final

from missionkit.errors import CorruptStoreError, StoreUnavailableError
from missionkit.issue import Issue, Source
from missionkit.ports.store import Aside
from missionkit.stores import codes
from missionkit.stores.folder.commits import name_of
from missionkit.stores.folder.errors import ours
from missionkit.stores.folder.faults import (
    faults_in,
    folders_with,
    numbers_in,
    odd,
    place_in,
    uncommitted_in,
    view_of,
    wrong_in,
)
from missionkit.stores.folder.files import (
    Folder,
    entered,
    flush_folder,
    folders_in,
    made,
    read_file,
    state_of,
)
from missionkit.stores.folder.locks import LOCK, Turns, locked
from missionkit.stores.folder.opening import MARK, mark_fault, put_mark
from missionkit.stores.folder.paths import folders_of, stream_of
from missionkit.stores.folder.pending import (
    PENDING,
    Pending,
    finish,
    is_done,
    read_pending,
)
from missionkit.stores.folder.root import Root
from missionkit.stores.folder.snapshots import SNAPSHOT
from missionkit.stores.folder.view import VIEW, write_view

QUARANTINE: Final = "quarantine.d"
_END: Final = ".d"


class Mending:
    """The part of a folder store that finds damage and puts it out of the way."""

    _root: Root
    _turns: Turns
    _wait: float
    _read_only: bool
    _counts: dict[str, int]
    _tails: dict[str, Any]

    def faults(self) -> Iterator[Issue]:
        """See `Repair.faults`."""
        with ours(), self._root.using() as root:
            if said := mark_fault(root):
                yield codes.DAMAGED.issue(f"{said}.", source=Source(file=MARK))
            for names in folders_with(root):
                with entered(root, names) as folder:
                    found = () if folder is None else tuple(faults_in(folder, names))
                yield from found

    def place_of(self, stream: str, sequence: int) -> Source | None:
        """See `Repair.place_of`."""
        with self._within(stream) as folder:
            return None if folder is None else place_in(folder, sequence)

    def last_of(self, stream: str) -> int:
        """See `Repair.last_of`."""
        with self._within(stream) as folder:
            if folder is None:
                return 0
            begun_only = uncommitted_in(folder)
            there = (each for each in numbers_in(folder) if each not in begun_only)
            return max(there, default=0)

    def mend(self) -> tuple[str, ...]:
        """See `Repair.mend`."""
        with ours(), self._root.using() as root:
            places = tuple(folders_with(root))
        done = [said for names in places for said in self._mended(names)]
        return (*self._marked(), *done)

    def set_aside(self, stream: str, *, after: int) -> tuple[str, ...]:
        """See `Repair.set_aside`."""
        with self._alone(folders_of(stream)) as (root, folder):
            later = [each for each in numbers_in(folder) if each > after]
            # The last one first, so that what is left always is a beginning.
            names = [*map(name_of, reversed(later)), SNAPSHOT]
            if not after:
                names.append(VIEW)
            place = _moved(root, folder, folders_of(stream), names)
            _show(folder, stream)
        return (place,) if place else ()

    def aside(self) -> tuple[Aside, ...]:
        """See `Repair.aside`."""
        with ours(), self._root.using() as root:
            found = [
                Aside(stream=stream_of(names[:-1]) or "", place="/".join(place))
                for names in _numbered(root)
                for place in [(QUARANTINE, *names)]
            ]
        return tuple(sorted(found, key=lambda each: (each.stream, each.place)))

    @contextmanager
    def _within(self, stream: str) -> Iterator[Folder | None]:
        names = folders_of(stream)
        with ours(), self._root.using() as root, entered(root, names) as folder:
            yield folder

    @contextmanager
    def _alone(self, names: Sequence[str]) -> Iterator[tuple[Folder, Folder]]:
        """Give the root and a folder in it, in which nobody else writes meanwhile."""
        stream = stream_of(names) or ""
        self._refuse_reading()
        with (
            ours(),
            self._root.using() as root,
            self._turns.turn(stream, self._wait) as left,
            entered(root, names) as folder,
        ):
            if folder is None:
                raise StoreUnavailableError("the folder of the stream is gone")
            has_commits = bool(numbers_in(folder))
            with locked(folder, left) if has_commits else nullcontext():
                self._counts.pop(stream, None)
                self._tails.pop(stream, None)
                yield root, folder

    def _marked(self) -> Iterator[str]:
        with ours(), self._root.using() as root:
            if mark_fault(root):
                self._refuse_reading()
                _moved(root, root, (), [MARK])
                put_mark(root)
                yield f"made {MARK}, the mark of the store, anew"

    def _refuse_reading(self) -> None:
        if self._read_only:
            raise StoreUnavailableError("the store was opened to read it only")

    def _mended(self, names: Sequence[str]) -> Iterator[str]:
        stream = stream_of(names) if names else None
        with ours(), self._root.using() as root, entered(root, names) as folder:
            if folder is None or not any(_harmful(folder, names)):
                return
            if odd(folder, LOCK):
                self._refuse_reading()
                yield _told([LOCK], _moved(root, folder, names, [LOCK]))
        with self._alone(names) as (root, folder):
            wrong = [*wrong_in(folder, names)]
            wrong += _ended(folder, wrong)
            if wrong:
                yield _told(wrong, _moved(root, folder, names, wrong))
            wanted = None if stream is None else _stale(folder, stream)
            if wanted is not None:
                yield _told([VIEW], _moved(root, folder, names, [VIEW]))
                write_view(folder, wanted)
                yield f"made {folder.path_of(VIEW)} anew"


def _told(files: Iterable[str], place: str) -> str:
    return f"moved {', '.join(files)} into quarantine: {place}"


def _harmful(folder: Folder, names: Sequence[str]) -> Iterator[bool]:
    """Yield something for each fault that mending does something about."""
    yield from (True for _ in wrong_in(folder, names))
    stream = stream_of(names) if names else None
    if stream is None:
        return
    if state_of(folder, PENDING) is not None:
        yield True
    if _stale(folder, stream) is not None:
        yield True


def _ended(folder: Folder, wrong: Sequence[str]) -> list[str]:
    """End what a writer began; return the files of what it did not commit."""
    if PENDING in wrong or (pending := read_pending(folder)) is None:
        return []
    with suppress(CorruptStoreError):
        if is_done(folder, pending):
            finish(folder, pending, (SNAPSHOT, VIEW))
            return []
    return [*_uncommitted(folder, pending), PENDING]


def _uncommitted(folder: Folder, pending: Pending) -> Iterator[str]:
    for sequence in reversed(pending.beyond):
        if state_of(folder, name_of(sequence)) is not None:
            yield name_of(sequence)


def _moved(
    root: Folder, folder: Folder, names: Sequence[str], files: Iterable[str]
) -> str:
    """Move files into quarantine, and see to it that they stay there; say where."""
    there = [name for name in files if state_of(folder, name) is not None]
    if not there:
        return ""
    outer = (QUARANTINE, *names)
    with made(root, outer) as folders:
        number = 1 + max(map(_number, folders_in(folders[-1])), default=0)
    with made(root, (*outer, f"{number}{_END}")) as folders:
        for each in reversed(folders):
            flush_folder(each)
        for name in there:
            _rename(folder, folders[-1], name)
        flush_folder(folders[-1])
        flush_folder(folder)
        return folders[-1].where


def _number(name: str) -> int:
    start = name.removesuffix(_END)
    return int(start) if name.endswith(_END) and start.isdecimal() else 0


def _numbered(root: Folder) -> Iterator[tuple[str, ...]]:
    """Yield the folders of quarantine that hold something, below the outermost."""
    with entered(root, (QUARANTINE,)) as held:
        waiting: list[tuple[str, ...]] = [] if held is None else [()]
        while held is not None and waiting:
            names = waiting.pop()
            with entered(held, names) as folder:
                inner = [] if folder is None else folders_in(folder)
            waiting += [(*names, each) for each in inner if not each.endswith(_END)]
            yield from ((*names, each) for each in inner if _number(each))


def _rename(source: Folder, target: Folder, name: str) -> None:
    os.rename(name, name, src_dir_fd=source.fd, dst_dir_fd=target.fd)


def _stale(folder: Folder, stream: str) -> str | None:
    """Return what the view should say, where there is one that says something else."""
    if odd(folder, VIEW) or (held := read_file(folder, VIEW)) is None:
        return None
    wanted = view_of(folder, stream)
    return wanted if wanted is not None and wanted.encode() != held else None


def _show(folder: Folder, stream: str) -> None:
    """Make the view anew where it is wrong."""
    wanted = _stale(folder, stream)
    if wanted is not None:
        write_view(folder, wanted)
