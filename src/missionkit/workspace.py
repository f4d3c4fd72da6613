"""A workspace: a store, a clock and tokens; models are edited there and looked back at.

ws = Workspace("harbour.db")
with ws.edit("harbour", by="chair", why="Board, 12 March", create=True) as d:
    d.need("A home that is warm in winter")
"""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from logging import getLogger
from secrets import token_bytes
from threading import Lock, RLock
from time import sleep
from types import TracebackType
from typing import Final, Self, TypeVar, cast, overload

from attrs import evolve

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.history import Actor, Commit, Head
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.errors import ConflictError, InvalidValueError, StoreBusyError
from missionkit.history import codes
from missionkit.history.blaming import Blame, Version, blame, versions
from missionkit.history.checkpoint import Checkpoint, checkpoint_of
from missionkit.history.choosing import When, act_of, ids_of, names_from
from missionkit.history.differences import Diff, diff
from missionkit.history.disposing import erased_in
from missionkit.history.edit import Edit
from missionkit.history.folding import State
from missionkit.history.forking import (
    common_base,
    fork_act,
    merge_act,
    shared_ids,
)
from missionkit.history.log import Log, log_of
from missionkit.history.mentions import (
    Mention,
    mentioned_before,
    mentioned_now,
    names_of,
)
from missionkit.history.merging import Merged, merge, reverted
from missionkit.history.past import (
    Progress,
    newest,
    no_version,
    refuse_nameless,
    refuse_unknown,
)
from missionkit.history.verifying import Verified, verified
from missionkit.history.writing import Act, Writer
from missionkit.markup import shown
from missionkit.ports.store import Store
from missionkit.stores.opening import opened

T = TypeVar("T")
Listener = Callable[[str, Commit], None]
"""Is told the stream and the commit, after it is stored."""

_TRIES: Final = 10
# How long to wait for other threads; they may wait for this one.
_TURN: Final = 1.0
_PAUSE: Final = 0.002


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
        self._kinds: Final = kinds
        self._writer: Final = Writer(self.store, kinds, clock, token)
        self._listeners: list[Listener] = []
        self._lock: Final = Lock()
        self._turns: dict[str, RLock] = {}

    def streams(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the streams that begin with *prefix*."""
        refuse_nameless(prefix)
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

        A day lasts to its end, in UTC unless *tz* is given. *progress* is told from
        time to time how many commits were read.

        Raises:
            NotFoundError: there is no such stream or version, or nothing was known yet.
            CorruptStoreError: what is stored cannot be read.
        """
        when = When(version=version, known=known, tz=tz)
        return when.state(self.store, stream, progress).model(self._kinds)

    def version(self, stream: str) -> int:
        """Return how many commits a stream has; 0 for one that does not exist."""
        refuse_nameless(stream)
        return newest(self.store, stream).sequence

    @overload
    def history(self, stream: str) -> Log: ...
    @overload
    def history(self, stream: str, ref: Element | str) -> tuple[Version, ...]: ...
    def history(
        self, stream: str, ref: Element | str | None = None
    ) -> Log | tuple[Version, ...]:
        """Return the log of a stream, or what each commit did to one element."""
        refuse_unknown(self.store, stream)
        if ref is None:
            return log_of(self.store.read(stream))
        return versions(self.store.read(stream), id_of(ref), self._kinds)

    def blame(self, stream: str, ref: Element | str) -> Blame:
        """Return for each field of an element who changed it last, and why."""
        refuse_unknown(self.store, stream)
        return blame(self.store.read(stream), id_of(ref), self._kinds)

    def diff(self, stream: str, before: int, after: int | None = None) -> Diff:
        """Return what differs between two versions, or since one; 0 is empty."""
        when = When(version=before)
        refuse_unknown(self.store, stream)
        old = Model(kinds=self._kinds)
        if before:
            old = when.state(self.store, stream).model(self._kinds)
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
        the stream where it is missing, *expected* is the version that the caller has
        seen. Where others committed meanwhile, *rebase* keeps both sides if they do
        not meet.

        Raises:
            NotFoundError: there is no such stream, and *create* is not given; or no
                such version.
            InvalidValueError: the stream's name, *by* or *why* is none.
            ModelError: what was written is not sound.
            ConflictError: others committed meanwhile; it says what, and what to do.
        """
        act = act_of(stream, by, why)
        if not create:
            refuse_unknown(self.store, stream)
        state = self._seen(stream, expected, rebase=rebase)
        draft = self._writer.begun(state)
        yield draft
        commit = self._writer.write(stream, state, draft, act, rebase=rebase)
        self._tell(stream, commit)

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
        now, at most *tries* times in all. Threads of one workspace take turns.
        """

        def once() -> T:
            with self.edit(stream, by=by, why=why, create=create) as draft:
                return change(draft)

        act_of(stream, by, why)
        if not create:
            refuse_unknown(self.store, stream)
        with self._turn(stream):
            return _tried(once, tries)

    def revert(self, stream: str, version: int, *, by: str | Actor, why: str) -> Merged:
        """Undo what one commit did, as a new commit; conflicts are returned.

        What was changed since stays, and where it meets what the commit did, nothing
        is written. A change of what was erased since cannot be undone: that is a
        conflict, too.
        """
        act = act_of(stream, by, why)
        after = self.model(stream, version=version)
        before = Model(kinds=self._kinds)
        if version > 1:
            before = self.model(stream, version=version - 1)
        back = frozenset(before.ids())
        act = evolve(act, acts=(f"revert:{version}",), back=back)
        done = self.store.read(stream, after=version - 1, upto=version)
        lost = frozenset(ref for commit in done for ref in erased_in(commit))
        return self._brought(
            stream, act, lambda there: reverted(before, after, there, lost)
        )

    def fork(self, source: str, target: str, *, by: str | Actor, why: str) -> Commit:
        """Begin a scenario: a new stream that holds what another holds now.

        Raises:
            NotFoundError: there is no stream *source*.
            ConflictError: there is a stream *target* already.
        """
        act = act_of(target, by, why)
        refuse_unknown(self.store, source)
        origin, empty = newest(self.store, source), self._seen(target, 0, rebase=False)
        draft = self._writer.begun(empty)
        draft.become(origin.model(self._kinds))
        acts = (fork_act(source, origin.sequence),)
        act = evolve(act, acts=acts, always=True)
        commit = cast("Commit", self._writer.write(target, empty, draft, act))
        self._tell(target, commit)
        return commit

    def merge(self, source: str, target: str, *, by: str | Actor, why: str) -> Merged:
        """Bring what another stream changed into one, since they were last one.

        One of the two was forked from the other; either way is possible, and more than
        once. It is one commit. Conflicts are returned, and then nothing is written.

        Raises:
            NotFoundError: there is no such stream, or neither was forked from the
                other.
        """
        act = act_of(target, by, why)
        refuse_unknown(self.store, source)
        refuse_unknown(self.store, target)
        read = (tuple(self.store.read(source)), tuple(self.store.read(target)))
        stream, version = common_base(source, target, *read)
        base, theirs = self.model(stream, version=version), newest(self.store, source)
        model = theirs.model(self._kinds)
        acts = (merge_act(source, theirs.sequence),)
        back = shared_ids(source, target, *read)
        act = evolve(act, acts=acts, back=back, always=True)
        return self._brought(target, act, lambda there: merge(base, there, model))

    def dispose(
        self,
        stream: str,
        refs: Element | str | Iterable[Element | str],
        *,
        by: str | Actor,
        why: str,
    ) -> Commit | None:
        """Erase all that was ever stored of some elements, and record that it was done.

        Only their kinds and ids are left, so that links to them hold. Other elements,
        and who did what when and why, stay as they are; what *they* say of a person is
        told by `find_mentions`. Other streams are not touched, also not scenarios.
        Returns None where nothing was left to erase.

        Raises:
            NotFoundError: no commit put such an element.
            StoreError: the store cannot erase, or failed.
        """
        act = act_of(stream, by, why)
        refuse_unknown(self.store, stream)
        ids = ids_of(refs)
        commit = _tried(lambda: self._writer.erase(stream, ids, act), _TRIES)
        self._tell(stream, commit)
        return commit

    def find_mentions(
        self,
        stream: str,
        party: Element | str,
        *,
        names: str | Iterable[str] = (),
        history: bool = False,
    ) -> tuple[Mention, ...]:
        """Return where text of other elements names a party, or a word of its name.

        It knows every name that the party ever had; *names* are more to look for, such
        as a nickname, or those of a party that was erased. *history* looks also into
        what earlier commits wrote, into their reasons and into who made them.

        Raises:
            NotFoundError: there is no such stream, or no such party was ever there.
        """
        refuse_unknown(self.store, stream)
        ref, read, more = id_of(party), self.store.read, names_from(names)
        every = (*names_of(ref, read(stream), self._kinds), *more)
        if history:
            found = mentioned_before(read(stream), ref, every, self._kinds)
            return tuple(found)
        return tuple(mentioned_now(self.model(stream), ref, every))

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

        What it raises becomes a warning when all have been called, for the commit is
        stored already. Where warnings are errors it is logged instead, and so the edit
        does not fail.
        """
        given: object = listener
        if not callable(given):
            said = "A listener is a function of a stream and a commit."
            issue = codes.WRONG_QUESTION.issue(
                said, path="listener", value=given, fix="give a function"
            )
            raise InvalidValueError("listener", (issue,))
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

    def _seen(self, stream: str, expected: int | None, *, rebase: bool) -> State:
        """Return the newest state, or with *rebase* the one that was seen."""
        state = newest(self.store, stream)
        if expected is None or When(version=expected).version == state.sequence:
            return state
        if not 0 <= expected <= state.sequence:
            raise no_version(stream, expected)
        if rebase:
            seen = When(version=expected)
            return seen.state(self.store, stream) if expected else State()
        raise self._writer.conflict(stream, expected, Diff())

    def _brought(
        self, stream: str, act: Act, bring: Callable[[Model], Merged]
    ) -> Merged:
        """Commit what a merge with the model that is there now gives, if it can be."""
        refuse_unknown(self.store, stream)
        found, commit = _tried(lambda: self._writer.bring(stream, act, bring), _TRIES)
        self._tell(stream, commit)
        return found

    @contextmanager
    def _turn(self, stream: str) -> Iterator[None]:
        """Wait until no other thread transacts on a stream, but not for ever."""
        with self._lock:
            turn = self._turns.setdefault(stream, RLock())
        held = turn.acquire(timeout=_TURN)
        try:
            yield
        finally:
            if held:
                turn.release()

    def _tell(self, stream: str, commit: Commit | None) -> None:
        failed = []
        for listener in tuple(self._listeners) if commit else ():
            try:
                listener(stream, cast("Commit", commit))
            except Exception as error:  # noqa: BLE001 - the commit is stored already
                failed.append(shown(error))
        for each in failed:
            said = f"a listener failed after a commit to {stream}: {each}"
            try:
                warnings.warn(said, RuntimeWarning, stacklevel=2)
            except RuntimeWarning:
                getLogger(__name__).warning(said)


def _tried(once: Callable[[], T], tries: int) -> T:
    """Return what a function returns, called again while others are faster."""
    if type(tries) is not int or tries < 1:
        issue = codes.WRONG_QUESTION.issue(
            "There must be at least one try.", path="tries", value=tries
        )
        raise InvalidValueError("transaction", (issue,))
    for tried in range(1, tries):
        try:
            return once()
        except (ConflictError, StoreBusyError) as error:
            if getattr(error, "committed", False) is not False:
                raise  # it may be stored, and must not be done twice
            sleep(_PAUSE * tried)
    return once()
