"""What holds for the declaration of every kind and value, ours and a third party's."""

import ast
import inspect
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import pytest

from missionkit.domain import ids
from missionkit.domain.checking import field_faults
from missionkit.domain.declaration import HOOK
from missionkit.domain.kinds import KINDS
from missionkit.domain.spec import (
    REQUIRED,
    Choice,
    Leaf,
    Many,
    Nested,
    Reference,
    Spec,
    nested_specs,
    spec_of,
)
from tests.domain.bets import Bet, Wager

DOMAIN = Path(inspect.getfile(ids)).parent
THEIRS = (spec_of(Bet), spec_of(Wager))
OURS = tuple(KINDS)
VALUES = {inner.cls: inner for kind in (*OURS, *THEIRS) for inner in nested_specs(kind)}
EVERY: tuple[Spec, ...] = (*OURS, *THEIRS, *VALUES.values())
CODES = [rule.code.code for spec in EVERY for rule in spec.invariants]

every = pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.name)
every_kind = pytest.mark.parametrize("spec", [*OURS, *THEIRS], ids=lambda s: s.kind)


def made(spec: Spec) -> Any:  # noqa: ANN401 - any declared class
    return spec.cls


@every
def test_fields_are_plain(spec: Spec) -> None:
    for item in attrs.fields(spec.cls):
        assert item.converter is None
        assert item.validator is None
        assert item.alias == item.name
        assert not item.name.startswith("_")
        assert item.init
        assert item.eq
        assert item.repr
        assert not isinstance(item.default, attrs.Factory)  # type: ignore[arg-type]  # a function to mypy


@every
def test_the_constructor_is_the_one_that_attrs_makes(spec: Spec) -> None:
    init = vars(made(spec))["__init__"]

    assert "attrs generated" in init.__code__.co_filename
    assert HOOK in vars(made(spec))
    assert "__attrs_pre_init__" not in vars(made(spec))
    assert "__new__" not in vars(made(spec))


@every
def test_values_are_frozen_compared_by_content_and_have_no_dict(spec: Spec) -> None:
    cls = made(spec)

    assert cls.__hash__ is not None
    assert "__slots__" in vars(cls)
    assert cls.__setattr__ is not object.__setattr__
    assert not hasattr(object.__new__(cls), "__dict__")


@every
def test_defaults_are_sound(spec: Spec) -> None:
    for item in spec.fields:
        if item.default is not REQUIRED:
            assert list(field_faults(item, item.default)) == []
        if item.optional:
            assert item.default is None


@every_kind
def test_a_kind_has_the_common_fields_and_an_id_of_its_own_type(spec: Spec) -> None:
    names = [item.name for item in spec.fields]

    assert names[0] == "id"
    assert names[-3:] == ["tags", "notes", "ext"]
    assert spec.by_name["id"].required
    assert spec.id_type is not None
    assert spec.id_type.__name__ == f"{spec.cls.__name__}Id"


def test_every_type_of_ids_belongs_to_exactly_one_kind() -> None:
    declared = [
        found
        for name, found in vars(ids).items()
        if name.endswith("Id") and name != "AnyId"
    ]
    used = [spec.id_type for spec in OURS]

    assert len(set(used)) == len(used)
    assert set(used) == set(declared)


@every_kind
def test_at_most_one_text_names_an_element_and_it_is_required(spec: Spec) -> None:
    naming = [item for item in spec.fields if item.naming]

    assert len(naming) <= 1
    for item in naming:
        assert item.required
        assert isinstance(item.shape, Leaf)
        assert item.shape.type is str


@every
def test_everything_has_a_docstring_of_its_own(spec: Spec) -> None:
    assert spec.cls.__doc__
    assert spec.doc[0].isupper()
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if isinstance(shape, Choice):
            assert shape.enum.__doc__ != StrEnum.__doc__
        if isinstance(shape, Nested):
            assert shape.cls.__doc__


@every
def test_references_are_links_and_say_what_they_mean(spec: Spec) -> None:
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if isinstance(shape, Reference) and item.name != "id":
            assert item.link is not None
            assert item.link.name.islower()
        else:
            assert item.link is None


@every
def test_a_link_back_to_the_same_kind_cannot_go_round_without_being_declared(
    spec: Spec,
) -> None:
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        same = isinstance(shape, Reference) and shape.types == (spec.id_type,)
        if same and item.name != "id":
            assert item.link is not None
            assert item.link.acyclic


@every
def test_a_rule_names_fields_that_are_there_with_the_one_to_change_first(
    spec: Spec,
) -> None:
    for rule in spec.invariants:
        assert rule.fields
        assert set(rule.fields) <= set(spec.by_name)
        assert rule.message
        assert rule.code.fix
        assert not rule.message.endswith(".")


def test_no_two_rules_share_a_code() -> None:
    assert sorted(CODES) == sorted(set(CODES))


@every
def test_what_is_expected_is_not_required(spec: Spec) -> None:
    for item in spec.fields:
        if item.expected:
            assert not item.required
            assert not item.default


def test_annotations_are_there_at_run_time() -> None:
    for path in DOMAIN.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = chain.from_iterable((a.name for a in node.names) for node in froms)
        assert not {"annotations", "TYPE_CHECKING"} & set(names), path.name


def test_plurals_are_what_documents_call_them() -> None:
    irregular = {
        "party": "parties",
        "course_of_action": "courses_of_action",
        "process": "processes",
        "activity": "activities",
        "responsibility": "responsibilities",
        "feedback": "feedback",
        "evidence": "evidence",
        "acme.bet": "acme.bet",
        "acme.wager": "acme.wager",
    }

    for spec in (*OURS, *THEIRS):
        assert spec.plural == irregular.get(spec.kind, f"{spec.kind}s")
