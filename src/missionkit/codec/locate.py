"""Finds where values stand in the text of a document, when there is a fault to show."""

import json
import re
from collections.abc import Iterable
from typing import Any

from attrs import define, field, frozen

from missionkit.codec.lines import Lines
from missionkit.codec.path import Path
from missionkit.codec.scan import SPACE, STRING
from missionkit.issue import Source

_DECODER = json.JSONDecoder()
_KEY = re.compile(rf'({STRING.pattern}"){SPACE.pattern}:{SPACE.pattern}')
_COMMA = re.compile(rf"{SPACE.pattern},?{SPACE.pattern}")
_Wanted = dict[str | int, Any]


@frozen
class Place:
    """Where a value stands, and the key that it stands under."""

    path: Path
    key: Source
    value: Source


def places(text: str, paths: Iterable[Path], file: str = "") -> dict[Path, Place]:
    """Return where each of the *paths* stands in sound JSON text.

    Only the way to the paths is walked; the rest is skipped at the full speed of the
    C reader. For a path that is not there, the last step that is there is given.
    """
    wanted: _Wanted = {}
    asked = tuple(dict.fromkeys(paths))
    for path in asked:
        branch = wanted
        for step in path:
            branch = branch.setdefault(step, {})
    finder = _Finder(text)
    finder.find(wanted)
    lines = Lines(text, file)
    found = {path: finder.nearest(path) for path in asked}
    return {
        path: Place(near, *map(lines.source, finder.known[near]))
        for path, near in found.items()
    }


@define
class _Finder:
    text: str
    known: dict[Path, tuple[int, int]] = field(factory=dict)

    def nearest(self, path: Path) -> Path:
        while path not in self.known:
            path = path[:-1]
        return path

    def find(self, wanted: _Wanted) -> None:
        """Note the value at the top and what is wanted inside it."""
        start = self.after(SPACE, 0)
        self.note((), wanted, start, start)

    def note(self, path: Path, wanted: _Wanted, key: int, at: int) -> None:
        self.known[path] = (key, at)
        if wanted and self.text[at] == "{":
            self.keyed(path, wanted, at)
        elif wanted and self.text[at] == "[":
            self.listed(path, wanted, at)

    def keyed(self, path: Path, wanted: _Wanted, start: int) -> None:
        left = set(wanted)
        at = self.after(SPACE, start + 1)
        while left and (hit := _KEY.match(self.text, at)):
            key = json.loads(hit[1])
            if key in left:
                self.note((*path, key), wanted[key], at, hit.end())
                left.discard(key)
            at = self.next(hit.end()) if left else at

    def listed(self, path: Path, wanted: _Wanted, start: int) -> None:
        left = {step for step in wanted if isinstance(step, int)}
        at = self.after(SPACE, start + 1)
        position = 0
        while left and self.text[at] != "]":
            if position in left:
                self.note((*path, position), wanted[position], at, at)
                left.discard(position)
            at = self.next(at) if left else at
            position += 1

    def next(self, at: int) -> int:
        """Skip a value; return where the next one or its key stands, or the bracket."""
        return self.after(_COMMA, _DECODER.raw_decode(self.text, at)[1])

    def after(self, what: re.Pattern[str], at: int) -> int:
        hit = what.match(self.text, at)
        return hit.end() if hit else at
