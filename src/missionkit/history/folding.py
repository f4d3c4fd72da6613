"""From commits to the model that they lead to."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import define, evolve, field

from missionkit.codec.bulk import bulk
from missionkit.codec.migrations import CURRENT
from missionkit.codec.stored import Stored, model_of
from missionkit.domain.history import START, Commit, hash_of
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.domain.plain_header import PlainChange, plain_link
from missionkit.errors import CorruptStoreError

_Late: TypeAlias = tuple[str, bytes, int]
"""What a commit stores of an element: its kind, its bytes and their schema.

In a long history most is replaced later, so that it is made a value only in the end.
"""


@define
class State:
    """What is there after some commits: the bytes of each element, not yet read.

    `gone` are the ids of those that were removed, which are not used again.

    Only what is left in the end is made into elements, so that folding a long history
    costs little more than its last state.
    """

    there: dict[str, Stored] = field(factory=dict)
    gone: set[str] = field(factory=set)
    sequence: int = 0
    hash: str = START

    def apply(self, commit: Commit) -> None:
        """Go one commit further; raise `CorruptStoreError` for one that is not next."""
        header = commit.facts
        if header.sequence != self.sequence + 1 or header.parent != self.hash:
            said = f"commit {header.sequence} does not follow on commit {self.sequence}"
            raise CorruptStoreError(said)
        for ref, held in changed(commit):
            if held is None:
                self.there.pop(ref, None)
                self.gone.add(ref)
            else:
                self.there[ref] = held
                self.gone.discard(ref)
        self.sequence, self.hash = header.sequence, commit.hash

    def copy(self) -> "State":
        """Return a state that can go on by itself."""
        return State(dict(self.there), set(self.gone), self.sequence, self.hash)

    def without(self, refs: Iterable[str]) -> "State":
        """Return a state in which the bytes of some elements are erased."""
        found = self.copy()
        for ref in refs:
            if ref in found.there and not found.there[ref].erased:
                found.there[ref] = evolve(found.there[ref], data=None)
        return found

    def is_old(self) -> bool:
        """Return whether some of it was written by an earlier schema."""
        return any(each.schema != CURRENT for each in self.there.values())

    def model(self, kinds: Kinds = KINDS) -> Model:
        """Return the model that is there."""
        return model_of(self.there.values(), kinds)


def fold(commits: Iterable[Commit], *, kinds: Kinds = KINDS) -> Model:
    """Return the model that commits lead to, from the first of a stream on."""
    return state_after(commits).model(kinds)


def state_after(commits: Iterable[Commit], state: State | None = None) -> State:
    """Return the state after *commits* that follow on *state*, which is not changed.

    Raises:
        CorruptStoreError: one does not follow on the one before it, cannot be read, or
            stores other bytes than it was written with, even where a later one
            replaces them.
    """
    found = State() if state is None else state.copy()
    late: dict[str, _Late] = {}
    with bulk():
        for commit in commits:
            try:
                _take(found, late, commit)
            except (ValueError, AttributeError):
                # Not plain to see: the strict reader takes it, or says what is wrong.
                _settle(found, late)
                found.apply(commit)
        _settle(found, late)
    return found


def _take(state: State, late: dict[str, _Late], commit: Commit) -> None:
    """Go one commit further as `State.apply` does, if all of it is plain to see.

    Else this raises. What was taken by then does no harm: the strict reader takes the
    same of the commit again, or refuses all of it.
    """
    changes, parent, schema, sequence = plain_link(commit.header)
    if parent != state.hash or sequence != state.sequence + 1:
        raise ValueError(sequence)
    if len(changes) > 1 and len({each[1] for each in changes}) < len(changes):
        raise ValueError(sequence)
    payloads = commit.payloads
    if len(payloads) != len(changes):
        changes = _without_removed(state, late, changes)
        if len(payloads) != len(changes):
            raise ValueError(sequence)
    for (digest, ref, kind, _), payload in zip(changes, payloads, strict=False):
        if payload is None or payload.digest != digest:
            raise ValueError(ref)
        late[ref] = kind, payload.data, schema
    state.sequence = sequence
    state.hash = hash_of(commit.header)


def _without_removed(
    state: State, late: dict[str, _Late], changes: list[PlainChange]
) -> list[PlainChange]:
    """Take away what was removed, which has no digest, and return what was put."""
    for digest, ref, _, _ in changes:
        if not digest:
            late.pop(ref, None)
            state.there.pop(ref, None)
            state.gone.add(ref)
    return [change for change in changes if change[0]]


def _settle(state: State, late: dict[str, _Late]) -> None:
    """Make what was put part of a state."""
    for ref, (kind, data, schema) in late.items():
        state.there[ref] = Stored(kind, ref, data, schema)
    state.gone.difference_update(late)
    late.clear()


def changed(commit: Commit) -> Iterator[tuple[str, Stored | None]]:
    """Yield each id that a commit changes, and what it stores; None for a removal.

    Raises:
        CorruptStoreError: there is not one payload for each put, or one is another
            than was written.
    """
    header, payloads = commit.facts, commit.payloads
    if [change.op for change in header.changes].count("put") != len(payloads):
        said = f"commit {header.sequence} has not one payload for each put"
        raise CorruptStoreError(said)
    left = iter(payloads)
    for change in header.changes:
        if change.op == "remove":
            yield change.id, None
        else:
            payload = next(left)
            if payload is not None and payload.digest != change.digest:
                said = f"commit {header.sequence} stores other bytes for {change.id!r}"
                raise CorruptStoreError(f"{said} than it was written with")
            data = payload.data if payload else None
            yield change.id, Stored(change.kind, change.id, data, header.schema)
