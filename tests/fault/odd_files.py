"""Mounts file systems that have oddities of other file systems."""

import json
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL
from pathlib import Path
from typing import Final

from attrs import frozen

from tests.fault.mounting import ROOT

PATIENCE: Final = 20.0
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG


def key_of(name: str) -> str:
    """Return what is the same for all names that are the same to who folds them."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


@frozen
class Odd:
    """A file system that is mounted, and the folder in which its files lie."""

    place: Path
    beneath: Path
    _trouble: Path

    @contextmanager
    def trouble(self, **what: object) -> Iterator[None]:
        """Let something befall what is done in the block."""
        passing = self._trouble.with_suffix(".tmp")
        passing.write_text(json.dumps(what), encoding="utf-8")
        passing.rename(self._trouble)
        try:
            yield
        finally:
            self._trouble.unlink()


@contextmanager
def odd_files(
    folder: Path, *, folds: bool = False, longest: int = 255
) -> Iterator[Odd]:
    """Mount such a file system for the block, in a namespace of one's own."""
    made = Odd(folder / "odd", folder / "beneath", folder / "trouble.json")
    for each in (made.place, made.beneath):
        each.mkdir()
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.fault.odd_served"),
            *(made.beneath, made.place, folder / "trouble.json"),
            *("1" if folds else "", str(longest)),
        ],
        cwd=ROOT,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call of the system
    ) as serving:
        try:
            _wait(made.place, serving)
            yield made
        finally:
            subprocess.run(["umount", "--lazy", str(made.place)], check=False)  # noqa: S607
            serving.kill()


def _wait(place: Path, serving: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + PATIENCE
    while not place.is_mount():
        assert serving.poll() is None, "nothing was mounted"
        assert time.monotonic() < ends, "nothing was mounted in time"
        time.sleep(0.02)


def _end_with_parent() -> None:
    CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
