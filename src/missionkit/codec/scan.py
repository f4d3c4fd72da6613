"""Reads JSON a second time, slowly, to name every fault of its text with its place.

The fast reader only answers yes or no. What it suspects is read again here, by a
reader that knows at each moment where it is; so a sound document pays nothing.
"""

import json
import re
import unicodedata
from contextlib import suppress
from functools import lru_cache

from attrs import define, field

from missionkit.codec.codes import (
    DUPLICATE_KEY,
    MORE_FAULTS,
    NO_NUMBER,
    NUMBER_RANGE,
    SYNTAX,
    TOO_LONG,
    UNSAFE_CHARACTER,
)
from missionkit.codec.limits import Limits
from missionkit.codec.lines import Lines
from missionkit.codec.path import Path, path_text
from missionkit.domain.characters import UNSAFE as HARMFUL
from missionkit.domain.ext import LARGEST_INT
from missionkit.issue import Code, Issue, Source

UNSAFE = re.compile(HARMFUL.pattern + r"(?<!\r)")
"""Characters that no document may hold; line ends are still tidied when it is read."""

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\."
)

_MAY_BE_UNSAFE = re.compile(
    # A backslash first, so that the search skips to one; then, in a row of them, pairs.
    r"\\(?<!\\\\)(?:\\\\)*+(?:[bf]|u00(?:0[0-8bceBCEfF]|1.|7[fF]|[89].)"
    r"|u[dD][89a-fA-F]..|u[fF](?:[dD][deDE].|[eE][fF][fF]|[fF][fF][efEF]))"
)

SPACE = re.compile(r"[ \t\n\r]*")
STRING = re.compile(  # without the quote at its end, so that it always matches
    # Nothing is tried twice (*+), or each escape would cost memory.
    r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+'
)
_SURE = 16  # so few characters hold no more digits than a number keeps
_MOST_DIGITS = 17
NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"true|false|null")
_NO_NUMBER = re.compile(r"NaN|-?Infinity")
_BARE = re.compile(r"[^\s\[\]{},:\"]{1,40}")
_SYNTAX_FIXES = {
    "": "look for the whole file; its end is missing",
    ",": "take the comma away",
    "'": "write text in double quotes",
    "/": "take the comment out; JSON has none",
    "#": "take the comment out; JSON has none",
    "\\": 'write \\\\ for a backslash and \\" for a quote',
    "\n": "write \\n for a line break inside text",
    "\t": "write \\t for a tab inside text",
    "]": "take the bracket away, or put a value before it",
    "}": "take the brace away, or put a value before it",
    ":": "put a key in double quotes before the colon",
    ".": "write numbers such as 0.5 or -3",
    "+": "write numbers such as 0.5 or -3",
    "\x00": "save the file as UTF-8",
}


_PLAIN_FORM = "write names and text in double quotes, and numbers such as 0.5 or -3"

_Known = dict[str, tuple[str, int]]
"""Keys of one object by their normal form, as they are written and where."""


class _BrokenError(Exception):
    """The text stops being JSON; what follows cannot be read."""


def _unescaped(text: str) -> str:
    """Return *text* without what `stripped` leaves out of it as it is written."""
    return text.replace("\\", "").replace('"', "")


def stripped(text: str) -> str:
    """Return *text* without escaped quotes and backslashes: quotes left are ends."""
    return text.replace("\\\\", "").replace('\\"', "") if "\\" in text else text


def unsafe_in(token: str) -> list[tuple[int, str]]:
    """Return offset and character of what is unsafe in a string as it is written."""
    found = [(hit.start(), hit[0]) for hit in UNSAFE.finditer(token)]
    if _MAY_BE_UNSAFE.search(token):
        found += [
            (hit.start(), unsafe)
            for hit in _ESCAPE.finditer(token)
            if (unsafe := _unsafe_escape(hit[0]))
        ]
    return sorted(found)


def has_unsafe_escape(text: str) -> bool:
    """Return whether an escape in *text* stands for an unsafe character."""
    return _MAY_BE_UNSAFE.search(text) is not None and any(
        _unsafe_escape(hit[0]) for hit in _ESCAPE.finditer(text)
    )


@lru_cache(4096)
def _unsafe_escape(escape: str) -> str:
    """Return what an escape stands for if it is unsafe, and nothing otherwise."""
    if escape[1] not in "bfu" or escape == "\\u":
        return ""
    character = str(json.loads(f'"{escape}"'))
    return character if UNSAFE.search(character) else ""


def text_faults(text: str, limits: Limits, file: str = "") -> tuple[Issue, ...]:
    """Return every fault of a document's text, each with path, line and column."""
    scan = _Scan(text, limits, Lines(text, file))
    with suppress(_BrokenError):
        scan.document()
    return tuple(scan.issues)


@define
class _Scan:
    text: str
    limits: Limits
    lines: Lines
    issues: list[Issue] = field(factory=list)

    def document(self) -> None:
        end = self.space(self.value((), self.space(0)))
        if end < len(self.text):
            said = "there is more after the end of the document"
            raise self.broken((), end, said, "take away what follows")

    def space(self, at: int) -> int:
        hit = SPACE.match(self.text, at)
        return hit.end() if hit else at

    def value(self, path: Path, at: int) -> int:
        match self.text[at : at + 1]:
            case "{":
                return self.keyed(path, at)
            case "[":
                return self.listed(path, at)
            case '"':
                return self.string(path, at)[1]
        return self.scalar(path, at)

    def keyed(self, path: Path, start: int) -> int:
        known: _Known = {}
        at = self.space(start + 1)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self.broken(path, at, "a key in double quotes belongs here")
            key, end = self.string(path, at)
            self.once(path, known, key, at)
            at = self.space(end)
            if self.text[at : at + 1] != ":":
                raise self.broken(path, at, "a colon belongs after a key")
            at = self.space(self.value((*path, key), self.space(at + 1)))
            if self.text[at : at + 1] == "}":
                return at + 1
            at = self.comma(path, at, "}")

    def listed(self, path: Path, start: int) -> int:
        at = self.space(start + 1)
        if self.text[at : at + 1] == "]":
            return at + 1
        position = 0
        while True:
            at = self.space(self.value((*path, position), at))
            if self.text[at : at + 1] == "]":
                return at + 1
            at = self.comma(path, at, "]")
            position += 1

    def comma(self, path: Path, at: int, closing: str) -> int:
        if self.text[at : at + 1] != ",":
            raise self.broken(path, at, f"a comma or {closing!r} belongs here")
        after = self.space(at + 1)
        if self.text[after : after + 1] == closing:
            raise self.broken(path, at, f"a comma stands before {closing!r}")
        return after

    def string(self, path: Path, at: int) -> tuple[str, int]:
        token, end = self.token(path, at)
        text = str(json.loads(token))
        for offset, character in unsafe_in(token):
            said = unsafe_said(character)
            self.fault(UNSAFE_CHARACTER, path, at + offset, said, text)
        longest = self.limits.text
        if len(text) > longest and len(_unescaped(text)) > longest:
            said = f"this text is longer than {longest} characters"
            self.fault(TOO_LONG, path, at, said, text)
        return text, end

    def token(self, path: Path, at: int) -> tuple[str, int]:
        hit = STRING.match(self.text, at)
        end = hit.end() if hit else at
        match self.text[end : end + 1]:
            case '"':
                return self.text[at : end + 1], end + 1
            case "\\":
                raise self.broken(
                    path, end, "text holds an escape that JSON does not know"
                )
            case "":
                raise self.broken(path, end, "a text that begins before has no end")
            case _:
                raise self.broken(
                    path, end, "text holds a bare line break, tab or control"
                )

    def scalar(self, path: Path, at: int) -> int:
        if hit := NUMBER.match(self.text, at):
            self.number(path, hit)
            return hit.end()
        if hit := _WORD.match(self.text, at):
            return hit.end()
        if hit := _NO_NUMBER.match(self.text, at):
            self.fault(NO_NUMBER, path, at, f"{hit[0]} is not a number", hit[0])
            return hit.end()
        raise self.broken(path, at, "a value belongs here")

    def number(self, path: Path, hit: re.Match[str]) -> None:
        found = number_fault(hit[0], self.limits)
        if found:
            self.fault(found[0], path, hit.start(), found[1], hit[0][:80])

    def once(self, path: Path, known: _Known, key: str, at: int) -> None:
        same = unicodedata.normalize("NFC", key)
        first, before = known.setdefault(same, (key, at))
        if before == at:
            return
        said = twice_said(self.lines.source(before), is_alike=first == key)
        self.fault(DUPLICATE_KEY, (*path, key), at, said, key)

    def fault(self, code: Code, path: Path, at: int, said: str, value: object) -> None:
        self.note(
            code.issue(
                said, path=path_text(path), source=self.lines.source(at), value=value
            )
        )

    def note(self, issue: Issue) -> None:
        self.issues.append(issue)
        if len(self.issues) >= self.limits.faults:
            said = f"there are {self.limits.faults} faults; the rest was not read."
            self.issues.append(MORE_FAULTS.issue(said))
            raise _BrokenError

    def broken(
        self, path: Path, at: int, said: str, fix: str = _PLAIN_FORM
    ) -> _BrokenError:
        bare = _BARE.match(self.text, at)
        found = bare[0] if bare else self.text[at : at + 1]
        place = self.lines.source(at)
        fix = _SYNTAX_FIXES.get(found[:1], fix)
        where = path_text(path)
        issue = SYNTAX.issue(f"{said}.", path=where, source=place, fix=fix, value=found)
        self.issues.append(issue)
        return _BrokenError()


def number_fault(token: str, limits: Limits) -> tuple[Code, str] | None:
    """Return what is wrong with a number as it is written, or None."""
    if len(token) > limits.digits:
        return TOO_LONG, f"this number is longer than {limits.digits} characters"
    if not is_exact(token):
        return NUMBER_RANGE, "this number cannot be kept exactly"
    return None


def unsafe_said(character: str) -> str:
    """Return in words what is wrong with an unsafe character."""
    return f"the character U+{ord(character):04X} may not stand in text"


def twice_said(first: Source, *, is_alike: bool) -> str:
    """Return in words that a key stands twice, and where it stood before."""
    unlike = "" if is_alike else ", with its letters encoded otherwise,"
    return (
        f"this key stands twice{unlike} in one object: first in "
        f"line {first.line}, column {first.column}"
    )


def is_exact(token: str) -> bool:
    """Return whether a number is kept in all the digits that it is written with."""
    if len(token) < _SURE and "e" not in token and "E" not in token:
        return True
    digits = token.lstrip("-")
    if digits.isdigit():
        return len(digits) <= len(str(LARGEST_INT)) and int(digits) <= LARGEST_INT
    number = float(token)
    return repr(number) == token or _is_kept(_digits(token), number)


def _is_kept(digits: str, number: float) -> bool:
    if not 0 < len(digits) <= _MOST_DIGITS:
        return not digits
    nearest = _digits(f"{number:.{len(digits) - 1}e}")
    # Of a power of two, the shortest digits need not be the nearest ones.
    return digits == nearest or digits == _digits(repr(number))


def _digits(token: str) -> str:
    """Return the digits that say more than how large a number is."""
    return token.lower().partition("e")[0].lstrip("-").replace(".", "").strip("0")
