"""A process that is killed loses nothing that it reported, and leaves no ruin."""

import os
import random
from pathlib import Path

import pytest

from missionkit.stores.folder.store import FolderStore
from tests.fault.durable import DURABLE, Kind
from tests.fault.folder_twins import Ascending, Unsaid
from tests.fault.killing import Found, kill
from tests.fault.twins import InPlace, NoJournal

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(300),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
KILLS = 300
TWIN_KILLS = 40


@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_no_kill_loses_what_was_acknowledged(kind: Kind, tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(KILLS):
        # Some stores have a past, others are new.
        place = tmp_path / str(number // 20)
        place.mkdir(exist_ok=True)
        kill(lambda: kind.opened(place), f"kill-{number}", chance, found)  # noqa: B023 - used at once

    assert found.kills == KILLS
    assert found.inside >= 0.6 * KILLS
    assert found.acknowledged > KILLS
    assert (found.lost, found.torn, found.unreadable, found.stuck) == (0, 0, 0, 0)
    assert [kind.strays(each) for each in tmp_path.iterdir()] == [[]] * (KILLS // 20)


def test_a_twin_without_a_journal_is_caught(tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(TWIN_KILLS):
        path = tmp_path / f"{number}.db"
        kill(lambda: NoJournal(path), "harbour", chance, found, 100_000)  # noqa: B023 - used at once
        if found.harmed >= 3:
            break

    assert found.harmed >= 3


def test_a_twin_that_writes_in_place_is_caught(tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(TWIN_KILLS):
        path = tmp_path / f"{number}.jsonl"
        kill(lambda: InPlace(path), "harbour", chance, found)  # noqa: B023 - used at once
        if found.harmed >= 3:
            break

    assert found.harmed >= 3


@pytest.mark.parametrize("store", [Ascending, Unsaid])
def test_a_folder_that_commits_step_by_step_is_caught(
    store: type[FolderStore], quick_path: Path
) -> None:
    # Where flushing costs nothing, most of the time is spent between the steps.
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(KILLS):
        kill(lambda: store(quick_path / "store"), f"kill-{number}", chance, found)
        if found.harmed >= 3:
            break

    assert found.harmed >= 3
