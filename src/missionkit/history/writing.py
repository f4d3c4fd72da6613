"""From an edit to a stored commit: made, sealed, appended, and brought together."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from attrs import evolve, frozen

from missionkit.codec.migrations import CURRENT
from missionkit.domain.history import Change, Commit, CommitDraft, Head
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    InvalidValueError,
    ModelError,
    NotFoundError,
    StoreError,
)
from missionkit.history import codes
from missionkit.history.committing import (
    changes_of,
    refuse_foreign,
    unknown_actor,
    used_before,
)
from missionkit.history.differences import Diff, diff
from missionkit.history.disposing import acts_of, payloads_of
from missionkit.history.edit import Edit
from missionkit.history.folding import State, state_after
from missionkit.history.meanwhile import conflict
from missionkit.history.merging import Merged, merge
from missionkit.history.past import newest
from missionkit.history.sealing import seal
from missionkit.history.snapshots import with_snapshot
from missionkit.issue import nearest
from missionkit.ports.store import Disposal, Snapshot, Snapshots, Store

_EVERY: Final = 50
_ID: Final = 16
_PARTY: Final = 3


@frozen(kw_only=True)
class Act:
    """Who makes a commit, why, and what it stands for.

    Ids in *back* may come back after a removal. *always* makes a commit also where
    nothing was changed; of what is brought in, where the other side changed something.
    *at* is the instant of the commit; without it, when the commit is made. *roles* are
    those to which who acts was narrowed, if they were.
    """

    by: str
    why: str
    acts: tuple[str, ...] = ()
    back: frozenset[str] = frozenset()
    always: bool = False
    at: datetime | None = None
    roles: tuple[str, ...] | None = None


@frozen
class Writer:
    """Makes the commits of a workspace."""

    store: Store
    kinds: Kinds
    clock: Callable[[], datetime]
    token: Callable[[int], bytes]

    def begun(self, state: State, model: Model | None = None) -> Edit:
        """Return a draft of what is there; *model* is that, where it is known."""
        return Edit(
            state.model(self.kinds) if model is None else model,
            token=lambda: self.token(_PARTY).hex(),
            used=frozenset(state.gone),
        )

    def write(
        self,
        stream: str,
        state: State,
        draft: Edit,
        act: Act,
        *,
        rebase: bool = False,
    ) -> Commit | None:
        """Store what was edited since *state* as one commit; None for no change.

        Raises:
            ModelError: what was written is not sound, or takes an id used before.
            ConflictError: others committed meanwhile.
        """
        change = diff(draft.before, draft.model)
        if not change and not act.always:
            return None
        refuse_foreign(draft.model.kinds, self.kinds)
        reused = tuple(used_before(change, state.gone, act.back))
        if reused:
            raise ModelError(reused)
        draft.advice = tuple(unknown_actor(draft.model, act.by))
        changes = changes_of(change, draft.model, state, self.token)
        try:
            draft.commit = self._append(stream, state, self._proposed(act, changes))
        except ConflictError as error:
            if rebase:
                return self._rebased(stream, draft, act, error)
            raise self.conflict(stream, state.sequence, change) from error
        return draft.commit

    def bring(
        self, stream: str, act: Act, brought: Callable[[Model], Merged]
    ) -> tuple[Merged, Commit | None]:
        """Store what a merge with the newest model gives, if it can be."""
        state = newest(self.store, stream)
        draft = self.begun(state)
        found = brought(draft.before)
        if found.model is None:
            return found, None
        reused = used_before(diff(draft.before, found.model), state.gone, act.back)
        if issues := tuple(reused):
            return evolve(found, model=None, conflicts=issues), None
        draft.become(found.model)
        # Else what both did would be brought in once more, after it was undone here.
        act = evolve(act, always=act.always and bool(found.theirs))
        return found, self.write(stream, state, draft, act)

    def erase(self, stream: str, refs: frozenset[str], act: Act) -> Commit | None:
        """Erase every payload of some elements, and say so; None where none is left.

        Raises:
            NotFoundError: no commit put such an element.
            StoreError: the store cannot erase, or failed.
        """
        store = able_to_erase(self.store)
        commits = tuple(self.store.read(stream))
        _refuse_unknown(refs, commits)
        what = tuple(payloads_of(commits, refs))
        if not what:
            return None
        state = state_after(commits).without(refs)
        proposal = self._proposed(evolve(act, acts=acts_of(what)), ())
        note, snapshot = self._sealed(
            stream, state, proposal, due=isinstance(self.store, Snapshots)
        )
        expected = state.sequence
        _sent(
            lambda: store.dispose(
                stream, what, note, expected=expected, snapshot=snapshot
            )
        )
        return note

    def instant(self) -> datetime:
        """Return the present instant.

        Raises:
            InvalidValueError: the clock gives none.
        """
        at: object = self.clock()
        if not isinstance(at, datetime) or at.utcoffset() is None:
            said = "The clock gives no instant with a time zone."
            raise InvalidValueError("commit", (codes.NO_INSTANT.issue(said, value=at),))
        try:
            at.astimezone(UTC)
        except OverflowError as error:
            said = "The clock gives an instant that no calendar has in UTC."
            fix = "let the clock return the present instant"
            issue = codes.NO_INSTANT.issue(said, value=at, fix=fix)
            raise InvalidValueError("commit", (issue,)) from error
        return at

    def conflict(self, stream: str, expected: int, mine: Diff) -> ConflictError:
        """Return the error that tells what others committed after a version."""
        found = newest(self.store, stream).sequence
        since = self.store.read(stream, after=expected, upto=found)
        return conflict(expected, found, since, mine)

    def _proposed(self, act: Act, changes: tuple[Change, ...]) -> CommitDraft:
        return CommitDraft(
            id=self.token(_ID).hex(),
            at=act.at or self.instant(),
            actor=act.by,
            why=act.why,
            changes=changes,
            schema=CURRENT,
            acts=act.acts,
            roles=act.roles,
        )

    def _sealed(
        self, stream: str, state: State, proposal: CommitDraft, *, due: bool
    ) -> tuple[Commit, Snapshot | None]:
        if due:
            return with_snapshot(proposal, state, stream, self.token(_ID))
        head = Head(stream=stream, sequence=state.sequence, hash=state.hash)
        (commit,) = seal((proposal,), head)
        return commit, None

    def _append(self, stream: str, state: State, proposal: CommitDraft) -> Commit:
        store, expected = self.store, state.sequence
        due = (expected + 1) % _EVERY == 0 and isinstance(store, Snapshots)
        commit, snapshot = self._sealed(stream, state, proposal, due=due)
        if snapshot is not None and isinstance(store, Snapshots):
            _sent(
                lambda: store.append_with_snapshot(
                    stream, (commit,), expected=expected, snapshot=snapshot
                )
            )
        else:
            _sent(lambda: store.append(stream, (commit,), expected=expected))
        return commit

    def _rebased(
        self, stream: str, draft: Edit, act: Act, error: ConflictError
    ) -> Commit | None:
        """Bring what was edited together with what others committed, and store it."""
        state = newest(self.store, stream)
        there = state.model(self.kinds)
        found = merge(draft.before, there, draft.model)
        if found.model is None:
            raise ConflictError(
                error.expected, state.sequence, error.theirs, found.conflicts
            ) from error
        draft.before = there
        draft.become(found.model)
        return self.write(stream, state, draft, act, rebase=True)


def able_to_erase(store: Store) -> Disposal:
    """Return a store that can erase; raise `StoreError` for any other."""
    if not isinstance(store, Disposal):
        raise StoreError("this store cannot erase anything")
    return store


def _sent(send: Callable[[], object]) -> None:
    """Write; where nobody can say whether it was written, send the same once more.

    Raises:
        InvalidValueError: the id of the commit is that of another one.
    """
    try:
        send()
    except ConflictError as error:
        if error.expected != error.found or not error.issues:
            raise
        # Nobody was faster: the tokens repeat.
        raise InvalidValueError("commit", error.issues) from error
    except CommitUnknownError as unknown:
        try:
            send()
        except StoreError as error:
            raise unknown from error


def _refuse_unknown(refs: Iterable[str], commits: Iterable[Commit]) -> None:
    known = dict.fromkeys(c.id for commit in commits for c in commit.facts.changes)
    for ref in refs:
        if ref not in known:
            raise NotFoundError("element in the history", ref, nearest(ref, known))
