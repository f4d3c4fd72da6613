"""Text that fits a box: SVG neither measures nor wraps, so widths are estimated."""

import unicodedata
from typing import Final

from missionkit.markup import visible

_NARROW: Final = frozenset("ijltfrI.,;:!|'()[] -")
_WIDE: Final = frozenset("mwMW@%&—…")
_AVERAGE: Final = 0.61


def width(text: str, size: float) -> float:
    """Return about how many units *text* takes in a sans-serif type of *size*."""
    return size * sum(map(_share, text))


def fitted(text: str, room: float, size: float, lines: int) -> tuple[str, ...]:
    """Return *text* broken into at most *lines* lines, cut with … where it is longer.

    >>> fitted("A home that is warm in winter", 80, 10, 2)
    ('A home that is', 'warm in winter')
    """
    words = [
        part for word in visible(text).split() for part in _parts(word, room, size)
    ]
    found: list[str] = []
    while words and len(found) < lines:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        found.append(line)
    if words:
        found[-1] = _cut(f"{found[-1]} {words[0]}", room, size)
    return tuple(found)


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.37
    if letter in _WIDE:
        return 0.98
    return 0.72 if letter.isupper() else _AVERAGE


def _parts(word: str, room: float, size: float) -> list[str]:
    """Return *word* in pieces that fit a line; a word from a hostile file may not."""
    pieces, piece = [], ""
    for letter in word[:500]:
        if piece and width(piece + letter, size) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _cut(text: str, room: float, size: float) -> str:
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
