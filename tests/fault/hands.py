"""What is done to a store, or through a workspace on it, while others do the same.

A store promises that what is done to one stream is done at once: `read` sees the stream
as it is at one moment of the call, so always one of its prefixes, and `append` adds all
commits or none, where the stream has just as many as are expected. So to read a stream
and then to append to it is one transaction, done at one moment between its begin and
its end. What is read of several streams is several transactions: nothing is promised
of them together. As each is of one stream only, there is also one order of all of them
in which each has its time.

A workspace promises the same of an edit, whatever it reads and writes in one stream.
"""

import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from missionkit.domain.stakeholder import Need
from missionkit.errors import (
    CommitUnknownError,
    ConflictError,
    NotFoundError,
    StoreBusyError,
)
from missionkit.history.edit import Edit
from missionkit.ports.store import Store
from missionkit.testing.stores import commits
from missionkit.workspace import Workspace
from tests.fault.histories import Append, Outcome, Read
from tests.fault.recording import Acts, Book

# How often, of a hundred, a transaction does more than another.
OFTEN, SELDOM = 30, 20


def outcome_of(act: Callable[[], object]) -> Outcome:
    """Do something; return what came of it."""
    try:
        act()
    except CommitUnknownError:
        return Outcome.UNKNOWN
    except (ConflictError, StoreBusyError) as error:
        if getattr(error, "committed", False) is not False:
            return Outcome.UNKNOWN
        return Outcome.FAILED
    return Outcome.OK


class StoreHand:
    """Reads streams and appends to them; the ids of its commits are the list.

    Of a hundred appends that were done, so many are sent *again*, as if the answer to
    them had been lost.
    """

    def __init__(self, store: Store, *, again: int = 5) -> None:
        self._store = store
        self._again = again
        self._tries = 0

    def transact(self, book: Book, lists: Sequence[str], chance: random.Random) -> None:
        """Read a stream, or read one and append to it, until that is done."""
        name = chance.choice(lists)
        if chance.randrange(100) < OFTEN:
            self.look(book, name)
            return
        while self._append(book, name, chance) is Outcome.FAILED:
            pass

    def look(self, book: Book, name: str) -> None:
        begun = time.monotonic_ns()
        values = tuple(commit.facts.id for commit in self._store.read(name))
        book.did(begun, Outcome.OK, [Read(name, values)])

    def close(self) -> None:
        self._store.close()

    def _append(self, book: Book, name: str, chance: random.Random) -> Outcome:
        begun = time.monotonic_ns()
        there = list(self._store.read(name))
        self._tries += 1
        new = commits(
            name,
            1 + (chance.randrange(100) < SELDOM),
            after=there[-1:],
            by=f"{book.name}-{self._tries}",
            data=[b"{}"],
        )
        acts: Acts = [
            Read(name, tuple(commit.facts.id for commit in there)),
            *(Append(name, commit.facts.id) for commit in new),
        ]
        book.intends(begun, acts)

        def send() -> int:
            return self._store.append(name, new, expected=len(there))

        outcome = outcome_of(send)
        if outcome is Outcome.OK and chance.randrange(100) < self._again:
            send()
        book.did(begun, outcome, acts)
        return outcome


class WorkspaceHand:
    """Reads and edits needs, whose tags are the lists.

    All lists that are live at once are in one stream.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tries = 0

    def transact(self, book: Book, lists: Sequence[str], chance: random.Random) -> None:
        """Read all, or read some needs and append to one or two, until it is done."""
        if chance.randrange(100) < OFTEN:
            self.look(book, lists[0])
            return
        read = chance.sample(lists, chance.randint(1, len(lists)))
        written = chance.sample(lists, 1 + (chance.randrange(100) < SELDOM))
        while self._edit(book, read, written) is Outcome.FAILED:
            pass

    def look(self, book: Book, name: str) -> None:
        begun = time.monotonic_ns()
        tags = {name: (), **self.seen(stream_of(name))}
        book.did(begun, Outcome.OK, [Read(key, seen) for key, seen in tags.items()])

    def close(self) -> None:
        self._workspace.close()

    def seen(self, stream: str) -> dict[str, tuple[str, ...]]:
        """Return all lists of a stream; one that nobody has begun has none."""
        try:
            model = self._workspace.model(stream)
        except NotFoundError:
            return {}
        return {need.id: need.tags for need in model.of(Need)}

    def edit(self, stream: str) -> AbstractContextManager[Edit]:
        """Begin an edit of a stream."""
        return self._workspace.edit(stream, by="hand", why="it is due", create=True)

    def new_value(self, book: Book) -> str:
        """Return a value that nobody else appends."""
        self._tries += 1
        return f"{book.name}-{self._tries}"

    def _edit(self, book: Book, read: Sequence[str], written: Sequence[str]) -> Outcome:
        begun = time.monotonic_ns()
        value = self.new_value(book)
        acts: list[Append | Read] = []

        def edit() -> None:
            with self.edit(stream_of(read[0])) as draft:
                acts.extend(Read(name, tags_in(draft, name)) for name in read)
                acts.extend(Append(name, value) for name in written)
                for name in written:
                    put(draft, name, (*tags_in(draft, name), value))
                book.intends(begun, acts)

        outcome = outcome_of(edit)
        book.did(begun, outcome, acts)
        return outcome


def stream_of(name: str) -> str:
    """Return the stream that has a list."""
    return f"stream-{name.split('-')[1]}"


def tags_in(draft: Edit, name: str) -> tuple[str, ...]:
    """Return the list that a need holds; one that is not there has none."""
    found = draft.model.find(name)
    return found.tags if isinstance(found, Need) else ()


def put(draft: Edit, name: str, tags: tuple[str, ...]) -> None:
    """Let a need hold a list."""
    if draft.model.find(name) is None:
        draft.need(name, id=name, tags=tags)
    else:
        draft.set(name, tags=tags)
