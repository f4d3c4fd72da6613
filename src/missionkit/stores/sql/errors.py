"""What the errors of SQLAlchemy and of a database mean to who uses a store.

PostgreSQL says what went wrong by a state of five letters. Where no connection comes
about there is none, and only words are left.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from sqlalchemy.exc import (
    DBAPIError,
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
from missionkit.stores.sqlite import errors as sqlite_errors

Kind: TypeAlias = tuple[type[StoreError], str]

# By the state, or by its first two letters, which are its class.
_STATES: Final[dict[str, Kind]] = {
    "08": (StoreUnavailableError, "the connection to the database is lost"),
    "22": (StoreError, "the database cannot hold a value"),
    "25": (StoreUnavailableError, "the transaction failed before: roll it back"),
    "25001": (StoreUnavailableError, "the transaction does not fit a store"),
    "25006": (StoreUnavailableError, "the database can only be read"),
    "25P01": (StoreUnavailableError, "a store needs a connection with transactions"),
    "25P03": (StoreUnavailableError, "the transaction did nothing for too long"),
    "28": (StoreUnavailableError, "the database refused the user or the password"),
    "3D000": (StoreUnavailableError, "there is no such database"),
    "3F000": (StoreUnavailableError, "there is no such schema"),
    "40": (StoreBusyError, "others changed the stream at the same time: try again"),
    "42501": (StoreUnavailableError, "the role may not do this"),
    "42703": (StoreVersionError, "the tables are not those of this version"),
    "42P01": (StoreUnavailableError, "the tables of the store are not there"),
    "53": (StoreUnavailableError, "the database has not enough of what it needs"),
    "53100": (StoreFullError, "no room is left where the database is"),
    "53300": (StoreBusyError, "too many use the database: try again"),
    "54": (StoreError, "a name or a commit is larger than the database can hold"),
    "55P03": (StoreBusyError, "others hold the stream: try again"),
    "57": (StoreUnavailableError, "the database was stopped"),
    "57014": (StoreBusyError, "the database broke off what took too long: try again"),
    "57P03": (StoreBusyError, "the database is starting or stopping: try again"),
    "57P05": (StoreUnavailableError, "the connection did nothing for too long"),
    "58": (StoreUnavailableError, "the disk of the database failed"),
    "XX001": (CorruptStoreError, "the database is damaged"),
    "XX002": (CorruptStoreError, "the database is damaged"),
}
_UNKNOWN: Final[Kind] = (StoreError, "the store failed")
_NO_CONNECTION: Final[Kind] = (StoreUnavailableError, "the database cannot be reached")

# How PostgreSQL refuses a connection, and which state it means by it.
_REFUSALS: Final = {
    "too many clients": "53300",
    "too many connections": "53300",
    "remaining connection slots": "53300",
    "is starting up": "57P03",
    "is shutting down": "57P03",
    "not yet accepting connections": "57P03",
    "in recovery mode": "57P03",
    "authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
}
_HIDDEN: Final = "***"


def translated(error: SQLAlchemyError, secret: str = "") -> StoreError:
    """Return our error, without the secret; nothing was written."""
    if isinstance(error, NoConnectionError):
        return StoreBusyError("all connections of the engine are in use: try again")
    if isinstance(error, PendingRollbackError):
        return _made(_STATES["25"])
    if isinstance(error, ResourceClosedError):
        return StoreUnavailableError("the connection is closed")
    if not isinstance(error, DBAPIError):
        return _made(_UNKNOWN, type(error).__name__)
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_errors.translated(error.orig)
    return _of_server(error, secret)


def state_of(error: DBAPIError) -> str:
    """Return the state of five letters that a database gave, or nothing."""
    # As psycopg names it, and as most other drivers do.
    found = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return str(found or "")


@contextmanager
def ours(secret: str = "") -> Iterator[None]:
    """Let only our errors out of the block; the driver's is the cause.

    That of SQLAlchemy is none, as it shows the values of the statement.
    """
    try:
        yield
    except DBAPIError as error:
        raise translated(error, secret) from error.orig
    except SQLAlchemyError as error:
        raise translated(error, secret) from None


def _of_server(error: DBAPIError, secret: str) -> StoreError:
    words = str(error.orig).strip() or type(error.orig).__name__
    state = state_of(error)
    if not state:
        found = (state for said, state in _REFUSALS.items() if said in words)
        state = next(found, "")
    kind = _STATES.get(state) or _STATES.get(state[:2])
    if kind is None:
        # What has no statement failed before there was a connection; what the driver
        # says without a state it says itself, as no server answers.
        lost = error.connection_invalidated or error.statement is None
        lost = lost or isinstance(error, OperationalError)
        kind = _NO_CONNECTION if lost and not state else _UNKNOWN
    first = words.splitlines()[0].strip()
    return _made(kind, first.replace(secret, _HIDDEN) if secret else first)


def _made(kind: Kind, more: str = "") -> StoreError:
    made, said = kind
    return made(f"{said} ({more})" if more else said)
