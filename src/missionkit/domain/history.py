"""History: a chain of commits, kept as the bytes that were written.

A commit says who changed what, when and why. Its header is stored, hashed and chained
as bytes and never written anew; what was put stands beside it, and only its salted
digest in the header, so that it can be disposed of later without breaking the chain.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, Final, NoReturn, TypeAlias

from attrs import NOTHING, field, fields, frozen

from missionkit.domain.declaration import KIND_PATTERN
from missionkit.domain.ids import is_id
from missionkit.domain.plain_header import PlainHeader, plain_header
from missionkit.errors import CorruptStoreError
from missionkit.markup import shown

FORM: Final = 1
"""The form of headers; a reader refuses one that it does not know."""
START: Final = "0" * 64
"""What stands in the place of a parent's hash before the first commit."""

_HEADER: Final = b"missionkit/commit/v1\0"
_PAYLOAD: Final = b"missionkit/payload/v1\0"
_SALT_SIZE: Final = 8
_LARGEST: Final = 2**53
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z").fullmatch
_HASH: Final = re.compile(r"[0-9a-f]{64}").fullmatch
_KIND: Final = re.compile(KIND_PATTERN).fullmatch


@frozen(kw_only=True)
class Actor:
    """Who acts; *roles* may only narrow those that the model gives them."""

    id: str
    roles: tuple[str, ...] | None = None


@frozen
class Payload:
    """The bytes of one element as they are stored, and the salt of their digest."""

    salt: bytes = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The salted SHA-256 of the bytes, which stands in the header."""
        return sha256(_before(len(self.salt)) + self.salt + self.data).hexdigest()


@lru_cache(maxsize=64)
def _before(salt: int) -> bytes:
    """Return what is hashed before a salt of some size and the data.

    The size is told, so that no byte can move from the salt to the data.
    """
    return _PAYLOAD + salt.to_bytes(_SALT_SIZE, "big")


@frozen(kw_only=True)
class Put:
    """An element is there from now on, with these bytes."""

    kind: str
    id: str
    payload: Payload


@frozen(kw_only=True)
class Remove:
    """An element is there no longer."""

    kind: str
    id: str


Change: TypeAlias = Put | Remove


@frozen(kw_only=True)
class CommitDraft:
    """A commit that is not yet part of a chain; its id is made by the caller.

    *acts* are what it stands for, such as the events of a review; *schema* is the
    number of the form in which its elements are written. *roles* are those to which
    the actor was narrowed, if they were.
    """

    id: str
    at: datetime
    actor: str
    why: str
    changes: tuple[Change, ...]
    schema: int
    acts: tuple[str, ...] = ()
    roles: tuple[str, ...] | None = None


@frozen(kw_only=True)
class Recorded:
    """What a header says of one change; the digest of what was put, else nothing."""

    op: str
    kind: str
    id: str
    digest: str = ""


@frozen(kw_only=True)
class Header:
    """What the header of a commit says; no *roles* where they were not narrowed."""

    stream: str
    sequence: int
    id: str
    at: datetime
    actor: str
    why: str
    acts: tuple[str, ...]
    schema: int
    parent: str
    changes: tuple[Recorded, ...]
    roles: tuple[str, ...] | None = None

    @property
    def puts(self) -> tuple[Recorded, ...]:
        """The changes that put an element, in the order of their payloads."""
        return tuple(each for each in self.changes if each.op == "put")


@frozen
class Commit:
    """One link of the chain: the bytes of its header, and what each put stored.

    A payload is None where it was disposed of.
    """

    header: bytes
    payloads: tuple[Payload | None, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        """Return who changed how much, when and why, without the bytes."""
        try:
            facts = self.facts
        except CorruptStoreError:
            return f"<Commit whose header of {len(self.header)} bytes cannot be read>"
        count = len(facts.changes)
        many = f"{count} change{'' if count == 1 else 's'}"
        at = instant_text(facts.at)
        return (
            f"<Commit {facts.id} ({facts.sequence}) at {at} by {shown(facts.actor)},"
            f" {many}: {shown(facts.why)}>"
        )

    @cached_property
    def facts(self) -> Header:
        """What the header says; raises `CorruptStoreError` where it cannot be read."""
        return read_header(self.header)

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the header, by which the next commit names it."""
        return hash_of(self.header)


def hash_of(header: bytes) -> str:
    """Return the hash of a header, as `Commit.hash` has it and keeps it."""
    return sha256(_HEADER + header).hexdigest()


@frozen(kw_only=True)
class Head:
    """Where a stream ends: how many commits it has, and the hash of the last."""

    stream: str
    sequence: int = 0
    hash: str = START


def header_bytes(draft: CommitDraft, head: Head) -> bytes:
    """Return the header of the commit that a draft becomes after *head*."""
    facts = {
        "form": FORM,
        "stream": head.stream,
        "sequence": head.sequence + 1,
        "id": draft.id,
        "at": instant_text(draft.at),
        "actor": draft.actor,
        "why": draft.why,
        "acts": list(draft.acts),
        "schema": draft.schema,
        "parent": head.hash,
        "changes": [_recorded(change) for change in draft.changes],
    }
    if draft.roles is not None:
        facts["roles"] = list(draft.roles)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def instant_text(at: datetime) -> str:
    """Return an instant as UTC text of one width, so that text sorts as time does."""
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="microseconds") + "Z"


def read_header(data: bytes) -> Header:
    """Return what the bytes of a header say.

    Raises:
        CorruptStoreError: they are no header, or one of a form that is not known here.
    """
    try:
        plain = plain_header(data)
        if plain is not None and plain.sequence:
            return _of_plain(plain)
        facts = read_json(data)
        if facts["form"] != FORM or type(facts["form"]) is not int:
            said = f"a commit has the unknown form {shown(facts['form'])}"
            raise CorruptStoreError(said)
        return _header(facts)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CorruptStoreError("the header of a commit cannot be read") from error


def _of_plain(plain: PlainHeader) -> Header:
    changes = [
        Recorded(op=op, kind=kind, id=ref, digest=digest)
        for digest, ref, kind, op in plain.changes
    ]
    return Header(
        stream=plain.stream,
        sequence=plain.sequence,
        id=plain.id,
        at=datetime.fromisoformat(plain.at),
        actor=plain.actor,
        why=plain.why,
        acts=tuple(plain.acts),
        schema=plain.schema,
        parent=plain.parent,
        changes=_each_once(tuple(changes)),
        roles=None if plain.roles is None else tuple(plain.roles),
    )


def read_json(data: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value that stored bytes are; raise `ValueError` where none is.

    Stricter than the standard: UTF-8 alone, no key twice, no number that is none.
    """
    try:
        return _DECODER.decode(data.decode())
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key is given twice")
    return read


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _header(facts: dict[str, Any]) -> Header:
    _only(facts, _FACTS | (facts.keys() & _SELDOM))
    return Header(
        stream=_text(facts["stream"]),
        sequence=_number(facts["sequence"], 1),
        id=_text(facts["id"]),
        at=datetime.fromisoformat(_fitting(facts["at"], _INSTANT)),
        actor=_text(facts["actor"]),
        why=_text(facts["why"]),
        acts=_texts(facts["acts"]),
        schema=_number(facts["schema"], 0),
        parent=_fitting(facts["parent"], _HASH),
        changes=_each_once(tuple(map(_change, _list(facts["changes"])))),
        roles=_texts(facts["roles"]) if "roles" in facts else None,
    )


def _each_once(changes: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    if len({change.id for change in changes}) < len(changes):
        raise ValueError("an element is changed twice")
    return changes


_SELDOM: Final = frozenset(
    each.name for each in fields(Header) if each.default is not NOTHING
)
_FACTS: Final = frozenset({"form", *(each.name for each in fields(Header))}) - _SELDOM
_REMOVED: Final = frozenset({"op", "kind", "id"})
_PUT: Final = _REMOVED | {"digest"}


def _change(facts: dict[str, Any]) -> Recorded:
    put = facts["op"] == "put"
    if not put and facts["op"] != "remove":
        raise ValueError("what was done is neither to put nor to remove")
    _only(facts, _PUT if put else _REMOVED)
    return Recorded(
        op=facts["op"],
        kind=_fitting(facts["kind"], _KIND),
        id=_fitting(facts["id"], is_id),
        digest=_fitting(facts["digest"], _HASH) if put else "",
    )


def _only(facts: dict[str, Any], names: Iterable[str]) -> None:
    if facts.keys() != names:
        raise ValueError("it says other things than it should")


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError("it is no text")
    value.encode()  # half a pair is no letter
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _fitting(value: object, fits: Callable[[str], object]) -> str:
    text = _text(value)
    if not fits(text):
        raise ValueError("a text has another form than it should")
    return text


def _number(value: object, least: int) -> int:
    if type(value) is not int or not least <= value <= _LARGEST:
        raise ValueError("it is no number, or out of range")
    return value


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError("it is no list")
    return value


def _recorded(change: Change) -> dict[str, str]:
    named = {"kind": change.kind, "id": change.id}
    if isinstance(change, Put):
        return {"op": "put", **named, "digest": change.payload.digest}
    return {"op": "remove", **named}
