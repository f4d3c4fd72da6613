"""Processes that write to PostgreSQL, whatever becomes of it, and say what it told."""

import mmap
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Final, NoReturn, TypeAlias, TypeVar

from attrs import define, field
from sqlalchemy import URL, Connection, Engine, create_engine, event

from missionkit.domain.history import Commit
from missionkit.errors import CommitUnknownError, ConflictError, StoreError
from missionkit.ports.store import Store
from missionkit.testing.stores import commits

T = TypeVar("T")
Make: TypeAlias = Callable[[Engine, float], Store]
"""Makes a store that waits so long."""

# Some give up soon, and do not know what became of a commit.
WAITS: Final = (10.0, 0.05, 10.0, 0.2)
MOMENT: Final = 0.002
PAUSE: Final = -1


class State(IntEnum):
    """What a client does."""

    WAITING = 0
    WRITING = 1
    COMMITTING = 2


class Board:
    """What parent and clients tell each other: the round, and what each client does.

    Each number is written in one piece, so that nobody reads a part of it.
    """

    def __init__(self) -> None:
        self._numbers = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("i")
        self.begin(PAUSE)

    @property
    def round(self) -> int:
        """Return which round it is, or PAUSE."""
        return self._numbers[0]

    def begin(self, number: int) -> None:
        """Begin a round, or let all pause."""
        self._numbers[0] = number

    def state(self, client: int) -> State:
        """Return what a client does."""
        return State(self._numbers[_at(client)])

    def backend(self, client: int) -> int:
        """Return the process that works for a client."""
        return self._numbers[_at(client) + 1]

    def count(self, client: int) -> int:
        """Return how often a client has written."""
        return self._numbers[_at(client) + 2]

    def tell(self, client: int, state: State) -> None:
        """Say what a client does."""
        self._numbers[_at(client)] = state

    def meet(self, client: int, backend: int) -> None:
        """Say which process works for a client."""
        self._numbers[_at(client) + 1] = backend

    def add(self, client: int) -> None:
        """Say that a client has written once more."""
        self._numbers[_at(client) + 2] += 1


def _at(client: int) -> int:
    return 1 + 3 * client


@define
class Client:
    """What a process does: it writes to a stream of its own, and to one of all."""

    store: Store
    number: int
    board: Board
    log: int
    chance: random.Random
    parent: int = field(factory=os.getppid)
    written: int = 0
    heads: dict[str, tuple[Commit, ...]] = field(factory=dict)

    def run(self) -> NoReturn:
        """Write in each round until that ends, and for ever."""
        while True:
            number = self.board.round
            if number == PAUSE:
                self._insist(self.store.streams)
                self.tell(State.WAITING)
                self._pause()
            else:
                self.tell(State.WRITING)
                self._write(f"{self.chance.choice(('hot', self.number))}-{number}")

    def tell(self, state: State) -> None:
        """Say what it does."""
        self.board.tell(self.number, state)

    def committing(self, connection: Connection) -> None:
        """Say that COMMIT is on its way."""
        held = connection.connection.driver_connection
        self.board.meet(self.number, held.info.backend_pid if held else 0)
        self.tell(State.COMMITTING)

    def _write(self, stream: str) -> None:
        last = self._insist(lambda: self._last(stream))
        count = last[-1].facts.sequence if last else 0
        self.written += 1
        new = commits(
            stream,
            self.chance.choice((1, 1, 3)),
            after=last,
            by=f"c{self.number}-{self.written}",
            data=[b"x" * 200],
        )
        self._send(stream, new, count)

    def _send(self, stream: str, new: tuple[Commit, ...], expected: int) -> None:
        doubtful = False
        while True:
            try:
                self.store.append(stream, new, expected=expected)
            except ConflictError:
                self._say("-", stream, new)
                self.heads.pop(stream, None)
                return
            except (CommitUnknownError, StoreError) as error:
                self.tell(State.WRITING)
                self._say("~", type(error).__name__, new)
                if getattr(error, "committed", None) is None:
                    doubtful = True
                elif not doubtful:
                    self._see_absent(stream, new[0], expected, error)
                self._pause()
            else:
                self._say("+", stream, new)
                self.heads[stream] = new[-1:]
                self.board.add(self.number)
                self.tell(State.WRITING)
                return

    def _see_absent(
        self, stream: str, commit: Commit, expected: int, error: Exception
    ) -> None:
        there = self._insist(lambda: list(self.store.read(stream, after=expected)))
        if commit in there:
            self._say("!", f"{error!r} of what is there", (commit,))

    def _last(self, stream: str) -> tuple[Commit, ...]:
        if stream in self.heads and not stream.startswith("hot"):
            return self.heads[stream]
        known = self.heads.get(stream, ())
        after = known[-1].facts.sequence - 1 if known else 0
        self.heads[stream] = tuple(self.store.read(stream, after=after))[-1:]
        return self.heads[stream]

    def _insist(self, ask: Callable[[], T]) -> T:
        while True:
            try:
                return ask()
            except StoreError:
                self._pause()

    def _pause(self) -> None:
        time.sleep(MOMENT)
        if os.getppid() != self.parent:
            os._exit(1)  # nobody is there to do so

    def _say(self, mark: str, what: str, new: tuple[Commit, ...]) -> None:
        ids = " ".join(commit.facts.id for commit in new)
        os.write(self.log, f"{mark}\t{what}\t{ids}\n".encode())


@contextmanager
def clients(url: URL, make: Make, log: Path) -> Iterator[Board]:
    """Have processes write to a database; *log* is what they say."""
    board = Board()
    processes = []
    try:
        for number in range(len(WAITS)):
            process = os.fork()
            if process == 0:
                _live(url, make, log, number, board)
            processes.append(process)
        yield board
    finally:
        for process in processes:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _live(url: URL, make: Make, log: Path, number: int, board: Board) -> NoReturn:
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        engine = create_engine(url)
        store = make(engine, WAITS[number])
        chance = random.Random(number)  # noqa: S311 - which stream
        client = Client(store, number, board, said, chance)
        event.listen(engine, "commit", client.committing)
        client.run()
    except BaseException:  # noqa: BLE001 - the parent reads what it was
        last = traceback.format_exc().strip().replace("\n", " | ")
        os.write(said, f"!\t{last}\t\n".encode())
    finally:
        os._exit(1)
