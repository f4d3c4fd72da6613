"""The walker names every fault of a record that the fast reader refuses."""

import json
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from missionkit.codec.converter import converter_for
from missionkit.codec.faults import unknown_fields, walked
from missionkit.codec.path import path_text
from missionkit.codec.writing import document_of
from missionkit.domain.declaration import value
from missionkit.domain.kinds import KINDS
from missionkit.domain.spec import Spec, spec_of
from tests.codec.models import chance, model_of
from tests.codec.mutants import mutated

NEED = KINDS["need"]


def faults(record: object, spec: Spec = NEED, most: int = 1000) -> list[str]:
    found = walked(spec, record, ("needs", 3), most)[1]
    return [f"{fault.issue.code} {path_text(fault.path[2:])}" for fault in found]


def test_a_sound_record_has_no_fault_and_becomes_the_element() -> None:
    record = {"id": "warm", "statement": " Warm "}

    assert faults(record) == []
    assert walked(NEED, record, (), 9)[0] == converter_for(KINDS).readers["need"](
        record
    )


def test_every_fault_of_a_record_is_named() -> None:
    record = {
        "id": "Warm Homes",
        "statment": "Warm",
        "kind": "obligation",
        "status": "declned",
        "importance": "high",
        "decided_reason": "  ",
        "tags": ["a", None, 7],
        "notes": None,
        "ext": [],
    }

    assert faults(record) == [
        "MK-DOC-014 statment",
        "MK-DOM-005 id",
        "MK-DOC-013 ",
        "MK-DOC-015 status",
        "MK-DOM-002 decided_reason",
        "MK-DOC-012 importance",
        "MK-DOC-012 tags[1]",
        "MK-DOC-012 tags[2]",
        "MK-DOC-013 notes",
        "MK-DOC-012 ext",
    ]


def test_faults_inside_values_are_named_with_their_way() -> None:
    record = {
        "id": "m",
        "name": "Rent",
        "targets": [{"value": 1.5, "untl": "x"}, {"why": "no number"}, 7],
        "frequency": {"every": 0.5},
        "scale": {"name": "s", "steps": []},
    }

    assert faults(record, KINDS["success_measure"]) == [
        "MK-DOC-014 targets[0].untl",
        "MK-DOC-012 targets[0].value",
        "MK-DOM-018 targets[1]",
        "MK-DOC-012 targets[2]",
        "MK-DOC-012 frequency.every",
        "MK-DOC-013 frequency",
        "MK-DOM-002 scale.steps",
    ]


def test_an_invariant_is_judged_where_its_own_fields_are_sound() -> None:
    record = {"id": "d", "statement": "x", "status": "declined", "importance": 7}

    assert faults(record) == ["MK-DOM-002 importance", "MK-DOM-016 status"]
    assert faults({**record, "decided_reason": 7}) == [
        "MK-DOC-012 decided_reason",
        "MK-DOM-002 importance",
    ]


@pytest.mark.parametrize("record", [None, [], "warm", 7, True])
def test_what_is_no_object_is_one_fault(record: object) -> None:
    assert faults(record) == ["MK-DOC-012 "]


def test_the_nearest_name_is_offered() -> None:
    record = {"id": "d", "statement": "x", "importnce": 1, "status": "acepted"}
    found = walked(NEED, record, (), 9)[1]

    assert [fault.issue.fix for fault in found] == [
        "did you mean 'importance'?",
        "did you mean 'accepted'?",
    ]


def test_a_name_that_is_taken_is_not_offered() -> None:
    record = {"id": "d", "statement": "x", "statements": "y"}
    (fault,) = walked(NEED, record, (), 9)[1]

    assert "statement'" not in fault.issue.fix.partition("?")[0]


@pytest.mark.parametrize(
    "key", ["__class__", "__init__", "__proto__", "$ref", "@type", ""]
)
def test_a_key_is_never_an_attribute(key: str) -> None:
    (fault,) = walked(NEED, {"id": "d", "statement": "x", key: "y"}, (), 9)[1]

    assert (fault.issue.code, fault.path, fault.at_key) == ("MK-DOC-014", (key,), True)


def test_a_word_twice_in_a_list_without_order_is_a_fault() -> None:
    record = {"id": "t", "name": "T", "stakes": ["customer", "society", " customer"]}

    assert faults(record, KINDS["stakeholder"]) == ["MK-DOC-017 stakes[2]"]


def test_a_link_twice_in_a_list_is_a_fault() -> None:
    record = {"id": "o", "statement": "O", "needs": ["a", "b", "a"]}

    assert faults(record, KINDS["objective"]) == ["MK-DOM-006 needs[2]"]


def test_looking_ends_after_as_many_faults_as_asked_for() -> None:
    record = {"id": "d", "statement": "x", "tags": [None] * 1000}
    element, found = walked(NEED, record, (), 5)

    assert element is None
    assert len(found) == 5


def test_with_faults_a_stand_in_keeps_the_links_that_can_be_read() -> None:
    record = {"id": "d", "stakeholder": "tenants", "importance": "high"}
    stand_in = walked(NEED, record, (), 9)[0]

    assert (stand_in.id, stand_in.stakeholder, stand_in.importance) == (
        "d",
        "tenants",
        None,
    )
    assert walked(NEED, {**record, "stakeholder": 7}, (), 9)[0] is None
    assert walked(NEED, {**record, "id": 7}, (), 9)[0] is None


def test_a_required_list_that_cannot_be_read_is_empty_in_the_stand_in() -> None:
    @frozen(kw_only=True)
    @value
    class Basket:
        """Holds fruit."""

        fruit: tuple[str, ...]

    assert walked(spec_of(Basket), {"fruit": 7}, (), 9)[0].fruit == ()


def test_unknown_fields_are_found_at_any_depth() -> None:
    record = {"x": 1, "frequency": {"y": {}}, "targets": [{}, {"z": 1}, 7], "scale": 3}
    found = unknown_fields(KINDS["success_measure"], record)

    assert list(found) == [("x",), ("frequency", "y"), ("targets", 1, "z")]
    assert list(unknown_fields(NEED, [])) == []


@given(st.integers(0, 200), st.integers(0, 2**32))
def test_the_fast_reader_fails_exactly_where_the_walker_finds_a_fault(
    model: int, seed: int
) -> None:
    document: dict[str, Any] = document_of(model_of(model, 12))
    if len(document) < 3:
        return
    changed = json.loads(json.dumps(mutated(document, chance(seed))))
    for spec in KINDS:
        records = changed.get(spec.plural)
        for record in records if isinstance(records, list) else []:
            element, found = walked(spec, record, (), 1000)
            try:
                fast = converter_for(KINDS).readers[spec.kind](record)
            except Exception:  # noqa: BLE001 - whatever it is
                assert found
            else:
                assert found == ()
                assert fast == element
                assert evolve(fast) == element
