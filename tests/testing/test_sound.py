from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import HealthCheck, find, given, settings

from missionkit.domain.display import title_of
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus
from missionkit.domain.process import Process, ReleaseState
from missionkit.domain.review import Approval, ReviewCycle
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.rules.check import check
from missionkit.rules.standing import gates
from missionkit.testing.sound import (
    DAY,
    USUAL,
    Outline,
    Shape,
    Telling,
    cycle_of,
    sound_model,
)
from missionkit.testing.strategies import sound_models

FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))
COUNTS = [each.name for each in fields(Outline)]
GATES = ("MK-GAT",)


class Loud(Telling):
    def text(self, said: str) -> str:
        return said.upper()

    def number(self, usual: int, low: int, high: int) -> int:
        assert low <= usual <= high
        return high


def found_in(model: Model) -> Iterator[str]:
    """Yield what rules and gates find; without a review, no gate is asked."""
    cycle = cycle_of(model)
    for select in (None, GATES) if cycle else (None,):
        result = check(model, on=DAY, cycle=cycle, select=select)
        yield from map(str, result.issues)
        # A plan knows of no approvals, so nobody can say what is approved.
        if cycle:
            yield from map(str, result.not_judged)


def test_a_sound_plan_has_no_issue_and_leaves_nothing_but_approvals_unjudged() -> None:
    result = check(sound_model(), on=DAY)
    assert result.clean, result
    assert {each.code for each in result.not_judged} == {"MK-TRC-003"}


@pytest.mark.parametrize("shape", ["first_review", "review"])
def test_a_sound_review_has_no_issue_and_leaves_nothing_unjudged(shape: Shape) -> None:
    model = sound_model(shape)
    result = check(model, on=DAY, cycle=cycle_of(model))
    assert result.clean, result
    assert not result.not_judged
    assert not result.waived


@pytest.mark.parametrize("shape", ["first_review", "review"])
def test_all_gates_of_a_sound_review_are_open(shape: Shape) -> None:
    model = sound_model(shape)
    found = gates(model, on=DAY, cycle=cycle_of(model))
    assert [(str(each), each.open) for each in found] == [
        (f"{each.stage.label}: the gate is open", True) for each in found
    ]
    entries = check(model, on=DAY, cycle=cycle_of(model), select=GATES)
    assert entries.clean, entries
    assert not entries.not_judged


def test_a_plan_has_no_review_and_a_review_has_one_that_goes_on() -> None:
    model = sound_model("review")
    assert cycle_of(sound_model()) is None
    assert cycle_of(model) == "review-2026"
    assert model.get(ReviewCycle, "review-2026").previous == "review-2025"


def test_the_smallest_plan_has_a_bakers_dozen_of_elements() -> None:
    model = sound_model(outline=Outline())
    assert len(model) == 13
    assert not list(found_in(model))
    assert 15 <= len(sound_model()) <= 20


def test_a_sound_model_is_the_same_each_time() -> None:
    assert sound_model() == sound_model()
    assert sound_model("review") == sound_model("review")


@pytest.mark.parametrize("count", [2, 3, 8])
@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("shape", ["plan", "first_review", "review"])
def test_a_model_with_more_of_one_thing_is_sound(
    shape: Shape, name: str, count: int
) -> None:
    outline = evolve(USUAL[shape], **{name: max(count, getattr(USUAL[shape], name))})
    assert not list(found_in(sound_model(shape, outline)))


def test_an_outline_says_how_many_things_there_are() -> None:
    outline = Outline(
        stakeholders=2,
        needs=3,
        declined=2,
        goals=2,
        subgoals=3,
        objectives=4,
        dropped=2,
        processes=3,
        retired=2,
        outputs=3,
    )
    model = sound_model(outline=outline)
    needs = [each.status for each in model.of(Need)]
    objectives = [each.status for each in model.of(Objective)]
    states = [each.release.state for each in model.of(Process) if each.release]
    assert len(model.of(Stakeholder)) == 2
    assert needs.count(NeedStatus.ACCEPTED) == 3
    assert needs.count(NeedStatus.DECLINED) == 2
    assert len([each for each in model.of(Goal) if each.parent]) == 3
    assert objectives.count(ObjectiveStatus.ACTIVE) == 4
    assert objectives.count(ObjectiveStatus.DROPPED) == 2
    assert len(states) == 5
    assert states.count(ReleaseState.RETIRED) == 2
    assert not list(found_in(model))


@pytest.mark.parametrize("shape", ["plan", "first_review", "review"])
def test_whoever_tells_chooses_the_words_and_numbers(shape: Shape) -> None:
    model = sound_model(shape, tell=Loud())
    titles = [title_of(each) for each in model.of(Need)]
    assert titles
    assert all(title.isupper() for title in titles)
    assert {each.importance for each in model.of(Need)} == {1}
    assert not list(found_in(model))


def test_approvals_pin_what_is_there_in_the_words_that_were_drawn() -> None:
    model = sound_model("review", tell=Loud())
    pins = [pin for each in model.of(Approval) for pin in each.digests]
    assert len(pins) > len(model.of(Approval))
    assert all(pin.digest == model.digest(pin.of) for pin in pins)


@FEW
@given(sound_models(size=15))
def test_a_drawn_model_of_fifteen_is_sound_and_about_as_large(model: Model) -> None:
    assert not list(found_in(model))
    assert 12 <= len(model) <= 15


@FEW
@given(sound_models())
def test_a_drawn_model_of_any_size_is_sound(model: Model) -> None:
    assert not list(found_in(model))


@FEW
@given(sound_models(shape="review"))
def test_a_drawn_review_is_sound(model: Model) -> None:
    assert not list(found_in(model))
    assert cycle_of(model)


@FEW
@given(sound_models(shape="first_review"))
def test_a_drawn_first_review_is_sound(model: Model) -> None:
    assert not list(found_in(model))
    assert [each.previous for each in model.of(ReviewCycle)] == [None]


@FEW
@given(sound_models(size=60))
def test_a_large_model_is_about_as_large_as_is_wanted(model: Model) -> None:
    assert 50 <= len(model) <= 60


@FEW
@given(sound_models(size=1))
def test_a_model_smaller_than_a_sound_one_can_be_is_the_smallest(model: Model) -> None:
    assert len(model) == 13


@settings(FEW, max_examples=4)
@given(sound_models(size=300))
def test_a_model_never_has_more_objectives_than_can_be_pursued(model: Model) -> None:
    pursued = [o for o in model.of(Objective) if o.status is ObjectiveStatus.ACTIVE]
    assert len(pursued) <= 25
    assert not list(found_in(model))


def test_the_simplest_drawn_model_is_told_in_the_usual_words() -> None:
    simplest = find(sound_models(size=12), lambda _: True)
    usual = sound_model(outline=Outline())
    assert [*map(title_of, simplest)] == [*map(title_of, usual)]


def test_a_review_never_has_less_than_it_needs() -> None:
    small = Outline(outputs=3)
    model = sound_model("review", small)
    assert not list(found_in(model))
    assert model == sound_model("review", evolve(USUAL["review"], outputs=3))


def test_nothing_is_counted_below_what_makes_sense() -> None:
    with pytest.raises(InvalidValueError, match="objectives"):
        Outline(objectives=0)
    with pytest.raises(InvalidValueError, match="retired"):
        Outline(retired=-1)


def test_another_shape_is_refused_with_the_nearest() -> None:
    shape: Any = "reviews"
    with pytest.raises(NotFoundError, match="review"):
        sound_model(shape)
    with pytest.raises(NotFoundError, match="review"):
        find(sound_models(shape=shape), lambda _: True)
