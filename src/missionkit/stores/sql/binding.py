"""What a SQL store is given, and how it works on that."""

from sqlalchemy import Connection, Engine

from missionkit.errors import StoreUnavailableError
from missionkit.stores.sql.preparing import prepare, refuse_unfit
from missionkit.stores.sql.tables import Tables, tables_in
from missionkit.stores.sql.transactions import Own, Transactions, Within


def bound(
    bind: object, *, schema: str | None, wait: float, create: bool
) -> Transactions:
    """Return the transactions of a store, once the database has its tables."""
    tables = tables_in(schema)
    found = _transactions(bind, tables, wait)

    def prepared(connection: Connection) -> None:
        refuse_unfit(connection)
        prepare(connection, tables, create=create)

    found.prepare(prepared)
    return found


def _transactions(bind: object, tables: Tables, wait: float) -> Transactions:
    if isinstance(bind, Engine):
        return Own(bind, tables, wait)
    if isinstance(bind, Connection):
        return Within(bind, tables, wait)
    raise StoreUnavailableError(
        f"a {type(bind).__name__} cannot be used: give an Engine or a Connection of"
        " SQLAlchemy (of a session: session.connection())"
    )
