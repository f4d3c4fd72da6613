"""What a user holds: one object for all that can be done with streams of commits."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from secrets import token_bytes
from types import TracebackType
from typing import Final, Self, TypeVar, Unpack, overload

from missionkit.domain.declaration import Element
from missionkit.domain.history import Actor, Commit
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.domain.review import ReviewCycle
from missionkit.history.blaming import Blame, Version
from missionkit.history.checkpoint import Checkpoint
from missionkit.history.choosing import When, act_by, act_of
from missionkit.history.differences import Diff
from missionkit.history.edit import Edit
from missionkit.history.log import Log
from missionkit.history.mentions import Mention
from missionkit.history.merging import Merged
from missionkit.history.past import Progress, newest, refuse_nameless
from missionkit.history.verifying import Verified, verified
from missionkit.ports.store import Store
from missionkit.review.setting import Settings
from missionkit.stores.opening import opened
from missionkit.workspace.desk import Desk, now
from missionkit.workspace.editing import edited, transacted
from missionkit.workspace.erasing import Erasure, erased, erased_everywhere
from missionkit.workspace.listening import Listener
from missionkit.workspace.looking_back import (
    blamed,
    differing,
    heads_of,
    logged,
    mentioned,
    model_of,
    versions_of,
)
from missionkit.workspace.reviewing import Review, Told, review_opened
from missionkit.workspace.scenarios import forked, merged, undone
from missionkit.workspace.turns import TRIES

T = TypeVar("T")


class Workspace:
    """Streams of commits in a store; each holds one model and its whole history.

    It may be shared by threads. *place* is the path of a SQLite file; a folder that is
    there, or a path that ends with a slash; the URL of a database; or ":memory:".
    *store* is any other store. *clock* gives instants and *token* random bytes.
    Without *strict*, a store that is damaged is opened all the same: what is sound in
    it can be read, and what is damaged raises `CorruptStoreError` when it is asked for.
    """

    def __init__(  # noqa: PLR0913 - options, by keyword
        self,
        place: str | os.PathLike[str] = "",
        *,
        store: Store | None = None,
        kinds: Kinds = KINDS,
        clock: Callable[[], datetime] = now,
        token: Callable[[int], bytes] = token_bytes,
        strict: bool = True,
    ) -> None:
        """Open the store; raise `StoreError` where that cannot be done."""
        self.store: Final = opened(place, strict=strict) if store is None else store
        self._desk: Final = Desk(self.store, kinds, clock, token)

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
        return model_of(self._desk, stream, when, progress)

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
        if ref is None:
            return logged(self._desk, stream)
        return versions_of(self._desk, stream, ref)

    def blame(self, stream: str, ref: Element | str) -> Blame:
        """Return for each field of an element who changed it last, and why."""
        return blamed(self._desk, stream, ref)

    def diff(self, stream: str, before: int, after: int | None = None) -> Diff:
        """Return what differs between two versions, or since one; 0 is empty."""
        return differing(self._desk, stream, before, after)

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
        wanted = edited(
            self._desk, stream, act, create=create, expected=expected, rebase=rebase
        )
        with wanted as draft:
            yield draft

    def transact(  # noqa: PLR0913 - options of one act, by keyword
        self,
        stream: str,
        change: Callable[[Edit], T],
        *,
        by: str | Actor,
        why: str,
        create: bool = False,
        tries: int = TRIES,
    ) -> T:
        """Return what *change* returns when its edit is committed.

        Where others were faster it is called again, with a new draft of what is there
        now, at most *tries* times in all. Threads of one workspace take turns.
        """
        act = act_of(stream, by, why)
        return transacted(self._desk, stream, act, change, create=create, tries=tries)

    def revert(self, stream: str, version: int, *, by: str | Actor, why: str) -> Merged:
        """Undo what one commit did, as a new commit; conflicts are returned.

        What was changed since stays, and where it meets what the commit did, nothing
        is written. A change of what was erased since cannot be undone: that is a
        conflict, too.
        """
        return undone(self._desk, stream, version, act_of(stream, by, why))

    def fork(self, source: str, target: str, *, by: str | Actor, why: str) -> Commit:
        """Begin a scenario: a new stream that holds what another holds now.

        Raises:
            NotFoundError: there is no stream *source*.
            ConflictError: there is a stream *target* already.
        """
        return forked(self._desk, source, target, act_of(target, by, why))

    def merge(self, source: str, target: str, *, by: str | Actor, why: str) -> Merged:
        """Bring what another stream changed into one, since they were last one.

        One of the two was forked from the other; either way is possible, and more than
        once. It is one commit. Conflicts are returned, and then nothing is written.

        Raises:
            NotFoundError: there is no such stream, or neither was forked from the
                other.
        """
        return merged(self._desk, source, target, act_of(target, by, why))

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
        told by `find_mentions`. Other streams are not touched, also not scenarios:
        that is `dispose_everywhere`. Returns None where nothing was left to erase.

        Raises:
            NotFoundError: no commit put such an element.
            StoreError: the store cannot erase, or failed.
        """
        return erased(self._desk, stream, refs, act_of(stream, by, why))

    def dispose_everywhere(
        self,
        refs: Element | str | Iterable[Element | str],
        *,
        by: str | Actor,
        why: str,
        prefix: str = "",
    ) -> Erasure:
        """Erase some elements, as `dispose` does, from every stream that held one.

        *prefix* keeps to the streams that begin with it: where streams hold separate
        organizations, one id may stand for another thing in another stream. Each
        stream is one atomic act. Where one fails the others are done all the same, and
        what is returned tells which; call it again for those that failed.

        Raises:
            NotFoundError: none of the streams ever held such an element.
            StoreError: the store cannot erase.
        """
        return erased_everywhere(self._desk, refs, act_by(by, why), prefix)

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
        return mentioned(self._desk, stream, party, names, history=history)

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
        return heads_of(self.store)

    def review(
        self, stream: str, cycle: ReviewCycle | str, **settings: Unpack[Settings]
    ) -> Review:
        """Return a review of a stream, on which each act is one commit.

        Raises:
            NotFoundError: there is no such stream, or no such review in it.
        """
        return Review(self._desk, stream, cycle, **settings)

    def open_review(
        self,
        stream: str,
        cycle: ReviewCycle,
        *,
        by: str | Actor,
        why: str,
        **settings: Unpack[Settings],
    ) -> Review:
        """Put a new review as a draft, with what it takes over, and return it.

        Raises:
            RefusedError: it may not be opened; the verdict says why.
            NotFoundError: there is no such stream.
        """
        told: Told = {"by": by, "why": why}
        return review_opened(self._desk, stream, cycle, told, **settings)

    def on_commit(self, listener: Listener) -> None:
        """Let *listener* be called after each commit of this workspace.

        What it raises becomes a warning when all have been called, for the commit is
        stored already. Where warnings are errors it is logged instead, and so the edit
        does not fail.
        """
        self._desk.listeners.add(listener)

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
