"""The header of a commit in the one form in which it is written, read at a glance.

A general reader of JSON, and a look at each value by itself, take most of the time of
going through a long history. What is written by us has its keys in one order, and
hardly ever an escape in a text. Whatever differs is left to the general reader.
"""

import re
from typing import Final, NamedTuple

from missionkit.domain.declaration import KIND_PATTERN
from missionkit.domain.ids import ID_PATTERN

_TEXT: Final = r'"([^"\\\x00-\x1f]*)"'
_HASH: Final = '"([0-9a-f]{64})"'
_NUMBER: Final = "(0|[1-9][0-9]{0,14})"
_INSTANT: Final = (
    '"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z)"'
)


def _loose(pattern: str) -> str:
    """Return a pattern in which nothing is kept apart."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _many(pattern: str) -> str:
    one = _loose(pattern)
    # Nothing is tried twice: of a header with very many changes no way back is kept.
    return rf"\[((?:{one}(?:,{one})*+)?)\]"


_NAMED: Final = rf'"id":"({ID_PATTERN})","kind":"({_loose(KIND_PATTERN)})","op":'
_PUT: Final = rf'\{{"digest":{_HASH},{_NAMED}"(put)"\}}'
_REMOVED: Final = rf'\{{{_NAMED}"(remove)"\}}'
_EITHER: Final = rf'\{{(?:"digest":{_HASH},)?{_NAMED}"(put|remove)"\}}'
_FIELDS: Final = (
    ("actor", _TEXT),
    ("acts", _many(_TEXT)),
    ("at", _INSTANT),
    ("changes", _many(f"(?:{_PUT}|{_REMOVED})")),
    ("form", "1"),  # another one has another module
    ("id", _TEXT),
    ("parent", _HASH),
    ("schema", _NUMBER),
    ("sequence", _NUMBER),
    ("stream", _TEXT),
    ("why", _TEXT),
)
_WHOLE: Final = re.compile(
    r"\{" + ",".join(f'"{name}":{pattern}' for name, pattern in _FIELDS) + r"\}"
).fullmatch
_TEXTS: Final = re.compile(_TEXT).findall
_CHANGES: Final = re.compile(_EITHER).findall


class PlainHeader(NamedTuple):
    """What a header says, each as text; of a change its digest, id, kind and op."""

    actor: str
    acts: list[str]
    at: str
    changes: list[tuple[str, str, str, str]]
    id: str
    parent: str
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
    actor, acts, at, changes, name, parent, schema, sequence, *rest = found.groups()
    return PlainHeader(
        actor,
        _TEXTS(acts) if acts else [],
        at,
        _CHANGES(changes),
        name,
        parent,
        int(schema),
        int(sequence),
        *rest,
    )
