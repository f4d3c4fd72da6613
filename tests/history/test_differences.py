"""A diff leads from one model to another, and tells it field by field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missionkit.domain.draft import Draft
from missionkit.domain.ext import Ext
from missionkit.domain.ids import AnyId, NeedId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.stakeholder import Need
from missionkit.errors import InvalidValueError, ModelError
from missionkit.history.differences import Diff, diff, same
from missionkit.testing.strategies import models
from tests.domain.bets import Bet


@given(models(max_size=8), models(max_size=8))
@settings(max_examples=50)
def test_what_is_applied_leads_to_the_other(a: Model, b: Model) -> None:
    there, back = diff(a, b), diff(b, a)

    assert there.apply(a) == b
    assert back.apply(b) == a
    assert bool(there) == (a != b)
    assert set(there.ids) == set(back.ids)
    assert {e.id for e in there.of("added")} == {e.id for e in back.of("removed")}
    assert json.loads(there.to_json()) == there.as_dict()
    assert there.to_html().startswith(("<table", "<p>"))


@given(models(max_size=8))
def test_nothing_differs_from_itself(model: Model) -> None:
    assert not diff(model, model)
    assert diff(model, Model(tuple(model), kinds=model.kinds)) == Diff()
    assert diff(Model(), model).apply(Model()) == model


@given(models(max_size=5), st.data())
def test_each_field_that_differs_is_named_and_no_other(
    model: Model, data: st.DataObject
) -> None:
    before = Need(id=NeedId("the-need"), statement="Warm", tags=("a",), notes="x")
    changed: dict[str, Any] = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "statement": st.just("Dry"),
                "tags": st.just(("b", "a")),
                "notes": st.just(""),
                "importance": st.just(0.5),
            },
        )
    )
    if "the-need" in model:
        return
    from attrs import evolve  # noqa: PLC0415 - for this test alone

    found = diff(model.with_(before), model.with_(evolve(before, **changed)))

    assert [f.path for e in found.changes for f in e.fields] == [
        name for name in ("statement", "importance", "tags", "notes") if name in changed
    ] or {f.path for e in found.changes for f in e.fields} == set(changed)


def test_it_reads_as_a_change_log() -> None:
    d = Draft()
    d.need("A warm home", importance=0.5)
    d.need("Dry walls")
    before = d.model
    d.set("a-warm-home", importance=0.9, ext={"acme": {"a": 1, "b": 2}})
    d.remove("dry-walls")
    d.need("Quiet\x85nights".replace("\x85", " "))
    after = d.model
    d.set("a-warm-home", ext={"acme": {"a": True, "b": 2}})

    assert str(diff(before, after)).splitlines() == [
        "- need dry-walls 'Dry walls'",
        "~ need a-warm-home 'A warm home'",
        "    importance: 0.5 → 0.9",
        '    ext: nothing → {"acme": {"a": 1, "b": 2}}',
        "+ need quiet-nights 'Quiet nights'",
    ]
    assert str(diff(after, d.model)).splitlines()[1:] == [
        "    ext.acme.a: 1 → true",
    ]
    assert str(diff(after, after)) == "nothing differs"
    assert diff(after, after).to_html() == "<p>nothing differs</p>"
    html = diff(before, after).to_html()
    assert "<td>-</td><td>need</td><td>dry-walls</td><td></td><td>Dry walls" in html


def test_text_in_a_diff_cannot_become_html_or_a_new_line() -> None:
    before = Model([Need(id=NeedId("n"), statement="x")])
    after = Model([Need(id=NeedId("n"), statement="<script>", notes="a\n+ need fake")])

    assert "<script>" not in diff(before, after).to_html()
    assert len(str(diff(before, after)).splitlines()) == 3
    assert len(str(diff(Model(), after)).splitlines()) == 1


def test_true_is_not_one_and_null_is_not_nothing() -> None:
    assert same({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]})
    assert not same({"a": [1]}, {"a": [True]})
    assert not same({"a": None}, {})
    assert not same([1], [1, 2])


def test_equal_numbers_are_equal_however_they_are_written() -> None:
    one = Model([Need(id=NeedId("n"), statement="x", ext=Ext({"acme": {"a": 1}}))])
    other = Model([Need(id=NeedId("n"), statement="x", ext=Ext({"acme": {"a": 1.0}}))])

    assert not diff(one, other)


def test_null_that_comes_and_goes_is_told() -> None:
    def with_ext(**ext: object) -> Model:
        return Model([Need(id=NeedId("n"), statement="x", ext=Ext({"acme": ext}))])

    (change,) = diff(with_ext(a=1), with_ext(a=1, b=None)).changes
    assert [each.path for each in change.fields] == ["ext.acme.b"]


def test_an_element_that_is_erased_or_of_an_absent_kind_differs_too() -> None:
    need = Need(id=NeedId("n"), statement="x")
    erased = Opaque(kind="need", id=AnyId("n"), erased=True)
    bet = Opaque(kind="acme.bet", id=AnyId("b"), data=Ext({"id": "b", "x": 1}))
    other = Opaque(kind="acme.bet", id=AnyId("b"), data=Ext({"id": "b", "x": 2}))

    (change,) = diff(Model([need]), Model([erased])).changes
    assert (change.what, change.title) == ("changed", "n")
    (change,) = diff(Model([bet]), Model([other])).changes
    assert str(change.fields[0]) == "x: 1 → 2"


def test_kinds_that_only_the_other_side_knows_can_be_applied() -> None:
    bet = Bet(id="bet", name="x")  # type: ignore[arg-type]
    other = Model([bet], kinds=KINDS | {Bet})

    assert diff(Model(), other).apply(Model()) == other


def test_what_does_not_fit_is_refused() -> None:
    need = Need(id=NeedId("n"), statement="x", stakeholder="s")  # type: ignore[arg-type]
    d = Draft()
    d.stakeholder("S", id="s")
    added = diff(d.model, d.model.with_(need))

    with pytest.raises(ModelError):
        added.apply(Model())
    with pytest.raises(InvalidValueError):
        diff("a", "b")  # type: ignore[arg-type]
