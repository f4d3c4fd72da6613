"""The tables of a SQL store, for its own use and for the migrations of a host.

A host whose migrations make them gives `METADATA`, or `tables_in("a_schema").metadata`,
to its tool beside its own.
"""

from functools import cache
from typing import Final

from attrs import frozen
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION: Final = 1
"""The version of the tables, which their own row says."""

# Names sort by code point, whatever the database sorts by.
_NAME: Final = Text().with_variant(Text(collation="C"), "postgresql")


@frozen
class Tables:
    """The tables in one schema of a database."""

    metadata: MetaData
    streams: Table
    commits: Table
    snapshots: Table
    store: Table
    quarantine: Table


@cache
def tables_in(schema: str | None = None) -> Tables:
    """Return the tables in a schema, or in the one that the database takes first."""
    metadata = MetaData(schema=schema)
    return Tables(
        metadata,
        Table(
            "missionkit_streams",
            metadata,
            Column("stream", _NAME, primary_key=True),
            Column("count", BigInteger, nullable=False),
        ),
        Table(
            "missionkit_commits",
            metadata,
            Column("stream", _NAME, primary_key=True),
            Column("sequence", BigInteger, primary_key=True, autoincrement=False),
            Column("id", _NAME, nullable=False),
            Column("header", LargeBinary, nullable=False),
            Column("payloads", LargeBinary, nullable=False),
            UniqueConstraint("stream", "id", name="missionkit_commits_id"),
        ),
        Table(
            "missionkit_snapshots",
            metadata,
            Column("stream", _NAME, primary_key=True),
            Column("sequence", BigInteger, nullable=False),
            Column("head", Text, nullable=False),
            Column("data", LargeBinary, nullable=False),
        ),
        Table(
            "missionkit_store",
            metadata,
            Column("version", Integer, primary_key=True, autoincrement=False),
        ),
        Table(
            "missionkit_quarantine",
            metadata,
            Column("stream", _NAME, primary_key=True),
            Column("number", BigInteger, primary_key=True, autoincrement=False),
            Column("what", Text, primary_key=True),
            Column("sequence", BigInteger, primary_key=True, autoincrement=False),
            Column("id", Text),
            Column("header", LargeBinary),
            Column("payloads", LargeBinary, nullable=False),
        ),
    )


METADATA: Final = tables_in().metadata
"""The tables in the schema that the database takes first."""
