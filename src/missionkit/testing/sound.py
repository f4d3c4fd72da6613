"""A sound model: a small organization in which a check finds nothing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.testing.bakery import (
    conduct,
    context,
    cycle,
    follow_up,
    past,
    people,
    plan,
    results,
    supply,
    work,
)
from missionkit.testing.bakery.telling import DAY, Outline, Telling, said

__all__ = [
    "DAY",
    "Outline",
    "Shape",
    "Telling",
    "cycle_of",
    "sound_elements",
    "sound_model",
]

Shape: TypeAlias = Literal["plan", "review"]
USUAL: Final[Mapping[Shape, Outline]] = MappingProxyType(
    {
        "plan": Outline(needs=2, objectives=2, outputs=1),
        "review": Outline(
            stakeholders=3,
            needs=4,
            declined=1,
            goals=2,
            subgoals=1,
            objectives=3,
            dropped=1,
            processes=3,
            retired=1,
            outputs=2,
        ),
    }
)
"""How many things of each kind there are, unless somebody says otherwise."""


def sound_model(
    shape: Shape = "plan", outline: Outline | None = None, tell: Telling | None = None
) -> Model:
    """Return a model of an invented bakery in which `check` finds nothing on `DAY`.

    The shape "plan" leads from stakeholders to processes. A "review" has a whole
    review cycle besides, and the gates of its stages are open. *outline* says how many
    things of each kind there are, *tell* in which words and numbers they are told.
    """
    return Model(sound_elements(shape, outline or USUAL[shape], tell or Telling()))


def sound_elements(shape: Shape, outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the elements of a sound model."""
    whole = shape == "review"
    planned = [
        *plan.organization(tell, people.limits(outline.processes) if whole else ()),
        *plan.stakeholders(outline, tell),
        *work.owner(tell),
        *plan.needs(outline, tell),
        *plan.goals(outline, tell),
        *plan.objectives(outline, tell),
        *work.processes(outline, tell, (past.MISSED,) if whole else ()),
        *work.outputs(outline, tell),
    ]
    yield from planned
    if whole:
        yield from _reviewed(planned, outline, tell)


def _reviewed(
    planned: list[Element], outline: Outline, tell: Telling
) -> Iterator[Element]:
    """Yield what a review adds to a plan."""
    objectives = said(plan.OBJECTIVES, outline.objectives)
    found = [
        *people.parties(tell),
        *people.roles(tell),
        *people.matrix([ref for ref, _ in said(work.PROCESSES, outline.processes)]),
        *(work.owned(ref) for ref, _ in objectives),
        *context.scan(cycle.CYCLE, tell),
        *context.impacts(tell),
        *context.courses(plan.goal_ids(outline), tell),
        *supply.flows(tell),
        *supply.demands(tell),
        *past.earlier_intent(tell),
        *past.missed(tell),
        *cycle.cycles(tell),
        *cycle.agenda(tell),
        *follow_up.decisions(tell),
        *follow_up.concluded(tell),
        *follow_up.actions(tell),
        *follow_up.carried(tell),
        *follow_up.waivers(tell),
        *conduct.purposes(tell),
        *conduct.snapshots(outline.processes, tell),
        *conduct.signals(tell),
    ]
    yield from found
    yield from results.results([*planned, *found], tell)
    yield from results.affirmed([*planned, *found])


def cycle_of(model: Model) -> str | None:
    """Return the id of the review that is going on in a sound model, if one is."""
    active = CycleStatus.ACTIVE
    return next((c.id for c in model.of(ReviewCycle) if c.status is active), None)
