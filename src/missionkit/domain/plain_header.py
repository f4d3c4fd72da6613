"""The header of a commit in the one form in which it is written, read at a glance.

A general reader of JSON, and a look at each value by itself, take most of the time of
going through a long history. What is written by us has its keys in one order, and
hardly ever an escape in a text. Whatever differs is left to the general reader.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from missionkit.domain.declaration import KIND_PATTERN
from missionkit.domain.ids import ID_PATTERN

_TEXT: Final = r'"([^"\\\x00-\x1f]*+)"'
_HASH: Final = '"([0-9a-f]{64})"'
_ANY_HASH: Final = '"(.{64})"'
_NUMBER: Final = "(0|[1-9][0-9]{0,14}+)"
_INSTANT: Final = (
    '"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z)"'
)


PlainChange: TypeAlias = tuple[str, str, str, str]
"""A change: its digest if it is a put, else nothing; its id, its kind and its op."""
PlainLink: TypeAlias = tuple[list[PlainChange], str, int, int]
"""The changes, parent, schema and sequence of a header."""


def _loose(pattern: str) -> str:
    """Return a pattern in which nothing is kept apart."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _many(pattern: str) -> str:
    one = _loose(pattern)
    # Nothing is tried twice: of a list that is very long no way back is kept.
    return rf"\[((?:{one}(?:,{one})*+)?)\]"


# Only in the header of who acted with fewer roles than they have.
_ROLES: Final = rf'(?:,"roles":{_many(_TEXT)})?'
_FIELDS: Final = {
    "actor": _TEXT,
    "acts": _many(_TEXT),
    "at": _INSTANT,
    "changes": r"\[([^\]]*+)\]",  # looked at one by one
    "form": "1",  # another one has another module
    "id": _TEXT,
    "parent": _HASH + _ROLES,
    "schema": _NUMBER,
    "sequence": _NUMBER,
    "stream": _TEXT,
    "why": _TEXT,
}
_LINKED: Final = ("at", "changes", "parent", "schema", "sequence")


def _header(fields: dict[str, str]) -> Callable[[str], re.Match[str] | None]:
    inner = ",".join(f'"{name}":{pattern}' for name, pattern in fields.items())
    return re.compile(rf"\{{{inner}\}}", re.DOTALL).fullmatch


def _changes(hashed: str) -> Callable[[str], list[PlainChange]]:
    """Return what finds all changes, and four times nothing for what is none."""
    named = rf'"id":"({ID_PATTERN})","kind":"({_loose(KIND_PATTERN)})"'
    one = rf'\{{(?:"digest":{hashed},)?{named},"op":"((?(1)put|remove))"\}}'
    return re.compile(rf"{one}(?:,(?=\{{)|\Z)|.++", re.DOTALL).findall


_WHOLE: Final = _header(_FIELDS)
_TEXTS: Final = re.compile(_TEXT).findall
_CHANGES: Final = _changes(_HASH)
_LINK: Final = _header(
    {
        name: pattern if name in _LINKED else _loose(pattern)
        for name, pattern in {**_FIELDS, "parent": _ANY_HASH + _loose(_ROLES)}.items()
    }
)
_LINK_CHANGES: Final = _changes(_ANY_HASH)
_NO_CHANGE: Final = ("", "", "", "")


class PlainHeader(NamedTuple):
    """What a header says, each as text; of a change its digest, id, kind and op."""

    actor: str
    acts: list[str]
    at: str
    changes: list[PlainChange]
    id: str
    parent: str
    roles: list[str] | None
    schema: int
    sequence: int
    stream: str
    why: str


def plain_header(data: bytes) -> PlainHeader | None:
    """Return what a header says; None for one that is written in another way.

    Raises:
        ValueError: it is no text.
    """
    found = _WHOLE(data.decode())
    if found is None:
        return None
    actor, acts, at, listed, name, parent, roles, schema, *rest = found.groups()
    changes = _CHANGES(listed)
    if _NO_CHANGE in changes:
        return None
    return PlainHeader(
        actor,
        _TEXTS(acts) if acts else [],
        at,
        changes,
        name,
        parent,
        None if roles is None else _TEXTS(roles),
        int(schema),
        int(rest[0]),
        *rest[1:],
    )


def plain_link(data: bytes) -> PlainLink:
    """Return of a header only that on which a state depends, at a third of the time.

    The parent and the digests are any 64 characters: who compares them with hashes need
    not ask whether they are some. All else is as sound as `plain_header` finds it.

    Raises:
        ValueError: it is written in another way, or is none.
    """
    found = _LINK(data.decode())
    if found is None:
        raise ValueError("it is not written plainly")
    at, listed, parent, schema, sequence = found.groups()
    datetime.fromisoformat(at)
    changes = _LINK_CHANGES(listed)
    if _NO_CHANGE in changes:
        raise ValueError("a change is not written plainly")
    return changes, parent, int(schema), int(sequence)
