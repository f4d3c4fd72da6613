"""Exact sums of hours, and how hours and shares are told."""

import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

_MOST: Final = Fraction(sys.float_info.max)
_TENTH: Final = Fraction(1, 10)
_HUNDRED: Final = 100
_DIGITS: Final = 15


def exact(number: float) -> Fraction:
    """Return what a number shows, exactly: 0.1 is a tenth."""
    return Fraction(repr(number))


def total(numbers: Iterable[Fraction]) -> Fraction:
    """Return the exact sum, which no order changes."""
    return sum(numbers, Fraction())


def plain(number: Fraction) -> float:
    """Return the nearest number with a point; of what is too large, the largest."""
    return float(max(min(number, _MOST), -_MOST))


def ratio(above: Fraction, below: Fraction) -> float | None:
    """Return a part by a whole; None where the whole is nothing."""
    return plain(above / below) if below else None


def hours_in_words(number: Fraction) -> str:
    """Return hours to one decimal; what is too small to show is told as such."""
    if 0 < abs(number) < _TENTH:
        return "under 0.1"
    shown = f"{plain(number):,.1f}"
    return shown.removesuffix(".0")


def told_apart(share: float, limit: float) -> tuple[str, str]:
    """Return two shares in percent, with as many digits as tell one from the other.

    >>> told_apart(0.204, 0.2)
    ('20.4%', '20.0%')
    """
    for digits in range(_DIGITS):
        told = f"{share:.{digits}%}", f"{limit:.{digits}%}"
        if told[0] != told[1]:
            return told
    return f"{share:.0%}", f"{limit:.0%}"


def percents(share: float, limit: float) -> tuple[str, str]:
    """Return a share and its limit in percent, told apart where they are not equal."""
    told = percent(share), percent(limit)
    if share == limit or told[0] != told[1]:
        return told
    first, second = told_apart(share, limit)
    return first.replace("%", " %"), second.replace("%", " %")


def percent(share: float | None) -> str:
    """Return a share in percent: in whole ones from 10 up, else to one decimal.

    It is 0 or 100 % only where it is exactly that.
    """
    if share is None:
        return ""
    near = share * _HUNDRED
    if not share:
        return "0 %"
    if near < _TENTH:
        return "under 0.1 %"
    if near < 10:  # noqa: PLR2004 - one digit before the point
        return f"{near:.1f}".removesuffix(".0") + " %"
    whole = f"{near:,.0f}"
    return "over 99 %" if whole == "100" and share < 1 else f"{whole} %"
