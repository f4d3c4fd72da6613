"""History: a chain of commits, kept as the bytes that were written.

A commit says who changed what, when and why. Its header is stored, hashed and chained
as bytes and never written anew; what was put stands beside it, and only its salted
digest in the header, so that it can be disposed of later without breaking the chain.
"""

import json
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, TypeAlias

from attrs import field, frozen

from missionkit.errors import CorruptStoreError

FORM: Final = 1
"""The form of headers; a reader refuses one that it does not know."""
START: Final = "0" * 64
"""What stands in the place of a parent's hash before the first commit."""

_HEADER: Final = b"missionkit/commit/v1\0"
_PAYLOAD: Final = b"missionkit/payload/v1\0"
_INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


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
        return sha256(_PAYLOAD + self.salt + self.data).hexdigest()


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
    number of the form in which its elements are written.
    """

    id: str
    at: datetime
    actor: str
    why: str
    changes: tuple[Change, ...]
    schema: int
    acts: tuple[str, ...] = ()


@frozen(kw_only=True)
class Recorded:
    """What a header says of one change; the digest of what was put, else nothing."""

    op: str
    kind: str
    id: str
    digest: str = ""


@frozen(kw_only=True)
class Header:
    """What the header of a commit says."""

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

    @cached_property
    def facts(self) -> Header:
        """What the header says; raises `CorruptStoreError` where it cannot be read."""
        return read_header(self.header)

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the header, by which the next commit names it."""
        return sha256(_HEADER + self.header).hexdigest()


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
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def instant_text(at: datetime) -> str:
    """Return an instant as UTC text of one width, so that text sorts as time does."""
    return at.astimezone(UTC).strftime(_INSTANT)


def read_header(data: bytes) -> Header:
    """Return what the bytes of a header say.

    Raises:
        CorruptStoreError: they are no header, or one of a form that is not known here.
    """
    try:
        facts = json.loads(data)
        if facts["form"] != FORM:
            raise CorruptStoreError(f"a commit has the unknown form {facts['form']!r}")
        return _header(facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorruptStoreError("the header of a commit cannot be read") from error


def _header(facts: dict[str, Any]) -> Header:
    return Header(
        stream=facts["stream"],
        sequence=facts["sequence"],
        id=facts["id"],
        at=datetime.fromisoformat(facts["at"]),
        actor=facts["actor"],
        why=facts["why"],
        acts=tuple(facts["acts"]),
        schema=facts["schema"],
        parent=facts["parent"],
        changes=tuple(Recorded(**each) for each in facts["changes"]),
    )


def _recorded(change: Change) -> dict[str, str]:
    named = {"kind": change.kind, "id": change.id}
    if isinstance(change, Put):
        return {"op": "put", **named, "digest": change.payload.digest}
    return {"op": "remove", **named}
