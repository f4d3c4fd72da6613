"""From commits to the model that they lead to."""

from collections.abc import Iterable, Iterator

from attrs import define, field

from missionkit.codec.stored import Stored, model_of
from missionkit.domain.history import START, Commit, Header, Payload
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model


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
        """Go one commit further."""
        header = commit.facts
        for ref, held in _changes(header, commit.payloads):
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


def _changes(
    header: Header, payloads: tuple[Payload | None, ...]
) -> Iterator[tuple[str, Stored | None]]:
    left = iter(payloads)
    for change in header.changes:
        if change.op == "remove":
            yield change.id, None
        else:
            payload = next(left, None)
            data = payload.data if payload else None
            yield change.id, Stored(change.kind, change.id, data, header.schema)
