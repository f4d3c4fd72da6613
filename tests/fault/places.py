"""A new, empty place for each kind of store that many processes can share."""

from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

import pytest
from attrs import frozen

from missionkit.ports.store import Store
from tests.postgres import Cluster

LONG: Final = 60.0
# The kinds, and what opens each; what is not asked for is not loaded.
KINDS: Final = {
    "sqlite": ("sqlite.store", "SqliteStore"),
    "folder": ("folder.store", "FolderStore"),
    "postgres": ("sql.store", "SqlStore.at"),
}


@frozen
class Open:
    """Opens the store at one place; it waits so many seconds for others."""

    kind: str
    where: str

    def __call__(self, wait: float) -> Store:
        module, name = KINDS[self.kind]
        maker = attrgetter(name)(import_module(f"missionkit.stores.{module}"))
        return cast("Store", maker(self.where, wait=wait))


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, quick_path: Path) -> Open:
    """Give what opens a store of each kind, which is there."""
    made = opener(request.param, request, quick_path)
    # All that it takes is loaded here, or each process would have to do so.
    made(LONG).close()
    return made


def opener(kind: str, request: pytest.FixtureRequest, folder: Path) -> Open:
    """Return what opens a store of a kind, in a folder or in the cluster."""
    if kind != "postgres":
        return Open(kind, str(folder / f"a-{kind}"))
    cluster: Cluster = request.getfixturevalue("postgres")
    url = cluster.url(path=cluster.new_schema())
    return Open(kind, url.render_as_string(hide_password=False))
