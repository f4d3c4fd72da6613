"""What becomes of the parts of a score that are missing, and of the weights."""

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Final

from attrs import evolve, frozen

from missionkit.ports.part import MissingPolicy, Part, Scale

_NAMED: Final = 3


@frozen(kw_only=True)
class Treated:
    """The parts that count and those that are missing; why there can be no value."""

    parts: tuple[Part, ...]
    missing: tuple[Part, ...]
    reason: str = ""


def treated(
    given: Iterable[Part], policy: MissingPolicy, scale: Scale, *, mean: bool
) -> Treated:
    """Return what counts of the parts given; in a *mean* by shares of all weights."""
    parts = tuple(given)
    missing = tuple(each for each in parts if is_missing(each))
    if policy is MissingPolicy.ZERO:
        parts = tuple(_imputed(e, scale.zero) if is_missing(e) else e for e in parts)
    else:
        parts = tuple(each for each in parts if not is_missing(each))
    reason = ""
    if policy is MissingPolicy.FAIL and missing:
        reason = f"{_listed(missing)} {'are' if missing[1:] else 'is'} missing"
    elif not parts:
        reason = f"{_listed(missing)} missing" if missing else "there are no parts"
    elif mean and not reason:
        parts, reason = _shared(parts)
    return Treated(parts=parts, missing=missing, reason=reason)


def is_missing(part: Part) -> bool:
    """Return whether a part lacks a value; a conflict is one that has no number."""
    return part.value is None and not part.label


def _imputed(part: Part, zero: float) -> Part:
    because = f"{part.because or 'missing'}; counts as 0, as the caller chose"
    return evolve(part, value=zero, imputed=True, because=because)


def _listed(missing: Sequence[Part]) -> str:
    named = ", ".join(str(each.name) for each in missing[:_NAMED])
    more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
    return named + more


def _shared(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], str]:
    """Return the parts with their shares of all weights, or why there are no shares."""
    negative = next((each for each in parts if each.weight < 0), None)
    if negative is not None:
        return parts, f"the weight of {negative.name} is negative"
    largest = max(each.weight for each in parts)
    if not largest:
        return parts, "every weight is 0"
    # By the largest first, so that no sum of weights is too large to be a number.
    whole = fsum(each.weight / largest for each in parts)
    shares = (each.weight / largest / whole for each in parts)
    return tuple(evolve(p, weight=w) for p, w in zip(parts, shares, strict=True)), ""
