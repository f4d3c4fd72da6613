"""Of bits that flip in the files of a store, none changes what is read unnoticed."""

import random
from collections import Counter
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest

from tests.fault.damaging import Specimen
from tests.fault.durable import DURABLE, Kind

pytestmark = pytest.mark.timeout(300)
FLIPS: Final = 2_000


def flipped(kind: Kind, folder: Path, flips: int) -> Counter[str]:
    """Return how often what was said, of flips that are made one at a time."""
    chance = random.Random(2026)  # noqa: S311 - places
    specimen = Specimen(kind, folder)
    sizes = {name: len(data) for name, data in specimen.files.items()}
    said: Counter[str] = Counter()
    for _ in range(flips):
        (name,) = chance.choices(list(sizes), list(sizes.values()))
        data = bytearray(specimen.files[name])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        with specimen.damaged(name, bytes(data)):
            said[specimen.noticed().partition(":")[0]] += 1
    return said


@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_no_flip_that_changes_what_is_read_goes_unnoticed(
    kind: Kind, quick_path: Path
) -> None:
    said = flipped(kind, quick_path, FLIPS)

    assert said.total() == FLIPS
    assert said.keys() <= {"", "told", "told by verification", "told by a check"}
    assert said["told"] + said["told by verification"] > FLIPS // 10


@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_a_twin_of_verification_that_skips_its_checks_is_caught(
    kind: Kind, quick_path: Path
) -> None:
    with (
        patch("missionkit.history.verifying.broken", return_value=()),
        patch("missionkit.history.verifying.against", return_value=()),
        patch("tests.fault.damaging.check_store", return_value=True),
    ):
        assert flipped(kind, quick_path, FLIPS // 10)["unnoticed"]
