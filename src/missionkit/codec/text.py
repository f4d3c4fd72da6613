"""Bounded, strict JSON: bytes or text in, plain values out."""

import json
import re
import unicodedata
from typing import NoReturn

from missionkit.codec.codes import (
    EMPTY,
    ENCODING,
    SYNTAX,
    TOO_DEEP,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    UNSAFE_CHARACTER,
    WRONG_TYPE,
    YAML_ALIAS,
    YAML_MERGE,
    YAML_TAG,
    YAML_TOO_LARGE,
)
from missionkit.codec.limits import LIMITS, Limits
from missionkit.codec.lines import Lines
from missionkit.codec.scan import (
    UNSAFE,
    has_unsafe_escape,
    is_exact,
    stripped,
    text_faults,
)
from missionkit.errors import DocumentError, LimitError, UnsafeDocumentError
from missionkit.issue import Code, Issue, Source

_BOM = "\ufeff"
_STRING = re.compile(b'"[^"]*"')
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b'[]{}"'))
_AS_SQUARE = bytes.maketrans(b"{}", b"[]")
_PIECE = 2**20
_ALWAYS_EXACT = 15  # digits that any double keeps
_LIMIT_CODES = frozenset(
    code.code for code in (TOO_DEEP, TOO_LARGE, TOO_LONG, TOO_MANY, YAML_TOO_LARGE)
)
_UNSAFE_CODES = frozenset(
    code.code for code in (UNSAFE_CHARACTER, YAML_ALIAS, YAML_MERGE, YAML_TAG)
)


class _Suspect(Exception):  # noqa: N818 - not an error, but a question to the slow reader
    """The fast reader met what it does not accept."""


def parsed(data: bytes | str, *, limits: Limits = LIMITS, source: str = "") -> object:
    """Return the plain values that JSON bytes or text hold, or raise `DocumentError`.

    Refused are: what is not UTF-8, keys that stand twice in one object, numbers that
    are not kept exactly, characters that no text may hold, what is beyond the limits.
    """
    return values_of(decoded(data, limits=limits, source=source), limits, source)


def decoded(data: object, *, limits: Limits = LIMITS, source: str = "") -> str:
    """Return the text of a document, without a byte order mark."""
    if isinstance(data, str):
        _refuse_size(len(data), limits, source)
        _refuse_size(len(data.encode(errors="replace")), limits, source)
        return data.removeprefix(_BOM)
    if not isinstance(data, bytes | bytearray | memoryview):
        refuse((WRONG_TYPE.issue("a document is bytes or text.", value=data),))
    _refuse_size(memoryview(data).nbytes, limits, source)
    try:
        return bytes(data).decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        place = _place_of_byte(error.object, error.start, source)
        said = f"byte {error.start + 1} is not UTF-8."
        refuse((ENCODING.issue(said, source=place),), error)


def values_of(text: str, limits: Limits, source: str = "") -> object:
    """Return the plain values that JSON text, decoded before, holds."""
    if not text.strip(" \t\n\r"):
        start = Source(file=source, line=1, column=1)
        refuse((EMPTY.issue("the document is empty.", source=start),))
    _refuse_shape(text, limits, source)
    cause: Exception | None = None
    value: object = None
    suspect = _has_unsafe(text) or _has_long_gap(text, limits.text)
    try:
        value = _decoder(text, limits).decode(text)
    except (_Suspect, ValueError) as error:
        suspect, cause = True, error
    if suspect:
        _refuse_text(text, limits, source, cause)
    return value


def refuse(issues: tuple[Issue, ...], cause: Exception | None = None) -> NoReturn:
    """Raise the error that fits the gravest of the issues."""
    found = {issue.code for issue in issues}
    if found & _LIMIT_CODES:
        raise LimitError(issues) from cause
    if found & _UNSAFE_CODES:
        raise UnsafeDocumentError(issues) from cause
    raise DocumentError(issues) from cause


def _refuse_text(
    text: str, limits: Limits, source: str, cause: Exception | None
) -> None:
    issues = text_faults(text, limits, source)
    if issues:
        refuse(issues, cause)
    if cause is not None:
        said = "the document is not sound JSON."
        refuse((SYNTAX.issue(said, source=Source(file=source)),), cause)


def _refuse_size(size: int, limits: Limits, source: str) -> None:
    if size > limits.size:
        said = f"the document has {size} bytes; {limits.size} are allowed."
        _refuse_limit(TOO_LARGE, said, Source(file=source), "size", size)


def _refuse_limit(code: Code, said: str, place: Source, name: str, needed: int) -> None:
    fix = f"{code.fix}: Limits({name}={needed})" if "larger limits" in code.fix else ""
    refuse((code.issue(said, source=place, fix=fix),))


def _place_of_byte(data: bytes, at: int, source: str) -> Source:
    before = data[:at]
    column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
    return Source(file=source, line=before.count(b"\n") + 1, column=column)


def _decoder(text: str, limits: Limits) -> json.JSONDecoder:
    # Keys of plain ASCII have one form only, and need no normalizing.
    plain = text.isascii() and "\\u" not in text

    def number(token: str) -> int:
        if len(token) > _ALWAYS_EXACT and (
            len(token) > limits.digits or not is_exact(token)
        ):
            raise _Suspect
        return int(token)

    def fraction(token: str) -> float:
        if len(token) > limits.digits or not is_exact(token):
            raise _Suspect
        return float(token)

    return json.JSONDecoder(
        object_pairs_hook=_once if plain else _once_normalized,
        parse_constant=_never,
        parse_int=number,
        parse_float=fraction,
    )


def _never(token: str) -> object:
    raise _Suspect(token)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Suspect
    return found


def _once_normalized(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = _once(pairs)
    if not "".join(found).isascii():
        same = {unicodedata.normalize("NFC", key) for key in found}
        if len(same) < len(pairs):
            raise _Suspect
    return found


def _has_unsafe(text: str) -> bool:
    if text.isascii():
        return "\x7f" in text or has_unsafe_escape(text)
    return UNSAFE.search(text) is not None or has_unsafe_escape(text)


def _has_long_gap(text: str, longest: int) -> bool:
    # A text longer than the bound leaves a whole window without a quote, and an odd
    # number of quotes before it.
    if len(text) <= longest:
        return False
    bare, width = stripped(text), (longest + 2) // 2
    windows = range(0, len(bare) - width + 1, width)
    return any(
        bare.find('"', at, at + width) < 0 and bare.count('"', 0, at) % 2
        for at in windows
    )


def _refuse_shape(text: str, limits: Limits, source: str) -> None:
    bare = stripped(text).encode(errors="replace")
    if _values(bare) > limits.nodes:
        nodes = _values(_without_strings(bare))
        if nodes > limits.nodes:
            said = f"the document has {nodes} values; {limits.nodes} are allowed."
            _refuse_limit(TOO_MANY, said, Source(file=source), "nodes", nodes)
    if _is_deep(bare, limits.depth):
        said = f"the document is nested more than {limits.depth} deep."
        _refuse_limit(TOO_DEEP, said, _deep_place(text, limits.depth, source), "", 0)


def _values(bare: bytes) -> int:
    # One at the top, the first of each container, and one after each comma.
    return 1 + bare.count(b",") + bare.count(b"[") + bare.count(b"{")


def _without_strings(bare: bytes) -> bytes:
    # Piece by piece: the pieces that a pattern cuts out of all at once fill the memory.
    kept, inside = [], False
    for start in range(0, len(bare), _PIECE):
        piece = b'"' * inside + bare[start : start + _PIECE]
        inside = piece.count(b'"') % 2 == 1
        kept.append(_STRING.sub(b"", piece + b'"' * inside))
    return b"".join(kept)


def _is_deep(bare: bytes, deepest: int) -> bool:
    """Return whether brackets nest deeper, found by peeling off the innermost pairs.

    No step looks at single characters, so that a large document costs nearly nothing.
    """
    quoted = bare.translate(None, _NO_BRACKETS).replace(b'""', b"")
    left = _without_strings(quoted).translate(_AS_SQUARE)
    for _ in range(deepest + 1):
        if b"[" * (deepest + 1) in left:
            return True
        peeled = left.replace(b"[]", b"")
        if len(peeled) == len(left):
            return False
        left = peeled
    return True


def _deep_place(text: str, deepest: int, source: str) -> Source:
    depth = 0
    lines = Lines(text, source)
    for hit in _TOKEN.finditer(text):
        depth += {"{": 1, "[": 1, "]": -1, "}": -1}.get(hit[0], 0)
        if depth > deepest:
            return lines.source(hit.start())
    return Source(file=source)
