from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from missionkit.trace.lines import Steps, steps_of
from missionkit.trace.paths import Way, count, dead_ends, shortest, way_from

SIZE = 8
numbers = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(numbers, numbers), max_size=20)
some_ends = st.sets(numbers, max_size=3)


def steps(*given: tuple[int, int], size: int = SIZE) -> Steps:
    return steps_of((tail * size + head for tail, head in given), size)


def walked(*given: tuple[int, int], size: int = SIZE) -> Way:
    return way_from(steps(*given, size=size), 0, lambda number: f"{number:09}")


def drawn(way: Way) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph(
        (a, b) for a, after in way.after.items() for b in after
    )
    graph.add_nodes_from(way.order)
    return graph


@given(pairs)
def test_what_is_walked_is_all_that_can_be_reached_and_has_no_loop(
    given_pairs: list[tuple[int, int]],
) -> None:
    way = walked(*given_pairs)
    whole: nx.DiGraph[int] = nx.DiGraph(given_pairs)
    whole.add_node(0)
    graph = drawn(way)

    assert nx.is_directed_acyclic_graph(graph)
    assert set(way.order) == {0} | nx.descendants(whole, 0)
    at = {number: rank for rank, number in enumerate(way.order)}
    assert all(at[a] < at[b] for a, b in graph.edges)
    left_out = set(whole.subgraph(way.order).edges) - set(graph.edges)
    assert set(way.loops) == left_out
    assert all(nx.has_path(graph, b, a) for a, b in way.loops)


@given(pairs, some_ends, st.integers(1, 5))
def test_paths_are_counted_and_the_shortest_listed_in_order(
    given_pairs: list[tuple[int, int]], ends: set[int], most: int
) -> None:
    closed = [(a, b) for a, b in given_pairs if a not in ends]
    way = walked(*closed)
    graph = drawn(way)
    known = [[0]] if 0 in ends else []
    known += [
        path
        for end in sorted(ends & set(way.order))
        for path in nx.all_simple_paths(graph, 0, end)
        if end != 0
    ]

    assert count(way, ends.__contains__) == len(known)
    expected = sorted(known, key=lambda path: (len(path), path))[:most]
    assert shortest(way, ends.__contains__, most) == expected


@given(pairs, some_ends)
def test_dead_ends_are_found_nearest_first_with_the_way_to_the_first(
    given_pairs: list[tuple[int, int]], ends: set[int]
) -> None:
    way = walked(*given_pairs)
    graph = drawn(way)
    found = dead_ends(way, ends.__contains__)
    distance = nx.single_source_shortest_path_length(graph, 0)

    expected = {n for n in way.order if not graph.out_degree(n) and n not in ends}
    assert {number for number, _ in found.found} == expected
    assert all(distance[number] == far for number, far in found.found)
    assert [far for _, far in found.found] == sorted(far for _, far in found.found)
    if found.found:
        assert found.way[0] == 0
        assert found.way[-1] == found.found[0][0]
        assert len(found.way) == found.found[0][1] + 1
        assert all(graph.has_edge(*pair) for pair in pairwise(found.way))


def test_the_order_of_keys_decides_and_not_that_of_numbers() -> None:
    way = way_from(steps((0, 1), (0, 2), (1, 3), (2, 3)), 0, lambda n: str(-n))

    assert shortest(way, {3}.__contains__, 5) == [[0, 1, 3], [0, 2, 3]]
    backward = way_from(steps((0, 1), (0, 2), (1, 3), (2, 3)), 0, lambda n: "dcba"[n])
    assert shortest(backward, {3}.__contains__, 5) == [[0, 2, 3], [0, 1, 3]]


def test_a_long_chain_is_no_trouble() -> None:
    size = 50_000
    way = walked(*((n, n + 1) for n in range(size - 1)), size=size)

    assert count(way, {size - 1}.__contains__) == 1
    assert shortest(way, {size - 1}.__contains__, 20) == [list(range(size))]
    assert dead_ends(way, {size - 1}.__contains__).found == []


def test_a_step_is_there_once_however_often_it_is_given() -> None:
    twice = steps((0, 2), (0, 1), (0, 2))

    assert twice.after(0) == [1, 2]
    assert twice.reversed().after(2) == [0]
    assert twice.after(SIZE - 1) == []
