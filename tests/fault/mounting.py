"""File systems of their own, in a mount namespace that is gone with its process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from tests.fault.means import lacking

ROOT: Final = Path(__file__).parents[2]
TOOLS: Final = ("unshare", "mkfs.ext4", "mount", "umount")


@cache
def cannot_mount() -> str:
    """Say why nothing can be mounted here."""
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


def apart(module: str, *arguments: str) -> str:
    """Run a module of this folder where it may mount; return what it printed."""
    ended = subprocess.run(
        [
            *("unshare", "-m", sys.executable, "-m", f"tests.fault.{module}"),
            *arguments,
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
    return ended.stdout


def image_in(folder: Path, size: int) -> Path:
    """Return a file that holds an empty file system."""
    image = folder / "image"
    with image.open("wb") as file:
        file.truncate(size)
    _run("mkfs.ext4", "-q", str(image))
    return image


@contextmanager
def mounted_at(image: Path, place: Path) -> Iterator[Path]:
    """Mount the file system of an image for the block."""
    place.mkdir(exist_ok=True)
    _run("mount", "-o", "loop", str(image), str(place))
    try:
        yield place
    finally:
        _run("umount", str(place))


@contextmanager
def memory_at(place: Path, size: int) -> Iterator[Path]:
    """Mount a file system that is kept in memory for the block."""
    place.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place))
    try:
        yield place
    finally:
        _run("umount", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
