"""`score`: what is asked, what is refused, and whose fault it is."""

from datetime import date
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

import missionkit as mk
from missionkit.domain.draft import draft
from missionkit.domain.intent import Limit, Organization
from missionkit.errors import InvalidValueError, NotFoundError, PluginError
from missionkit.ports.part import SHARE, Combine, MissingPolicy, Part
from missionkit.ports.rule import LimitSpec
from missionkit.ports.score import Score
from missionkit.ports.scorer import ScoreView
from missionkit.scoring.score import score

with draft("Trust", id="trust") as d:
    d.need("Warm homes", id="warm")
MODEL = d.model
DAY = date(2026, 3, 31)


@frozen
class Depth:
    """How deep, which is a limit of its own."""

    name: ClassVar[str] = "acme.depth"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[tuple[LimitSpec, ...]] = (LimitSpec("depth", 0.5, "how deep"),)

    def __call__(self, view: ScoreView, /) -> Score:
        parts = [Part(name="depth", value=view.limit("depth"), refs=("x",))]
        return view.scored(self, parts, combine=Combine.SUM, scale=SHARE)


def limited(value: float) -> mk.Model:
    root = MODEL.get(Organization, "trust")
    limits = (Limit(name="depth", value=value), Limit(name="else", value=3))
    return MODEL.with_(evolve(root, limits=limits))


def test_a_score_is_of_what_was_asked() -> None:
    made = score(MODEL, using=Depth(), subject="warm", on=DAY, missing="fail")

    assert (made.subject, made.title, made.on) == ("warm", "Warm homes", DAY)
    assert made.policy is MissingPolicy.FAIL
    assert score(MODEL, using=Depth(), subject=MODEL["warm"]).subject == "warm"
    assert score(MODEL, using=Depth()).subject == ""


def test_limits_are_those_given_or_the_organizations_or_the_methods_own() -> None:
    assert score(MODEL, using=Depth()).value == 0.5
    assert score(limited(0.3), using=Depth()).value == 0.3
    assert score(limited(0.3), using=Depth(), limits={"depth": 0.2}).value == 0.2
    assert score(limited(-1), using=Depth()).value == 0.5


def test_everything_wrong_is_named_at_once() -> None:
    limits: Any = {"dept": 1, "depth": "deep", 3: 4}
    with pytest.raises(InvalidValueError) as caught:
        score(MODEL, using=Depth(), missing="skipp", limits=limits)

    issues = {issue.path: issue for issue in caught.value.issues}
    assert set(issues) == {"missing", "limits['dept']", "limits['depth']", "limits[3]"}
    assert issues["missing"].fix == "did you mean 'skip'?"
    assert issues["limits['dept']"].fix == "did you mean 'depth'?"
    assert issues["limits[3]"].fix == "use one of depth"


def test_a_method_without_limits_takes_none() -> None:
    with pytest.raises(InvalidValueError) as caught:
        score(MODEL, using="coverage", limits={"depth": 1})

    assert [issue.fix for issue in caught.value.issues] == ["leave it out"]


@pytest.mark.parametrize("missing", [None, 3, [], MissingPolicy])
def test_a_policy_is_one_of_three_words(missing: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValueError):
        score(MODEL, using=Depth(), missing=missing)


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'warm'"):
        score(MODEL, using=Depth(), subject="warn")
    with pytest.raises(NotFoundError, match="did you mean 'coverage'"):
        score(MODEL, using="coverag")
    with pytest.raises(NotFoundError) as caught:
        score(MODEL, using="?")
    assert "goal-satisfaction" in caught.value.nearest


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"model": 3}, "model"),
        ({"on": "2026"}, "on"),
        ({"using": None}, "using"),
        ({"limits": 3}, "limits"),
    ],
)
def test_what_is_of_a_wrong_type_is_refused(facts: dict[str, Any], path: str) -> None:
    given: dict[str, Any] = {"model": MODEL, "using": Depth()}
    with pytest.raises(InvalidValueError) as caught:
        score(**(given | facts))

    assert caught.value.issues[0].path == path


def test_a_class_is_to_be_called_first() -> None:
    wrong: Any = Depth
    with pytest.raises(InvalidValueError) as caught:
        score(MODEL, using=wrong)

    assert caught.value.issues[0].fix == "call it to make one"


class Half(Depth):
    name = ""
    version = 3  # type: ignore[assignment]  # wrong on purpose
    requires = ["need"]  # type: ignore[assignment]  # noqa: RUF012 - wrong on purpose
    limits = ("depth",)  # type: ignore[assignment]  # wrong on purpose


def test_all_that_a_scorer_lacks_is_named() -> None:
    half: Any = Half()
    with pytest.raises(InvalidValueError) as caught:
        score(MODEL, using=half)

    said = [issue.message for issue in caught.value.issues]
    assert [text.partition(": ")[2] for text in said] == [
        "its `name` is no text.",
        "its `version` is no text.",
        "its `requires` are no tuple of texts.",
        "its `limits` are no tuple of limits.",
    ]


class Failing(Depth):
    def __call__(self, _: ScoreView, /) -> Score:
        raise ZeroDivisionError("by zero")


class Numeric(Depth):
    def __call__(self, _: ScoreView, /) -> Score:
        return 7  # type: ignore[return-value]  # wrong on purpose


@pytest.mark.parametrize(
    ("scorer", "what"),
    [
        (Failing(), "it raised ZeroDivisionError: by zero"),
        (Numeric(), "it gave 7 and no score"),
    ],
)
def test_a_scorer_that_fails_is_named(scorer: Depth, what: str) -> None:
    with pytest.raises(PluginError) as caught:
        score(MODEL, using=scorer)

    assert caught.value.what == what
    assert caught.value.name == "acme.depth"
    assert caught.value.distribution.endswith("test_score")


def test_the_root_has_what_one_types() -> None:
    assert mk.score is score
    assert mk.score(MODEL, using="line-of-sight").value == 0
    assert {"coverage", "okr", "goal-satisfaction"} <= set(mk.SCORERS)
    assert list(mk.SCORERS) == [each.name for each in mk.SCORERS.values()]


@pytest.mark.parametrize(
    "lie",
    [
        {"method": "okr"},
        {"version": "9"},
        {"subject": "nobody"},
        {"on": date(2020, 1, 1)},
        {"policy": MissingPolicy.ZERO},
    ],
)
def test_a_score_of_something_else_than_was_asked_is_refused(
    lie: dict[str, Any],
) -> None:
    class Liar(Depth):
        def __call__(self, view: ScoreView, /) -> Score:
            return evolve(super().__call__(view), **lie)

    with pytest.raises(PluginError, match=f"its score is of another {next(iter(lie))}"):
        score(MODEL, using=Liar(), on=DAY)
