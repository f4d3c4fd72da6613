"""What a ranking's numbers are: for each option from its row, without any library."""

from collections.abc import Callable, Iterator, Sequence
from math import fsum, hypot

from missionkit.ports.options import Criterion, Normalization
from missionkit.ports.part import MissingPolicy

Row = Sequence[float | None]


def sums(
    criteria: Sequence[Criterion],
    shares: Sequence[float],
    by: Normalization,
    policy: MissingPolicy,
) -> list[float | None]:
    """Return the weighted sum of each option; the weights are *shares* of all."""

    def one(row: Row) -> float | None:
        rated = [
            (share, 0.0 if value is None else each.rating(value, by))
            for each, share, value in zip(criteria, shares, row, strict=True)
            if value is not None or policy is MissingPolicy.ZERO
        ]
        found = fsum(share * rating for share, rating in rated)
        if len(rated) == len(row):
            return found
        whole = fsum(share for share, _ in rated)
        return found / whole if whole else None

    return list(_each(criteria, policy, one))


def closenesses(
    criteria: Sequence[Criterion], reaches: Sequence[float], policy: MissingPolicy
) -> list[float | None]:
    """Return how close each option is to the best ends."""

    def one(row: Row) -> float | None:
        placed = [
            (reach, 0.0 if value is None else each.position(value))
            for each, reach, value in zip(criteria, reaches, row, strict=True)
            if value is not None or policy is MissingPolicy.ZERO
        ]
        far = hypot(*(reach * place for reach, place in placed))
        near = hypot(*(reach * (place - 1) for reach, place in placed))
        return far / (far + near) if far + near else None

    return list(_each(criteria, policy, one))


def _each(
    criteria: Sequence[Criterion],
    policy: MissingPolicy,
    one: Callable[[Row], float | None],
) -> Iterator[float | None]:
    for row in zip(*(each.values for each in criteria), strict=True):
        lacks = policy is MissingPolicy.FAIL and None in row
        yield None if lacks else one(row)
