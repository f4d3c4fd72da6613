"""The order of boxes in columns, so that few of the lines between them cross."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

Columns: TypeAlias = Sequence[Sequence[str]]
Edge: TypeAlias = tuple[str, str]

_SWEEPS: Final = 8


def ordered(columns: Columns, edges: Iterable[Edge]) -> list[list[str]]:
    """Return the columns, each reordered by the middle of its neighbors' places.

    The sweeps go forth and back; the order with the fewest crossings is kept, the
    first of several. Equal input gives equal output.
    """
    pairs = tuple(edges)
    near = _neighbors(columns, pairs)
    now = [list(column) for column in columns]
    best, fewest = now, crossings(now, pairs)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        now = _swept(now, near, backward=bool(sweep % 2))
        count = crossings(now, pairs)
        if count < fewest:
            best, fewest = now, count
    return best


def crossings(columns: Columns, edges: Iterable[Edge]) -> int:
    """Return how often lines cross that join the same two columns."""
    place = _places(columns)
    joined: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other in edges:
        (left, a), (right, b) = sorted((place[one], place[other]))
        if left != right:
            joined.setdefault((left, right), []).append((a, b))
    return sum(_inversions(sorted(lines)) for lines in joined.values())


def _inversions(lines: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    count = 0
    for _, right in lines:
        count += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return count


def _places(columns: Columns) -> dict[str, tuple[int, int]]:
    return {
        name: (at, row)
        for at, column in enumerate(columns)
        for row, name in enumerate(column)
    }


def _neighbors(columns: Columns, edges: Iterable[Edge]) -> Mapping[str, list[str]]:
    near: dict[str, list[str]] = {name: [] for column in columns for name in column}
    for one, other in edges:
        near[one].append(other)
        near[other].append(one)
    return near


def _swept(
    columns: Columns, near: Mapping[str, list[str]], *, backward: bool
) -> list[list[str]]:
    found = [list(column) for column in columns]
    order = range(len(found))
    for at in reversed(order) if backward else order:
        middle = _middles(found, at, near, backward=backward)
        found[at].sort(key=middle.__getitem__)
    return found


def _middles(
    columns: Columns, at: int, near: Mapping[str, list[str]], *, backward: bool
) -> dict[str, float]:
    """Return, for each box of a column, the middle of its neighbors passed before."""
    place = _places(columns)
    found = {}
    for row, name in enumerate(columns[at]):
        passed = [
            (place[other][1] + 0.5) / len(columns[place[other][0]])
            for other in near[name]
            if (place[other][0] > at if backward else place[other][0] < at)
        ]
        own = (row + 0.5) / len(columns[at])
        found[name] = sum(passed) / len(passed) if passed else own
    return found
