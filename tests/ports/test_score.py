"""Scores: made from parts, made again from them, and explained."""

import json
import math
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from missionkit.domain.draft import draft
from missionkit.domain.intent import Limit
from missionkit.domain.values import Descriptor
from missionkit.errors import InvalidValueError
from missionkit.ports.part import (
    SATISFACTION,
    SHARE,
    Combine,
    MissingPolicy,
    Part,
    PartRole,
    Scale,
    Weighting,
)
from missionkit.ports.propagating import WORDS
from missionkit.ports.score import Score
from missionkit.ports.scorer import Scorer, ScoreView

ANY = Scale(name="number")
numbers = st.floats(-1e6, 1e6)
hostile = st.floats(allow_nan=False, allow_infinity=False)


class Method:
    name: ClassVar[str] = "acme"
    version: ClassVar[str] = "2"


def part(
    value: float | None,
    weight: float = 1,
    name: str = "a",
    **facts: Any,  # noqa: ANN401
) -> Part:
    because = facts.pop("because", "" if value is not None else "nobody said")
    refs = facts.pop("refs", ("x",))
    return Part(
        name=name, value=value, weight=weight, because=because, refs=refs, **facts
    )


def scored(
    *parts: Part,
    combine: Combine = Combine.SUM,
    scale: Scale = ANY,
    missing: MissingPolicy = MissingPolicy.SKIP,
    mean: bool = False,
) -> Score:
    view = ScoreView(missing=missing)
    return view.scored(Method(), parts, combine=combine, scale=scale, mean=mean)


# ---- each way to combine -------------------------------------------------------------


def test_a_sum_adds_each_value_times_its_weight() -> None:
    assert scored(part(0.1, 1), part(0.2, 3), part(-1, 0.5)).value == pytest.approx(0.2)
    assert scored(*[part(0.1)] * 10).value == 1.0


def test_in_a_mean_each_weight_is_a_share_of_all() -> None:
    score = scored(part(10, 3), part(20, 1), mean=True)

    assert score.value == 12.5
    assert [each.weight for each in score.parts] == [0.75, 0.25]
    assert score.weights == (Weighting("a", 3), Weighting("a", 1))


def test_the_lowest_counts_where_the_least_is_asked_for() -> None:
    assert scored(part(3), part(-2), part(5), combine=Combine.MIN).value == -2


def test_closeness_is_the_share_of_the_way_from_the_worst() -> None:
    def at(value: float) -> Part:
        return part(value, 2, best=10, worst=0)

    def closeness(*parts: Part) -> float | None:
        return scored(*parts, combine=Combine.CLOSENESS, scale=SHARE).value

    assert closeness(at(10), at(10)) == 1
    assert closeness(at(0)) == 0
    assert closeness(at(5), at(5)) == 0.5
    three, four = part(3, best=0, worst=3), part(4, best=0, worst=4)
    assert closeness(three, part(0, best=0, worst=4), four) == pytest.approx(4 / 9)


def test_there_is_no_closeness_where_all_are_alike() -> None:
    score = scored(part(1, best=1, worst=1), combine=Combine.CLOSENESS)

    assert score.value is None
    assert score.reason == "the parts give no number on the scale"
    assert scored(part(1, best=2), combine=Combine.CLOSENESS).value is None


@pytest.mark.parametrize(("own", "place"), [(9, 1), (5, 2.5), (1, 4)])
def test_those_that_tie_share_their_places(own: float, place: float) -> None:
    values = [9, 5, 5, 1]
    values.remove(int(own))
    others = [part(value) for value in values]
    score = scored(part(own, role=PartRole.SUBJECT), *others, combine=Combine.RANK)

    assert score.value == place


def test_one_of_those_compared_has_to_be_the_subject() -> None:
    own = part(1, role=PartRole.SUBJECT)
    for parts in ((part(1),), (own, own), (own, part(None, label="unknown"))):
        assert scored(*parts, combine=Combine.RANK).value is None


def test_along_links_the_tolerance_is_a_setting() -> None:
    parts = [part(90, 100, role=PartRole.CONTRIBUTION)] * 2
    for tolerance in (0, 10, 25):
        score = ScoreView().scored(
            Method(),
            parts,
            combine=Combine.PROPAGATION,
            scale=SATISFACTION,
            settings=[Limit(name="satisfaction_tolerance", value=tolerance)],
        )
        assert score.value == score.recompute() == 100 - tolerance


def test_a_conflict_has_no_number() -> None:
    parts = [part(100, w, role=PartRole.CONTRIBUTION) for w in (100, -100)]
    score = scored(*parts, combine=Combine.PROPAGATION, scale=WORDS)

    assert (score.value, score.word) == (None, "")
    assert score.reason == "what it comes from leaves it in conflict"
    known = scored(
        part(50, role=PartRole.AND), combine=Combine.PROPAGATION, scale=WORDS
    )
    assert (known.value, known.word) == (50, "weakly satisfied")
    assert "50, weakly satisfied (satisfaction in words, from -100 to 100)" in str(
        known
    )


# ---- what is missing -----------------------------------------------------------------

LACKING = (part(6, 1, "a"), part(None, 3, "b"))


def test_what_is_skipped_leaves_its_weight_to_the_others() -> None:
    score = scored(*LACKING, mean=True)

    assert score.value == 6
    assert score.missing == LACKING[1:]
    assert score.weights == (Weighting("a", 1), Weighting("b", 3))


def test_what_counts_as_zero_says_so() -> None:
    score = scored(*LACKING, mean=True, missing=MissingPolicy.ZERO)

    assert score.value == 1.5
    assert score.missing == LACKING[1:]
    assert [each.imputed for each in score.parts] == [False, True]
    assert score.parts[1].because == "nobody said; counts as 0, as the caller chose"


@pytest.mark.parametrize(
    ("scale", "zero"),
    [
        (ANY, 0),
        (Scale(name="level", low=1, high=5), 1),
        (Scale(name="debt", high=-3), -3),
        (SATISFACTION, 0),
    ],
)
def test_zero_is_the_nearest_that_the_scale_has(scale: Scale, zero: float) -> None:
    score = scored(part(None), scale=scale, missing=MissingPolicy.ZERO)

    assert score.value == zero


def test_to_fail_leaves_no_value() -> None:
    score = scored(*LACKING, mean=True, missing=MissingPolicy.FAIL)

    assert (score.value, score.reason) == (None, "b is missing")
    assert score.recompute() is None
    more = scored(
        *[part(None, 1, name) for name in "abcde"], missing=MissingPolicy.FAIL
    )
    assert more.reason == "a, b, c and 2 more are missing"
    assert scored(part(1), missing=MissingPolicy.FAIL).value == 1


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ((), "there are no parts"),
        ((part(None), part(None)), "a, a missing"),
        ((part(1, 0), part(2, 0)), "every weight is 0"),
        ((part(1, 2), part(2, -1, "b")), "the weight of b is negative"),
        ((part(None, label="doubt"),), "a has no number"),
    ],
)
def test_without_a_value_there_is_a_reason(
    parts: tuple[Part, ...], reason: str
) -> None:
    score = scored(*parts, mean=True)

    assert (score.value, score.reason) == (None, reason)
    assert reason in score.explain()
    if parts and reason != "a, a missing":
        assert scored(*parts).value == (0 if "negative" in reason else None)


# ---- hostile numbers -----------------------------------------------------------------


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, "1", 10**400])
def test_what_is_no_number_makes_no_part(value: Any) -> None:  # noqa: ANN401
    for name in ("value", "weight", "best", "worst"):
        with pytest.raises(InvalidValueError):
            Part(name="a", refs=("x",), **{name: value})


@pytest.mark.parametrize("combine", Combine)
@example(values=[1e308] * 3, weights=[1e308, 1e308, -1e308], mean=True)
@example(values=[1e308, -1e308], weights=[10, 10], mean=False)
@example(values=[5e-324] * 2, weights=[5e-324] * 2, mean=True)
@given(
    values=st.lists(hostile, max_size=4),
    weights=st.lists(hostile, min_size=4, max_size=4),
    mean=st.booleans(),
)
def test_any_numbers_give_a_value_or_a_reason(
    combine: Combine,
    values: list[float],
    weights: list[float],
    mean: bool,  # noqa: FBT001
) -> None:
    parts = [
        part(value, weight, best=weight, worst=value, role=role)
        for value, weight, role in zip(values, weights, PartRole, strict=False)
    ]
    score = scored(*parts, combine=combine, mean=mean)

    assert (score.value is None) == bool(score.reason)
    assert score.value is None or math.isfinite(score.value)
    assert score.value is None or score.recompute() == score.value
    json.loads(score.explain("json"))


def test_what_is_beyond_the_scale_is_no_value() -> None:
    assert scored(part(1.5), scale=SHARE).value is None
    assert scored(part(-0.1), scale=SHARE).value is None


def test_a_rounding_beyond_the_scale_is_its_end() -> None:
    assert scored(part(1 + 1e-12), scale=SHARE).value == 1
    assert scored(part(-1e-12), scale=SHARE).value == 0
    assert scored(part(100.00000001), scale=SATISFACTION).value == 100


# ---- what always holds ---------------------------------------------------------------

pairs = st.lists(st.tuples(numbers, st.floats(0.001, 1000)), min_size=1, max_size=6)


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(
    held: list[tuple[float, float]],
    chance: Any,  # noqa: ANN401
) -> None:
    turned = chance.sample(held, len(held))
    for combine in (Combine.SUM, Combine.MIN):
        one, other = (
            scored(*[part(*each) for each in every], combine=combine, mean=True)
            for every in (held, turned)
        )
        assert one.value == pytest.approx(other.value, rel=1e-12, abs=1e-9)


@given(pairs, st.floats(1e-300, 1e300))
def test_larger_weights_in_proportion_change_nothing(
    held: list[tuple[float, float]], factor: float
) -> None:
    one = scored(*[part(value, weight) for value, weight in held], mean=True)
    other = scored(*[part(value, weight * factor) for value, weight in held], mean=True)

    assert one.value == pytest.approx(other.value, rel=1e-9, abs=1e-6)


@given(pairs)
def test_a_mean_is_what_exact_numbers_say(held: list[tuple[float, float]]) -> None:
    whole = sum(Fraction(weight) for _, weight in held)
    exact = sum(Fraction(value) * Fraction(weight) for value, weight in held) / whole
    score = scored(*[part(*each) for each in held], mean=True)

    assert score.value == pytest.approx(float(exact), rel=1e-12, abs=1e-8)


# ---- what it says --------------------------------------------------------------------


def told() -> Score:
    with draft("Trust", id="trust") as d:
        d.need("Warm <b>homes</b>\nfor all", id="warm")
    view = ScoreView(model=d.model, subject="warm", on=date(2026, 3, 31))
    return view.scored(
        Method(),
        [
            part(1, 1, "small", because="1 < 2", refs=("warm", "trust")),
            part(-9, 2, "large"),
            part(None, 1, "gone", because="<nobody>"),
        ],
        combine=Combine.SUM,
        scale=SATISFACTION,
        settings=[Limit(name="cut", value=0.5)],
    )


def test_in_words_what_counts_most_comes_first() -> None:
    assert told().explain().splitlines() == [
        (
            "acme of 'Warm <b>homes</b> for all' on 2026-03-31: -17"
            " (satisfaction, from -100 to 100)"
        ),
        "Made by sum: each value times its weight, added up.",
        "  part   value  weight  counts  because  evidence",
        "  large  -9     2       -18              x",
        "  small  1      1       1       1 < 2    warm, trust",
        "  missing  gone: missing (<nobody>)",
        "Method acme, version 2; cut 0.5; what is missing is left out.",
    ]


def test_in_html_every_text_is_escaped() -> None:
    html = told().explain("html")

    assert "<b>" not in html
    assert "<nobody>" not in html
    assert "<td>1 &lt; 2</td>" in html
    assert "<li>gone: missing (&lt;nobody&gt;)</li>" in html
    assert html == told()._repr_html_()
    assert "<table>" not in scored().explain("html")


def test_in_json_nothing_is_lost_that_is_there() -> None:
    said = json.loads(told().explain("json"))

    assert said == told().as_dict() | {"parts": said["parts"]} | {
        key: said[key] for key in ("weights", "missing", "settings")
    }
    assert said["value"] == -17
    assert said["on"] == "2026-03-31"
    assert said["combine"] == "sum"
    assert said["policy"] == "skip"
    assert said["parts"][0] == {
        "name": "small",
        "value": 1,
        "weight": 1,
        "because": "1 < 2",
        "refs": ["warm", "trust"],
    }
    assert said["missing"][0]["because"] == "<nobody>"
    zero = json.loads(scored(part(0.0)).explain("json"))
    assert (zero["value"], zero["parts"][0]["value"]) == (0, 0)
    imputed = scored(part(None), missing=MissingPolicy.ZERO).as_dict()
    assert imputed["parts"][0]["imputed"] is True


def test_a_score_without_a_value_says_why() -> None:
    score = ScoreView().unable(
        Method(), "nobody asked", combine=Combine.MIN, scale=SHARE
    )

    assert str(score).splitlines() == [
        "acme: no value, as nobody asked",
        "Method acme, version 2; what is missing is left out.",
    ]
    assert score.as_dict()["reason"] == "nobody asked"


def test_a_part_says_its_value_and_why() -> None:
    assert str(part(1 / 3, because="so")) == "a: 0.333333 (so)"
    assert str(part(None, because="none")) == "a: missing (none)"
    assert str(part(None, label="conflict", because="")) == "a: conflict"
    assert part(None).amount is None


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        (ANY, "number"),
        (SHARE, "share, from 0 to 1"),
        (Scale(name="ratio", low=0), "ratio, from 0"),
        (Scale(name="debt", high=3), "debt, up to 3"),
    ],
)
def test_a_scale_says_its_ends(scale: Scale, text: str) -> None:
    assert str(scale) == text


def test_a_value_stands_for_a_step_only_where_it_meets_one() -> None:
    scale = Scale(name="mood", steps=(Descriptor(name="good", satisfaction=50),))

    assert (scale.word(50), scale.word(49)) == ("good", "")


# ---- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"value": None}, "MK-SCO-001"),
        ({"reason": "both"}, "MK-SCO-001"),
        ({"value": -16.9}, "MK-SCO-002"),
        ({"parts": ()}, "MK-SCO-002"),
        ({"scale": SHARE}, "MK-SCO-002"),
    ],
)
def test_a_score_that_cannot_be_defended_is_refused(
    facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        evolve(told(), **facts)

    assert [issue.code for issue in caught.value.issues] == [code]


def test_a_part_needs_evidence() -> None:
    with pytest.raises(InvalidValueError, match="refs"):
        Part(name="a", value=1, refs=())


def test_a_rounding_in_the_last_digits_is_no_fault() -> None:
    score = told()

    assert evolve(score, value=-17 * (1 + 1e-13)).value != score.value


def test_whatever_has_the_four_facts_and_can_be_called_is_a_scorer() -> None:
    class Own(Method):
        requires = ()
        limits = ()

        def __call__(self, view: ScoreView, /) -> Score:
            return view.unable(self, "no", combine=Combine.SUM, scale=SHARE)

    assert isinstance(Own(), Scorer)
    assert not isinstance(Method(), Scorer)
    assert isinstance(Own()(ScoreView()), Score)


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'xml'") as caught:
        told().explain("xml")  # type: ignore[arg-type]

    assert caught.value.issues[0].path == "form"
    assert "json" in caught.value.issues[0].fix


def test_also_a_tiny_number_is_that_of_its_parts() -> None:
    """A difference is small beside the number, not beside 1."""
    with pytest.raises(InvalidValueError, match="the parts give"):
        Score(
            value=2e-13,
            parts=(Part(name="p", value=1e-13, refs=("x",)),),
            scale=SHARE,
            combine=Combine.SUM,
            method="acme.tiny",
            version="1",
        )
