"""What a reader and a writer see of a folder that others change meanwhile."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from missionkit.domain.history import Commit
from missionkit.errors import ConflictError, CorruptStoreError, StoreError
from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.folder import streams as folder_streams
from missionkit.stores.folder.commits import file_of, name_of, passing_name_of
from missionkit.stores.folder.files import Folder, folders_in
from missionkit.stores.folder.locks import LOCK
from missionkit.stores.folder.pending import (
    PENDING,
    pending_of,
    read_pending,
    write_pending,
)
from missionkit.stores.folder.store import FolderStore
from missionkit.stores.folder.view import VIEW
from missionkit.testing.stores import commits

S: Final = "harbour"
NEW: Final = commits(S, 5)
OTHER: Final = commits(S, 2, after=NEW[:3], by="eve")
NOTE: Final = commits(S, 1, after=NEW, by="dpo", data=())[0]


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "store"


@pytest.fixture
def store(path: Path) -> Iterator[FolderStore]:
    opened = FolderStore(path)
    opened.append(S, NEW, expected=0)
    yield opened
    opened.close()


@pytest.fixture
def inside(store: FolderStore, path: Path) -> Iterator[Folder]:
    assert store.streams() == (S,)
    fd = os.open(path / S, os.O_RDONLY)
    yield Folder(fd, S)
    os.close(fd)


def put(path: Path, sequence: int, commit: Commit, *erases: Disposed) -> None:
    (path / S / name_of(sequence)).write_bytes(file_of(commit, erases))


def names(path: Path) -> set[str]:
    return {each.name for each in (path / S).iterdir()}


# Gaps and forks


def test_a_commit_that_is_missing_between_others_is_named(
    store: FolderStore, path: Path
) -> None:
    (path / S / name_of(3)).unlink()
    new = FolderStore(path)
    said = "harbour: commit 3 is missing, but 4 is there"
    with pytest.raises(CorruptStoreError, match=said):
        new.read(S)
    with pytest.raises(CorruptStoreError, match=said):
        new.append(S, commits(S, 1, after=NEW), expected=5)
    with pytest.raises(CorruptStoreError, match=r"harbour/00000003\.json is missing"):
        list(store.read(S))
    assert new.streams() == (S,)


def test_a_stream_without_its_first_commit_is_still_named(
    store: FolderStore, path: Path
) -> None:
    (path / S / name_of(1)).unlink()

    assert store.streams() == (S,)


@pytest.mark.parametrize("after", [0, 3])
def test_a_fork_is_named_with_both_commits(
    store: FolderStore, path: Path, after: int
) -> None:
    put(path, 4, OTHER[0])
    said = "harbour/00000005.json: commit 'ann-5' stands after commit 'eve-4'"
    with pytest.raises(CorruptStoreError, match=said) as caught:
        list(store.read(S, after=after))
    with pytest.raises(CorruptStoreError, match=said):
        FolderStore(path).append(S, commits(S, 1, after=NEW), expected=5)

    assert "two branches of the stream were merged" in str(caught.value)


def test_what_comes_before_a_fork_is_read(store: FolderStore, path: Path) -> None:
    put(path, 4, OTHER[0])
    reading = store.read(S)

    assert [next(reading) for _ in range(4)] == [*NEW[:3], OTHER[0]]
    with pytest.raises(CorruptStoreError):
        next(reading)


def test_a_first_commit_with_a_parent_is_named(store: FolderStore, path: Path) -> None:
    text = NEW[0].header.decode().replace("0" * 64, "a" * 64)
    put(path, 1, evolve(NEW[0], header=text.encode()))
    with pytest.raises(CorruptStoreError, match="'ann-1' stands at the beginning"):
        list(store.read(S))


@pytest.mark.parametrize("sequence", [2, 5])
def test_a_commit_of_another_number_is_named(
    store: FolderStore, path: Path, sequence: int
) -> None:
    put(path, sequence, NEW[2])
    said = f"it is commit 3 of the stream, not {sequence}"
    with pytest.raises(CorruptStoreError, match=said) as caught:
        list(store.read(S))

    assert "two branches" not in str(caught.value)


def test_a_commit_of_another_stream_is_named(store: FolderStore, path: Path) -> None:
    shutil.copytree(path / S, path / "library")
    with pytest.raises(CorruptStoreError, match="is a commit of stream 'harbour'"):
        list(store.read("library"))
    with pytest.raises(CorruptStoreError, match="is a commit of stream 'harbour'"):
        list(store.read("library", after=2))

    assert list(store.read(S)) == list(NEW)


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_torn_file_is_named_and_what_comes_before_it_read(
    store: FolderStore, path: Path, sequence: int
) -> None:
    file = path / S / name_of(sequence)
    file.write_bytes(file.read_bytes()[:100])
    store.append("library", commits("library"), expected=0)
    reading = store.read(S)

    assert [next(reading) for _ in range(sequence - 1)] == list(NEW[: sequence - 1])
    with pytest.raises(CorruptStoreError, match=f"{file.name}: it is damaged at byte"):
        next(reading)
    with pytest.raises(StoreError):
        FolderStore(path).append(S, commits(S, 1, after=NEW), expected=5)
    assert len(list(store.read("library"))) == 1


def test_a_merge_that_was_not_ended_is_named(store: FolderStore, path: Path) -> None:
    mine, theirs = file_of(NEW[4]), file_of(OTHER[1])
    both = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> other\n" % (mine, theirs)
    (path / S / name_of(5)).write_bytes(both)
    with pytest.raises(CorruptStoreError, match=r"00000005\.json: a merge left both"):
        list(store.read(S))


@pytest.mark.usefixtures("store")
def test_a_second_file_of_a_commit_is_named(path: Path) -> None:
    shutil.copy(path / S / name_of(5), path / S / "00000005 (conflicted copy).json")
    with pytest.raises(CorruptStoreError, match="conflicted copy"):
        FolderStore(path).read(S)


def test_a_last_commit_that_is_torn_meanwhile_takes_no_other(
    store: FolderStore, path: Path
) -> None:
    (path / S / name_of(5)).write_bytes(b"{")
    with pytest.raises(CorruptStoreError, match="is damaged at byte"):
        store.append(S, commits(S, 1, after=NEW), expected=5)


# What others did meanwhile


def test_another_branch_that_is_checked_out_is_read_anew(
    store: FolderStore, path: Path
) -> None:
    put(path, 4, OTHER[0])
    (path / S / name_of(5)).unlink()
    assert list(store.read(S)) == [*NEW[:3], OTHER[0]]

    with pytest.raises(ConflictError):
        store.append(S, commits(S, 1, after=NEW), expected=5)
    assert store.append(S, OTHER[1:], expected=4) == 5
    assert list(store.read(S)) == [*NEW[:3], *OTHER]


def test_an_id_of_another_branch_is_free_again(store: FolderStore, path: Path) -> None:
    (path / S / name_of(5)).unlink()

    assert store.append(S, NEW[4:], expected=4) == 5


def test_an_id_that_another_process_took_is_taken(
    store: FolderStore, path: Path
) -> None:
    more = commits(S, 1, after=NEW, by="bob")
    other = FolderStore(path)
    other.append(S, more, expected=5)
    twin = commits(S, 1, after=(*NEW, *more), by="bob", why="again")
    twin = (evolve(twin[0], header=twin[0].header.replace(b"bob-7", b"bob-6")),)
    with pytest.raises(ConflictError) as caught:
        store.append(S, twin, expected=6)

    assert caught.value.theirs == ("bob-6",)


def test_what_a_dead_writer_left_is_swept_by_who_follows(
    store: FolderStore, path: Path
) -> None:
    more = commits(S, 2, after=NEW)
    FolderStore(path).append(S, more[:1], expected=5)
    # It died between the link and the removal of the first name.
    os.link(path / S / name_of(6), path / S / passing_name_of(6))
    store.append(S, more[1:], expected=6)

    assert passing_name_of(6) not in names(path)


def test_a_stream_that_was_removed_is_gone(store: FolderStore, path: Path) -> None:
    shutil.rmtree(path / S)

    assert list(store.read(S)) == []
    assert store.append(S, NEW[:2], expected=0) == 2
    assert list(store.read(S)) == list(NEW[:2])


def test_an_erasure_that_came_with_a_merge_is_known(
    store: FolderStore, path: Path
) -> None:
    made = Snapshot(sequence=5, head=NEW[-1].hash, data=b"with the secret")
    store.append_with_snapshot(S, (), expected=5, snapshot=made)
    assert store.snapshot(S) == made
    left = evolve(NEW[1], payloads=(None, None))
    put(path, 2, left)
    put(path, 6, NOTE, Disposed(sequence=2, put=0), Disposed(sequence=2, put=1))

    assert store.snapshot(S) is None
    more = commits(S, 1, after=(NOTE,), data=[])
    store.append(S, more, expected=6)
    assert list(store.read(S))[1] == left


def test_snapshots_that_do_not_fit_do_not_count(store: FolderStore, path: Path) -> None:
    file = path / S / "snapshot.bin"
    made = Snapshot(sequence=5, head=NEW[-1].hash, data=b"state")
    store.append_with_snapshot(S, (), expected=5, snapshot=made)
    sound = file.read_bytes()
    for place in range(len(sound) * 8):
        flipped = bytearray(sound)
        flipped[place // 8] ^= 1 << place % 8
        file.write_bytes(flipped)
        assert store.snapshot(S) in (None, made)
    for damaged in (b"", b"\n", b"[]\n", b"{}\n", sound[:-1], b"1\n", sound + b"a"):
        file.write_bytes(damaged)
        assert store.snapshot(S) is None
    file.write_bytes(sound)
    put(path, 4, OTHER[0])
    put(path, 5, OTHER[1])
    assert store.snapshot(S) is None
    (path / S / name_of(5)).unlink()
    assert store.snapshot(S) is None


def test_a_snapshot_whose_tail_goes_meanwhile_does_not_count(
    store: FolderStore, path: Path
) -> None:
    made = Snapshot(sequence=2, head=NEW[1].hash, data=b"state")
    store.append_with_snapshot(S, (), expected=5, snapshot=made)
    assert store.snapshot(S) == made
    (path / S / name_of(3)).unlink()
    assert store.snapshot(S) is None


def test_a_folder_that_goes_while_names_are_asked_for_has_none(
    store: FolderStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(folder: Folder) -> list[str]:
        found = folders_in(folder)
        if S in found:
            shutil.rmtree(path / S)
        return found

    monkeypatch.setattr(folder_streams, "folders_in", late)

    assert store.streams() == ()


# What is under way


def test_what_is_under_way_is_not_seen(
    store: FolderStore, path: Path, inside: Folder
) -> None:
    more = commits(S, 3, after=NEW)
    write_pending(inside, pending_of(6, more, ()))
    put(path, 7, more[1])
    put(path, 8, more[2])
    for reading in (store, FolderStore(path, read_only=True)):
        assert list(reading.read(S)) == list(NEW)
        assert reading.streams() == (S,)
    assert store.append(S, OTHER[:0], expected=5) == 5
    assert names(path) == {*map(name_of, range(1, 6)), LOCK, VIEW}


@pytest.mark.usefixtures("store")
def test_what_was_never_committed_is_no_stream(path: Path, inside: Folder) -> None:
    for sequence in range(1, 6):
        (path / S / name_of(sequence)).unlink()
    write_pending(inside, pending_of(1, NEW, ()))
    for sequence in range(2, 6):
        put(path, sequence, NEW[sequence - 1])

    assert FolderStore(path).streams() == ()
    assert list(FolderStore(path).read(S)) == []


def test_only_what_a_writer_itself_linked_is_taken_back(
    store: FolderStore, path: Path, inside: Folder
) -> None:
    (path / S / name_of(5)).unlink()
    write_pending(inside, pending_of(4, OTHER, ()))  # another branch is here now

    assert store.append(S, NEW[4:], expected=4) == 5
    assert list(store.read(S)) == list(NEW)


def test_what_is_under_way_on_another_branch_erases_nothing_here(
    store: FolderStore, inside: Folder
) -> None:
    erases = [Disposed(sequence=1, put=0)]
    write_pending(inside, pending_of(4, OTHER[:1], erases))

    assert list(store.read(S)) == list(NEW)
    store.append(S, commits(S, 1, after=NEW), expected=5)
    assert list(store.read(S, upto=5)) == list(NEW)
    assert read_pending(inside) is None


@pytest.mark.usefixtures("store")
def test_a_gap_that_closes_while_one_looks_is_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = path / S / name_of(3)
    kept = file.read_bytes()
    file.unlink()

    def come_back(_: float) -> None:
        if not file.exists():
            monkeypatch.setattr(
                folder_streams, "sleep", lambda _: file.write_bytes(kept)
            )

    monkeypatch.setattr(folder_streams, "sleep", come_back)

    assert list(FolderStore(path).read(S)) == list(NEW)


DAMAGED: Final = (
    *(b"", b"{", b"[]", b"1", b"{}", b'{"form": 2, "first": 1}'),
    b'{"form": 1, "first": 6, "hashes": [], "erases": []}',
    b'{"form": 1, "first": 6, "hashes": ["a"], "erases": [1]}',
    b'{"form": 1, "first": "x", "hashes": ["a"], "erases": []}',
)


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_note_of_what_is_under_way_is_named(
    store: FolderStore, path: Path, data: bytes
) -> None:
    (path / S / PENDING).write_bytes(data)
    with pytest.raises(CorruptStoreError, match=r"harbour/pending\.json is damaged"):
        store.read(S)
    with pytest.raises(CorruptStoreError, match=r"harbour/pending\.json is damaged"):
        store.append(S, commits(S, 1, after=NEW), expected=5)


def test_commits_that_follow_are_not_counted_by_a_listing(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(store.read(S))

    def listdir(*_: Any) -> list[str]:  # noqa: ANN401 - nobody calls it
        raise AssertionError

    monkeypatch.setattr(os, "listdir", listdir)
    store.append(S, commits(S, 1, after=NEW), expected=5)

    assert len(list(store.read(S))) == 6


# With git


def git(path: Path, *command: str, code: int = 0) -> str:
    ended = subprocess.run(
        [
            "/usr/bin/env",
            "git",
            "-c",
            "user.name=ann",
            "-c",
            "user.email=ann@example.org",
            *command,
        ],
        cwd=path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def repository(store: FolderStore, path: Path) -> Path:
    assert store.streams() == (S,)
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    git(path, "init", "-q", "-b", "main")
    git(path, "add", ".")
    git(path, "commit", "-q", "-m", "five commits")
    return path


def branch(path: Path, name: str, act: Callable[[FolderStore], object]) -> None:
    git(path, "checkout", "-q", "-b", name, "main")
    opened = FolderStore(path)
    act(opened)
    opened.close()
    git(path, "add", ".")
    git(path, "commit", "-q", "-m", name)


@pytest.mark.usefixtures("store")
def test_git_keeps_commits_and_the_view_and_nothing_that_passes(
    repository: Path,
) -> None:
    (repository / S / PENDING).write_bytes(b"")
    (repository / S / "snapshot.bin").write_bytes(b"")
    (repository / S / "00000009.tmp").write_bytes(b"")

    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "ls-files").split() == [
        *(".gitattributes", ".gitignore"),
        *(f"harbour/{name_of(n)}" for n in range(1, 6)),
        *("harbour/model.json", "missionkit.json"),
    ]


@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_a_clone_has_the_same_bytes(
    repository: Path, quick_path: Path, setting: str
) -> None:
    copy = quick_path / "copy"
    git(quick_path, "clone", "-q", "-c", f"core.autocrlf={setting}", "store", "copy")

    for sequence in range(1, 6):
        file = f"{S}/{name_of(sequence)}"
        assert (copy / file).read_bytes() == (repository / file).read_bytes()
    assert list(FolderStore(copy).read(S)) == list(NEW)


def test_other_streams_of_two_branches_merge(
    store: FolderStore, repository: Path
) -> None:
    mine, theirs = commits(S, 1, after=NEW), commits("library", 2)
    branch(repository, "mine", lambda s: s.append(S, mine, expected=5))
    branch(repository, "theirs", lambda s: s.append("library", theirs, expected=0))
    git(repository, "merge", "-q", "mine", "-m", "both")

    assert list(store.read(S)) == [*NEW, *mine]
    assert list(store.read("library")) == list(theirs)


@pytest.mark.parametrize(("mine", "theirs"), [(1, 1), (1, 3), (3, 2)])
@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_two_branches_of_one_stream_are_never_taken_for_one(
    store: FolderStore, repository: Path, mine: int, theirs: int, side: str
) -> None:
    ours = commits(S, mine, after=NEW)
    others = commits(S, theirs, after=NEW, by="eve")
    branch(repository, "mine", lambda s: s.append(S, ours, expected=5))
    branch(repository, "theirs", lambda s: s.append(S, others, expected=5))
    assert "CONFLICT" in git(repository, "merge", "-q", "mine", "-m", "both", code=1)
    with pytest.raises(CorruptStoreError, match="a merge left both sides"):
        list(store.read(S))
    git(repository, "checkout", "-q", side, ".")
    kept = others if side == "--ours" else ours
    if len(kept) >= max(mine, theirs):
        assert list(store.read(S)) == [*NEW, *kept]
        more = commits(S, 1, after=kept, by="bob")
        assert store.append(S, more, expected=5 + len(kept)) == 6 + len(kept)
    else:
        with pytest.raises(CorruptStoreError, match="two branches of the stream"):
            list(store.read(S))


def test_a_change_of_one_element_changes_few_lines_of_the_view(
    store: FolderStore, repository: Path
) -> None:
    one = commits(S, 1, after=NEW, data=[b'{"name":"changed"}'])
    store.append(S, one, expected=5)
    changed = git(repository, "diff", "--unified=0", "--", f"{S}/{VIEW}").splitlines()
    added = [line for line in changed if line.startswith("+") and "+++" not in line]

    assert len(added) == 3
    assert '"need-1": {"name":"changed"},' in added[-1]
