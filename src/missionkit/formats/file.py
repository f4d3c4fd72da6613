"""Files: read up to a limit, written whole or not at all."""

import errno
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, Protocol, TypeAlias

from missionkit.errors import (
    DocumentError,
    LimitError,
    NotFoundError,
    StoreFullError,
    StoreUnavailableError,
)
from missionkit.formats.codes import NO_FILE, NO_SOURCE, TOO_LONG, UNREADABLE
from missionkit.issue import Source, nearest
from missionkit.markup import one_line, shortened, shown


class Stream(Protocol):
    """An open file, or anything else that gives its bytes or text bit by bit."""

    def read(self, size: int, /) -> bytes | str | None:
        """Return at most *size* bytes or letters; nothing at the end."""
        ...


Readable: TypeAlias = str | os.PathLike[str] | bytes | Stream
"""Where a document comes from: a path, its bytes, or an open stream."""

LARGEST: Final = 16 * 2**20
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MOST_TRIES: Final = 1_000
# A shell hands over what another command writes as one of these: `check <(command)`.
_HANDED_OVER: Final = re.compile(r"/dev/(stdin|fd/\d+)|/proc/(self|\d+)/fd/\d+")


def name_of(source: Readable) -> str:
    """Return the name by which issues call a source; nothing for bytes."""
    if isinstance(source, str | os.PathLike):
        return one_line(os.fspath(source))
    name = getattr(source, "name", "")
    return one_line(name) if isinstance(name, str) else ""


def read_bytes(source: Readable, *, name: str = "", largest: int = LARGEST) -> bytes:
    """Return the bytes of a source, of which no more than the limit is ever read.

    Raises:
        NotFoundError: there is no such file; the nearest names are those beside it.
        LimitError: it is larger than *largest* bytes.
        DocumentError: it is a folder or a named pipe, or cannot be read.
    """
    called = name or name_of(source)
    if not _is_readable(source):
        issue = NO_SOURCE.issue(f"{shown(source)} is no source", value=source)
        raise DocumentError((issue,))
    _refuse_named_pipe(source, called)
    try:
        data = _read(source, largest)
    except (OSError, ValueError) as error:
        _refuse(source, called, error)
    if len(data) > largest:
        said = f"the document has more than {largest} bytes, which is the limit"
        issue = TOO_LONG.issue(said, source=Source(file=called))
        raise LimitError((issue,))
    return data


def opened(path: str | os.PathLike[str], *, name: str = "") -> BinaryIO:
    """Return a file opened for reading its bytes bit by bit, for the caller to close.

    Raises:
        NotFoundError: there is no such file; the nearest names are those beside it.
        DocumentError: it is a folder or a named pipe, or cannot be read.
    """
    called = name or name_of(path)
    _refuse_named_pipe(path, called)
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        _refuse(path, called, error)


def _is_readable(source: object) -> bool:
    plain = isinstance(source, str | os.PathLike | bytes | bytearray | memoryview)
    return plain or callable(getattr(source, "read", None))


def _refuse_named_pipe(source: Readable, called: str) -> None:
    if _is_named_pipe(source):
        said = f"{called} is a named pipe, and no file"
        fix = "lead it into the standard input, and name that: -"
        issue = NO_FILE.issue(said, fix=fix, source=Source(file=called))
        raise DocumentError((issue,))


def _is_named_pipe(source: Readable) -> bool:
    """Return whether opening a path would wait for a writer, who may never come."""
    if not isinstance(source, str | os.PathLike):
        return False
    place = os.fsdecode(source)
    with suppress(OSError, ValueError):  # reading it will say what is wrong
        is_pipe = stat.S_ISFIFO(Path(place).stat().st_mode)
        return is_pipe and not _HANDED_OVER.fullmatch(place)
    return False


def _read(source: Readable, largest: int) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        with Path(source).open("rb") as file:
            return file.read(largest + 1)
    return _drained(source, largest)


def _drained(stream: Stream, largest: int) -> bytes:
    """Return what is left in a stream; a raw one may give less than was asked for."""
    parts: list[bytes] = []
    left = largest + 1
    while left > 0:
        part = stream.read(left)
        if not part:
            break
        parts.append(part.encode() if isinstance(part, str) else bytes(part))
        left -= len(parts[-1])
    return b"".join(parts)


def _refuse(source: Readable, called: str, error: Exception) -> NoReturn:
    if isinstance(error, FileNotFoundError) and isinstance(source, str | os.PathLike):
        raise NotFoundError("file", called, _beside(Path(source))) from error
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        said = f"{shortened(called) or 'a path of no letters'} is no file"
        issue = NO_FILE.issue(said, source=Source(file=called))
        raise DocumentError((issue,)) from error
    reason = getattr(error, "strerror", None) or one_line(str(error))
    said = f"{shortened(called) or 'the stream'} cannot be read: {reason}"
    raise DocumentError(
        (UNREADABLE.issue(said, source=Source(file=called)),)
    ) from error


def _beside(path: Path) -> tuple[str, ...]:
    with suppress(OSError):
        return nearest(path.name, sorted(found.name for found in path.parent.iterdir()))
    return ()


def write_bytes(files: Mapping[Path, bytes]) -> None:
    """Write every file, or change none where one cannot be written.

    Each is written beside its place first and then put there in one step, so that
    nobody ever sees half a file. Folders that are missing are made.

    Raises:
        StoreFullError: no room is left.
        StoreUnavailableError: the system does not let us write there.
    """
    ready: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            ready[_place(path)] = _written_beside(_place(path), data)
        for path, temporary in ready.items():
            temporary.replace(path)
    except (OSError, ValueError) as error:
        _refuse_write(path, error)
    finally:
        for temporary in ready.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    """Return where a link leads; refuse folders, devices and the like."""
    place = path.resolve()
    if place.exists() and not place.is_file():
        raise FileExistsError(errno.EEXIST, "it is there, but is no file", str(path))
    return place


def _written_beside(path: Path, data: bytes) -> Path:
    temporary = _opened(path)
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _opened(path: Path) -> Path:
    """Return a new empty file beside *path* that nobody else has."""
    for number in range(_MOST_TRIES):
        temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}-{number}.part")
        with suppress(FileExistsError):
            temporary.touch(exist_ok=False)
            return temporary
    raise FileExistsError(errno.EEXIST, "too many unfinished files", str(path.parent))


def _refuse_write(path: Path, error: OSError | ValueError) -> NoReturn:
    reason = getattr(error, "strerror", None) or one_line(str(error))
    said = f"{one_line(str(path))} cannot be written: {reason}"
    if isinstance(error, OSError) and error.errno in _FULL:
        raise StoreFullError(said) from error
    raise StoreUnavailableError(said) from error
