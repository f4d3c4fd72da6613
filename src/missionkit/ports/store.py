"""The port of stores: they keep the bytes of commits, and never change them.

A write has three outcomes: committed, refused, or unknown (`CommitUnknownError`), which
the caller resolves by sending the same commits, with the same ids, again. A store may
be used by many threads at once. `missionkit.testing.stores` proves one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from missionkit.domain.history import Commit
from missionkit.issue import Issue, Source


@frozen(kw_only=True)
class Snapshot:
    """The state of a stream after *sequence* commits, as bytes, to save folding.

    It is derived and may be thrown away. *head* is the hash of the commit up to which
    it was folded.
    """

    sequence: int
    head: str
    data: bytes = field(repr=False)


@frozen(kw_only=True)
class Aside:
    """Commits of a stream that lie in quarantine, and where that is."""

    stream: str
    place: str


@frozen(kw_only=True)
class Disposed:
    """Which payload of which commit is erased: the place among the puts of it."""

    sequence: int
    put: int


class Store(Protocol):
    """What keeps streams of commits."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """Add commits to a stream that has *expected* of them; return its new count.

        It is one atomic step, on disk when it returns. Commits that are all there
        already, at this very place, are not added again, also where others were added
        since: then nothing is written, and the count is returned.

        Raises:
            ConflictError: the stream has another count, and `theirs` are the ids of the
                commits since; or a commit has the id of another one of the stream, and
                `theirs` is that id.
            CommitUnknownError: nobody can say whether they were added. Send them again;
                should that be refused, the refusal speaks of that attempt alone.
            StoreError: the store failed; `committed` says what is known.
        """
        ...

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """Yield the commits of a stream in order, those after *after* up to *upto*.

        A stream that does not exist has none. What is appended after the call is not
        seen, and does not have to wait until the last commit is taken.
        """
        ...

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the streams, sorted, that begin with *prefix*."""
        ...

    def close(self) -> None:
        """Let go of everything; a second time does nothing.

        Whatever is asked of the store afterwards raises `StoreError`.
        """
        ...


@runtime_checkable
class Snapshots(Protocol):
    """A store that also keeps the newest snapshot of a stream."""

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        """Add commits in one atomic step, and replace the snapshot of the stream.

        Where the store breaks off in between, the older snapshot may stay with the new
        commits; it is still one of the stream. Commits that are already there change
        nothing, and the snapshot stays what it is: a later one may have erased what
        this one still holds.
        """
        ...

    def snapshot(self, stream: str) -> Snapshot | None:
        """Return the newest snapshot of a stream, or None."""
        ...


@runtime_checkable
class Disposal(Protocol):
    """A store that can erase payloads; headers and their hashes stay."""

    def dispose(
        self,
        stream: str,
        what: Iterable[Disposed],
        note: Commit,
        *,
        expected: int,
        snapshot: Snapshot | None,
    ) -> int:
        """Erase payloads, add the commit that says so, and replace the snapshot.

        It is one atomic step; without a new snapshot the old one is dropped. What is
        erased already stays so. A note that is already there changes nothing.

        Raises:
            NotFoundError: there is no such payload; nothing was written.
            ConflictError: as for `Store.append`.
        """
        ...


@runtime_checkable
class Repair(Protocol):
    """A store that tells what is wrong with it, and puts that out of the way.

    It never deletes: what is put out of the way lies in quarantine, byte for byte.
    Whether commits are those that were written is not its question, but their chain's.
    """

    def faults(self) -> Iterator[Issue]:
        """Yield what is wrong with the files or tables themselves, and where."""
        ...

    def place_of(self, stream: str, sequence: int) -> Source | None:
        """Return where a commit lies: the file or table, and the byte if it is known.

        None where there is no trace of it.
        """
        ...

    def last_of(self, stream: str) -> int:
        """Return the number of the last commit of which there is any trace."""
        ...

    def mend(self) -> tuple[str, ...]:
        """Make readable what the faults keep from being read; say what was done.

        What is made from commits is made anew, and what was half done is finished.
        """
        ...

    def set_aside(self, stream: str, *, after: int) -> tuple[str, ...]:
        """Put what follows on the first commits of a stream into quarantine.

        Return where it lies now. The snapshot goes with it. Whenever this breaks off,
        what is left is a beginning of the stream.
        """
        ...

    def aside(self) -> tuple[Aside, ...]:
        """Return what lies in quarantine, sorted by stream."""
        ...
