"""The payloads of one commit as one piece of bytes, and back, byte for byte."""

from collections.abc import Iterable
from struct import Struct
from typing import Final

from missionkit.domain.history import Payload
from missionkit.errors import CorruptStoreError

_SIZES: Final = Struct(">iI")  # of the salt, -1 where all is erased, and of the data
_ERASED: Final = -1


def packed(payloads: Iterable[Payload | None]) -> bytes:
    """Return payloads as bytes: of each the sizes of its parts, and the parts."""
    parts = []
    for each in payloads:
        if each is None:
            parts.append(_SIZES.pack(_ERASED, 0))
        else:
            parts += [_SIZES.pack(len(each.salt), len(each.data)), each.salt, each.data]
    return b"".join(parts)


def unpacked(data: bytes) -> tuple[Payload | None, ...]:
    """Return the payloads that bytes hold.

    Raises:
        CorruptStoreError: the bytes are none that were packed.
    """
    found: list[Payload | None] = []
    at, whole = 0, len(data)
    if whole >= _SIZES.size:
        # Most commits put one element, and a long history has very many of these.
        salt, size = _SIZES.unpack_from(data)
        middle = _SIZES.size + salt
        if salt >= 0 and middle + size == whole:
            return (Payload(data[_SIZES.size : middle], data[middle:]),)
    while at < whole:
        if whole < at + _SIZES.size:
            raise CorruptStoreError("the payloads of a commit are cut off")
        salt, size = _SIZES.unpack_from(data, at)
        at += _SIZES.size
        if salt == _ERASED:
            found.append(None)
            continue
        middle = at + salt
        end = middle + size
        if salt < 0 or whole < end:
            raise CorruptStoreError("the payloads of a commit are cut off")
        found.append(Payload(data[at:middle], data[middle:end]))
        at = end
    return tuple(found)
