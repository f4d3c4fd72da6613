"""What effort reaches through what it serves: the core intent, processes, people."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Final

from attrs import field, frozen

from missionkit.domain.intent import CoreIntent, OperatingSphere, SphereRelation
from missionkit.domain.links import links_of
from missionkit.domain.opaque import Opaque
from missionkit.domain.plan import Objective, ObjectiveStatus, Purpose
from missionkit.domain.stakeholder import Need
from missionkit.domain.values import Contribution
from missionkit.ports.indicator import IndicatorView
from missionkit.trace.lines import Lines, hurts, lines_of
from missionkit.trace.reach import reached, spread
from missionkit.trace.toward import Toward, heading

_HUNDRED: Final = 100


@frozen(eq=False)
class Sight:
    """What is in sight of each element of a model.

    On the mission is what has a line of sight to a core intent that holds, not by way
    of an objective that was dropped; of a sphere, a chain of its relations to one. What
    is declared as a purpose is not, whatever it is for.
    """

    lines: Lines
    on: frozenset[str]
    off: frozenset[str]
    intents: tuple[str, ...]
    closed: tuple[int, ...]
    _seen: dict[tuple[Toward, str], frozenset[str]] = field(factory=dict, repr=False)

    def knows(self, ref: str | None) -> bool:
        """Return whether the model has what effort serves."""
        return ref is not None and ref in self.lines.numbers

    def processes(self, ref: str) -> frozenset[str]:
        """Return the processes on the way from an element to the core intent."""
        return self._kind("process", Toward.INTENT, ref)

    def stakeholders(self, ref: str) -> frozenset[str]:
        """Return the stakeholders whose needs an element serves."""
        return self._kind("stakeholder", Toward.STAKEHOLDER, ref)

    def _kind(self, kind: str, toward: Toward, ref: str) -> frozenset[str]:
        key = (toward, ref)
        if key not in self._seen:
            lines = self.lines
            start = [lines.number(ref)]
            found = reached(lines.steps[toward], start, closed=self.closed)
            self._seen[key] = frozenset(
                lines.ids[at] for at in found if lines.kinds[at] == kind
            )
        return self._seen[key]


def sight(view: IndicatorView) -> Sight:
    """Return what is in sight of each element, by the day if one is given."""
    lines = lines_of(view.model)
    intents = [intent.id for intent in view.in_force(CoreIntent)]
    closed = tuple(
        lines.number(each.id)
        for each in view.of(Objective)
        if each.status is ObjectiveStatus.DROPPED
    )
    ends = (lines.number(ref) for ref in intents)
    marks = spread(lines.back(Toward.INTENT), ends, closed=closed)
    on = {lines.ids[at] for at, mark in enumerate(marks) if mark}
    spheres = _strengths_of_spheres(view.of(OperatingSphere), intents)
    purposes = view.of(Purpose)
    return Sight(
        lines,
        frozenset(on | set(spheres)) - {each.id for each in purposes},
        frozenset(each.id for each in purposes if each.off_mission),
        tuple(intents),
        closed,
    )


def strengths(view: IndicatorView) -> Mapping[str, float]:
    """Return how strong the strongest way from each element to the core intent is.

    A way is as strong as its contributions, each as a part of 100, times the importance
    of a need that it passes, times the strength of relations of spheres. What states
    none of these takes nothing away.
    """
    seen = view.once(sight)
    factors = {
        str(each.id): each.importance
        for each in view.of(Need)
        if each.importance is not None
    }
    closed = {seen.lines.ids[at] for at in seen.closed}
    before: dict[str, list[tuple[str, float]]] = {}
    for tail, head, weight in _steps(seen.lines):
        if tail not in closed and head not in closed:
            before.setdefault(head, []).append((tail, weight))
    found = _strongest(before, seen.intents, factors)
    spheres = _strengths_of_spheres(view.of(OperatingSphere), seen.intents)
    return {**found, **spheres}


def _strengths_of_spheres(
    spheres: Iterable[OperatingSphere], intents: Iterable[str]
) -> dict[str, float]:
    before: dict[str, list[tuple[str, float]]] = {}
    names = set()
    for sphere in spheres:
        names.add(str(sphere.id))
        for relation in sphere.relations:
            before.setdefault(relation.to, []).append((sphere.id, _pull(relation)))
    found = _strongest(before, intents, {})
    return {ref: strength for ref, strength in found.items() if ref in names}


def _pull(relation: SphereRelation) -> float:
    return 1.0 if relation.strength is None else relation.strength


def _strongest(
    before: Mapping[str, list[tuple[str, float]]],
    ends: Iterable[str],
    factors: Mapping[str, float],
) -> dict[str, float]:
    """Return the largest product of weights on a way to an end, for what has one.

    No weight is above 1, so that a way never gets stronger by being longer.
    """
    found: dict[str, float] = {}
    waiting = [(-1.0, ref) for ref in sorted(ends)]
    while waiting:
        strength, here = heappop(waiting)
        if here in found:
            continue
        found[here] = -strength
        for there, weight in before.get(here, ()):
            along = strength * weight * factors.get(there, 1.0)
            if there not in found:
                heappush(waiting, (along, there))
    return found


def _steps(lines: Lines) -> Iterator[tuple[str, str, float]]:
    """Yield each step toward the intent, with the weight of a contribution or 1."""
    for element in lines.elements:
        if isinstance(element, Opaque):
            continue
        holder = lines.levels[lines.number(element.id)]
        for use in links_of(element):
            if not use.link.trace or hurts(use.holder, element):
                continue
            target = lines.levels[lines.number(use.target)]
            up = use.link.upward
            way = heading(Toward.INTENT, holder, target, upward=up)
            given = use.holder if isinstance(use.holder, Contribution) else None
            weight = given.weight / _HUNDRED if given else 1.0
            if way:
                ends = (element.id, use.target)
                tail, head = ends if way > 0 else ends[::-1]
                yield tail, head, weight
