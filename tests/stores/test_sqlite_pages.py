"""Pages that are damaged are passed over, row by row."""

import pytest

from missionkit.stores.sqlite.pages import pages_of

SIZE = 512
LEAF = 13


def page(cell: bytes, at: int) -> bytes:
    """Return a file of one page, which has one cell."""
    data = bytearray(SIZE)
    data[16:18] = SIZE.to_bytes(2, "big")
    data[100] = LEAF
    data[103:105] = (1).to_bytes(2, "big")
    data[108:110] = at.to_bytes(2, "big")
    data[at : at + len(cell)] = cell
    return bytes(data)


def test_a_row_is_read() -> None:
    record = bytes([2, 8])  # a header of two bytes, and the number 0
    (row,) = pages_of(page(bytes([len(record), 7]) + record, 400)).rows()

    assert (row.number, row.values) == (7, (0,))


LARGE = bytes([0x83, 0x74, 7])
"""The head of a cell of 500 bytes, of which 39 are here and the rest elsewhere."""


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        (LARGE, 500),  # where it goes on would stand beyond the end of the file
        (LARGE, 300),  # it goes on before the first page
        (LARGE + bytes(39) + bytes([0, 0, 0, 9]), 300),  # on a page that is not there
        (bytes([0x87, 0x68, 7]), 300),  # it is larger than the file
        (bytes([2, 7, 2, 112]), 300),  # its value is longer than the row
        (bytes([3, 7, 3, 0x80, 0x80]), 300),  # a number in it has no end
    ],
)
def test_a_row_that_cannot_be_read_is_passed_over(cell: bytes, at: int) -> None:
    assert list(pages_of(page(cell, at)).rows()) == []
