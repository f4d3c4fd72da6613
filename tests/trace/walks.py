"""Steps between a few numbers, for the tests of ways and paths."""

import networkx as nx
from hypothesis import strategies as st

from missionkit.trace.lines import Steps, steps_of
from missionkit.trace.way import Way, way_from

SIZE = 8
_numbers = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(_numbers, _numbers), max_size=24)
some_ends = st.sets(_numbers, max_size=3)


def steps(*given: tuple[int, int], size: int = SIZE) -> Steps:
    return steps_of((tail * size + head for tail, head in given), size)


def walked(*given: tuple[int, int], ends: set[int] | None = None, size: int = 0) -> Way:
    """Return the way from 0, in the order of numbers."""
    held = steps(*given, size=size or SIZE)
    return way_from(
        held, 0, lambda number: f"{number:09}", (ends or set()).__contains__
    )


def drawn(given: list[tuple[int, int]], ends: set[int]) -> "nx.DiGraph[int]":
    """Return as a graph what can be reached from 0, no step leading on from an end."""
    whole: nx.DiGraph[int] = nx.DiGraph((a, b) for a, b in given if a not in ends)
    whole.add_node(0)
    return whole.subgraph({0} | nx.descendants(whole, 0)).copy()


def clique(size: int, start: int = 0) -> list[tuple[int, int]]:
    """Return a step from each to each other."""
    held = range(start, start + size)
    return [(a, b) for a in held for b in held if a != b]
