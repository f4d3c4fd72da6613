import pytest
from missionkit.scoring.catalog import SCORERS
from missionkit.testing.scorers import ScorerContract
@pytest.mark.parametrize("scorer", SCORERS.values(), ids=str)
class TestAll(ScorerContract): ...
