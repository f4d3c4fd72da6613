"""A state as bytes, to save the folding of a long history, and back."""

import json

from missionkit.codec.stored import Stored
from missionkit.domain.history import read_json
from missionkit.errors import CorruptStoreError
from missionkit.history.folding import State
from missionkit.ports.store import Snapshot


def snapshot_of(state: State) -> Snapshot:
    """Return a state as a snapshot; equal states give equal bytes.

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
    facts = {"there": there, "gone": sorted(state.gone)}
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
