import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from missionkit.errors import StoreVersionError
from missionkit.stores.sqlite.schema import APPLICATION, STEPS, first, prepare

# A second form, as a later version may have it.
SECOND = (
    "ALTER TABLE commits ADD COLUMN note TEXT",
    "CREATE INDEX notes ON commits (note)",
    "UPDATE commits SET note = 'old'",
)
BOTH = (*STEPS, SECOND)
ROW = ("harbour", 1, "ann-1", b"header", b"payloads")


class PowerError(RuntimeError):
    """Breaks off whatever is under way."""


class Breaking(sqlite3.Connection):
    """Breaks off before or after one of its statements."""

    left = 1_000

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        self.left -= 1
        if self.left == 0:
            raise PowerError
        return super().execute(sql, *parameters)


@pytest.fixture
def path(quick_path: Path) -> Path:
    return quick_path / "a.db"


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        head = [
            db.execute(f"PRAGMA {name}").fetchone()
            for name in ("application_id", "user_version")
        ]
        return [*map(str, head), *db.iterdump()]


def old(path: Path) -> list[str]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        prepare(db)
        db.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", ROW)
    return dump(path)


def test_a_new_file_has_the_newest_form(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        prepare(db)
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION,)


def test_an_older_file_is_brought_up_to_date_and_keeps_what_it_has(path: Path) -> None:
    old(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        prepare(db, BOTH)

        assert db.execute("SELECT * FROM commits").fetchall() == [(*ROW, "old")]
        assert db.execute("PRAGMA user_version").fetchone() == (2,)


@pytest.mark.parametrize("steps", [STEPS, BOTH], ids=["new", "migrated"])
def test_a_change_of_form_that_is_broken_off_leaves_the_old_or_the_new(
    path: Path, steps: tuple[tuple[str, ...], ...]
) -> None:
    before = old(path) if steps is BOTH else []
    number = 0
    while True:
        number += 1
        db = sqlite3.connect(path, isolation_level=None, factory=Breaking)
        db.left = number
        try:
            prepare(db, steps)
        except PowerError:
            assert not db.in_transaction
            db.close()
        else:
            db.close()
            break
        if before:
            assert dump(path) == before
        else:
            assert "commits" not in str(dump(path))

    assert number > sum(map(len, steps[-1:])) + 3
    assert "(2,)" in dump(path)[1] or steps is STEPS


def test_two_who_bring_it_up_to_date_at_once_do_it_once(path: Path) -> None:
    old(path)

    class Late(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
            if sql == "BEGIN IMMEDIATE":
                with closing(sqlite3.connect(path, isolation_level=None)) as other:
                    prepare(other, BOTH)
            return super().execute(sql, *parameters)

    with closing(sqlite3.connect(path, isolation_level=None, factory=Late)) as db:
        prepare(db, BOTH)

        assert db.execute("PRAGMA user_version").fetchone() == (2,)


@pytest.mark.parametrize("version", [2, 99, -1])
def test_a_version_that_is_not_known_is_refused(path: Path, version: int) -> None:
    old(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {version}")
        with pytest.raises(StoreVersionError, match="newest known"):
            prepare(db)


WRONG = [
    (b"stream", 1, "id", b"", b""),
    ("stream", 0, "id", b"", b""),
    ("stream", -1, "id", b"", b""),
    ("stream", "one", "id", b"", b""),
    ("stream", 1.5, "id", b"", b""),
    ("stream", 1, b"id", b"", b""),
    ("stream", 1, "id", "text", b""),
    ("stream", 1, "id", b"", 7),
    ("stream", 1, "id", None, b""),
    (None, 1, "id", b"", b""),
]


@pytest.mark.parametrize("strict", ["", " STRICT"], ids=["checked", "strict"])
@pytest.mark.parametrize("row", WRONG, ids=str)
def test_a_value_of_another_type_is_not_taken(
    strict: str, row: tuple[object, ...]
) -> None:
    if strict and sqlite3.sqlite_version_info < (3, 37):
        pytest.skip("this SQLite has no STRICT tables")
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in first(strict):
            db.execute(statement)
        db.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", ROW)
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", row)


def test_tables_are_strict_where_sqlite_knows_how() -> None:
    strict = [statement.endswith("STRICT") for step in STEPS for statement in step]

    assert all(strict) is (sqlite3.sqlite_version_info >= (3, 37))
