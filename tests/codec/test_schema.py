"""The JSON Schema and the reader agree about what a document is."""

import json
import re
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from missionkit.codec.document import dumps, loads
from missionkit.codec.schema import json_schema
from missionkit.domain.declaration import Entity, entity, value
from missionkit.domain.ids import AnyId
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.spec import nested_specs, spec_of
from missionkit.errors import DocumentError
from missionkit.testing.strategies import models
from tests.codec.models import chance, model_of
from tests.codec.mutants import mutated
from tests.codec.vendors import WITH_BETS

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)
VALIDATOR_WITH_BETS = Draft202012Validator(json_schema(WITH_BETS))
# What a schema cannot see: one text too many, links, rules over several fields,
# hidden characters, days that no calendar has, decimals and their bounds, huge numbers.
UNSEEN = frozenset(
    {
        "MK-STR-001",
        "MK-STR-002",
        "MK-STR-003",
        "MK-STR-005",
        "MK-STR-025",
        "MK-DOC-005",
        "MK-DOC-011",
    }
    | {"MK-DOC-023", "MK-DOM-001", "MK-DOM-002", "MK-DOM-004"}
)


def errors(document: object) -> list[str]:
    return sorted(error.message for error in VALIDATOR.iter_errors(document))


def test_it_is_a_schema_of_the_dialect_that_it_names() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:missionkit:1"


def test_it_is_the_same_each_time() -> None:
    assert json.dumps(json_schema()) == json.dumps(SCHEMA)


def test_every_kind_and_field_is_described() -> None:
    for spec in KINDS:
        made = SCHEMA["$defs"][spec.kind]
        assert SCHEMA["properties"][spec.plural] == {
            "type": "array",
            "description": spec.doc,
            "items": {"$ref": f"#/$defs/{spec.kind}"},
        }
        assert list(made["properties"]) == [item.name for item in spec.fields]
        assert made["additionalProperties"] is False
        assert made["description"] == spec.doc != ""


def test_a_definition_is_as_specified() -> None:
    made = SCHEMA["$defs"]["need"]

    assert made["required"] == ["id", "statement"]
    assert made["properties"]["id"] == {"$ref": "#/$defs/id"}
    assert made["properties"]["statement"] == {
        "type": "string",
        "maxLength": 100_000,
        "minLength": 1,
        "pattern": "\\S",
    }
    assert made["properties"]["importance"] == {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "null"}],
        "description": "Expected: weighs needs against each other.",
    }
    assert made["properties"]["status"] == {
        "$ref": "#/$defs/NeedStatus",
        "default": "proposed",
    }
    assert SCHEMA["$defs"]["NeedStatus"] == {
        "type": "string",
        "description": "What has been decided about a need.",
        "enum": ["proposed", "accepted", "declined", "met", "withdrawn"],
    }
    assert SCHEMA["$defs"]["id"]["pattern"] == "^[a-z0-9][a-z0-9-]{0,63}$"


@given(models())
def test_what_is_written_is_valid(model: Model) -> None:
    assert errors(json.loads(dumps(model))) == []


@given(models(WITH_BETS))
def test_a_third_partys_kind_is_in_the_schema(model: Model) -> None:
    document = json.loads(dumps(model))

    assert VALIDATOR_WITH_BETS.is_valid(document)
    assert errors(document) == []


@given(st.integers(0, 100), st.integers(0, 2**32))
def test_what_the_schema_refuses_the_reader_refuses_and_nearly_the_other_way_round(
    model: int, seed: int
) -> None:
    document: dict[str, Any] = json.loads(dumps(model_of(model, 8)))
    document = mutated(document, chance(seed))
    try:
        loads(json.dumps(document))
        found = set()
    except DocumentError as error:
        found = {issue.code for issue in error.issues}
    refused = bool(errors(document))

    assert found or not refused
    if found - UNSEEN and not refused:
        _is_excused(document, found)


_WHOLE = re.compile(r"\d\.0\b").search


def _is_excused(document: dict[str, Any], found: set[str]) -> None:
    # 1.0 is an integer to JSON Schema; invariants have codes of their own.
    invariants = {r.code.code for spec in KINDS for r in _invariants(spec.cls)}
    left = found - UNSEEN - invariants
    assert not left or (left == {"MK-DOC-012"} and _WHOLE(json.dumps(document)))


def _invariants(cls: type) -> list[Any]:
    spec = spec_of(cls)
    return [rule for s in (spec, *nested_specs(spec)) for rule in s.invariants]


NEED = {"id": "w", "statement": "x"}


@pytest.mark.parametrize(
    "arrays",
    [
        {"needs": 7},
        {"needs": [7]},
        {"needs": [{"id": "w"}]},
        {"needs": [{**NEED, "statement": " "}]},
        {"needs": [{**NEED, "statement": 7}]},
        {"needs": [{**NEED, "id": "W"}]},
        {"needs": [{**NEED, "owner": "x"}]},
        {"needs": [{**NEED, "status": "Met"}]},
        {"needs": [{**NEED, "status": None}]},
        {"needs": [{**NEED, "importance": 1.5}]},
        {"needs": [{**NEED, "importance": True}]},
        {"needs": [{**NEED, "tags": "a"}]},
        {"needs": [{**NEED, "ext": []}]},
        {"objectives": [{**NEED, "needs": ["a", "a"]}]},
        {"objectives": [{**NEED, "period": {"start": "01/02/2026"}}]},
        {"objectives": [{**NEED, "period": {"end": "2026-1-1"}}]},
        {"stakeholders": [{"id": "s", "name": "a\nb"}]},
        {"stakeholders": [{"id": "s", "name": "x" * 501}]},
        {"stakeholders": [{"id": "s", "name": "S", "stakes": ["a", "a"]}]},
        {"organizations": [{"id": "o", "name": "O", "currency": "eur"}]},
        {"observations": [{"id": "o", "measure": "m", "value": "1e3"}]},
        {"observations": [{"id": "o", "measure": "m", "value": 1.5}]},
        {"observations": [{"id": "o", "measure": "m", "value": "9" * 41}]},
        {"observations": [{"id": "o", "measure": "m", "value": f"1.{'0' * 40}"}]},
        {"observations": [{"id": "o", "measure": "m", "value": f"0.{'0' * 40}1"}]},
        {"core_intents": [{"id": "c", "mission": "M", "horizon_years": 2**53 + 1}]},
        {"organizations": [{"id": "o", "name": "O", "fiscal_year_start": 13}]},
        {"core_intents": [{"id": "c", "mission": "M", "horizon_years": 0}]},
        {"gaols": []},
        {"acme.bet": [{"x": 1}]},
        {"erased": [{"id": "x"}]},
        {"organization": "Harbour"},
        {"schema": "missionkit/2"},
    ],
    ids=range(33),
)
def test_both_refuse_what_both_can_see(arrays: dict[str, Any]) -> None:
    document = {"schema": "missionkit/1", **arrays}

    assert errors(document)
    with pytest.raises(DocumentError):
        loads(json.dumps(document))


def test_classes_of_one_name_get_definitions_of_their_own() -> None:
    @frozen(kw_only=True)
    @value
    class Period:
        """Another period, of a third party."""

        weeks: int

    @frozen(kw_only=True)
    @entity("acme.sprint")
    class Sprint(Entity):
        """A few weeks."""

        id: AnyId
        period: Period

    made = json_schema(KINDS | {Sprint})["$defs"]

    name = made["acme.sprint"]["properties"]["period"]["$ref"].rpartition("/")[2]
    assert name != "Period"
    assert list(made[name]["properties"]) == ["weeks"]
    assert list(made["Period"]["properties"]) == ["start", "end"]
