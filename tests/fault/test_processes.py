"""Many processes append to one store, and nothing is lost."""

import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from missionkit.errors import ConflictError, StoreError
from missionkit.history.chain import broken
from missionkit.ports.store import Store
from missionkit.testing.stores import commits
from tests.fault.places import LONG, Open, opener
from tests.fault.twins import NoCompare

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
PROCESSES = 8
EACH = {"sqlite": 250, "folder": 250, "postgres": 60}


def together(
    opened: Callable[[float], Store], names: list[str], each: int
) -> list[tuple[str, str]]:
    """Let many processes append in turn to streams; return what was acknowledged."""
    opened(LONG).close()
    pipes = []
    waiting, go = os.pipe()
    for number in range(PROCESSES):
        inward, outward = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(inward)
            os.close(go)
            os.read(waiting, 1)  # until the parent closes the other end
            try:
                _append(opened(LONG), names, number, each, outward)
                os._exit(0)
            except BaseException:  # noqa: BLE001 - the parent sees the code
                traceback.print_exc()
            finally:
                os._exit(1)
        os.close(outward)
        pipes.append((child, inward))
    os.close(go)
    os.close(waiting)
    acknowledged = []
    for child, inward in pipes:
        with os.fdopen(inward, encoding="utf-8") as pipe:
            for line in pipe:
                stream, _, commit_id = line.strip().partition(" ")
                acknowledged.append((stream, commit_id))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return acknowledged


def _append(
    store: Store, names: list[str], number: int, each: int, outward: int
) -> None:
    there: dict[str, int] = dict.fromkeys(names, 0)
    with os.fdopen(outward, "w", encoding="utf-8") as pipe:
        for at in range(each):
            stream = names[(at + number) % len(names)]
            while True:
                last = list(store.read(stream, after=there[stream] - 1))[-1:]
                found = last[0].facts.sequence if last else 0
                new = commits(stream, after=last, by=f"p{number}-{at}", data=[b"{}"])
                try:
                    there[stream] = store.append(stream, new, expected=found)
                    break
                except ConflictError as error:
                    there[stream] = error.found
            pipe.write(f"{stream} {new[0].facts.id}\n")
    store.close()


@pytest.mark.parametrize("streams", [1, 20])
def test_nothing_is_lost_when_processes_append_at_once(
    opened: Open, streams: int
) -> None:
    names = [f"stream-{number}" for number in range(streams)]
    acknowledged = together(opened, names, EACH[opened.kind])
    store = opened(LONG)
    there = {name: list(store.read(name)) for name in names}
    stored = [(name, c.facts.id) for name, found in there.items() for c in found]

    assert len(acknowledged) == PROCESSES * EACH[opened.kind]
    assert sorted(stored) == sorted(acknowledged)
    for name, found in there.items():
        assert [c.facts.sequence for c in found] == list(range(1, len(found) + 1))
        assert broken(name, found) == ()
    store.close()


def test_a_twin_without_compare_and_append_is_caught(quick_path: Path) -> None:
    lost = 0
    ends = time.monotonic() + 60
    for number in range(20):
        place = quick_path / f"{number}.db"
        acknowledged = together(
            lambda wait: NoCompare(place, wait=wait),  # noqa: B023 - used at once
            ["harbor"],
            EACH["sqlite"],
        )
        store = NoCompare(place)
        stored = {commit.facts.id for commit in store.read("harbor")}
        lost += sum(commit_id not in stored for _, commit_id in acknowledged)
        store.close()
        if lost or time.monotonic() > ends:
            break

    assert lost


def test_a_store_that_is_made_by_many_at_once_is_one(
    opened: Open, request: pytest.FixtureRequest, quick_path: Path
) -> None:
    for number in range(10):
        folder = quick_path / str(number)
        folder.mkdir()
        place = opener(opened.kind, request, folder)
        children = []
        for process in range(PROCESSES):
            child = os.fork()
            if child == 0:
                try:
                    store = place(LONG)
                    store.append(f"s-{process}", commits(f"s-{process}"), expected=0)
                    os._exit(0)
                except StoreError:
                    os._exit(3)
                finally:
                    os._exit(1)
            children.append(child)
        ended = [os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children]
        store = place(LONG)

        assert ended == [0] * PROCESSES
        assert len(store.streams()) == PROCESSES
        store.close()
