"""The SQL store keeps its contract in PostgreSQL, whatever the engine asks for."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine.interfaces import IsolationLevel

from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import METADATA
from missionkit.testing.stores import StoreContract
from missionkit.testing.stores.appending import AppendCases
from missionkit.testing.stores.disposing import DisposalCases
from missionkit.testing.stores.opening import MakeStore
from missionkit.testing.stores.threading_cases import ThreadCases
from tests.postgres import Cluster

LEVELS: tuple[IsolationLevel, ...] = (
    *("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"),
    "AUTOCOMMIT",
)
ROWS = sorted(set(METADATA.tables) - {"missionkit_store"})


@pytest.fixture(scope="module")
def levels(postgres: Cluster) -> Iterator[dict[str, Engine]]:
    """Give engines to all cases, as each takes its time to learn statements."""
    url = postgres.url(path=postgres.new_schema())
    made: dict[str, Engine] = {
        level: create_engine(url, isolation_level=level) for level in LEVELS
    }
    SqlStore(made["AUTOCOMMIT"])
    yield made
    for engine in made.values():
        engine.dispose()


class OnPostgres:
    level: ClassVar[IsolationLevel]

    @pytest.fixture
    def make_store(self, levels: dict[str, Engine]) -> MakeStore:
        with levels["AUTOCOMMIT"].connect() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(ROWS)}"))
        return lambda: SqlStore(levels[self.level])


class TestReadCommitted(OnPostgres, StoreContract):
    level = "READ COMMITTED"


class TestRepeatableRead(OnPostgres, StoreContract):
    level = "REPEATABLE READ"


class TestSerializable(OnPostgres, StoreContract):
    level = "SERIALIZABLE"


class TestAutocommit(OnPostgres, AppendCases, DisposalCases, ThreadCases):
    level = "AUTOCOMMIT"
