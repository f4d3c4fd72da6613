"""The past of a stream: its state at a version, or at what was known on a day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, tzinfo
from itertools import takewhile
from typing import Final, TypeAlias

from missionkit.domain.characters import harmless
from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError, InvalidValueError, NotFoundError
from missionkit.history import codes
from missionkit.history.disposing import reaches_behind
from missionkit.history.folding import State, state_after
from missionkit.history.snapshots import names, state_of
from missionkit.issue import nearest
from missionkit.markup import shown
from missionkit.ports.store import Snapshots, Store

Progress: TypeAlias = Callable[[int], None]
"""Is told, from time to time, how many commits were read."""
_OFTEN: Final = 1_000
_LARGEST: Final = 2**53


def told(commits: Iterable[Commit], progress: Progress | None) -> Iterator[Commit]:
    """Yield commits, and tell of every thousandth and of the last."""
    return iter(commits) if progress is None else _counted(commits, progress)


def _counted(commits: Iterable[Commit], progress: Progress) -> Iterator[Commit]:
    count = 0
    for count, commit in enumerate(commits, 1):
        if count % _OFTEN == 0:
            progress(count)
        yield commit
    if count % _OFTEN:
        progress(count)


def newest(store: Store, stream: str, progress: Progress | None = None) -> State:
    """Return the state of a stream after its last commit, from a snapshot if it can.

    One from before a disposal is passed over: it still holds what was erased.
    """
    start = _from_snapshot(store, stream)
    if start is not None:
        since = tuple(told(store.read(stream, after=start.sequence), progress))
        if not reaches_behind(since, start.sequence):
            return state_after(since, start)
    return state_after(told(store.read(stream), progress))


def at_version(
    store: Store, stream: str, version: int, progress: Progress | None = None
) -> State:
    """Return the state after *version* commits, or raise `NotFoundError`."""
    if 0 < version < _LARGEST:
        state = state_after(told(store.read(stream, upto=version), progress))
        if state.sequence == version:
            return state
    raise no_version(stream, version)


def no_version(stream: str, version: int) -> NotFoundError:
    """Return the error that says that a stream has no such version."""
    return NotFoundError(f"version of {stream}", shown(version))


def as_known(
    store: Store,
    stream: str,
    day: date,
    tz: tzinfo = UTC,
    progress: Progress | None = None,
) -> State:
    """Return the state that was known at the end of a day.

    It is that of the longest beginning of the stream in which every instant is at or
    before the end of the day. Raises `NotFoundError` where even the first is later.
    """
    end = _end_of(day, tz)
    commits = told(store.read(stream), progress)
    state = state_after(takewhile(lambda commit: commit.facts.at <= end, commits))
    if not state.sequence:
        raise NotFoundError(f"version of {stream} known on", day.isoformat())
    return state


def _end_of(day: date, tz: tzinfo) -> datetime:
    # Where the last hour of a day comes twice, the second one is its end.
    end = datetime.combine(day, time.max.replace(fold=1), tz)
    try:
        return end.astimezone(UTC)
    except OverflowError:  # the last day that there is
        return datetime.max.replace(tzinfo=UTC)


def refuse_nameless(stream: object) -> None:
    """Raise `InvalidValueError` for what is no text, and so names no stream."""
    if not isinstance(stream, str) or not harmless(stream):
        said = "The name of a stream is text without hidden characters."
        issue = codes.BAD_STREAM.issue(said, path="stream", value=stream)
        raise InvalidValueError("question", (issue,))


def refuse_unknown(store: Store, stream: str) -> None:
    """Raise `NotFoundError` with the nearest names for a stream that does not exist."""
    refuse_nameless(stream)
    if next(iter(store.read(stream, upto=1)), None) is None:
        raise NotFoundError("stream", stream, nearest(stream, store.streams()))


def _from_snapshot(store: Store, stream: str) -> State | None:
    """Return the state of a snapshot; none where its commit does not name it.

    It only saves time: one that was changed, or is of another history, is passed over.
    Verification tells of it.
    """
    held = store.snapshot(stream) if isinstance(store, Snapshots) else None
    if held is None or held.sequence < 1:
        return None
    commits = store.read(stream, after=held.sequence - 1, upto=held.sequence)
    last = next(iter(commits), None)
    try:
        return state_of(held) if last is not None and names(last, held) else None
    except CorruptStoreError:
        return None
