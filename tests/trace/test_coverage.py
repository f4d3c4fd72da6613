from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.model import Model
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.testing.strategies import models
from missionkit.trace.coverage import Coverage, coverage
from missionkit.trace.metric import Metric
from tests.trace.plans import harbour, one_link_more

TRACED = (
    "need coverage",
    "need coverage by importance",
    "objective measurability",
    "process purposefulness",
    "line-of-sight completeness",
)
NAMES = (
    *TRACED,
    "agenda coverage",
    "evidence coverage",
    "affirmed links",
    "action timeliness",
    "review punctuality",
    "measurement freshness",
)
TIMED = NAMES[-3:]
A_DAY = date(2026, 6, 30)


def test_every_metric_is_there_in_its_order() -> None:
    assert tuple(metric.name for metric in coverage(harbour())) == NAMES
    assert len(coverage(harbour(), on=A_DAY)) == len(NAMES)


@pytest.mark.parametrize("on", ["2026-01-01", datetime(2026, 1, 1, tzinfo=UTC), 5])
def test_what_is_no_day_is_refused(on: object) -> None:
    given: Any = on
    with pytest.raises(InvalidValueError, match="on must be") as caught:
        coverage(harbour(), on=given)

    (issue,) = caught.value.issues
    assert (issue.path, issue.code) == ("on", "MK-DOM-001")


def test_a_metric_is_found_by_its_name() -> None:
    found = coverage(harbour())

    assert found["objective measurability"].percent == "50 %"
    with pytest.raises(NotFoundError, match="did you mean 'need coverage'"):
        found["needs coverage"]


@pytest.mark.parametrize("name", TIMED)
def test_what_depends_on_the_day_is_not_judged_without_one(name: str) -> None:
    metric = coverage(harbour())[name]

    assert metric.value is None
    assert metric.reason == "it depends on the day, and none was given: pass on="


def test_a_model_with_nothing_in_it_has_nothing_to_judge() -> None:
    for metric in coverage(Model(), on=A_DAY):
        assert metric.value is None
        assert metric.reason
        assert metric.percent == ""
        assert str(metric) == f"{metric.name}: not judged, as {metric.reason}"


def test_coverage_is_told_in_a_table() -> None:
    told = str(coverage(harbour())).splitlines()

    assert " ".join(told[0].split()) == (
        "coverage share counted missing, or why not judged"
    )
    assert told[1].endswith("no need has been accepted")
    assert told[3] == "objective measurability      50 %   1 of 2   epc"
    assert told[5].endswith("50 %   6 of 12  lender, loan, rent and 3 more")
    assert "coverage on 2026-06-30" in str(coverage(harbour(), on=A_DAY))


def test_coverage_on_a_page_is_escaped() -> None:
    hostile = Coverage(
        metrics=(
            Metric(
                name="<b>", meaning="m", value=0.5, numerator=("a",), denominator=("a",)
            ),
        )
    )

    assert "<td>&lt;b&gt;</td>" in hostile._repr_html_()


@given(one_link_more())
def test_one_trace_link_more_never_lowers_coverage_by_links(
    pair: tuple[Model, Model],
) -> None:
    before, after = (coverage(model) for model in pair)
    for name in TRACED:
        less, more = before[name].value, after[name].value
        assert (less is None) == (more is None)
        if less is not None and more is not None:
            assert less <= more
        assert set(before[name].numerator) <= set(after[name].numerator)
        assert before[name].denominator == after[name].denominator


@given(models(max_size=25), st.none() | st.dates())
def test_every_value_can_be_counted_again(model: Model, on: date | None) -> None:
    found = coverage(model, on=on)

    assert str(found)
    for metric in found:
        assert (metric.value is None) == (not metric.denominator) or metric.reason
        assert set(metric.numerator) <= set(metric.denominator)
        assert len(set(metric.denominator)) == len(metric.denominator)
        if metric.value is not None and "importance" not in metric.name:
            assert metric.value == len(metric.numerator) / len(metric.denominator)
        if metric.value is not None:
            assert 0 <= metric.value <= 1
            assert str(metric).startswith(f"{metric.name}: {metric.percent} (")


@given(models(max_size=15), st.randoms())
def test_the_order_of_elements_changes_nothing(model: Model, chance: Random) -> None:
    elements = list(model)
    chance.shuffle(elements)

    again = Model(elements, kinds=model.kinds)
    assert coverage(again, on=A_DAY) == coverage(model, on=A_DAY)
