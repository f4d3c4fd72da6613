"""Levels: the lowest component of a process, and the points of RADAR."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import missionkit as mk
from missionkit.ports.scorer import Scorer
from missionkit.scoring.level_model import LEVEL_MODELS, RADAR, LevelModel
from missionkit.scoring.methods.levels import LevelScore
from missionkit.testing.scorers import ScorerContract

APPROACHES = (
    "purpose, vision and strategy",
    "culture and leadership",
    "engaging stakeholders",
    "creating sustainable value",
    "driving performance and transformation",
)
RESULTS = ("stakeholder perceptions", "strategic and operational performance")
# EFQM 2020, as oaklarpwell.com tells it: 1,000 points.
POINTS = dict(
    zip((*APPROACHES, *RESULTS), (100, 100, 100, 200, 100, 200, 200), strict=True)
)
ENABLERS = {
    "design": ("purpose", "context", "documentation"),
    "performers": ("knowledge", "skills", "behavior"),
    "owner": ("identity", "activities", "authority"),
    "infrastructure": ("information systems", "human resource systems"),
    "metrics": ("definition", "uses"),
}


class TestEachModel(ScorerContract):
    @pytest.fixture(params=LEVEL_MODELS, ids=lambda model: model.name)
    def scorer(self, request: pytest.FixtureRequest) -> Scorer:
        return LevelScore(request.param)


def assessed(
    scheme: str,
    ratings: Mapping[str, tuple[int, ...]],
    on: str | None = None,
    at: date | None = None,
    id: str = "a",
) -> mk.MaturityAssessment:
    return mk.MaturityAssessment(
        id=mk.MaturityAssessmentId(id),
        scheme=scheme,
        on=mk.AnyId(on) if on else None,
        at=at,
        ratings=tuple(
            mk.MaturityRating(component=name, level=level, percent=percent)
            for name, row in ratings.items()
            for level, percent in enumerate(row, 1)
        ),
    )


def asked(*held: mk.MaturityAssessment, using: str, **more: Any) -> mk.Score:  # noqa: ANN401 - any value is meant
    model = mk.Model([mk.Process(id=mk.ProcessId("sell"), name="Sell"), *held])
    return mk.score(model, using=using, **more)


FULL = {name: (100, 100, 100, 100) for names in ENABLERS.values() for name in names}


def test_a_process_is_on_the_level_of_its_lowest_component() -> None:
    ratings = FULL | {"skills": (90, 80, 79), "uses": (80, 80, 80)}
    found = asked(
        assessed("process-enablers", ratings, "sell"),
        using="process-enablers",
        subject="sell",
    )

    assert (found.value, found.word) == (2, "P-2")
    assert len(found.parts) == 13
    told = {part.name: part.because for part in found.parts}
    assert told["skills"] == "P-3 is true to 79 percent"
    assert told["uses"] == "P-4 is not rated"
    assert told["purpose"] == "all levels are largely true"


def test_a_level_counts_only_where_all_below_are_reached() -> None:
    held = assessed("Process Enablers", FULL | {"uses": (70, 90, 90, 90)}, "sell")
    kept = {"using": "process-enablers", "subject": "sell"}

    assert asked(held, **kept).value == 0
    assert asked(held, limits={"largely_true": 70}, **kept).value == 4


def test_a_group_may_be_rated_as_a_whole() -> None:
    ratings = {group.upper(): (90, 90) for group in ENABLERS}
    found = asked(
        assessed("process-enablers", ratings, "sell"),
        using="process-enablers",
        subject="sell",
    )

    assert [part.name for part in found.parts] == list(ENABLERS)
    assert found.value == 2


def test_what_is_not_rated_or_not_known_is_missing() -> None:
    ratings = {"design": (90,), "desing": (90,)}
    found = asked(
        assessed("process-enablers", ratings, "sell"),
        using="process-enablers",
        subject="sell",
    )

    assert found.value == 1
    assert found.missing[0].because == "Process enablers has no such component"
    assert {part.because for part in found.missing[1:]} == {"P-1 is not rated"}


def test_the_last_assessment_known_on_the_day_counts() -> None:
    held = [
        assessed("enterprise-capability", {"culture": (percent,)}, at=day, id=id)
        for id, day, percent in (
            ("z", None, 0),
            ("b", date(2026, 1, 5), 90),
            ("a", date(2026, 6, 5), 10),
        )
    ]
    kept = {"using": "enterprise-capability"}

    assert asked(*held, **kept).value == 0
    assert asked(*held, on=date(2026, 2, 1), **kept).value == 1
    assert asked(*held, on=date(2025, 2, 1), **kept).value == 0
    assert asked(**kept).reason == ("nobody has assessed it by Enterprise capability")


def test_the_root_organization_is_what_is_asked_about_without_a_subject() -> None:
    root = mk.Organization(id=mk.OrganizationId("us"), name="Us")
    held = assessed("radar", dict.fromkeys(POINTS, (50,) * 6), "us")
    model = mk.Model([root, held])

    assert mk.score(model, using="radar").value == 500
    assert mk.score(model, using="radar", subject="us").value == 500


def test_radar_counts_by_points_and_is_bounded_by_the_first_attribute() -> None:
    # Worked by hand: the mean of 20 and five times 80 is 70, but no more than 20.
    ratings: dict[str, tuple[int, ...]] = dict.fromkeys(POINTS, (80,) * 6)
    ratings["creating sustainable value"] = (20, 80, 80, 80, 80, 80)
    ratings["stakeholder perceptions"] = (80, 20, 20, 20, 20, 20)
    found = asked(assessed("RADAR", ratings), using="radar")

    assert found.value == pytest.approx(600 * 0.8 + 200 * 0.2 + 200 * 0.3)
    told = {part.name: part.because for part in found.parts}
    assert told["creating sustainable value"] == "20 percent, bounded by sound"
    assert told["stakeholder perceptions"] == "30 percent"


def test_radar_names_the_attributes_that_are_not_rated() -> None:
    ratings: dict[str, tuple[int, ...]] = dict.fromkeys(POINTS, (80,) * 6)
    ratings["stakeholder perceptions"] = (80, 20)
    del ratings["culture and leadership"]
    found = asked(assessed("RADAR", ratings), using="radar", missing="fail")

    assert found.value is None
    assert [part.because for part in found.missing] == [
        "sound is not rated",
        "trends, targets, comparisons, future focus not rated",
    ]


def test_radar_has_the_points_of_its_criteria() -> None:
    assert {each.name: each.points for each in RADAR.components} == POINTS
    assert {each.name for each in RADAR.components if each.levels[0] == "sound"} == set(
        APPROACHES
    )


def test_both_models_of_hammer_have_thirteen_components_on_four_levels() -> None:
    process, enterprise, _ = LEVEL_MODELS

    for model in (process, enterprise):
        assert len({each.name for each in model.components}) == 13
        assert len(model.levels) == 4
    groups: dict[str, tuple[str, ...]] = {}
    for each in process.components:
        groups[each.group] = (*groups.get(each.group, ()), each.name)
    assert groups == ENABLERS


def test_a_model_of_levels_of_ones_own_is_a_scorer() -> None:
    mine = LevelModel(
        name="mine",
        title="My ladder",
        components=(mk.LevelComponent(name="team"), mk.LevelComponent(name="tools")),
        levels=("crawl", "walk"),
    )
    held = assessed("my ladder", {"team": (90, 90), "tools": (80, 10)})
    found = mk.score(mk.Model([held]), using=LevelScore(mine))

    assert (found.method, found.value, found.word) == ("mine", 1, "crawl")
