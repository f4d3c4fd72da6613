"""A process that is killed loses nothing that it reported, and leaves no ruin."""

import os
import random
from pathlib import Path

import pytest

from missionkit.stores.sqlite import SqliteStore
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


def test_no_kill_loses_what_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(KILLS):
        # Some files have a past, others are new.
        path = tmp_path / f"{number // 20}.db"
        kill(lambda: SqliteStore(path), f"kill-{number}", chance, found)  # noqa: B023 - used at once

    assert found.kills == KILLS
    assert found.inside >= 0.6 * KILLS
    assert found.acknowledged > KILLS
    assert (found.lost, found.torn, found.unreadable, found.stuck) == (0, 0, 0, 0)


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
