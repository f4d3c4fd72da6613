"""From commits to the model that they lead to."""

from collections.abc import Iterable, Iterator

from attrs import define, evolve, field

from missionkit.codec.migrations import CURRENT
from missionkit.codec.stored import Stored, model_of
from missionkit.domain.history import START, Commit
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.errors import CorruptStoreError


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
    """Return the state after *commits* that follow on *state*, which is not changed."""
    found = State() if state is None else state.copy()
    for commit in commits:
        found.apply(commit)
    return found


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
