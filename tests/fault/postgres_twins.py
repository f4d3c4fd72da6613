"""SQL stores that break a promise when an answer is lost, to see that it is noticed."""

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError, StoreError
from missionkit.stores.sql.errors import ours
from missionkit.stores.sql.rows import Rows
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import tables_in
from missionkit.stores.sql.transactions import Own, Write
from missionkit.testing.stores import commits

T = TypeVar("T")

FOREVER: Final = 1e6
LAG: Final = 0.01


class _Once(Own):
    """Tries nothing again, and looks for nothing."""

    def _tried(self, once: Callable[[float], T]) -> T:
        with ours():
            return once(FOREVER)

    def _resolve(self, _: Write, failed: SQLAlchemyError) -> None:
        raise failed


class _Loose(Rows):
    """Holds no stream."""

    def lock(self, stream: str) -> int:
        return self.count(stream)

    def touch(self, stream: str) -> None:
        """Write nothing, for that would have to wait."""


class _Glancing(Own):
    def _stored(self, what: Write, until: float) -> bool:  # noqa: ARG002 - of the other
        with self._connected() as connection:
            return what.there(_Loose(connection, self._tables))


class _Early(_Once):
    """Does not wait for a COMMIT, which it leaves to whoever comes next."""

    _held: Connection | None = None

    def look(self, ask: Callable[[Rows], T]) -> T:
        self._let_go()
        return super().look(ask)

    def write(self, what: Write) -> int:
        self._let_go()
        with ours():
            self._held = self._engine.connect()
            self._begin(self._held, FOREVER)
            return what.act(Rows(self._held, self._tables))

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            time.sleep(LAG)
            with ours(), held:
                held.commit()


class _Twin(SqlStore):
    kind: type[Own] = _Once

    def __init__(self, engine: Engine, *, wait: float) -> None:
        super().__init__(engine, wait=wait)
        self._transactions = self.kind(engine, tables_in(), wait)


class Denies(_Twin):
    """Says of each commit whose answer was lost that it is not there."""


class Glances(_Twin):
    """Looks what became of a commit while that may still be under way."""

    kind = _Glancing


class Early(_Twin):
    """Acknowledges what is not committed yet."""

    kind = _Early


class Blind(_Twin):
    """Writes what was not answered once more, and does not look for its id."""

    def append(self, stream: str, new: Sequence[Commit], *, expected: int) -> int:
        while True:
            try:
                return super().append(stream, new, expected=expected)
            except StoreError:
                expected = len(list(self.read(stream)))


class Renames(_Twin):
    """Writes what was not answered once more, under another id."""

    def append(self, stream: str, new: Sequence[Commit], *, expected: int) -> int:
        numbers = itertools.count()
        while True:
            try:
                return super().append(stream, new, expected=expected)
            except (StoreError, ConflictError):
                there = list(self.read(stream))
                by = f"{new[0].facts.id}-again-{next(numbers)}"
                new = commits(stream, len(new), after=there, by=by)
                expected = len(there)
