"""How long a store waits for others, whatever number it is given."""

from collections.abc import Callable
from pathlib import Path

import pytest

from missionkit.ports.store import Store
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.stores.waiting import seconds
from missionkit.testing.stores import commits

ODD = [float("inf"), float("nan"), -1.0, -5.0, 1e30]
S = "harbour"


def in_a_database(path: Path, *, wait: float) -> Store:
    return SqlStore.at(f"sqlite:///{path}", wait=wait)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (0.0, 0.0),
        (2.5, 2.5),
        (-1.0, 0.0),
        (float("nan"), 0.0),
        (float("inf"), 1_000_000.0),
        (1e30, 1_000_000.0),
    ],
)
def test_every_number_is_one_that_can_be_waited(asked: float, given: float) -> None:
    assert seconds(asked) == given


@pytest.mark.parametrize("wait", ODD)
@pytest.mark.parametrize("make", [FolderStore, SqliteStore, in_a_database])
def test_a_store_takes_any_number_of_seconds(
    make: Callable[..., Store], wait: float, quick_path: Path
) -> None:
    store = make(quick_path / "store", wait=wait)
    assert store.append(S, commits(S, 2), expected=0) == 2
    store.close()
