"""What a file system lacks or does in its own way is told, and loses nothing.

A file system of the tests' own does so, or one that is mounted in another way.
"""

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.fault.means import lacking
from tests.fault.mounting import apart, cannot_mount
from tests.fault.odd_trials import FAILED, FAILING, LINKLESS

pytestmark = pytest.mark.timeout(300)

STORES = ("sqlite", "folder")


@pytest.fixture
def tried(quick_path: Path) -> "Tried":
    """Give a function that tries something where it may mount what it needs."""
    if cannot_mount():
        lacking(cannot_mount())
    return Tried(quick_path)


def without_fuse() -> str:
    """Say why no file system of the tests' own can be mounted here."""
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
    except OSError as error:
        return f"the system gives no FUSE ({error})"
    if shutil.which("fusermount3") is None:
        return "fuse3 is not installed"
    return "" if find_spec("mfusepy") else "mfusepy is not installed"


class Tried:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str, *, fuse: bool = True) -> Any:  # noqa: ANN401 - any JSON
        if fuse and without_fuse():
            lacking(without_fuse())
        return json.loads(apart("odd_trials", name, str(self._folder)))


def test_names_that_are_the_same_for_a_file_system_share_no_file(tried: Tried) -> None:
    found = tried("folding")

    assert found["folds"]
    assert found["shared by a twin"] > 0
    assert (found["sqlite"], found["folder"]) == ([], [])
    assert found["shared"] == 0
    assert found["in capitals"] > 0  # it is the same store


def test_a_slow_disk_only_takes_its_time(tried: Tried) -> None:
    whole, was_slow = True, True

    assert tried("slow") == {name: [whole, was_slow] for name in STORES}


def test_a_name_that_is_too_long_there_is_refused_and_does_no_harm(
    tried: Tried,
) -> None:
    found = tried("short")

    for act in ("append", "read"):
        assert found[act].startswith("False the file system takes no such long name (")
    assert (found["there"], found["whole"]) == (True, True)


def test_what_fails_as_long_as_a_write_lasts_loses_nothing(tried: Tried) -> None:
    found = tried("failing")
    told, wrong = found.pop("twin")  # which says of what failed that it is not there

    assert (told, wrong) == ("refused", "told refused and had ['after']")
    assert len(found) == len(FAILED) * len(FAILING)
    assert {each: wrong for each, (_, wrong) in found.items() if wrong} == {}
    told = {each: told for each, (told, _) in found.items()}
    assert set(told.values()) == {"committed", "refused", "unknown"}
    for name in STORES:
        for each in ("create", "write"):
            assert told[f"{name}, append, {each}"] == "refused"


def test_where_no_file_has_a_second_name_a_folder_is_refused_and_the_way_out_said(
    tried: Tried,
) -> None:
    found = tried("linkless")
    lacks = "False the file system lacks what a folder store needs: use a SQLite file"

    assert set(found) == {f"{store}, {name}" for store in STORES for name in LINKLESS}
    for name in LINKLESS:
        assert found[f"sqlite, {name}"] == ["", "", ""]
        new, append, read = found[f"folder, {name}"]
        assert new.startswith(lacks)
        assert append.startswith(lacks)
        assert read == ""


def test_what_can_only_be_read_is_read_and_not_written(tried: Tried) -> None:
    found = tried("read_only", fuse=False)

    for store in STORES:
        read, opened_to_read, append, new, after = found[store]
        assert (read, opened_to_read, after) == ("", "", "")
        assert append.startswith("False the store can only be read (")
        assert new.startswith("False the store can")


def test_where_nothing_can_be_removed_nothing_is_lost(tried: Tried) -> None:
    found = tried("append_only", fuse=False)

    for store in STORES:
        told, whole = found[store]
        assert told in {"", "commit ann-3 may or may not be stored: send it again"}
        assert whole
    assert found["left"] == []
