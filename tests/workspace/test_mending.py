"""A damaged store is told of, and mended without losing a byte."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.history import Commit
from missionkit.errors import CorruptStoreError, NotFoundError, StoreError
from missionkit.ports.store import Repair, Snapshot
from missionkit.stores.folder import streams as folder_streams
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.memory import MemoryStore
from missionkit.stores.opening import opened
from missionkit.stores.sqlite.salvage import Salvage
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from missionkit.workspace import Workspace
from missionkit.workspace.mending import check_store, repair_store
from missionkit.workspace.store_report import StoreReport
from tests.messages import complaints
from tests.stores.conftest import MEMORY
from tests.workspace.damage import (
    DATA,
    EACH,
    STREAMS,
    all_bytes,
    damage_file,
    damage_folder,
    fill,
    folder_store,
    kept_in,
    sqlite_store,
)

Made = Callable[[Path], Path]
KINDS = pytest.mark.parametrize("made", [sqlite_store, folder_store])


@pytest.fixture
def place() -> Iterator[Path]:
    with _place() as folder:
        yield Path(folder)


def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)


@pytest.fixture(scope="module")
def whole() -> Iterator[dict[Made, Path]]:
    """Give a store of each kind that is only copied."""
    with _place() as folder:
        stores: dict[Made, Path] = {}
        for made in (sqlite_store, folder_store):
            inner = Path(folder, made.__name__)
            inner.mkdir()
            stores[made] = made(inner)
        yield stores


def copied(path: Path, place: Path) -> Path:
    target = place / path.name
    if path.is_dir():
        shutil.copytree(path, target)
    else:
        shutil.copyfile(path, target)
    return target


def promises(path: Path) -> None:
    """Check all that is promised of a store that is damaged."""
    place = path.parent
    before, had = all_bytes(place), kept_in(place)
    report = check_store(path)
    assert all_bytes(place) == before  # to look changes nothing
    assert [said for issue in report.every for said in complaints(issue)] == []
    sound = {each.stream: each.sound for each in report.streams}

    done = repair_store(path)
    assert done, str(done)
    assert check_store(path)
    assert not check_store(path).plans
    assert not had - kept_in(place), "something was deleted"
    assert bool(report.plans) == bool(done.done)
    with closing(opened(path)) as store:
        for stream in STREAMS:
            there = list(store.read(stream))
            # What its indexes hid may come to light when a file is written anew.
            assert len(there) >= sound.get(stream, 0)
            assert there == list(commits(stream, EACH, data=DATA))[: len(there)]
            new = commits(stream, 2, after=there, by="eve")
            assert store.append(stream, new, expected=len(there)) == len(there) + 2
        assert set(store.streams()) == set(STREAMS)
    assert check_store(path)


@settings(max_examples=30)
@given(chance=st.randoms(use_true_random=False))
def test_a_damaged_file_keeps_its_promises(
    whole: dict[Made, Path], chance: Random
) -> None:
    with _place() as folder:
        path = copied(whole[sqlite_store], Path(folder))
        damage_file(path, chance)
        before = path.read_bytes()
        try:
            check_store(path)
        except StoreError as error:  # nothing of it can be read, or its mark is gone
            with pytest.raises(type(error)):
                repair_store(path)
            assert path.read_bytes() == before
            return
        promises(path)


@settings(max_examples=30)
@given(chance=st.randoms(use_true_random=False), many=st.integers(1, 3))
def test_a_damaged_folder_keeps_its_promises(
    whole: dict[Made, Path], chance: Random, many: int
) -> None:
    with _place() as folder:
        path = copied(whole[folder_store], Path(folder))
        for _ in range(many):
            damage_folder(path, chance)
        before = all_bytes(path)
        try:
            check_store(path)
        except StoreError as error:
            with pytest.raises(type(error)):
                repair_store(path)
            assert all_bytes(path) == before
            return
        promises(path)


@pytest.fixture(autouse=True, scope="module")
def _no_pauses() -> Iterator[None]:
    """Have nobody wait for a writer that is not there."""
    with mock.patch.object(folder_streams, "_PAUSES", (0.0,)):
        yield


@KINDS
def test_a_sound_store_is_left_as_it_is(
    made: Made, whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[made], place)
    before = all_bytes(place)
    report = check_store(path)
    assert report
    assert report.every == ()
    assert report.plans == ()
    assert [(e.stream, e.sound, e.found) for e in report.streams] == [
        (stream, EACH, EACH) for stream in STREAMS
    ]
    assert str(report).startswith("sound: 15 of 15 commits of 3 streams")
    done = repair_store(path)
    assert done
    assert done.done == ()
    assert str(done).startswith("nothing had to be done")
    assert all_bytes(place) == before


def spoil(store: Path, stream: str, sequence: int) -> None:
    """Change a byte of a commit's payload."""
    if store.is_dir():
        file = store / stream / f"{sequence:08}.json"
        file.write_bytes(file.read_bytes().replace(b"aaa", b"aba", 1))
        return
    data = store.read_bytes()
    name = b'"stream":"' + stream.encode() + b'"'
    at = data.index(b"aaa", data.index(b'"sequence":%d,' % sequence + name))
    store.write_bytes(data[: at + 1] + b"b" + data[at + 2 :])


@KINDS
def test_a_changed_byte_is_told_with_file_commit_and_byte(
    made: Made, whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[made], place)
    spoil(path, "harbour/pumps", 3)
    report = check_store(path)
    assert not report
    (issue,) = (i for i in report.every if i.code == "MK-HIS-004")
    assert (issue.path, issue.ref) == ("harbour/pumps@3", "need-3")
    assert issue.source is not None
    file_of = "harbour/pumps/00000003.json" if path.is_dir() else path.name
    assert issue.source.file == file_of
    byte = int(issue.source.cell.removeprefix("byte "))
    file = path / issue.source.file if path.is_dir() else path
    # The row, or the line, in which it lies, begins there.
    assert b"aba" in file.read_bytes()[byte : byte + 6000]
    assert report.plans == ("set commits 3 to 5 of 'harbour/pumps' aside",)
    assert "damaged: 12 of 15 commits" in str(report)


@KINDS
def test_a_repair_sets_aside_and_a_checkpoint_says_that_commits_are_gone(
    made: Made, whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[made], place)
    with Workspace(path) as ws:
        checkpoint = str(ws.checkpoint())
    spoil(path, "quay", 4)
    done = repair_store(path)
    assert done
    assert not done.before
    (said,) = [each for each in done.done if "quay" in each and "moved" in each]
    (aside,) = done.after.aside
    assert aside.stream == "quay"
    assert aside.place in said
    with Workspace(path) as ws:
        assert ws.version("quay") == 3
        found = ws.verify(against=checkpoint)
        assert [issue.code for issue in found.issues] == ["MK-HIS-007"]
        assert ws.verify()


@KINDS
def test_what_is_damaged_again_lies_beside_what_was_set_aside_before(
    made: Made, whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[made], place)
    spoil(path, "quay", 4)
    assert repair_store(path)
    spoil(path, "quay", 2)
    assert repair_store(path)
    places = [each.place for each in check_store(path).aside]
    assert len(places) == len(set(places)) == 2


@KINDS
def test_other_streams_are_read_without_strictness(
    made: Made, whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[made], place)
    if path.is_dir():
        (path / "quay" / "00000002.json").unlink()
    else:
        data = bytearray(path.read_bytes())
        at = data.index(b'"sequence":2,"stream":"quay"') // 4096 * 4096
        data[at : at + 200] = b"\xa5" * 200
        path.write_bytes(data)
    with Workspace(path, strict=False) as ws:
        assert ws.streams() == STREAMS
        whole_streams = 0
        for stream in STREAMS:
            read: list[Commit] = []
            with suppress(CorruptStoreError):
                read.extend(ws.store.read(stream))
                whole_streams += 1
                assert len(read) == EACH  # never short without a word
            assert read == list(commits(stream, EACH, data=DATA))[: len(read)]
        assert whole_streams
        with pytest.raises(CorruptStoreError, match="quay"):
            ws.model("quay")


@KINDS
def test_a_wrong_snapshot_is_set_aside_and_no_commit(made: Made, place: Path) -> None:
    path = made(place)
    with closing(opened(path)) as store:
        wrong = Snapshot(
            sequence=EACH, head=list(store.read("quay"))[-1].hash, data=b"x"
        )
        store.append_with_snapshot("quay", (), expected=EACH, snapshot=wrong)  # type: ignore[attr-defined]
    report = check_store(path)
    assert [issue.code for issue in report.every] == ["MK-HIS-016"]
    assert report.plans == ("set the snapshot of 'quay' aside; it is made anew",)
    done = repair_store(path)
    assert done
    assert [each.sound for each in done.after.streams] == [EACH] * 3


@KINDS
def test_a_disposal_that_is_set_aside_leaves_what_it_erased_readable_as_erased(
    made: Made, place: Path
) -> None:
    path = place / ("x.db" if made is sqlite_store else "x")
    store = SqliteStore(path) if made is sqlite_store else FolderStore(path)
    with Workspace(store=store) as ws:
        for number in range(3):
            with ws.edit("harbour", by="chair", why="Board", create=True) as d:
                d.party(f"Ada {number} aaaa", id=f"ada-{number}")
        ws.dispose("harbour", "ada-0", by="chair", why="Asked to")
    spoil(path, "harbour", 3) if path.is_dir() else _spoil_row(path)
    assert not check_store(path)
    done = repair_store(path)
    (issue,) = done.after.every
    assert (issue.code, issue.severity) == ("MK-HIS-005", "warning")
    with Workspace(path) as ws:
        assert ws.version("harbour") == 2
        assert str(ws.model("harbour")["ada-0"]).endswith("(erased)")


def _spoil_row(path: Path) -> None:
    data = path.read_bytes()
    at = data.index(b"Ada 2 aaaa")  # the snapshot has it as well
    path.write_bytes(data[:at] + b"B" + data[at + 1 :])


def test_a_store_that_is_passed_is_not_closed() -> None:
    store = MemoryStore()
    fill(store)
    report = check_store(store)
    assert report
    assert not report.mendable
    assert store.streams() == STREAMS
    with pytest.raises(StoreError, match="cannot set commits aside"):
        repair_store(store)


def test_what_a_bare_store_has_wrong_is_told_without_a_plan() -> None:
    store = MemoryStore()
    fill(store)
    del store._streams["quay"].commits[1]
    report = check_store(store)
    assert not report
    assert report.plans == ()
    assert [(e.sound, e.found) for e in report.streams] == [(5, 5), (5, 5), (1, 4)]


@pytest.mark.parametrize("name", ["none.db", "none/", "no/where.db"])
def test_a_store_that_is_not_there_is_not_made(name: str, place: Path) -> None:
    for act in (check_store, repair_store):
        with pytest.raises(NotFoundError, match="no store"):
            act(f"{place}/{name}")
    assert list(place.iterdir()) == []


def test_an_empty_folder_and_an_empty_file_do_not_become_stores(place: Path) -> None:
    (place / "folder").mkdir()
    (place / "file.db").touch()
    for name in ("folder", "file.db"):
        for act in (check_store, repair_store):
            with pytest.raises(StoreError, match="no store was ever made"):
                act(place / name)
    assert list((place / "folder").iterdir()) == []
    assert (place / "file.db").read_bytes() == b""


@KINDS
def test_every_store_of_files_can_be_mended(
    made: Made, whole: dict[Made, Path]
) -> None:
    with closing(opened(whole[made], read_only=True)) as store:
        assert isinstance(store, Repair)
        with pytest.raises(StoreError):
            store.set_aside("quay", after=1)


def test_a_report_says_the_same_as_text_json_and_html(
    whole: dict[Made, Path], place: Path
) -> None:
    path = copied(whole[folder_store], place)
    spoil(path, "quay", 4)
    (path / "quay" / "<b>.txt").touch()
    report = check_store(path)
    told = json.loads(json.dumps(report.as_dict()))
    assert told["sound"] is False
    assert told["mendable"] is True
    assert [each["stream"] for each in told["streams"]] == list(STREAMS)
    assert told["streams"][2]["issues"][0]["code"] == "MK-HIS-004"
    assert told["plan"] == list(report.plans)
    assert "&lt;b&gt;.txt" in report.to_html()
    assert "<b>.txt" not in report._repr_html_()
    done = repair_store(path)
    assert set(done.as_dict()) == {"done", "before", "after"}
    assert "quarantine.d/quay/1.d" in done.to_html()
    assert done._repr_html_() == done.to_html()
    assert "Nothing had to be done." in repair_store(path).to_html()
    assert StoreReport(streams=()).to_html()


def test_what_comes_to_light_by_a_repair_is_repaired_as_well(
    whole: dict[Made, Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(whole[sqlite_store], place)
    harbour = commits("harbour", EACH, data=DATA)
    changed = harbour[1].header.replace(b"decided", b"divided")
    path.write_bytes(path.read_bytes().replace(harbour[1].header, changed))
    # As a store that looks at the checksum of the last commit only.
    monkeypatch.setattr(Salvage, "changed", lambda _: iter(()))
    assert "set commits 3 to 5 of 'harbour' aside" in check_store(path).plans
    done = repair_store(path)
    assert done
    assert len([said for said in done.done if said.startswith("moved")]) == 2
    with Workspace(path) as ws:
        assert ws.version("harbour") == 1


# ---- broken twins --------------------------------------------------------------------


class Deletes(FolderStore):
    """Deletes what it set aside."""

    def set_aside(self, stream: str, *, after: int) -> tuple[str, ...]:
        places = super().set_aside(stream, after=after)
        with self._root.using() as root:
            for place in places:
                shutil.rmtree(place, dir_fd=root.fd)
        return places


class Overwrites(SqliteStore):
    """Puts the new file over the damaged one."""

    def mend(self) -> tuple[str, ...]:
        done = super().mend()
        for path in self._path.parent.glob("store.db.damaged-*"):
            path.unlink()
        return done


@pytest.mark.parametrize(
    ("made", "twin"), [(folder_store, Deletes), (sqlite_store, Overwrites)]
)
def test_a_repair_that_deletes_is_caught(
    made: Made,
    twin: type[FolderStore] | type[SqliteStore],
    whole: dict[Made, Path],
    place: Path,
) -> None:
    path = copied(whole[made], place)
    if path.is_dir():
        spoil(path, "quay", 3)
    else:
        path.write_bytes(path.read_bytes()[:-9000])
    had = kept_in(place)
    with closing(twin(path, strict=False)) as store:
        assert repair_store(store)
    assert had - kept_in(place)
