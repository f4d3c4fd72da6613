"""Which store a place names: memory, a SQLite file, a folder, or a database."""

import os
import re
from importlib import import_module
from typing import Final, cast

from missionkit.errors import StoreUnavailableError
from missionkit.ports.store import Store

# As an address may be written by hand: none is taken for a path, for then a password in
# it would stand in messages.
_SCHEME: Final = re.compile(r"\s*[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# Whatever a password has in it, up to the last that can end it.
_PASSWORD: Final = re.compile(
    r"(://[^:/@]*:).*(?=@)|([?&]\w*password=)[^&]*", re.IGNORECASE | re.DOTALL
)
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
    # A path that is too long is no folder either, and raises nothing so.
    if named.endswith(("/", os.sep)) or os.path.isdir(named):  # noqa: PTH112 - as said
        return _made(
            "folder.store", "FolderStore", named, read_only=read_only, strict=strict
        )
    return _made(
        "sqlite.store", "SqliteStore", named, read_only=read_only, strict=strict
    )


def is_database(place: str | os.PathLike[str]) -> bool:
    """Return whether a place is the address of a database, and not a path."""
    return _SCHEME.match(os.fspath(place)) is not None


def without_password(place: str) -> str:
    """Return a place as it may be shown to anybody."""
    return _PASSWORD.sub(r"\1\2***", place)


def _in_database(url: str, *, read_only: bool) -> Store:
    from missionkit.stores.sql.store import SqlStore  # noqa: PLC0415 - as below

    return SqlStore.at(url, read_only=read_only)


def _made(module: str, name: str, *arguments: str, **options: bool) -> Store:
    # Imported when it is needed, so that one store does not load the others.
    found = import_module(f"missionkit.stores.{module}")
    return cast("Store", getattr(found, name)(*arguments, **options))
