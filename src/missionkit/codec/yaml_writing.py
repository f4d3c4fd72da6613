"""Writes plain values as YAML in block style, so that every reader reads the same.

Text stands without quotes only where no reader of YAML 1.1 or 1.2 can take it for
anything but text; text of several lines stands as it is where no editor can harm it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from missionkit.domain.characters import plain
from missionkit.markup import visible

# A letter first, or a number and a word; no colon before a space, no hash after one.
_BARE: Final = re.compile(
    r"(?:[0-9]+ +)?[^\W\d_](?:[^\s:#]|:(?=\S)|(?<=\S)#| +(?=[^\s#]))*"
)
_NO_TEXT: Final = frozenset(
    {"false", "n", "no", "null", "off", "on", "true", "y", "yes"} | {"inf", "nan"}
)
_LONGEST_KEY: Final = 1000
"""Longer ones are marked as keys by a question mark, or they are not known as such."""


def yaml_of(document: Mapping[str, object]) -> str:
    """Return a dict of plain values as YAML, in the order that it is in."""
    return "\n".join((*_keyed(document, ""), ""))


def _keyed(held: Mapping[str, object], margin: str) -> Iterator[str]:
    for key, value in held.items():
        name = _text(key)
        if len(name) > _LONGEST_KEY:
            yield f"{margin}? {name}"
            name = ""
        yield from _led(f"{margin}{name}:", value, margin)


def _led(lead: str, value: object, margin: str) -> Iterator[str]:
    inner = f"{margin}  "
    lines = _nested(value, inner)
    if value and isinstance(value, dict | list):
        yield lead
    else:
        yield f"{lead} {next(lines)}"
    yield from lines


def _nested(value: object, margin: str) -> Iterator[str]:
    if value and isinstance(value, dict):
        yield from _keyed(value, margin)
    elif value and isinstance(value, list):
        yield from _listed(value, margin)
    else:
        yield _scalar(value, margin)


def _listed(held: Sequence[object], margin: str) -> Iterator[str]:
    inner = f"{margin}  "
    for value in held:
        lines = _nested(value, inner)
        yield f"{margin}- {next(lines).removeprefix(inner)}"
        yield from lines


def _scalar(value: object, margin: str) -> str:
    if not isinstance(value, str):
        return json.dumps(value, allow_nan=False)
    if not _keeps_its_lines(value):
        return _text(value)
    lines = value.removesuffix("\n").split("\n")
    begin = "|" if value.endswith("\n") else "|-"
    return "\n".join((begin, *(line and f"{margin}{line}" for line in lines)))


def _keeps_its_lines(text: str) -> bool:
    """Return whether text of several lines loses nothing when it is indented."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and all(line == line.rstrip() and plain(line) for line in lines)
        and lines[-1] != ""
        and lines[0] == lines[0].lstrip() != ""
    )


def _text(text: str) -> str:
    is_plain = plain(text)
    if is_plain and _BARE.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if is_plain else visible(quoted)
