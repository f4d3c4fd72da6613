"""Checkpoints: one short text that holds all streams to what they are now.

It is kept where whoever can change the store cannot: on paper, in a mail, in another
system. The root is that of a Merkle tree over the sorted heads, as in RFC 6962.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from attrs import frozen

from missionkit.domain.history import Head
from missionkit.errors import DocumentError
from missionkit.history import codes
from missionkit.issue import Issue

_FIRST: Final = "missionkit checkpoint 1"
_LINE: Final = re.compile(r"([0-9]{1,15}) ([0-9a-f]{64}) (\S+)").fullmatch


@frozen
class Checkpoint:
    """The heads of all streams at one time; its text can be printed and kept."""

    heads: tuple[Head, ...]

    @property
    def root(self) -> str:
        """The hash that stands for all heads."""
        leaves = [sha256(b"\0" + _leaf(head)).digest() for head in self.heads]
        return _tree(leaves).hex()

    def __str__(self) -> str:
        """Return the text to keep: a line for each stream, and the root."""
        lines = [f"{h.sequence} {h.hash} {h.stream}" for h in self.heads]
        return "\n".join([_FIRST, *lines, f"root {self.root}"]) + "\n"


def checkpoint_of(heads: Iterable[Head]) -> Checkpoint:
    """Return the checkpoint of some heads, in whatever order they come."""
    return Checkpoint(tuple(sorted(heads, key=lambda head: head.stream)))


def read_checkpoint(text: object) -> Checkpoint:
    """Return the checkpoint that a text holds, or the one that is given.

    Raises:
        DocumentError: it is none, or its root does not fit its lines.
    """
    if isinstance(text, Checkpoint):
        return text
    if not isinstance(text, str):
        said = "A checkpoint is given as its text."
        raise DocumentError((codes.BAD_CHECKPOINT.issue(said, value=text),))
    first, *lines = text.removeprefix("\ufeff").strip().splitlines() or [""]
    hits = [_LINE(line.strip()) for line in lines[:-1]]
    found = checkpoint_of(
        Head(sequence=int(hit[1]), hash=hit[2], stream=hit[3]) for hit in hits if hit
    )
    last = lines[-1].strip() if lines else ""
    if first.strip() != _FIRST or None in hits or last != f"root {found.root}":
        said = "The text is no checkpoint, or was changed since it was printed."
        raise DocumentError((codes.BAD_CHECKPOINT.issue(said, value=text),))
    return found


def against(
    checkpoint: Checkpoint, hashes: Mapping[str, Sequence[str]]
) -> Iterator[Issue]:
    """Yield what was rewritten or taken away since a checkpoint was made.

    *hashes* are those of the commits of each stream as it is now.
    """
    for head in checkpoint.heads:
        there = hashes.get(head.stream, ())
        path = f"{head.stream}@{head.sequence}"
        if len(there) < head.sequence:
            said = f"Stream {head.stream!r} had {head.sequence} commits, and has"
            yield codes.SHORTENED.issue(f"{said} {len(there)}.", path=path)
        elif head.sequence and there[head.sequence - 1] != head.hash:
            said = f"The first {head.sequence} commits of {head.stream!r} are not those"
            yield codes.REWRITTEN.issue(f"{said} of the checkpoint.", path=path)


def _leaf(head: Head) -> bytes:
    return json.dumps([head.stream, head.sequence, head.hash]).encode()


def _tree(nodes: Sequence[bytes]) -> bytes:
    """Return the root of a Merkle tree; its left part is the larger power of two."""
    if len(nodes) < 2:  # noqa: PLR2004 - a leaf, or nothing at all
        return nodes[0] if nodes else sha256(b"").digest()
    half = 1 << (len(nodes) - 1).bit_length() - 1
    return sha256(b"\1" + _tree(nodes[:half]) + _tree(nodes[half:])).digest()
