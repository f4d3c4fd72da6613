from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Connection, StaticPool, create_engine, insert

from missionkit.errors import ConflictError, CorruptStoreError
from missionkit.stores.sql.rows import Rows
from missionkit.stores.sql.tables import METADATA, tables_in
from missionkit.testing.stores.making import commits

S = "harbour"
LAST = "\U0010ffff"
NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4
)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@given(st.sets(NAMES, max_size=8), NAMES)
@example({"a" + LAST, "a" + LAST * 2 + "b", "b", "a"}, "a" + LAST)
@example({LAST, LAST * 3, "a"}, LAST)
@example({"\ud7ff", "\ud7ffa", "\ue000"}, "\ud7ff")
@example({"a%b", "a_b", "axb"}, "a%")
def test_names_are_found_by_their_beginning_and_sort_by_code_point(
    connection: Connection, names: set[str], prefix: str
) -> None:
    rows = Rows(connection, tables_in())
    with connection.begin_nested() as inner:
        for name in sorted(names, reverse=True):
            row = {"stream": name, "count": 1}
            connection.execute(insert(tables_in().streams), row)
        found = rows.streams(prefix)
        inner.rollback()

    assert found == tuple(sorted(name for name in names if name.startswith(prefix)))


def test_a_stream_without_commits_is_not_named(connection: Connection) -> None:
    rows = Rows(connection, tables_in())
    with connection.begin_nested() as inner:
        assert rows.lock("empty") == 0
        assert rows.lock("empty") == 0
        assert rows.streams() == ()
        inner.rollback()


def test_an_id_is_found_among_very_many(connection: Connection) -> None:
    rows = Rows(connection, tables_in())
    new = commits(S, 1200, data=[b"{}"])
    with connection.begin_nested() as inner:
        rows.lock(S)
        rows.add(S, 0, new[:600])
        with pytest.raises(ConflictError) as caught:
            rows.add(S, 600, [*new[600:], new[3]])
        assert caught.value.theirs == (new[3].facts.id,)
        rows.add(S, 600, new[600:])
        assert rows.count(S) == 1200
        inner.rollback()


def test_a_commit_is_there_only_as_it_was_sent(connection: Connection) -> None:
    rows = Rows(connection, tables_in())
    (mine,) = commits(S)
    (other,) = commits(S, why="for another reason")
    with connection.begin_nested() as inner:
        rows.lock(S)
        assert not rows.there(S, mine)
        rows.add(S, 0, [mine])
        assert rows.there(S, mine)
        assert not rows.there(S, other)
        inner.rollback()


def test_views_of_bytes_are_bytes_and_all_else_is_damage() -> None:
    from missionkit.stores.sql.rows import _bytes  # noqa: PLC0415 - no public name

    assert _bytes(memoryview(b"ab")) == b"ab"
    with pytest.raises(CorruptStoreError):
        _bytes("ab")
