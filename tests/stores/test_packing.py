from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.history import Payload
from missionkit.errors import CorruptStoreError
from missionkit.stores.packing import packed, unpacked

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
    "data", [b"\0", b"\0" * 7, b"\xff\xff\xff\xfe" + b"\0" * 4, b"\x7f" * 8, b"\0" * 9]
)
def test_what_was_never_packed_is_told(data: bytes) -> None:
    with pytest.raises(CorruptStoreError, match="cut off"):
        unpacked(data)


@given(st.binary(max_size=60))
def test_no_bytes_make_more_than_our_error(data: bytes) -> None:
    with suppress(CorruptStoreError):
        unpacked(data)
