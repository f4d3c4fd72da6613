"""A sound document is changed in one place: what is found is that, and no more."""

import json
from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest

from missionkit.codec.document import dumps, loads
from missionkit.domain.kinds import KINDS
from missionkit.domain.model import Model
from missionkit.domain.spec import nested_specs
from missionkit.errors import DocumentError
from missionkit.rules.book import BOOK
from missionkit.rules.check import CheckResult, check
from missionkit.testing.sound import DAY, cycle_of, sound_model
from tests.rules.mutations.edits import (
    Boundary,
    Document,
    Edit,
    Mutation,
    Place,
    done,
    drop,
    place_of,
)
from tests.rules.mutations.refused import REFUSED

GATES = ("MK-GAT",)
TABLES = [
    import_module(f"tests.rules.mutations.{path.stem}")
    for path in sorted((Path(__file__).parent / "mutations").glob("*.py"))
]
MUTATIONS: list[Mutation] = [
    each for table in TABLES for each in getattr(table, "MUTATIONS", ())
]
BOUNDARIES: list[Boundary] = [
    each for table in TABLES for each in getattr(table, "BOUNDARIES", ())
]
SOUND = sound_model("review")
WRITTEN: Document = json.loads(dumps(SOUND))

OF_CHECK = {"MK-LIM-001", "MK-DOM-002", "MK-SEL-003"}
"""What a check itself finds, beside its rules: in limits and in waivers."""
WITH_A_LIMIT = {
    "MK-TRC-007",
    "MK-RSP-014",
    "MK-RSP-015",
    "MK-MSR-019",
    "MK-MSR-021",
    "MK-MSR-022",
    "MK-REV-034",
    "MK-REV-035",
    "MK-DRF-037",
    "MK-DRF-038",
    "MK-DRF-039",
    "MK-DRF-040",
}


def read(document: Document) -> Model:
    return loads(json.dumps(document)).model


def changed(*edits: Edit) -> Model:
    document = deepcopy(WRITTEN)
    for edit in edits:
        edit(document)
    return read(document)


def judged(model: Model, code: str) -> CheckResult:
    """Return what a check finds; the gates are asked for themselves."""
    select = GATES if code.startswith(GATES) else None
    return check(model, on=DAY, cycle=cycle_of(SOUND), select=select)


def places(result: CheckResult) -> list[tuple[str, str, str]]:
    return sorted((each.code, each.ref, each.path) for each in result.issues)


def told(*found: Place) -> list[tuple[str, str, str]]:
    return sorted((each.code, each.ref, each.path) for each in found)


def unknown(result: CheckResult) -> set[str]:
    return {each.code for each in result.not_judged}


@pytest.mark.parametrize("code", ["MK-TRC-001", "MK-GAT-001"])
def test_in_the_sound_document_nothing_is_found(code: str) -> None:
    result = judged(read(WRITTEN), code)
    assert not places(result)
    assert not result.not_judged
    assert not result.waived


def test_every_code_of_the_book_has_a_mutation() -> None:
    held = {code.code for entry in BOOK for code in entry.codes}
    assert {each.found.code for each in MUTATIONS} == held | OF_CHECK


def test_every_rule_with_a_limit_or_a_day_has_a_boundary() -> None:
    limited = {code.code for entry in BOOK if entry.limits for code in entry.codes}
    assert {each.found.code for each in BOUNDARIES} >= WITH_A_LIMIT | limited


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_change_in_one_place_is_found_there_and_nowhere_else(
    mutation: Mutation,
) -> None:
    result = judged(changed(*mutation.edits), mutation.found.code)
    assert places(result) == told(mutation.found, *mutation.also)
    assert unknown(result) == mutation.unknown


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_change_that_is_mended_leaves_nothing_to_find(mutation: Mutation) -> None:
    document = deepcopy(WRITTEN)
    undoing = list(done(document, mutation.edits))
    assert document != WRITTEN
    for undo in reversed(undoing):
        undo(document)
    mended = read(document)
    assert mended == SOUND
    result = judged(mended, mutation.found.code)
    assert not places(result)
    assert not result.not_judged


def test_what_must_be_found_beside_a_change_is_seldom_and_has_a_reason() -> None:
    beside = [each for each in MUTATIONS if each.also or each.unknown]
    assert all(each.because for each in beside)
    assert len(beside) <= len(MUTATIONS) / 10


@pytest.mark.parametrize("edge", BOUNDARIES, ids=str)
def test_what_lies_just_within_a_limit_is_not_found(edge: Boundary) -> None:
    result = judged(changed(*edge.within), edge.found.code)
    assert not places(result)
    assert not result.not_judged


@pytest.mark.parametrize("edge", BOUNDARIES, ids=str)
def test_what_lies_just_beyond_a_limit_is_found(edge: Boundary) -> None:
    result = judged(changed(*edge.beyond), edge.found.code)
    assert places(result) == told(edge.found)
    assert unknown(result) == edge.unknown


def test_what_is_waived_is_set_apart_and_not_found() -> None:
    result = judged(changed(drop("loaves-sold-june")), "MK-TRC-007")
    assert not places(result)
    assert [(each.issue.code, each.issue.ref) for each in result.waived] == [
        ("MK-TRC-007", "loaves-sold")
    ]


@pytest.mark.parametrize("mutation", REFUSED, ids=str)
def test_a_change_that_makes_no_sense_is_refused_at_its_place(
    mutation: Mutation,
) -> None:
    document = deepcopy(WRITTEN)
    undoing = list(done(document, mutation.edits))
    with pytest.raises(DocumentError) as caught:
        read(document)
    told = [(each.code, each.path) for each in caught.value.issues]
    assert told == [(mutation.found.code, whole_path(document, mutation.found))]
    for undo in reversed(undoing):
        undo(document)
    assert read(document) == SOUND


def whole_path(document: Document, place: Place) -> str:
    if not place.ref:
        return place.path
    kind, index = place_of(document, place.ref)
    return f"{kind}[{index}].{place.path}".rstrip(".")


def test_all_that_is_refused_in_a_document_is_tried() -> None:
    tried = {each.found.code for each in REFUSED}
    assert {f"MK-DOM-{number:03}" for number in range(11, 35)} <= tried
    assert {f"MK-DOC-{number:03}" for number in (*range(12, 18), 22, 23)} <= tried
    assert {f"MK-STR-{number:03}" for number in (1, 2, 3, 5, 25)} <= tried


def test_every_rule_over_several_fields_of_a_kind_is_tried() -> None:
    held = {
        each.code.code
        for spec in KINDS
        for inner in (spec, *nested_specs(spec))
        for each in inner.invariants
    }
    assert {each.found.code for each in REFUSED} >= held
