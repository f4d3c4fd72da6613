"""From drafts of commits to links of a chain."""

from collections.abc import Iterable

from missionkit.domain.history import Commit, CommitDraft, Head, Put, header_bytes


def seal(drafts: Iterable[CommitDraft], head: Head) -> tuple[Commit, ...]:
    """Return the commits that drafts become, one after another, after *head*."""
    sealed = []
    for draft in drafts:
        payloads = tuple(c.payload for c in draft.changes if isinstance(c, Put))
        commit = Commit(header_bytes(draft, head), payloads)
        sealed.append(commit)
        head = Head(stream=head.stream, sequence=head.sequence + 1, hash=commit.hash)
    return tuple(sealed)


def head_of(stream: str, last: Commit | None) -> Head:
    """Return the head of a stream that ends with a commit, or that has none."""
    if last is None:
        return Head(stream=stream)
    return Head(stream=stream, sequence=last.facts.sequence, hash=last.hash)
