"""Many processes at work on one store, some of them stopped and killed meanwhile."""

import ctypes
import mmap
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from attrs import define, field, frozen

from tests.fault.histories import Transaction
from tests.fault.recording import Book, recorded

PATIENCE = 480
PR_SET_PDEATHSIG = 1


class Counts(Protocol):
    """How much each hand has done; all see it."""

    def __iter__(self) -> Iterator[int]: ...

    def __getitem__(self, who: int, /) -> int: ...

    def __setitem__(self, who: int, number: int, /) -> None: ...


class Hand(Protocol):
    """Does transactions on lists, and writes down what came of them."""

    def transact(
        self, book: Book, lists: Sequence[str], chance: random.Random
    ) -> None: ...

    def look(self, book: Book, name: str) -> None:
        """Read a list, as a transaction of its own."""
        ...

    def close(self) -> None: ...


@frozen(kw_only=True)
class Work:
    """How much is done by how many; *begin* makes a hand, in its own process.

    As many lists are *live* at once. When they have become *long* the next are begun,
    for a read has all of a list. So many hands are killed, at any moment; another one
    goes on with what is left to do.
    """

    begin: Callable[[], Hand]
    hands: int = 8
    each: int = 1_000
    live: int = 16
    long: int = 25
    kills: int = 0

    def lists(self, done: int) -> list[str]:
        """Return the names of the lists that are live after so many transactions."""
        turn = done // (self.live * self.long)
        return [f"list-{turn}-{number}" for number in range(self.live)]

    @property
    def all_lists(self) -> Iterator[str]:
        for done in range(0, self.hands * self.each + 1, self.live * self.long):
            yield from self.lists(done)


@define
class Hands:
    """The processes of a work: which of them lives, and what each has done."""

    work: Work
    folder: Path
    done: Counts
    chance: random.Random
    lives: dict[int, int] = field(factory=dict)
    living: dict[int, int] = field(factory=dict)

    def begin(self, who: int) -> None:
        """Let a hand begin, or go on with what another one has left."""
        life = self.lives[who] = self.lives.get(who, 0) + 1
        child = os.fork()
        if child:
            self.living[who] = child
            return
        try:
            end_with_parent()
            _work(self.work, self.folder, self.done, f"{who}-{life}", who).close()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - the parent sees the code
            traceback.print_exc()
        finally:
            os._exit(1)

    def reap(self) -> None:
        """Let go of those that are ready, which have to be well."""
        for who, child in list(self.living.items()):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                del self.living[who]
                assert os.waitstatus_to_exitcode(status) == 0

    def stop(self, moment: float) -> None:
        """Let one of them stand still for a moment, wherever it is."""
        child = self.living[self.chance.choice(list(self.living))]
        os.kill(child, signal.SIGSTOP)
        time.sleep(moment)
        os.kill(child, signal.SIGCONT)

    def kill(self, who: int) -> None:
        """Kill one, wherever it is."""
        child = self.living.pop(who)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def end_with_parent() -> None:
    """Have this process killed when its parent ends, where a system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def in_processes(work: Work, folder: Path) -> list[Transaction]:
    """Do a work by processes; return its history, at the end of which all is read."""
    chance = random.Random(2026)  # noqa: S311 - moments
    with (
        mmap.mmap(-1, 8 * work.hands) as memory,
        memoryview(memory) as plain,
        plain.cast("Q") as done,
    ):
        _supervise(Hands(work, folder, done, chance))
    return _history(work, folder, work.begin())


def in_threads(work: Work, folder: Path) -> list[Transaction]:
    """Do a work by threads; return its history, at the end of which all is read.

    Their hands share a store, so they only close it when all is over.
    """
    done = [0] * work.hands
    with ThreadPoolExecutor(work.hands) as pool:
        list(
            pool.map(
                lambda who: _work(work, folder, done, f"{who}-1", who),
                range(work.hands),
            )
        )
    return _history(work, folder, work.begin())


def _supervise(hands: Hands) -> None:
    work = hands.work
    total = work.hands * work.each
    deaths = [total * (number + 1) // (work.kills + 1) for number in range(work.kills)]
    ends = time.monotonic() + PATIENCE
    try:
        for who in range(work.hands):
            hands.begin(who)
        while hands.living:
            time.sleep(hands.chance.uniform(0, 0.05))
            hands.reap()
            assert time.monotonic() < ends, "the work does not end"
            if not hands.living or not work.kills:
                continue
            if deaths and sum(hands.done) >= deaths[0]:
                del deaths[0]
                who = hands.chance.choice(list(hands.living))
                hands.kill(who)
                hands.begin(who)
            else:
                hands.stop(hands.chance.uniform(0, 0.03))
    finally:
        for who in list(hands.living):
            with suppress(ProcessLookupError):
                hands.kill(who)


def _work(work: Work, folder: Path, done: Counts, name: str, who: int) -> Hand:
    chance = random.Random(name)  # noqa: S311 - which list is next
    book = Book(folder / f"{name}.book")
    hand = work.begin()
    while done[who] < work.each:
        hand.transact(book, work.lists(sum(done)), chance)
        done[who] += 1
    book.close()
    return hand


def _history(work: Work, folder: Path, hand: Hand) -> list[Transaction]:
    book = Book(folder / "last.book")
    for name in work.all_lists:
        hand.look(book, name)
    hand.close()
    book.close()
    return recorded(folder.glob("*.book"))
