"""A write may die or fail at every call by which it asks the system for something."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from missionkit.stores.folder.store import FolderStore
from tests.fault.durable import (
    DURABLE,
    SQL,
    SQLITE_OF_TOMORROW,
    Kind,
    folder_kind,
    sqlite_kind,
)
from tests.fault.folder_twins import Ascending, Unsaid
from tests.fault.means import lacking
from tests.fault.operations import (
    APPEND,
    APPEND_50,
    DISPOSAL,
    MIGRATION,
    OPERATIONS,
    Operation,
)
from tests.fault.tracing import without_strace
from tests.fault.trials import Trial
from tests.fault.twins import Denies, NoJournal

pytestmark = [
    pytest.mark.timeout(600),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
MakeTrial: TypeAlias = Callable[[Kind, Operation], Trial]

CELLS: Final = (
    *((kind, each) for kind in DURABLE for each in OPERATIONS),
    *((SQL, each) for each in (APPEND, DISPOSAL)),
    (SQLITE_OF_TOMORROW, MIGRATION),
)
# An operation of more calls than these is failed at every third call, and by the disk
# at all of them, unless a run is to try everything.
MANY: Final = 120
EVERY: Final = os.environ.get("MISSIONKIT_FAULTS") == "all"
ERRORS: Final = ("EIO", "ENOSPC", "EROFS", "EMFILE")


@pytest.fixture
def make_trial(quick_path: Path) -> MakeTrial:
    if without_strace():
        lacking(without_strace())
    return lambda kind, operation: Trial(kind, operation, quick_path)


@pytest.fixture(params=CELLS, ids=lambda cell: f"{cell[0].name}, {cell[1].name}")
def trial(request: pytest.FixtureRequest, make_trial: MakeTrial) -> Trial:
    return make_trial(*request.param)


def kills(trial: Trial, only: str = "") -> dict[tuple[str, int], str]:
    """Return what was wrong, by the call at which the process was killed."""
    return {
        (name, number): found
        for name, number in trial.points(only)
        if (found := trial.killed(f"{name}:signal=KILL:when={number}"))
    }


def failures(trial: Trial, error: str, only: str = "") -> dict[tuple[str, int], str]:
    """Return what was wrong, by the call that failed."""
    thin = trial.calls.total() > MANY and error != "EIO" and not EVERY
    return {
        (name, number): found
        for name, number in list(trial.points(only))[:: 3 if thin else 1]
        if (found := trial.failed(f"{name}:error={error}:when={number}"))
    }


def test_a_kill_at_any_call_leaves_all_or_nothing(trial: Trial) -> None:
    assert trial.calls.total() >= 30
    assert kills(trial) == {}


@pytest.mark.parametrize("error", ERRORS)
def test_a_failure_of_any_call_is_told_as_what_it_is(trial: Trial, error: str) -> None:
    assert failures(trial, error) == {}


def test_a_twin_without_a_journal_is_caught(make_trial: MakeTrial) -> None:
    assert kills(make_trial(sqlite_kind(NoJournal), APPEND_50), only="pwrite64")


@pytest.mark.parametrize("store", [Ascending, Unsaid])
def test_a_folder_that_commits_step_by_step_is_caught(
    store: type[FolderStore], make_trial: MakeTrial
) -> None:
    assert kills(make_trial(folder_kind(store), APPEND_50), only="linkat")


@pytest.mark.parametrize(
    "kind", [sqlite_kind(Denies), folder_kind(Unsaid)], ids=lambda kind: kind.name
)
def test_a_twin_that_does_not_look_is_caught(kind: Kind, make_trial: MakeTrial) -> None:
    only = "fsync" if kind.name == "folder" else ""
    wrong = failures(make_trial(kind, APPEND), "EIO", only)

    assert "told refused and had ['after']" in wrong.values()
