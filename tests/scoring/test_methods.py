"""Every method keeps the contract of scorers."""

import pytest

from missionkit.ports.scorer import Scorer
from missionkit.scoring.catalog import SCORERS
from missionkit.scoring.methods.coverage import CoverageScore
from missionkit.testing.scorers import ScorerContract

OURS = (
    "coverage",
    "goal-satisfaction",
    "goal-satisfaction-in-words",
    "line-of-sight",
    "measure-satisfaction",
    "mission-accomplishment",
    "okr",
    "target-ratio",
)


@pytest.mark.parametrize("scorer", [SCORERS[name] for name in OURS], ids=OURS)
class TestOurs(ScorerContract):
    pass


class TestCoverageOfSome(ScorerContract):
    @pytest.fixture
    def scorer(self) -> Scorer:
        return CoverageScore(metrics=("need coverage", "review punctuality"))
