"""How far the mission is accomplished: one page, a part for each goal at the top."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import evolve, frozen

from missionkit.domain.intent import CoreIntent, Limit
from missionkit.domain.plan import Goal
from missionkit.ports.part import SATISFACTION, Combine, Part, PartRole
from missionkit.ports.propagating import TOLERANCE_NAME
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.goals import READS_OF_GOALS, Source
from missionkit.scoring.methods.goal_satisfaction import TOLERANCE_LIMIT
from missionkit.scoring.spreading import Numbers, Spread, spread


@frozen
class MissionAccomplishment:
    """The mean satisfaction of the goals that refine no other, by their weights.

    As GRL has it for an actor. Goals count alike where none has a weight; where only
    some have, the others are missing. Of a core intent it is asked of its own goals.
    """

    name: ClassVar[str] = "mission-accomplishment"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = (
        *READS_OF_GOALS,
        "goal.weight",
        "goal.intent",
        "core_intent.id",
    )
    limits: ClassVar[tuple[LimitSpec, ...]] = (TOLERANCE_LIMIT,)

    def __call__(self, view: ScoreView, /) -> Score:
        """Return how far the mission is accomplished, by the goals at the top."""
        goals = tuple(_top(view))
        if not goals:
            said = "it has no goals" if view.subject else "there are no goals"
            return view.unable(self, said, combine=Combine.SUM, scale=SATISFACTION)
        tolerance = view.limit(TOLERANCE_NAME)
        found = spread(view, Numbers(tolerance), (goal.id for goal in goals))
        weighted = any(goal.weight is not None for goal in goals)
        parts = [_part(view, found, goal, weighted=weighted) for goal in goals]
        return view.scored(
            self,
            parts,
            combine=Combine.SUM,
            scale=SATISFACTION,
            mean=True,
            settings=(Limit(name=TOLERANCE_NAME, value=tolerance),),
        )


def _top(view: ScoreView) -> Iterator[Goal]:
    """Yield the goals that refine no other; those of the intent that is asked about."""
    intent = view.by_id(CoreIntent).get(view.subject or "")
    for goal in view.in_force(Goal):
        asked = view.subject in (None, goal.id) or (intent and goal.intent == intent.id)
        if asked and (goal.parent is None or view.subject == goal.id):
            yield goal


def _part(view: ScoreView, found: Spread, goal: Goal, *, weighted: bool) -> Part:
    part = found.part(view, Source(goal.id, PartRole.GIVEN))
    if goal.weight is None and weighted:
        said = "it has no weight, though others have"
        return evolve(part, value=None, weight=0.0, role=None, because=said)
    return evolve(part, weight=1.0 if goal.weight is None else goal.weight, role=None)


SCORERS: tuple[Scorer, ...] = (MissionAccomplishment(),)
