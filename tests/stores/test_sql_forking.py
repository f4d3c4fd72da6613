import os
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, StaticPool, create_engine

from missionkit.errors import MissionKitError
from missionkit.stores.sql.forking import after_fork_in_child
from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores.making import commits
from missionkit.testing.stores.opening import held

S = "harbour"


@pytest.fixture
def engine(quick_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{quick_path / 'host.db'}")
    yield made
    made.dispose()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_process_that_is_forked_goes_on_with_connections_of_its_own(
    engine: Engine,
) -> None:
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    child = os.fork()
    if child == 0:
        try:
            store.append(S, commits(S, 2)[1:], expected=1)
            os._exit(0)
        except MissionKitError:
            traceback.print_exc()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    assert store.append(S, commits(S, 3)[2:], expected=2) == 3
    assert held(store, S) == list(commits(S, 3))


def test_a_child_begins_with_an_empty_pool(engine: Engine) -> None:
    store = SqlStore(engine)
    pool = engine.pool
    after_fork_in_child()

    assert engine.pool is not pool
    assert store.streams() == ()
    pool.dispose()  # type: ignore[no-untyped-call, unused-ignore]


def test_a_database_in_memory_is_the_child_s_own() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    store = SqlStore(engine)
    store.append(S, commits(S), expected=0)
    after_fork_in_child()

    assert store.streams() == (S,)
    engine.dispose()
