import pickle
import sqlite3

import pytest
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InvalidRequestError,
    OperationalError,
    PendingRollbackError,
    ResourceClosedError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionError

from missionkit.errors import (
    CorruptStoreError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.sql.errors import ours, state_of, translated

# Written a second time, from the meaning of PostgreSQL's states.
MEANING = {
    "08006": StoreUnavailableError,
    "08P01": StoreUnavailableError,
    "22021": StoreError,
    "23505": StoreError,
    "25001": StoreUnavailableError,
    "25006": StoreUnavailableError,
    "25P01": StoreUnavailableError,
    "25P02": StoreUnavailableError,
    "25P03": StoreUnavailableError,
    "28000": StoreUnavailableError,
    "28P01": StoreUnavailableError,
    "3D000": StoreUnavailableError,
    "3F000": StoreUnavailableError,
    "40001": StoreBusyError,
    "40P01": StoreBusyError,
    "42501": StoreUnavailableError,
    "42703": StoreVersionError,
    "42804": StoreError,
    "42P01": StoreUnavailableError,
    "53100": StoreFullError,
    "53200": StoreUnavailableError,
    "53300": StoreBusyError,
    "54000": StoreError,
    "55P03": StoreBusyError,
    "57014": StoreBusyError,
    "57P01": StoreUnavailableError,
    "57P02": StoreUnavailableError,
    "57P03": StoreBusyError,
    "57P05": StoreUnavailableError,
    "58030": StoreUnavailableError,
    "XX000": StoreError,
    "XX001": CorruptStoreError,
    "XX002": CorruptStoreError,
}
# How a server says that it lets nobody in; the driver then knows no state.
WORDS = {
    "FATAL:  sorry, too many clients already": StoreBusyError,
    'FATAL:  too many connections for role "few"': StoreBusyError,
    "FATAL:  remaining connection slots are reserved": StoreBusyError,
    "FATAL:  the database system is starting up": StoreBusyError,
    "FATAL:  the database system is shutting down": StoreBusyError,
    "FATAL:  the database system is in recovery mode": StoreBusyError,
    'FATAL:  password authentication failed for user "x"': StoreUnavailableError,
    "fe_sendauth: no password supplied": StoreUnavailableError,
    'FATAL:  no pg_hba.conf entry for host "x"': StoreUnavailableError,
    "Connection refused": StoreUnavailableError,
}


class ServerError(Exception):
    sqlstate: str | None = None


class OlderError(Exception):
    pgcode = "40001"


def failed(
    state: str | None = None, words: str = "words", statement: str | None = "SELECT 1"
) -> DBAPIError:
    error = ServerError(words)
    error.sqlstate = state
    return OperationalError(statement, {"payload": "secret bytes"}, error)


@pytest.mark.parametrize(("state", "kind"), MEANING.items())
def test_each_state_has_a_meaning(state: str, kind: type[StoreError]) -> None:
    error = translated(failed(state))

    assert type(error) is kind
    assert error.committed is False
    assert "(words)" in str(error)
    assert "secret bytes" not in str(error)


@pytest.mark.parametrize(("words", "kind"), WORDS.items())
def test_where_there_is_no_connection_words_have_a_meaning(
    words: str, kind: type[StoreError]
) -> None:
    error = translated(failed(None, f"connection failed: {words}\n\tmore", None))

    assert type(error) is kind
    assert words in str(error)
    assert "more" not in str(error)


def test_what_the_driver_says_without_a_server_is_no_answer_of_one() -> None:
    assert type(translated(failed(None))) is StoreUnavailableError


def test_what_has_no_state_and_no_known_words_is_a_failure() -> None:
    error = DatabaseError("SELECT 1", {}, ServerError("words"))

    assert type(translated(error)) is StoreError


def test_what_says_nothing_is_named_by_its_class() -> None:
    assert "(ServerError)" in str(translated(failed("40001", " ")))


def test_a_connection_that_ended_cannot_be_reached() -> None:
    error = failed(None, "server closed the connection unexpectedly")
    error.connection_invalidated = True

    assert isinstance(translated(error), StoreUnavailableError)


def test_a_secret_is_hidden() -> None:
    error = translated(failed(None, 'no user "canary"', None), "canary")

    assert "canary" not in str(error)
    assert '"***"' in str(error)


def test_other_drivers_name_the_state_differently() -> None:
    assert state_of(DBAPIError("SELECT 1", {}, OlderError())) == "40001"


def test_an_error_of_sqlite_is_told_as_one() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL

    found = translated(OperationalError("INSERT", {}, error))
    assert isinstance(found, StoreFullError)


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (NoConnectionError("QueuePool limit"), StoreBusyError, "are in use"),
        (PendingRollbackError("words"), StoreUnavailableError, "roll it back"),
        (ResourceClosedError("words"), StoreUnavailableError, "is closed"),
        (InvalidRequestError("words"), StoreError, "InvalidRequestError"),
    ],
)
def test_an_error_of_sqlalchemy_itself_has_a_meaning(
    error: SQLAlchemyError, kind: type[StoreError], said: str
) -> None:
    with pytest.raises(kind, match=said) as caught, ours():
        raise error

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_cause_is_the_error_of_the_driver_alone() -> None:
    error = failed("40001")
    with pytest.raises(StoreBusyError) as caught, ours():
        raise error
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - just made

    assert caught.value.__cause__ is error.orig
    assert str(copy) == str(caught.value)
