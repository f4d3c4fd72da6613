"""A process that is killed while it writes to PostgreSQL loses nothing it reported."""

import os
import random
from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from missionkit.domain.history import Commit
from missionkit.stores.sql.store import SqlStore
from tests.fault.killing import Found, kill
from tests.fault.postgres_twins import Early

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


class OneByOne(SqlStore):
    """Does in several steps what should be one."""

    def append(self, stream: str, commits: Sequence[Commit], *, expected: int) -> int:
        for count, commit in enumerate(commits, expected):
            super().append(stream, [commit], expected=count)
        return expected + len(commits)


def test_no_kill_loses_what_was_acknowledged(engine: Engine) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(KILLS):
        kill(lambda: SqlStore(engine), f"kill-{number}", chance, found)

    assert found.kills == KILLS
    assert found.inside >= 0.6 * KILLS
    assert found.acknowledged > KILLS
    assert (found.lost, found.torn, found.unreadable, found.stuck) == (0, 0, 0, 0)


@pytest.mark.parametrize("twin", [OneByOne, lambda engine: Early(engine, wait=10)])
def test_a_twin_is_caught(engine: Engine, twin: type[SqlStore]) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments
    found = Found()
    for number in range(TWIN_KILLS):
        kill(lambda: twin(engine), f"kill-{number}", chance, found)
        if found.harmed >= 3:
            break

    assert found.harmed >= 3
