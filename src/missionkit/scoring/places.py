"""The order of values, the highest first, and the places that follow from it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from missionkit.ports.options import Numbers
from missionkit.scoring.reading_options import is_array

_NEAR: Final = 1e-12


def in_order(values: Numbers, names: Sequence[str]) -> tuple[int, ...]:
    """Return the rows, the highest value first and those without one last.

    Among values that are alike, the names decide, so that the order of rows does not.
    """
    near = nearness(values)
    rows, held = _sorted(values, near)
    if any(one - other <= near for one, other in pairwise(held)):
        rows = [
            row
            for alike in _alike(rows, held, near)
            for row in sorted(alike, key=names.__getitem__)
        ]
    if len(rows) < len(values):
        lacking = (at for at, value in enumerate(values) if value is None)
        rows += sorted(lacking, key=names.__getitem__)
    return tuple(rows)


def places(values: Numbers, order: Sequence[int]) -> tuple[int | None, ...]:
    """Return the place of each row, 1 for the highest; those that are alike share one.

    Two that share the first place are followed by the third.
    """
    found: list[int | None] = [None] * len(values)
    rows = [row for row in order if values[row] is not None]
    held = [value for row in rows if (value := values[row]) is not None]
    place = 1
    for alike in _alike(rows, held, nearness(held)):
        for row in alike:
            found[row] = place
        place += len(alike)
    return tuple(found)


def nearness(values: Numbers) -> float:
    """Return by how much values may differ that are alike."""
    if is_array(values):
        from missionkit.scoring.arrays import largest  # noqa: PLC0415 - of the extra

        return _NEAR * largest(values)
    return _NEAR * max((abs(value) for value in values if value is not None), default=0)


def _alike(
    rows: Sequence[int], held: Sequence[float], near: float
) -> Iterator[list[int]]:
    """Yield the rows whose values are alike, in falling order of values."""
    group: list[int] = []
    head = 0.0
    for row, value in zip(rows, held, strict=True):
        if group and abs(head - value) > near:
            yield group
            group = []
        head = head if group else value
        group.append(row)
    if group:
        yield group


def _sorted(values: Numbers, near: float) -> tuple[list[int], list[float]]:
    """Return the rows by value, and the values unless no two of them are alike."""
    if is_array(values):
        from missionkit.scoring.arrays import order  # noqa: PLC0415 - of the extra

        return order(values, near)
    pairs = [(value, at) for at, value in enumerate(values) if value is not None]
    pairs.sort(key=lambda pair: -pair[0])
    return [at for _, at in pairs], [value for value, _ in pairs]
