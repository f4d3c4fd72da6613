"""A store in a folder: one readable file a commit, fit to be kept in git."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from missionkit.domain.history import Commit
from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreUnavailableError,
)
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.folder.errors import ours
from missionkit.stores.folder.faults import begun
from missionkit.stores.folder.files import Folder, entered, made
from missionkit.stores.folder.locks import Turns, locked
from missionkit.stores.folder.opening import opened_root
from missionkit.stores.folder.paths import folders_of
from missionkit.stores.folder.pending import masked_in
from missionkit.stores.folder.repair import Mending
from missionkit.stores.folder.root import Root
from missionkit.stores.folder.snapshots import snapshot_in
from missionkit.stores.folder.steps import Step, before_the_first, done
from missionkit.stores.folder.streams import (
    Tail,
    count_in,
    page_in,
    streams_in,
    tail_at,
)
from missionkit.stores.waiting import seconds

_TRIES: Final = 3
# What is known of more streams than these is read anew.
_TAILS: Final = 256


class FolderStore(Mending):
    """Keeps streams in a folder; it may be shared by threads and by processes.

    Each commit is a file of JSON, on disk when `append` returns. *wait* is how many
    seconds to wait for others. With *view* there is a `model.json` beside the commits
    of each stream, for people: it shows the elements as they are now. With *read_only*
    nothing is written, and no lock is taken.

    Without *strict*, a stream that is damaged is read up to the first commit that
    cannot be, and then `CorruptStoreError` is raised.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        wait: float = 10.0,
        read_only: bool = False,
        view: bool = True,
        strict: bool = True,
    ) -> None:
        """Open the folder, or make it; raise `StoreError` where that cannot be done."""
        self._wait = seconds(wait)
        self._view = view
        self._read_only = read_only
        with ours():
            place = Path(path).absolute()
            self._root = Root(
                opened_root(place, wait=self._wait, read_only=read_only, strict=strict)
            )
        self._strict = strict
        self._turns = Turns()
        self._counts: dict[str, int] = {}
        self._tails: dict[str, Tail] = {}

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """See `Store.append`."""
        return self._written(stream, Step(tuple(commits), expected))

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        """See `Snapshots.append_with_snapshot`."""
        step = Step(tuple(commits), expected, snapshot=snapshot)
        return self._written(stream, step)

    def dispose(
        self,
        stream: str,
        what: Iterable[Disposed],
        note: Commit,
        *,
        expected: int,
        snapshot: Snapshot | None,
    ) -> int:
        """See `Disposal.dispose`."""
        step = Step((note,), expected, snapshot=snapshot, erases=tuple(what))
        return self._written(stream, step)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        with self._inside(stream) as folder:
            if folder is None:
                return iter(())
            try:
                last = self._counted(stream, folder)
                # Asked for after the count, so that a note that is seen masks.
                masked = masked_in(folder)
            except CorruptStoreError as error:
                if self._strict:
                    raise
                return self._begun(stream, max(after, 0), upto, error)
        upto = last if upto is None else min(upto, last)
        return self._read(stream, max(after, 0), upto, masked)

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        with ours(), self._root.using() as root:
            return streams_in(root, prefix)

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        with self._inside(stream) as folder:
            if folder is None:
                return None
            try:
                return snapshot_in(folder, self._counted(stream, folder))
            except CorruptStoreError:
                if self._strict:
                    raise
                return None

    def close(self) -> None:
        """See `Store.close`."""
        self._root.close()

    @contextmanager
    def _inside(self, stream: str) -> Iterator[Folder | None]:
        names = folders_of(stream)
        with ours(), self._root.using() as root, entered(root, names) as folder:
            yield folder

    def _counted(self, stream: str, folder: Folder) -> int:
        found = count_in(folder, self._counts.get(stream, 0))
        self._counts[stream] = found
        return found

    def _begun(
        self, stream: str, after: int, upto: int | None, error: CorruptStoreError
    ) -> Iterator[Commit]:
        """Yield what a damaged stream begins with, and then raise why it is damaged."""
        with self._inside(stream) as folder:
            last, masked = begun(folder) if folder is not None else (0, {})
        yield from self._read(
            stream, after, last if upto is None else min(upto, last), masked
        )
        if upto is None or upto > last:
            raise error

    def _read(
        self,
        stream: str,
        after: int,
        upto: int,
        masked: Mapping[int, frozenset[int]],
    ) -> Iterator[Commit]:
        tail: Tail | None = None
        while after < upto:
            with self._inside(stream) as folder:
                if folder is None:
                    raise CorruptStoreError("the folder of the stream is gone")
                tail = tail or tail_at(folder, stream, after)
                page = page_in(folder, tail, upto, masked)
            yield from page
            after = tail.count

    def _written(self, stream: str, step: Step) -> int:
        names = folders_of(stream)
        with (
            ours(),
            self._root.using() as root,
            self._turns.turn(stream, self._wait) as left,
        ):
            if self._read_only:
                raise StoreUnavailableError("the store was opened to read it only")
            with entered(root, names) as folder:
                if folder is None and before_the_first(stream, step):
                    return 0
            with made(root, names) as folders, locked(folders[-1], left):
                return self._tried(folders, stream, step)

    def _tried(self, folders: Sequence[Folder], stream: str, step: Step) -> int:
        for _ in range(_TRIES):
            # Known again once all went well.
            known = self._tails.pop(stream, None)
            try:
                tail = done(folders, known, stream, step, view=self._view)
            except FileExistsError:  # somebody wrote without the lock
                continue
            if len(self._tails) >= _TAILS:
                self._tails.clear()
            self._tails[stream] = tail
            self._counts[stream] = tail.count
            return tail.count
        raise StoreBusyError("others write to the stream without its lock")
