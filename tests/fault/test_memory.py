"""An allocation may fail wherever a write asks for memory: the store stays whole."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from tests.fault.durable import DURABLE, Kind, sqlite_kind
from tests.fault.operations import APPEND, APPEND_50, DISPOSAL, SNAPSHOT, Operation
from tests.fault.trials import Trial
from tests.fault.twins import Abandons

# Not every Python is built with it.
_testcapi = pytest.importorskip(
    "_testcapi", reason="this Python cannot let an allocation fail"
)
pytestmark = [
    pytest.mark.timeout(600),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
# Every allocation of an append; of the others every so manieth.
STEPS: Final = ((APPEND, 1), (APPEND_50, 101), (SNAPSHOT, 5), (DISPOSAL, 11))
# Some allocations may fail and nothing comes of it; so many in a row are the end.
AT_THE_END: Final = 10


@contextmanager
def starving(number: int) -> Iterator[None]:
    """Let one allocation of the block fail."""
    gc.disable()
    _testcapi.set_nomemory(number, number + 1)
    try:
        yield
    finally:
        _testcapi.remove_mem_hooks()


def starved(trial: Trial, step: int) -> tuple[int, dict[int, str]]:
    """Return how often something came of it, and what was wrong, by the allocation."""
    failed = fine = 0
    wrong = {}
    for number in count(0, step):
        first, found = trial.troubled(partial(starving, number))
        if found:
            wrong[number] = found
        failed += first != "committed"
        fine = fine + 1 if first == "committed" else 0
        if fine == AT_THE_END:
            break
    return failed, wrong


@pytest.mark.parametrize(("operation", "step"), STEPS, ids=[o.name for o, _ in STEPS])
@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_a_failed_allocation_leaves_all_or_nothing(
    kind: Kind, operation: Operation, step: int, quick_path: Path
) -> None:
    failed, wrong = starved(Trial(kind, operation, quick_path), step)

    assert failed >= 10
    assert wrong == {}


def test_a_twin_that_takes_nothing_back_is_caught(quick_path: Path) -> None:
    _, wrong = starved(Trial(sqlite_kind(Abandons), APPEND, quick_path), 3)

    assert wrong
