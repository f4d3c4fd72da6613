"""A sound model: a small organization in which a check finds nothing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.links import links_of
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.testing.bakery import (
    care,
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

Shape: TypeAlias = Literal["plan", "first_review", "review"]
_REVIEWED: Final = Outline(
    stakeholders=3,
    needs=4,
    declined=1,
    goals=2,
    subgoals=1,
    objectives=3,
    dropped=1,
    processes=4,
    retired=1,
    outputs=2,
)
USUAL: Final[Mapping[Shape, Outline]] = MappingProxyType(
    {
        "plan": Outline(needs=2, objectives=2, outputs=1),
        "first_review": _REVIEWED,
        "review": _REVIEWED,
    }
)
"""How many things of each kind there are, unless somebody says otherwise."""


def sound_model(
    shape: Shape = "plan", outline: Outline | None = None, tell: Telling | None = None
) -> Model:
    """Return a model of an invented bakery in which `check` finds nothing on `DAY`.

    The shape "plan" leads from stakeholders to processes. A "review" has a whole
    review cycle besides, with the one before it, and the gates of its stages are open;
    so has a "first_review", before which there was none. *outline* says how many things
    of each kind there are, in a review never fewer than usual; *tell* in which words
    and numbers they are told.

    Raises `NotFoundError` for another shape.
    """
    least = least_of(shape)
    usual = outline or USUAL[shape]
    return Model(sound_elements(shape, usual.or_more(least), tell or Telling()))


def least_of(shape: Shape) -> Outline:
    """Return the least outline of a sound model, or raise `NotFoundError`."""
    if shape not in USUAL:
        raise NotFoundError("shape", shape, nearest(shape, USUAL))
    return Outline() if shape == "plan" else _REVIEWED


def sound_elements(shape: Shape, outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield the elements of a sound model."""
    whole = shape != "plan"
    planned = [
        *plan.organization(tell, people.limits(outline.processes) if whole else ()),
        *plan.stakeholders(outline, tell),
        *work.owner(tell),
        *plan.needs(outline, tell),
        *plan.goals(outline, tell),
        *plan.objectives(outline, tell),
        *work.processes(outline, tell, (past.MISSED,) if shape == "review" else ()),
        *work.outputs(outline, tell),
    ]
    yield from planned
    if whole:
        found = list(_reviewed(outline, tell))
        found = found if shape == "review" else [*_begun(found), cycle.first(tell)]
        yield from found
        yield from results.results([*planned, *found], tell)
        yield from results.affirmed([*planned, *found])


def _begun(found: list[Element]) -> list[Element]:
    """Return what is left without the last review, and without what refers to it."""
    gone: set[str] = {cycle.LAST, past.MISSED}
    kept = [
        evolve(each, previous=None) if isinstance(each, ReviewCycle) else each
        for each in found
    ]
    before = 0
    while before < len(gone):
        before = len(gone)
        gone |= {e.id for e in kept if any(use.target in gone for use in links_of(e))}
    return [each for each in kept if each.id not in gone]


def _reviewed(outline: Outline, tell: Telling) -> Iterator[Element]:
    """Yield what a review adds to a plan."""
    objectives = said(plan.OBJECTIVES, outline.objectives)
    yield from (
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
        *care.staffed(),
        *care.kept(tell),
        *care.looked_into(tell),
        *care.activities(tell),
    )


def cycle_of(model: Model) -> str | None:
    """Return the id of the review that is going on in a sound model, if one is."""
    active = CycleStatus.ACTIVE
    return next((c.id for c in model.of(ReviewCycle) if c.status is active), None)
