"""Several figures asked about at once: how many of the alarms may be false.

Who asks about twenty figures at the level of 5 % gets one false alarm on average. The
step-up procedure holds the expected share of false ones among all alarms at the level
(Y. Benjamini, Y. Hochberg, *Controlling the False Discovery Rate*, 1995). It does so
where the figures are independent or move together, as those of one organization mostly
do (positive regression dependence). Where some move against each other by construction,
such as shares of one whole, `Dependence.ANY` holds it whatever they do, at the price
of fewer alarms (Y. Benjamini, D. Yekutieli, *The Control of the False Discovery Rate in
Multiple Testing under Dependency*, 2001).
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import fsum

from attrs import evolve

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import WRONG_TYPE
from missionkit.domain.marks import Between
from missionkit.domain.spec import Choice, Leaf
from missionkit.errors import InvalidValueError
from missionkit.markup import shown
from missionkit.ports.finding import DriftVerdict, Finding, refuse_no_finding


class Dependence(StrEnum):
    """How figures that are asked about at once move with each other."""

    POSITIVE = "positive"
    ANY = "any"


def adjusted_p_values(
    p_values: Sequence[float], dependence: Dependence = Dependence.POSITIVE
) -> tuple[float, ...]:
    """Return each p-value as it counts among all: the level at which it is an alarm.

    The smallest m p(j) / j over all ranks j from its own on, at most 1, of m p-values
    in order; for any dependence times the sum of 1 / j.

    >>> adjusted_p_values([0.01, 0.04, 0.03])
    (0.03, 0.04, 0.04)

    Raises:
        InvalidValueError: a p-value does not lie between 0 and 1.
    """
    share = Leaf(float, (Between(0, 1),))
    faults = tuple(
        fault
        for at, each in enumerate(p_values)
        for fault in shape_faults(share, each, f"p_values[{at}]")
    )
    if faults:
        raise InvalidValueError("adjusted_p_values", faults)
    many = len(p_values)
    harsher = fsum(1 / rank for rank in range(1, many + 1))
    times = many * (harsher if dependence is Dependence.ANY else 1)
    found = [1.0] * many
    smallest = 1.0
    order = sorted(range(many), key=lambda at: p_values[at])
    for rank in range(many, 0, -1):
        at = order[rank - 1]
        smallest = min(smallest, times * p_values[at] / rank)
        # Rounding must not make a figure look surer among many than alone.
        found[at] = max(smallest, p_values[at])
    return tuple(found)


def discoveries(
    findings: Iterable[Finding], dependence: Dependence = Dependence.POSITIVE
) -> tuple[Finding, ...]:
    """Return findings as they hold among all figures asked about at once.

    Each with a p-value gets the `adjusted` one. Drift that does not hold at its level
    becomes "not enough data", for a shift that is significant alone is no proof that
    there is none. Verdicts without a p-value stay as they are, and do not count.
    """
    _refuse(findings, dependence)
    held = tuple(findings)
    for at, each in enumerate(held):
        refuse_no_finding(each, "discoveries", f"findings[{at}]")
    asked = [each for each in held if each.p_value is not None]
    alone = [each.p_value for each in asked if each.p_value is not None]
    counted = iter(adjusted_p_values(alone, dependence))
    return tuple(
        each if each.p_value is None else _told(each, next(counted), len(alone))
        for each in held
    )


def _refuse(findings: object, dependence: object) -> None:
    """Refuse what is no list of findings, and a word that is not declared."""
    if not isinstance(findings, Iterable):
        refuse_no_finding(findings, "discoveries", "findings")
        said = f"findings must be a list, got {shown(findings)}."
        issue = WRONG_TYPE.issue(said, path="findings", value=findings)
        raise InvalidValueError("discoveries", (issue,))
    if faults := tuple(shape_faults(Choice(Dependence), dependence, "dependence")):
        raise InvalidValueError("discoveries", faults)


def _told(finding: Finding, adjusted: float, many: int) -> Finding:
    found = evolve(finding, adjusted=adjusted)
    if finding.verdict is not DriftVerdict.DRIFT or adjusted <= finding.level:
        return found
    return evolve(
        found,
        verdict=DriftVerdict.NOT_ENOUGH_DATA,
        reason=f"significant alone, not among {many} figures asked about at once",
    )
