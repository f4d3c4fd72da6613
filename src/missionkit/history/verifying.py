"""Whether a store holds what was written: chains, snapshots, a checkpoint."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from attrs import frozen

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError
from missionkit.history import codes
from missionkit.history.chain import LONGEST, broken
from missionkit.history.checkpoint import Checkpoint, against, read_checkpoint
from missionkit.history.disposing import erased_by, reaches_behind
from missionkit.history.folding import state_after
from missionkit.history.past import Progress, told
from missionkit.history.snapshots import names, salt_of, snapshot_of
from missionkit.issue import Issue, Severity
from missionkit.markup import one_line, shortened, shown
from missionkit.ports.store import Snapshots, Store


@frozen(kw_only=True)
class Verified:
    """What verification found: the first bad commit of each stream comes first.

    `anchored` is whether a checkpoint vouches for any of the commits, and `covered` for
    how many. `erased` names the commits that erased something on purpose, and how many
    payloads each.
    """

    issues: tuple[Issue, ...]
    streams: int
    commits: int
    anchored: bool
    covered: int = 0
    erased: tuple[tuple[str, int], ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong; a clock that was set back is nothing wrong."""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)

    def __bool__(self) -> bool:
        """Return whether nothing is wrong."""
        return self.intact

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {
            "intact": self.intact,
            "anchored": self.anchored,
            "streams": self.streams,
            "commits": self.commits,
            "covered": self.covered,
            "erased": [{"commit": at, "payloads": n} for at, n in self.erased],
            "issues": [issue.as_dict() for issue in self.issues],
        }

    def __str__(self) -> str:
        """Return what can be said, and no more."""
        return "\n".join([self._said(), *map(str, self.issues), *self._erased()])

    def _erased(self) -> Iterator[str]:
        for place, count in self.erased:
            what = _some(count, "payload")
            yield f"erased on purpose: {what}, as {one_line(place)} says"

    def _said(self) -> str:
        read = f"{_some(self.commits, 'commit')} of {_some(self.streams, 'stream')}"
        if not self.intact:
            return f"changed: read {read}"
        if self.anchored:
            return (
                f"intact since the checkpoint: read {read}, and the checkpoint holds"
                f" {self.covered} of them"
            )
        return (
            f"no change detected in {read}; without a checkpoint a full rewrite would"
            " look the same"
        )


def _some(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def verified(
    store: Store, checkpoint: Checkpoint | str | None, progress: Progress | None = None
) -> Verified:
    """Return what is wrong with the streams of a store.

    Raises:
        DocumentError: the text of the checkpoint is none.
    """
    anchor = None if checkpoint is None else read_checkpoint(checkpoint)
    covered = sum(head.sequence for head in anchor.heads) if anchor else 0
    erased: list[tuple[str, int]] = []
    issues: list[Issue] = []
    hashes: dict[str, tuple[str, ...]] = {}
    count = 0
    for stream in store.streams():
        commits, found = stream_faults(store, stream, progress)
        issues += found
        erased += [(f"{stream}@{at}", many) for at, many in erased_by(commits)]
        hashes[stream] = tuple(commit.hash for commit in commits)
        count += len(commits)
    if anchor is not None:
        issues += against(anchor, hashes)
    return Verified(
        issues=tuple(issues),
        streams=len(hashes),
        commits=count,
        anchored=covered > 0,
        covered=covered,
        erased=tuple(erased),
    )


def stream_faults(
    store: Store, stream: str, progress: Progress | None = None
) -> tuple[list[Commit], tuple[Issue, ...]]:
    """Return the commits of a stream that can be read, and what is wrong with it."""
    commits, failed = _read(store, stream, progress)
    wrong = (*broken(stream, commits), *failed, *_snapshot(store, stream, commits))
    return commits, wrong


def _read(
    store: Store, stream: str, progress: Progress | None
) -> tuple[list[Commit], tuple[Issue, ...]]:
    """Return the commits of a stream up to the first that the store cannot read."""
    commits: list[Commit] = []
    try:
        for commit in told(store.read(stream), progress):
            commits.append(commit)  # noqa: PERF402 - what was read before a fault counts
    except CorruptStoreError as error:
        at = len(commits) + 1
        said = f"Commit {at} of {shown(stream)} cannot be read: {error.what}."
        path = f"{stream}@{at}"
        # What is wrong comes first, and what to do about it after.
        said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
        return commits, (codes.UNREADABLE.issue(said, path=path),)
    return commits, ()


def _snapshot(store: Store, stream: str, commits: list[Commit]) -> tuple[Issue, ...]:
    """Return an issue where the snapshot is not what folding the commits gives."""
    sequence = 0
    try:
        held = store.snapshot(stream) if isinstance(store, Snapshots) else None
        if held is None:
            return ()
        sequence = held.sequence
        made = snapshot_of(state_after(commits[:sequence]), salt_of(held))
        if made == held and sequence > 0 and names(commits[sequence - 1], held):
            return ()
    except CorruptStoreError:
        pass
    said = f"The snapshot of {shown(stream)} {_fault(commits[sequence:], sequence)}."
    said = shortened(said, LONGEST)
    return (codes.WRONG_SNAPSHOT.issue(said, path=f"{stream}@{sequence}"),)


def _fault(since: Iterable[Commit], sequence: int) -> str:
    """Return what is wrong with a snapshot, by the commits that follow on it."""
    with suppress(CorruptStoreError):
        if reaches_behind(since, sequence):
            return "is older than a disposal, and may hold what was erased"
    return "is not what its commits give"
