"""The newest snapshot of a stream, which may be thrown away at any time."""

import json
from hashlib import sha256
from typing import Final

from missionkit.domain.history import read_json
from missionkit.ports.store import Snapshot
from missionkit.stores.folder.commits import commit_in
from missionkit.stores.folder.files import Folder, read_file, rename_file, write_file

SNAPSHOT: Final = "snapshot.bin"
_PASSING: Final = "snapshot.tmp"
_FORM: Final = 1


def write_snapshot(folder: Folder, snapshot: Snapshot) -> None:
    """Write a snapshot, which does not count yet."""
    facts = {
        "form": _FORM,
        "sequence": snapshot.sequence,
        "head": snapshot.head,
        "data": sha256(snapshot.data).hexdigest(),
    }
    data = json.dumps(facts).encode() + b"\n" + snapshot.data
    # Half a snapshot is seen by its digest, and does not count.
    write_file(folder, _PASSING, data, flush=False)


def take_snapshot(folder: Folder) -> None:
    """Let the snapshot that was written take the place of the older."""
    rename_file(folder, _PASSING, SNAPSHOT)


def snapshot_in(folder: Folder, count: int) -> Snapshot | None:
    """Return the snapshot of a stream of so many commits, if it has one that counts.

    It does where it fits the commit of its number, and nothing of what it holds was
    erased since: also by somebody else, whose commits came with a merge.
    """
    snapshot = _read(read_file(folder, SNAPSHOT) or b"")
    if snapshot is None or not 0 < snapshot.sequence <= count:
        return None
    last = commit_in(folder, snapshot.sequence)
    if last is None or last.commit.hash != snapshot.head:
        return None
    for sequence in range(snapshot.sequence + 1, count + 1):
        kept = commit_in(folder, sequence)
        if kept is None or kept.erases:
            return None
    return snapshot


def _read(held: bytes) -> Snapshot | None:
    first, _, data = held.partition(b"\n")
    try:
        facts = read_json(first)
        if facts["form"] != _FORM or facts["data"] != sha256(data).hexdigest():
            return None
        sequence, head = int(facts["sequence"]), str(facts["head"])
    except (ValueError, LookupError, TypeError, OverflowError):
        return None
    return Snapshot(sequence=sequence, head=head, data=data)
