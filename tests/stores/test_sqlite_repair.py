"""Damage to a SQLite file is placed, and mended by a new file or by a table."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from typing import cast

import pytest

from missionkit.domain.history import Commit
from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.issue import Severity
from missionkit.ports.store import Aside, Repair, Snapshot, Snapshots
from missionkit.stores.sqlite import pages as sqlite_pages
from missionkit.stores.sqlite import repair as sqlite_repair
from missionkit.stores.sqlite import salvage as sqlite_salvage
from missionkit.stores.sqlite.pages import Pages, pages_of
from missionkit.stores.sqlite.salvage import Salvage
from missionkit.stores.sqlite.store import SqliteStore
from missionkit.testing.stores import commits
from missionkit.workspace.mending import check_store, repair_store

S = "harbour"
PAGE = 4096
DATA = [b"x" * 500]
NEW = commits(S, 40, data=DATA)


@pytest.fixture
def path(quick_path: Path) -> Path:
    """Give a store of two streams, with a snapshot."""
    path = quick_path / "store.db"
    with closing(SqliteStore(path)) as store:
        store.append(S, NEW, expected=0)
        made = Snapshot(sequence=3, head="h" * 64, data=b"state")
        store.append_with_snapshot(
            "quay", commits("quay", 3, data=[b"y" * 9000]), expected=0, snapshot=made
        )
    return path


def loose(path: Path, **options: bool) -> SqliteStore:
    return SqliteStore(path, strict=False, **options)


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for each in statements:
            db.execute(each)


def overwrite(path: Path, at: int, data: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(data)] = data
    path.write_bytes(whole)


def spoil(path: Path, *, kind: int) -> int:
    """Fill a page of one kind with nonsense, and return where it begins."""
    data = path.read_bytes()
    pages = range(PAGE, len(data), PAGE)
    at = [each for each in pages if data[each] == kind][-1]
    overwrite(path, at, b"\xa5" * PAGE)
    return at


# ---- pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [512, 1024, 4096, 65536])
@pytest.mark.parametrize("length", [0, 10, 400, 4060, 4062, 9000, 70_000])
def test_rows_are_read_as_sqlite_reads_them(
    size: int, length: int, quick_path: Path
) -> None:
    path = quick_path / "any.db"
    rows = [
        (f"stream {n}", number, None, bytes(length))
        for n, number in enumerate([0, 1, -1, 200, -40_000, 2**20, 2**40, -(2**60)])
    ]
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {size}")
        db.execute("CREATE TABLE t (a TEXT, b INTEGER, c, d BLOB)")
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        db.execute("INSERT INTO t VALUES ('f', 1.5, 1, x'')")
        db.execute("CREATE INDEX i ON t (b, d)")
    found = pages_of(path.read_bytes())
    assert found.size == size
    read = {row.number: row.values for row in found.rows() if len(row.values) == 4}
    assert [read[number] for number in range(1, 9)] == [
        (name.encode(), *rest) for name, *rest in rows
    ]
    assert read[9] == (b"f", 0.0, 1, b"")
    assert {entry.values[-1] for entry in found.entries()} == set(range(1, 10))
    assert list(found.broken()) == []


def test_pages_that_are_free_are_not_read(path: Path) -> None:
    change(path, "PRAGMA secure_delete = OFF", "DELETE FROM commits")
    assert b"x" * 500 in path.read_bytes()
    rows = list(pages_of(path.read_bytes()).rows())
    assert [row for row in rows if len(row.values) == 5 and row.values[1] == 1] == []


@pytest.mark.parametrize("told", [0, 3, 512, 1024, 40_000])
def test_a_damaged_size_of_pages_is_found_out(told: int, path: Path) -> None:
    overwrite(path, 16, told.to_bytes(2, "big"))
    found = pages_of(path.read_bytes())
    assert found.size == PAGE
    assert len(Salvage("x", path.read_bytes()).rows) == 43


def test_bytes_that_are_no_pages_have_no_rows() -> None:
    for data in (b"", b"SQ", bytes(5000), b"\r" * 5000, b"\xff" * 9000):
        found = Salvage("x", data)
        assert found.rows == {}
        assert found.streams() == ()
        assert not found.is_ours()
        assert len(list(found.pages.broken())) <= 1


def test_a_page_that_leads_nowhere_ends(path: Path) -> None:
    data = bytearray(path.read_bytes())
    long = [
        at for at in range(0, len(data), PAGE) if data[at + 4 : at + 44] == b"y" * 40
    ]
    for at in long:
        data[at : at + 4] = (at // PAGE + 1).to_bytes(4, "big")  # to itself
    rows = [row for row in pages_of(bytes(data)).rows() if len(row.values) == 5]
    assert len(rows) >= 40
    for at in long:
        data[at : at + 4] = b"\0\0\0\0"
    assert list(Pages(bytes(data), PAGE).rows())
    for at in long:
        data[at : at + 4] = b"\0\xff\xff\xff"
    assert list(Pages(bytes(data), PAGE).rows())


def test_numbers_take_up_to_nine_bytes() -> None:
    assert sqlite_pages._varint(b"\xff" * 9, 0) == (2**64 - 1, 9)
    assert sqlite_pages._varint(b"\x81\x00", 0) == (128, 2)


# ---- finding -------------------------------------------------------------------------


def test_a_sound_file_has_no_faults_and_every_commit_a_place(path: Path) -> None:
    with closing(loose(path)) as store:
        assert isinstance(store, Repair)
        assert isinstance(store, Snapshots)
        assert list(store.faults()) == []
        assert (store.last_of(S), store.last_of("none")) == (40, 0)
        place = store.place_of(S, 7)
        assert place is not None
        byte = int(place.cell.removeprefix("byte "))
        assert NEW[6].header in path.read_bytes()[byte : byte + 4000]
        assert store.place_of(S, 41) is None
        assert store.aside() == ()
        assert store.mend() == ()


def test_a_damaged_page_is_named_by_its_byte(path: Path) -> None:
    at = spoil(path, kind=13)
    with closing(loose(path, read_only=True)) as store:
        found = list(store.faults())
        assert {issue.severity for issue in found} == {Severity.ERROR}
        assert f"store.db:byte {at}" in {str(issue.source) for issue in found}


def test_a_row_that_an_index_lost_is_named_with_its_commit(path: Path) -> None:
    data = path.read_bytes()
    at = data.index(S.encode() + bytes([7, 7]))  # commit 7 is in row 7
    overwrite(path, at + len(S), bytes([107]))
    with closing(loose(path)) as store:
        found = {issue.path: issue for issue in store.faults() if issue.path}
        assert f"{S}@7" in found
        assert found[f"{S}@7"].source == store.place_of(S, 7)


@pytest.mark.parametrize("kind", [5, 10, 13])
def test_what_is_on_other_pages_can_be_read(kind: int, path: Path) -> None:
    spoil(path, kind=kind)
    with closing(loose(path)) as store:
        assert store.streams() == (S, "quay")
        assert store.streams("q") == ("quay",)
        for stream in (S, "quay"):
            whole = NEW if stream == S else commits("quay", 3, data=[b"y" * 9000])
            read: list[Commit] = []
            try:
                read.extend(store.read(stream))
            except CorruptStoreError as error:
                assert f"commit {len(read) + 1} of {stream}" in error.what  # noqa: PT017
            else:
                assert len(read) == len(whole)
            assert read == list(whole[: len(read)])
            assert store.last_of(stream) == len(whole)
            assert list(store.read(stream, after=1, upto=1)) == []
        with pytest.raises(CorruptStoreError, match="mend it first"):
            store.append(S, NEW, expected=0)
        with pytest.raises(CorruptStoreError, match="mend it first"):
            store.set_aside(S, after=1)


def test_a_snapshot_is_read_from_a_damaged_file(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        held = store.snapshot("quay")
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.snapshot("quay") == held
        assert store.snapshot(S) is None


def test_without_its_first_page_a_file_is_still_ours(path: Path) -> None:
    overwrite(path, 0, bytes(100))
    with pytest.raises(CorruptStoreError, match="is no SQLite database"):
        SqliteStore(path)
    with closing(loose(path)) as store:
        assert list(store.read(S)) == list(NEW)
        (issue, *_) = store.faults()
        assert "what it begins with is damaged" in issue.message or issue.source
        assert store.mend()
        assert list(store.read(S)) == list(NEW)


def test_the_mark_of_another_program_is_damage_where_commits_of_ours_are(
    path: Path,
) -> None:
    change(path, "PRAGMA application_id = 7")
    with pytest.raises(StoreVersionError):
        SqliteStore(path)
    with closing(loose(path)) as store:
        assert [i.message for i in store.faults()] == [
            "SQLite says of the file: what it begins with is damaged."
        ]


def test_a_newer_version_is_no_damage(path: Path) -> None:
    change(path, "PRAGMA user_version = 99")
    with pytest.raises(StoreVersionError):
        loose(path)


def test_a_damaged_file_of_another_program_is_refused(quick_path: Path) -> None:
    path = quick_path / "other.db"
    change(path, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)")
    with pytest.raises(StoreVersionError):
        loose(path)
    path.write_bytes(b"text " * 1000)
    with pytest.raises(CorruptStoreError):
        loose(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE commits SET stream = CAST(x'ff' AS TEXT) WHERE sequence = 9",
        "UPDATE commits SET id = CAST(x'ff' AS TEXT) WHERE sequence = 9",
    ],
)
def test_text_that_is_none_is_damage(statement: str, path: Path) -> None:
    change(path, statement)
    with closing(loose(path)) as store:
        assert store.streams() == (S, "quay")
        assert list(store.read(S)) == list(NEW)  # at the word of their headers
        assert "a text in the file is damaged" in str([*store.faults()])
        assert store.mend()
        assert list(store.faults()) == []
        assert list(store.read(S)) == list(NEW)


# ---- mending -------------------------------------------------------------------------


def test_a_damaged_file_is_kept_and_what_can_be_read_takes_its_place(
    path: Path,
) -> None:
    path.chmod(0o640)
    spoil(path, kind=13)
    damaged = path.read_bytes()
    with closing(loose(path)) as store:
        read = dict.fromkeys((S, "quay"), 0)
        (said,) = store.mend()
        assert "'store.db.damaged-1'" in said
        assert path.with_name("store.db.damaged-1").read_bytes() == damaged
        assert path.stat().st_mode & 0o777 == 0o640
        assert store.aside() == (Aside(stream="", place="store.db.damaged-1"),)
        for stream in read:
            there = list(store.read(stream))
            read[stream] = len(there)
        assert 0 < sum(read.values()) < 43
        assert list(store.faults()) == []
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "store.db",
        "store.db.damaged-1",
    ]


def test_every_damaged_file_gets_a_name_of_its_own(path: Path) -> None:
    path.with_name("store.db.damaged-2").write_bytes(b"of somebody else")
    path.with_name("store.db.damaged-x").touch()
    for _ in range(2):
        spoil(path, kind=10)
        with closing(loose(path)) as store:
            assert store.mend()
    names = {each.name for each in path.parent.iterdir()}
    assert {f"store.db.damaged-{n}" for n in (2, 3)} <= names
    assert path.with_name("store.db.damaged-2").read_bytes() == b"of somebody else"


def test_what_a_repair_left_that_broke_off_is_told_and_written_over(
    path: Path,
) -> None:
    left = path.with_name("store.db.mending")
    left.write_bytes(b"half")
    with closing(loose(path)) as store:
        (issue,) = store.faults()
        assert (issue.code, issue.severity) == ("MK-STO-004", Severity.ADVICE)
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.mend()
        assert list(store.faults()) == []
    assert not left.exists()


def test_a_journal_goes_with_the_damaged_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        swapped = sqlite_repair._swapped

        def with_journal(path: Path, fresh: Path) -> Path:
            path.with_name("store.db-journal").write_bytes(b"of the old file")
            return swapped(path, fresh)

        monkeypatch.setattr(sqlite_repair, "_swapped", with_journal)
        assert store.mend()
        assert list(store.read(S)) == list(NEW)
    held = path.with_name("store.db.damaged-1-journal")
    assert held.read_bytes() == b"of the old file"
    assert not path.with_name("store.db-journal").exists()


def test_a_disk_without_second_names_gets_a_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise OSError

    spoil(path, kind=10)
    damaged = path.read_bytes()
    with closing(loose(path)) as store:
        monkeypatch.setattr(os, "link", no_link)
        assert store.mend()
    assert path.with_name("store.db.damaged-1").read_bytes() == damaged


def test_a_file_that_cannot_be_replaced_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    spoil(path, kind=10)
    damaged = path.read_bytes()
    with closing(loose(path)) as store:
        monkeypatch.setattr(sqlite_repair, "copymode", refused)
        with pytest.raises(StoreUnavailableError, match="cannot be replaced"):
            store.mend()
        assert path.read_bytes() == damaged
        monkeypatch.undo()
        assert store.mend()


def test_nobody_else_writes_while_a_file_is_replaced(path: Path) -> None:
    spoil(path, kind=10)
    with closing(SqliteStore(path, strict=False, wait=0.1)) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreBusyError):
                store.mend()
        assert store.mend()


def test_who_has_the_damaged_file_open_writes_no_commit_into_it(path: Path) -> None:
    with closing(SqliteStore(path, wait=0.5)) as early:
        assert early.streams() == (S, "quay")
        spoil(path, kind=10)
        with closing(loose(path)) as store:
            assert store.mend()
        with pytest.raises((StoreUnavailableError, CorruptStoreError)):
            early.append(S, commits(S, 1, after=NEW), expected=40)


def test_a_store_that_is_read_only_is_not_mended(path: Path) -> None:
    spoil(path, kind=10)
    before = path.read_bytes()
    with (
        closing(loose(path, read_only=True)) as store,
        pytest.raises(StoreUnavailableError, match="to read it only"),
    ):
        store.mend()
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_commits_are_moved_into_a_table_with_the_snapshot(path: Path) -> None:
    with closing(loose(path)) as store:
        assert store.set_aside("quay", after=1) == (
            "store.db, table quarantine, number 1",
        )
        assert len(list(store.read("quay"))) == 1
        assert store.snapshot("quay") is None
        assert list(store.read(S)) == list(NEW)
        assert store.set_aside(S, after=0)
        assert store.streams() == ("quay",)
        assert [(each.stream, each.place[-1]) for each in store.aside()] == [
            (S, "2"),
            ("quay", "1"),
        ]
        # What lies in quarantine stays there when a file is written anew.
    overwrite(path, 100, b"\xa5")
    with closing(loose(path)) as store:
        assert [each.stream for each in store.aside()] == [S, "quay"]
        assert store.mend()
        assert [each.stream for each in store.aside()] == ["", S, "quay"]
    with closing(sqlite3.connect(path)) as db:
        many = db.execute("SELECT count(*) FROM quarantine").fetchone()
    assert many == (40 + 2 + 1,)


def test_a_move_that_fails_moves_nothing(path: Path) -> None:
    change(
        path,
        "CREATE TRIGGER never BEFORE DELETE ON commits"
        " BEGIN SELECT RAISE(ABORT, 'never'); END",
    )
    with closing(SqliteStore(path)) as store:
        with pytest.raises(StoreError):
            store.set_aside(S, after=3)
        assert len(list(store.read(S))) == 40
        assert store.aside() == ()


def test_rows_that_are_there_twice_go_into_quarantine(path: Path) -> None:
    """A row that says it is another one has no place in the new file."""
    data = path.read_bytes()
    twice = NEW[4].header.replace(b'"sequence":5', b'"sequence":6')
    assert data.count(NEW[4].header) == 1
    path.write_bytes(data.replace(NEW[4].header, twice))
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.mend()
        assert [each.stream for each in store.aside()] == ["", S]
        assert len(list(store.read(S))) == 39


@pytest.mark.parametrize(
    "act",
    [
        lambda store: list(store.faults()),
        lambda store: store.aside(),
        lambda store: store.last_of(S),
        lambda store: store.place_of(S, 1),
        lambda store: store.set_aside(S, after=1),
    ],
    ids=["faults", "aside", "last", "place", "set aside"],
)
def test_a_closed_store_is_not_mended(
    act: Callable[[SqliteStore], object], path: Path
) -> None:
    store = loose(path)
    store.close()
    with pytest.raises(StoreUnavailableError, match="closed"):
        act(store)


def test_a_log_is_read_with_the_file(path: Path, quick_path: Path) -> None:
    copy = quick_path / "copy.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = wal")
        db.execute("DELETE FROM commits WHERE stream = 'quay' AND sequence = 3")
        copyfile(path, copy)
        copyfile(f"{path}-wal", f"{copy}-wal")
    with closing(loose(copy, read_only=True)) as store:
        assert store.place_of("quay", 2) is not None
        assert store.place_of("quay", 3) is None


def test_payloads_that_were_never_packed_are_named_by_their_byte(path: Path) -> None:
    change(path, "UPDATE commits SET payloads = x'00' WHERE sequence = 9")
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        reading = store.read(S)
        assert [next(reading) for _ in range(8)] == list(NEW[:8])
        with pytest.raises(CorruptStoreError, match="commit 9 of harbour, at byte"):
            next(reading)


@pytest.mark.parametrize(
    "stream", ["'harbour'", "CAST(x'ff' AS TEXT)"], ids=["text", "no text"]
)
def test_a_row_of_which_nothing_can_be_read_goes_into_quarantine(
    stream: str, path: Path
) -> None:
    change(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE commits SET header = x'00', sequence = 0, stream = "  # noqa: S608
        f"{stream} WHERE stream = 'harbour' AND sequence = 9",
    )
    with closing(loose(path)) as store:
        assert list(store.faults())
        assert store.mend()
        assert list(store.faults()) == []
        assert len(store.aside()) == 2
    with closing(sqlite3.connect(path)) as db:
        held = db.execute("SELECT sequence, header FROM quarantine").fetchall()
    assert held == [(0, b"\0")]


def test_a_commit_is_found_by_its_columns_where_its_header_is_damaged(
    path: Path,
) -> None:
    change(path, "UPDATE commits SET header = x'00' WHERE sequence = 9")
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.mend()
        assert len(list(store.read(S))) == 40
        assert next(store.read(S, after=8, upto=9)).header == b"\0"


def test_a_snapshot_that_cannot_be_one_is_left_behind(path: Path) -> None:
    change(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE snapshots SET sequence = 0",
    )
    with closing(loose(path)) as store:
        assert list(store.faults())
        assert store.mend()
        assert list(store.faults()) == []
        assert store.snapshot("quay") is None


def test_a_store_behind_a_link_is_mended_where_it_is(
    path: Path, quick_path: Path
) -> None:
    (quick_path / "far").mkdir()
    real = path.rename(quick_path / "far" / "real.db")
    path.symlink_to(real)
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        (said,) = store.mend()
        assert "'real.db.damaged-1'" in said
        assert list(store.faults()) == []
    assert path.is_symlink()
    assert real.with_name("real.db.damaged-1").exists()


def test_a_writer_that_broke_off_keeps_nobody_from_mending(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE commits SET payloads = CAST(payloads || x'00' AS BLOB)")
        for each in path.parent.glob("store.db*"):
            copyfile(each, each.with_name(each.name.replace("store", "other")))
        db.execute("ROLLBACK")
    other = path.with_name("other.db")
    assert other.with_name("other.db-journal").exists()
    with pytest.raises(StoreUnavailableError, match="broke off"):
        check_store(other)
    assert repair_store(other)
    assert check_store(other)


def test_what_is_no_damage_is_not_taken_for_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError):
            SqliteStore(path, strict=False, wait=0.1)
    with (
        closing(SqliteStore(path, strict=False, wait=0.1)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as db,
    ):
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError):
            list(store.faults())
    monkeypatch.setattr(sqlite_repair, "_FOLDER", 0)
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.mend()


def test_a_tree_that_leads_in_a_circle_or_out_of_the_file_ends(path: Path) -> None:
    data = bytearray(path.read_bytes())
    (inner, *_) = (at for at in range(PAGE, len(data), PAGE) if data[at] == 5)
    last = inner + 8
    data[last : last + 4] = (inner // PAGE + 1).to_bytes(4, "big")  # to itself
    assert list(pages_of(bytes(data)).broken()) == []
    data[last : last + 4] = bytes(4)  # to no page
    assert list(pages_of(bytes(data)).broken()) == []
    data[last : last + 4] = (9999).to_bytes(4, "big")
    assert list(pages_of(bytes(data)).broken()) == [9998 * PAGE]
    first = inner + int.from_bytes(data[inner + 12 : inner + 14], "big") - inner
    assert first
    data[inner + 12 : inner + 14] = b"\xff\xff"  # a cell behind the end
    data = data[: inner + PAGE]
    assert list(pages_of(bytes(data)).broken())


def test_a_row_longer_than_the_file_is_none(path: Path) -> None:
    data = bytearray(path.read_bytes())
    (leaf, *_) = (at for at in range(PAGE, len(data), PAGE) if data[at] == 13)
    cell = leaf + int.from_bytes(data[leaf + 8 : leaf + 10], "big")
    before = len(list(pages_of(bytes(data)).rows()))
    data[cell : cell + 8] = b"\xff" * 8
    assert len(list(pages_of(bytes(data)).rows())) == before - 1
    data[cell : cell + 2] = b"\x8f\x7f"  # its columns need more than it has
    assert len(list(pages_of(bytes(data)).rows())) == before - 1


def test_a_sqlite_that_cannot_give_its_pages_is_read_by_its_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        def __enter__(self) -> object:
            return object()

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(sqlite_salvage, "looked_at", lambda _: Silent())
    spoil(path, kind=10)
    with closing(loose(path)) as store:
        assert store.streams() == (S, "quay")


@pytest.mark.parametrize("error", [UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no")])
def test_a_text_that_sqlite_shows_in_an_error_is_damage(error: Exception) -> None:
    class Broken:
        def execute(self, _: str) -> object:
            raise error

    told = sqlite_salvage.complaints(cast("sqlite3.Connection", Broken()))
    assert told == ["a text in the file is damaged"]


def test_a_header_that_was_changed_is_told_from_the_one_after_it(path: Path) -> None:
    held = NEW[1].header.replace(b"decided", b"divided")
    path.write_bytes(path.read_bytes().replace(NEW[1].header, held))
    report = check_store(path)
    assert {(each.code, each.path) for each in report.every} == {
        ("MK-STO-006", f"{S}@2"),
        ("MK-HIS-003", f"{S}@3"),
        ("MK-HIS-016", "quay@3"),
    }
    assert "set commits 2 to 40 of 'harbour' aside" in report.plans
    assert repair_store(path)
    with closing(SqliteStore(path)) as store:
        assert list(store.read(S)) == list(NEW[:1])
    data = path.read_bytes()
    path.write_bytes(data.replace(NEW[0].header, NEW[0].header.replace(b"ann", b"eve")))
    spoil(path, kind=10)
    with (
        closing(loose(path)) as store,
        pytest.raises(CorruptStoreError, match=r"commit 1 of .*its header is not"),
    ):
        list(store.read(S))
