"""What may be assumed of the time to come, and what the past is read from."""

from itertools import pairwise
from typing import Final, TypeAlias

from missionkit.domain.checking import shape_faults
from missionkit.domain.codes import BROKEN_RULE, WRONG_TYPE
from missionkit.domain.conduct import Ledger
from missionkit.domain.marks import AtLeast, Between
from missionkit.domain.spec import Leaf, Nested
from missionkit.domain.values import Money, Period
from missionkit.drift.timeline import span_of
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue
from missionkit.markup import shown
from missionkit.ports.codes import POINTS_OUT_OF_ORDER

Rest: TypeAlias = tuple[object, object, object, object]

_MOST_MONTHS: Final = 1200
_MOST_DRAWS: Final = 100_000
_SHARE: Final = Leaf(float, (Between(0, 1),))


def refuse_assumptions(
    cost: object, half_life: object, churn: object, rest: Rest
) -> None:
    """Refuse assumptions out of bounds; *rest* is horizon, draws, confidence, seed."""
    horizon, draws, confidence, seed = rest
    faults = [
        *shape_faults(Nested(Money), cost, "cost"),
        *shape_faults(Leaf(float), half_life, "half_life"),
        *shape_faults(Leaf(int, (Between(1, _MOST_MONTHS),)), horizon, "horizon"),
        *shape_faults(Leaf(int, (Between(1, _MOST_DRAWS),)), draws, "draws"),
        *shape_faults(_SHARE, confidence, "confidence"),
        *shape_faults(Leaf(int, (AtLeast(0),)), seed, "seed"),
    ]
    if churn is not None:
        faults += shape_faults(_SHARE, churn, "churn")
    amount = cost.amount if isinstance(cost, Money) else 1
    faults += _not_above("cost", amount) if amount <= 0 else ()
    if isinstance(half_life, int | float) and half_life <= 0:
        faults += _not_above("half_life", half_life)
    if faults:
        raise InvalidValueError("runway", tuple(faults))


def refuse_source(periods: object, revenue: object) -> None:
    """Refuse what are no periods in order, and what is no ledger."""
    faults: list[Issue] = []
    if revenue is not None and not isinstance(revenue, Ledger):
        said = f"revenue must be a ledger, got {shown(revenue)}."
        faults.append(WRONG_TYPE.issue(said, path="revenue", value=revenue))
    if not isinstance(periods, tuple | list):
        said = f"periods must be a tuple of periods, got {shown(periods)}."
        faults.append(WRONG_TYPE.issue(said, path="periods", value=periods))
        periods = ()
    for at, each in enumerate(periods):
        faults += shape_faults(Nested(Period), each, f"periods[{at}]")
    found = [span for e in periods if isinstance(e, Period) and (span := span_of(e))]
    for before, after in pairwise(found):
        if after.start <= before.end:
            said = f"the period from {after.start} to {after.end} is out of order."
            faults.append(POINTS_OUT_OF_ORDER.issue(said, path="periods"))
    if faults:
        raise InvalidValueError("runway", tuple(faults))


def _not_above(path: str, held: object) -> tuple[Issue, ...]:
    said = f"{path} must be above 0, got {held}."
    return (BROKEN_RULE.issue(said, path=path, value=held, fix="give more than 0"),)
