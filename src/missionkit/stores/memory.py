"""A store in memory: for tests, notebooks, and what need not last."""

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from attrs import Factory, define, evolve

from missionkit.domain.history import Commit
from missionkit.errors import StoreUnavailableError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome, taken
from missionkit.stores.erasing import without


@define
class _Stream:
    commits: list[Commit] = Factory(list)
    ids: set[str] = Factory(set)
    snapshot: Snapshot | None = None


class MemoryStore:
    """Keeps streams as long as it lives; it may be shared by threads."""

    def __init__(self) -> None:
        """Hold no stream."""
        self._lock = Lock()
        self._streams: dict[str, _Stream] = {}
        self._closed = False

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """See `Store.append`."""
        with self._lock:
            held = self._held(stream)
            self._add(stream, held, self._new(stream, held, commits, expected) or ())
            return len(held.commits)

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        """See `Snapshots.append_with_snapshot`."""
        with self._lock:
            held = self._held(stream)
            new = self._new(stream, held, commits, expected)
            if new is not None:
                self._add(stream, held, new)
                held.snapshot = snapshot
            return len(held.commits)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        with self._lock:
            held = self._held(stream).commits
            last = len(held) if upto is None else max(upto, 0)
            return iter(held[max(after, 0) : last])

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        with self._lock:
            self._refuse_closed()
            return tuple(sorted(s for s in self._streams if s.startswith(prefix)))

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        with self._lock:
            return self._held(stream).snapshot

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
        with self._lock:
            held = self._held(stream)
            new = self._new(stream, held, (note,), expected)
            if new is not None:
                erased = list(held.commits)
                for each in what:
                    _erase(erased, each)
                held.commits[:] = erased
                self._add(stream, held, new)
                held.snapshot = snapshot
            return len(held.commits)

    def close(self) -> None:
        """See `Store.close`."""
        with self._lock:
            self._closed = True

    def _held(self, stream: str) -> _Stream:
        self._refuse_closed()
        return self._streams.get(stream) or _Stream()

    def _new(
        self, stream: str, held: _Stream, commits: Sequence[Commit], expected: int
    ) -> tuple[Commit, ...] | None:
        found = len(held.commits)
        since = held.commits[max(expected, 0) :]
        new = outcome(since, tuple(commits), expected=expected, found=found)
        ids = set[str]()
        for commit in new or ():
            if commit.facts.id in held.ids or commit.facts.id in ids:
                raise taken(stream, commit.facts.id, found=found)
            ids.add(commit.facts.id)
        return new

    def _add(self, stream: str, held: _Stream, new: Sequence[Commit]) -> None:
        if new:
            held.commits += new
            held.ids.update(commit.facts.id for commit in new)
            self._streams[stream] = held

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreUnavailableError("the store is closed")


def _erase(commits: list[Commit], what: Disposed) -> None:
    """Erase one payload, or raise `NotFoundError`."""
    at = what.sequence - 1
    there = commits[at].payloads if 0 <= at < len(commits) else ()
    kept = without(there, what)
    commits[at] = evolve(commits[at], payloads=kept)
