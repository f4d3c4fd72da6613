"""Damage to the files of a folder store is named, and moved out of the way."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from missionkit.domain.history import Payload
from missionkit.errors import (
    CorruptStoreError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.issue import Issue, Severity, Source
from missionkit.ports.store import Aside, Disposed, Repair, Snapshot
from missionkit.stores.folder import streams as folder_streams
from missionkit.stores.folder.commits import file_of, name_of
from missionkit.stores.folder.pending import pending_of
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits
from missionkit.workspace.mending import check_store, repair_store

S = "harbour"
COUNT = 6
NEW = commits(S, COUNT)
ONE, TWO = (name_of(number) for number in (1, 2))
FIVE = name_of(5)


@pytest.fixture
def path(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a store of two streams, one in the folder of the other."""
    monkeypatch.setattr(folder_streams, "_PAUSES", (0.0,))
    path = quick_path / "plans"
    with closing(FolderStore(path)) as store:
        for count, commit in enumerate(NEW):
            store.append(S, [commit], expected=count)
        store.append("harbour/1", commits("harbour/1", 2), expected=0)
    return path


def loose(path: Path, **options: bool) -> FolderStore:
    return FolderStore(path, strict=False, **options)


def faults(path: Path) -> list[Issue]:
    with closing(loose(path, read_only=True)) as store:
        return list(store.faults())


def said(path: Path) -> list[tuple[str, str, str]]:
    return [(i.code, str(i.source), i.message) for i in faults(path)]


def mended(path: Path) -> tuple[str, ...]:
    with closing(loose(path)) as store:
        done = store.mend()
        assert store.mend() == ()
        return done


# ---- finding -------------------------------------------------------------------------


def test_a_sound_folder_has_no_faults_and_every_commit_a_place(path: Path) -> None:
    with closing(loose(path)) as store:
        assert isinstance(store, Repair)
        assert list(store.faults()) == []
        assert store.place_of(S, 5) == Source(file=f"{S}/{FIVE}")
        assert store.place_of(S, 7) is None
        assert store.place_of("none", 1) is None
        assert (store.last_of(S), store.last_of("none")) == (6, 0)
        assert store.aside() == ()
        assert store.mend() == ()


def test_a_file_that_is_cut_off_is_named_by_its_byte(path: Path) -> None:
    file = path / S / FIVE
    file.write_bytes(file.read_bytes()[:90])
    ((code, where, message),) = said(path)
    assert code == "MK-STO-002"
    assert where.startswith(f"{S}/{FIVE}:byte ")
    assert "it is damaged at byte" in message
    (issue,) = faults(path)
    assert issue.path == f"{S}@5"


def test_a_changed_payload_is_named_by_the_byte_of_its_line(path: Path) -> None:
    file = path / S / FIVE
    data = file.read_bytes().replace(b"two", b"tow")
    file.write_bytes(data)
    with closing(loose(path)) as store:
        assert list(store.faults()) == []  # that is for the chain to say
        place = store.place_of(S, 5)
    assert place is not None
    byte = int(place.cell.removeprefix("byte "))
    assert data[byte:].startswith(b'{"salt"')
    assert b"tow" in data[byte:].splitlines()[0]


def test_every_damaged_file_is_told_at_once(path: Path) -> None:
    (path / S / TWO).write_bytes(b"\xff")
    (path / S / name_of(3)).unlink()
    (path / S / FIVE).write_bytes(b"{}")
    (path / "harbour" / "1" / ONE).write_bytes(b"")
    assert [(issue.path, issue.code) for issue in faults(path)] == [
        (f"{S}@2", "MK-STO-002"),
        (f"{S}@3", "MK-STO-002"),
        (f"{S}@5", "MK-STO-002"),
        (f"{S}/1@1", "MK-STO-002"),
    ]


@pytest.mark.parametrize(
    "name", ["00000005 (2).json", "5.json", "000000005.json", "00000000.json"]
)
def test_a_second_file_of_a_commit_is_moved(name: str, path: Path) -> None:
    data = (path / S / FIVE).read_bytes()
    (path / S / name).write_bytes(data)
    with pytest.raises(CorruptStoreError):
        FolderStore(path).read(S)
    with closing(loose(path)) as store:
        assert list(store.read(S, upto=6)) == list(NEW)
        # Who asks for all is told that there may be more.
        with pytest.raises(CorruptStoreError):
            list(store.read(S))
    ((code, _, message),) = said(path)
    assert code == "MK-STO-002"
    assert "it may be a second one" in message
    assert mended(path) == (f"moved {name} into quarantine: quarantine.d/{S}/1.d",)
    assert (path / "quarantine.d" / S / "1.d" / name).read_bytes() == data
    with closing(FolderStore(path)) as store:
        assert list(store.read(S)) == list(NEW)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (f"{S}/{FIVE}", "link"),
        (f"{S}/{FIVE}", "folder"),
        (f"{S}/{FIVE}", "pipe"),
        (f"{S}/model.json", "link"),
        (f"{S}/lock.lck", "link"),
        (f"{S}/snapshot.bin", "folder"),
        (f"{S}/pending.json", "text"),
        ("other", "link"),
    ],
    ids=lambda each: each.replace("/", "."),
)
def test_what_cannot_stay_where_it_is_is_moved(
    name: str, what: str, path: Path
) -> None:
    file = path / name
    if file.exists():
        file.unlink()
    if what == "link":
        file.symlink_to(path)
    elif what == "folder":
        file.mkdir()
    elif what == "pipe":
        os.mkfifo(file)
    else:
        file.write_text("half", encoding="utf-8")
    kind = os.lstat(file).st_mode
    assert ("MK-STO-002", name) in [each[:2] for each in said(path)]
    (done, *_) = mended(path)
    inner = "" if name == "other" else f"{S}/"
    moved = path / "quarantine.d" / inner / "1.d" / file.name
    assert f"quarantine.d/{inner}1.d" in done
    assert os.lstat(moved).st_mode == kind
    left = [message for _, where, message in said(path) if where == name]
    assert left in ([], [f"'{name}': is missing, and commit 6 is there."])


def test_what_others_put_there_is_only_told(path: Path) -> None:
    for name in (".DS_Store", "notes.txt", f"{FIVE}.orig", "00000007.tmp"):
        (path / S / name).touch()
    (path / "README.md").touch()
    (path / "7.json").touch()
    found = faults(path)
    assert {issue.severity for issue in found} == {Severity.ADVICE}
    assert {issue.source.file for issue in found if issue.source} == {
        f"{S}/.DS_Store",
        f"{S}/00000005.json.orig",
        f"{S}/00000007.tmp",
        f"{S}/notes.txt",
    }
    assert mended(path) == ()
    assert check_store(path)
    assert (path / S / "notes.txt").exists()


def test_a_view_that_says_something_else_is_made_anew(path: Path) -> None:
    view = path / S / "model.json"
    right = view.read_bytes()
    view.write_bytes(right.replace(b"one", b"eno"))
    ((code, where, _),) = said(path)
    assert (code, where) == ("MK-STO-003", f"{S}/model.json")
    assert check_store(path)  # it is no damage to the commits
    assert mended(path) == (
        f"moved model.json into quarantine: quarantine.d/{S}/1.d",
        f"made {S}/model.json anew",
    )
    assert view.read_bytes() == right
    view.unlink()
    assert said(path) == []


def test_a_view_of_more_commits_says_that_some_are_gone(path: Path) -> None:
    (path / S / name_of(6)).unlink()
    ((code, where, message),) = said(path)
    assert (code, where) == ("MK-STO-002", f"{S}/model.json")
    assert "was made from 6 commits, and 5 are there" in message
    assert len(mended(path)) == 2
    assert said(path) == []


def test_two_branches_that_were_merged_are_named(path: Path, quick_path: Path) -> None:
    branch = quick_path / "branch"
    shutil.copytree(path, branch)
    with closing(FolderStore(path)) as store:
        ours = commits(S, 1, after=NEW, by="ann", why="ours")
        store.append(S, ours, expected=6)
    with closing(FolderStore(branch)) as store:
        theirs = commits(S, 2, after=NEW, by="bob", why="theirs")
        store.append(S, theirs, expected=6)
    shutil.copy(branch / S / name_of(8), path / S)
    ((code, where, message),) = said(path)
    assert (code, where) == ("MK-STO-005", f"{S}/00000008.json")
    assert "'bob-8' was not made after 'ann-7'" in message
    report = check_store(path)
    assert [i.code for i in report.every] == ["MK-STO-005"]
    assert report.plans[-1] == "set commit 8 of 'harbour' aside"
    assert repair_store(path)
    with closing(FolderStore(path)) as store:
        assert list(store.read(S)) == [*NEW, *ours]


def git(place: Path, *words: str) -> int:
    told = ["-c", "user.name=x", "-c", "user.email=x@y", "-c", "core.hooksPath="]
    command = ["git", *told, *words]
    return subprocess.run(
        command, cwd=place, capture_output=True, check=False
    ).returncode


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_file_in_which_git_left_both_sides_names_both_commits(
    style: str, path: Path
) -> None:
    assert git(path, "init", "-b", "main") == 0
    git(path, "config", "merge.conflictStyle", style)
    git(path, "add", "-A")
    git(path, "commit", "-m", "one")
    git(path, "checkout", "-b", "other")
    for branch, by in (("other", "bob"), ("main", "ann")):
        git(path, "checkout", branch)
        with closing(FolderStore(path)) as store:
            store.append(S, commits(S, 1, after=NEW, by=by), expected=6)
        git(path, "add", "-A")
        git(path, "commit", "-m", by)
    assert git(path, "merge", "other") != 0
    found = {str(i.source).partition(":")[0]: i for i in faults(path)}
    issue = found[f"{S}/00000007.json"]
    assert issue.code == "MK-STO-005"
    assert "a merge left both 'ann-7' and 'bob-7' in it" in issue.message
    assert issue.source is not None
    assert issue.source.cell.startswith("byte ")
    done = repair_store(path)
    assert done
    (file,) = (path / "quarantine.d").rglob("00000007.json")
    assert b"<<<<<<< " in file.read_bytes()
    with closing(FolderStore(path)) as store:
        assert list(store.read(S)) == list(NEW)


def test_both_sides_that_cannot_be_read_are_only_said_to_be_there(path: Path) -> None:
    text = b"<<<<<<< a\n{}\n=======\n[]\n>>>>>>> b\n"
    (path / S / FIVE).write_bytes(text)
    (issue,) = faults(path)
    assert issue.code == "MK-STO-002"
    assert "a merge left both sides in it" in issue.message


# ---- the mark ------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["gone", "damaged", "a link"])
def test_a_store_without_its_mark_is_known_by_its_commits(how: str, path: Path) -> None:
    mark = path / "missionkit.json"
    held = mark.read_bytes()
    mark.unlink()
    if how == "damaged":
        mark.write_bytes(b"{")
    if how == "a link":
        mark.symlink_to(path / S)
    for options in ({"read_only": True}, {}):
        with pytest.raises(StoreError):
            FolderStore(path, **options)
        with closing(loose(path, **options)) as store:
            assert list(store.read(S)) == list(NEW)
    assert [each[:2] for each in said(path)] == [("MK-STO-002", "missionkit.json")]
    with (
        closing(loose(path, read_only=True)) as store,
        pytest.raises(StoreUnavailableError, match="to read it only"),
    ):
        store.mend()
    assert mended(path)[0].startswith("made missionkit.json")
    assert mark.read_bytes() == held
    with closing(FolderStore(path)) as store:
        assert store.streams() == (S, "harbour/1")


def test_a_folder_without_commits_needs_its_mark(path: Path, quick_path: Path) -> None:
    (quick_path / "other" / "1").mkdir(parents=True)
    (quick_path / "other" / "1" / ONE).write_bytes(b"{}")
    with pytest.raises(StoreUnavailableError, match="is no store"):
        loose(quick_path / "other")
    (path / "missionkit.json").write_text('{"store": "missionkit", "version": 9}')
    with pytest.raises(StoreVersionError, match="newest known"):
        loose(path)


# ---- what a writer left --------------------------------------------------------------


class DiedError(Exception):
    """What a writer dies of, in a test."""


def die(*_: object, **__: object) -> None:
    raise DiedError


def test_a_disposal_that_broke_off_is_finished(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = commits(S, 1, after=NEW, by="note", data=[])
    with closing(FolderStore(path)) as store, monkeypatch.context() as broken:
        broken.setattr("missionkit.stores.folder.steps.finish", die)
        with pytest.raises(DiedError):
            store.dispose(
                S, [Disposed(sequence=2, put=0)], note[0], expected=6, snapshot=None
            )
    assert [i.severity for i in faults(path)] == [Severity.ADVICE]
    assert b"one" in (path / S / TWO).read_bytes()
    with closing(loose(path)) as store:
        store.mend()
        assert list(store.read(S))[1].payloads[0] is None
    assert b"one" not in (path / S / TWO).read_bytes()
    assert not (path / S / "pending.json").exists()


def test_commits_that_were_not_all_there_are_moved_and_not_removed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(FolderStore(path)) as store, monkeypatch.context() as broken:
        broken.setattr("missionkit.stores.folder.writing._link_or_look", die)
        with pytest.raises(DiedError):
            store.append(S, commits(S, 3, after=NEW), expected=6)
    left = {name: (path / S / name).read_bytes() for name in map(name_of, (8, 9))}
    done = mended(path)
    assert done[0] == (
        f"moved 00000009.json, 00000008.json, pending.json into quarantine:"
        f" quarantine.d/{S}/1.d"
    )
    for name, data in left.items():
        assert (path / "quarantine.d" / S / "1.d" / name).read_bytes() == data
    with closing(FolderStore(path)) as store:
        assert list(store.read(S)) == list(NEW)


def test_where_nobody_knows_what_was_begun_what_notes_erased_stays_erased(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = commits(S, 1, after=NEW, by="note", data=[])
    with closing(FolderStore(path)) as store, monkeypatch.context() as broken:
        broken.setattr("missionkit.stores.folder.steps.finish", die)
        with pytest.raises(DiedError):
            store.dispose(
                S, [Disposed(sequence=2, put=0)], note[0], expected=6, snapshot=None
            )
    (path / S / "pending.json").write_bytes(b"{")
    with closing(loose(path)) as store:
        with pytest.raises(CorruptStoreError, match="pending"):
            list(store.read(S))
        read = list(store.read(S, upto=7))
        assert read[1].payloads[0] is None
        assert isinstance(read[1].payloads[1], Payload)


# ---- setting aside -------------------------------------------------------------------


def test_commits_are_moved_the_last_one_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = []
    rename = os.rename

    def watched(old: str, new: str, **more: int) -> None:
        moved.append(old)
        rename(old, new, **more)

    with closing(loose(path)) as store:
        monkeypatch.setattr(os, "rename", watched)
        assert store.set_aside(S, after=4) == (f"quarantine.d/{S}/1.d",)
        assert list(store.read(S)) == list(NEW[:4])
        assert moved[:2] == ["00000006.json", "00000005.json"]
        monkeypatch.undo()
        assert store.append(S, commits(S, 1, after=NEW[:4], by="eve"), expected=4) == 5
        assert store.set_aside(S, after=5) == ()
        assert store.set_aside("harbour/1", after=0) == (f"quarantine.d/{S}/1/1.d",)
        assert store.streams() == (S,)
        assert store.aside() == (
            Aside(stream=S, place=f"quarantine.d/{S}/1.d"),
            Aside(stream="harbour/1", place=f"quarantine.d/{S}/1/1.d"),
        )
    assert check_store(path)
    assert sorted(each.name for each in (path / S / "1").iterdir()) == ["lock.lck"]


def test_a_snapshot_goes_with_its_commits(path: Path) -> None:
    with closing(loose(path)) as store:
        made = Snapshot(sequence=6, head=NEW[-1].hash, data=b"state")
        store.append_with_snapshot(S, (), expected=6, snapshot=made)
        assert store.snapshot(S) == made
        store.set_aside(S, after=6)
        assert store.snapshot(S) is None
        assert list(store.read(S)) == list(NEW)
    assert (path / "quarantine.d" / S / "1.d" / "snapshot.bin").exists()


def test_a_move_that_breaks_off_leaves_a_beginning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for allowed in range(4):
        rename, left = os.rename, [allowed]

        def broken(
            old: str,
            new: str,
            left: list[int] = left,
            rename: Callable[..., None] = rename,
            **more: int,
        ) -> None:
            if not left[0]:
                raise DiedError
            left[0] -= 1
            rename(old, new, **more)

        with closing(loose(path)) as store:
            monkeypatch.setattr(os, "rename", broken)
            with suppress(DiedError):
                store.set_aside(S, after=3)
            monkeypatch.undo()
        with closing(loose(path)) as store:
            there = list(store.read(S))
            assert there == list(NEW[: len(there)])
    assert repair_store(path)


def test_a_stream_that_is_not_there_is_not_set_aside(path: Path) -> None:
    with closing(loose(path)) as store:
        with pytest.raises(StoreUnavailableError, match="is gone"):
            store.set_aside("none", after=0)
        with pytest.raises(StoreUnavailableError, match="to read it only"):
            loose(path, read_only=True).set_aside(S, after=0)


def test_a_snapshot_of_a_damaged_stream_is_none(path: Path) -> None:
    (path / S / TWO).unlink()
    with closing(loose(path)) as store:
        assert store.snapshot(S) is None
    with closing(FolderStore(path)) as store, pytest.raises(CorruptStoreError):
        store.snapshot(S)


def test_a_damaged_stream_is_read_as_far_as_it_is_asked_for(path: Path) -> None:
    (path / S / FIVE).unlink()
    with closing(loose(path)) as store:
        assert list(store.read(S, upto=3)) == list(NEW[:3])
        assert list(store.read(S, after=1, upto=4)) == list(NEW[1:4])
        for asked in ({}, {"upto": 5}, {"after": 4}):
            with pytest.raises(CorruptStoreError, match="commit 5 is missing"):
                list(store.read(S, **asked))
        assert len(list(store.read("harbour/1"))) == 2


def test_the_bytes_of_a_header_that_was_changed_are_named(path: Path) -> None:
    data = file_of(NEW[4]).replace(b'"form": 1', b'"form": 0')
    (path / S / FIVE).write_bytes(data)
    with closing(loose(path)) as store:
        place = store.place_of(S, 5)
    assert place is not None
    assert place.cell == f"byte {data.index(b'header') - 1}"


def test_what_a_newer_version_wrote_is_no_damage(path: Path) -> None:
    data = file_of(NEW[4]).replace(b'"form": 1', b'"form": 2')
    (path / S / FIVE).write_bytes(data)
    for act in (check_store, repair_store):
        with pytest.raises(StoreVersionError, match="install a newer"):
            act(path)
    assert (path / S / FIVE).read_bytes() == data


PENDING_TEXT = '{"form": 1, "first": %s, "hashes": ["a", "b"], "erases": [[%s, 0]]}'


@pytest.mark.parametrize("first", ["1e999", "-7", "true", '"3"', "2.0"])
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_no_number_is_told_and_moved(
    first: str, place: int, path: Path
) -> None:
    numbers = (first, "1") if not place else ("3", first)
    (path / S / "pending.json").write_text(PENDING_TEXT % numbers)
    with (
        closing(FolderStore(path)) as store,
        pytest.raises(CorruptStoreError, match=r"pending\.json is damaged"),
    ):
        store.append(S, (), expected=0)
    assert not check_store(path)

    assert repair_store(path)
    assert check_store(path)


def test_what_a_writer_did_not_commit_is_no_damage(path: Path) -> None:
    whole = commits(S, COUNT + 3)
    pending = pending_of(COUNT + 1, whole[COUNT:], ())
    folder = path / S
    for place in pending.beyond:
        (folder / name_of(place)).write_bytes(file_of(whole[place - 1]))
    facts = {"form": 1, "first": COUNT + 1, "hashes": pending.hashes, "erases": []}
    (folder / "pending.json").write_text(json.dumps(facts))

    found = check_store(path)
    assert found
    assert not found.plans
    (report,) = (each for each in found.streams if each.stream == S)
    assert report.sound == report.found == COUNT
    with closing(loose(path)) as store:
        assert store.last_of("nowhere") == 0


def test_a_writer_removes_what_writers_left_and_nothing_else(path: Path) -> None:
    left = {"00000009.tmp", "123456789.tmp", "pending.tmp", "model.tmp", "snapshot.tmp"}
    others = {"notes.tmp", "12.tmp", "00000001.tmp.bak"}
    for name in left | others:
        (path / S / name).write_text("x")
    with closing(FolderStore(path)) as store:
        store.append(S, (), expected=COUNT)

    names = {each.name for each in (path / S).iterdir()}
    assert not names & left
    assert names >= others


def test_however_deep_a_stream_lies_few_files_are_open(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="it limits open files")
    deep = "a/" * 300
    with closing(FolderStore(path)) as store:
        store.append(deep, commits(deep, 1), expected=0)
        most = resource.getrlimit(resource.RLIMIT_NOFILE)
        least = os.dup(0)
        os.close(least)
        resource.setrlimit(resource.RLIMIT_NOFILE, (least + 40, most[1]))
        try:
            assert deep in store.streams()
            assert len(list(store.read(deep))) == 1
            assert not [*store.faults()]
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, most)
