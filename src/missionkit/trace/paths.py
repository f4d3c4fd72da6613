"""Paths over the steps of one branch: counted, the shortest named, dead ends found.

Nothing here recurses, so that a chain may be as long as the model is large.
"""

from collections.abc import Callable, Iterator
from heapq import merge
from itertools import islice
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.trace.lines import Steps

IsEnd: TypeAlias = Callable[[int], bool]
Ranked: TypeAlias = tuple[int, int, int]

_NOWHERE: Final = -1


@frozen(eq=False)
class Way:
    """All that can be reached from one element, without the steps that close a loop.

    *order* begins with the start and has everything before what it leads to; *after*
    lists what comes after each in the order of its key.
    """

    order: list[int] = field(repr=False)
    after: dict[int, list[int]] = field(repr=False)
    loops: list[tuple[int, int]]


def way_from(steps: Steps, start: int, key: Callable[[int], str]) -> Way:
    """Walk depth first, in the order of *key*, and return what was found."""
    done: list[int] = []
    after: dict[int, list[int]] = {start: []}
    loops: list[tuple[int, int]] = []
    trail = [(start, iter(sorted(steps.after(start), key=key)))]
    on_trail = {start}
    while trail:
        here, left = trail[-1]
        there = next(left, None)
        if there is None:
            trail.pop()
            on_trail.discard(here)
            done.append(here)
        elif there in on_trail:
            loops.append((here, there))
        else:
            after[here].append(there)
            if there not in after:
                after[there] = []
                trail.append((there, iter(sorted(steps.after(there), key=key))))
                on_trail.add(there)
    return Way(done[::-1], after, loops)


def count(way: Way, is_end: IsEnd) -> int:
    """Return how many paths there are from the start to an end, exactly."""
    found = 0
    waiting = {way.order[0]: 1}
    for here in way.order:
        # What has been passed on is let go, for these numbers can be very long.
        many = waiting.pop(here)
        if is_end(here):
            found += many
        for there in way.after[here]:
            waiting[there] = waiting.get(there, 0) + many
    return found


def shortest(way: Way, is_end: IsEnd, most: int) -> list[list[int]]:
    """Return at most *most* paths to an end: the shortest, then in order of keys."""
    best: dict[int, list[Ranked]] = {}
    for here in reversed(way.order):
        if is_end(here):
            best[here] = [(0, _NOWHERE, 0)]
        else:
            runs = (_run(at, best[there]) for at, there in enumerate(way.after[here]))
            best[here] = list(islice(merge(*runs), most))
    start = way.order[0]
    return [_spelled(way, start, rank, best) for rank in range(len(best[start]))]


def _run(at: int, known: list[Ranked]) -> Iterator[Ranked]:
    """Yield the paths over the step number *at*: length, step, and rank beyond it."""
    return ((size + 1, at, rank) for rank, (size, _, _) in enumerate(known))


def _spelled(
    way: Way, here: int, rank: int, best: dict[int, list[Ranked]]
) -> list[int]:
    path = [here]
    while best[here][rank][1] != _NOWHERE:
        _, at, rank = best[here][rank]
        here = way.after[here][at]
        path.append(here)
    return path


@frozen(eq=False)
class DeadEnds:
    """Where a branch stops before its end, nearest first, and the way to the first."""

    found: list[tuple[int, int]]
    way: list[int]


def dead_ends(way: Way, is_end: IsEnd) -> DeadEnds:
    """Return the numbers that lead nowhere with their distances, breadth first."""
    came = {way.order[0]: _NOWHERE}
    distance = {way.order[0]: 0}
    found = []
    waiting = [way.order[0]]
    for here in waiting:
        if not way.after[here] and not is_end(here):
            found.append((here, distance[here]))
        for there in way.after[here]:
            if there not in came:
                came[there] = here
                distance[there] = distance[here] + 1
                waiting.append(there)
    return DeadEnds(found, _back(found[0][0], came) if found else [])


def _back(here: int, came: dict[int, int]) -> list[int]:
    path = []
    while here != _NOWHERE:
        path.append(here)
        here = came[here]
    return path[::-1]
