"""Strategies for what has no parts: texts, numbers, dates, words, foreign data.

Each draws over the whole range that the declaration allows, and nothing outside.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from missionkit.domain.characters import harmless, plain, safe, shows, thinned
from missionkit.domain.checking import MOST_DIGITS, holds
from missionkit.domain.ext import LARGEST_INT, Ext
from missionkit.domain.ids import is_id
from missionkit.domain.marks import AtLeast, Between, Matches, NotBlank, OneLine
from missionkit.domain.spec import Leaf, Marked

_LONG: Final = 40
_SHORT: Final = 8
_DEEP: Final = 3


@cache
def ids() -> SearchStrategy[str]:
    """Return a strategy for ids of elements."""
    letters = "".join(c for c in map(chr, range(128)) if is_id(f"0{c}"))
    longest = next(n for n in count(1) if not is_id("0" * (n + 1)))
    drawn = st.text(letters, min_size=1, max_size=longest)
    return drawn.map(lambda text: text if is_id(text) else f"0{text[1:]}")


@cache
def texts() -> SearchStrategy[str]:
    """Return a strategy for texts of any lines that a field may hold."""
    return st.text(_alphabet(safe), max_size=_LONG).map(thinned)


@cache
def lines() -> SearchStrategy[str]:
    """Return a strategy for texts of one line, such as names."""
    one = st.text(_alphabet(lambda text: safe(text) and plain(text)), max_size=_LONG)
    return one.map(_shown)


@cache
def decimals(places: int | None = None) -> SearchStrategy[Decimal]:
    """Return a strategy for decimal numbers of every size that a field may hold.

    Where *places* are given, there are no more digits than that after the point.
    """
    exponents = (-MOST_DIGITS, None) if places is None else (-places, -places)
    small = st.integers(-9999, 9999).map(lambda n: Decimal(n).scaleb(-(places or 0)))
    return small | _decimals(*exponents)


@st.composite
def _decimals(draw: st.DrawFn, least: int, most: int | None) -> Decimal:
    number = draw(st.integers(1 - 10**MOST_DIGITS, 10**MOST_DIGITS - 1))
    digits = tuple(map(int, str(abs(number))))
    top = MOST_DIGITS - len(digits) if most is None else most
    return Decimal((int(number < 0), digits, draw(st.integers(least, top))))


@cache
def instants() -> SearchStrategy[datetime]:
    """Return a strategy for instants in UTC."""
    return st.datetimes().map(lambda instant: instant.replace(tzinfo=UTC))


@cache
def foreign() -> SearchStrategy[Ext]:
    """Return a strategy for foreign data: any JSON values, by namespace."""
    words = st.text(_alphabet(harmless), max_size=_SHORT)
    numbers = st.integers(-LARGEST_INT, LARGEST_INT) | _floats(None, None)
    leaf: SearchStrategy[Any] = st.none() | st.booleans() | numbers | words
    values = leaf
    for _ in range(_DEEP):
        below = values
        values = (
            leaf
            | st.lists(below, max_size=2)
            | st.dictionaries(words, below, max_size=2)
        )
    return st.dictionaries(words, values, min_size=1, max_size=2).map(Ext)


@cache
def leaves(shape: Leaf) -> SearchStrategy[Any]:
    """Return a strategy for the values of a leaf that keep its rules."""
    return _MAKERS[shape.type](shape.rules)


def _strings(rules: tuple[Marked, ...]) -> SearchStrategy[str]:
    forms = [rule for rule in rules if isinstance(rule, Matches)]
    if forms:
        found = st.from_regex(forms[0].pattern, fullmatch=True).filter(safe)
        rest = tuple(rule for rule in rules if rule is not forms[0])
        return found.filter(lambda text: _keeps(text, rest)) if rest else found
    if any(isinstance(rule, OneLine) for rule in rules):
        return lines()
    return (
        texts().map(_said) if any(isinstance(r, NotBlank) for r in rules) else texts()
    )


def _numbers(rules: tuple[Marked, ...]) -> SearchStrategy[float]:
    low, high = _bounds(rules)
    return _floats(low, high) | _integers(rules)


def _integers(rules: tuple[Marked, ...]) -> SearchStrategy[int]:
    low, high = _bounds(rules)
    return st.integers(
        -LARGEST_INT if low is None else low, LARGEST_INT if high is None else high
    )


def _amounts(rules: tuple[Marked, ...]) -> SearchStrategy[Decimal]:
    low, high = _bounds(rules)
    if high is not None:
        least = -(10**MOST_DIGITS) // 10 if low is None else low
        return st.integers(least * 100, high * 100).map(lambda n: Decimal(n).scaleb(-2))
    if low is None:
        return decimals()
    # Abs first: most amounts have zero as their limit, and none is thrown away.
    return (
        decimals()
        .map(lambda n: n.copy_abs() if n < low else n)
        .filter(lambda n: n >= low)
    )


def _floats(low: int | None, high: int | None) -> SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def _bounds(rules: tuple[Marked, ...]) -> tuple[int | None, int | None]:
    lows = [rule.low for rule in rules if isinstance(rule, AtLeast | Between)]
    highs = [rule.high for rule in rules if isinstance(rule, Between)]
    return max(lows, default=None), min(highs, default=None)


def _keeps(value: object, rules: tuple[Marked, ...]) -> bool:
    return all(holds(rule.expression("v"), value) for rule in rules)


def _said(text: str) -> str:
    return text.strip() or "0"


def _shown(text: str) -> str:
    said = _said(thinned(text))
    return said if shows(said) else "0"


def _alphabet(allowed: Callable[[str], bool]) -> SearchStrategy[str]:
    refused = "".join(_refused(allowed))
    return st.characters(exclude_categories=[], exclude_characters=refused)


def _refused(allowed: Callable[[str], bool]) -> Iterator[str]:
    # Most rows of the code table are allowed as a whole, which is quick to see.
    for start in range(0, sys.maxunicode + 1, 256):
        row = "".join(map(chr, range(start, start + 256)))
        if not allowed(row):
            yield from (letter for letter in row if not allowed(letter))


_MAKERS: Final[dict[type, Callable[[tuple[Marked, ...]], SearchStrategy[Any]]]] = {
    str: _strings,
    bool: lambda _: st.booleans(),
    int: _integers,
    float: _numbers,
    Decimal: _amounts,
    date: lambda _: st.dates(),
    datetime: lambda _: instants(),
}
