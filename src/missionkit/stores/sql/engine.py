"""An engine of a store's own, for a place that is named by a URL."""

import math
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from missionkit.errors import MissingExtraError, StoreUnavailableError
from missionkit.markup import shown

_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_IN_MEMORY: Final = (None, "", ":memory:")
_PRAGMAS: Final = (
    # Power may fail: the folder that had the journal is flushed, too.
    "synchronous = EXTRA",
    # What is erased is overwritten, and so is an old snapshot.
    "secure_delete = ON",
    # A file that somebody else made does no harm.
    "cell_size_check = ON",
    "trusted_schema = OFF",
)


def engine_at(place: str, *, wait: float, read_only: bool) -> Engine:
    """Return an engine for a URL; it connects when it is used.

    Raises:
        StoreUnavailableError: it is no URL of a database that is known.
        MissingExtraError: the driver of PostgreSQL is not installed.
    """
    url = _parsed(place)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, wait, read_only=read_only)
    options = {}
    if url.drivername == _DRIVERS["postgresql"]:
        options["connect_args"] = {
            "connect_timeout": max(2, math.ceil(wait)),
            "fallback_application_name": "missionkit",
        }
    return _made(url, wait, options)


def _parsed(place: str) -> URL:
    if "\0" in place:
        raise StoreUnavailableError("the URL of the database has a NUL in it")
    try:
        url = make_url(place.strip())
    except (ArgumentError, ValueError):
        # What is wrong with it may show a part of the password.
        said = "the URL of the database cannot be read: scheme://user@host/database"
        raise StoreUnavailableError(said) from None
    if "@" in (url.host or ""):
        said = "the URL has two @: write that of a password as %40"
        raise StoreUnavailableError(said)
    driver = url.drivername.lower()
    return url.set(drivername=_DRIVERS.get(driver, driver))


def _sqlite(url: URL, wait: float, *, read_only: bool) -> Engine:
    if url.database in _IN_MEMORY or url.query.get("mode") == "memory":
        said = "a database in memory is another one for each connection: use :memory:"
        raise StoreUnavailableError(said)
    path = Path(str(url.database)).absolute()
    if read_only and "uri" not in url.query:
        if not path.is_file():
            raise StoreUnavailableError(f"there is no store {shown(str(path))}")
        url = url.set(database=path.as_uri(), query={"mode": "ro", "uri": "true"})
    given = {"connect_args": {"timeout": wait}, "poolclass": QueuePool}
    engine = _made(url, wait, given)
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(db: Any, _record: object) -> None:  # noqa: ANN401 - any driver's connection
    for pragma in _PRAGMAS:
        db.execute(f"PRAGMA {pragma}")


def _made(url: URL, wait: float, options: dict[str, Any]) -> Engine:
    try:
        return create_engine(url, pool_timeout=wait, hide_parameters=True, **options)
    except ModuleNotFoundError as error:
        if error.name == "psycopg":
            raise MissingExtraError("postgres") from error
        said = f"the driver of {url.drivername} is not installed"
        raise StoreUnavailableError(said) from error
    except (SQLAlchemyError, TypeError, ValueError):
        said = f"nothing here knows a database by {url.drivername}"
        raise StoreUnavailableError(said) from None
