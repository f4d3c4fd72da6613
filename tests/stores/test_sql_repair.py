"""Gaps in the tables of a database are told, and commits put out of the way."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from missionkit.errors import CorruptStoreError, StoreUnavailableError
from missionkit.issue import Source
from missionkit.ports.store import Aside, Repair, Snapshot
from missionkit.stores.sql.quarantine import Counted, SetAside
from missionkit.stores.sql.rows import Rows
from missionkit.stores.sql.store import SqlStore
from missionkit.stores.sql.tables import tables_in
from missionkit.testing.stores import commits
from missionkit.workspace.mending import check_store, repair_store

S = "harbour"
NEW = commits(S, 5)


@pytest.fixture
def url(quick_path: Path) -> str:
    """Give a database with two streams."""
    url = f"sqlite:///{quick_path}/plans.db"
    with closing(SqlStore.at(url)) as store:
        store.append(S, NEW, expected=0)
        made = Snapshot(sequence=2, head="h" * 64, data=b"state")
        new = commits("quay", 2)
        store.append_with_snapshot("quay", new, expected=0, snapshot=made)
    return url


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with closing(SqlStore.at(url)) as store:
        yield store


def change(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as db:
        for each in statements:
            db.execute(text(each))
    engine.dispose()


def rows(url: str) -> Counter[tuple[object, ...]]:
    """Return all that is kept of commits, wherever it lies."""
    engine = create_engine(url)
    held = "SELECT stream, sequence, id, header, payloads FROM missionkit_"
    with engine.begin() as db:
        found = [tuple(row) for row in db.execute(text(f"{held}commits"))]
        aside = text(f"{held}quarantine WHERE what = 'commit'")
        found += [tuple(row) for row in db.execute(aside)]
    engine.dispose()
    return Counter(found)


def test_sound_tables_have_no_faults_and_every_commit_a_place(store: SqlStore) -> None:
    assert isinstance(store, Repair)
    assert list(store.faults()) == []
    assert store.mend() == ()
    assert store.aside() == ()
    assert (store.last_of(S), store.last_of("none")) == (5, 0)
    assert store.place_of(S, 6) is None
    assert store.place_of(S, 5) == Source(
        file="table missionkit_commits", cell="row 'harbour', 5"
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "DELETE FROM missionkit_commits WHERE sequence = 5",
            "5 commits: the last is 4",
        ),
        ("DELETE FROM missionkit_streams WHERE count = 5", "0 commits: the last is 5"),
        ("UPDATE missionkit_streams SET count = 9 WHERE count = 5", "9 commits"),
        ("DELETE FROM missionkit_commits WHERE stream = 'harbour'", "the last is 0"),
    ],
)
def test_a_count_that_is_wrong_is_told_and_put_right(
    statement: str, said: str, url: str
) -> None:
    change(url, statement)
    had = rows(url)
    report = check_store(url)
    assert not report
    (issue,) = [each for each in report.every if each.code == "MK-STO-002"]
    assert said in issue.message
    assert str(issue.source) == "table missionkit_streams:row 'harbour'"
    done = repair_store(url)
    assert done
    assert done.done[0].startswith("counted the commits of 'harbour' anew")
    assert rows(url) == had
    with closing(SqlStore.at(url)) as store:
        there = list(store.read(S))
        assert there == list(NEW[: len(there)])
        new = commits(S, 1, after=there, by="eve")
        assert store.append(S, new, expected=len(there)) == len(there) + 1


@pytest.mark.parametrize(
    ("statement", "sound"),
    [
        ("DELETE FROM missionkit_commits WHERE sequence = 3", 2),
        ("UPDATE missionkit_commits SET payloads = x'00' WHERE sequence = 4", 3),
        ("UPDATE missionkit_commits SET header = x'00' WHERE sequence = 1", 0),
    ],
)
def test_what_follows_on_a_damaged_row_is_moved_and_not_deleted(
    statement: str, sound: int, url: str
) -> None:
    change(url, f"{statement} AND stream = 'harbour'".replace("WHERE", "WHERE 1 AND"))
    had = rows(url)
    assert not check_store(url)
    assert rows(url) == had
    done = repair_store(url)
    assert done
    assert rows(url) == had
    assert {each.stream: each.sound for each in done.after.streams}.get(S, 0) == sound
    with closing(SqlStore.at(url)) as store:
        assert list(store.read(S)) == list(NEW[:sound])
        new = commits(S, 1, after=NEW[:sound], by="eve")
        assert store.append(S, new, expected=sound) == sound + 1


def test_each_time_has_a_number_and_takes_the_snapshot(
    store: SqlStore, url: str
) -> None:
    assert store.set_aside("quay", after=1) == (
        "table missionkit_quarantine, number 1 of 'quay'",
    )
    assert store.snapshot("quay") is None
    assert len(list(store.read("quay"))) == 1
    store.set_aside("quay", after=0)
    store.set_aside(S, after=9)
    assert store.aside() == (
        Aside(stream="quay", place="table missionkit_quarantine, number 1"),
        Aside(stream="quay", place="table missionkit_quarantine, number 2"),
    )
    assert store.streams() == (S,)
    assert list(store.read(S)) == list(NEW)
    engine = create_engine(url)
    with engine.begin() as db:
        found = db.execute(text("SELECT what, payloads FROM missionkit_quarantine"))
        assert ("snapshot", b"state") in [tuple(row) for row in found]
        held = Rows(db, tables_in())
        assert SetAside("quay", 0).there(held)
        assert not SetAside(S, 3).there(held)
        assert Counted(S).there(held)
    engine.dispose()


def test_a_move_in_the_transaction_of_a_caller_is_the_callers(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as db:
        store = SqlStore(db)
        store.set_aside(S, after=2)
        assert len(list(store.read(S))) == 2
        db.rollback()
    engine.dispose()
    with closing(SqlStore.at(url)) as store:
        assert len(list(store.read(S))) == 5


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.set_aside(S, after=1),
        lambda store: store.mend(),
    ],
    ids=["set aside", "mend"],
)
def test_a_store_that_is_read_only_is_not_mended(
    act: Callable[[SqlStore], object], url: str
) -> None:
    change(url, "UPDATE missionkit_streams SET count = 9 WHERE count = 5")
    with closing(SqlStore.at(url, read_only=True)) as store:
        assert len(list(store.faults())) == 1
        with pytest.raises(StoreUnavailableError, match="to read it only"):
            act(store)


def test_a_closed_store_is_not_mended(store: SqlStore) -> None:
    store.close()
    for act in (store.aside, store.mend, lambda: list(store.faults())):
        with pytest.raises(StoreUnavailableError, match="closed"):
            act()


def test_a_header_that_was_changed_is_told_from_the_one_after_it(url: str) -> None:
    held = NEW[1].header.decode().replace("decided", "divided")
    change(
        url,
        "UPDATE missionkit_commits SET header = CAST('"  # noqa: S608
        f"{held.replace(':', chr(92) + ':')}' AS BLOB)"
        " WHERE sequence = 2 AND stream = 'harbour'",
    )
    report = check_store(url)
    (issue,) = [each for each in report.every if each.code == "MK-STO-006"]
    assert issue.path == f"{S}@2"
    assert "set commits 2 to 5 of 'harbour' aside" in report.plans
    done = repair_store(url)
    assert done
    with closing(SqlStore.at(url)) as store:
        assert list(store.read(S)) == list(NEW[:1])


def test_a_commit_that_is_gone_from_the_end_is_missed_by_who_reads(url: str) -> None:
    change(url, "DELETE FROM missionkit_commits WHERE sequence = 5")
    with closing(SqlStore.at(url)) as store:
        assert tuple(store.read(S, upto=4)) == NEW[:4]
        with pytest.raises(CorruptStoreError, match="commit 5 of harbour is missing"):
            list(store.read(S))
    assert not check_store(url)

    assert repair_store(url)
    with closing(SqlStore.at(url)) as store:
        assert tuple(store.read(S)) == NEW[:4]
        assert store.append(S, NEW[4:], expected=4) == 5
