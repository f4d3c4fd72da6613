"""What every store decides alike: what an append adds, or why it adds nothing."""

from collections.abc import Sequence

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError


def outcome(
    since: Sequence[Commit], commits: Sequence[Commit], *, expected: int, found: int
) -> tuple[Commit, ...]:
    """Return the commits to add to a stream that has *found* of them.

    *since* are those that it has after *expected*. Nothing is to be added where they
    begin with the very commits: they were sent before, and the answer was lost.

    Raises:
        ConflictError: the stream does not have *expected* commits.
    """
    if expected == found:
        return tuple(commits)
    sent = [commit.header for commit in commits]
    there = [commit.header for commit in since[: len(commits)]]
    if expected < found and sent and sent == there:
        return ()
    theirs = tuple(commit.facts.id for commit in since)
    raise ConflictError(expected, found, theirs)
