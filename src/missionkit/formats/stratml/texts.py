"""Texts, dates and numbers of a plan, brought into the form that fields accept."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from missionkit.domain.characters import (
    LONGEST_TEXT,
    UNSAFE,
    harmless,
    plain,
    thinned,
)
from missionkit.domain.checking import sound_decimal

LONGEST_LINE: Final = 500
_DATE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T[\d:.]{5,18})?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})", re.ASCII)


def squeezed(text: str) -> str:
    """Return *text* with each run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def line(text: str) -> str:
    r"""Return *text* as one line without hidden characters, cut where it is too long.

    >>> line("Warm\n   homes")
    'Warm homes'
    """
    flat = squeezed(text[:LONGEST_TEXT])
    if not (harmless(flat) and plain(flat)):
        flat = squeezed("".join(c for c in flat if harmless(c) and plain(c)))
    return _cut(thinned(flat), LONGEST_LINE)


def prose(text: str) -> str:
    """Return *text* without harmful characters, cut where it is too long."""
    return _cut(thinned(UNSAFE.sub("", text).strip()), LONGEST_TEXT)


def spelled(text: str) -> str:
    r"""Return *text* with every character that no text should hold as an escape.

    >>> spelled("a\x85b")
    'a\\u0085b'
    """
    return UNSAFE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def day(text: str) -> date | None:
    """Return the day that *text* names as year-month-day, without its time, or None."""
    found = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def number(text: str) -> Decimal | None:
    """Return the number that *text* is, or None where it is not plainly one."""
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return value if sound_decimal(value) else None
