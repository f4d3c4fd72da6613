"""How the parts of a score make its value: a formula for each way to combine."""

from collections.abc import Callable, Mapping, Sequence
from math import fsum, hypot, isfinite
from typing import Final, TypeAlias

from missionkit.ports.part import Combine, Part, PartRole, Scale
from missionkit.ports.propagating import TOLERANCE, TOLERANCE_NAME, in_words, propagated

Settings: TypeAlias = Mapping[str, float]
Formula: TypeAlias = Callable[[Sequence[Part], Scale, Settings], float | None]


def combined(
    how: Combine, parts: Sequence[Part], scale: Scale, settings: Settings
) -> float | None:
    """Return the value that parts have together.

    It is None where there are none that count, or where it is no number of the scale.
    """
    try:
        found = _FORMULAS[how](parts, scale, settings)
    except (OverflowError, ValueError):  # of numbers that are too large to add
        return None
    if found is None or not isfinite(found):
        return None
    found = scale.settled(found)
    return found if scale.holds(found) else None


def why_none(parts: Sequence[Part], scale: Scale) -> str:
    """Return why parts give no value, for a sentence that goes on."""
    if scale.steps and (word := in_words(parts)[1]):
        return f"what it comes from leaves it in {word}"
    lacking = next((part.name for part in parts if part.value is None), "")
    if lacking:
        return f"{lacking} has no number"
    if not any(part.weight for part in parts):
        return "every weight is 0"
    return "the parts give no number on the scale"


def _sum(parts: Sequence[Part], _: Scale, __: Settings) -> float | None:
    amounts = [part.amount for part in parts]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or not any(part.weight for part in parts):
        return None
    return fsum(known)


def _min(parts: Sequence[Part], _: Scale, __: Settings) -> float | None:
    values = _values(parts)
    return min(values) if values else None


def _closeness(parts: Sequence[Part], _: Scale, __: Settings) -> float | None:
    """Return the way from the worst ends, as a share of both ways together."""
    best, worst = [], []
    for part in parts:
        if part.value is None or part.best is None or part.worst is None:
            return None
        best.append(part.weight * (part.value - part.best))
        worst.append(part.weight * (part.value - part.worst))
    whole = hypot(*best) + hypot(*worst)
    return hypot(*worst) / whole if whole else None


def _rank(parts: Sequence[Part], _: Scale, __: Settings) -> float | None:
    """Return the place, 1 for the highest value; those that tie share their places."""
    values = _values(parts)
    own = [part.value for part in parts if part.role is PartRole.SUBJECT]
    if not values or len(own) != 1 or own[0] is None:
        return None
    ahead = sum(each > own[0] for each in values)
    return ahead + (values.count(own[0]) + 1) / 2


def _propagation(
    parts: Sequence[Part], scale: Scale, settings: Settings
) -> float | None:
    if scale.steps:
        return in_words(parts)[0]
    return propagated(parts, settings.get(TOLERANCE_NAME, TOLERANCE))


def _values(parts: Sequence[Part]) -> list[float]:
    """Return the values of all parts, or none where one of them has none."""
    values = [part.value for part in parts if part.value is not None]
    return values if len(values) == len(parts) else []


_FORMULAS: Final[Mapping[Combine, Formula]] = {
    Combine.SUM: _sum,
    Combine.MIN: _min,
    Combine.CLOSENESS: _closeness,
    Combine.RANK: _rank,
    Combine.PROPAGATION: _propagation,
}
