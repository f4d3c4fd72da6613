"""The payloads of one commit as one piece of bytes, and back, byte for byte."""

from collections.abc import Iterable
from struct import Struct
from typing import Final
from zlib import crc32

from missionkit.domain.history import Commit, Payload
from missionkit.errors import CorruptStoreError

_SIZES: Final = Struct(">iI")  # of the salt, -1 where all is erased, and of the data
_ERASED: Final = -1
# Stands last, and instead of the size of data the checksum of the header follows it. No
# text ends like this, so that what was packed without it is not taken for it.
_CHECK: Final = -2
_MARK: Final = _SIZES.pack(_CHECK, 0)[:4]


def packed(payloads: Iterable[Payload | None]) -> bytes:
    """Return payloads as bytes: of each the sizes of its parts, and the parts."""
    parts = []
    for each in payloads:
        if each is None:
            parts.append(_SIZES.pack(_ERASED, 0))
        else:
            parts += [_SIZES.pack(len(each.salt), len(each.data)), each.salt, each.data]
    return b"".join(parts)


def packed_of(commit: Commit) -> bytes:
    """Return the payloads of a commit as bytes, with a checksum of its header."""
    return packed(commit.payloads) + _SIZES.pack(_CHECK, crc32(commit.header))


def refuse_changed(header: bytes, data: bytes) -> None:
    """Raise `CorruptStoreError` where a header is not what its payloads came with.

    Of the newest commit nobody else can tell: no other one names its hash yet.
    """
    if _has_check(data) and _SIZES.unpack(data[-_SIZES.size :])[1] != crc32(header):
        raise CorruptStoreError("its header is not the one that was written")


def unpacked(data: bytes) -> tuple[Payload | None, ...]:
    """Return the payloads that bytes hold.

    Raises:
        CorruptStoreError: the bytes are none that were packed.
    """
    found: list[Payload | None] = []
    at, whole = 0, len(data) - (_SIZES.size if _has_check(data) else 0)
    if whole >= _SIZES.size:
        # Most commits put one element, and a long history has very many of these.
        salt, size = _SIZES.unpack_from(data)
        middle = _SIZES.size + salt
        if salt >= 0 and middle + size == whole:
            return (Payload(data[_SIZES.size : middle], data[middle:whole]),)
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


def _has_check(data: bytes) -> bool:
    return data[-_SIZES.size : -4] == _MARK
