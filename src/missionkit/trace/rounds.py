"""Paths to an end where circles are on the way: none passes an element twice.

There can be so many that only some can be searched: all here ends after a number of
steps, which for counting does not depend on the names of elements.
"""

from collections.abc import Iterator

from missionkit.trace.way import After, Way, backward


def ahead_of(way: Way) -> dict[int, int]:
    """Return the fewest steps to an end from each element that can reach one."""
    before = backward(way.after)
    ahead = dict.fromkeys(way.ends, 0)
    waiting = list(ahead)
    for here in waiting:
        for there in before[here]:
            if there not in ahead:
                ahead[there] = ahead[here] + 1
                waiting.append(there)
    return ahead


def count_round(way: Way, ahead: dict[int, int], longest: int) -> int | None:
    """Return how many paths there are, or None where that takes too many steps.

    A path that leaves a circle never returns to it, so each is searched by itself.
    """
    inside = {here: way.inside(here) for here in way.circle if here in ahead}
    found, waiting = 0, {way.start: 1}
    for here in way.order:
        many = waiting.pop(here, 0)
        if not many or here not in ahead:
            continue
        if here in way.ends:
            found += many
        stands, spent = _rounds(inside, here, longest)
        longest -= spent
        if longest < 0:
            return None
        for at, times in stands.items():
            for there in way.outside(at):
                waiting[there] = waiting.get(there, 0) + many * times
    return found


def _rounds(inside: After, start: int, longest: int) -> tuple[dict[int, int], int]:
    """Return how many paths within a circle lead to each, and the steps it took."""
    found, spent = {start: 1}, 0
    trail, on_trail = [(start, iter(inside.get(start, ())))], {start}
    while trail and spent <= longest:
        here, left = trail[-1]
        there = next(left, None)
        if there is None:
            trail.pop()
            on_trail.discard(here)
            continue
        spent += 1
        if there not in on_trail:
            found[there] = found.get(there, 0) + 1
            trail.append((there, iter(inside[there])))
            on_trail.add(there)
    return found, spent


def shortest_round(
    way: Way, ahead: dict[int, int], most: int, longest: int
) -> tuple[list[list[int]], bool]:
    """Return the shortest paths, and whether none was missed for too many steps."""
    found: list[list[int]] = []
    # However large all is, the first is found, and the others may be as long.
    size = sum(map(len, way.after.values()))
    search = _Search(way, ahead, longest + size + most * len(way.order))
    length: int | None = ahead[way.start]
    while length is not None and len(found) < most and search.left > 0:
        for path in search.paths(length):
            found.append(path)
            if len(found) == most:
                break
        length = search.next
    return found, search.left > 0


class _Search:
    """A search for paths of one length after another, in the order of keys."""

    def __init__(self, way: Way, ahead: dict[int, int], longest: int) -> None:
        self.way = way
        self.ahead = ahead
        self.left = longest
        self.next: int | None = None
        self.trail = [way.start]
        self.on_trail = {way.start}

    def paths(self, length: int) -> Iterator[list[int]]:
        """Yield the paths of a length; *next* is then what a longer one has at least.

        A step is only taken where a path goes on from it, so no search is in vain.
        """
        self.next = None
        self.trail, self.on_trail = [self.way.start], {self.way.start}
        # The least way to an end from the trail: what is nearer cannot lead back to it.
        least = [self.ahead[self.way.start]]
        waiting = [iter(self.way.after[self.way.start])]
        while waiting and self.left > 0:
            self.left -= 1
            there = next(waiting[-1], None)
            if there is None:
                waiting.pop()
                least.pop()
                self.on_trail.discard(self.trail.pop())
            elif self._goes_on(there, length, least[-1]):
                if there not in self.way.ends:
                    self.trail.append(there)
                    self.on_trail.add(there)
                    least.append(min(least[-1], self.ahead[there]))
                    waiting.append(iter(self.way.after[there]))
                elif len(self.trail) == length:
                    yield [*self.trail, there]

    def _goes_on(self, there: int, length: int, least: int) -> bool:
        if there not in self.ahead or there in self.on_trail:
            return False
        left: int | None = self.ahead[there]
        if there in self.way.circle and self.ahead[there] >= least:
            room = length - len(self.trail)
            left = self.ahead[there] if self.ahead[there] > room else self._free(there)
        if left is None:
            return False
        whole = len(self.trail) + left
        if whole > length:
            self.next = min(whole, self.next or whole)
        return whole <= length

    def _free(self, start: int) -> int | None:
        """Return the fewest steps to an end that lead past what is on the trail."""
        way, best = self.way, None
        distance, waiting = {start: 0}, [start]
        for here in waiting:
            if best is not None and best <= distance[here] + 1:
                break
            for there in way.after[here]:
                self.left -= 1
                if there not in self.ahead or there in self.on_trail:
                    continue
                if way.circle.get(there) != way.circle[here]:
                    whole = distance[here] + 1 + self.ahead[there]
                    best = whole if best is None else min(best, whole)
                elif there not in distance:
                    distance[there] = distance[here] + 1
                    waiting.append(there)
        return best
