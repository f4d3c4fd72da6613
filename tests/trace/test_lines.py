import gc
from weakref import ref

import pytest
from hypothesis import given

from missionkit.domain.model import Model
from missionkit.trace import lines as module
from missionkit.trace.lines import lines_of
from missionkit.trace.toward import Toward
from tests.trace.plans import harbour, lines


def test_the_index_is_made_once_for_a_model_and_goes_with_it() -> None:
    gc.collect()
    before = len(module._KEPT)
    model = harbour()
    index = lines_of(model)

    assert lines_of(model) is index
    assert lines_of(harbour()) is not index
    del model
    gc.collect()
    assert len(module._KEPT) == before


def test_an_index_of_another_model_at_the_same_place_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = harbour(), Model()
    monkeypatch.setattr(module, "_KEPT", {id(other): (ref(one), lines_of(one))})

    assert lines_of(other).ids == []


@given(lines())
def test_numbers_follow_the_order_of_the_model(model: Model) -> None:
    index = lines_of(model)

    assert index.ids == [element.id for element in model]
    assert [index.number(name) for name in index.ids] == list(range(len(model)))
    assert index.kinds == [model.kind_of(name) for name in index.ids]


@given(lines())
def test_steps_back_are_the_steps_the_other_way(model: Model) -> None:
    index = lines_of(model)
    for toward in Toward:
        size = range(len(model))
        there = {(a, b) for a in size for b in index.steps[toward].after(a)}

        assert {(b, a) for a in size for b in index.back(toward).after(a)} == there
        assert index.back(toward) is index.back(toward)


def test_an_empty_model_has_an_empty_index() -> None:
    index = lines_of(Model())

    assert index.ids == []
    assert list(index.ends(Toward.INTENT)) == []
