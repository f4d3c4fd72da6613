"""The same sums as in `plainly`, by numpy, for large tables without gaps."""

from collections.abc import Iterable, Sequence
from math import fsum, hypot, sqrt
from typing import Any

import numpy as np

from missionkit.ports.options import LARGEST, Criterion, Normalization, scale_of

_NUMERIC = "iuf"
_UNSQUARED = 1e-280
_CANCELED = 1e-2
"""What is left of a sum in floats of which at most 13 digits are sound."""


def array_of(column: Any) -> Any:  # noqa: ANN401 - any value is meant
    """Return a copy of a column that nobody can change."""
    made = np.array(column, dtype=np.float64)
    made.setflags(write=False)
    return made


def whole_columns(columns: Iterable[Any]) -> list[Any] | None:
    """Return columns as arrays, or None where one has a gap or is no number."""
    made = []
    for column in columns:
        held = np.asarray(column)
        if held.dtype.kind not in _NUMERIC:
            return None
        array = array_of(held)
        if array.size and not (array.min() >= -LARGEST and array.max() <= LARGEST):
            return None  # also where something is no number: it is not less
        made.append(array)
    return made


def largest(values: Any) -> float:  # noqa: ANN401 - an array
    """Return the largest number without its sign."""
    return float(np.abs(values).max()) if values.size else 0.0


def ends_of(values: Any) -> tuple[float, float, float]:  # noqa: ANN401 - any value is meant
    """Return the lowest and the highest number of a column, and its length."""
    if not values.size:
        return 0.0, 0.0, 0.0
    low, high = float(values.min()), float(values.max())
    scale = scale_of(low, high)
    scaled = values if scale == 1 else values / scale
    # Not a dot product: that starts threads, which cost more than they save here.
    return low, high, scale * sqrt(float(np.square(scaled).sum()))


def sums(
    criteria: Sequence[Criterion], shares: Sequence[float], by: Normalization
) -> Any:  # noqa: ANN401 - any value is meant
    """Return the weighted sum of each option; the weights are *shares* of all.

    Where large numbers cancel each other, they are added again without loss.
    """
    whole = np.zeros(len(criteria[0].values))
    largest_sum = np.zeros_like(whole)
    amounts = []
    for each, share in zip(criteria, shares, strict=True):
        column: Any = each.values
        amount = share * each.rating(column, by)
        whole += amount
        largest_sum += np.abs(amount)
        amounts.append(np.broadcast_to(amount, whole.shape))
    lossy = np.abs(whole) < _CANCELED * largest_sum
    for row in np.flatnonzero(lossy).tolist():
        whole[row] = fsum(float(amount[row]) for amount in amounts)
    return whole


def closenesses(criteria: Sequence[Criterion], reaches: Sequence[float]) -> Any:  # noqa: ANN401 - any value is meant
    """Return how close each option is to the best ends.

    Where squares are too small to be told from 0, the way is measured without them.
    """
    count = len(criteria[0].values)
    near, far = np.zeros(count), np.zeros(count)
    spare = np.empty(count)
    ways = [(e, r) for e, r in zip(criteria, reaches, strict=True) if r]
    for each, reach in ways:
        column: Any = each.values
        place = column - each.worst
        place /= each.best - each.worst  # a reach by a tiny span may be no number
        place *= reach
        np.multiply(place, place, out=spare)
        far += spare
        place -= reach
        np.multiply(place, place, out=spare)
        near += spare
    lost = np.flatnonzero(np.minimum(far, near) < _UNSQUARED).tolist()
    np.sqrt(far, out=far)
    np.sqrt(near, out=near)
    for row in lost:
        held = [(r, e.position(float(e.values[row] or 0))) for e, r in ways]
        far[row] = hypot(*(reach * at for reach, at in held))
        near[row] = hypot(*(reach * (at - 1) for reach, at in held))
    near += far
    far /= near
    return far


def order(values: Any, near: float) -> tuple[list[int], list[float]]:  # noqa: ANN401 - an array
    """Return the rows from the highest value down, and their values.

    There are no values where none is as near to the next as *near*.
    """
    rows = np.argsort(-values, kind="stable")
    held = values[rows]
    alike = held.size > 1 and bool((held[:-1] - held[1:] <= near).any())
    return rows.tolist(), held.tolist() if alike else []


# ---- of many rivals, which may overtake the first ------------------------------------


def ratings(
    criteria: Sequence[Criterion],
    rows: Sequence[int],
    by: Normalization,
    lengths: Sequence[float] | None,
) -> Any:  # noqa: ANN401 - any value is meant
    """Return for each criterion how good the options in *rows* are."""
    at = np.asarray(rows)
    found = []
    for each in criteria:
        column: Any = each.values
        how = by if lengths is None else Normalization.MIN_MAX
        rated = each.rating(column[at], how)  # one number where all are the same
        found.append(np.broadcast_to(rated, at.shape))
    return np.stack(found)


def better(ups: Any) -> list[int]:  # noqa: ANN401 - an array
    """Return which options are better than the first by a criterion."""
    held: list[int] = np.flatnonzero((ups > ups[:, :1]).any(axis=0)).tolist()
    return held


def sides(ups: Any, lengths: Sequence[float] | None) -> tuple[Any, Any]:  # noqa: ANN401 - an array
    """Return what counts for an option and against it, before it is weighed."""
    if lengths is None:
        return ups, ups
    ways = np.square(np.asarray(lengths))[:, None]
    return ways * np.square(ups), ways * np.square(ups - 1)


def split(
    pro: Any,  # noqa: ANN401 - an array
    con: Any,  # noqa: ANN401 - an array
    block: slice,
    at: int,
    weights: Sequence[float],
) -> tuple[Any, Any, Any, Any]:
    """Return what one criterion and what all others add, for and against options."""
    shares = np.asarray(weights)
    for_it, against = pro[:, block], con[:, block]
    rest = [np.einsum("k,kn->n", shares, each) for each in (for_it, against)]
    return for_it[at], rest[0], against[at], rest[1]


def places(which: Any) -> list[int]:  # noqa: ANN401 - an array
    """Return where something is true."""
    held: list[int] = np.flatnonzero(which).tolist()
    return held
