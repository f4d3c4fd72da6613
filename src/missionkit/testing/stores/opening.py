"""What every case of the contract begins with: an empty store."""

from collections.abc import Callable, Iterator
from typing import ClassVar, TypeAlias

import pytest

from missionkit.domain.history import Commit
from missionkit.ports.store import Disposal, Snapshots, Store

MakeStore: TypeAlias = Callable[[], Store]
"""Opens the same place again and again; it is empty when a test begins."""


class Opened:
    """Fixtures for the cases; the class that inherits them has `make_store`."""

    lasting: ClassVar[bool] = True
    """Whether another store that is opened at the same place has the same streams."""

    @pytest.fixture
    def store(self, make_store: MakeStore) -> Iterator[Store]:
        """Give a store without a stream; it is closed after the test."""
        opened = make_store()
        yield opened
        opened.close()

    @pytest.fixture
    def snapshots(self, store: Store) -> Snapshots:
        """Give the same store as one that keeps snapshots."""
        if not isinstance(store, Snapshots):
            pytest.skip("the store keeps no snapshots")
        return store

    @pytest.fixture
    def disposal(self, store: Store) -> Disposal:
        """Give the same store as one that can erase."""
        if not isinstance(store, Disposal):
            pytest.skip("the store cannot erase")
        return store

    @pytest.fixture
    def reopen(self, make_store: MakeStore) -> MakeStore:
        """Give what opens the place of the store once more."""
        if not self.lasting:
            pytest.skip("the store is gone when it is closed")
        return make_store


def held(store: Store, stream: str) -> list[Commit]:
    """Return all commits of a stream."""
    return list(store.read(stream))


def sequences(found: Iterator[Commit]) -> list[int]:
    """Return the numbers of commits, in the order in which they come."""
    return [commit.facts.sequence for commit in found]
