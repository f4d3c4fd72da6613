"""Rounds in which something dies while processes write, and what is left of each."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from attrs import define, field
from sqlalchemy import Engine, create_engine, text

from missionkit.history.chain import broken
from missionkit.ports.store import Store
from missionkit.stores.sql.store import SqlStore
from tests.fault.postgres_clients import PAUSE, WAITS, Board, Make, State, clients
from tests.fault.postgres_proxy import Proxy
from tests.postgres import Cluster

Death: TypeAlias = Callable[["Rounds"], bool]
"""Brings death, and the server back; says whether a COMMIT was under way."""

PATIENCE: Final = 40.0
OURS: Final = {"StoreUnavailableError", "StoreBusyError", "CommitUnknownError"}
"""What a store may tell of a database that it loses."""
TRIES: Final = 400
EACH: Final = 3
MOMENT: Final = 0.001


@define
class Rounds:
    """What many deaths left, counted; *straight* is an engine that survives them."""

    cluster: Cluster
    board: Board
    straight: Engine
    log: Path
    chance: random.Random
    deaths: int = 0
    inside: int = 0
    acknowledged: int = 0
    told: Counter[str] = field(factory=Counter)
    wrong: list[str] = field(factory=list)
    _store: Store = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._store = SqlStore(self.straight)

    def play(self, death: Death | None = None) -> None:
        """Let all write, bring death, let all write again, and look."""
        self.board.begin(self.deaths)
        self._wait_for_all()
        if death is not None:
            self.inside += death(self)
            self._wait_for_all()
        self.board.begin(PAUSE)
        self.wait(lambda: all(state is State.WAITING for state in self.states()))
        self._look()
        self.deaths += 1

    def states(self) -> list[State]:
        """Return what each client does."""
        return [self.board.state(each) for each in range(len(WAITS))]

    def _wait_for_all(self) -> None:
        """Wait until each client has written some more."""
        wanted = [count + EACH for count in self._counts()]
        self.wait(
            lambda: all(
                found >= count
                for found, count in zip(self._counts(), wanted, strict=True)
            )
        )

    def _counts(self) -> list[int]:
        return [self.board.count(each) for each in range(len(WAITS))]

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        ends = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > ends:
                said = self.log.read_text("utf-8")[-2000:]
                pytest.fail(f"a client does not go on: {said} {self.cluster.log()}")
            time.sleep(MOMENT)

    def _look(self) -> None:
        streams = [f"hot-{self.deaths}"]
        streams += [f"{each}-{self.deaths}" for each in range(len(WAITS))]
        acknowledged = self._heard(set(streams))
        self.acknowledged += len(acknowledged)
        stored = []
        for stream in streams:
            there = list(self._store.read(stream))
            self.wrong += map(str, broken(stream, there))
            stored += [commit.facts.id for commit in there]
        self.wrong += sorted(self.told.keys() - OURS)
        lines = self.log.read_text("utf-8").splitlines()

        def said(each: str) -> list[str]:
            return [line for line in lines if each in line.split()]

        for each, count in (Counter(acknowledged) - Counter(stored)).items():
            self.wrong.append(f"{each} is lost {count} times: {said(each)}")
        for each, count in (Counter(stored) - Counter(acknowledged)).items():
            self.wrong.append(f"{each} is there {count} times too often: {said(each)}")
        self.log.write_text("", "utf-8")

    def _heard(self, streams: set[str]) -> list[str]:
        """Return the ids that were acknowledged in some streams."""
        acknowledged: list[str] = []
        for line in self.log.read_text("utf-8").splitlines():
            mark, what, ids = line.split("\t", 2)
            if mark == "+" and what in streams:
                acknowledged += ids.split()
            elif mark == "!":
                self.wrong.append(f"{what} {ids}")
            elif mark == "~":
                self.told[what] += 1
        return acknowledged


@contextmanager
def rounds(
    cluster: Cluster, make: Make, folder: Path, proxy: Proxy | None = None
) -> Iterator[Rounds]:
    """Give rounds in a schema of their own, with clients that come through a proxy."""
    schema = cluster.new_schema()
    straight = create_engine(cluster.url(path=schema))
    url = proxy.url(cluster, schema) if proxy else straight.url
    log = folder / "log"
    log.touch()
    try:
        SqlStore(straight)
        with clients(url, make, log) as board:
            chance = random.Random(2026)  # noqa: S311 - moments
            yield Rounds(cluster, board, straight, log, chance)
    finally:
        straight.dispose()


def postmaster_dies(rounds: Rounds) -> bool:
    """Kill the one that starts all others; those find out, and end by themselves."""
    inside = _aimed(rounds)
    rounds.cluster.kill()
    rounds.cluster.start()
    return inside


def server_dies(rounds: Rounds) -> bool:
    """Kill every process of the server at once, in the midst of a COMMIT."""
    for _ in range(TRIES):
        time.sleep(rounds.chance.uniform(0, 2 * MOMENT))
        processes = _all_of(rounds)
        _signal(processes, signal.SIGSTOP)
        time.sleep(MOMENT)
        if State.COMMITTING in rounds.states():
            _signal(processes, signal.SIGKILL)
            rounds.cluster.kill()
            rounds.cluster.start()
            return True
        _signal(processes, signal.SIGCONT)
    pytest.fail("no COMMIT was met")


def backend_dies(rounds: Rounds) -> bool:
    """Kill the one that works for a client, in the midst of a COMMIT."""
    processes = _all_of(rounds)
    for _ in range(TRIES):
        client = rounds.chance.randrange(len(WAITS))
        time.sleep(rounds.chance.uniform(0, 2 * MOMENT))
        process = rounds.board.backend(client)
        if process not in processes:
            processes = _all_of(rounds)
        elif rounds.board.state(client) is State.COMMITTING:
            # Held still, so that it can be seen where it was.
            _signal([process], signal.SIGSTOP)
            time.sleep(MOMENT)
            if _commits_by(rounds, client, process):
                _signal([process], signal.SIGKILL)
                return True
            _signal([process], signal.SIGCONT)
    pytest.fail("no COMMIT was met")


def _commits_by(rounds: Rounds, client: int, process: int) -> bool:
    committing = rounds.board.state(client) is State.COMMITTING
    return committing and rounds.board.backend(client) == process


def _all_of(rounds: Rounds) -> list[int]:
    """Return the processes of a server, the one that starts the others first."""
    first = rounds.cluster.process
    with rounds.straight.connect() as connection:
        others = connection.scalars(text("SELECT pid FROM pg_stat_activity")).all()
    return [*([first.pid] if first else []), *others]


def _signal(processes: Sequence[int], what: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, what)


def _aimed(rounds: Rounds) -> bool:
    """Wait for a moment at which a COMMIT is under way."""
    time.sleep(rounds.chance.uniform(0, 10 * MOMENT))
    for _ in range(TRIES):
        if State.COMMITTING in rounds.states():
            return True
        time.sleep(MOMENT / 10)
    return False
