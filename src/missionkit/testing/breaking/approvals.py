"""Faults of what was approved or affirmed, and changed since."""

from collections.abc import Iterator

from attrs import evolve

from missionkit.domain.ids import AnyId
from missionkit.domain.model import Model
from missionkit.domain.plan import Objective
from missionkit.domain.review import Affirmation, Artifact
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.testing.fault import Change, fault


@fault("MK-STR-028", shape="review", stale=True)
def changed_after_approval(model: Model) -> Iterator[Change]:
    """Describe a stakeholder anew after the register was approved."""
    for made in model.of(Artifact):
        for who in model.of(Stakeholder):
            if AnyId(who.id) in made.covers:
                put = evolve(who, description="Others than those who were meant")
                path = f"covers[{made.covers.index(AnyId(who.id))}]"
                yield Change(ref=made.id, path=path, put=(put,))


@fault("MK-TRC-011", shape="review", stale=True)
def suspect_link(model: Model) -> Iterator[Change]:
    """Change a need after somebody affirmed that an objective answers it."""
    for affirmed in model.of(Affirmation):
        need, objective = model[affirmed.target], model[affirmed.source]
        if (
            isinstance(need, Need)
            and isinstance(objective, Objective)
            and need.id in objective.needs
        ):
            put = evolve(need, success_hint="Not as it was then")
            path = f"needs[{objective.needs.index(need.id)}]"
            yield Change(ref=objective.id, path=path, put=(put,))
