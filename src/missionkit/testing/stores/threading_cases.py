"""The contract: many threads use a store at once, and nothing is lost."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Barrier
from typing import Final, TypeVar

import pytest

from missionkit.errors import ConflictError
from missionkit.ports.store import Store
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import Opened, held

T = TypeVar("T")
S = "harbour"
THREADS: Final = 8
EACH: Final = 25
FEW: Final = 5


def together(act: Callable[[int], T], threads: int = THREADS) -> list[T]:
    """Do something in many threads at the same moment; return what each returned."""
    ready = Barrier(threads)

    def begin(number: int) -> T:
        ready.wait(timeout=30)
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def add(store: Store, stream: str, by: str, number: int) -> list[str]:
    """Add commits one by one, each as often as it takes; return their ids."""
    added: list[str] = []
    while len(added) < number:
        there = held(store, stream)
        new = commits(stream, after=there, by=f"{by}-{len(added)}", data=[b"{}"])
        try:
            store.append(stream, new, expected=len(there))
        except ConflictError:
            continue
        added.append(new[0].facts.id)
    return added


class ThreadCases(Opened):
    """What holds when many threads share a store."""

    @pytest.fixture(autouse=True)
    def _many_switches(self) -> Iterator[None]:
        before = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        yield
        sys.setswitchinterval(before)

    def test_nothing_is_lost_when_all_write_to_one_stream(self, store: Store) -> None:
        acknowledged = together(lambda n: add(store, S, f"t{n}", EACH))
        found = [commit.facts.id for commit in store.read(S)]

        assert sorted(found) == sorted(chain(*acknowledged))

    def test_no_number_is_missing_or_given_twice(self, store: Store) -> None:
        together(lambda n: add(store, S, f"t{n}", FEW))
        numbers = [commit.facts.sequence for commit in store.read(S)]

        assert numbers == list(range(1, THREADS * FEW + 1))

    def test_each_names_the_one_before_it(self, store: Store) -> None:
        together(lambda n: add(store, S, f"t{n}", FEW))
        found = held(store, S)

        parents = [commit.facts.parent for commit in found[1:]]
        assert parents == [commit.hash for commit in found[:-1]]

    def test_streams_of_their_own_do_not_disturb_one_another(
        self, store: Store
    ) -> None:
        together(lambda n: add(store, f"stream-{n}", "ann", FEW))

        for number in range(THREADS):
            assert len(held(store, f"stream-{number}")) == FEW

    @pytest.mark.parametrize("there", [0, 3])
    def test_of_many_at_one_place_one_is_first(self, store: Store, there: int) -> None:
        before = commits(S, there)
        store.append(S, before, expected=0)

        def attempt(number: int) -> str:
            new = commits(S, after=before, by=f"t{number}")
            try:
                store.append(S, new, expected=there)
            except ConflictError:
                return "conflict"
            return "added"

        found = together(attempt)
        assert sorted(found) == ["added", *["conflict"] * (THREADS - 1)]
        assert len(held(store, S)) == there + 1

    def test_the_same_commits_sent_by_many_are_added_once(self, store: Store) -> None:
        new = commits(S, 3)
        together(lambda _: store.append(S, new, expected=0))

        assert held(store, S) == list(new)

    def test_who_reads_meanwhile_sees_a_beginning_of_the_stream(
        self, store: Store
    ) -> None:
        def act(number: int) -> list[list[int]]:
            if number < THREADS // 2:
                add(store, S, f"t{number}", FEW)
                return []
            return [[c.facts.sequence for c in store.read(S)] for _ in range(EACH)]

        for seen in together(act):
            for numbers in seen:
                assert numbers == list(range(1, len(numbers) + 1))

    def test_streams_are_named_while_others_begin(self, store: Store) -> None:
        def act(number: int) -> None:
            add(store, f"stream-{number}", "ann", 2)
            names = store.streams("stream-")
            assert list(names) == sorted(names)
            assert f"stream-{number}" in names

        together(act)

    def test_all_who_ask_at_once_are_told_all_streams(self, store: Store) -> None:
        names = tuple(f"stream-{number}" for number in range(10, 50))
        for name in names:
            store.append(name, commits(name), expected=0)
        told = together(lambda _: [store.streams() for _ in range(EACH)])

        assert set(chain(*told)) == {names}

    def test_a_thread_that_ends_takes_nothing_with_it(self, store: Store) -> None:
        for number in range(THREADS):
            together(lambda _: add(store, S, f"t{number}", 1), threads=1)  # noqa: B023 - used at once

        assert len(held(store, S)) == THREADS
