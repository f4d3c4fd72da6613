"""A store in memory: for tests, notebooks, and what need not last."""

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.errors import StoreUnavailableError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome


class MemoryStore:
    """Keeps streams as long as it lives; it may be shared by threads."""

    def __init__(self) -> None:
        """Hold no stream."""
        self._lock = Lock()
        self._streams: dict[str, list[Commit]] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._closed = False

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        """See `Store.append`."""
        with self._lock:
            return self._appended(stream, commits, expected)

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
            count = self._appended(stream, commits, expected)
            self._snapshots[stream] = snapshot
            return count

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        """See `Store.read`."""
        with self._lock:
            self._open()
            held = self._streams.get(stream, [])[after:upto]
        return iter(held)

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """See `Store.streams`."""
        with self._lock:
            self._open()
            return tuple(sorted(s for s in self._streams if s.startswith(prefix)))

    def snapshot(self, stream: str) -> Snapshot | None:
        """See `Snapshots.snapshot`."""
        with self._lock:
            self._open()
            return self._snapshots.get(stream)

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
            count = self._appended(stream, (note,), expected)
            held = self._streams[stream]
            for each in what:
                held[each.sequence - 1] = _without(held[each.sequence - 1], each.put)
            self._snapshots.pop(stream, None)
            if snapshot is not None:
                self._snapshots[stream] = snapshot
            return count

    def close(self) -> None:
        """See `Store.close`."""
        with self._lock:
            self._closed = True

    def _appended(self, stream: str, commits: Sequence[Commit], expected: int) -> int:
        self._open()
        held = self._streams.get(stream, [])
        new = outcome(held[expected:], commits, expected=expected, found=len(held))
        if new:
            self._streams[stream] = [*held, *new]
        return len(held) + len(new)

    def _open(self) -> None:
        if self._closed:
            raise StoreUnavailableError("the store is closed")


def _without(commit: Commit, put: int) -> Commit:
    kept = (*commit.payloads[:put], None, *commit.payloads[put + 1 :])
    return evolve(commit, payloads=kept)
