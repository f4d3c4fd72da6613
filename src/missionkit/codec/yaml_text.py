"""Bounded, strict YAML: text in; plain values, and where each of them stands, out.

Nothing is built but text, numbers, truth values, null, lists and dicts with text for
keys. PyYAML only cuts the text into events; what they mean is decided here.
"""

import re
import unicodedata
from array import array
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from operator import itemgetter
from typing import Any, Final, NoReturn

from attrs import Factory, define, field
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from missionkit.codec.codes import (
    DUPLICATE_KEY,
    EMPTY,
    MORE_FAULTS,
    TOO_LONG,
    TOO_MANY,
    UNSAFE_CHARACTER,
    YAML_ALIAS,
    YAML_KEY,
    YAML_MERGE,
    YAML_SEVERAL,
    YAML_TAG,
    YAML_TOO_LARGE,
)
from missionkit.codec.limits import MOST_YAML_KEYS, MOST_YAML_VALUES, Limits
from missionkit.codec.lines import Lines
from missionkit.codec.path import Path, path_text
from missionkit.codec.scan import (
    NUMBER,
    UNSAFE,
    number_fault,
    twice_said,
    unsafe_said,
)
from missionkit.codec.text import refuse
from missionkit.codec.yaml_events import Events, StoppedError, too_deep
from missionkit.codec.yaml_places import Composed
from missionkit.codec.yaml_scalars import WORDS, unsafe_escapes
from missionkit.issue import Code, Issue

# In YAML 1.2 these two end no line, but PyYAML takes them to. What stands in for them
# while it reads, and for unsafe characters, changes no offset.
_TO_STAND_INS: Final = {0x2028: 0xFDD0, 0x2029: 0xFDD1}
_FROM_STAND_INS: Final = {0xFDD0: 0x2028, 0xFDD1: 0x2029}
_UNKNOWN: Final = "\ufffd"
_FOUND: Final = re.compile(r"\S{1,40}")


def composed(text: str, limits: Limits, source: str = "") -> Composed:
    """Return the values that YAML text, decoded before, holds, or raise.

    Raises:
        DocumentError: the issues name every fault with path, line and column.
    """
    composer = _Composer(text, limits, Lines(text, source))
    return composer.composed()


@define
class _Frame:
    """A list or dict that is being filled; `step` is the way to its latest part."""

    held: Any
    awaits_key: bool = False
    spots: "array[int]" = field(factory=lambda: array("q"))
    step: str | int = 0
    key_at: int = 0
    known: dict[str, tuple[str, int]] = Factory(dict)

    def put(self, value: object, at: int) -> None:
        if isinstance(self.held, list):
            self.held.append(value)
            self.spots.extend((at, at))
        else:
            self.held[self.step] = value
            self.spots.extend((self.key_at, at))
            self.awaits_key = True


class _EnoughError(Exception):
    """So many faults were found that the rest is not read."""


@define
class _Composer:
    text: str
    limits: Limits
    lines: Lines
    faults: list[tuple[int, Issue]] = Factory(list)
    cause: Exception | None = None
    stack: list[_Frame] = field(factory=lambda: [_Frame([])])
    spots: dict[int, Sequence[int]] = Factory(dict)
    unsafe: deque[int] = Factory(deque)
    values: int = 0
    keys: int = 0

    def composed(self) -> Composed:
        documents = self.stack[0]
        with suppress(_EnoughError):
            self.read()
        if self.faults:
            self.refuse()
        if not documents.held:
            said, fix = "the document is empty.", "begin with schema: missionkit/1"
            refuse((EMPTY.issue(said, source=self.lines.source(0), fix=fix),))
        start = documents.spots[0]
        return Composed(documents.held[0], self.lines, start, self.spots)

    def refuse(self) -> NoReturn:
        issues = [issue for _, issue in sorted(self.faults, key=itemgetter(0))]
        most = self.limits.faults
        if len(issues) >= most:
            said = f"there are {most} faults; the rest was not read."
            issues.append(MORE_FAULTS.issue(said))
        refuse(tuple(issues), self.cause)

    def read(self) -> None:
        unsafe = islice(UNSAFE.finditer(self.text), self.limits.faults)
        self.unsafe.extend(hit.start() for hit in unsafe)
        text = UNSAFE.sub(_UNKNOWN, self.text) if self.unsafe else self.text
        text = text if text.isascii() else text.translate(_TO_STAND_INS)
        end = len(text)
        try:
            for event in Events(text, self.limits.depth):
                self.event(event)
        except StoppedError as error:
            self.cause, end = error, error.at
            self.stopped(error)
        self.pass_unsafe(end, end)

    def stopped(self, error: StoppedError) -> None:
        hit = _FOUND.match(self.text, error.at)
        found = hit[0] if hit else self.text[error.at : error.at + 1]
        # Whether it is of the latest item of a list, or of the next, cannot be told.
        is_in_list = isinstance(self.stack[-1].held, list)
        path = self.path()[:-1] if is_in_list else self.path()
        self.note(error.code, error.at, error.said, found, path=path, fix=error.fix)

    def event(self, event: Event) -> None:
        match event:
            case NodeEvent() if self.stack[-1].awaits_key:
                self.key(event, _start(event))
            case NodeEvent():
                self.value(event, _start(event))
            case CollectionEndEvent():
                self.stack.pop()
            case DocumentStartEvent() if self.stack[0].held:
                said = "a second document begins here"
                raise StoppedError(YAML_SEVERAL, said, _start(event))

    def value(self, event: NodeEvent, at: int) -> None:
        frame = self.stack[-1]
        if isinstance(frame.held, list):
            frame.step = len(frame.held)
        self.properties(event, at)
        self.count(at)
        if isinstance(event, ScalarEvent):
            frame.put(self.scalar(event, at), at)
        else:
            frame.put(self.opened(event, at), at)

    def key(self, event: NodeEvent, at: int) -> None:
        frame = self.stack[-1]
        self.properties(event, at)
        self.keys += 1
        if self.keys > MOST_YAML_KEYS:
            said = f"the document has more than {MOST_YAML_KEYS} keys"
            raise StoppedError(YAML_TOO_LARGE, said, at)
        if isinstance(event, CollectionStartEvent):
            raise StoppedError(YAML_KEY, "a key must be text", at)
        name = ""
        if isinstance(event, ScalarEvent):
            name = self.string(event, at)
            self.named(frame, event, name, at)
        frame.step, frame.key_at, frame.awaits_key = name, at, False

    def named(self, frame: _Frame, event: ScalarEvent, name: str, at: int) -> None:
        if event.style is None and name == "<<":
            self.fault(YAML_MERGE, at, "a merge key may not stand here", name)
        elif event.style is None and (name in WORDS or NUMBER.fullmatch(name)):
            self.fault(YAML_KEY, at, "a key must be text", name)
        else:
            same = unicodedata.normalize("NFC", name)
            first, before = frame.known.setdefault(same, (name, at))
            if before != at:
                said = twice_said(self.lines.source(before), is_alike=first == name)
                self.note(DUPLICATE_KEY, at, said, name, path=(*self.path(), name))

    def opened(self, event: NodeEvent, at: int) -> object:
        """Return the list or dict that begins; what follows is put into it."""
        if not isinstance(event, CollectionStartEvent):
            return None  # an alias, which is refused
        if len(self.stack) > self.limits.depth:
            raise too_deep(self.limits.depth, at)
        is_dict = isinstance(event, MappingStartEvent)
        frame = _Frame({} if is_dict else [], awaits_key=is_dict)
        self.spots[id(frame.held)] = frame.spots
        self.stack.append(frame)
        return frame.held

    def properties(self, event: NodeEvent, at: int) -> None:
        if isinstance(event, AliasEvent):
            said = f"*{event.anchor} stands for a value of another place"
            self.fault(YAML_ALIAS, at, said, f"*{event.anchor}")
        elif event.anchor is not None:
            said = f"&{event.anchor} makes a value fit to be repeated"
            self.fault(YAML_ALIAS, at, said, f"&{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.fault(YAML_TAG, at, "a tag may not stand here", tag)

    def count(self, at: int) -> None:
        self.values += 1
        most, code = MOST_YAML_VALUES, YAML_TOO_LARGE
        if self.limits.nodes < most:
            most, code = self.limits.nodes, TOO_MANY
        if self.values > most:
            said = f"the document has more than {most} values"
            raise StoppedError(code, said, at)

    def scalar(self, event: ScalarEvent, at: int) -> object:
        text = self.string(event, at)
        if event.style is not None:
            return text
        if text in WORDS:
            return WORDS[text]
        hit = NUMBER.fullmatch(text)
        if hit is None:
            return text
        found = number_fault(text, self.limits)
        if found:
            self.fault(found[0], at, found[1], text[:80])
            return None
        return float(text) if hit[2] or hit[3] else int(text)

    def string(self, event: ScalarEvent, at: int) -> str:
        text, end = str(event.value), _end(event)
        self.pass_unsafe(at, end)
        if event.style == '"' and "\\" in self.text[at:end]:
            for offset, character in unsafe_escapes(self.text, at, end):
                self.unsafe_at(offset, character)
        if len(text) > self.limits.text:
            said = f"this text is longer than {self.limits.text} characters"
            self.fault(TOO_LONG, at, said, text)
        return text if text.isascii() else text.translate(_FROM_STAND_INS)

    def pass_unsafe(self, start: int, end: int) -> None:
        """Name the unsafe characters before *end*, those from *start* with the path."""
        while self.unsafe and self.unsafe[0] < end:
            at = self.unsafe.popleft()
            self.unsafe_at(at, self.text[at], is_inside=at >= start)

    def unsafe_at(self, at: int, character: str, *, is_inside: bool = True) -> None:
        path = self.path() if is_inside else ()
        self.note(UNSAFE_CHARACTER, at, unsafe_said(character), character, path=path)

    def fault(self, code: Code, at: int, said: str, value: object) -> None:
        self.note(code, at, said, value, path=self.path())

    def path(self) -> Path:
        """Return the way to what is being read; of a key, to what it is a key of."""
        top = self.stack[-1]
        frames = self.stack[1:-1] if top.awaits_key else self.stack[1:]
        return tuple(frame.step for frame in frames)

    def note(  # noqa: PLR0913 - the facts of an issue
        self,
        code: Code,
        at: int,
        said: str,
        value: object,
        *,
        path: Path,
        fix: str = "",
    ) -> None:
        source = self.lines.source(at)
        where = path_text(path)
        issue = code.issue(f"{said}.", path=where, source=source, value=value, fix=fix)
        self.faults.append((at, issue))
        if len(self.faults) >= self.limits.faults:
            raise _EnoughError


def _start(event: Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: Event) -> int:
    return event.end_mark.index if event.end_mark else 0
