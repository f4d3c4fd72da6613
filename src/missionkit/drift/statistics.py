"""Mean, spread and dependence of figures, made of exact sums.

Every sum is one of exact fractions, and is rounded once, at its end: figures that
differ in their last digits only lose none of them. The results agree with the certified
values of the Statistical Reference Datasets of the American institute of standards
(NIST StRD, univariate) to the last digit that is certified.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import fsum
from statistics import NormalDist, stdev
from typing import Final

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE
from missionkit.domain.marks import AtLeast
from missionkit.domain.spec import Leaf
from missionkit.drift.charts import codes
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown

_NUMBER: Final = Leaf(float)
_LAG: Final = Leaf(int, (AtLeast(1),))


def mean(values: Sequence[float]) -> float:
    """Return the mean of *values*: their exact sum by their number.

    >>> mean([10000001, 10000003, 10000002])
    10000002.0

    Raises:
        InvalidValueError: a value is no finite number, or there is none.
    """
    _refuse("mean", values, 1)
    return float(_center(values))


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation of a sample: by the number of values less one.

    >>> deviation([10000001, 10000003, 10000002])
    1.0

    Raises:
        InvalidValueError: a value is no finite number, or there are less than two.
    """
    _refuse("deviation", values, 2)
    # It adds fractions and takes the root of a fraction, rounded once.
    return float(stdev(map(Fraction, values)))


def autocorrelation(values: Sequence[float], lag: int = 1) -> float:
    """Return how much a value tells of the one that comes *lag* places later.

    The sum of the products of both departures from the mean of all values, by the sum
    of the squared departures (G. Box, G. Jenkins, *Time Series Analysis*, 2.1.5). It
    lies between -1 and 1, and is biased toward -1 for few values.

    >>> autocorrelation([10000001, 10000003, 10000002])
    -0.5

    Raises:
        InvalidValueError: a value is no finite number, there are not more than *lag*
            of them, or all are alike.
    """
    asked = "autocorrelation"
    wrong = tuple(shape_faults(_LAG, lag, "lag"))
    _refuse(asked, values, 1 if wrong else lag + 1, wrong)
    center = _center(values)
    apart = [Fraction(each) - center for each in values]
    whole = sum((each * each for each in apart), Fraction())
    if not whole:
        said = "All values are alike, so that none tells more than another."
        raise InvalidValueError(asked, (codes.NO_SPREAD.issue(said, path="values"),))
    pairs = zip(apart, apart[lag:], strict=False)
    return float(sum((one * other for one, other in pairs), Fraction()) / whole)


def number_faults(values: object, path: str) -> Iterable[Issue]:
    """Yield what is wrong with *values* as a list of finite numbers."""
    if isinstance(values, str | bytes) or not isinstance(values, Sequence):
        said = f"{path} must be a list of numbers, got {type(values).__name__}."
        yield codes.NO_NUMBERS.issue(said, path=path, value=values)
        return
    for at, each in enumerate(values):
        yield from shape_faults(_NUMBER, each, f"{path}[{at}]")


def t_quantile(confidence: float, freedom: int) -> float:
    """Return how many standard errors hold a share of Student's t distribution.

    The expansion of M. Abramowitz and I. Stegun, *Handbook of Mathematical Functions*,
    26.7.5: from 3 degrees of *freedom* on it is right to a percent.

    >>> round(t_quantile(0.95, 10), 2)
    2.23
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return fsum(term / float(freedom) ** at for at, term in enumerate(terms))


def _refuse(
    asked: str, values: Sequence[float], least: int, wrong: tuple[Issue, ...] = ()
) -> None:
    faults = [*wrong, *number_faults(values, "values")]
    if not faults and len(values) < least:
        said = f"{asked} needs at least {least} values, got {len(values)}."
        fix = "give more values"
        found = shown(list(values))
        faults = [BROKEN_RULE.issue(said, path="values", value=found, fix=fix)]
    if faults:
        raise InvalidValueError(asked, tuple(faults))


def _center(values: Sequence[float]) -> Fraction:
    return sum(map(Fraction, values), Fraction()) / len(values)
