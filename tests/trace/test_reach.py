import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from missionkit.trace.lines import steps_of
from missionkit.trace.reach import reached, spread

SIZE = 8
numbers = st.integers(0, SIZE - 1)
pairs = st.lists(st.tuples(numbers, numbers), max_size=20)


@given(pairs, st.lists(numbers, max_size=3), st.sets(numbers, max_size=3))
def test_distances_are_the_fewest_steps_past_what_is_closed(
    given_pairs: list[tuple[int, int]], starts: list[int], closed: set[int]
) -> None:
    steps = steps_of((a * SIZE + b for a, b in given_pairs), SIZE)
    graph: nx.DiGraph[int] = nx.DiGraph(given_pairs)
    graph.add_nodes_from(range(SIZE))
    graph.remove_nodes_from(closed)
    far = [
        nx.single_source_shortest_path_length(graph, start)
        for start in starts
        if start not in closed
    ]
    expected = {
        number: min(found[number] for found in far if number in found)
        for number in set().union(*far)
    }

    assert reached(steps, starts, closed=closed) == expected
    flags = spread(steps, starts, closed=closed)
    assert [number for number in range(SIZE) if flags[number]] == sorted(expected)
