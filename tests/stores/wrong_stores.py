"""A right store over a dict, and stores that are wrong in one thing each.

Not collected by itself: `test_wrong_stores.py` runs the contract on them.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from threading import RLock
from typing import ClassVar

import pytest
from attrs import Factory, define, evolve

from missionkit.domain.history import Commit, Payload
from missionkit.errors import ConflictError, StoreUnavailableError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome, taken
from missionkit.stores.erasing import without
from missionkit.testing.stores import StoreContract
from missionkit.testing.stores.opening import MakeStore


@define
class Place:
    """What lasts when a store over it is closed."""

    streams: dict[str, list[Commit]] = Factory(dict)
    snapshots: dict[str, Snapshot] = Factory(dict)
    lock: RLock = Factory(RLock)


class Right:
    """Passes the contract; what is wrong elsewhere is one method of it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.closed = False

    def held(self, stream: str) -> list[Commit]:
        if self.closed:
            raise StoreUnavailableError("the store is closed")
        return self.place.streams.get(stream, [])

    def decided(
        self, stream: str, commits: Sequence[Commit], expected: int
    ) -> tuple[Commit, ...] | None:
        held = self.held(stream)
        since = held[max(expected, 0) :]
        new = outcome(since, commits, expected=expected, found=len(held))
        ids = [commit.facts.id for commit in held]
        for commit in new or ():
            if commit.facts.id in ids:
                raise taken(stream, commit.facts.id, found=len(held))
            ids.append(commit.facts.id)
        return new

    def add(self, stream: str, new: Sequence[Commit]) -> int:
        if new:
            self.place.streams.setdefault(stream, []).extend(new)
        return len(self.held(stream))

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        with self.place.lock:
            return self.add(stream, self.decided(stream, commits, expected) or ())

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        with self.place.lock:
            new = self.decided(stream, commits, expected)
            if new is not None:
                self.place.snapshots[stream] = snapshot
            return self.add(stream, new or ())

    def snapshot(self, stream: str) -> Snapshot | None:
        self.held(stream)
        return self.place.snapshots.get(stream)

    def dispose(
        self,
        stream: str,
        what: Iterable[Disposed],
        note: Commit,
        *,
        expected: int,
        snapshot: Snapshot | None,
    ) -> int:
        with self.place.lock:
            new = self.decided(stream, (note,), expected)
            if new is None:
                return len(self.held(stream))
            left = list(self.held(stream))
            for each in what:
                self.erase(left, each)
            self.place.streams[stream] = left
            self.renew(stream, snapshot)
            return self.add(stream, new)

    def erase(self, left: list[Commit], each: Disposed) -> None:
        there = left[each.sequence - 1 : each.sequence] if each.sequence > 0 else []
        kept = without(there[0].payloads if there else (), each)
        left[each.sequence - 1] = evolve(there[0], payloads=kept)

    def renew(self, stream: str, snapshot: Snapshot | None) -> None:
        self.place.snapshots.pop(stream, None)
        if snapshot is not None:
            self.place.snapshots[stream] = snapshot

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        with self.place.lock:
            held = self.held(stream)
            last = len(held) if upto is None else max(upto, 0)
            return iter(held[max(after, 0) : last])

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        with self.place.lock:
            self.held("")
            return tuple(sorted(s for s in self.place.streams if s.startswith(prefix)))

    def close(self) -> None:
        self.closed = True


class NoLock(Right):
    """Two may compare before one of them adds."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        new = self.decided(stream, commits, expected) or ()
        time.sleep(0.001)
        return self.add(stream, new)


class LosesTheTail(Right):
    """The last commit was still on its way when the store was closed."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        for held in place.streams.values():
            del held[-1:]


class WrongOrder(Right):
    """Reads by id, which looks right as long as ids are numbers below ten."""

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        found = super().read(stream, after=after, upto=upto)
        return iter(sorted(found, key=lambda commit: commit.facts.id))


class ChangesInPlace(Right):
    """Takes what is sent again for a correction."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        held = self.held(stream)
        known = [commit.facts.id for commit in held]
        for commit in commits:
            if commit.facts.id in known:
                held[known.index(commit.facts.id)] = commit
                return len(held)
        return super().append(stream, commits, expected=expected)


class SwallowsConflicts(Right):
    """Adds nothing and says nothing."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        try:
            return super().append(stream, commits, expected=expected)
        except ConflictError as error:
            return error.found


class AppendsFirst(Right):
    """Adds before it compares."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        with self.place.lock:
            found = len(self.held(stream))
            count = self.add(stream, commits)
            if found != expected:
                raise ConflictError(expected, found)
            return count


class SnapshotFirst(Right):
    """Writes the snapshot in a step of its own, before the commits."""

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        self.place.snapshots[stream] = snapshot
        return self.append(stream, commits, expected=expected)


class SnapshotAgain(Right):
    """Writes the snapshot also where the commits are there already."""

    def append_with_snapshot(
        self,
        stream: str,
        commits: Sequence[Commit],
        *,
        expected: int,
        snapshot: Snapshot,
    ) -> int:
        count = self.append(stream, commits, expected=expected)
        self.place.snapshots[stream] = snapshot
        return count


class AddsAgain(Right):
    """Does not know what it was sent before."""

    def decided(
        self, stream: str, commits: Sequence[Commit], expected: int
    ) -> tuple[Commit, ...]:
        return super().decided(stream, commits, expected) or tuple(commits)


class TakesAnyId(Right):
    """Compares counts, and not ids."""

    def decided(
        self, stream: str, commits: Sequence[Commit], expected: int
    ) -> tuple[Commit, ...] | None:
        held = self.held(stream)
        since = held[max(expected, 0) :]
        return outcome(since, commits, expected=expected, found=len(held))


class Trims(Right):
    """Takes spaces around a payload for a slip."""

    def add(self, stream: str, new: Sequence[Commit]) -> int:
        return super().add(stream, [_trimmed(commit) for commit in new])


class WritesAnew(Right):
    """Reads the header as JSON and writes it its own way."""

    def add(self, stream: str, new: Sequence[Commit]) -> int:
        return super().add(stream, [_anew(commit) for commit in new])


class LeavesBytes(Right):
    """Adds the note and forgets the deed."""

    def erase(self, left: list[Commit], each: Disposed) -> None:
        super().erase(list(left), each)


class ErasesHalf(Right):
    """Erases one after another until it meets one that is not there."""

    def erase(self, left: list[Commit], each: Disposed) -> None:
        super().erase(left, each)
        self.place.streams[left[0].facts.stream] = left


class KeepsOldSnapshot(Right):
    """Erases in the commits, and leaves the same bytes in the snapshot."""

    def renew(self, stream: str, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            self.place.snapshots[stream] = snapshot


class Unsorted(Right):
    """Names streams as they came."""

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        super().streams()
        return tuple(s for s in self.place.streams if s.startswith(prefix))


class PrefixIsSegment(Right):
    """Takes a prefix for a folder."""

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        inside = prefix.rstrip("/") + "/"
        return tuple(
            name
            for name in super().streams()
            if not prefix or name == prefix or name.startswith(inside)
        )


class SeesWhatFollows(Right):
    """Reads on in what is appended meanwhile."""

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        for place, commit in enumerate(self.held(stream), 1):
            if after < place and (upto is None or place <= upto):
                yield commit


class OneTooFew(Right):
    """Takes the end of a part for the first that does not belong to it."""

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        return super().read(stream, after=after, upto=upto and upto - 1)


class CountsFromTheEnd(Right):
    """Hands negative numbers on to a list."""

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        return iter(self.held(stream)[after:upto])


class KeepsTheList(Right):
    """Keeps the very list that it was given."""

    def add(self, stream: str, new: Sequence[Commit]) -> int:
        if stream not in self.place.streams and isinstance(new, list):
            self.place.streams[stream] = new
            return len(new)
        return super().add(stream, new)

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        self.decided(stream, commits, expected)
        return self.add(stream, commits)


class AnswersWhenClosed(Right):
    """Closes nothing."""

    def close(self) -> None:
        pass


def _trimmed(commit: Commit) -> Commit:
    payloads = tuple(p and Payload(p.salt, p.data.strip()) for p in commit.payloads)
    return evolve(commit, payloads=payloads)


def _anew(commit: Commit) -> Commit:
    text = json.dumps(json.loads(commit.header), sort_keys=True)
    return evolve(commit, header=text.encode())


class OnPlace(StoreContract):
    """The contract on a store over a new place; each store has a class below."""

    kind: ClassVar[type[Right]]

    @pytest.fixture
    def make_store(self) -> MakeStore:
        place = Place()
        return lambda: self.kind(place)


STORES: tuple[type[Right], ...] = (Right, *Right.__subclasses__())

for _kind in STORES:
    _name = f"Test{_kind.__name__}"
    globals()[_name] = type(_name, (OnPlace,), {"kind": _kind})
