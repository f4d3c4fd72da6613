"""Headers are read at a glance where they can be, and then just as by a JSON reader."""

import json
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain import history
from missionkit.domain.history import (
    Change,
    CommitDraft,
    Head,
    Header,
    Payload,
    Put,
    Remove,
    header_bytes,
    read_header,
)
from missionkit.domain.plain_header import plain_header, plain_link
from missionkit.errors import CorruptStoreError

AT = datetime(2026, 3, 12, 9, 30, 0, 5, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,5}", fullmatch=True)
KINDS = st.sampled_from(["need", "goal", "vendor.bet", "a_b.c_d"])
PUTS = st.builds(
    Put, kind=KINDS, id=IDS, payload=st.builds(Payload, st.binary(), st.binary())
)
CHANGES = st.lists(
    st.one_of(PUTS, st.builds(Remove, kind=KINDS, id=IDS)),
    max_size=4,
    unique_by=lambda change: change.id,
)


def header(
    changes: tuple[Change, ...] = (Remove(kind="goal", id="old"),),
    why: str = "Board",
    acts: tuple[str, ...] = (),
    roles: tuple[str, ...] | None = None,
) -> bytes:
    draft = CommitDraft(
        id="c1",
        at=AT,
        actor="chair",
        why=why,
        changes=changes,
        schema=1,
        acts=acts,
        roles=roles,
    )
    return header_bytes(draft, Head(stream="harbour", sequence=6, hash="a" * 64))


def read(data: bytes) -> Header | None:
    """Return what is read, or None where it is refused."""
    try:
        return read_header(data)
    except CorruptStoreError:
        return None


def read_as_json(data: bytes) -> Header | None:
    with patch.object(history, "plain_header", lambda _: None):
        return read(data)


@given(
    CHANGES,
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.none() | st.lists(TEXTS, max_size=3).map(tuple),
)
@example([], "", ["", ","], None)
@example([], "", [], ())
@example([], 'a "quote" and a \\', ["\x00"], ("owner", "a \\"))
def test_both_readers_say_the_same_of_what_we_wrote(
    changes: list[Change], why: str, acts: list[str], roles: tuple[str, ...] | None
) -> None:
    data = header(tuple(changes), why, tuple(acts), roles)
    found = read(data)

    assert found is not None
    assert found.roles == roles
    assert found == read_as_json(data)


@pytest.mark.parametrize("roles", [None, (), ("owner",), ("owner", "sponsor", "")])
def test_roles_are_written_where_they_were_narrowed_and_read_at_a_glance(
    roles: tuple[str, ...] | None,
) -> None:
    data = header(roles=roles)
    found = plain_header(data)

    assert found is not None
    assert found.roles == (roles if roles is None else list(roles))
    assert linked(data) == linked(header())
    assert (b'"roles"' in data) == (roles is not None)


@pytest.mark.parametrize("roles", ["null", '"owner"', "[1]", "[[]]", "{}"])
def test_roles_that_are_none_are_refused_by_both(roles: str) -> None:
    data = header(roles=()).replace(b'"roles":[]', f'"roles":{roles}'.encode())

    assert linked(data) is None
    assert read(data) is None
    assert read_as_json(data) is None


@given(st.data())
def test_both_readers_say_the_same_of_what_was_damaged(drawn: st.DataObject) -> None:
    put = Put(kind="need", id="warm", payload=Payload(b"salt", b"{}"))
    data = bytearray(header((Remove(kind="goal", id="old"), put), "", ("a",), ("b",)))
    at = drawn.draw(st.integers(0, len(data) - 1))
    if drawn.draw(st.booleans()):
        data[at] = drawn.draw(st.sampled_from(b'"\\,:{}[]0129aAzT- \x00\xff'))
    else:
        del data[at]

    assert read(bytes(data)) == read_as_json(bytes(data))


def test_what_we_write_is_read_at_a_glance() -> None:
    put = Put(kind="need", id="warm", payload=Payload(b"salt", b"{}"))
    found = plain_header(header((Remove(kind="goal", id="old"), put), "Grüße", ("a",)))

    assert found is not None
    assert (found.why, found.acts, found.sequence) == ("Grüße", ["a"], 7)
    assert found.changes == [
        ("", "old", "goal", "remove"),
        (put.payload.digest, "warm", "need", "put"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"why":"Board"', '"why":"Bo\\u0061rd"'),
        ('"schema":1', '"schema": 1'),
        ('"schema":1', '"schema":1234567890123456'),
        ('"form":1', '"form":2'),
        ('"sequence":7', '"sequence":\u0667'),
        ('"2026-', '"\u06626026-'),
        ('"id":"old"', '"digest":"' + "a" * 64 + '","id":"old"'),
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_json_reader(
    before: str, after: str
) -> None:
    text = header().decode()
    assert text.count(before) == 1

    data = text.replace(before, after).encode()

    assert plain_header(data) is None
    assert read(data) == read_as_json(data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"2026-03-12', '"2026-02-30'),
        ('"sequence":7', '"sequence":0'),
        (
            '"changes":[',
            '"changes":[{"id":"old","kind":"need","op":"remove"},',
        ),
    ],
)
def test_what_no_header_says_is_refused_by_both(before: str, after: str) -> None:
    data = header().decode().replace(before, after).encode()

    assert plain_header(data) is not None
    assert read(data) is None
    assert read_as_json(data) is None


def test_keys_in_another_order_are_left_to_the_json_reader() -> None:
    facts = json.loads(header())
    data = json.dumps(dict(reversed(facts.items())), separators=(",", ":")).encode()

    assert plain_header(data) is None
    assert read(data) == read(header())


def test_a_header_with_very_many_changes_is_read_at_a_glance() -> None:
    changes = tuple(Remove(kind="goal", id=f"g{at}") for at in range(50_000))

    found = plain_header(header(changes))

    assert found is not None
    assert len(found.changes) == len(changes)


def test_a_list_of_changes_that_is_none_is_given_up_at_its_first_fault() -> None:
    junk = b'"changes":[' + b"x" * 1_000_000 + b"]"
    data = header(()).replace(b'"changes":[]', junk)

    assert plain_header(data) is None
    assert read(data) is None


def linked(data: bytes) -> tuple[object, ...] | None:
    """Return what a state depends on, or None where it is not written plainly."""
    try:
        return plain_link(data)
    except ValueError:
        return None


@given(st.data())
@example(None)
def test_what_is_linked_is_what_the_strict_reader_says(
    drawn: st.DataObject | None,
) -> None:
    put = Put(kind="need", id="warm", payload=Payload(b"salt", b"{}"))
    data = bytearray(header((Remove(kind="goal", id="old"), put), "", ("a",), ("b",)))
    if drawn is not None:
        at = drawn.draw(st.integers(0, len(data) - 1))
        data[at] = drawn.draw(st.sampled_from(b'"\\,:{}[]0129aAzT- \x00\xff'))
    found, said = linked(bytes(data)), read(bytes(data))

    hashes = {"a" * 64, put.payload.digest, ""}
    if said is None or not {said.parent, *(c.digest for c in said.changes)} <= hashes:
        # Where a hash was damaged it is seen by whoever compares it.
        assert found is None or found[:2] != (ours(put), "a" * 64) or found[3] == 0
    elif found is not None:
        changes = [(c.digest, c.id, c.kind, c.op) for c in said.changes]
        assert found == (changes, said.parent, said.schema, said.sequence)
    if drawn is None:
        assert found == (ours(put), "a" * 64, 1, 7)


def ours(put: Put) -> list[tuple[str, str, str, str]]:
    return [
        ("", "old", "goal", "remove"),
        (put.payload.digest, "warm", "need", "put"),
    ]
