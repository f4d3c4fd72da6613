"""A workspace: a store, a clock and tokens; models are edited there and looked back at.

ws = Workspace("harbour.db")
with ws.edit("harbour", by="chair", why="Board, 12 March", create=True) as d:
d.need("A home that is warm in winter")
"""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from secrets import token_bytes
from types import TracebackType
from typing import Final, Self, TypeVar

from missionkit.codec.migrations import CURRENT
from missionkit.domain.history import Actor, Commit, CommitDraft, Head
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.errors import (
    ConflictError,
    ModelError,
    NotFoundError,
    StoreBusyError,
)
from missionkit.history.blaming import Blame, Version, blame, versions
from missionkit.history.checkpoint import Checkpoint, checkpoint_of
from missionkit.history.committing import (
    changes_of,
    refuse_unfit,
    unknown_actor,
    used_before,
)
from missionkit.history.differences import Diff, diff
from missionkit.history.edit import Edit, last_of
from missionkit.history.folding import State, state_after
from missionkit.history.forking import fork_act, forked_at
from missionkit.history.log import Log, log_of
from missionkit.history.meanwhile import conflict
from missionkit.history.merging import Merged, merge, reverted
from missionkit.history.past import (
    Progress,
    as_known,
    at_version,
    newest,
    refuse_unknown,
)
from missionkit.history.sealing import seal
from missionkit.history.snapshots import snapshot_of
from missionkit.history.verifying import Verified, verified
from missionkit.ports.store import Snapshots, Store
from missionkit.stores.opening import opened

T = TypeVar("T")
Listener = Callable[[str, Commit], None]
"""Is told the stream and the commit, after it is stored."""

_TRIES: Final = 10
_EVERY: Final = 50


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


class Workspace:
    """Streams of commits in a store; each holds one model and its whole history.

    It may be shared by threads. *place* is the path of a SQLite file, or ":memory:";
    *store* is any other store. *clock* gives instants and *token* random bytes.
    """

    def __init__(
        self,
        place: str | os.PathLike[str] = "",
        *,
        store: Store | None = None,
        kinds: Kinds = KINDS,
        clock: Callable[[], datetime] = now,
        token: Callable[[int], bytes] = token_bytes,
    ) -> None:
        """Open the store; raise `StoreError` where that cannot be done."""
        self.store: Final = opened(place) if store is None else store
        self._kinds = kinds
        self._clock = clock
        self._token = token
        self._listeners: list[Listener] = []

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the streams that begin with *prefix*."""
        return self.store.streams(prefix)

    def model(
        self,
        stream: str,
        *,
        version: int | None = None,
        known: date | None = None,
        tz: tzinfo = UTC,
        progress: Progress | None = None,
    ) -> Model:
        """Return the model of a stream: now, at a version, or as known on a day.

        Raises:
            NotFoundError: there is no such stream or version, or nothing was known yet.
            CorruptStoreError: what is stored cannot be read.
        """
        return self._state(stream, version, known, tz, progress).model(self._kinds)

    def version(self, stream: str) -> int:
        """Return how many commits a stream has; 0 for one that does not exist."""
        return newest(self.store, stream).sequence

    def history(self, stream: str, ref: str | None = None) -> Log | tuple[Version, ...]:
        """Return the log of a stream, or what each commit did to one element."""
        refuse_unknown(self.store, stream)
        if ref is None:
            return log_of(self.store.read(stream))
        found = tuple(versions(self.store.read(stream), ref))
        if not found:
            raise NotFoundError(f"element of {stream}", ref)
        return found

    def blame(self, stream: str, ref: str) -> Blame:
        """Return for each field of an element who changed it last, and why."""
        refuse_unknown(self.store, stream)
        return blame(self.store.read(stream), ref)

    def diff(self, stream: str, before: int, after: int | None = None) -> Diff:
        """Return what differs between two versions, or since one; 0 is empty."""
        old = Model(kinds=self._kinds)
        if before:
            old = self.model(stream, version=before)
        return diff(old, self.model(stream, version=after))

    @contextmanager
    def edit(  # noqa: PLR0913 - options of one act, by keyword
        self,
        stream: str,
        *,
        by: str | Actor,
        why: str,
        create: bool = False,
        expected: int | None = None,
        rebase: bool = False,
    ) -> Iterator[Edit]:
        """Yield a draft of a stream's model; what was changed becomes one commit.

        An exception in the block, or no change, and nothing is written. *create* makes
        a new stream, *expected* is the version that the caller has seen. Where others
        committed meanwhile, *rebase* keeps both sides if they do not meet.

        Raises:
            NotFoundError: there is no such stream, and *create* is not given.
            InvalidValueError: the stream's name, *by* or *why* is none.
            ModelError: what was written is not sound.
            ConflictError: others committed meanwhile; it says what, and what to do.
        """
        actor = by.id if isinstance(by, Actor) else by
        refuse_unfit(stream, actor, why)
        if not create:
            refuse_unknown(self.store, stream)
        state = newest(self.store, stream)
        if expected is not None and expected != state.sequence:
            raise self._conflict(stream, expected, Diff())
        draft = Edit(state.model(self._kinds), token=self._party_token)
        yield draft
        self._commit(stream, state, draft, actor, why, rebase=rebase)

    def transact(  # noqa: PLR0913 - options of one act, by keyword
        self,
        stream: str,
        change: Callable[[Edit], T],
        *,
        by: str | Actor,
        why: str,
        create: bool = False,
        tries: int = _TRIES,
    ) -> T:
        """Return what *change* returns when its edit is committed.

        Where others were faster it is called again, with a new draft of what is there
        now, at most *tries* times in all.
        """
        for left in range(tries - 1, -1, -1):
            try:
                with self.edit(stream, by=by, why=why, create=create) as draft:
                    result = change(draft)
            except (ConflictError, StoreBusyError):
                if not left:
                    raise
            else:
                return result
        raise NotFoundError("try", str(tries))

    def revert(self, stream: str, version: int, *, by: str | Actor, why: str) -> Merged:
        """Undo what one commit did, as a new commit; conflicts are returned.

        What was changed since stays, and where it meets what the commit did, nothing
        is written.
        """
        refuse_unknown(self.store, stream)
        after = self.model(stream, version=version)
        before = Model(kinds=self._kinds)
        if version > 1:
            before = self.model(stream, version=version - 1)
        act = f"revert:{version}"
        return self._merged(
            stream, by, why, act, lambda there: reverted(before, after, there)
        )

    def fork(self, source: str, target: str, *, by: str | Actor, why: str) -> Commit:
        """Begin a scenario: a new stream that holds what another holds now."""
        refuse_unknown(self.store, source)
        origin = newest(self.store, source)
        with self.edit(target, by=by, why=why, create=True, expected=0) as draft:
            draft.add(*origin.model(self._kinds))
            draft.acts = (fork_act(source, origin.sequence),)
        return last_of(draft)

    def merge(self, source: str, target: str, *, by: str | Actor, why: str) -> Merged:
        """Bring what a scenario changed back into the stream it was forked from.

        It is one commit. Conflicts are returned, and then nothing is written.

        Raises:
            NotFoundError: there is no such stream, or *source* was not forked from
                *target*.
        """
        refuse_unknown(self.store, source)
        refuse_unknown(self.store, target)
        base = forked_at(self.store.read(source, upto=1), target)
        origin, theirs = self.model(target, version=base), self.model(source)
        act = f"merge:{source}@{self.version(source)}"
        return self._merged(
            target, by, why, act, lambda there: merge(origin, there, theirs)
        )

    def verify(
        self,
        *,
        against: Checkpoint | str | None = None,
        progress: Progress | None = None,
    ) -> Verified:
        """Return whether every stream is as it was written, or the first bad commits.

        Without a checkpoint that was kept elsewhere nobody can tell whether a whole
        stream was written anew.
        """
        return verified(self.store, against, progress)

    def checkpoint(self) -> Checkpoint:
        """Return what holds all streams to what they are now; keep it elsewhere."""
        heads = []
        for stream in self.store.streams():
            state = newest(self.store, stream)
            heads.append(Head(stream=stream, sequence=state.sequence, hash=state.hash))
        return checkpoint_of(heads)

    def on_commit(self, listener: Listener) -> None:
        """Let *listener* be called after each commit of this workspace.

        What it raises becomes a warning: the commit is stored already.
        """
        self._listeners.append(listener)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        """Return the workspace itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def _state(
        self,
        stream: str,
        version: int | None,
        known: date | None,
        tz: tzinfo,
        progress: Progress | None,
    ) -> State:
        refuse_unknown(self.store, stream)
        if version is not None:
            return at_version(self.store, stream, version, progress)
        if known is not None:
            return as_known(self.store, stream, known, tz, progress)
        return newest(self.store, stream, progress)

    def _merged(
        self,
        stream: str,
        by: str | Actor,
        why: str,
        act: str,
        bring: Callable[[Model], Merged],
    ) -> Merged:
        """Commit what a merge with the model that is there now gives, if it can be."""
        actor = by.id if isinstance(by, Actor) else by
        refuse_unfit(stream, actor, why)
        state = newest(self.store, stream)
        found = bring(state.model(self._kinds))
        if found.model is not None:
            draft = Edit(state.model(self._kinds), token=self._party_token)
            draft.become(found.model, (act,))
            self._commit(stream, state, draft, actor, why)
        return found

    def _commit(  # noqa: PLR0913 - what one commit is made of
        self,
        stream: str,
        state: State,
        draft: Edit,
        actor: str,
        why: str,
        *,
        rebase: bool = False,
    ) -> None:
        change = diff(draft.before, draft.model)
        if not change:
            return
        reused = () if draft.acts else tuple(used_before(change, state.gone))
        if reused:
            raise ModelError(reused)
        draft.advice = tuple(unknown_actor(draft.model, actor))
        proposal = CommitDraft(
            id=self._token(16).hex(),
            at=self._clock(),
            actor=actor,
            why=why,
            changes=changes_of(change, draft.model.kinds, self._token),
            schema=CURRENT,
            acts=draft.acts,
        )
        try:
            draft.commit = self._append(stream, state, proposal)
        except ConflictError as error:
            if not rebase:
                raise self._conflict(stream, state.sequence, change) from error
            self._rebased(stream, draft, actor, why, error)
            return
        self._tell(stream, draft.commit)

    def _append(self, stream: str, state: State, proposal: CommitDraft) -> Commit:
        head = Head(stream=stream, sequence=state.sequence, hash=state.hash)
        (commit,) = seal((proposal,), head)
        after = state_after((commit,), state)
        if after.sequence % _EVERY == 0 and isinstance(self.store, Snapshots):
            self.store.append_with_snapshot(
                stream, (commit,), expected=state.sequence, snapshot=snapshot_of(after)
            )
        else:
            self.store.append(stream, (commit,), expected=state.sequence)
        return commit

    def _rebased(
        self, stream: str, draft: Edit, actor: str, why: str, error: ConflictError
    ) -> None:
        """Bring what was edited together with what others committed, and commit it."""
        state = newest(self.store, stream)
        there = state.model(self._kinds)
        found = merge(draft.before, there, draft.model)
        if found.model is None:
            raise ConflictError(
                error.expected, state.sequence, error.theirs, found.conflicts
            ) from error
        draft.before = there
        draft.become(found.model, draft.acts)
        self._commit(stream, state, draft, actor, why, rebase=True)

    def _conflict(self, stream: str, expected: int, mine: Diff) -> ConflictError:
        return conflict(expected, self.store.read(stream, after=expected), mine)

    def _tell(self, stream: str, commit: Commit) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(stream, commit)
            except Exception as error:  # noqa: BLE001 - the commit is stored already
                said = (
                    f"a listener failed after commit {commit.facts.sequence}: {error}"
                )
                warnings.warn(said, RuntimeWarning, stacklevel=2)

    def _party_token(self) -> str:
        return self._token(3).hex()
