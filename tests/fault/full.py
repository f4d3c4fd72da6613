"""Fills a small file system around a store that is written to, and frees it again.

Run in a mount namespace of its own, as root; prints what was found as JSON.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from tests.fault.durable import DURABLE, folder_kind, sqlite_kind
from tests.fault.folder_twins import Heedless
from tests.fault.mounting import image_in, memory_at, mounted_at
from tests.fault.operations import APPEND, APPEND_50, DISPOSAL, MAKING, SNAPSHOT
from tests.fault.trials import Trial
from tests.fault.twins import NoJournal

SIZES: Final = {"tmpfs": 2_000_000, "ext4": 8_000_000}
BLOCK: Final = 4096
# How many blocks are left: few for what is small, and more for many commits.
LEFT: Final = (*range(12), *range(12, 120, 9))
WHOSE: Final = {
    "ours": (DURABLE, (MAKING, APPEND, APPEND_50, SNAPSHOT, DISPOSAL)),
    "twins": ((sqlite_kind(NoJournal), folder_kind(Heedless)), (APPEND, APPEND_50)),
}


def main(folder: Path, system: str, whose: str) -> dict[str, dict[str, int]]:
    """Return how often what came of the operations on each kind of store."""
    place = folder / "mounted"
    if system == "ext4":
        mounted = mounted_at(image_in(folder, SIZES[system]), place)
    else:
        mounted = memory_at(place, SIZES[system])
    found = {}
    with mounted:
        for number, (kind, each) in enumerate(product(*WHOSE[whose])):
            trial = Trial(kind, each, place / str(number))
            found[f"{kind.name}, {each.name}"] = came(trial, place)
    return found


def came(trial: Trial, place: Path) -> dict[str, int]:
    """Return how often what was told and wrong, by how much room was left."""
    found = Counter(
        " ".join(trial.troubled(partial(filled, place, left * BLOCK))).strip()
        for left in LEFT
    )
    return dict(found)


@contextmanager
def filled(place: Path, left: int) -> Iterator[None]:
    """Fill the file system for the block, but for some bytes."""
    ballast = place / "ballast"
    size = 0
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                size += file.write(bytes(BLOCK))
        except OSError:
            file.truncate(max(size - left, 0))
    try:
        yield
    finally:
        ballast.unlink()


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *sys.argv[2:])))  # noqa: T201 - the parent reads it
