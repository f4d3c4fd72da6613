from collections.abc import Callable

import pytest

from missionkit.domain.draft import draft
from missionkit.domain.plan import Goal
from missionkit.errors import InvalidValueError, NotFoundError
from missionkit.formats.dot import dot
from missionkit.formats.mermaid import mermaid

Draw = Callable[..., str]

with draft("T") as d:
    d.goal("Warm homes", id="goal")
MODEL = d.model


@pytest.mark.parametrize("draw", [dot, mermaid])
@pytest.mark.parametrize("kinds", ["goal", b"goal", 5, object()], ids=range(4))
def test_kinds_that_are_no_collection_are_refused(draw: Draw, kinds: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        draw(MODEL, kinds=kinds)
    assert [issue.path for issue in caught.value.issues] == ["kinds"]


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_what_is_no_kind_is_refused_with_the_nearest(draw: Draw) -> None:
    for wrong in (5, None, b"goal", ["goal"]):
        with pytest.raises(NotFoundError, match="there is no kind"):
            draw(MODEL, kinds=[wrong])
    with pytest.raises(NotFoundError) as caught:
        draw(MODEL, kinds=["gaol"])
    assert caught.value.nearest == ("goal",)


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_a_trace_that_is_none_is_refused(draw: Draw) -> None:
    with pytest.raises(InvalidValueError) as caught:
        draw(MODEL, trace="goal")
    assert [issue.path for issue in caught.value.issues] == ["trace"]


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_kinds_may_come_one_by_one(draw: Draw) -> None:
    drawn = draw(MODEL, kinds=(kind for kind in (Goal,)))

    assert drawn == draw(MODEL, kinds=["goal"])
    assert "Warm homes" in drawn
