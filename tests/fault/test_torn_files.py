"""Files that are torn: damage is named, and what lies beside it can be read."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError, StoreError
from missionkit.ports.store import Store
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits
from tests.fault.damaging import STREAMS, Specimen
from tests.fault.durable import DURABLE, FOLDER, SQLITE, Kind

pytestmark = pytest.mark.timeout(300)
MARK: Final = "store/missionkit.json"
# A large file is cut at so many places, a small one at every byte; the files of the
# streams are alike, so that of all but the first one some places are enough.
CUTS: Final = 1_000
SOME: Final = 60
GARBAGE: Final = (b"garbage", b"\0", b"{}\n", b'\n"form": 2\n', b"\xff\xfe")


def cuts(data: bytes, most: int = CUTS) -> Iterator[bytes]:
    """Yield the beginnings of a file."""
    for end in range(0, len(data), len(data) // most + 1):
        yield data[:end]


def torn(data: bytes, most: int = CUTS) -> Iterator[bytes | None]:
    """Yield what may be left of a file; None where it is gone."""
    yield from cuts(data, most)
    yield from (data + each for each in GARBAGE)
    yield bytes(len(data))
    yield data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
    yield None


@pytest.mark.parametrize("kind", DURABLE, ids=lambda kind: kind.name)
def test_a_torn_file_is_told_by_an_error_of_ours_or_by_verification(
    kind: Kind, quick_path: Path
) -> None:
    specimen = Specimen(kind, quick_path)
    cases = 0
    for name, data in specimen.files.items():
        for left in torn(data, SOME):
            with specimen.damaged(name, left):
                assert specimen.noticed() != "unnoticed", (name, left)
            cases += 1

    assert cases > SOME
    assert specimen.noticed() == ""


def damage_of(name: str, left: bytes | None) -> str:
    """Return how the message names what is wrong with a commit's file."""
    path = name.removeprefix("store/")
    return path.rpartition("/")[0] if left is None else path


def read_back(store: Store, stream: str) -> tuple[Commit, ...] | str:
    """Return the commits of a stream, or what is said of it."""
    try:
        return tuple(store.read(stream))
    except CorruptStoreError as error:
        return str(error)


def wrong_with(
    store: FolderStore, specimen: Specimen, name: str, left: bytes | None
) -> Iterator[str]:
    """Yield what is wrong with how a store tells of a torn file."""
    for stream, (there, snapshot) in specimen.state.items():
        found = read_back(store, stream)
        if found == there:
            if store.snapshot(stream) not in {None, snapshot}:
                yield f"another snapshot of {stream}"
        elif Path(name).parent != Path("store", stream):
            yield f"damage to {name} harms {stream}"
        elif isinstance(found, str):
            if damage_of(name, left) not in found:
                yield f"does not name {name}: {found}"
        elif left is not None or found != there[:-1]:
            yield f"other commits of {stream} are read, without a word"


def faults(
    kind: type[FolderStore], folder: Path, names: Sequence[str], most: int = CUTS
) -> list[tuple[str, bytes | None, str]]:
    """Return what is wrong, by the file and by what was left of it."""
    specimen = Specimen(FOLDER, folder)
    found = []
    for name in names:
        for left in torn(specimen.files[name], most):
            with (
                specimen.damaged(name, left),
                closing(kind(folder / "store", strict=False)) as store,
            ):
                wrong = wrong_with(store, specimen, name, left)
                found += [(name, left, each) for each in wrong]
    return found


@pytest.mark.parametrize("part", [*STREAMS, "the rest"])
def test_a_torn_file_is_named_and_harms_no_other_stream(
    part: str, quick_path: Path
) -> None:
    specimen = Specimen(FOLDER, quick_path / "names")
    own = {
        stream: [n for n in specimen.files if Path(n).parent == Path("store", stream)]
        for stream in STREAMS
    }
    rest = [n for n in specimen.files if not any(n in names for names in own.values())]

    most = SOME if part in STREAMS[1:] else CUTS
    assert faults(FolderStore, quick_path / "torn", own.get(part, rest), most) == []


class Skips(FolderStore):
    """Leaves out what it cannot read."""

    def read(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> Iterator[Commit]:
        found = []
        try:
            for commit in super().read(stream, after=after, upto=upto):
                found.append(commit)  # noqa: PERF402 - what was read before counts
        except CorruptStoreError:
            pass
        return iter(found)


def test_a_twin_that_skips_what_it_cannot_read_is_caught(quick_path: Path) -> None:
    wrong = faults(Skips, quick_path, ["store/new/00000002.json"])

    assert len(wrong) > 100


def test_a_cut_is_told_with_its_byte(quick_path: Path) -> None:
    specimen = Specimen(FOLDER, quick_path)
    name = "store/new/00000002.json"
    told = []
    for left in cuts(specimen.files[name]):
        with (
            specimen.damaged(name, left),
            closing(FOLDER.opened(quick_path)) as store,
        ):
            told.append(read_back(store, "new"))

    placed = [
        str(each) for each in told if "00000002.json: it is damaged at byte" in each
    ]
    assert len(placed) > 0.9 * len(told)


def test_a_store_whose_mark_is_torn_names_it(quick_path: Path) -> None:
    specimen = Specimen(FOLDER, quick_path)
    for left in (*cuts(specimen.files[MARK]), None):
        with specimen.damaged(MARK, left):
            if left is not None and left.rstrip() == specimen.files[MARK].rstrip():
                continue
            with pytest.raises(StoreError, match=r"missionkit\.json"):
                FOLDER.opened(quick_path)


@pytest.mark.parametrize("name", ["00000003.tmp", "model.tmp", "pending.tmp"])
def test_what_a_writer_left_that_died_is_not_read_and_goes(
    name: str, quick_path: Path
) -> None:
    specimen = Specimen(FOLDER, quick_path)
    leftover = quick_path / "store" / "new" / name
    leftover.write_bytes(b"half of")
    with closing(FOLDER.opened(quick_path)) as store:
        there, _ = specimen.state["new"]
        assert tuple(store.read("new")) == there
        store.append("new", commits("new", after=there), expected=len(there))

    assert FOLDER.strays(quick_path) == []


def test_an_empty_file_is_a_new_store_and_a_checkpoint_tells(quick_path: Path) -> None:
    specimen = Specimen(SQLITE, quick_path)
    with specimen.damaged("store.db", b""):
        assert specimen.noticed() == "told by a checkpoint"
