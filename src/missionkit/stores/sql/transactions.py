"""In which transactions a SQL store works: its own, or the one that the caller has."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from time import monotonic, sleep
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection, Engine, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from missionkit.errors import (
    CommitUnknownError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)
from missionkit.stores.sql.errors import ours
from missionkit.stores.sql.forking import left_by_children
from missionkit.stores.sql.rows import Rows
from missionkit.stores.sql.tables import Tables

T = TypeVar("T")

_WAITING: Final = text("SELECT set_config('lock_timeout', :wait, true)")
_FOR_WRITING: Final = text(
    "SELECT current_setting('lock_timeout'), set_config('lock_timeout', :wait, true),"
    " set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
    " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)"
)
_SHORT: Final = 0.002
_LONG: Final = 0.1


class Write(Protocol):
    """What is written in one step, and how to tell afterwards whether it was."""

    @property
    def commit_id(self) -> str:
        """Under which id it is asked for, or nothing where there is none."""
        ...

    def act(self, rows: Rows) -> int:
        """Write, and return the new count."""
        ...

    def there(self, rows: Rows) -> bool:
        """Hold the stream, and return whether it was written."""
        ...


class Transactions(Protocol):
    """Where a store reads and writes."""

    def look(self, ask: Callable[[Rows], T]) -> T:
        """Return what is asked for."""
        ...

    def write(self, what: Write) -> int:
        """Do something in one step, and return what it returns."""
        ...

    def prepare(self, act: Callable[[Connection], None]) -> None:
        """Do something before all else."""
        ...


class Own:
    """Transactions of the store's own, on an engine.

    What others hold is tried again until *wait* seconds are over.
    """

    def __init__(self, engine: Engine, tables: Tables, wait: float) -> None:
        """Connect to nothing yet."""
        self._engine = engine
        self._tables = tables
        self._wait = wait
        self._secret = engine.url.password or ""
        left_by_children(engine)

    def look(self, ask: Callable[[Rows], T]) -> T:
        """See `Transactions.look`."""

        def once() -> T:
            with self._connected() as connection:
                return ask(Rows(connection, self._tables))

        return self._tried(lambda _: once())

    def write(self, what: Write) -> int:
        """See `Transactions.write`."""
        return self._tried(lambda until: self._written(what, until))

    def prepare(self, act: Callable[[Connection], None]) -> None:
        """See `Transactions.prepare`."""

        def once() -> None:
            with self._connected() as connection:
                act(connection)
                connection.commit()

        self._tried(lambda _: once())

    def _tried(self, once: Callable[[float], T]) -> T:
        until = monotonic() + self._wait
        pauses = _pauses()
        lost = False
        while True:
            try:
                with ours(self._secret):
                    return once(until)
            except StoreBusyError:
                if monotonic() >= until:
                    raise
            except StoreUnavailableError as error:
                # The server was started anew, and the engine did not know of it.
                if lost or not _was_lost(error):
                    raise
                lost = True
            sleep(next(pauses))

    def _written(self, what: Write, until: float) -> int:
        with self._connected() as connection:
            self._begin(connection, until)
            count = what.act(Rows(connection, self._tables))
            try:
                connection.commit()
            except SQLAlchemyError as error:
                connection.invalidate()
                failed = error
            else:
                return count
        self._resolve(what, failed)
        return count

    def _resolve(self, what: Write, failed: SQLAlchemyError) -> None:
        """Find out what became of a commit that the database could not confirm.

        The stream is held first, and so the doubtful transaction has ended by then.
        Raise, unless it is there.
        """
        if not what.commit_id:
            said = "the answer to what was written is lost"
            raise StoreUnavailableError(said, None)
        if not self._found(what):
            raise failed

    def _found(self, what: Write) -> bool:
        until = monotonic() + self._wait
        pauses = _pauses()
        while True:
            try:
                with ours(self._secret):
                    return self._stored(what, until)
            except StoreError as error:
                if not _may_pass(error) or monotonic() >= until:
                    raise CommitUnknownError(what.commit_id) from error
            sleep(next(pauses))

    def _stored(self, what: Write, until: float) -> bool:
        with self._connected() as connection:
            self._begin(connection, until)
            stored = what.there(Rows(connection, self._tables))
            connection.commit()
            return stored

    def _begin(self, connection: Connection, until: float) -> None:
        if connection.dialect.name == "sqlite":
            hold_file(connection, self._tables)
        else:
            set_for_writing(connection, until - monotonic())

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # The stream is locked, and that decides. A higher level would only
                # refuse whoever waited for the lock; without a transaction there is no
                # lock at all.
                connection.execution_options(isolation_level="READ COMMITTED")
            yield connection


class Within:
    """The transaction that the caller has begun on a connection, and will end.

    A refusal leaves it as it was before, and usable.
    """

    def __init__(self, connection: Connection, tables: Tables, wait: float) -> None:
        """Ask nothing of the connection yet."""
        self._connection = connection
        self._tables = tables
        self._wait = wait
        self._secret = connection.engine.url.password or ""

    def look(self, ask: Callable[[Rows], T]) -> T:
        """See `Transactions.look`."""
        # SQLite goes on after a failure, and would take the savepoint for a beginning.
        keeps = self._connection.dialect.name == "sqlite"
        with ours(self._secret):
            inside = nullcontext() if keeps else self._connection.begin_nested()
            with inside:
                return ask(self._rows)

    def write(self, what: Write) -> int:
        """See `Transactions.write`."""
        with ours(self._secret):
            if self._connection.dialect.name == "sqlite":
                hold_file(self._connection, self._tables)
                with self._connection.begin_nested():
                    return what.act(self._rows)
            with self._connection.begin_nested():
                before = set_for_writing(self._connection, self._wait)
                count = what.act(self._rows)
                self._connection.execute(_WAITING, {"wait": before})
                return count

    def prepare(self, act: Callable[[Connection], None]) -> None:
        """See `Transactions.prepare`."""
        with ours(self._secret):
            if self._connection.dialect.name == "sqlite":
                hold_file(self._connection, None)
            with self._connection.begin_nested():
                act(self._connection)

    @property
    def _rows(self) -> Rows:
        return Rows(self._connection, self._tables)


def hold_file(connection: Connection, tables: Tables | None) -> None:
    """Begin to write in SQLite, before anything is read.

    Python begins no transaction itself before the first row is written, and there may
    be one already: many engines have SQLAlchemy begin it.
    """
    if not connection.in_transaction():
        connection.begin()
    held = connection.connection.dbapi_connection
    if not getattr(held, "in_transaction", False):
        connection.execute(text("BEGIN IMMEDIATE"))
    elif tables is not None:
        streams = tables.streams
        nothing = update(streams).where(streams.c.count < 0)
        connection.execute(nothing.values(count=streams.c.count))


def set_for_writing(connection: Connection, wait: float) -> str:
    """Have PostgreSQL wait so long for locks, and flush; return how long it waited.

    Until the transaction ends.
    """
    asked = {"wait": f"{max(1, int(wait * 1000))}ms"}
    return str(connection.execute(_FOR_WRITING, asked).one()[0])


def _pauses() -> Iterator[float]:
    pause = _SHORT
    while True:
        yield pause * random.uniform(0.5, 1)  # noqa: S311 - so that not all try at once
        pause = min(2 * pause, _LONG)


def _was_lost(error: StoreError) -> bool:
    return isinstance(error.__context__, DBAPIError) and (
        error.__context__.connection_invalidated
    )


def _may_pass(error: StoreError) -> bool:
    return isinstance(error, StoreBusyError | StoreUnavailableError)
