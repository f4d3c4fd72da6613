"""Our stores keep the contract that they ask of others."""

from pathlib import Path
from typing import ClassVar

import pytest

from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import StoreContract
from missionkit.testing.stores.opening import MakeStore


class TestMemoryStore(StoreContract):
    lasting: ClassVar[bool] = False

    @pytest.fixture
    def make_store(self) -> MakeStore:
        return MemoryStore


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def make_store(self, quick_path: Path) -> MakeStore:
        return lambda: SqliteStore(quick_path / "store.db")


class TestSqlStoreOnSqlite(StoreContract):
    @pytest.fixture
    def make_store(self, quick_path: Path) -> MakeStore:
        return lambda: SqlStore.at(f"sqlite:///{quick_path / 'store.db'}")


class TestFolderStore(StoreContract):
    @pytest.fixture
    def make_store(self, quick_path: Path) -> MakeStore:
        return lambda: FolderStore(quick_path / "store")
