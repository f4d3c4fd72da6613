"""In which order a commit gets to the disk, written a second time."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from missionkit.ports.store import Disposed, Snapshot
from missionkit.stores.folder.store import FolderStore
from missionkit.testing.stores import commits

S: Final = "harbour"
NEW: Final = commits(S, 3)
NOTE: Final = commits(S, 1, after=NEW, by="dpo", data=())[0]


@pytest.fixture
def store(quick_path: Path) -> Iterator[FolderStore]:
    opened = FolderStore(quick_path / "store", view=False)
    yield opened
    opened.close()


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what was flushed, linked, renamed and removed, as it goes on."""
    found: list[str] = []

    def told(name: str, say: Callable[..., str]) -> None:
        before = getattr(os, name)

        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - it is handed on
            said = say(*given)
            result = before(*given, **named)  # where it fails, nothing was done
            found.append(f"{name} {said}")
            return result

        monkeypatch.setattr(os, name, call)

    told("fsync", lambda fd: Path(f"/proc/self/fd/{fd}").readlink().name)
    told("link", lambda old, new: f"{old} {new}")
    told("rename", lambda old, new: f"{old} {new}")
    told("unlink", str)
    told("mkdir", str)
    return found


def one(number: int) -> list[str]:
    return [f"fsync 0000000{number}.tmp"]


def named(number: int) -> list[str]:
    name = f"0000000{number}"
    return [f"link {name}.tmp {name}.json", f"unlink {name}.tmp"]


PENDING: Final = [
    "fsync pending.tmp",
    "rename pending.tmp pending.json",
    "fsync harbour",
]


def test_the_first_commit_has_its_folders_on_disk_before_it_counts(
    store: FolderStore, done: list[str]
) -> None:
    stream = "harbour/plan-b"
    store.append(stream, commits(stream), expected=0)

    folders = ["mkdir harbour", "mkdir plan-b", "fsync store", "fsync harbour"]
    assert done == [*folders, *one(1), *named(1), "fsync plan-b"]


def test_one_commit_is_flushed_named_and_its_name_flushed(
    store: FolderStore, done: list[str]
) -> None:
    store.append(S, NEW[:1], expected=0)
    done.clear()
    store.append(S, NEW[1:2], expected=1)

    assert done == [*one(2), *named(2), "fsync harbour"]


def test_of_several_commits_the_first_is_named_last(
    store: FolderStore, done: list[str]
) -> None:
    store.append(S, NEW[:1], expected=0)
    done.clear()
    more = commits(S, 3, after=NEW[:1])
    store.append(S, more, expected=1)

    assert done == [
        *(*one(2), *one(3), *one(4), *PENDING),
        *(*named(3), *named(4), "fsync harbour"),
        *(*named(2), "fsync harbour", "unlink pending.json"),
    ]


def test_a_disposal_counts_before_anything_is_erased(
    store: FolderStore, done: list[str]
) -> None:
    made = Snapshot(sequence=3, head=NEW[-1].hash, data=b"state")
    store.append_with_snapshot(S, NEW, expected=0, snapshot=made)
    done.clear()
    what = [Disposed(sequence=3, put=1), Disposed(sequence=1, put=0)]
    store.dispose(S, what, NOTE, expected=3, snapshot=None)

    assert done == [
        *(*one(4), *PENDING, *named(4), "fsync harbour"),
        *(*one(3), "rename 00000003.tmp 00000003.json"),
        *(*one(1), "rename 00000001.tmp 00000001.json"),
        *("unlink snapshot.bin", "fsync harbour", "unlink pending.json"),
    ]


def test_what_is_derived_is_never_waited_for(
    store: FolderStore, done: list[str]
) -> None:
    store.append(S, NEW[:1], expected=0)
    done.clear()
    made = Snapshot(sequence=1, head=NEW[0].hash, data=b"state")
    store.append_with_snapshot(S, (), expected=1, snapshot=made)

    assert done == ["rename snapshot.tmp snapshot.bin"]


def test_what_was_not_committed_is_gone_on_disk_before_its_note_is(
    store: FolderStore, done: list[str], quick_path: Path
) -> None:
    store.append(S, NEW[:1], expected=0)
    inside = quick_path / "store" / S
    before = os.link
    calls = []

    def dying(*given: Any, **named: Any) -> None:  # noqa: ANN401 - it is handed on
        calls.append(given)
        if len(calls) == 2:  # the first commit, when the later one has its name
            raise KeyboardInterrupt
        before(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", dying)
        with pytest.raises(KeyboardInterrupt):
            store.append(S, NEW[1:], expected=1)
    assert (inside / "00000003.json").exists()
    done.clear()
    assert store.append(S, (), expected=1) == 1

    assert done == [
        *("unlink 00000003.json", "fsync harbour"),
        *("unlink 00000002.tmp", "unlink pending.json"),
    ]
