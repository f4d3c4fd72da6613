"""Ranking methods of others: by argument and by name, and what of them is refused."""

from collections.abc import Sequence
from math import inf, nan
from typing import Any, ClassVar

import pytest
from attrs import frozen

import missionkit as mk
from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.scoring.rankers import METHODS, installed_rankers, method_of
from missionkit.scoring.ranking import rank
from missionkit.testing.rankers import RankerContract
from tests.offers import Site, site
from tests.scoring.offered import install

__all__ = ["site"]

TABLE = {"A": {"x": 3, "y": 1}, "B": {"x": 1, "y": 2}, "C": {"x": 2, "y": 3}}


@frozen(kw_only=True)
class Mean:
    """The mean of the positions, as a plug-in would write it."""

    options: mk.Options
    name: ClassVar[str] = "acme.mean"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[mk.LimitSpec, ...]] = ()

    def values(
        self, shares: Sequence[float], missing: mk.MissingPolicy, /
    ) -> list[float | None]:
        moved = [
            mk.Part(name=each.name, weight=share, refs=(each.name,))
            for each, share in zip(self.options.criteria, shares, strict=True)
        ]
        return [
            self._scored(mk.ScoreView(subject=name, missing=missing), moved).value
            for name in self.options.names
        ]

    def __call__(self, view: mk.ScoreView, /) -> mk.Score:
        if view.subject not in self.options.names:
            why = "it is no option"
            return view.unable(self, why, combine=mk.Combine.SUM, scale=mk.SHARE)
        parts = [
            mk.Part(name=each.name, weight=each.weight, refs=(each.name,))
            for each in self.options.criteria
        ]
        return self._scored(view, parts)

    def _scored(self, view: mk.ScoreView, weighed: Sequence[mk.Part]) -> mk.Score:
        row = self.options.place_of(view.subject or "")
        parts = []
        for each, part in zip(self.options.criteria, weighed, strict=True):
            held = each.values[row]
            parts.append(
                mk.Part(
                    name=part.name,
                    value=None if held is None else each.position(held),
                    weight=part.weight,
                    because="not known" if held is None else f"{held}",
                    refs=part.refs,
                )
            )
        return view.scored(
            self, parts, combine=mk.Combine.SUM, scale=mk.SHARE, mean=True
        )


class TestMean(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return Mean


class TestWeightedSum(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return mk.WeightedSum


class TestTopsis(RankerContract):
    @pytest.fixture
    def method(self) -> mk.RankingMethod:
        return mk.Topsis


# ---- by argument ---------------------------------------------------------------------


def test_a_method_of_ones_own_ranks_as_ours_does() -> None:
    found = rank(TABLE, using=Mean, weights={"x": 2, "y": 1})
    ours = rank(TABLE, weights={"x": 2, "y": 1})

    assert list(map(found.places.__getitem__, range(3))) == list(ours.places)
    assert found.values == pytest.approx(ours.values)
    assert (found.method, found.version, found.normalization) == (
        "acme.mean",
        "1",
        None,
    )
    assert "Method acme.mean, version 1; no normalization; " in str(found)
    assert found.as_dict()["normalization"] is None
    assert found.score("A").value == found["A"].value


@pytest.mark.parametrize("weights", [(3, 1), (1, 0), (0, 1), (1, 1), (5, 3)])
def test_what_would_change_the_first_place_is_searched(
    weights: tuple[float, float],
) -> None:
    held = dict(zip("xy", weights, strict=True))
    told = rank(TABLE, using=Mean, weights=held).sensitivity()
    ours = rank(TABLE, weights=held).sensitivity()

    assert told.searched
    assert not ours.searched
    assert told.first == ours.first
    for flip, same in zip(told.flips, ours.flips, strict=True):
        assert flip.option == same.option
        assert (flip.at or 0) == pytest.approx(same.at or 0, abs=1e-9)
    assert "Searched by weights a point apart" in str(told)
    assert "Searched by weights a point apart" in told._repr_html_()
    assert told.as_dict()["searched"] is True


def test_what_is_best_by_everything_stays_first_by_any_method() -> None:
    table = {"A": {"x": 3, "y": 3}, "B": {"x": 1, "y": 2}}
    told = rank(table, using=Mean).sensitivity()

    assert told.nearest is None


def test_random_weights_are_tried_by_any_method() -> None:
    found = rank(TABLE, using=Mean).intervals(draws=50)
    ours = rank(TABLE).intervals(draws=50)

    assert found == ours


def test_where_no_option_has_a_place_the_method_says_why() -> None:
    found = rank({"A": {"x": 1}, "B": {"y": 1}}, using=Mean)

    assert found.reason == "y is missing"


def test_a_class_and_a_name_of_ours_are_the_same() -> None:
    for name, method in METHODS.items():
        assert rank(TABLE, using=method) == rank(TABLE, using=name)
        assert method_of(name) is method


def test_a_normalization_is_given_to_a_method_that_takes_one() -> None:
    assert rank(TABLE, using=mk.Topsis, normalization="min-max").normalization == (
        "min-max"
    )
    with pytest.raises(InvalidValueError, match=r"acme\.mean has no normalization"):
        rank(TABLE, using=Mean, normalization="min-max")


@pytest.mark.parametrize(
    ("using", "said"),
    [
        (7, "it cannot be called"),
        (None, "it cannot be called"),
        (rank(TABLE).scorer, "it is made already"),
        (mk.SCORERS["okr"], "it is made already"),
        (type(mk.SCORERS["okr"]), "it takes no `options`"),
        (lambda: None, "it takes no `options`"),
        (int, "it takes no `options`"),
    ],
)
def test_what_makes_no_ranker_is_refused(
    using: Any,  # noqa: ANN401 - any value is meant
    said: str,
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        rank(TABLE, using=using)

    (issue,) = caught.value.issues
    assert issue.code == "MK-SCO-017"
    assert said in issue.message


# ---- that lie ------------------------------------------------------------------------


@frozen(kw_only=True)
class Lying(Mean):
    """A method that gives other values than its scores have."""

    given: ClassVar[Any] = None

    def values(self, _shares: Sequence[float], _missing: mk.MissingPolicy, /) -> Any:  # noqa: ANN401 - any value is meant
        return self.given


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([1, 2], "it gave 2 values for 3 options"),
        ([1, 2, nan], "it gave nan for 'C', which is no number"),
        ([inf, 2, 3], "it gave inf for 'A'"),
        (["much", 2, 3], "it raised ValueError"),
        (None, "it raised TypeError"),
        (7, "it raised TypeError"),
    ],
)
def test_values_that_are_none_are_refused_and_whose_they_are_is_said(
    given: Any,  # noqa: ANN401 - any value is meant
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Lying, "given", given)
    with pytest.raises(PluginError) as caught:
        rank(TABLE, using=Lying)

    assert said in caught.value.what
    assert caught.value.name == "acme.mean"


def test_a_score_with_another_value_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Lying, "given", [3, 2, 1])
    found = rank(TABLE, using=Lying)

    assert found.first == ("A",)
    with pytest.raises(PluginError, match=r"its score of 'A' is 0\.5, and its value 3"):
        found.score("A")


@frozen(kw_only=True)
class Mute(Mean):
    def __call__(self, _view: mk.ScoreView, /) -> mk.Score:
        raise KeyError("x")


@frozen(kw_only=True)
class Odd(Mean):
    def __call__(self, _view: mk.ScoreView, /) -> mk.Score:
        return 7  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("using", "said"), [(Mute, "KeyError"), (Odd, "it gave 7 and no score")]
)
def test_a_ranker_that_cannot_say_why_is_refused(
    using: mk.RankingMethod, said: str
) -> None:
    found = rank({"A": {"x": 1}, "B": {"x": 2}}, using=WithValues)
    assert found.first == ("B",)
    with pytest.raises(PluginError, match=said):
        rank({"A": {"x": None}}, using=using)


@frozen(kw_only=True)
class WithValues(Mean):
    def values(
        self, _shares: Sequence[float], _missing: mk.MissingPolicy, /
    ) -> list[float | None]:
        return list(self.options.criteria[0].values)


def test_what_cannot_be_made_of_a_table_is_refused() -> None:
    def bare(*, options: mk.Options) -> Any:  # noqa: ANN401 - any value is meant
        return options

    def broken(*, options: mk.Options) -> Any:  # noqa: ANN401 - any value is meant
        raise RuntimeError(f"{len(options.names)} options")

    def scorer(*, options: mk.Options) -> Any:  # noqa: ANN401 - any value is meant
        return mk.SCORERS["okr"] if options.names else None

    with pytest.raises(PluginError, match="it made no ranker"):
        rank(TABLE, using=bare)
    with pytest.raises(
        PluginError, match=r"broken' .*: it raised RuntimeError: 3 options"
    ):
        rank(TABLE, using=broken)
    with pytest.raises(PluginError, match="has no `values` or no `options`"):
        rank(TABLE, using=scorer)


# ---- by the name of an entry point ---------------------------------------------------


def test_a_plug_in_is_found_by_its_name(site: Site) -> None:
    install(site, acme_mean="Mean")

    assert rank(TABLE, using="acme.mean").first == ("A", "B", "C")
    assert set(installed_rankers().found) == {"acme.mean"}
    assert installed_rankers().failed == ()


def test_a_name_that_is_taken_is_found_with_its_distribution(site: Site) -> None:
    install(site, topsis="Mean")

    assert method_of("topsis") is mk.Topsis
    assert rank(TABLE, using="acme-rankers:topsis").method == "acme.mean"


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("broken", "it raised ValueError"),
        ("number", "it cannot be called"),
        ("nothing", "cannot be imported"),
    ],
)
def test_a_plug_in_that_fails_is_named_and_harms_no_other(
    site: Site, to: str, what: str
) -> None:
    install(site, acme_mean="Mean", acme_other=to)

    assert set(installed_rankers().found) == {"acme.mean"}
    assert len(installed_rankers().failed) == 1
    for name in ("acme.other", "acme-rankers:acme.other"):
        with pytest.raises(PluginError) as caught:
            rank(TABLE, using=name)
        assert what in caught.value.what
        assert caught.value.distribution == "acme-rankers"


def test_who_asks_for_none_that_is_there_learns_which_there_are(site: Site) -> None:
    install(site, acme_mean="Mean", acme_other="nothing")
    with pytest.raises(NotFoundError) as caught:
        rank(TABLE, using="acme.maen")

    assert "acme.mean" in caught.value.nearest


def test_of_those_that_tie_the_names_decide_and_not_the_rows() -> None:
    table = {"A": {"x": 2, "y": 0}, "B": {"x": 0, "y": 2}, "C": {"x": 1, "y": 1}}
    table["B too"] = table["B"]
    weights = {"x": 2, "y": 1}
    told = rank(table, using=Mean, weights=weights).sensitivity()
    turned = rank(dict([*table.items()][::-1]), using=Mean, weights=weights)

    assert [flip.option for flip in told.flips] == ["B", "B"]
    assert [flip.option for flip in turned.sensitivity().flips] == ["B", "B"]
