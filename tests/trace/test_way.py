from itertools import pairwise

import networkx as nx
from hypothesis import given

from missionkit.trace.way import dead_ends
from tests.trace.walks import drawn, pairs, some_ends, walked


@given(pairs, some_ends)
def test_what_is_walked_is_all_that_can_be_reached_and_onward_has_no_circle(
    given_pairs: list[tuple[int, int]], ends: set[int]
) -> None:
    way = walked(*given_pairs, ends=ends)
    graph = drawn(given_pairs, ends)

    assert {(a, b) for a in way.after for b in way.after[a]} == set(graph.edges)
    assert set(way.order) == set(graph)
    assert len(way.order) == len(graph)
    assert way.start == way.order[0] == 0
    assert way.ends == ends & set(graph)
    onward = {(a, b) for a in way.onward for b in way.onward[a]}
    assert onward == set(graph.edges) - set(way.loops)
    at = {number: rank for rank, number in enumerate(way.order)}
    assert all(at[a] < at[b] for a, b in onward)
    reached: nx.DiGraph[int] = nx.DiGraph(onward)
    assert {0} | (nx.descendants(reached, 0) if onward else set()) == set(graph)


@given(pairs, some_ends)
def test_loops_lead_no_farther_from_the_start_on_a_circle(
    given_pairs: list[tuple[int, int]], ends: set[int]
) -> None:
    way = walked(*given_pairs, ends=ends)
    graph = drawn(given_pairs, ends)
    far = nx.single_source_shortest_path_length(graph, 0)
    groups = list(nx.strongly_connected_components(graph))

    assert way.distance == far
    assert set(way.loops) == {
        (a, b)
        for a, b in graph.edges
        if far[b] <= far[a] and any({a, b} <= group for group in groups)
    }
    round_about = [g for g in groups if g - {min(g)} or graph.has_edge(min(g), min(g))]
    assert {
        frozenset(a for a in way.circle if way.circle[a] == n)
        for n in way.circle.values()
    } == {frozenset(group) for group in round_about}


@given(pairs, some_ends)
def test_a_branch_stops_where_nothing_leads_on_and_on_circles_that_nothing_leaves(
    given_pairs: list[tuple[int, int]], ends: set[int]
) -> None:
    graph = drawn(given_pairs, ends)
    stops = dead_ends(walked(*given_pairs, ends=ends))
    far = nx.single_source_shortest_path_length(graph, 0)
    last = [group for group in nx.attracting_components(graph) if not group & ends]

    assert len(stops.found) == len(last)
    for group in last:
        ((named, distance),) = [each for each in stops.found if each[0] in group]
        assert distance == far[named] == min(far[number] for number in group)
    distances = [distance for _, distance in stops.found]
    assert distances == sorted(distances)
    if stops.found:
        assert (stops.way[0], stops.way[-1]) == (0, stops.found[0][0])
        assert len(stops.way) == stops.found[0][1] + 1
        assert all(graph.has_edge(*pair) for pair in pairwise(stops.way))


def test_a_long_chain_and_a_long_circle_are_no_trouble() -> None:
    size = 50_000
    chain = [(n, n + 1) for n in range(size - 1)]

    assert dead_ends(walked(*chain, ends={size - 1}, size=size)).found == []
    way = walked(*chain, (size - 1, 0), size=size)
    assert way.loops == [(size - 1, 0)]
    assert dead_ends(way).found == [(0, 0)]
