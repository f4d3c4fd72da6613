from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from missionkit.domain.intent import Limit
from missionkit.domain.model import Model
from missionkit.errors import InvalidValueError
from missionkit.ports.rule import LimitSpec, RuleEntry, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.check import CheckResult, check
from missionkit.rules.limits import specs_of
from tests.rules.cases import told

LIMITS = {
    "accountable_subjects": 7,
    "answer_days": 30,
    "benchmark_months": 12,
    "benchmarking_months": 12,
    "best_practice_months": 12,
    "cause_days": 30,
    "consequence_days": 90,
    "consulted_roles": 3,
    "customer_feedback_months": 6,
    "design_months": 6,
    "documentation_months": 12,
    "drift_distance": 0.2,
    "harmful_contribution": 50,
    "late_reading_days": 31,
    "management_share": 0,
    "measures_to_balance": 3,
    "missed_readings": 2,
    "most_objectives": 25,
    "off_mission_share": 0.15,
    "practice_months": 12,
    "process_chart_months": 6,
    "recurring_share": 0.5,
    "resources_months": 12,
    "revenue_concentration": 0.25,
    "review_lateness": 0.1,
    "ripe_measures": 0.5,
    "steering_months": 3,
    "training_months": 12,
    "waste_share": 0.3,
    "weight_tolerance": 1e-9,
}


def trust(*limits: tuple[str, float]) -> Model:
    said = tuple(Limit(name=name, value=value) for name, value in limits)
    return told(lambda d: d.organization("Trust", id="trust", limits=said))


def used(found: CheckResult) -> dict[str, float]:
    return {limit.name: limit.value for limit in found.limits}


def test_the_limits_are_those_that_were_asked_for() -> None:
    assert {name: spec.default for name, spec in specs_of(BOOK).items()} == LIMITS
    assert all(spec.meaning for spec in specs_of(BOOK).values())


def test_the_organizations_limit_replaces_the_rules() -> None:
    found = check(trust(("consulted_roles", 5)))

    assert used(found) == LIMITS | {"consulted_roles": 5}


def test_a_given_limit_replaces_the_organizations() -> None:
    found = check(trust(("consulted_roles", 5)), limits={"consulted_roles": 4})

    assert used(found) == LIMITS | {"consulted_roles": 4}


def test_of_two_statements_the_last_holds() -> None:
    found = check(trust(("consulted_roles", 5), ("consulted_roles", 6)))

    assert used(found)["consulted_roles"] == 6


def test_only_the_root_sets_limits() -> None:
    def story(d: Any) -> None:  # noqa: ANN401 - a draft
        d.organization("Trust", id="trust")
        limits = (Limit(name="consulted_roles", value=5),)
        d.organization("Branch", parent="trust", limits=limits)

    assert used(check(told(story))) == LIMITS


def test_a_negative_limit_of_the_organization_is_an_issue_and_not_used() -> None:
    found = check(trust(("weight_tolerance", 0.1), ("consulted_roles", -1)))
    (issue,) = found.of("MK-DOM-002")

    assert (issue.ref, issue.path) == ("trust", "limits[1].value")
    assert used(found) == LIMITS | {"weight_tolerance": 0.1}


def test_a_misspelled_limit_is_answered_with_the_nearest() -> None:
    (issue,) = check(trust(("consulted_rolls", 1))).of("MK-LIM-001")

    assert issue.fix == "did you mean 'consulted_roles'?"


def test_a_limit_like_none_is_answered_with_all() -> None:
    (issue,) = check(trust(("zzz", 1))).of("MK-LIM-001")

    assert issue.fix == f"use one of {', '.join(sorted(LIMITS))}"


@pytest.mark.parametrize("value", ["3", True, None, float("nan"), float("inf"), -1])
def test_a_limit_is_a_number_from_0(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValueError, match="consulted_roles"):
        check(Model(), limits={"consulted_roles": value})


def test_a_rule_brings_its_own_limits() -> None:
    def rule(view: RuleView) -> tuple[()]:
        asked.append(view.limit("most_bets"))
        return ()

    asked: list[float] = []
    entry = RuleEntry(rule=rule, limits=(LimitSpec("most_bets", 3, "how many bets"),))

    assert used(check(Model(), rules=(entry,))) == {"most_bets": 3}
    assert used(check(trust(("most_bets", 2)), rules=(entry,))) == {"most_bets": 2}
    assert used(check(Model(), rules=(entry,), limits={"most_bets": 1})) == {
        "most_bets": 1
    }
    assert asked == [3, 2, 1]


def test_a_limit_of_a_rule_that_is_not_asked_is_no_mistake() -> None:
    assert check(trust(("consulted_roles", 1)), rules=()).clean


def test_a_limit_of_a_rule_that_is_not_asked_cannot_be_given() -> None:
    with pytest.raises(InvalidValueError, match="No rule"):
        check(Model(), rules=(), limits={"consulted_roles": 1})


def test_the_how_to_page_lists_every_limit() -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "check-a-model.md"
    rows = [
        f"| `{spec.name}` | {Decimal(str(spec.default)):f} | {spec.meaning} |"
        for spec in specs_of(BOOK).values()
    ]

    assert [row for row in rows if row not in page.read_text("utf-8")] == []


def test_a_limit_of_a_scorer_is_no_mistake() -> None:
    found = check(trust(("okr_green", 0.6), ("okr_gren", 0.6))).of("MK-LIM-001")

    assert [issue.value for issue in found] == ["'okr_gren'"]
