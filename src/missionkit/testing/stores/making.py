"""Commits to try a store with; they are sound links of a chain."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from missionkit.domain.history import Change, Commit, CommitDraft, Payload, Put, Remove
from missionkit.history.sealing import head_of, seal

START: Final = datetime(2026, 3, 12, 9, tzinfo=UTC)
SALT: Final = bytes(range(16))


def commits(  # noqa: PLR0913 - what differs from one case to another
    stream: str,
    number: int = 1,
    *,
    after: Sequence[Commit] = (),
    by: str = "ann",
    why: str = "the board decided",
    data: Sequence[bytes] = (b'{"name":"one"}', b'{"name":"two"}'),
) -> tuple[Commit, ...]:
    """Return commits of a stream that follow on others; *by* makes their ids differ.

    Each puts *data*, or removes an element where that is empty.
    """
    head = head_of(stream, after[-1] if after else None)
    first = head.sequence + 1
    drafts = [
        CommitDraft(
            id=f"{by}-{sequence}",
            at=START + timedelta(minutes=sequence),
            actor=by,
            why=why,
            changes=_changes(data),
            schema=1,
        )
        for sequence in range(first, first + number)
    ]
    return seal(drafts, head)


def _changes(data: Sequence[bytes]) -> tuple[Change, ...]:
    if not data:
        return (Remove(kind="need", id="warmth"),)
    return tuple(
        Put(kind="need", id=f"need-{place}", payload=Payload(SALT, each))
        for place, each in enumerate(data, 1)
    )
