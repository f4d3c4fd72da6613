"""The contract of rankers: whoever writes a ranking method inherits the proof of it.

class TestWorst(RankerContract):
    @pytest.fixture
    def method(self) -> RankingMethod:
        return Worst
"""

from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import Any, Final, TypeAlias

import pytest

from missionkit.ports.options import Numbers, Options
from missionkit.ports.part import MissingPolicy
from missionkit.ports.ranker import Ranker, RankingMethod
from missionkit.ports.scorer import ScoreView
from missionkit.scoring.rankers import made_of, values_of
from missionkit.scoring.ranking import rank
from missionkit.scoring.reading_options import options_of
from missionkit.testing.scorers import ScorerContract

__all__ = ["RankerContract"]

Table: TypeAlias = Mapping[str, Mapping[str, Any]]

_NEAR: Final = 1e-12
_TABLE: Final = {
    "Repair": {"quality": 7, "cost": 200, "fit": 0.8},
    "Rebuild": {"quality": 9, "cost": 350, "fit": 0.6},
    "Wait": {"quality": 5, "cost": 150, "fit": 0.9},
    "Sell": {"quality": 8, "cost": 300, "fit": 0.7},
    "Wait longer": {"quality": 4, "cost": 160, "fit": 0.9},
}
_WEIGHTS: Final = {"quality": 0.5, "cost": 0.3, "fit": 0.2}
_DIRECTIONS: Final = {"cost": "lower"}
_GAPS: Final[Table] = {**_TABLE, "Lease": {"quality": 6}, "Share": {}}


class RankerContract(ScorerContract):
    """Every case that a ranking method has to pass, beside those of a scorer.

    Inherit it under a name that pytest collects, and give it a fixture `method`: what
    is called with a table.
    """

    @pytest.fixture
    def scorer(self, method: RankingMethod) -> Ranker:
        """Give the ranker of a table with gaps."""
        return made_of(method, _options(_GAPS), None)

    @pytest.fixture
    def views(self) -> Sequence[ScoreView]:
        """Give what it is asked: each option, none, and one that there is not."""
        return [ScoreView(subject=name) for name in (*_GAPS, None, "Lend")]

    def test_it_keeps_the_table_that_it_was_made_of(
        self, method: RankingMethod
    ) -> None:
        options = _options(_TABLE)

        assert made_of(method, options, None).options == options

    @pytest.mark.parametrize("missing", MissingPolicy)
    def test_each_option_has_a_number_or_none(
        self, scorer: Ranker, missing: MissingPolicy
    ) -> None:
        values = values_of(scorer, _shares(scorer.options), missing)

        assert len(values) == len(scorer.options.names)
        assert all(each is None or isfinite(each) for each in values)

    @pytest.mark.parametrize("missing", MissingPolicy)
    def test_the_score_of_an_option_has_the_value_that_ranks_it(
        self, scorer: Ranker, missing: MissingPolicy
    ) -> None:
        values = values_of(scorer, _shares(scorer.options), missing)
        for name, value in zip(scorer.options.names, values, strict=True):
            scored = scorer(ScoreView(subject=name, missing=missing)).value
            assert _same(scored, value)

    def test_to_fail_gives_no_place_where_something_is_missing(
        self, scorer: Ranker
    ) -> None:
        policy = MissingPolicy.FAIL
        values = values_of(scorer, _shares(scorer.options), policy)
        for row, value in enumerate(values):
            assert value is None or not scorer.options.lacking(row)

    def test_the_order_of_options_and_criteria_changes_nothing(
        self, method: RankingMethod
    ) -> None:
        turned = {name: dict([*row.items()][::-1]) for name, row in _TABLE.items()}
        again = dict([*turned.items()][::-1])

        assert _same_values(_valued(method, _TABLE), _valued(method, again))

    def test_only_the_proportions_of_weights_count(self, method: RankingMethod) -> None:
        weights = {name: 1000 * weight for name, weight in _WEIGHTS.items()}
        heavy = options_of(_TABLE, weights, _DIRECTIONS)
        found = _by_name(made_of(method, heavy, None))

        assert _same_values(_valued(method, _TABLE), found)

    def test_what_is_better_by_everything_is_never_behind(
        self, method: RankingMethod
    ) -> None:
        found = _valued(method, _TABLE)
        ahead, behind = found["Wait"], found["Wait longer"]

        assert ahead is not None
        assert behind is not None
        assert ahead >= behind or _same(ahead, behind)

    @pytest.mark.parametrize(
        "table",
        [
            {},
            {"Repair": {}},
            {"Repair": {"cost": 1}},
            {"Repair": {"cost": 1}, "Wait": {"cost": 1}},
            {"Repair": {"cost": 1}, "Wait": {"cost": None}},
            {"Repair": {"cost": 1e150}, "Wait": {"cost": -1e150}},
            {"Repair": {"cost": 5e-324}, "Wait": {"cost": 0}},
        ],
    )
    @pytest.mark.parametrize("missing", MissingPolicy)
    def test_tables_of_little_give_an_order_or_a_reason(
        self, method: RankingMethod, table: Table, missing: MissingPolicy
    ) -> None:
        found = rank(table, using=method, missing=missing)

        assert all(each.place is not None or each.reason for each in found)
        assert found.reason or any(each.place for each in found)

    def test_weights_that_are_all_zero_give_a_reason(
        self, method: RankingMethod
    ) -> None:
        found = rank(_TABLE, using=method, weights=dict.fromkeys(_WEIGHTS, 0))

        assert found.reason
        assert all(each.place is None and each.reason for each in found)


def _options(table: Table) -> Options:
    return options_of(table, _WEIGHTS, _DIRECTIONS)


def _shares(options: Options) -> list[float]:
    return [each.share for each in options.criteria]


def _valued(method: RankingMethod, table: Table) -> dict[str, float | None]:
    return _by_name(made_of(method, _options(table), None))


def _by_name(ranker: Ranker) -> dict[str, float | None]:
    options = ranker.options
    values: Numbers = values_of(ranker, _shares(options), MissingPolicy.FAIL)
    return dict(zip(options.names, values, strict=True))


def _same_values(
    one: Mapping[str, float | None], other: Mapping[str, float | None]
) -> bool:
    return one.keys() == other.keys() and all(
        _same(value, other[name]) for name, value in one.items()
    )


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)
