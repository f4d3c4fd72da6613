"""The paths of one branch to its ends: counted, and the shortest listed."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.trace.rounds import ahead_of, count_round, shortest_round
from missionkit.trace.way import NOWHERE, Way

Ranked: TypeAlias = tuple[int, int, int]

# A search of a branch with circles ends after so many steps, well within a second.
LONGEST_SEARCH: Final = 200_000


@frozen(eq=False)
class Paths:
    """The shortest paths, and how many there are: exactly, or at the least."""

    listed: list[list[int]] = field(repr=False)
    count: int
    exact: bool


def paths_of(way: Way, most: int, longest: int = LONGEST_SEARCH) -> Paths:
    """Return at most *most* paths to an end, the shortest first, then in order of keys.

    Their number is exact where no circle leads to an end. Where one does, it is so
    unless counting takes more than *longest* steps.
    """
    ahead = ahead_of(way) if way.circle else {}
    if way.circle.keys().isdisjoint(ahead):
        return Paths(shortest(way, most), count(way), exact=True)
    exactly = count_round(way, ahead, longest)
    listed, all_found = shortest_round(way, ahead, most, longest)
    if exactly is None and all_found and len(listed) < most:
        exactly = len(listed)
    if exactly is None:
        return Paths(listed, max(count(way), len(listed)), exact=False)
    return Paths(listed, exactly, exact=True)


def count(way: Way) -> int:
    """Return how many paths there are from the start to an end, but for loops."""
    found = 0
    waiting = {way.start: 1}
    for here in way.order:
        # What has been passed on is let go, for these numbers can be very long.
        many = waiting.pop(here)
        if here in way.ends:
            found += many
        for there in way.onward[here]:
            waiting[there] = waiting.get(there, 0) + many
    return found


def shortest(way: Way, most: int) -> list[list[int]]:
    """Return at most *most* of the paths that `count` counts, the shortest first."""
    best: dict[int, list[Ranked]] = {}
    for here in reversed(way.order):
        if here in way.ends:
            best[here] = [(0, NOWHERE, 0)]
        else:
            runs = (_run(at, best[there]) for at, there in enumerate(way.onward[here]))
            best[here] = list(islice(merge(*runs), most))
    return [_spelled(way, rank, best) for rank in range(len(best[way.start]))]


def _run(at: int, known: list[Ranked]) -> Iterator[Ranked]:
    """Yield the paths over the step number *at*: length, step, and rank beyond it."""
    return ((size + 1, at, rank) for rank, (size, _, _) in enumerate(known))


def _spelled(way: Way, rank: int, best: dict[int, list[Ranked]]) -> list[int]:
    here = way.start
    path = [here]
    while best[here][rank][1] != NOWHERE:
        _, at, rank = best[here][rank]
        here = way.onward[here][at]
        path.append(here)
    return path
