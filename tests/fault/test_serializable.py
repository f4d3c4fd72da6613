"""Whatever many do at once can have been done one at a time, each in its time."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from missionkit.stores.memory import MemoryStore
from missionkit.workspace import Workspace
from tests.fault.dependencies import anomalies
from tests.fault.hands import StoreHand, WorkspaceHand
from tests.fault.histories import Outcome, Transaction
from tests.fault.history_twins import Careless, Hasty, LastWins, Stale
from tests.fault.places import LONG, Open
from tests.fault.traffic import Hand, Work, in_processes, in_threads
from tests.fault.twins import NoCompare

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(600),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
EACH = 1_000
EDITS = 60
# At any moment, so that some of them are in the middle of an append.
KILLS = 48
# A twin, and what is found out by nothing else than this.
TWINS: dict[str, tuple[Callable[[Path], Hand], set[str]]] = {
    "without compare": (
        lambda folder: StoreHand(NoCompare(folder / "store.db"), again=0),
        {"lost append", "lost update", "incompatible reads"},
    ),
    "acknowledged before it is written": (
        lambda folder: StoreHand(Hasty(folder / "store.db"), again=0),
        {"lost append", "lost update", "real-time violation"},
    ),
    "stale reads": (
        lambda folder: StoreHand(Stale(folder / "store.db"), again=0),
        {"real-time violation", "session violation"},
    ),
    "appended whatever was expected": (
        lambda folder: StoreHand(Careless(folder / "store.db"), again=0),
        {"lost update"},
    ),
    "read, then edited": (
        lambda folder: LastWins(Workspace(folder / "store.db")),
        {"lost update", "lost append", "incompatible reads"},
    ),
}


def refuse(history: list[Transaction], each: int) -> None:
    """Fail where a history has an anomaly, or is less than was to be done."""
    found = anomalies(history)
    assert found == (), "\n".join(map(str, found))
    done = [one for one in history if one.outcome is Outcome.OK]
    assert len(done) >= 8 * each
    assert sum(1 for one in done if any(one.appends)) >= 4 * each
    assert any(one.outcome is Outcome.FAILED for one in history)


def test_what_many_do_to_a_store_has_an_order(opened: Open, tmp_path: Path) -> None:
    def begin() -> Hand:
        return StoreHand(opened(LONG))

    history = in_processes(Work(begin=begin, each=EACH, kills=KILLS), tmp_path)

    refuse(history, EACH)
    assert any(one.outcome is Outcome.UNKNOWN for one in history)


def test_what_many_edit_has_an_order(opened: Open, tmp_path: Path) -> None:
    def begin() -> Hand:
        return WorkspaceHand(Workspace(store=opened(LONG)))

    history = in_processes(
        Work(begin=begin, each=EDITS, live=4, kills=KILLS // 2), tmp_path
    )

    refuse(history, EDITS)
    assert any(len({act.key for act in one.appends}) > 1 for one in history)


def test_what_many_threads_do_to_a_store_has_an_order(tmp_path: Path) -> None:
    store = MemoryStore()
    history = in_threads(Work(begin=lambda: StoreHand(store), each=EACH), tmp_path)

    refuse(history, EACH)


def test_what_many_threads_edit_has_an_order(tmp_path: Path) -> None:
    workspace = Workspace(":memory:")
    work = Work(begin=lambda: WorkspaceHand(workspace), each=EDITS, live=4)

    refuse(in_threads(work, tmp_path), EDITS)


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_is_caught(twin: str, quick_path: Path) -> None:
    begin, names = TWINS[twin]
    found: set[str] = set()
    for number in range(10):
        folder = quick_path / str(number)
        folder.mkdir()
        work = Work(begin=lambda: begin(folder), each=50, live=4)  # noqa: B023 - used at once
        found = {each.name for each in anomalies(in_processes(work, folder))}
        if found:
            break

    assert found & names
