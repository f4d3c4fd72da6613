"""Which databases a SQL store takes: those that have its tables, or may get them."""

from typing import Final

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.schema import CreateTable

from missionkit.errors import (
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.stores.sql.rows import DIALECTS, Rows
from missionkit.stores.sql.tables import VERSION, Tables
from missionkit.stores.sqlite.schema import APPLICATION

# Any number that hardly anybody else locks: it is that of our files in SQLite.
_LOCK: Final = APPLICATION


def refuse_unfit(connection: Connection) -> None:
    """Raise `StoreError` for a database that this store is not proved on."""
    dialect = connection.dialect
    if dialect.name not in DIALECTS or dialect.is_async:
        raise StoreUnavailableError(
            f"the store does not know {dialect.name} through {dialect.driver}: use"
            " PostgreSQL through psycopg, or SQLite"
        )
    if dialect.name == "postgresql":
        refuse_encoding(str(connection.scalar(text("SHOW server_encoding"))))
    else:
        if getattr(connection.connection.dbapi_connection, "autocommit", 0) is True:
            said = "a store needs transactions: leave autocommit=True out"
            raise StoreUnavailableError(said)
        mark = connection.scalar(text("PRAGMA application_id"))
        if mark == APPLICATION:
            raise StoreVersionError(
                "the file belongs to a store that is opened by its path alone"
            )


def refuse_encoding(encoding: str) -> None:
    """Raise `StoreError` for one that cannot hold every name."""
    if encoding != "UTF8":
        raise StoreUnavailableError(
            f"the database keeps text as {encoding}: make one with ENCODING 'UTF8'"
        )


def prepare(connection: Connection, tables: Tables, *, create: bool) -> None:
    """Make the tables that are missing, if they may be made, or refuse the database.

    Raises:
        StoreUnavailableError: a table is missing, and none is to be made.
        StoreVersionError: the tables are of a version that is not known here.
    """
    missing = _missing(connection, tables)
    if missing and not create:
        raise StoreUnavailableError(
            f"the database has no table {missing[0]}: open it once with create=True,"
            " or let your migrations make METADATA of missionkit.stores.sql.tables"
        )
    if missing:
        _make(connection, tables)
    rows = Rows(connection, tables)
    if create and _version(connection, tables) is None:
        rows.insert_if_absent(tables.store, version=VERSION)
    found = _version(connection, tables)
    # Migrations make the tables empty: who may not write takes them for its own.
    if found is not None and found != VERSION:
        raise StoreVersionError(
            f"the store has version {found}, and {VERSION} is the one known here:"
            " install the missionkit that made it, or a newer one"
        )


def _missing(connection: Connection, tables: Tables) -> list[str]:
    there = inspect(connection)
    return [
        table.name
        for table in tables.metadata.sorted_tables
        if not there.has_table(table.name, schema=table.schema)
    ]


def _make(connection: Connection, tables: Tables) -> None:
    if connection.dialect.name == "postgresql":
        # Two that make a table at once disturb one another, even if it may be there.
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    for table in tables.metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))


def _version(connection: Connection, tables: Tables) -> int | None:
    found: int | None = connection.scalar(select(func.max(tables.store.c.version)))
    return found
