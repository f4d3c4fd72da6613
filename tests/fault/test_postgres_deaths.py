"""PostgreSQL dies in the midst of commits, and loses nothing it acknowledged."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import Engine

from missionkit.ports.store import Store
from missionkit.stores.sql.store import SqlStore
from tests.fault.postgres_clients import Make
from tests.fault.postgres_rounds import (
    Rounds,
    backend_dies,
    postmaster_dies,
    rounds,
    server_dies,
)
from tests.fault.postgres_twins import Early
from tests.postgres import Cluster, cluster

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork"),
    pytest.mark.timeout(400),
    # From Python 3.12 on, where a worker of the tests has threads.
    pytest.mark.filterwarnings(
        "ignore:This process .* is multi-threaded:DeprecationWarning"
    ),
]
Play: TypeAlias = Callable[[Make], AbstractContextManager[Rounds]]
POSTMASTERS = 20
BACKENDS = 50
TWIN_DEATHS = 8


@pytest.fixture(scope="module")
def mortal() -> Iterator[Cluster]:
    """Give a cluster that may die, and flushes what it has."""
    with cluster() as made:
        yield made


@pytest.fixture
def play(mortal: Cluster, quick_path: Path) -> Play:
    return lambda make: rounds(mortal, make, quick_path)


def ours(engine: Engine, wait: float) -> Store:
    return SqlStore(engine, wait=wait)


def test_no_death_of_the_postmaster_loses_what_was_acknowledged(play: Play) -> None:
    with play(ours) as played:
        for number in range(POSTMASTERS):
            played.play(server_dies if number % 2 else postmaster_dies)

    assert played.wrong == []
    assert played.deaths == POSTMASTERS
    assert played.inside >= 0.6 * POSTMASTERS
    assert played.acknowledged > 10 * POSTMASTERS


def test_no_death_of_a_backend_loses_what_was_acknowledged(play: Play) -> None:
    with play(ours) as played:
        for _ in range(BACKENDS):
            played.play(backend_dies)

    assert played.wrong == []
    assert played.deaths == played.inside == BACKENDS
    assert played.acknowledged > 10 * BACKENDS


def test_a_twin_that_does_not_wait_for_a_commit_is_caught(play: Play) -> None:
    with play(lambda engine, wait: Early(engine, wait=wait)) as played:
        played.play()

        assert played.wrong == []

        while not played.wrong and played.deaths < TWIN_DEATHS:
            played.play(server_dies)

    assert any("is lost" in each for each in played.wrong), played.wrong
