"""What others did since somebody began to edit: who, what, and whether it touches."""

from collections.abc import Iterable, Iterator

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.history import codes
from missionkit.history.differences import Diff
from missionkit.issue import Issue
from missionkit.markup import shortened, shown

_LISTED = 5


def conflict(
    expected: int, found: int, theirs: Iterable[Commit], mine: Diff
) -> ConflictError:
    """Return the error that says what others committed since, and how to go on."""
    since = tuple(theirs)
    issues = tuple(_issues(since, frozenset(mine.ids)))
    ids = tuple(commit.facts.id for commit in since)
    return ConflictError(expected, found, ids, issues)


def _issues(since: Iterable[Commit], mine: frozenset[str]) -> Iterator[Issue]:
    for commit in since:
        header = commit.facts
        changed = list(dict.fromkeys(change.id for change in header.changes))
        touching = [ref for ref in changed if ref in mine]
        meets = (
            f"also changed here: {_some(touching)}" if touching else "not touched here"
        )
        who = f"{shown(header.actor)} committed {shown(header.why)} meanwhile"
        yield codes.MEANWHILE.issue(
            shortened(f"{who}; {meets}.", 120),
            ref=touching[0] if touching else "",
            path=f"{header.stream}@{header.sequence}",
            value=_some(changed),
        )


def _some(refs: list[str]) -> str:
    more = len(refs) - _LISTED
    return ", ".join([*refs[:_LISTED], *([f"{more} more"] if more > 0 else [])])
