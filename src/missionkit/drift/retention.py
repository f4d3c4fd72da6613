"""What became of revenue that recurs: whether it stays, grows or goes.

Each figure is about those who were clients at the start. Revenue of new clients is no
part of it. The formulas are those of subscription businesses, where they are a custom
rather than a standard.
"""

from fractions import Fraction
from typing import Final

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.amounts import Number, amount_faults
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue

_MONTHS: Final = Leaf(int, (AtLeast(1),))


def monthly_recurring(*fees: tuple[Number, int]) -> float:
    """Return the sum of recurring fees a month, each given with its months.

    >>> monthly_recurring((1200, 12), (300, 1))
    400.0

    Raises:
        InvalidValueError: a fee is below zero or no finite number, or covers no month.
    """
    faults = [
        fault
        for at, (fee, months) in enumerate(fees)
        for fault in (
            *amount_faults(fee, f"fees[{at}][0]"),
            *shape_faults(_MONTHS, months, f"fees[{at}][1]"),
        )
    ]
    if faults:
        raise InvalidValueError("monthly_recurring", tuple(faults))
    return float(sum((Fraction(fee) / months for fee, months in fees), Fraction()))


def net_revenue_retention(
    start: Number,
    *,
    churned: Number = 0,
    contraction: Number = 0,
    expansion: Number = 0,
) -> float:
    """Return what is left of the revenue at the start, with what its clients added.

    (start - churned - contraction + expansion) / start; above 1 where more was added
    than lost.

    >>> net_revenue_retention(200_000, churned=6000, contraction=4000, expansion=20_000)
    1.05

    Raises:
        InvalidValueError: a number is below zero or not finite, the start is zero, or
            more went than there was.
    """
    kept = _kept("net_revenue_retention", start, churned, contraction, expansion)
    return float((kept + Fraction(expansion)) / Fraction(start))


def gross_revenue_retention(
    start: Number, *, churned: Number = 0, contraction: Number = 0
) -> float:
    """Return what is left of the revenue at the start, from 0 to 1.

    (start - churned - contraction) / start.

    >>> gross_revenue_retention(200_000, churned=6000, contraction=4000)
    0.95

    Raises:
        InvalidValueError: as `net_revenue_retention`.
    """
    kept = _kept("gross_revenue_retention", start, churned, contraction)
    return float(kept / Fraction(start))


def churn(lost: Number, start: Number) -> float:
    """Return which share of what was there at the start was lost: lost / start.

    Raises:
        InvalidValueError: as `net_revenue_retention`.
    """
    return float(1 - _kept("churn", start, lost) / Fraction(start))


def _kept(
    asked: str,
    start: Number,
    churned: Number,
    contraction: Number = 0,
    expansion: Number = 0,
) -> Fraction:
    """Return what is left of the start; refuse what cannot be."""
    given = {
        "start": start,
        "churned" if asked != "churn" else "lost": churned,
        "contraction": contraction,
        "expansion": expansion,
    }
    faults: list[Issue] = [
        fault for name, held in given.items() for fault in amount_faults(held, name)
    ]
    if not faults and not start:
        faults = [codes.NOTHING_TO_SHARE.issue("start is zero.", path="start")]
    if not faults and Fraction(churned) + Fraction(contraction) > Fraction(start):
        said = f"More went than the {start} that there was."
        faults = [codes.PART_ABOVE_WHOLE.issue(said, path="start", value=start)]
    if faults:
        raise InvalidValueError(asked, tuple(faults))
    return Fraction(start) - Fraction(churned) - Fraction(contraction)
