"""How far two distributions lie apart: what was planned, and what was done.

Amounts are given as a mapping from things to numbers, or as two lists in the same
order. They are turned into shares first, so that only their proportions matter. The
sums are made of exact fractions: neither order nor scale of the input changes them.
"""

from fractions import Fraction
from math import fsum, log, log1p, sqrt
from typing import Final

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE
from missionkit.domain.spec import Leaf
from missionkit.drift.amounts import Amounts, paired
from missionkit.errors import InvalidValueError

BITS: Final = 2.0
_FAR: Final = Fraction(-1, 2)


def total_variation(planned: Amounts, actual: Amounts) -> float:
    """Return which share would have to move for both to be alike, from 0 to 1.

    Half of the sum of the absolute differences of the shares: the total variation
    distance (Levin, Peres, Wilmer, *Markov Chains and Mixing Times*, 4.1).

    >>> total_variation({"homes": 50, "town": 50}, {"homes": 30, "town": 70})
    0.2

    Raises:
        InvalidValueError: an amount is below zero or no finite number, all are zero,
            or two lists differ in length.
    """
    pairs = paired("total_variation", planned, actual)
    return float(sum((abs(p - q) for p, q in pairs), Fraction()) / 2)


def jensen_shannon_divergence(
    planned: Amounts, actual: Amounts, *, base: float = BITS
) -> float:
    """Return the Jensen-Shannon divergence, in units of *base*; in bits from 0 to 1.

    Half of the Kullback-Leibler divergences of both from their mean, with 0 log 0 = 0
    (J. Lin, *Divergence Measures Based on the Shannon Entropy*, 1991). With another
    *base* than 2 the largest value is the logarithm of 2 to that base. What exists in
    one of the two only, such as an unplanned bucket, makes it large, never infinite.

    Raises:
        InvalidValueError: as `total_variation`, and for a *base* that is not above 1.
    """
    unit = _unit("jensen_shannon_divergence", base)
    pairs = paired("jensen_shannon_divergence", planned, actual)
    terms = [_term(a, b) for p, q in pairs for a, b in ((p, q), (q, p)) if a]
    # Rounding may lead a hair outside of what is possible.
    return min(max(fsum(terms) / 2, 0.0), log(2)) / unit


def jensen_shannon_distance(
    planned: Amounts, actual: Amounts, *, base: float = BITS
) -> float:
    """Return the Jensen-Shannon distance: the square root of the divergence.

    It is a metric, so that ways over a third distribution are never shorter
    (D. Endres, J. Schindelin, *A New Metric for Probability Distributions*, 2003).

    >>> round(jensen_shannon_distance([0.5, 0.3, 0.2], [0.3, 0.3, 0.4]), 6)
    0.206731

    Raises:
        InvalidValueError: as `jensen_shannon_divergence`.
    """
    return sqrt(jensen_shannon_divergence(planned, actual, base=base))


def _term(share: Fraction, other: Fraction) -> float:
    """Return a share times the logarithm of its ratio to the mean of both shares.

    The ratio of shares that are nearly alike is nearly 1: then only what it differs
    from 1 by is rounded.
    """
    size = float(share)
    apart = (share - other) / (share + other)
    if not size:
        return 0.0
    if apart < _FAR:
        return size * log(float(1 + apart))
    return size * log1p(float(apart))


def _unit(asked: str, base: float) -> float:
    """Return the natural logarithm of a base; refuse one that is not above 1."""
    faults = tuple(shape_faults(Leaf(float), base, "base"))
    if not faults and base <= 1:
        said = f"base must be above 1, got {base}."
        faults = (BROKEN_RULE.issue(said, path="base", value=base, fix="use 2"),)
    if faults:
        raise InvalidValueError(asked, faults)
    return log(base)
