"""Which store a place names: memory, a SQLite file, a folder, or a database."""

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from missionkit.errors import StoreUnavailableError
from missionkit.ports.store import Store

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://")
_MEMORY: Final = ":memory:"


def opened(
    place: str | os.PathLike[str], *, read_only: bool = False, strict: bool = True
) -> Store:
    """Return the store at a place; with *read_only* nothing is written there.

    Without *strict*, damage in one stream keeps nobody from reading the others.

    Raises:
        StoreError: nothing can be kept there, or nothing here knows how.
        MissingExtraError: what reaches a database is not installed.
    """
    named = os.fspath(place)
    if not named:
        raise StoreUnavailableError("a workspace needs a place: a path, or :memory:")
    if named == _MEMORY:
        return _made("memory", "MemoryStore")
    if is_database(named):
        return _in_database(named, read_only=read_only)
    if named.endswith(("/", os.sep)) or Path(named).is_dir():
        return _made(
            "folder.store", "FolderStore", named, read_only=read_only, strict=strict
        )
    return _made(
        "sqlite.store", "SqliteStore", named, read_only=read_only, strict=strict
    )


def is_database(place: str | os.PathLike[str]) -> bool:
    """Return whether a place is the address of a database, and not a path."""
    return _SCHEME.match(os.fspath(place)) is not None


def _in_database(url: str, *, read_only: bool) -> Store:
    from missionkit.stores.sql.store import SqlStore  # noqa: PLC0415 - as below

    return SqlStore.at(url, read_only=read_only)


def _made(module: str, name: str, *arguments: str, **options: bool) -> Store:
    # Imported when it is needed, so that one store does not load the others.
    found = import_module(f"missionkit.stores.{module}")
    return cast("Store", getattr(found, name)(*arguments, **options))
