"""Amounts as exact fractions, so that order and scale of the input change nothing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown

Number: TypeAlias = Decimal | float
Amounts: TypeAlias = Mapping[str, Number] | Sequence[Number]

_FLOAT: Final = Leaf(float, (AtLeast(0),))
_DECIMAL: Final = Leaf(Decimal, (AtLeast(0),))


def fractions(asked: str, amounts: Amounts, path: str) -> dict[str | int, Fraction]:
    """Return amounts by their keys or places; refuse what is no finite, sound amount.

    Raises `InvalidValueError` that names every fault, and for what adds up to zero.
    """
    keyed = _keyed(asked, amounts, path)
    faults = [
        fault
        for key, amount in keyed.items()
        for fault in amount_faults(amount, f"{path}[{shown(key)}]")
    ]
    if not faults and not any(keyed.values()):
        faults = [codes.NOTHING_TO_SHARE.issue(f"{path} adds up to zero.", path=path)]
    if faults:
        raise InvalidValueError(asked, tuple(faults))
    return {key: Fraction(amount) for key, amount in keyed.items()}


def amount_faults(amount: object, path: str) -> Iterator[Issue]:
    """Yield what is wrong with one amount: it must be a finite number not below 0."""
    leaf = _DECIMAL if isinstance(amount, Decimal) else _FLOAT
    return shape_faults(leaf, amount, path)


def shares(amounts: Amounts, path: str = "amounts") -> dict[str | int, Fraction]:
    """Return which part of the whole each amount is, by its key or place.

    >>> shares({"homes": 3, "festival": 1})
    {'homes': Fraction(3, 4), 'festival': Fraction(1, 4)}

    Raises:
        InvalidValueError: an amount is below zero or no finite number, or all are zero.
    """
    return _of_whole(fractions("shares", amounts, path))


def paired(
    asked: str, planned: Amounts, actual: Amounts
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the two shares of each thing; of what one mapping lacks, the share is 0.

    Raises `InvalidValueError` as `shares` does, and for lists of different length.
    """
    p = _of_whole(fractions(asked, planned, "planned"))
    q = _of_whole(fractions(asked, actual, "actual"))
    mapped = isinstance(planned, Mapping), isinstance(actual, Mapping)
    if mapped != (True, True) and (any(mapped) or len(p) != len(q)):
        said = (
            "One of planned and actual is a mapping, the other a list."
            if any(mapped)
            else f"planned has {len(p)} amounts, actual has {len(q)}."
        )
        raise InvalidValueError(asked, (codes.NOT_ALIKE.issue(said, path="actual"),))
    zero = Fraction()
    return ((p.get(key, zero), q.get(key, zero)) for key in {**p, **q})


def _keyed(asked: str, amounts: object, path: str) -> Mapping[str | int, Number]:
    if isinstance(amounts, Mapping):
        return amounts
    if isinstance(amounts, Sequence) and not isinstance(amounts, str | bytes):
        return dict(enumerate(amounts))
    wrong = f"{path} must be a mapping or a list of numbers,"
    issue = codes.NOT_ALIKE.issue(
        f"{wrong} got {type(amounts).__name__}.", path=path, value=amounts
    )
    raise InvalidValueError(asked, (issue,))


def _of_whole(found: dict[str | int, Fraction]) -> dict[str | int, Fraction]:
    whole = sum(found.values())
    return {key: amount / whole for key, amount in found.items()}
