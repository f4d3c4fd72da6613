"""Which characters text may hold, and how much of it."""

import re
from typing import Final

LONGEST_TEXT: Final = 100_000

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
_JOINERS: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f\\s]*")


def harmless(text: str) -> bool:
    """Return whether *text* is free of characters that no text should hold."""
    return UNSAFE.search(text) is None


def safe(text: str) -> bool:
    """Return whether *text* is of bearable length and free of harmful characters."""
    return len(text) <= LONGEST_TEXT and harmless(text)


def plain(text: str) -> bool:
    """Return whether *text* is one line in which nothing is hidden."""
    return _HIDDEN.search(text) is None


def shows(text: str) -> bool:
    """Return whether *text* holds more than joiners and white space."""
    return _JOINERS.fullmatch(text) is None
