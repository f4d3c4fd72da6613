"""Where a stream lies in a folder: its name as the names of folders, and back.

No two names share a folder, also where a file system takes small and capital letters,
or two ways to write an accent, for the same. No name leads out of the store.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.errors import StoreError
from missionkit.markup import shown

LONGEST: Final = 200
"""How long the name of one folder may be; longer ones go on in a folder inside."""
FARTHEST: Final = 4000
"""How long the path of a stream may be: what programs can open in one step."""

_PLAIN: Final = b"abcdefghijklmnopqrstuvwxyz0123456789_-"
_WRITTEN: Final = tuple(
    chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in range(256)
)
_EMPTY: Final = "%"
_GOES_ON: Final = "+"
_CODE: Final = re.compile(r"%([0-9a-f]{2})")
_FOLDER: Final = re.compile(r"[a-z0-9_%+-]{1,200}").fullmatch


def folders_of(stream: str) -> tuple[str, ...]:
    """Return the folders, one in another, in which a stream lies.

    Raises:
        StoreError: the name is no text, or longer than a path can be.
    """
    try:
        segments = stream.encode().split(b"/")
    except UnicodeEncodeError as error:
        raise StoreError("the name of a stream is no text") from error
    if "\0" in stream:
        raise StoreError(f"the name of a stream has a NUL in it: {shown(stream)}")
    folders = tuple(folder for each in segments for folder in _folders(each))
    if sum(map(len, folders)) + len(folders) > FARTHEST:
        said = f"the path of stream {shown(stream)} has more than {FARTHEST} letters"
        raise StoreError(f"{said}: take a shorter name")
    return folders


def stream_of(folders: Sequence[str]) -> str | None:
    """Return the stream that lies in folders; None where none can lie there."""
    joined = "/".join(folders).replace(f"{_GOES_ON}/", "")
    segments = ["" if each == _EMPTY else each for each in joined.split("/")]
    written = _CODE.sub(lambda hit: chr(int(hit[1], 16)), "/".join(segments))
    try:
        stream = written.encode("latin-1").decode()
        # What another program made may mean the same, and is not where we look.
        return stream if folders_of(stream) == tuple(folders) else None
    except (UnicodeError, StoreError):
        return None


def may_hold_streams(name: str) -> bool:
    """Return whether a folder has a name that we give."""
    return bool(_FOLDER(name))


def _folders(segment: bytes) -> Iterator[str]:
    rest = "".join(_WRITTEN[byte] for byte in segment) or _EMPTY
    while len(rest) > LONGEST:
        cut = LONGEST - len(_GOES_ON)
        yield rest[:cut] + _GOES_ON
        rest = rest[cut:]
    yield rest
