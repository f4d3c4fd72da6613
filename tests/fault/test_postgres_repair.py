"""Damage to the tables in PostgreSQL is told, and moved out of the way."""

import pytest
from sqlalchemy import Engine, text

from missionkit.stores.sql.store import SqlStore
from missionkit.testing.stores import commits
from missionkit.workspace.mending import check_store, repair_store

S = "harbour"
NEW = commits(S, 5)


@pytest.mark.parametrize(
    ("statement", "sound"),
    [
        ("DELETE FROM missionkit_commits WHERE sequence = 3", 2),
        ("DELETE FROM missionkit_commits WHERE sequence = 5", 4),
        ("UPDATE missionkit_commits SET payloads = '\\x00' WHERE sequence = 4", 3),
        ("UPDATE missionkit_streams SET count = 9", 5),
    ],
    ids=["a gap", "no last", "other bytes", "a count"],
)
def test_damage_is_told_and_put_out_of_the_way(
    statement: str, sound: int, engine: Engine
) -> None:
    store = SqlStore(engine)
    store.append(S, NEW, expected=0)
    assert check_store(store)
    with engine.begin() as db:
        db.execute(text(statement))
        before = db.scalar(text("SELECT count(*) FROM missionkit_commits"))
    assert not check_store(store)
    assert repair_store(store)
    assert list(store.read(S)) == list(NEW[:sound])
    with engine.begin() as db:
        left = db.scalar(text("SELECT count(*) FROM missionkit_commits"))
        aside = db.scalar(text("SELECT count(*) FROM missionkit_quarantine"))
    assert (left, left + aside) == (sound, before)
    assert store.append(S, commits(S, 1, after=NEW[:sound], by="eve"), expected=sound)
    assert check_store(store)
