"""The folder of a store: recognized by its mark, or made, or refused."""

import json
import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from missionkit.domain.history import read_json
from missionkit.errors import (
    CorruptStoreError,
    StoreUnavailableError,
    StoreVersionError,
)
from missionkit.markup import shown
from missionkit.stores.folder.faults import has_commits
from missionkit.stores.folder.files import (
    Folder,
    close_quietly,
    flush_folder,
    flush_parent,
    link_file,
    names_in,
    read_file,
    remove_file,
    remove_quietly,
    state_of,
    write_file,
)
from missionkit.stores.folder.locks import folder_locked
from missionkit.stores.folder.paths import may_hold_streams

MARK: Final = "missionkit.json"
VERSION: Final = 1

_MARK: Final = json.dumps({"store": "missionkit", "version": VERSION}).encode() + b"\n"
_PASSING: Final = ".missionkit.tmp"
_FILES: Final = {
    ".gitattributes": b"# Commits are kept byte for byte.\n*.json -text\n",
    ".gitignore": (
        b"# What is passing, or made anew from the commits.\n"
        b"*.tmp\n*.lck\npending.json\nsnapshot.bin\n"
    ),
}
_NEEDED: Final = frozenset(
    getattr(os, name, None)
    for name in ("open", "mkdir", "link", "rename", "stat", "unlink")
)


def opened_root(
    path: Path, *, wait: float, read_only: bool, strict: bool = True
) -> int:
    """Return a descriptor of the folder of a store, which is made if need be.

    Without *strict* the mark may be damaged or gone, if there are commits.

    Raises:
        StoreUnavailableError: no store is there, and none can be made.
        StoreVersionError: another version made it, or another program.
    """
    refuse_platform()
    fd = _opened(path, make=not read_only)
    try:
        root = Folder(fd)
        if strict or not mark_fault(root) or not has_commits(root):
            _prepare(root, path, wait=wait, read_only=read_only)
    except BaseException:
        close_quietly(fd)
        raise
    return fd


def refuse_platform() -> None:
    """Raise `StoreUnavailableError` where files cannot be opened safely."""
    flags = hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
    if not flags or find_spec("fcntl") is None or _NEEDED - os.supports_dir_fd:
        raise StoreUnavailableError(
            "a folder store needs a system that opens files inside of folders and"
            " locks them, as Linux and macOS do: use a SQLite file here"
        )


def _opened(path: Path, *, make: bool) -> int:
    how = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    try:
        try:
            return os.open(path, how)
        except FileNotFoundError:
            if not make:
                raise
        with suppress(FileExistsError):
            path.mkdir()
        return os.open(path, how)
    except FileNotFoundError as error:
        said = f"there is no store {shown(str(path))}"
        if make:
            said = f"there is no folder {shown(str(path.parent))}: make it first"
        raise StoreUnavailableError(said) from error
    except NotADirectoryError as error:
        said = f"{shown(str(path))} is no folder: name one"
        raise StoreUnavailableError(said) from error
    except ValueError as error:
        said = f"{shown(str(path))} cannot be the path of a store ({error})"
        raise StoreUnavailableError(said) from error


def _prepare(root: Folder, path: Path, *, wait: float, read_only: bool) -> None:
    if _is_marked(root):
        if not read_only:
            # Whoever made the store may have died before it was gone.
            remove_quietly(root, _PASSING)
        return
    if read_only:
        said = f"no store was ever made in {shown(str(path))}"
        raise StoreUnavailableError(said)
    _make(root, path, wait)


def mark_fault(root: Folder) -> str:
    """Return what is wrong with the mark of a store; nothing where it is there."""
    try:
        return "" if _is_marked(root) else f"{MARK}, the mark of the store, is missing"
    except CorruptStoreError as error:
        return error.what


def put_mark(root: Folder) -> None:
    """Mark a folder as that of a store, unless it is."""
    _put(root, MARK, _MARK)
    flush_folder(root)


def _is_marked(root: Folder) -> bool:
    data = read_file(root, MARK)
    if data is None:
        return False
    try:
        facts = read_json(data)
        ours, version = facts["store"] == "missionkit", facts["version"]
    except (ValueError, LookupError, TypeError) as error:
        raise CorruptStoreError(f"{MARK}, the mark of the store, is damaged") from error
    if not ours or type(version) is not int or version < 1:
        raise StoreVersionError("the folder is that of another program")
    if version > VERSION:
        raise StoreVersionError(
            f"the store has version {version}, and {VERSION} is the newest known here:"
            " install a newer missionkit"
        )
    return True


def _make(root: Folder, path: Path, wait: float) -> None:
    with folder_locked(root.fd, wait):
        # Another process may have done it while we waited.
        if _is_marked(root):
            return
        _refuse_filled(root, path)
        _refuse_inside(path)
        # Whoever made the folder may have died before it was on disk.
        flush_parent(root)
        for name, data in _FILES.items():
            if state_of(root, name) is None:
                _put(root, name, data)
        flush_folder(root)
        _put(root, MARK, _MARK)
        flush_folder(root)


def _refuse_filled(root: Folder, path: Path) -> None:
    # Git and others keep what is theirs under names that begin with a dot.
    others = sorted(name for name in names_in(root) if not name.startswith("."))
    if others:
        raise StoreUnavailableError(
            f"{shown(str(path))} holds {shown(others[0])} and is no store, for it has"
            f" no {MARK}: name an empty folder, or bring that file back"
        )


def _refuse_inside(path: Path) -> None:
    """Raise where another store would take the folders of this one for its streams."""
    here = Path(os.path.realpath(path))
    for outer in here.parents:
        between = here.relative_to(outer).parts
        # Where we may not look nobody has a store that we could use.
        if all(map(may_hold_streams, between)) and os.path.exists(outer / MARK):  # noqa: PTH110 - as said
            raise StoreUnavailableError(
                f"{shown(str(path))} lies in the store {shown(str(outer))}, which would"
                " take it for streams: name a folder outside of that"
            )


def _put(root: Folder, name: str, data: bytes) -> None:
    write_file(root, _PASSING, data)
    with suppress(FileExistsError):
        link_file(root, _PASSING, name)
    remove_file(root, _PASSING)
