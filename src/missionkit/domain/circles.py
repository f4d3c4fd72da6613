"""Circles of links that may not come round, found in time that grows with the links."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias

from missionkit.domain import codes
from missionkit.domain.declaration import Element
from missionkit.domain.links import LinkUse, links_of, targets
from missionkit.domain.opaque import Opaque
from missionkit.issue import Issue

Graph: TypeAlias = dict[str, list[str]]

_MOST_SHOWN: Final = 8  # ids, as many as fit into a line
_MOST_OF_A_KNOT: Final = 20


def acyclic_links(element: Element) -> Iterator[LinkUse]:
    """Yield the links of *element* that may not come round to it."""
    if not isinstance(element, Opaque):
        yield from (use for use in links_of(element) if use.link.acyclic)


def _acyclic_targets(element: Element) -> Iterator[str]:
    """Yield where those links lead, at a tenth of the time."""
    if not isinstance(element, Opaque):
        for target, item, _ in targets(type(element))(element):
            if item.link and item.link.acyclic:
                yield target


def reached(
    elements: Iterable[Element], find: Callable[[str], Element | None]
) -> dict[str, Element]:
    """Return *elements* and all that their acyclic links lead to, by id."""
    found: dict[str, Element] = {}
    waiting = list(elements)
    while waiting:
        here = waiting.pop()
        if here.id not in found:
            found[here.id] = here
            ahead = map(find, _acyclic_targets(here))
            waiting += (there for there in ahead if there is not None)
    return found


def on_circles(kept: Mapping[str, Element]) -> set[str]:
    """Return what is left after removing, again and again, what leads nowhere.

    Each removal is counted down at the elements that lead to it, so that a chain of
    any length costs time in proportion to its links. What leads into a circle is left
    as well, and so is a circle of links that are not of one name.
    """
    leads: dict[str, int] = {}
    before: Graph = {}
    for ref, element in kept.items():
        for target in _acyclic_targets(element):
            if target in kept:
                leads[ref] = leads.get(ref, 0) + 1
                before.setdefault(target, []).append(ref)
    free = [ref for ref in before if ref not in leads]
    while free:
        for ref in before.get(free.pop(), ()):
            leads[ref] -= 1
            if not leads[ref]:
                free.append(ref)
    return {ref for ref, count in leads.items() if count}


def circle_faults(kept: Mapping[str, Element]) -> Iterator[Issue]:
    """Yield a fault for each circle, at its element with the smallest id.

    Of circles that are knotted together, the shortest are named, until each element
    stands on one of them.
    """
    left = on_circles(kept)
    graphs: dict[str, Graph] = {}
    for ref in left:
        for use in acyclic_links(kept[ref]):
            if use.target in left:
                graph = graphs.setdefault(use.link.name, {})
                graph.setdefault(ref, []).append(use.target)
    for name, graph in graphs.items():
        for knot in _knots(graph):
            for circle in islice(_circles(graph, knot), _MOST_OF_A_KNOT):
                yield _circle_fault(circle, name, kept[circle[0]])


def circles_of(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield shortest circles until each name that is on one has been on one of them."""
    for knot in _knots(graph):
        yield from _circles(graph, knot)


def _circles(graph: Graph, knot: set[str]) -> Iterator[tuple[str, ...]]:
    done: set[str] = set()
    for ref in sorted(knot):
        if ref not in done:
            circle = _shortest(ref, graph, knot)
            done.update(circle)
            yield circle


def _shortest(start: str, graph: Graph, knot: set[str]) -> tuple[str, ...]:
    """Return the ids of a shortest circle through *start*; in a knot there is one."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while start not in came:
        here = waiting.popleft()
        for there in sorted(graph[here]):
            if there in knot and there not in came:
                came[there] = here
                waiting.append(there)
    way = [came[start]]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def _knots(graph: Graph) -> Iterator[set[str]]:
    """Yield the sets of ids of which each can be reached from each other."""
    back: Graph = {}
    for ref, ahead in graph.items():
        for there in ahead:
            back.setdefault(there, []).append(ref)
    placed: set[str] = set()
    for start in reversed(_left_last(graph)):
        knot: set[str] = set()
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if here not in placed:
                placed.add(here)
                knot.add(here)
                waiting += back.get(here, ())
        if len(knot) > 1 or start in knot & set(graph.get(start, ())):
            yield knot


def _left_last(graph: Graph) -> list[str]:
    """Return the ids in the order in which a walk from each leaves them for good."""
    order: list[str] = []
    entered: set[str] = set()
    for start in graph:
        way = [(start, iter(graph[start]))] if start not in entered else []
        entered.add(start)
        while way:
            here, ahead = way[-1]
            there = next((ref for ref in ahead if ref not in entered), None)
            if there is None:
                order.append(here)
                way.pop()
            else:
                entered.add(there)
                way.append((there, iter(graph.get(there, ()))))
    return order


def _circle_fault(circle: tuple[str, ...], name: str, element: Element) -> Issue:
    """Return the fault that a circle is; a long one is shortened in the middle."""
    shown = [*circle, circle[0]]
    after = shown[1]
    if len(shown) > _MOST_SHOWN:
        shown = [*shown[:4], "…", *shown[-3:]]
    path = next(
        use.path
        for use in acyclic_links(element)
        if use.link.name == name and use.target == after
    )
    return codes.CYCLE.issue(
        f"{' → '.join(shown)} is a circle of {name!r} links.",
        ref=element.id,
        path=path,
        value=circle[0],
    )
