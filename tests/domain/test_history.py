"""Commits as values and as bytes; the bytes are pinned for ever."""

import json
import pickle
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.history import (
    START,
    Actor,
    Commit,
    CommitDraft,
    Head,
    Payload,
    Put,
    Recorded,
    Remove,
    header_bytes,
    instant_text,
    read_header,
    read_json,
)
from missionkit.errors import CorruptStoreError

AT = datetime(2026, 3, 12, 9, 30, 0, 5, tzinfo=UTC)
PUT = Put(
    kind="need", id="warm", payload=Payload(b"0123456789abcdef", b'{"id":"warm"}')
)
DRAFT = CommitDraft(
    id="c1",
    at=AT,
    actor="chair",
    why="Board, 12 März",
    changes=(Remove(kind="goal", id="old"), PUT),
    schema=1,
    acts=("fork:harbour@4",),
)
HEAD = Head(stream="harbour/next", sequence=6, hash="a" * 64)
HEADER = header_bytes(DRAFT, HEAD)
FACTS: dict[str, Any] = json.loads(HEADER)


def said(**changed: object) -> bytes:
    return json.dumps({**FACTS, **changed}).encode()


def changing(**changed: object) -> bytes:
    removed, put = FACTS["changes"]
    return said(changes=[removed, {**put, **changed}])


def test_the_bytes_of_a_header_and_their_hashes_never_change() -> None:
    written = (
        b'{"actor":"chair","acts":["fork:harbour@4"],"at":"2026-03-12T09:30:00.000005Z"'
        b',"changes":[{"id":"old","kind":"goal","op":"remove"},{"digest":"'
        + PUT.payload.digest.encode()
        + b'","id":"warm","kind":"need","op":"put"}],"form":1,"id":"c1","parent":"'
        + b"a" * 64
        + b'","schema":1,"sequence":7,"stream":"harbour/next"'
        + ',"why":"Board, 12 März"}'.encode()
    )
    assert written == HEADER
    assert (
        PUT.payload.digest
        == "e983e8fdf65fe3cb5d3ece65b2a10af7ee9fe4accdd6b8f8476195322a548582"
    )
    assert (
        Commit(HEADER).hash
        == "3c481f8b6b017aa04be4de0e7cd1d8a602b35fc23a3a4bd40148cb83f5d3808c"
    )


def test_a_hash_can_be_computed_without_this_library() -> None:
    size = (16).to_bytes(8, "big")
    data = b"0123456789abcdef" + b'{"id":"warm"}'

    assert (
        PUT.payload.digest
        == sha256(b"missionkit/payload/v1\0" + size + data).hexdigest()
    )
    assert Commit(HEADER).hash == sha256(b"missionkit/commit/v1\0" + HEADER).hexdigest()


def test_no_byte_can_move_from_the_salt_to_the_data() -> None:
    assert Payload(b"ab", b"c").digest != Payload(b"a", b"bc").digest


def test_a_header_says_what_the_draft_said() -> None:
    header = Commit(HEADER, (PUT.payload,)).facts

    assert (header.stream, header.sequence, header.parent) == (
        "harbour/next",
        7,
        "a" * 64,
    )
    assert (header.id, header.at, header.actor, header.why) == (
        "c1",
        AT,
        "chair",
        "Board, 12 März",
    )
    assert (header.acts, header.schema) == (("fork:harbour@4",), 1)
    put = Recorded(op="put", kind="need", id="warm", digest=PUT.payload.digest)
    assert header.changes == (Recorded(op="remove", kind="goal", id="old"), put)
    assert header.puts == (put,)


@given(
    st.datetimes(timezones=st.timezones() | st.just(timezone(timedelta(hours=-11)))),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_instant_and_any_text_come_back(at: datetime, why: str) -> None:
    try:
        at.astimezone(UTC)
    except OverflowError:
        return
    draft = CommitDraft(id="x", at=at, actor="a", why=why, changes=(), schema=1)
    header = read_header(header_bytes(draft, Head(stream="s")))

    assert (header.at, header.why) == (at.astimezone(UTC), why)
    assert header.parent == START


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_the_text_of_instants_sorts_as_time_does(pair: list[datetime]) -> None:
    assert sorted(pair) == sorted(pair, key=instant_text)


HOSTILE = {
    "no JSON": b"{",
    "no UTF-8": b'{"form":1,"why":"\xff"}',
    "another encoding": HEADER.decode().encode("utf-16"),
    "a mark at the beginning": b"\xef\xbb\xbf" + HEADER,
    "nothing": b"",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a form that is true": said(form=True),
    "a form that is a list": said(form=[1]),
    "too much": said(more=1),
    "too little": json.dumps({k: v for k, v in FACTS.items() if k != "why"}).encode(),
    "a key twice": HEADER[:-1] + b',"why":"other"}',
    "a number that is none": HEADER.replace(b'"sequence":7', b'"sequence":NaN'),
    "a huge number": HEADER.replace(b'"sequence":7', b'"sequence":' + b"9" * 5000),
    "more than can be counted": said(sequence=2**53 + 1),
    "a sequence of nothing": said(sequence=0),
    "a sequence that is true": said(sequence=True),
    "a sequence with a point": said(sequence=7.0),
    "a sequence in letters": said(sequence="7"),
    "a schema below all": said(schema=-1),
    "half a letter": HEADER.replace(b'"c1"', b'"\\ud800"'),
    "no instant": said(at="yesterday"),
    "an instant in short": said(at="2026-03-12"),
    "an instant in another zone": said(at="2026-03-12T09:30:00.000005+01:00"),
    "an instant that never was": said(at="2026-02-30T09:30:00.000005Z"),
    "an instant as a number": said(at=0),
    "acts in one word": said(acts="abc"),
    "acts that are numbers": said(acts=[1]),
    "a parent in capitals": said(parent="A" * 64),
    "a parent that is too short": said(parent="a"),
    "no list of changes": said(changes={}),
    "a change that is none": said(changes=[1]),
    "a change that is a list": said(changes=[["op", "put"]]),
    "an unknown operation": changing(op="swap"),
    "no operation": changing(op=None),
    "an id that is none": changing(id="Warm homes"),
    "a kind that is none": changing(kind="Need!"),
    "a digest that is none": changing(digest="?"),
    "more about a change": changing(note="x"),
    "two changes of one element": changing(id="old"),
    "a removal with a digest": said(
        changes=[{"op": "remove", "kind": "need", "id": "x", "digest": "a" * 64}]
    ),
    "a put without a digest": said(changes=[{"op": "put", "kind": "need", "id": "x"}]),
    "depth without end": b"[" * 100_000,
    "depth in a fact": said(acts=0).replace(b'"acts": 0', b'"acts":' + b"[" * 10_000),
    **{f"{name} of null": said(**{name: None}) for name in FACTS},
    **{f"{name} of a list": said(**{name: [[]]}) for name in FACTS},
    **{f"{name} of a number": said(**{name: 1.5}) for name in FACTS},
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_header_is_a_damaged_store(data: bytes) -> None:
    with pytest.raises(CorruptStoreError) as caught:
        read_header(data)

    assert len(str(caught.value)) < 150


def test_what_is_no_bytes_at_all_is_a_damaged_store() -> None:
    with pytest.raises(CorruptStoreError):
        read_header(None)  # type: ignore[arg-type]


def test_a_later_form_is_named() -> None:
    with pytest.raises(CorruptStoreError, match="unknown form 2"):
        read_header(said(form=2))


@given(st.binary(max_size=40), st.integers(0, len(HEADER)), st.integers(0, 30))
def test_no_damage_to_a_header_gets_out_as_another_error(
    put: bytes, at: int, gone: int
) -> None:
    with suppress(CorruptStoreError):
        read_header(HEADER[:at] + put + HEADER[at + gone :])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from(sorted(FACTS)),
)
def test_no_value_of_a_fact_gets_out_as_another_error(value: Any, name: str) -> None:  # noqa: ANN401 - any value
    with suppress(CorruptStoreError):
        read_header(said(**{name: value}))


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
    st.lists(st.booleans(), max_size=3),
    st.integers(0, 10**17),
)
def test_a_header_in_the_usual_form_reads_as_any_other_does(
    text: str, acts: list[str], puts: list[bool], sequence: int
) -> None:
    changes = tuple(
        evolve(PUT, id=f"n{at}") if put else Remove(kind="acme.bet", id=f"n{at}")
        for at, put in enumerate(puts)
    )
    draft = evolve(DRAFT, actor=text, why=text, acts=tuple(acts), changes=changes)
    data = header_bytes(draft, evolve(HEAD, sequence=sequence, stream=text))
    spaced = json.dumps(json.loads(data), indent=1).encode()

    if sequence < 2**53:
        assert read_header(data) == read_header(spaced)
    for each in (data, spaced) if sequence >= 2**53 else ():
        with pytest.raises(CorruptStoreError):
            read_header(each)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_so_in_the_usual_form_too(name: str) -> None:
    try:
        facts = json.loads(HOSTILE[name])
    except (ValueError, RecursionError):
        return
    usual = json.dumps(
        facts, ensure_ascii=True, sort_keys=True, separators=(",", ":")
    ).encode()
    if facts != FACTS and name != "a key twice":  # else what was wrong is gone
        with pytest.raises(CorruptStoreError):
            read_header(usual)


def test_reading_is_stricter_than_json() -> None:
    assert read_json(b'{"a": [1, null, true]}') == {"a": [1, None, True]}
    for data in (b"[1e999, NaN]", b'{"a":1,"a":1}', b"\xff", b"-Infinity"):
        with pytest.raises(ValueError, match=r".+"):
            read_json(data)


def test_values_survive_pickling_and_do_not_show_what_is_stored() -> None:
    commit = Commit(HEADER, (PUT.payload, None))

    assert pickle.loads(pickle.dumps(commit)) == commit  # noqa: S301 - our own
    assert "warm" not in repr(PUT.payload)
    assert repr(PUT.payload) == "Payload()"
    assert Actor(id="chair") == Actor(id="chair", roles=None)


def test_a_commit_shows_who_did_what_and_no_bytes() -> None:
    commit = Commit(header_bytes(DRAFT, Head(stream="s")), (PUT.payload,))

    count = len(DRAFT.changes)
    assert repr(commit) == (
        f"<Commit c1 (1) at 2026-03-12T09:30:00.000005Z by 'chair',"
        f" {count} change{'' if count == 1 else 's'}: 'Board, 12 März'>"
    )
    one = Commit(header_bytes(evolve(DRAFT, changes=(PUT,)), Head(stream="s")))
    assert "1 change: " in repr(one)
    assert repr(Commit(b"{}")) == "<Commit whose header of 2 bytes cannot be read>"
