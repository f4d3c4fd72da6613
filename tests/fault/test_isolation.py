"""What PostgreSQL itself allows at each level, to see that the checker sees it."""

import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure

from tests.fault.dependencies import anomalies
from tests.fault.histories import Append, Outcome, Read
from tests.fault.recording import Book
from tests.fault.traffic import Work, in_processes
from tests.postgres import Cluster

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
EACH = 150
MOMENT = 0.001
TABLE = "CREATE TABLE lists (name text PRIMARY KEY, items text[] NOT NULL)"
APPEND = (
    "INSERT INTO lists VALUES (%s, ARRAY[%s])"
    " ON CONFLICT (name) DO UPDATE SET items = lists.items || excluded.items"
)
READ = "SELECT items FROM lists WHERE name = %s"


class TableHand:
    """Reads and appends to several rows of a table in one transaction."""

    def __init__(self, url: str, level: IsolationLevel) -> None:
        # Who locks in another order is to be told at once.
        self._db = psycopg.connect(url, options="-c deadlock_timeout=5ms")
        self._db.isolation_level = level
        self._tries = 0

    def transact(self, book: Book, lists: Sequence[str], chance: random.Random) -> None:
        """Do some things in one transaction, until that is done."""
        names = [chance.choice(lists) for _ in range(chance.randint(2, 4))]
        plan = [(name, chance.random() < 0.5) for name in names]
        while self._done(book, plan) is Outcome.FAILED:
            pass

    def look(self, book: Book, name: str) -> None:
        self._done(book, [(name, True)])

    def close(self) -> None:
        self._db.close()

    def _done(self, book: Book, plan: Sequence[tuple[str, bool]]) -> Outcome:
        begun = time.monotonic_ns()
        self._tries += 1
        acts: list[Append | Read] = []
        try:
            with self._db.transaction():
                for place, (name, reads) in enumerate(plan):
                    value = f"{book.name}-{self._tries}-{place}"
                    act = self._read(name) if reads else self._append(name, value)
                    acts.append(act)
                    time.sleep(MOMENT)
                book.intends(begun, acts)
        except (SerializationFailure, DeadlockDetected):
            outcome = Outcome.FAILED
        else:
            outcome = Outcome.OK
        book.did(begun, outcome, acts)
        return outcome

    def _read(self, name: str) -> Read:
        row: tuple[Any, ...] | None = self._db.execute(READ, (name,)).fetchone()
        return Read(name, tuple(row[0]) if row else ())

    def _append(self, name: str, value: str) -> Append:
        self._db.execute(APPEND, (name, value))
        return Append(name, value)


def found_at(level: IsolationLevel, postgres: Cluster, folder: Path) -> set[str]:
    """Return the names of what is found at a level of isolation."""
    plain = postgres.url(postgres.new_database()).set(drivername="postgresql")
    url = plain.render_as_string(hide_password=False)
    with psycopg.connect(url) as db:
        db.execute(TABLE)
    work = Work(begin=lambda: TableHand(url, level), each=EACH)
    return {each.name for each in anomalies(in_processes(work, folder))}


def test_read_committed_is_caught(postgres: Cluster, tmp_path: Path) -> None:
    found = found_at(IsolationLevel.READ_COMMITTED, postgres, tmp_path)

    assert {"G-single", "lost update", "internal contradiction"} & found
    assert not {"G0", "G1a", "G1b", "G1c", "lost append", "duplicate"} & found


def test_repeatable_read_is_caught_by_write_skew_alone(
    postgres: Cluster, tmp_path: Path
) -> None:
    found = found_at(IsolationLevel.REPEATABLE_READ, postgres, tmp_path)

    # The others are of two that do not see one another, too, with a third between.
    assert {"G2"} <= found <= {"G2", "session violation", "real-time violation"}


def test_what_is_serializable_is_clean(postgres: Cluster, tmp_path: Path) -> None:
    assert found_at(IsolationLevel.SERIALIZABLE, postgres, tmp_path) == set()
