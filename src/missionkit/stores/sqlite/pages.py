"""The pages of a SQLite file, read one by one as its format says, without SQLite.

So a damaged page costs no more than what lies on it, and it is known at which byte each
row lies. https://www.sqlite.org/fileformat2.html says what is read here.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from attrs import frozen

Value: TypeAlias = int | float | bytes | None
"""What a column holds; text is its bytes, which may be damaged."""

_HEAD: Final = 100
_USUAL: Final = 4096
_SMALLEST: Final = 512
_LARGEST: Final = 65536
_ROWS: Final = 13
_KEYS: Final = (2, 10)
_INNERS: Final = (2, 5)
_KINDS: Final = (2, 5, 10, 13)
_OTHERS: Final = frozenset({0, 2, 5, 10})
_INNER: Final = 2
_MOST_BYTES: Final = 9
_MORE: Final = 0x80
_WIDTHS: Final = (0, 1, 2, 3, 4, 6, 8)
_FLOAT: Final = 7
_ZERO: Final = 8
_ONE: Final = 9
_BLOBS: Final = 12


@frozen
class Row:
    """A row of a table, or an entry of an index: where it lies, and what it holds."""

    byte: int
    number: int
    values: tuple[Value, ...]


@frozen
class Pages:
    """A whole file, whose pages have a size of which some bytes are not used."""

    data: bytes
    size: int
    unused: int = 0

    def rows(self) -> Iterator[Row]:
        """Yield every row that can be read, of whatever table."""
        for start, head in self._starts():
            # A page whose kind is damaged may hold rows all the same.
            if self.data[head] == _ROWS or self.data[head] not in _OTHERS:
                yield from self._on_page(start, head, is_table=True)

    def entries(self) -> Iterator[Row]:
        """Yield every entry that can be read, of whatever index."""
        for start, head in self._starts():
            if self.data[head] in _KEYS:
                yield from self._on_page(start, head, is_table=False)

    def broken(self) -> Iterator[int]:
        """Yield where the pages begin that a tree leads to, and that are none of it."""
        waiting = [0, *self._roots()]
        seen = set[int]()
        while waiting:
            start = waiting.pop()
            if start in seen or start < 0:
                continue
            seen.add(start)
            head = start or _HEAD
            whole = start + self.size <= len(self.data)
            if not whole or self.data[head] not in _KINDS:
                yield start
            elif self.data[head] in _INNERS:
                waiting += self._below(start, head)

    def _roots(self) -> Iterator[int]:
        """Yield where the trees begin of which the schema knows."""
        for row in self.rows():
            match row.values:
                case (bytes(), bytes(), bytes(), int() as number, _):
                    yield (number - 1) * self.size

    def _below(self, start: int, head: int) -> Iterator[int]:
        count = min(self._number(head + 3, 2), self.size // 2)
        for at in range(head + 12, min(head + 12 + 2 * count, start + self.size), 2):
            byte = start + self._number(at, 2)
            if byte + 4 <= len(self.data):
                yield self._start_of(byte)
        yield self._start_of(head + 8)

    def _starts(self) -> Iterator[tuple[int, int]]:
        """Yield where each whole page in use begins, and where its header does."""
        free = self._free()
        for start in range(0, len(self.data) - self.size + 1, self.size):
            if start not in free:
                yield start, start or _HEAD

    def _free(self) -> set[int]:
        """Return where the pages begin that are not in use: what they say is old."""
        free = set[int]()
        if len(self.data) < self.size:
            return free
        start = self._start_of(32)
        while 0 < start < len(self.data) - self.size + 1 and start not in free:
            free.add(start)
            many = min(self._number(start + 4, 4), self.size // 4 - 2)
            free.update(self._start_of(start + 8 + 4 * each) for each in range(many))
            start = self._start_of(start)
        return free

    def _on_page(self, start: int, head: int, *, is_table: bool) -> Iterator[Row]:
        inner = self.data[head] == _INNER
        first = head + (12 if inner else 8)
        count = min(self._number(head + 3, 2), (start + self.size - first) // 2)
        for at in range(first, first + 2 * count, 2):
            byte = start + self._number(at, 2)
            if not head < byte < start + self.size:
                continue
            try:
                found = self._cell(byte, 4 * inner, is_table=is_table)
            except (ValueError, IndexError):
                continue
            yield found

    def _cell(self, byte: int, skipped: int, *, is_table: bool) -> Row:
        whole, at = self._varint(byte + skipped)
        number = 0
        if is_table:
            number, at = self._varint(at)
        record = self._payload(at, whole, is_table=is_table)
        return Row(byte, number, tuple(_values(record)))

    def _payload(self, at: int, whole: int, *, is_table: bool) -> bytes:
        """Return what a cell holds, also what lies on further pages."""
        if whole > len(self.data):
            raise ValueError(whole)
        here = self._local(whole, is_table=is_table)
        parts = [self.data[at : at + here]]
        left, pointer = whole - here, at + here
        room = self.size - self.unused - 4
        while left > 0:
            start = self._start_of(pointer)
            if start <= 0:
                raise ValueError(start)
            parts.append(self.data[start + 4 : start + 4 + min(room, left)])
            if not parts[-1]:
                raise ValueError(start)
            left, pointer = left - len(parts[-1]), start
        return b"".join(parts)

    def _local(self, whole: int, *, is_table: bool) -> int:
        """Return how many bytes of a payload lie in the cell itself."""
        usable = self.size - self.unused
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if whole <= most:
            return whole
        least = (usable - 12) * 32 // 255 - 23
        found = least + (whole - least) % (usable - 4)
        return found if found <= most else least

    def _start_of(self, at: int) -> int:
        """Return where the page begins whose number stands at a byte."""
        return (self._number(at, 4) - 1) * self.size

    def _number(self, at: int, width: int) -> int:
        found = self.data[at : at + width]
        if len(found) < width:
            raise IndexError(at)
        return int.from_bytes(found, "big")

    def _varint(self, at: int) -> tuple[int, int]:
        return _varint(self.data, at)


def pages_of(data: bytes) -> Pages:
    """Return the pages of a file; where its header is damaged, as most can be read."""
    told = int.from_bytes(data[16:18], "big")
    told = _LARGEST if told == 1 else told
    fits = _SMALLEST <= told <= _LARGEST and not told & (told - 1)
    unused = data[20] if len(data) >= _HEAD else 0
    sizes = [Pages(data, told, unused), Pages(data, told)] if fits else []
    tries = [*dict.fromkeys([*sizes, Pages(data, _USUAL)])]
    if len(tries) == 1:
        return tries[0]
    return max(tries, key=lambda pages: sum(1 for _ in pages.rows()))


def _values(record: bytes) -> Iterator[Value]:
    end, at = _varint(record, 0)
    kinds = []
    while at < end:
        kind, at = _varint(record, at)
        kinds.append(kind)
    for kind in kinds:
        size = _size(kind)
        piece = record[at : at + size]
        if len(piece) < size:
            raise ValueError(size)
        at += size
        yield _value(kind, piece)


def _size(kind: int) -> int:
    if kind >= _BLOBS:
        return (kind - _BLOBS) // 2
    if kind < len(_WIDTHS):
        return _WIDTHS[kind]
    return 8 if kind == _FLOAT else 0


def _value(kind: int, piece: bytes) -> Value:
    if kind >= _BLOBS:
        return piece
    if kind == _FLOAT:
        return 0.0  # no column of ours has one, so which is no matter
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    return int.from_bytes(piece, "big", signed=True) if piece else None


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where what follows begins."""
    found = 0
    for count in range(1, _MOST_BYTES + 1):
        byte = data[at]
        at += 1
        if count == _MOST_BYTES:
            return found << 8 | byte, at
        found = found << 7 | byte & ~_MORE
        if byte < _MORE:
            break
    return found, at
