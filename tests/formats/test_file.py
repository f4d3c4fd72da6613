import errno
import os
from pathlib import Path

import pytest

from missionkit.errors import DocumentError, StoreFullError, StoreUnavailableError
from missionkit.formats import file as module
from missionkit.formats.file import read_bytes, write_bytes


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_file_is_written_and_folders_are_made(tmp_path: Path) -> None:
    files = {tmp_path / "a" / "b.txt": b"one", tmp_path / "c.txt": b"two"}

    write_bytes(files)

    assert {path: path.read_bytes() for path in files} == files
    assert names(tmp_path) == ["a", "c.txt"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_bytes(b"before")
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFullError) as caught:
        write_bytes({old: b"after", new: b"after"})

    assert caught.value.committed is False
    assert "new.txt cannot be written" in str(caught.value)
    assert names(tmp_path) == ["old.txt"]
    assert old.read_bytes() == b"before"


def test_a_stop_by_the_user_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_bytes({tmp_path / "a.txt": b"a"})

    assert names(tmp_path) == []


def test_a_folder_or_device_in_the_place_of_a_file_is_left_alone(
    tmp_path: Path,
) -> None:
    first = tmp_path / "a.txt"
    (tmp_path / "b.txt").mkdir()
    link = tmp_path / "null"
    link.symlink_to(os.devnull)

    for second in (tmp_path / "b.txt", link):
        with pytest.raises(StoreUnavailableError, match="is no file"):
            write_bytes({first: b"a", second: b"b"})
    assert not first.exists()
    assert link.is_symlink()


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"before")
    link.symlink_to(real)

    write_bytes({link: b"after"})

    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_path_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        write_bytes({Path("a\x00b"): b"a"})


def test_an_unfinished_file_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / f".a.txt.{os.getpid()}-0.part"
    other.write_bytes(b"theirs")

    write_bytes({tmp_path / "a.txt": b"ours"})

    assert other.read_bytes() == b"theirs"
    assert (tmp_path / "a.txt").read_bytes() == b"ours"


def test_too_many_unfinished_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_TRIES", 1)
    (tmp_path / f".a.txt.{os.getpid()}-0.part").touch()

    with pytest.raises(StoreUnavailableError, match="unfinished"):
        write_bytes({tmp_path / "a.txt": b"ours"})


def test_files_get_the_rights_that_new_files_get(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_bytes({tmp_path / "a.txt": b""})

    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


posix = pytest.mark.skipif(os.name != "posix", reason="named pipes")


@posix
def test_a_named_pipe_is_refused_for_nobody_may_ever_write_to_it(
    tmp_path: Path,
) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)

    for path in (pipe, str(link), os.fsencode(pipe).decode()):
        with pytest.raises(DocumentError, match="is a named pipe") as caught:
            read_bytes(path)
        (issue,) = caught.value.issues
        assert issue.code == "MK-DOC-041"
        assert issue.fix.endswith(": -")


@posix
def test_a_pipe_that_the_shell_hands_over_is_read() -> None:
    reads, writes = os.pipe()
    os.write(writes, b"{}")
    os.close(writes)

    assert read_bytes(f"/dev/fd/{reads}") == b"{}"
    os.close(reads)


def test_a_path_of_no_letters_is_called_so() -> None:
    with pytest.raises(DocumentError, match="a path of no letters is no file"):
        read_bytes("")
