"""The contract of scorers: whoever writes one inherits the proof that it keeps it.

class TestReach(ScorerContract):
    @pytest.fixture
    def scorer(self) -> Scorer:
        return Reach()
"""

import json
import pickle
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from math import fsum, isclose, isfinite
from typing import Final

import pytest
from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import spec_of
from missionkit.errors import InvalidValueError, ModelError
from missionkit.ports.part import Combine, MissingPolicy
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView
from missionkit.samples import sample
from missionkit.samples.days import SAMPLE_DAY
from missionkit.testing.well_formed import WellFormed

__all__ = ["ScorerContract", "without_unstated"]

_NEAR: Final = 1e-12
_SUBJECTS: Final = 12


class ScorerContract:
    """Every case that a scorer has to pass, one to a sentence of `Scorer`.

    Inherit it under a name that pytest collects, and give it a fixture `scorer`. It is
    asked about the sample organization as a whole, and about some elements of each kind
    that it reads; a fixture `views` of your own asks about more.
    """

    @pytest.fixture
    def views(self, scorer: Scorer) -> Sequence[ScoreView]:
        """Give what the scorer is asked: the whole, and some of what it reads."""
        model = sample()
        kinds = _kinds(scorer.requires)
        held: dict[str, list[str]] = {}
        for element in model:
            held.setdefault(model.kind_of(element.id), []).append(element.id)
        first = zip_longest(*(held[kind] for kind in held if kind in kinds))
        refs = (ref for refs in first for ref in refs if ref is not None)
        subjects = (None, *islice(refs, _SUBJECTS))
        return [ScoreView(model=model, subject=ref, on=SAMPLE_DAY) for ref in subjects]

    @pytest.fixture
    def asked(self, scorer: Scorer, views: Sequence[ScoreView]) -> list[ScoreView]:
        """Give the views, each with every policy and with the scorer's own limits."""
        return [
            evolve(view, missing=policy, limits={**_defaults(scorer), **view.limits})
            for view in views
            for policy in MissingPolicy
        ]

    @pytest.fixture
    def scores(self, scorer: Scorer, asked: list[ScoreView]) -> list[Score]:
        """Give what the scorer answers to each view."""
        return [scorer(view) for view in asked]

    # ---- what it says of itself ------------------------------------------------------

    def test_it_is_a_scorer_with_a_name_and_a_version(self, scorer: Scorer) -> None:
        assert isinstance(scorer, Scorer)
        assert scorer.name.strip()
        assert scorer.version.strip()

    def test_it_requires_only_kinds_and_fields_that_there_are(
        self, scorer: Scorer, views: Sequence[ScoreView]
    ) -> None:
        for view in views:
            known = {spec.kind: spec for spec in view.model.kinds}
            for name in scorer.requires:
                kind, _, field = name.rpartition(".")
                assert name in known or kind in known
                assert name in known or field in known[kind].by_name

    def test_its_limits_have_names_of_their_own(self, scorer: Scorer) -> None:
        assert all(isinstance(limit, LimitSpec) for limit in scorer.limits)
        names = [limit.name for limit in scorer.limits]
        assert sorted(set(names)) == sorted(names)

    # ---- what it does ----------------------------------------------------------------

    def test_equal_views_give_equal_scores(
        self, scorer: Scorer, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        fresh = [evolve(view) for view in asked]

        assert [scorer(view) for view in fresh] == scores
        assert [scorer(view) for view in reversed(fresh)] == scores[::-1]

    def test_it_changes_nothing(self, scorer: Scorer, asked: list[ScoreView]) -> None:
        for view in asked:
            before = pickle.dumps(tuple(view.model))
            scorer(view)
            assert pickle.dumps(tuple(view.model)) == before

    def test_the_order_of_elements_changes_nothing(
        self, scorer: Scorer, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        for step in (1, -1):
            turned = [evolve(v, model=_ordered(v.model, step)) for v in asked]
            assert [scorer(view) for view in turned] == scores

    def test_what_it_does_not_require_changes_nothing(
        self, scorer: Scorer, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        bare: dict[tuple[int, str | None], Model] = {}
        for view, score in zip(asked, scores, strict=True):
            key = id(view.model), view.subject
            if key not in bare:
                bare[key] = without_unstated(view.model, scorer.requires, view.subject)
            assert scorer(evolve(view, model=bare[key])) == score

    def test_an_empty_model_gives_a_score_or_a_reason(self, scorer: Scorer) -> None:
        for policy in MissingPolicy:
            view = ScoreView(missing=policy, limits=_defaults(scorer), on=SAMPLE_DAY)
            for each in (view, evolve(view, on=None)):
                assert isinstance(scorer(each), Score)

    # ---- what it gives ---------------------------------------------------------------

    def test_a_score_says_what_made_it_and_of_what(
        self, scorer: Scorer, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        for view, score in zip(asked, scores, strict=True):
            assert (score.method, score.version) == (scorer.name, scorer.version)
            assert (score.subject, score.on) == (view.subject or "", view.on)

    def test_the_policy_of_the_caller_is_kept(
        self, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        assert [s.policy for s in scores] == [view.missing for view in asked]

    def test_to_fail_gives_no_value_where_something_is_missing(
        self, scores: list[Score]
    ) -> None:
        for score in scores:
            if score.policy is MissingPolicy.FAIL and score.missing:
                assert score.value is None

    def test_nothing_is_imputed_but_where_the_caller_asks_for_zero(
        self, scores: list[Score]
    ) -> None:
        for score in scores:
            imputed = [part for part in score.parts if part.imputed]
            assert not imputed or score.policy is MissingPolicy.ZERO
            assert {part.name for part in imputed} <= {p.name for p in score.missing}
            assert all(part.value == score.scale.zero for part in imputed)

    def test_where_nothing_is_missing_every_policy_gives_the_same(
        self, scores: list[Score]
    ) -> None:
        for at in range(0, len(scores), len(MissingPolicy)):
            each = scores[at : at + len(MissingPolicy)]
            if not any(score.missing for score in each):
                assert len({score.value for score in each}) == 1

    def test_what_is_missing_has_a_reason(self, scores: list[Score]) -> None:
        for score in scores:
            for part in score.missing:
                assert part.value is None
                assert part.because.strip()

    def test_a_value_is_a_number_of_its_scale_or_has_a_reason(
        self, scores: list[Score]
    ) -> None:
        for score in scores:
            if score.value is None:
                assert score.reason.strip()
            else:
                assert isfinite(score.value)
                assert score.scale.holds(score.value)

    def test_the_parts_give_the_value(self, scores: list[Score]) -> None:
        for score in scores:
            if score.value is not None:
                again = score.recompute()
                assert again is not None
                assert isclose(again, score.value, rel_tol=_NEAR)

    def test_the_parts_of_a_sum_add_up(self, scores: list[Score]) -> None:
        for score in scores:
            if score.combine is Combine.SUM and score.value is not None:
                whole = fsum(part.amount or 0 for part in score.parts)
                near = score.scale.settled(whole)
                assert isclose(near, score.value, rel_tol=_NEAR)

    def test_every_part_is_shown_by_evidence_that_is_there(
        self, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        for view, score in zip(asked, scores, strict=True):
            for part in (*score.parts, *score.missing):
                assert part.refs
                assert not len(view.model) or all(r in view.model for r in part.refs)

    def test_a_score_and_its_scorer_survive_pickling(
        self, scorer: Scorer, asked: list[ScoreView], scores: list[Score]
    ) -> None:
        again: Scorer = pickle.loads(pickle.dumps(scorer))  # noqa: S301 - our own bytes

        assert pickle.loads(pickle.dumps(scores)) == scores  # noqa: S301 - our own bytes
        assert [again(view) for view in asked] == scores

    def test_a_score_explains_itself_in_words_html_and_json(
        self, scores: list[Score]
    ) -> None:
        for score in scores:
            told = json.loads(score.explain("json"))
            html, words = score.explain("html"), score.explain()
            assert told.get("value") == score.value
            WellFormed().feed(html)
            for part in score.parts:
                assert part.name in words
            assert score.reason in words


def _defaults(scorer: Scorer) -> dict[str, float]:
    return {str(limit.name): limit.default for limit in scorer.limits}


def _ordered(model: Model, step: int) -> Model:
    """Return a model into which the elements were put by id, or the other way."""
    return Model(tuple(model)[::step], kinds=model.kinds)


def without_unstated(
    model: Model, requires: Iterable[str], keep: str | None = None
) -> Model:
    """Return a model that has of *model* only what *requires* names, and *keep*.

    What the rest links to stays, and so does a field that cannot be left out; the names
    of elements stay as well.
    """
    stated = frozenset(requires)
    kinds = _kinds(stated)
    there = _sound(model, {each.id: _stripped(each, stated) for each in model})
    while True:
        gone = [
            each.id
            for each in there
            if there.kind_of(each.id) not in kinds
            and each.id != keep
            and not there.referrers(each.id)
        ]
        if not gone:
            return there
        there = there.without(*gone)


def _kinds(requires: Iterable[str]) -> frozenset[str]:
    """Return the kinds that are named, also those of which only a field is."""
    names = tuple(requires)
    return frozenset((*names, *(name.rpartition(".")[0] for name in names)))


def _sound(model: Model, held: dict[str, Element]) -> Model:
    """Return a model of *held*; kinds that break it stay as they are in *model*."""
    kept: set[str] = set()
    while True:
        try:
            return Model(held.values(), kinds=model.kinds)
        except ModelError as error:
            broken = {model.kind_of(issue.ref) for issue in error.issues} - kept
            if not broken:
                return model
            kept |= broken
            held |= {each.id: each for each in model if model.kind_of(each.id) in kept}


def _stripped(element: Element, stated: frozenset[str]) -> Element:
    """Return an element whose fields that are not stated are left out, if it can be."""
    cls: type = type(element)
    if isinstance(element, Opaque) or (spec := spec_of(cls)).kind in stated:
        return element
    left = {
        item.name: item.default
        for item in spec.fields
        if not (item.required or item.naming or f"{spec.kind}.{item.name}" in stated)
    }
    facts = {item.name: getattr(element, item.name) for item in spec.fields}
    try:
        made: Element = cls(**(facts | left))
    except InvalidValueError:
        return element
    return made
