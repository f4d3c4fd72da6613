"""Stores and edits that are wrong only when many are at work, to see it noticed."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError
from missionkit.stores.sqlite.store import SqliteStore
from tests.fault.hands import WorkspaceHand, outcome_of, put, stream_of
from tests.fault.histories import Append, Outcome, Read
from tests.fault.recording import Acts, Book


class Hasty(SqliteStore):
    """Says that it has written, and does so when it is asked for something again."""

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        super().__init__(path, wait=wait)
        self._due: tuple[str, Sequence[Commit], int] | None = None

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        found = sum(1 for _ in self.read(stream))
        if found != expected:
            raise ConflictError(expected, found)
        self._due = (stream, commits, expected)
        return expected + len(commits)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        self._write()
        return super().read(stream, after=after, upto=upto)

    def close(self) -> None:
        self._write()
        super().close()

    def _write(self) -> None:
        due, self._due = self._due, None
        if due is not None:
            stream, commits, expected = due
            with suppress(ConflictError):
                super().append(stream, commits, expected=expected)


class Stale(SqliteStore):
    """Keeps what it has read until it has written to the stream itself."""

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        super().__init__(path, wait=wait)
        self._kept: dict[str, list[Commit]] = {}

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        self._kept.pop(stream, None)
        return super().append(stream, commits, expected=expected)

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        if stream not in self._kept:
            self._kept[stream] = list(super().read(stream))
        return iter(self._kept[stream][after:upto])


class Careless(SqliteStore):
    """Adds what it is given to the end, whatever was expected there."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        while True:
            with suppress(ConflictError):
                return super().append(stream, commits, expected=expected)
            expected = sum(1 for _ in self.read(stream))


class LastWins(WorkspaceHand):
    """Reads first, and then writes as if nobody else had done so meanwhile."""

    def _edit(self, book: Book, read: Sequence[str], written: Sequence[str]) -> Outcome:
        begun = time.monotonic_ns()
        value = self.new_value(book)
        before = self.seen(stream_of(read[0]))
        acts: Acts = [
            *(Read(n, before.get(n, ())) for n in dict.fromkeys((*read, *written))),
            *(Append(name, value) for name in written),
        ]
        book.intends(begun, acts)

        def edit() -> None:
            with self.edit(stream_of(read[0])) as draft:
                for name in written:
                    put(draft, name, (*before.get(name, ()), value))

        while outcome_of(edit) is Outcome.FAILED:
            pass
        book.did(begun, Outcome.OK, acts)
        return Outcome.OK
