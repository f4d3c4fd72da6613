"""Each scorer and ranker keeps the contract of its port, and is found by its name."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import missionkit_mcda as mcda
import pytest

import missionkit as mk
from missionkit.testing.rankers import RankerContract
from missionkit.testing.scorers import ScorerContract

DAY = date(2026, 3, 31)
NAMES = ["mcda.ahp", "mcda.borda", "mcda.promethee"]


def compared(*pairs: tuple[str, str, float], more: str = "") -> mk.Model:
    with mk.draft("Harbour Housing Trust") as d:
        over: dict[str, dict[str, float]] = {}
        for one, other, times in pairs:
            over.setdefault(one, {})[other] = times
        for each in ("a", "b", "c", *more):
            said = {"missionkit-mcda": {"over": over.get(each, {})}}
            d.objective(f"Objective {each}", id=each, ext=said)
    return d.model


SAATY_THREE = (("a", "b", 3.0), ("a", "c", 5.0), ("b", "c", 3.0))


class TestAhp(ScorerContract):
    @pytest.fixture
    def scorer(self) -> mk.Scorer:
        return mcda.Ahp()

    @pytest.fixture
    def views(self) -> Sequence[mk.ScoreView]:
        sound = compared(*SAATY_THREE, more="d")
        broken = compared(("a", "b", 9.0), ("b", "c", 9.0), ("c", "a", 9.0))
        gap = compared(*SAATY_THREE[:2])
        twice = compared(*SAATY_THREE, ("b", "a", 3.0))
        wrong = compared(*SAATY_THREE[:2], ("b", "nobody", 3.0))
        return [
            mk.ScoreView(model=model, subject=subject, on=DAY)
            for model in (sound, broken, gap, twice, wrong)
            for subject in (None, *(each.id for each in model.of(mk.Objective)))
        ]


class TestPromethee(ScorerContract):
    @pytest.fixture
    def scorer(self) -> mk.Scorer:
        return mcda.Promethee()


class TestLinearPromethee(ScorerContract):
    @pytest.fixture
    def scorer(self) -> mk.Scorer:
        return mcda.Promethee(preference=mcda.Preference.LINEAR, within=(10, 60))


class TestBorda(ScorerContract):
    @pytest.fixture
    def scorer(self) -> mk.Scorer:
        return mcda.Borda()


class TestPrometheeRanker(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return mcda.PrometheeRanker


class TestLinearPrometheeRanker(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        linear = mcda.Preference.LINEAR
        return partial(mcda.PrometheeRanker, preference=linear)


class TestBordaRanker(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return mcda.BordaRanker


@pytest.mark.parametrize("name", NAMES)
def test_a_scorer_is_found_by_the_name_of_its_entry_point(name: str) -> None:
    installed = mk.installed_scorers()
    if not set(NAMES) & set(installed.found):
        pytest.skip("missionkit-mcda is not installed")

    assert installed.failed == ()
    assert installed.found[name].name == name


@pytest.mark.parametrize("name", ["mcda.borda", "mcda.promethee"])
def test_a_ranker_is_found_by_the_name_of_its_entry_point(name: str) -> None:
    installed = mk.installed_rankers()
    if not installed.found:
        pytest.skip("missionkit-mcda is not installed")

    assert installed.failed == ()
    assert mk.rank({"A": {"x": 2}, "B": {"x": 1}}, using=name).method == name
