from itertools import islice, pairwise
from math import perm

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.trace.paths import Paths, paths_of
from missionkit.trace.way import way_from
from tests.trace.walks import SIZE, clique, drawn, pairs, some_ends, steps, walked


def known(given_pairs: list[tuple[int, int]], ends: set[int]) -> list[list[int]]:
    """Return every path from 0 to an end that passes nothing twice, in order."""
    graph = drawn(given_pairs, ends)
    found = [[0]] if 0 in ends else []
    for end in ends & set(graph) - {0}:
        found += nx.all_simple_paths(graph, 0, end)
    return sorted(found, key=lambda path: (len(path), path))


@given(pairs, some_ends, st.integers(1, 25))
def test_paths_are_counted_and_the_shortest_listed_in_order(
    given_pairs: list[tuple[int, int]], ends: set[int], most: int
) -> None:
    found = paths_of(walked(*given_pairs, ends=ends), most)
    expected = known(given_pairs, ends)

    assert (found.count, found.exact) == (len(expected), True)
    assert found.listed == expected[:most]


@given(pairs, some_ends, st.permutations(range(1, SIZE)), st.integers(0, 200))
def test_what_is_counted_does_not_depend_on_the_names(
    given_pairs: list[tuple[int, int]],
    ends: set[int],
    names: list[int],
    longest: int,
) -> None:
    name = [0, *names]
    renamed = [(name[a], name[b]) for a, b in given_pairs]
    first = paths_of(walked(*given_pairs, ends=ends), 1, longest)
    other = paths_of(walked(*renamed, ends={name[end] for end in ends}), 1, longest)

    assert (first.count, first.exact) == (other.count, other.exact)


@given(pairs, some_ends, st.integers(1, 20), st.integers(0, 60))
def test_a_search_that_is_cut_short_says_no_more_than_is_true(
    given_pairs: list[tuple[int, int]], ends: set[int], most: int, longest: int
) -> None:
    found = paths_of(walked(*given_pairs, ends=ends), most, longest)
    expected = known(given_pairs, ends)

    assert found.listed == expected[: len(found.listed)]
    assert bool(found.listed) == bool(expected)
    if found.exact:
        assert found.count == len(expected)
    else:
        assert max(1, len(found.listed)) <= found.count <= len(expected)


def test_paths_through_circles_one_after_another_are_multiplied() -> None:
    size, ring = 200, 4
    joined = [(a + ring - 1, a + ring) for a in range(0, size, ring)]
    rings = [pair for a in range(0, size, ring) for pair in clique(ring, a)]
    found = paths_of(walked(*rings, *joined, ends={size}, size=size + 1), 20)

    through = sum(perm(ring - 2, passed) for passed in range(ring - 1))
    assert (found.count, found.exact) == (through ** (size // ring), True)
    assert len(found.listed) == 20
    assert all(len(set(path)) == len(path) for path in found.listed)


def in_a_knot(size: int) -> Paths:
    knot = clique(size)
    return paths_of(walked(*knot, (1, size), ends={size}, size=size + 1), 20)


@pytest.mark.parametrize(("size", "exact"), [(8, True), (9, False), (40, False)])
def test_of_too_many_paths_it_is_said_how_many_there_are_at_least(
    size: int, *, exact: bool
) -> None:
    found = in_a_knot(size)

    every = sum(perm(size - 2, passed) for passed in range(size - 1))
    assert found.exact is exact
    assert found.count == every if exact else 20 <= found.count < every
    assert found.listed[0] == [0, 1, size]
    assert [len(path) for path in found.listed[1:20]] == sorted(
        len(path) for path in found.listed[1:20]
    )


def test_a_knot_beside_the_way_hides_no_path() -> None:
    aside = [(0, 2), (2, 0), *clique(12, 2)]
    found = paths_of(walked((0, 1), *aside, ends={1}, size=14), 20)

    assert found.listed == [[0, 1]]
    assert (found.count, found.exact) == (1, True)


def test_a_search_in_a_large_knot_comes_to_an_end_and_keeps_what_it_found() -> None:
    aside = [pair for at in range(2, 80) for pair in ((0, at), (at, 0))]
    knot = [(0, 1), *aside, *clique(78, 2)]
    found = paths_of(walked(*knot, ends={1}, size=80), 20, longest=1_000)

    assert found.listed == [[0, 1]]
    assert (found.count, found.exact) == (1, False)


def test_the_order_of_keys_decides_and_not_that_of_numbers() -> None:
    square = steps((0, 1), (0, 2), (1, 3), (2, 3), (1, 2), (2, 1))
    way = way_from(square, 0, lambda n: "dcba"[n], {3}.__contains__)

    shorter, longer = [[0, 2, 3], [0, 1, 3]], [[0, 2, 1, 3], [0, 1, 2, 3]]
    assert paths_of(way, 5).listed == [*shorter, *longer]


@pytest.mark.parametrize("circle", [False, True], ids=["chain", "circle"])
def test_a_long_chain_is_no_trouble(*, circle: bool) -> None:
    size = 50_000
    chain = list(pairwise(range(size)))
    back = [(size - 2, 0)] if circle else []
    found = paths_of(walked(*chain, *back, ends={size - 1}, size=size), 20)

    assert (found.count, found.exact) == (1, True)
    assert found.listed == [list(range(size))]


def test_a_long_ladder_with_a_step_back_is_no_trouble() -> None:
    size = 20_000
    rungs = [(a, b) for a in range(0, size, 2) for b in (a + 2, a + 3)]
    rungs += [(a + 1, b) for a, b in rungs]
    found = paths_of(
        walked(*rungs, (size // 2, size // 2 - 4), ends={size}, size=size + 2), 20
    )

    assert found.exact
    assert len(found.listed) == 20
    assert {len(path) for path in found.listed} == {size // 2 + 1}


def test_a_step_is_there_once_however_often_it_is_given() -> None:
    twice = steps((0, 2), (0, 1), (0, 2))

    assert twice.after(0) == [1, 2]
    assert twice.reversed().after(2) == [0]
    assert list(islice(twice.after(SIZE - 1), 1)) == []
