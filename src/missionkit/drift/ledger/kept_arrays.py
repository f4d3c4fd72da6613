"""The sums of kept effort by numpy, where they are exact."""

from array import array
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import numpy as np

_UNIT: Final = 10_000
"""Hours are counted in ten-thousandths, so that their sums are whole numbers."""
_DIGITS: Final = 4
_EXACT: Final = 1e15
"""Below it, no two numbers of so many digits have the same float."""


def summed(
    days: "array[int]",
    served: "array[int]",
    hours: "array[float]",
    starts: Sequence[int],
    wide: int,
) -> list[tuple[int, Decimal]] | None:
    """Return the total of each cell of a table, by its place row after row.

    Rows are periods that begin on the days *starts*, of columns there are *wide*. None
    where hours are no ten-thousandths: floats would be rounded on their way.
    """
    held = np.frombuffer(hours, dtype=np.float64)
    if held.size and held.max() > _EXACT:
        return None
    units = np.rint(held * _UNIT)
    if not (np.array_equal(units / _UNIT, held) and units.sum() < _EXACT):
        return None
    row = np.searchsorted(np.asarray(starts), _whole(days), side="right") - 1
    cell = row * wide + _whole(served)
    sums = np.bincount(cell, weights=units)
    there = np.flatnonzero(np.bincount(cell))
    return [
        (place, Decimal(int(sums[place])).scaleb(-_DIGITS)) for place in there.tolist()
    ]


def _whole(column: "array[int]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.frombuffer(column, dtype=f"i{column.itemsize}")
