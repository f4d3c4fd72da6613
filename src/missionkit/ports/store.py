"""The port of stores: they keep the bytes of commits, and never look into them.

A write has three outcomes: committed, refused, or unknown (`CommitUnknownError`), which
the caller resolves by sending the same commits, with the same ids, again.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from missionkit.domain.history import Commit


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
class Disposed:
    """Which payload of which commit is erased: the place among the puts of it."""

    sequence: int
    put: int


class Store(Protocol):
    """What keeps streams of commits."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """Add commits to a stream that has *expected* of them; return the new count.

        It is one atomic step, on disk when it returns. Commits that are already there,
        at this very place, are not added again.

        Raises:
            ConflictError: the stream has another count; it names the commits since.
            CommitUnknownError: nobody can say whether they were added.
            StoreError: the store failed; `committed` says what is known.
        """
        ...

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """Yield the commits of a stream in order, those after *after* up to *upto*.

        A stream that does not exist has none. What is appended meanwhile is not seen.
        """
        ...

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the streams, sorted, that begin with *prefix*."""
        ...

    def close(self) -> None:
        """Let go of everything; a second time does nothing."""
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
        """Add commits and replace the snapshot of the stream, in one atomic step."""
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

        It is one atomic step; without a new snapshot the old one is dropped.
        """
        ...
