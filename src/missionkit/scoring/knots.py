"""What leads to something, each after all that leads to it, and the circles in it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from attrs import define, field

Before: TypeAlias = Callable[[str], Iterable[str]]


def knots_before(starts: Iterable[str], before: Before) -> Iterator[list[str]]:
    """Yield *starts* and all that lead to them, in groups, the first ones first.

    A group of several stands in a circle; no other does but what leads to itself. The
    time grows with the links, and a chain may be as long as there are any.
    """
    walk = _Walk(before)
    for start in starts:
        if start not in walk.number:
            yield from walk.groups(start)


@define
class _Walk:
    """A walk that leaves no link for good before it knows what the link leads round."""

    before: Before
    number: dict[str, int] = field(factory=dict)
    lowest: dict[str, int] = field(factory=dict)
    waiting: list[str] = field(factory=list)
    held: set[str] = field(factory=set)
    way: list[tuple[str, Iterator[str]]] = field(factory=list)

    def groups(self, start: str) -> Iterator[list[str]]:
        """Yield each group that leads to *start* and was not yielded before."""
        self._enter(start)
        while self.way:
            here, ahead = self.way[-1]
            if self._goes_on(here, ahead):
                continue
            self.way.pop()
            if self.way:
                last = self.way[-1][0]
                self.lowest[last] = min(self.lowest[last], self.lowest[here])
            if self.lowest[here] == self.number[here]:
                yield self._group(here)

    def _enter(self, here: str) -> None:
        self.number[here] = self.lowest[here] = len(self.number)
        self.waiting.append(here)
        self.held.add(here)
        self.way.append((here, iter(self.before(here))))

    def _goes_on(self, here: str, ahead: Iterator[str]) -> bool:
        for there in ahead:
            if there not in self.number:
                self._enter(there)
                return True
            if there in self.held:
                self.lowest[here] = min(self.lowest[here], self.number[there])
        return False

    def _group(self, first: str) -> list[str]:
        group: list[str] = []
        while not group or group[-1] != first:
            group.append(self.waiting.pop())
        self.held.difference_update(group)
        return group
