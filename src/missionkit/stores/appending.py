"""What every store decides alike: what an append adds, or why it adds nothing."""

from collections.abc import Sequence

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.markup import shown
from missionkit.stores import codes


def outcome(
    since: Sequence[Commit], commits: Sequence[Commit], *, expected: int, found: int
) -> tuple[Commit, ...] | None:
    """Return the commits to add to a stream that has *found* of them.

    *since* are those that it has after *expected*. The answer is None where they begin
    with the very commits: they were sent before, and the answer was lost. Then nothing
    at all is to be written.

    Raises:
        ConflictError: the stream does not have *expected* commits.
    """
    if expected == found:
        return tuple(commits)
    sent = [commit.header for commit in commits]
    there = [commit.header for commit in since[: len(commits)]]
    if 0 <= expected < found and sent and sent == there:
        return None
    theirs = tuple(commit.facts.id for commit in since)
    raise ConflictError(expected, found, theirs)


def taken(stream: str, commit_id: str, *, found: int) -> ConflictError:
    """Return the refusal of a commit whose id another one of the stream has."""
    said = f"Stream {shown(stream)} has another commit with the id {shown(commit_id)}."
    issue = codes.ID_TAKEN.issue(said, path=stream, value=commit_id)
    return ConflictError(found, found, (commit_id,), (issue,))
