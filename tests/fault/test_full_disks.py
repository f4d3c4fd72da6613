"""Where no room is left a write says so, and works again once there is some."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.fault.durable import DURABLE, Kind, folder_kind, sqlite_kind
from tests.fault.folder_twins import Heedless
from tests.fault.means import lacking
from tests.fault.mounting import apart, cannot_mount
from tests.fault.operations import APPEND, APPEND_50, OPERATIONS, Operation
from tests.fault.trials import Trial
from tests.fault.twins import NoJournal

pytestmark = [
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
# How large a file may be: from nothing to more than any of them needs.
SIZES: Final = (0, 1, 100, 600, *range(1_000, 90_000, 4_000), 10_000_000)
APPENDS: Final = (APPEND, APPEND_50)
TWINS: Final = (sqlite_kind(NoJournal), folder_kind(Heedless))


def filled(folder: Path, system: str, whose: str) -> dict[str, set[str]]:
    """Return what came of writing on a small disk, by the store and the operation."""
    if cannot_mount():
        lacking(cannot_mount())
    found = json.loads(apart("full", str(folder), system, whose))
    return {cell: set(came) for cell, came in found.items()}


@pytest.mark.parametrize("system", ["tmpfs", "ext4"])
def test_a_full_disk_is_told_and_nothing_is_lost(system: str, tmp_path: Path) -> None:
    found = filled(tmp_path, system, "ours")

    assert len(found) >= 10
    assert set().union(*found.values()) == {"committed", "full"}
    for kind in DURABLE:
        assert found[f"{kind.name}, {APPEND_50.name}"] == {"committed", "full"}


def test_twins_that_do_not_heed_a_full_disk_are_caught(tmp_path: Path) -> None:
    found = filled(tmp_path, "tmpfs", "twins")

    for kind in TWINS:
        came = set().union(*(found[f"{kind.name}, {each.name}"] for each in APPENDS))
        assert came - {"committed", "full"}


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Let no file be larger for the block; Python ignores the signal for it."""
    resource = pytest.importorskip("resource", reason="this platform has no limits")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def outgrown(trial: Trial) -> dict[int, tuple[str, str]]:
    """Return what was told, and was wrong, by how large a file may be."""
    return {size: trial.troubled(partial(limited, size)) for size in SIZES}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_a_file_that_may_not_grow_is_told_and_nothing_is_lost(
    kind: Kind, operation: Operation, quick_path: Path
) -> None:
    found = outgrown(Trial(kind, operation, quick_path))
    # SQLite does not say that a limit is what the disk failed of.
    refused = "full" if kind.name == "folder" else "refused"

    assert {wrong for _, wrong in found.values()} == {""}
    assert {told for told, _ in found.values()} <= {refused, "committed"}
    assert found[SIZES[-1]][0] == "committed"


@pytest.mark.parametrize("kind", TWINS, ids=lambda kind: kind.name)
def test_a_twin_that_does_not_heed_the_limit_is_caught(
    kind: Kind, quick_path: Path
) -> None:
    wrong = [
        found
        for each in APPENDS
        for _, found in outgrown(Trial(kind, each, quick_path / each.name)).values()
    ]

    assert any(wrong)
