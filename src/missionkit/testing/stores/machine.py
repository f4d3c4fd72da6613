"""A store beside a dict: whatever is done to both, they hold the same."""

from collections.abc import Callable
from itertools import count, product
from typing import Final

import pytest
from attrs import define, evolve, field
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.ports.store import Disposal, Disposed, Snapshot, Snapshots, Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.snapshotting import snapshot_at

_RUNS: Final = count()
_NAMES: Final = ("a", "a/b", "ab")
_names = st.sampled_from(_NAMES)
_data = st.lists(st.binary(max_size=20), max_size=3)
_place = st.integers(-2, 12)


@define
class _Stream:
    """What a stream ought to hold."""

    commits: list[Commit] = field(factory=list)
    sent: list[tuple[int, tuple[Commit, ...]]] = field(factory=list)
    snapshot: Snapshot | None = None


class StoreMachine(RuleBasedStateMachine):
    """Does anything to a store, in any order, and to a dict that says what is right.

    *make_store* opens the same place again and again; each run takes streams of its
    own there. `StoreContract` runs it as its last case.
    """

    def __init__(
        self, make_store: Callable[[], Store], *, lasting: bool = True
    ) -> None:
        """Open the store; it is opened again at times where it is *lasting*."""
        super().__init__()
        self._make_store = make_store
        self._lasting = lasting
        self._prefix = f"run-{next(_RUNS)}/"
        self._ids = count()
        self.store: Store = make_store()
        self.right: dict[str, _Stream] = {}

    @rule(name=_names, number=st.integers(0, 3), data=_data, with_one=st.booleans())
    def append(
        self, name: str, number: int, data: list[bytes], *, with_one: bool
    ) -> None:
        """Add to what is there, at times with a snapshot."""
        there = self._right(name)
        expected = len(there.commits)
        new = self._new(name, number, data, expected)
        if with_one and new and isinstance(self.store, Snapshots):
            made = snapshot_at(new[-1], repr(data).encode())
            found = self.store.append_with_snapshot(
                self._prefix + name, new, expected=expected, snapshot=made
            )
            there.snapshot = made
        else:
            found = self.store.append(self._prefix + name, new, expected=expected)
        there.commits += new
        there.sent += [(expected, new)] if new else []
        assert found == len(there.commits)

    @rule(name=_names, expected=_place, data=_data)
    def conflict(self, name: str, expected: int, data: list[bytes]) -> None:
        """Expect another count than there is."""
        there = self._right(name).commits
        if expected == len(there):
            return
        new = self._new(name, 1, data, max(expected, 0))
        with pytest.raises(ConflictError) as caught:
            self.store.append(self._prefix + name, new, expected=expected)
        theirs = tuple(commit.facts.id for commit in there[max(expected, 0) :])
        assert (caught.value.expected, caught.value.found) == (expected, len(there))
        assert caught.value.theirs == theirs

    @rule(name=_names, which=st.integers(0, 9))
    def retry(self, name: str, which: int) -> None:
        """Send again what was sent before, the last of it or one not long before."""
        there = self._right(name)
        for expected, sent in there.sent[-1 - which :][:1]:
            found = self.store.append(self._prefix + name, sent, expected=expected)
            assert found == len(there.commits)

    @rule(name=_names, after=_place, upto=st.none() | _place)
    def read(self, name: str, after: int, upto: int | None) -> None:
        """Read a part."""
        there = self._right(name).commits
        last = len(there) if upto is None else max(upto, 0)
        found = list(self.store.read(self._prefix + name, after=after, upto=upto))
        assert found == there[max(after, 0) : last]

    @rule(name=_names)
    def read_at_the_ends(self, name: str) -> None:
        """Read parts that begin and end where off by one shows."""
        there = self._right(name).commits
        ends = sorted({-1, 0, 1, len(there) - 1, len(there), len(there) + 1})
        for after, upto in product(ends, ends):
            found = list(self.store.read(self._prefix + name, after=after, upto=upto))
            assert found == there[max(after, 0) : max(upto, 0)]

    @rule(name=_names, picked=st.data())
    def dispose(self, name: str, picked: st.DataObject) -> None:
        """Erase a payload, with the commit that says so."""
        there = self._right(name)
        places = [
            Disposed(sequence=sequence, put=put)
            for sequence, commit in enumerate(there.commits, 1)
            for put in range(len(commit.payloads))
        ]
        if not places or not isinstance(self.store, Disposal):
            return
        what = picked.draw(st.sampled_from(places))
        expected = len(there.commits)
        (note,) = self._new(name, 1, [], expected)
        self.store.dispose(
            self._prefix + name, [what], note, expected=expected, snapshot=None
        )
        old = there.commits[what.sequence - 1]
        left = [None if n == what.put else p for n, p in enumerate(old.payloads)]
        there.commits[what.sequence - 1] = evolve(old, payloads=tuple(left))
        there.commits.append(note)
        there.sent.append((expected, (note,)))
        there.snapshot = None

    @precondition(lambda self: self._lasting)
    @rule()
    def reopen(self) -> None:
        """Close the store and open it again."""
        self.store.close()
        self.store = self._make_store()

    @rule(prefix=st.sampled_from(("", "a", "a/", "ab", "b")))
    def streams(self, prefix: str) -> None:
        """Ask for names."""
        self._names_are_right(prefix)

    def _names_are_right(self, prefix: str) -> None:
        wanted = [
            self._prefix + name
            for name, stream in self.right.items()
            if stream.commits and name.startswith(prefix)
        ]
        assert self.store.streams(self._prefix + prefix) == tuple(sorted(wanted))

    @invariant()
    def _they_hold_the_same(self) -> None:
        self._names_are_right("")
        for name, stream in self.right.items():
            assert list(self.store.read(self._prefix + name)) == stream.commits
            if isinstance(self.store, Snapshots):
                assert self.store.snapshot(self._prefix + name) == stream.snapshot

    def teardown(self) -> None:
        """Close the store."""
        self.store.close()

    def _right(self, name: str) -> _Stream:
        return self.right.setdefault(name, _Stream())

    def _new(
        self, name: str, number: int, data: list[bytes], after: int
    ) -> tuple[Commit, ...]:
        stream = self._prefix + name
        by = f"m{next(self._ids)}"
        before = self._right(name).commits[:after]
        return commits(stream, number, after=before, by=by, data=data)
