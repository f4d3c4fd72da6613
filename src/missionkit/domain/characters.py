"""Which characters text may hold, and how much of it."""

import re
from typing import Final

LONGEST_TEXT: Final = 100_000
MOST_MARKS: Final = 8

# Control characters, half surrogate pairs, the byte order mark, and noncharacters,
# of which each plane ends with two.
_ENDS: Final = "".join(
    f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17)
)
UNSAFE: Final = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff{_ENDS}]"
)
# What reorders, hides or breaks a line: tabs, line ends, soft hyphens, marks of
# direction, tags. Joiners (U+200C, U+200D) are kept: words and pictures need them.
_HIDDEN: Final = re.compile(
    "[\t\n\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# More accents on one letter than any language has run over the lines around it.
_ACCENTS: Final = (
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# One accent and then so many: a pattern that begins with one is searched fast.
_PILED: Final = re.compile(f"{_ACCENTS}{_ACCENTS}{{{MOST_MARKS}}}")
_PILE: Final = re.compile(f"({_ACCENTS}{{{MOST_MARKS}}}){_ACCENTS}+")
# Joiners, selectors of variants, fillers, and a letter of Braille without dots.
_JOINERS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u200c\u200d\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef\\s]*"
)


def harmless(text: str) -> bool:
    """Return whether *text* is free of characters that no text should hold."""
    return UNSAFE.search(text) is None


def safe(text: str) -> bool:
    """Return whether *text* is of bearable length and free of harmful characters."""
    return len(text) <= LONGEST_TEXT and harmless(text) and bare(text)


def bare(text: str) -> bool:
    """Return whether no letter of *text* carries more accents than any language has."""
    return text.isascii() or _PILED.search(text) is None


def thinned(text: str) -> str:
    r"""Return *text* with no more accents on a letter than a language has.

    >>> len(thinned("e" + 40 * "\u0301"))
    9
    """
    return _PILE.sub(r"\1", text)


def plain(text: str) -> bool:
    """Return whether *text* is one line in which nothing is hidden."""
    return _HIDDEN.search(text) is None


def shows(text: str) -> bool:
    """Return whether *text* holds more than white space and what has no look."""
    return _JOINERS.fullmatch(text) is None
