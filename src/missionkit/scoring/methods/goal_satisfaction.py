"""Satisfaction of a goal, from what it is refined into and what contributes to it.

By the rules of GRL (ITU-T Z.151), as numbers and in words.
"""

from typing import ClassVar

from attrs import frozen

from missionkit.domain.intent import Limit
from missionkit.ports.part import SATISFACTION, Combine, Scale
from missionkit.ports.propagating import TOLERANCE, TOLERANCE_NAME, WORDS
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.scoring.goals import READS_OF_GOALS
from missionkit.scoring.spreading import Numbers, Rules, Words, spread

TOLERANCE_LIMIT = LimitSpec(
    TOLERANCE_NAME,
    TOLERANCE,
    "how far from full satisfaction, or denial, many weak contributions stay",
)


@frozen
class GoalSatisfaction:
    """How far a goal is satisfied, from -100 (denied) to 100 (satisfied).

    What was measured is taken as it is. Else: the least of all parts of a goal, or the
    best where any of them will do; to it each contribution adds its weight times the
    source, in whole numbers. Many weak contributions never satisfy in full, and, other
    than in GRL's own tool, never deny in full.
    """

    name: ClassVar[str] = "goal-satisfaction"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = READS_OF_GOALS
    limits: ClassVar[tuple[LimitSpec, ...]] = (TOLERANCE_LIMIT,)

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the satisfaction of the subject."""
        tolerance = view.limit(TOLERANCE_NAME)
        used = (Limit(name=TOLERANCE_NAME, value=tolerance),)
        return _scored(self, view, Numbers(tolerance), SATISFACTION, used)


@frozen
class GoalSatisfactionInWords:
    """How far a goal is satisfied, in five words from denied to satisfied.

    Weak contributions decide by majority; a full one for and a full one against are a
    conflict, of which there is no number.
    """

    name: ClassVar[str] = "goal-satisfaction-in-words"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = READS_OF_GOALS
    limits: ClassVar[tuple[LimitSpec, ...]] = ()

    def __call__(self, view: ScoreView, /) -> Score:
        """Return the satisfaction of the subject in words."""
        return _scored(self, view, Words(), WORDS, ())


def _scored(
    scorer: Scorer,
    view: ScoreView,
    rules: Rules,
    scale: Scale,
    settings: tuple[Limit, ...],
) -> Score:
    how = Combine.PROPAGATION
    if view.subject is None:
        said = "it is asked of one goal, or of what contributes to one"
        return view.unable(scorer, said, combine=how, scale=scale)
    found = spread(view, rules, (view.subject,))
    parts = found.parts(view, view.subject)
    if parts:
        return view.scored(scorer, parts, combine=how, scale=scale, settings=settings)
    said = found.why[view.subject]
    return view.unable(scorer, said, combine=how, scale=scale)


SCORERS: tuple[Scorer, ...] = (GoalSatisfaction(), GoalSatisfactionInWords())
