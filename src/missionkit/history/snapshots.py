"""A state as bytes, to save the folding of a long history, and back.

A snapshot is bound to the chain: the very commit after which it was made names its
digest among its acts, so that nothing is built on one that was changed. What a
snapshot holds does not depend on the header of that commit, which can thus name it.
"""

import json
from hashlib import sha256
from typing import Final

from attrs import evolve

from missionkit.codec.stored import Stored
from missionkit.domain.history import Commit, CommitDraft, Head, read_json
from missionkit.errors import CorruptStoreError
from missionkit.history.folding import State, state_after
from missionkit.history.sealing import seal
from missionkit.ports.store import Snapshot

_SNAPSHOT: Final = b"missionkit/snapshot/v1\0"


def with_snapshot(
    draft: CommitDraft, state: State, stream: str, salt: bytes
) -> tuple[Commit, Snapshot]:
    """Return the commit that follows on a state, and the snapshot that it names."""
    head = Head(stream=stream, sequence=state.sequence, hash=state.hash)
    bare = seal((draft,), head)
    snapshot = snapshot_of(state_after(bare, state), salt)
    acts = (*draft.acts, _act(snapshot))
    (commit,) = seal((evolve(draft, acts=acts),), head)
    return commit, evolve(snapshot, head=commit.hash)


def names(commit: Commit, snapshot: Snapshot) -> bool:
    """Return whether a commit is the one that a snapshot was made with."""
    return commit.hash == snapshot.head and _act(snapshot) in commit.facts.acts


def _act(snapshot: Snapshot) -> str:
    return f"snapshot:{sha256(_SNAPSHOT + snapshot.data).hexdigest()}"


def snapshot_of(state: State, salt: bytes = b"") -> Snapshot:
    """Return a state as a snapshot; equal states and salts give equal bytes.

    The salt goes when the snapshot is replaced. Without it nobody can find out from
    the digest, by guessing, what was erased since.

    Raises:
        CorruptStoreError: what is stored of an element is no text.
    """
    try:
        there = [
            [each.kind, each.id, each.schema, each.data and each.data.decode()]
            for _, each in sorted(state.there.items())
        ]
    except UnicodeDecodeError as error:
        raise CorruptStoreError("what is stored of an element is no text") from error
    facts = {"salt": salt.hex(), "there": there, "gone": sorted(state.gone)}
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Snapshot(sequence=state.sequence, head=state.hash, data=text.encode())


def state_of(snapshot: Snapshot) -> State:
    """Return the state that a snapshot holds, or raise `CorruptStoreError`."""
    try:
        facts = read_json(snapshot.data)
        there = {
            ref: Stored(kind, ref, None if data is None else data.encode(), schema)
            for kind, ref, schema, data in facts["there"]
        }
        return State(there, set(facts["gone"]), snapshot.sequence, snapshot.head)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise CorruptStoreError("the snapshot cannot be read") from error


def salt_of(snapshot: Snapshot) -> bytes:
    """Return the salt of a snapshot, or raise `CorruptStoreError`."""
    try:
        return bytes.fromhex(read_json(snapshot.data)["salt"])
    except (ValueError, TypeError, LookupError) as error:
        raise CorruptStoreError("the snapshot cannot be read") from error
