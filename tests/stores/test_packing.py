from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.history import Commit, Payload
from missionkit.errors import CorruptStoreError
from missionkit.stores.packing import packed, packed_of, refuse_changed, unpacked

payloads = st.builds(Payload, st.binary(max_size=40), st.binary(max_size=200))


@given(st.lists(st.none() | payloads, max_size=6))
def test_payloads_come_back_as_they_went(several: list[Payload | None]) -> None:
    assert unpacked(packed(several)) == tuple(several)


def test_the_form_is_fixed() -> None:
    data = packed([Payload(b"ab", b"xyz"), None, Payload(b"", b"")])

    assert data.hex() == (
        "0000000200000003" + b"abxyz".hex() + "ffffffff00000000" + "0000000000000000"
    )


@given(st.lists(st.none() | payloads, min_size=1, max_size=4), st.data())
def test_what_is_cut_off_is_told_or_fewer(
    several: list[Payload | None], draw: st.DataObject
) -> None:
    whole = packed(several)
    data = whole[: draw.draw(st.integers(0, len(whole) - 1))]
    try:
        found = unpacked(data)
    except CorruptStoreError:
        return
    assert found == tuple(several)[: len(found)]
    assert len(found) < len(several)


@pytest.mark.parametrize(
    "data", [b"\0", b"\0" * 7, b"\xff\xff\xff\xfd" + b"\0" * 4, b"\x7f" * 8, b"\0" * 9]
)
def test_what_was_never_packed_is_told(data: bytes) -> None:
    with pytest.raises(CorruptStoreError, match="cut off"):
        unpacked(data)


@given(st.binary(max_size=60), st.lists(st.none() | payloads, max_size=3))
def test_a_header_is_told_from_any_other_of_one_bit(
    header: bytes, several: list[Payload | None]
) -> None:
    data = packed_of(Commit(header, tuple(several)))

    assert unpacked(data) == tuple(several)
    assert data[:-8] == packed(several)
    refuse_changed(header, data)
    for bit in range(8 * len(header)):
        other = bytearray(header)
        other[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CorruptStoreError, match="not the one that was written"):
            refuse_changed(bytes(other), data)


def test_what_was_packed_without_a_checksum_says_nothing_of_the_header() -> None:
    for held in (b"", packed([None]), packed([Payload(b"salt", b"{}")])):
        refuse_changed(b"any", held)


@given(st.binary(max_size=60))
def test_no_bytes_make_more_than_our_error(data: bytes) -> None:
    with suppress(CorruptStoreError):
        unpacked(data)
