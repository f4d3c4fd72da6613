"""Fixtures for every room."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Give the folder of third-party files, which are never part of the project."""
    folder = os.environ.get("MISSIONKIT_DATA")
    if not folder:
        pytest.skip("MISSIONKIT_DATA does not name the folder of third-party files")
    if not Path(folder).is_dir():
        pytest.fail(f"MISSIONKIT_DATA names {folder}, which is not a folder")
    return Path(folder)
