"""Scores of an organization as a whole: coverage, lines, the mission."""

from decimal import Decimal

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.measure import TargetSetting
from missionkit.domain.model import Model
from missionkit.errors import NotFoundError
from missionkit.samples import sample
from missionkit.samples.days import SAMPLE_DAY
from missionkit.scoring.methods.coverage import CoverageScore
from missionkit.scoring.score import score
from missionkit.trace.coverage import coverage

SAMPLE = sample()

with draft("Trust", id="trust") as d:
    d.core_intent("Warm homes for all", id="intent")
    d.stakeholder("Tenants", id="tenants")
    d.need("Warm homes", id="warm", stakeholder="tenants", status="accepted")
    d.need("Low rents", id="low", status="accepted")
    d.goal("Every home is warm", id="goal", intent="intent")
    d.objective("Insulate", id="insulate", goal="goal", needs=("warm",))
    d.objective("Idle", id="idle", goal="goal")
MODEL = d.model


def test_coverage_is_the_mean_of_what_can_be_judged() -> None:
    made = score(SAMPLE, using="coverage", on=SAMPLE_DAY)
    known = [m.value for m in coverage(SAMPLE, on=SAMPLE_DAY) if m.value is not None]

    assert made.value == pytest.approx(sum(known) / len(known), rel=1e-12)
    assert [part.because for part in made.missing] == [
        m.reason for m in coverage(SAMPLE, on=SAMPLE_DAY) if m.value is None
    ]


def test_coverage_can_be_asked_of_some_metrics() -> None:
    made = score(MODEL, using=CoverageScore(metrics=("need coverage",)))

    assert made.value == 0.5
    assert made.parts[0].refs == ("low",)
    with pytest.raises(NotFoundError, match="need coverage"):
        score(MODEL, using=CoverageScore(metrics=("need cover",)))


def test_one_element_has_no_coverage() -> None:
    assert "as a whole" in score(MODEL, using="coverage", subject="warm").reason


@pytest.mark.parametrize(
    ("subject", "value"), [("insulate", 1), ("low", 0), ("warm", 1), ("idle", 0.5)]
)
def test_a_line_of_sight_leads_both_ways(subject: str, value: float) -> None:
    made = score(MODEL, using="line-of-sight", subject=subject)

    assert made.value == value
    assert [part.name for part in made.parts] == ["to the intent", "to the stakeholder"]


def test_a_broken_line_says_where_it_stops() -> None:
    made = score(MODEL, using="line-of-sight", subject="low")

    assert made.parts[0].because.startswith("it stops at Low rents (need): ")
    whole = score(MODEL, using="line-of-sight", subject="warm").parts[0]
    assert whole.because == "the shortest way has 3 steps"
    assert whole.refs == ("warm", "insulate", "goal", "intent")


def test_of_all_lines_the_share_is_that_of_coverage() -> None:
    for model in (MODEL, SAMPLE):
        made = score(model, using="line-of-sight")
        assert made.value == pytest.approx(
            coverage(model)["line-of-sight completeness"].value, rel=1e-12
        )
    assert "no element" in score(Model(), using="line-of-sight").reason


# ---- the mission ---------------------------------------------------------------------


def mission(**weights: float | None) -> Model:
    with draft("Trust", id="trust") as made:
        made.core_intent("Warm homes for all", id="intent")
        for at, (ref, weight) in enumerate(weights.items()):
            intent = "intent" if at else None
            made.goal(
                f"Goal {ref}", id=ref, weight=weight, intent=intent, refinement="or"
            )
            made.objective(f"Met {ref}", id=f"o-{ref}", goal=ref)
            made.success_measure(
                f"Measure {ref}",
                id=f"m-{ref}",
                of=f"o-{ref}",
                direction="higher",
                worst=Decimal(-100),
                threshold=Decimal(0),
                targets=(TargetSetting(value=Decimal(100)),),
            )
            value = Decimal(60 - 40 * at)
            made.observation(id=f"r-{ref}", measure=f"m-{ref}", value=value)
        made.goal("Sub", id="sub", parent=next(iter(weights), None))
    return made.model


@pytest.mark.parametrize(
    ("weights", "value"),
    [
        ({"a": None, "b": None}, 40),
        ({"a": 3, "b": 1}, 50),
        ({"a": 0.3, "b": 0.1}, 50),
        ({"a": 1, "b": None}, 60),
        ({"a": 0, "b": 0}, None),
    ],
)
def test_the_mission_is_the_mean_of_the_goals_at_the_top(
    weights: dict[str, float | None], value: float | None
) -> None:
    # GRL's satisfaction of an actor: by importance, each element once.
    made = score(mission(**weights), using="mission-accomplishment")

    assert made.value == pytest.approx(value)
    assert {part.name for part in (*made.parts, *made.missing)} == {"Goal a", "Goal b"}


def test_a_goal_without_a_weight_is_missing_where_others_have_one() -> None:
    made = score(mission(a=1, b=None), using="mission-accomplishment")

    assert [part.because for part in made.missing] == [
        "it has no weight, though others have"
    ]
    zero = score(mission(a=1, b=None), using="mission-accomplishment", missing="zero")
    assert zero.value == 60


def test_an_intent_is_accomplished_by_its_own_goals() -> None:
    made = score(mission(a=3, b=1), using="mission-accomplishment", subject="intent")

    assert (made.value, [part.name for part in made.parts]) == (20, ["Goal b"])
    one = score(mission(a=3, b=1), using="mission-accomplishment", subject="a")
    assert one.value == 60
    none = score(mission(a=3), using="mission-accomplishment", subject="intent")
    assert none.reason == "it has no goals"
    assert score(Model(), using="mission-accomplishment").reason == "there are no goals"


def test_the_page_of_the_sample_names_what_decides() -> None:
    made = score(SAMPLE, using="mission-accomplishment", on=SAMPLE_DAY)

    assert made.value == pytest.approx(12.1)
    assert made.parts[0].because.startswith("the least of its")
