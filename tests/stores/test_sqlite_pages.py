"""Pages that are damaged are passed over, row by row."""

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


def test_a_row_that_goes_on_beyond_the_end_of_the_file_is_passed_over() -> None:
    goes_on = bytes([0x83, 0x74, 7])  # 500 bytes, most of them on another page

    assert list(pages_of(page(goes_on, 500)).rows()) == []
