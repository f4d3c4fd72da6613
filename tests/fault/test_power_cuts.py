"""A commit that was reported is there after the power went."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.fault.means import lacking

ROOT = Path(__file__).parents[2]
TOOLS = ("unshare", "mkfs.ext4", "mount", "umount")


@cache
def cannot() -> str:
    """Say why no power can be cut here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root of a Linux can mount a file system"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"{missing[0]} is not installed"
    tried = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"],  # noqa: S607 - found
        check=False,
        capture_output=True,
    )
    return "nothing can be mounted here" if tried.returncode else ""


def cut(kind: str, folder: Path, cuts: int) -> dict[str, int]:
    if cannot():
        lacking(cannot())
    ended = subprocess.run(
        [
            *("unshare", "-m", sys.executable, "-m", "tests.fault.power"),
            *(kind, str(folder), str(cuts)),
        ],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        text=True,
    )
    if "loop device" in ended.stderr:
        lacking("no loop device is free")
    assert ended.returncode == 0, ended.stderr
    found: dict[str, int] = json.loads(ended.stdout)
    return found


@pytest.mark.timeout(120)
def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    found = cut("SqliteStore", tmp_path, 150)

    assert found.pop("acknowledged") > 150
    assert found == {"lost": 0, "unreadable": 0, "torn": 0}


@pytest.mark.timeout(120)
def test_a_twin_that_flushes_as_sqlite_does_by_default_loses_some(
    tmp_path: Path,
) -> None:
    assert cut("Usual", tmp_path, 100)["lost"]


@pytest.mark.timeout(120)
def test_a_twin_that_does_not_flush_loses_them(tmp_path: Path) -> None:
    found = cut("NoFlush", tmp_path, 5)

    assert found["lost"] + found["unreadable"] + found["torn"] >= 5
