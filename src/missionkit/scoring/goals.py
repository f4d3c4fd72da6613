"""What the satisfaction of goals comes from: their parts, and what contributes to them.

The parts of a goal are the goals that refine it and the objectives that serve it; of an
objective there are none. Contributions come from anything that holds some.
"""

from collections.abc import Iterator
from typing import Final, cast

from attrs import field, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus, Refinement
from missionkit.domain.spec import Many, Nested, Spec
from missionkit.domain.values import Contribution
from missionkit.ports.part import PartRole
from missionkit.ports.rule import RuleView
from missionkit.scoring.readings import READS

_HELD: Final = Many(tuple, Nested(Contribution))


def _contributors(kinds: Kinds) -> Iterator[tuple[Spec, str]]:
    """Yield the kinds that hold contributions, and in which field."""
    for spec in kinds:
        yield from ((spec, item.name) for item in spec.fields if item.shape == _HELD)


def _reads() -> Iterator[str]:
    yield from READS
    yield from ("goal.parent", "goal.refinement", "objective.goal", "objective.status")
    for spec, name in _contributors(KINDS):
        yield f"{spec.kind}.{name}"
        yield from (f"{spec.kind}.{i.name}" for i in spec.fields if i.validity)


READS_OF_GOALS: Final = tuple(_reads())
"""What of a model the satisfaction of goals is made of."""


@frozen
class Source:
    """What satisfaction comes from: an element, in which role, and its weight."""

    ref: str
    role: PartRole
    weight: float = 1.0


@frozen(eq=False)
class Goals:
    """The sources of every element that has some."""

    sources: dict[str, list[Source]] = field(repr=False)

    def of(self, ref: str) -> list[Source]:
        """Return the sources of an element: its parts, then what contributes to it."""
        return self.sources.get(ref, [])

    def before(self, ref: str) -> list[str]:
        """Return the ids of the sources of an element."""
        return [source.ref for source in self.of(ref)]


def goals_of(view: RuleView) -> Goals:
    """Return the sources that hold on the day; a dropped objective is none."""
    found: dict[str, list[Source]] = {}
    roles: dict[str, PartRole] = {goal.id: _role(goal) for goal in view.of(Goal)}
    for ref, above in _parts(view):
        found.setdefault(above, []).append(Source(ref, roles[above]))
    for element, link in _contributions(view):
        source = Source(element.id, PartRole.CONTRIBUTION, link.weight)
        found.setdefault(link.target, []).append(source)
    return Goals(found)


def _role(goal: Goal) -> PartRole:
    return PartRole.OR if goal.refinement is Refinement.OR else PartRole.AND


def _parts(view: RuleView) -> Iterator[tuple[str, str]]:
    for goal in view.in_force(Goal):
        if goal.parent is not None:
            yield goal.id, goal.parent
    for objective in view.in_force(Objective):
        if objective.goal is not None and not _is_dropped(objective):
            yield objective.id, objective.goal


def _contributions(view: RuleView) -> Iterator[tuple[Element, Contribution]]:
    for spec, name in _contributors(view.model.kinds):
        for element in view.in_force(cast("type[Element]", spec.cls)):
            if not (isinstance(element, Objective) and _is_dropped(element)):
                yield from ((element, link) for link in getattr(element, name))


def _is_dropped(objective: Objective) -> bool:
    return objective.status is ObjectiveStatus.DROPPED
