"""Sums of amounts without rounding, so that their order changes nothing."""

from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

ZERO: Final = Decimal(0)
# More digits than the sum of the largest and the smallest number of hours can have.
EXACT: Final = Context(prec=800)
"""How sums are made: no digit of them is lost."""
_SHARE: Final = Context(prec=40)

plus: Final[Callable[[Decimal, Decimal], Decimal]] = EXACT.add
minus: Final[Callable[[Decimal, Decimal], Decimal]] = EXACT.subtract
times: Final[Callable[[Decimal, Decimal], Decimal]] = EXACT.multiply


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts, whatever their order."""
    found = ZERO
    for amount in amounts:
        found = plus(found, amount)
    return found


def ratio(part: Decimal, whole: Decimal) -> float:
    """Return which part of a whole an amount is; the whole must not be zero."""
    return float(_SHARE.divide(part, whole))


@lru_cache(maxsize=4096)
def decimal_of(number: float) -> Decimal:
    """Return a number as it is written: 0.1 is a tenth."""
    return Decimal(repr(float(number)))
