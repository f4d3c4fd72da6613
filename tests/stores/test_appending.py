from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from missionkit.errors import ConflictError
from missionkit.ports.store import Store
from missionkit.stores.appending import outcome, taken
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits

NEW = commits("harbour", 4)


def test_what_is_expected_is_added() -> None:
    assert outcome((), NEW[:2], expected=0, found=0) == NEW[:2]
    assert outcome((), (), expected=2, found=2) == ()


def test_what_is_there_already_is_nothing_to_write() -> None:
    assert outcome(NEW[1:], NEW[1:3], expected=1, found=4) is None


@pytest.mark.parametrize("expected", [-1, 0, 2, 5])
def test_another_count_is_a_conflict(expected: int) -> None:
    since = NEW[max(expected, 0) :]
    with pytest.raises(ConflictError) as caught:
        outcome(since, (), expected=expected, found=4)

    assert caught.value.theirs == tuple(commit.facts.id for commit in since)


def test_a_taken_id_says_what_to_do() -> None:
    error = taken("harbour", "ann-1", found=4)

    assert (error.expected, error.found, error.theirs) == (4, 4, ("ann-1",))
    assert [issue.code for issue in error.issues] == ["MK-STO-001"]
    assert "'ann-1'" in str(error)
    assert "fix" in str(error)


@pytest.mark.parametrize("kind", ["memory", "folder", "sqlite", "sql"])
def test_commits_that_are_made_one_by_one_are_all_kept(
    kind: str, quick_path: Path
) -> None:
    place = quick_path / "store"
    makes: dict[str, Callable[[], Store]] = {
        "memory": MemoryStore,
        "folder": lambda: FolderStore(place),
        "sqlite": lambda: SqliteStore(place),
        "sql": lambda: SqlStore.at(f"sqlite:///{place}"),
    }
    store = makes[kind]()
    made: Any = (commit for commit in NEW)

    assert store.append("harbour", made, expected=0) == len(NEW)
    assert tuple(store.read("harbour")) == NEW
    store.close()
