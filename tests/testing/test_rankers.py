"""The contract of rankers passes a good one, and fails each one that is broken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import signature
from itertools import product
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

import missionkit as mk
from missionkit.errors import MissionKitError
from missionkit.scoring.rankers import made_of
from missionkit.scoring.reading_options import options_of
from missionkit.testing.rankers import RankerContract
from missionkit.testing.scorers import ScorerContract


@frozen(kw_only=True)
class Mean:
    """The mean of the positions, of what is known of each option."""

    options: mk.Options
    name: ClassVar[str] = "acme.mean"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = ()

    def values(
        self, shares: Sequence[float], missing: mk.MissingPolicy, /
    ) -> list[float | None]:
        return [
            self.scored(mk.ScoreView(subject=name, missing=missing), shares).value
            for name in self.options.names
        ]

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        if view.subject not in self.options.names:
            why = "it is no option"
            return view.unable(self, why, combine=mk.Combine.SUM, scale=mk.SHARE)
        return self.scored(view, [each.weight for each in self.options.criteria])

    def scored(self, view: mk.ScoreView, weights: Sequence[float]) -> mk.Score:
        row = self.options.place_of(view.subject or "")
        parts = [
            mk.Part(
                name=each.name,
                value=self.rated(each, row),
                weight=weight,
                because="as it stands in the table",
                refs=(each.name,),
            )
            for each, weight in zip(self.options.criteria, weights, strict=True)
        ]
        return view.scored(
            self, parts, combine=mk.Combine.SUM, scale=mk.SHARE, mean=True
        )

    def rated(self, criterion: mk.Criterion, row: int) -> float | None:
        held = criterion.values[row]
        return None if held is None else criterion.position(held)


class TestMean(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return Mean


# ---- each breaks a promise -----------------------------------------------------------


class OfAnotherTable(Mean):
    def __init__(self, **_: mk.Options) -> None:
        super().__init__(options=options_of({}))


class TooFew(Mean):
    def values(self, shares: Any, missing: Any, /) -> list[float | None]:  # noqa: ANN401 - as it comes
        return super().values(shares, missing)[1:]


class OtherThanItSays(Mean):
    def values(self, shares: Any, missing: Any, /) -> list[float | None]:  # noqa: ANN401 - as it comes
        found = super().values(shares, missing)
        return [None if each is None else each + 0.1 for each in found]


class NeverFailing(Mean):
    def values(self, shares: Any, _missing: Any, /) -> list[float | None]:  # noqa: ANN401 - as it comes
        return super().values(shares, mk.MissingPolicy.ZERO)

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        return super().__call__(evolve(view, missing=mk.MissingPolicy.ZERO))


class ByPlace(Mean):
    def rated(self, criterion: mk.Criterion, row: int) -> float | None:
        found = super().rated(criterion, row)
        return None if found is None else found / (row + 1)


class ByBareWeights(Mean):
    def scored(self, view: mk.ScoreView, weights: Sequence[float]) -> mk.Score:
        bare = [each.weight for each in self.options.criteria]
        return super().scored(view, [w + 1 for w in bare] if any(weights) else bare)


class TheWorseTheBetter(Mean):
    def rated(self, criterion: mk.Criterion, row: int) -> float | None:
        found = super().rated(criterion, row)
        return None if found is None else 1 - found


class NotOfOne(Mean):
    def rated(self, criterion: mk.Criterion, row: int) -> float | None:
        return (super().rated(criterion, row) or 0) / (len(self.options.names) - 1)


class OfNoWeight(Mean):
    def scored(self, view: mk.ScoreView, weights: Sequence[float]) -> mk.Score:
        return super().scored(view, weights if any(weights) else [1.0] * len(weights))


BROKEN = {
    OfAnotherTable: "test_it_keeps_the_table_that_it_was_made_of",
    TooFew: "test_each_option_has_a_number_or_none",
    OtherThanItSays: "test_the_score_of_an_option_has_the_value_that_ranks_it",
    NeverFailing: "test_to_fail_gives_no_place_where_something_is_missing",
    ByPlace: "test_the_order_of_options_and_criteria_changes_nothing",
    ByBareWeights: "test_only_the_proportions_of_weights_count",
    TheWorseTheBetter: "test_what_is_better_by_everything_is_never_behind",
    NotOfOne: "test_tables_of_little_give_an_order_or_a_reason",
    OfNoWeight: "test_weights_that_are_all_zero_give_a_reason",
}


def own_cases() -> Mapping[str, Callable[..., None]]:
    own = vars(RankerContract).items()
    return {name: case for name, case in own if name.startswith("test_")}


def asked(case: Callable[..., None], method: mk.RankingMethod) -> Iterator[Any]:
    """Yield what a case is asked with, for every one of its parameters."""
    marks = getattr(case, "pytestmark", [])
    names = [mark.args[0] for mark in marks]
    for values in product(*(mark.args[1] for mark in marks)):
        given: dict[str, Any] = dict(zip(names, values, strict=True))
        wanted = signature(case).parameters
        if "method" in wanted:
            given["method"] = method
        if "scorer" in wanted:
            table = {"A": {"x": 3, "y": 1}, "B": {"x": 1, "y": 2}, "C": {"x": 2}}
            given["scorer"] = made_of(method, options_of(table), None)
        yield given


def failures(method: mk.RankingMethod) -> list[str]:
    failed = []
    for name, case in own_cases().items():
        try:
            for given in asked(case, method):
                case(RankerContract(), **given)
        except (AssertionError, LookupError, MissionKitError):
            failed.append(name)
    return failed


@pytest.mark.parametrize("twin", BROKEN)
def test_a_ranker_that_breaks_a_promise_is_found_out(twin: type[Mean]) -> None:
    assert BROKEN[twin] in failures(twin)


def test_the_good_twin_passes_all() -> None:
    assert failures(Mean) == []


def test_every_promise_has_a_twin_that_breaks_it() -> None:
    assert set(BROKEN.values()) == set(own_cases())
    assert issubclass(RankerContract, ScorerContract)
