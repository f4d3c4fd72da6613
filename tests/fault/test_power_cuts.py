"""A commit that was reported is there after the power went."""

import json
from pathlib import Path

import pytest

from tests.fault.means import lacking
from tests.fault.mounting import apart, cannot_mount


def cut(kind: str, folder: Path, cuts: int) -> dict[str, int]:
    if cannot_mount():
        lacking(cannot_mount())
    found: dict[str, int] = json.loads(apart("power", kind, str(folder), str(cuts)))
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("kind", "cuts"), [("sqlite", 150), ("folder", 100)])
def test_no_power_cut_loses_what_was_acknowledged(
    kind: str, cuts: int, tmp_path: Path
) -> None:
    found = cut(kind, tmp_path, cuts)

    assert found.pop("acknowledged") > cuts
    assert found == {"lost": 0, "unreadable": 0, "torn": 0, "strays": 0}


@pytest.mark.timeout(120)
def test_a_twin_that_flushes_as_sqlite_does_by_default_loses_some(
    tmp_path: Path,
) -> None:
    assert cut("Usual", tmp_path, 100)["lost"]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", ["NoFlush", "Unflushed"])
def test_a_twin_that_does_not_flush_loses_them(kind: str, tmp_path: Path) -> None:
    found = cut(kind, tmp_path, 5)

    assert found["lost"] + found["unreadable"] + found["torn"] >= 5
