"""Finds where values stand in the text of a document, when there is a fault to show."""

import json
from collections.abc import Iterable
from typing import Any

from attrs import define, field, frozen

from missionkit.codec.path import Path
from missionkit.codec.scan import SPACE, STRING, Lines
from missionkit.issue import Source

_DECODER = json.JSONDecoder()
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
    finder.value((), wanted, 0)
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

    def value(self, path: Path, wanted: _Wanted, at: int) -> int:
        """Note a value and what is wanted inside it; return where it ends."""
        at = self.space(at)
        self.known.setdefault(path, (at, at))
        if not path and not wanted:
            return at
        if not wanted or self.text[at] not in "{[":
            return _DECODER.raw_decode(self.text, at)[1]
        inside = self.keyed if self.text[at] == "{" else self.listed
        return inside(path, wanted, at)

    def keyed(self, path: Path, wanted: _Wanted, start: int) -> int:
        left = set(wanted)
        at = self.space(start + 1)
        while self.text[at] != "}" and left:
            key_at, end = at, self.string_end(at)
            key = json.loads(self.text[key_at:end])
            at = self.space(self.space(end) + 1)
            at = self.next(self.child((*path, key), wanted, key_at, at))
            left.discard(key)
        return _DECODER.raw_decode(self.text, start)[1]

    def listed(self, path: Path, wanted: _Wanted, start: int) -> int:
        last = max((step for step in wanted if isinstance(step, int)), default=-1)
        at = self.space(start + 1)
        position = 0
        while self.text[at] != "]" and position <= last:
            at = self.next(self.child((*path, position), wanted, at, at))
            position += 1
        return _DECODER.raw_decode(self.text, start)[1]

    def child(self, path: Path, wanted: _Wanted, key: int, at: int) -> int:
        inner = wanted.get(path[-1])
        if inner is None:
            return _DECODER.raw_decode(self.text, at)[1]
        self.known[path] = (key, at)
        return self.value(path, inner, at)

    def next(self, at: int) -> int:
        """Return where the next item starts, or the closing bracket."""
        at = self.space(at)
        return self.space(at + 1) if self.text[at] == "," else at

    def space(self, at: int) -> int:
        hit = SPACE.match(self.text, at)
        return hit.end() if hit else at

    def string_end(self, at: int) -> int:
        hit = STRING.match(self.text, at)
        return hit.end() + 1 if hit else at
