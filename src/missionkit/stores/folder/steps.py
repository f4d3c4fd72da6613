"""One step of a writer that holds the lock of a stream: decided, done, and told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from attrs import field, frozen

from missionkit.domain.history import Commit
from missionkit.errors import StoreError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.appending import outcome, taken
from missionkit.stores.erasing import without
from missionkit.stores.folder.commits import commit_in
from missionkit.stores.folder.errors import translated
from missionkit.stores.folder.files import Folder, flush_folder, remove_file
from missionkit.stores.folder.pending import (
    PENDING,
    Pending,
    finish,
    is_done,
    pending_of,
    read_pending,
    take_back,
)
from missionkit.stores.folder.snapshots import SNAPSHOT, take_snapshot, write_snapshot
from missionkit.stores.folder.streams import Tail, misfit, tail_of
from missionkit.stores.folder.view import VIEW, write_view
from missionkit.stores.folder.writing import add, make_sure

_DERIVED = (SNAPSHOT, VIEW)


@frozen
class Step:
    """What is to be written at once: commits, a snapshot, and what they erase.

    *erases* is None where nothing is disposed of.
    """

    commits: tuple[Commit, ...]
    expected: int
    snapshot: Snapshot | None = field(default=None, kw_only=True)
    erases: tuple[Disposed, ...] | None = field(default=None, kw_only=True)


def before_the_first(stream: str, step: Step) -> bool:
    """Return whether nothing is to be written to a stream that is not there.

    Raises:
        ConflictError: the stream should have commits.
        NotFoundError: what is to be erased is not there.
    """
    new = outcome((), step.commits, expected=step.expected, found=0)
    if new:
        _refuse(None, Tail(stream=stream), new, step.erases or ())
    return not new


def done(
    folders: Sequence[Folder],
    known: Tail | None,
    stream: str,
    step: Step,
    *,
    view: bool,
) -> Tail:
    """Do a step in the last of the folders; return what the stream has then.

    Raises:
        FileExistsError: another writer was there first; nothing was added.
    """
    folder = folders[-1]
    ended = _ended(folder, step)
    tail = tail_of(folder, None if ended else known, stream, view=view)
    since = _since(folder, tail, step)
    new = outcome(since, step.commits, expected=step.expected, found=tail.count)
    if new is None:
        make_sure(folders, step.expected, step.commits)
        if ended:
            _show(folder, tail)
        return tail
    _refuse(folder, tail, new, step.erases or ())
    if new:
        _add(folders, tail, new, step.erases)
        if step.erases:
            tail = _anew(folder, tail, view=view)
    _derive(folder, tail, step, new)
    return tail


def _add(
    folders: Sequence[Folder],
    tail: Tail,
    new: Sequence[Commit],
    erases: tuple[Disposed, ...] | None,
) -> None:
    folder = folders[-1]
    if not tail.count:
        # Whoever made the folders may have died before they were on disk.
        for outer in folders[:-1]:
            flush_folder(outer)
    pending = None
    if len(new) > 1 or erases:
        pending = pending_of(tail.count + 1, new, erases or ())
    tail.tidy = add(folder, tail.count, new, pending, erases or ())
    for commit in new:
        tail.add(commit)
    if erases is not None:
        with _saying(committed=True):
            _finish_disposal(folder, pending)
    elif pending is not None:
        with suppress(OSError):
            remove_file(folder, PENDING)


def _finish_disposal(folder: Folder, pending: Pending | None) -> None:
    if pending is not None:
        finish(folder, pending, _DERIVED)
    else:
        remove_file(folder, SNAPSHOT)


def _anew(folder: Folder, tail: Tail, *, view: bool) -> Tail:
    """Return what a stream has, without what was erased."""
    try:
        return tail_of(folder, None, tail.stream, view=view)
    except (OSError, StoreError, MemoryError):
        # It fits no commit, so that the next writer reads all of them.
        return Tail(stream=tail.stream, count=tail.count)


def _derive(folder: Folder, tail: Tail, step: Step, new: Sequence[Commit]) -> None:
    """Write what is made from the commits; a failure is no failure of theirs."""
    if step.snapshot is not None and tail.count:
        try:
            write_snapshot(folder, step.snapshot)
            take_snapshot(folder)
        except (OSError, MemoryError):
            tail.tidy = False
    if new:
        _show(folder, tail)


def _show(folder: Folder, tail: Tail) -> None:
    if tail.view is None:
        return
    try:
        write_view(folder, tail.view.text(tail.stream, tail.count, tail.hash))
    except (OSError, MemoryError):
        tail.tidy = False


def _ended(folder: Folder, step: Step) -> bool:
    """End what another writer began; return whether there was such."""
    pending = read_pending(folder)
    if pending is None:
        return False
    if is_done(folder, pending):
        again = pending.hashes == tuple(commit.hash for commit in step.commits)
        # Who sends these very commits asks whether they are there, and on disk.
        with _saying(committed=None if again else False):
            finish(folder, pending, _DERIVED)
    else:
        take_back(folder, pending)
    return True


def _since(folder: Folder, tail: Tail, step: Step) -> tuple[Commit, ...]:
    after = range(max(step.expected, 0) + 1, tail.count + 1)
    found = (commit_in(folder, sequence) for sequence in after)
    return tuple(kept.commit for kept in found if kept is not None)


def _refuse(
    folder: Folder | None, tail: Tail, new: Sequence[Commit], erases: Sequence[Disposed]
) -> None:
    """Raise where commits do not fit a stream, or erase what is not there."""
    ids: set[str] = set()
    for commit in new:
        its_id = commit.facts.id
        if its_id in tail.ids or its_id in ids:
            raise taken(tail.stream, its_id, found=tail.count)
        ids.add(its_id)
    before = Tail(stream=tail.stream, count=tail.count, hash=tail.hash, id=tail.id)
    for commit in new:
        said = misfit(before, commit)
        if said:
            raise StoreError(f"a commit does not follow on the stream: {said}")
        before.add(commit)
    for each in erases:
        there = folder is not None and 0 < each.sequence <= tail.count
        kept = commit_in(folder, each.sequence) if folder and there else None
        without(kept.commit.payloads if kept else (), each)


@contextmanager
def _saying(*, committed: bool | None) -> Iterator[None]:
    """Say of every error whether the commits are there all the same."""
    try:
        yield
    except OSError as error:
        raise translated(error, committed=committed) from error
    except StoreError as error:
        raise type(error)(error.what, committed) from error
