"""How much of the whole hangs on few: indices of concentration.

Amounts are given as a mapping or a list. Amounts of zero change nothing: who pays
nothing is no payer. The sums are made of exact fractions.
"""

from fractions import Fraction

from missionkit.domain.checking import shape_faults
from missionkit.domain.marks import AtLeast
from missionkit.domain.spec import Leaf
from missionkit.drift import codes
from missionkit.drift.amounts import Amounts, Number, amount_faults, fractions
from missionkit.errors import InvalidValueError


def herfindahl_hirschman(amounts: Amounts) -> float:
    """Return the Herfindahl-Hirschman index: the sum of the squared shares.

    It lies above 0 and is 1 where one has all. Times 10,000 it is the figure of
    competition authorities, who square percents (A. Hirschman, *The Paternity of an
    Index*, 1964).

    >>> herfindahl_hirschman([40, 25, 20, 10, 5])
    0.275

    Raises:
        InvalidValueError: an amount is below zero or no finite number, or all are zero.
    """
    return float(_index(_shares("herfindahl_hirschman", amounts)))


def normalized_herfindahl_hirschman(amounts: Amounts) -> float:
    """Return the index on a scale from 0, all alike, to 1, whatever their number.

    (H - 1/n) / (1 - 1/n) for an index H of n amounts above zero.

    Raises:
        InvalidValueError: as `herfindahl_hirschman`, and for one amount alone: it is
            all there is and also all alike, so the figure is not defined.
    """
    found = _shares("normalized_herfindahl_hirschman", amounts)
    if len(found) == 1:
        issue = codes.NOTHING_TO_SHARE.issue(
            "amounts has only one amount above zero.",
            path="amounts",
            fix="give at least two amounts above zero, or use the index itself",
        )
        raise InvalidValueError("normalized_herfindahl_hirschman", (issue,))
    even = Fraction(1, len(found))
    return float((_index(found) - even) / (1 - even))


def effective_number(amounts: Amounts) -> float:
    """Return of how many, all alike, the index would be the same: its reciprocal.

    (R. Laakso, M. Taagepera, *Effective Number of Parties*, 1979.)

    >>> effective_number([25, 25, 25, 25])
    4.0

    Raises:
        InvalidValueError: as `herfindahl_hirschman`.
    """
    return float(1 / _index(_shares("effective_number", amounts)))


def concentration_ratio(amounts: Amounts, largest: int = 1) -> float:
    """Return which share the *largest* so many have together: CR1, CR3 and so on.

    Raises:
        InvalidValueError: as `herfindahl_hirschman`, and for less than one.
    """
    asked = "concentration_ratio"
    faults = tuple(shape_faults(Leaf(int, (AtLeast(1),)), largest, "largest"))
    if faults:
        raise InvalidValueError(asked, faults)
    return float(sum(sorted(_shares(asked, amounts), reverse=True)[:largest]))


def recurring_share(recurring: Number, total: Number) -> float:
    """Return which share of a *total* comes again by contract.

    Raises:
        InvalidValueError: a number is below zero or not finite, the total is zero, or
            more recurs than there is.
    """
    faults = [
        *amount_faults(recurring, "recurring"),
        *amount_faults(total, "total"),
    ]
    if not faults and not total:
        faults = [codes.NOTHING_TO_SHARE.issue("total is zero.", path="total")]
    elif not faults and recurring > total:
        said = f"{recurring} recurs, which is more than the total of {total}."
        faults = [codes.PART_ABOVE_WHOLE.issue(said, path="recurring", value=recurring)]
    if faults:
        raise InvalidValueError("recurring_share", tuple(faults))
    return float(Fraction(recurring) / Fraction(total))


def _shares(asked: str, amounts: Amounts) -> list[Fraction]:
    found = [each for each in fractions(asked, amounts, "amounts").values() if each]
    whole = sum(found)
    return [each / whole for each in found]


def _index(shares: list[Fraction]) -> Fraction:
    return sum((each * each for each in shares), Fraction())
