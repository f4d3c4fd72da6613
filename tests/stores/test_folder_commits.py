import json
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.history import Commit, Payload
from missionkit.errors import CorruptStoreError, StoreVersionError
from missionkit.ports.store import Disposed
from missionkit.stores.folder.commits import (
    Kept,
    file_of,
    kept_in,
    name_of,
    passing_name_of,
    sequences_in,
)
from missionkit.testing.stores import commits

ONE: Final = commits("harbour", why='say "ä"\n')[0]
ERASES: Final = (Disposed(sequence=1, put=0), Disposed(sequence=7, put=12))
payloads = st.lists(
    st.none() | st.builds(Payload, st.binary(max_size=20), st.binary(max_size=40)),
    max_size=4,
)


def test_a_commit_is_written_one_thing_a_line() -> None:
    binary = Payload(b"\0\xff", b"\xff\n")
    text = Payload(b"\1", 'one\n"two" ä\u2028'.encode())
    commit = Commit(b'{"why":"\xc3\xa4"}', (text, None, binary))

    assert file_of(commit, ERASES).decode() == (
        "{\n"
        '"form": 1,\n'
        f'"hash": "{commit.hash}",\n'
        '"header": "{\\"why\\":\\"ä\\"}",\n'
        '"erases": [[1, 0], [7, 12]],\n'
        '"payloads": [\n'
        '{"salt": "01", "text": "one\\n\\"two\\" ä\u2028"},\n'
        "null,\n"
        '{"salt": "00ff", "base64": "/wo="}\n'
        "]\n"
        "}\n"
    )


def test_a_commit_that_puts_nothing_is_short() -> None:
    lines = file_of(Commit(b"{}")).decode().splitlines()

    assert lines[3:] == ['"header": "{}",', '"payloads": []', "}"]


@given(st.text(st.characters(exclude_categories=["Cs"])), payloads)
def test_every_byte_comes_back(header: str, given_: list[Payload | None]) -> None:
    commit = Commit(header.encode(), tuple(given_))
    data = file_of(commit, ERASES)

    assert kept_in(data) == Kept(commit, erases=ERASES)
    json.loads(data)


@given(payloads)
def test_line_ends_that_git_changed_change_nothing(
    given_: list[Payload | None],
) -> None:
    commit = evolve(ONE, payloads=tuple(given_))

    assert kept_in(file_of(commit).replace(b"\n", b"\r\n")).commit == commit


@pytest.mark.parametrize("cut", range(len(file_of(ONE)) - 1))
def test_a_file_that_is_cut_off_is_damaged(cut: int) -> None:
    data = file_of(ONE)[:cut]
    with pytest.raises(CorruptStoreError, match="it is damaged at byte"):
        kept_in(data)


def test_no_flipped_bit_of_a_header_goes_unnoticed() -> None:
    data = bytearray(file_of(ONE))
    for place in range(len(data) * 8):
        data[place // 8] ^= 1 << place % 8
        try:
            kept = kept_in(bytes(data))
        except (CorruptStoreError, StoreVersionError):
            pass
        else:
            assert kept.commit.header == ONE.header
            assert kept.erases == ()
            same = [p for p in kept.commit.payloads if p in ONE.payloads]
            assert len(same) >= len(ONE.payloads) - 1
        data[place // 8] ^= 1 << place % 8


def changed(**facts: object) -> bytes:
    return json.dumps({**json.loads(file_of(ONE)), **facts}).encode()


DAMAGE: Final = {
    "empty": (b"", "damaged at byte 0 of 0"),
    "zeros": (b"\0" * 9, "damaged at byte 0 of 9"),
    "not UTF-8": (b'{"a": "\xff"}', "damaged at byte 7"),
    "after a letter of two bytes": ('{"ä": x}'.encode(), "damaged at byte 7 of 9"),
    "a list": (b"[]", "no file of a commit"),
    "a number": (b"1", "no file of a commit"),
    "deep": (b"[" * 100_000, "no file of a commit"),
    "a key twice": (b'{"form": 1, "form": 1}', "no file of a commit"),
    "no keys": (b'{"form": 1}', "other keys"),
    "one key more": (changed(more=1), "other keys"),
    "no form": (b"{}", "no file of a commit"),
    "form 0": (changed(form=0), "form is unknown"),
    "form true": (changed(form=True), "form is unknown"),
    "form text": (changed(form="1"), "form is unknown"),
    "another header": (changed(header="{}"), "header is not the one"),
    "a header that is no text": (changed(header=1), "no file of a commit"),
    "half a letter": (changed(header="\ud800"), "no file of a commit"),
    "payloads that are none": (changed(payloads={}), "no list"),
    "a payload of another kind": (changed(payloads=[1]), "no file of a commit"),
    "a payload with another key": (
        changed(payloads=[{"salt": "", "data": ""}]),
        "a payload has other keys",
    ),
    "a salt that is no number": (
        changed(payloads=[{"salt": "x", "text": ""}]),
        "no file of a commit",
    ),
    "no base64": (
        changed(payloads=[{"salt": "", "base64": "*"}]),
        "no file of a commit",
    ),
    "places of another kind": (changed(erases=[[1, "0"]]), "is no number"),
    "half a place": (changed(erases=[[1]]), "no file of a commit"),
}


@pytest.mark.parametrize(("data", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_said(data: bytes, said: str) -> None:
    with pytest.raises(CorruptStoreError, match=said) as caught:
        kept_in(data)

    assert "object" not in caught.value.what


def test_a_newer_form_is_refused_by_name() -> None:
    with pytest.raises(StoreVersionError, match="install a newer missionkit"):
        kept_in(changed(form=2))


def test_what_git_left_of_a_merge_is_recognized() -> None:
    other = file_of(commits("harbour", by="eve")[0])
    both = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> their\n" % (file_of(ONE), other)
    with pytest.raises(CorruptStoreError, match="a merge left both sides in it"):
        kept_in(both)


def test_a_commit_that_tells_of_a_merge_is_a_commit() -> None:
    payload = Payload(b"", b"<<<<<<< a\n=======\n>>>>>>> b\n")
    commit = Commit(b"{}", (payload,))

    assert kept_in(file_of(commit)).commit == commit


@pytest.mark.parametrize(
    ("sequence", "name"),
    [(1, "00000001"), (99_999_999, "99999999"), (100_000_000, "100000000")],
)
def test_a_file_is_named_by_its_number(sequence: int, name: str) -> None:
    assert name_of(sequence) == f"{name}.json"
    assert passing_name_of(sequence) == f"{name}.tmp"
    assert sequences_in([f"{name}.json"], "harbour") == [sequence]


def test_other_files_are_no_commits() -> None:
    others = ["model.json", "lock.lck", "00000003.tmp", "00000001.json~", ".DS_Store"]

    assert sequences_in([*others, "00000002.json", "00000001.json"], "a") == [1, 2]


@pytest.mark.parametrize(
    "name",
    [
        *("1.json", "00000000.json", "000000001.json", "00000001 2.json"),
        *("00000001 (copy).json", "00000001~HEAD.json", "9" * 5000 + ".json"),
    ],
    ids=range(7),
)
def test_a_second_file_of_a_commit_is_named(name: str) -> None:
    with pytest.raises(CorruptStoreError, match="move it out of the store"):
        sequences_in(["00000001.json", name], "harbour")
