"""What many tests here need: a folder in memory, and one PostgreSQL."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault.places import opened
from tests.postgres import engine, postgres

__all__ = ["engine", "opened", "postgres", "quick_path"]

MEMORY = Path("/dev/shm")  # noqa: S108 - used through tempfile only


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, where flushing costs nothing, if there is such."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="missionkit-", dir=MEMORY) as folder:
        yield Path(folder)
