"""All that can be reached from one element, and the circles in it.

Nothing here recurses, so that a chain may be as long as the model is large.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.trace.lines import Steps

IsEnd: TypeAlias = Callable[[int], bool]
After: TypeAlias = dict[int, list[int]]

NOWHERE: Final = -1


@frozen(eq=False)
class Way:
    """All that can be reached from one element, up to the ends.

    *order* begins with the start and has everything before what *onward* lists for it.
    *after* lists what comes after each in the order of its key, and *onward* the same
    without *loops*: the steps on a circle that lead no farther from the start. *circle*
    numbers the circles for what is on one, and *came* names for each, nearest first,
    where a shortest way to it comes from.
    """

    order: list[int] = field(repr=False)
    after: After = field(repr=False)
    onward: After = field(repr=False)
    ends: set[int] = field(repr=False)
    circle: dict[int, int] = field(repr=False)
    came: dict[int, int] = field(repr=False)
    distance: dict[int, int] = field(repr=False)
    loops: list[tuple[int, int]]

    @property
    def start(self) -> int:
        """Where the way begins."""
        return next(iter(self.came))

    def inside(self, here: int) -> list[int]:
        """Return what comes after on the same circle."""
        mine = self.circle[here]
        return [there for there in self.after[here] if self.circle.get(there) == mine]

    def outside(self, here: int) -> list[int]:
        """Return what comes after and is not on the same circle."""
        if here not in self.circle:
            return self.after[here]
        mine = self.circle[here]
        return [there for there in self.after[here] if self.circle.get(there) != mine]


def way_from(steps: Steps, start: int, key: Callable[[int], str], is_end: IsEnd) -> Way:
    """Walk all that can be reached, in the order of *key*, and return what was found.

    What the answer says does not depend on that order: it only breaks ties.
    """
    after, done, circular = _walked(steps, start, key, is_end)
    came, distance = _nearest(after, start)
    circle: dict[int, int] = {}
    order, onward, loops = done[::-1], after, list[tuple[int, int]]()
    if circular:
        groups = _groups(after, order)
        order = [at for each in groups for at in sorted(each, key=distance.__getitem__)]
        round_about = (e for e in groups if e[1:] or e[0] in after[e[0]])
        circle = {at: n for n, each in enumerate(round_about) for at in each}
        loops = list(_loops(after, circle, distance))
        onward = _without(after, loops)
    ends = {at for at in order if is_end(at)}
    return Way(order, after, onward, ends, circle, came, distance, loops)


def _walked(
    steps: Steps, start: int, key: Callable[[int], str], is_end: IsEnd
) -> tuple[After, list[int], bool]:
    """Return what comes after each, in which order each was done, and if any circles.

    Depth first: each is done after all that it leads to, circles left aside.
    """

    def beyond(here: int) -> list[int]:
        return [] if is_end(here) else sorted(steps.after(here), key=key)

    after, done, circular = {start: beyond(start)}, list[int](), False
    trail, on_trail = [(start, iter(after[start]))], {start}
    while trail:
        here, left = trail[-1]
        there = next(left, None)
        if there is None:
            trail.pop()
            on_trail.discard(here)
            done.append(here)
        elif there not in after:
            after[there] = beyond(there)
            trail.append((there, iter(after[there])))
            on_trail.add(there)
        else:
            circular = circular or there in on_trail
    return after, done, circular


def _nearest(after: After, start: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return breadth first where each was come upon from, and how far that is."""
    came, distance, waiting = {start: NOWHERE}, {start: 0}, [start]
    for here in waiting:
        for there in after[here]:
            if there not in came:
                came[there] = here
                distance[there] = distance[here] + 1
                waiting.append(there)
    return came, distance


def _groups(after: After, order: Iterable[int]) -> list[list[int]]:
    """Return what lies on circles together, before what it leads to; others alone.

    *order* is the reverse of that in which a walk depth first was done with each.
    """
    before = backward(after)
    seen: set[int] = set()
    groups = []
    for first in order:
        if first not in seen:
            seen.add(first)
            group = [first]
            for here in group:
                fresh = [at for at in before[here] if at not in seen]
                seen.update(fresh)
                group += fresh
            groups.append(group)
    return groups


def backward(after: After) -> After:
    """Return the same steps, each the other way."""
    before: After = {here: [] for here in after}
    for here, onward in after.items():
        for there in onward:
            before[there].append(here)
    return before


def _loops(
    after: After, circle: dict[int, int], distance: dict[int, int]
) -> Iterator[tuple[int, int]]:
    for here, far in distance.items():
        for there in after[here] if here in circle else ():
            if circle.get(there) == circle[here] and distance[there] <= far:
                yield here, there


def _without(after: After, loops: Iterable[tuple[int, int]]) -> After:
    left_out = set(loops)
    return {
        here: [there for there in beyond if (here, there) not in left_out]
        for here, beyond in after.items()
    }


@frozen(eq=False)
class DeadEnds:
    """Where a branch stops before its end, nearest first, and the way to the first."""

    found: list[tuple[int, int]]
    way: list[int]


def dead_ends(way: Way) -> DeadEnds:
    """Return the numbers that lead nowhere with their distances, nearest first.

    Of a circle that no step leaves the nearest stands for all.
    """
    left = {way.circle[here] for here in way.circle if way.outside(here)}
    found, named = [], set[int]()
    for here, distance in way.distance.items():
        circle = way.circle.get(here)
        if circle is None:
            stops = not way.after[here] and here not in way.ends
        else:
            stops = circle not in left and circle not in named
            named.add(circle)
        if stops:
            found.append((here, distance))
    return DeadEnds(found, _back(found[0][0], way.came) if found else [])


def _back(here: int, came: dict[int, int]) -> list[int]:
    path = []
    while here != NOWHERE:
        path.append(here)
        here = came[here]
    return path[::-1]
