"""The specified tables of the domain, written a second time."""

import importlib
import inspect

import pytest

from missionkit.domain.ids import AnyId
from missionkit.domain.kinds import KINDS, declared_in
from missionkit.domain.spec import (
    Many,
    Nested,
    Reference,
    Spec,
    is_declared,
    nested_specs,
    spec_of,
)

KINDS_BY_FILE = {
    "party": "party",
    "intent": "organization core_intent operating_sphere",
    "stakeholder": "stakeholder salience_rating need",
    "context": "influencer assessment potential_impact",
    "plan": "goal objective course_of_action directive business_output purpose",
    "measure": "success_measure observation",
    "process": "process activity flow resource resource_demand",
    "role": "role role_assignment responsibility handover development",
    "care": "care_record training feedback investigation practice benchmark",
    "conduct": "client client_profile allocation_snapshot revenue_snapshot",
    "review": "review_cycle stage_run artifact approval evidence agenda agenda_item"
    " meeting decision improvement_action waiver conclusion drift_signal"
    " maturity_assessment intent_alignment affirmation",
    "relation": "relation",
}

VALUES_BY_FILE = {
    "values": "Money Period Cadence Contribution Descriptor DescriptorScale",
    "intent": "Limit ValueStatement SphereRelation",
    "measure": "TargetSetting",
    "process": "DesignBrief ReleaseStep ReleaseLadder",
    "conduct": "Fact AllocationBucket RevenueBucket ActivityRecord RevenueRecord",
    "review": "PinnedDigest AgendaEntry MaturityRating",
}

# Besides `id`: the naming text, and the ends of what is a link by nature.
REQUIRED = {
    "party": "name",
    "organization": "name",
    "core_intent": "mission",
    "operating_sphere": "name",
    "stakeholder": "name",
    "salience_rating": "stakeholder rater at",
    "need": "statement",
    "influencer": "statement",
    "assessment": "statement",
    "potential_impact": "event",
    "goal": "statement",
    "objective": "statement",
    "course_of_action": "name",
    "directive": "statement",
    "business_output": "name",
    "purpose": "name",
    "success_measure": "name",
    "observation": "measure",
    "process": "name",
    "activity": "name",
    "flow": "item",
    "resource": "name",
    "resource_demand": "statement",
    "role": "name",
    "role_assignment": "role party",
    "responsibility": "on role letter",
    "handover": "process",
    "development": "party",
    "care_record": "summary",
    "training": "name",
    "feedback": "statement",
    "investigation": "problem",
    "practice": "name",
    "benchmark": "name",
    "client": "name",
    "client_profile": "name",
    "allocation_snapshot": "",
    "revenue_snapshot": "",
    "review_cycle": "name",
    "stage_run": "cycle stage",
    "artifact": "title",
    "approval": "artifact party at digests",
    "evidence": "locator",
    "agenda": "name",
    "agenda_item": "title",
    "meeting": "name",
    "decision": "statement",
    "improvement_action": "statement",
    "waiver": "code on granted_by why until",
    "conclusion": "statement",
    "drift_signal": "indicator",
    "maturity_assessment": "scheme",
    "intent_alignment": "on intent part rating",
    "affirmation": "source field target digest by on",
    "relation": "source target",
}

LEVELS = {"stakeholder": 0, "need": 1, "objective": 2, "goal": 3, "core_intent": 4}

# holder, field, targets, direction ("<" where the edge leads to the holder)
TRACE_LINKS = {
    ("need", "stakeholder", "stakeholder", "<"),
    ("objective", "needs", "need", "<"),
    ("objective", "goal", "goal", ">"),
    ("goal", "parent", "goal", ">"),
    ("goal", "intent", "core_intent", ">"),
    ("success_measure", "of", "objective process", "<"),
    ("process", "achieves", "objective", ">"),
    ("process", "realizes", "course_of_action", ">"),
    ("course_of_action", "implements", "course_of_action", ">"),
    ("Contribution", "target", "goal objective", ">"),
    ("business_output", "produced_by", "process", "<"),
    ("business_output", "satisfies", "need", ">"),
    ("activity", "process", "process", ">"),
    ("role_assignment", "on", "any", "<"),
    ("role_assignment", "role", "role", ">"),
    ("role_assignment", "party", "party", ">"),
}
LEADING_UP_AT_THE_HOLDER = {
    ("business_output", "produced_by"),
    ("role_assignment", "role"),
    ("role_assignment", "party"),
}
OTHER_LINKS = {
    ("observation", "measure", "success_measure", "<"),
    ("flow", "source", "process stakeholder", "<"),
    ("flow", "target", "process stakeholder", ">"),
    ("assessment", "influencers", "influencer", ">"),
    ("assessment", "affects", "any", ">"),
    ("potential_impact", "threatens", "any", ">"),
    ("directive", "governs", "any", ">"),
    ("purpose", "driven_by", "influencer", ">"),
    ("decision", "addresses", "any", ">"),
    ("improvement_action", "addresses", "any", ">"),
    ("evidence", "supports", "any", ">"),
    ("core_intent", "supersedes", "core_intent", ">"),
    ("relation", "source", "any", "<"),
    ("relation", "target", "any", ">"),
}
CONTRIBUTORS = {"goal", "objective", "course_of_action", "process"}
ACYCLIC = {
    ("organization", "parent"),
    ("core_intent", "supersedes"),
    ("goal", "parent"),
    ("course_of_action", "implements"),
    ("directive", "basis"),
    ("observation", "corrects"),
    ("process", "parent"),
    ("practice", "replaces"),
    ("review_cycle", "previous"),
    ("artifact", "inputs"),
}
PROGRESS = {
    ("party", "active"),
    ("objective", "status"),
    ("process", "release"),
    ("resource", "stage"),
    ("resource_demand", "status"),
    ("review_cycle", "stage"),
    ("review_cycle", "status"),
    ("review_cycle", "outcome"),
    ("review_cycle", "pass_number"),
    ("stage_run", "status"),
    ("stage_run", "entered"),
    ("stage_run", "left"),
    ("artifact", "submitter"),
    ("artifact", "status"),
    ("agenda_item", "disposition"),
    ("improvement_action", "status"),
    ("improvement_action", "closed"),
    ("improvement_action", "evidence"),
    ("improvement_action", "verified_by"),
    ("drift_signal", "status"),
    ("drift_signal", "reason"),
    ("drift_signal", "decision"),
}
VALIDITY = {
    ("core_intent", "effective"),
    ("goal", "horizon"),
    ("objective", "period"),
    ("course_of_action", "period"),
    ("role_assignment", "period"),
}
SPECS: dict[str, Spec] = {
    spec.name: spec for kind in KINDS for spec in (kind, *nested_specs(kind))
}


def links() -> dict[tuple[str, str], tuple[str, str]]:
    found = {}
    for spec in SPECS.values():
        for item in spec.fields:
            shape = item.shape.item if isinstance(item.shape, Many) else item.shape
            if isinstance(shape, Reference) and item.name != "id":
                kinds = (
                    ["any"]
                    if AnyId in shape.types
                    else [KINDS.by_id_type[kind] for kind in shape.types]
                )
                way = "<" if item.link and item.link.reverse else ">"
                found[spec.name, item.name] = (" ".join(sorted(kinds)), way)
    return found


@pytest.mark.parametrize("file", KINDS_BY_FILE)
def test_a_file_declares_its_kinds_in_order(file: str) -> None:
    module = importlib.import_module(f"missionkit.domain.{file}")
    names = [spec_of(cls).kind for cls in declared_in(module)]

    assert names == KINDS_BY_FILE[file].split()


@pytest.mark.parametrize("file", VALUES_BY_FILE)
def test_a_file_declares_its_values_in_order(file: str) -> None:
    module = importlib.import_module(f"missionkit.domain.{file}")
    own: list[type] = [
        found
        for found in vars(module).values()
        if inspect.isclass(found) and found.__module__ == module.__name__
    ]
    names = [cls.__name__ for cls in own if is_declared(cls) and not spec_of(cls).kind]

    assert names == VALUES_BY_FILE[file].split()


def test_the_kinds_are_those_of_the_files_in_order() -> None:
    assert [s.kind for s in KINDS] == " ".join(KINDS_BY_FILE.values()).split()


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: spec.kind)
def test_required_is_what_an_element_is_not_conceivable_without(spec: Spec) -> None:
    required = [item.name for item in spec.fields if item.required]

    assert required == ["id", *REQUIRED[spec.kind].split()]


def test_levels_are_those_of_the_line_of_sight() -> None:
    assert {s.kind: s.level for s in KINDS if s.level is not None} == LEVELS


def test_trace_links_are_those_that_coverage_counts() -> None:
    every = links()
    trace = {
        (name, item.name, *every[name, item.name])
        for name, spec in SPECS.items()
        for item in spec.fields
        if item.link and item.link.trace
    }

    assert trace == TRACE_LINKS


def test_links_lead_closer_to_the_purpose_at_the_end_that_is_named() -> None:
    down = {
        (name, item.name)
        for name, spec in SPECS.items()
        for item in spec.fields
        if item.link and not item.link.upward
    }

    assert down == LEADING_UP_AT_THE_HOLDER


@pytest.mark.parametrize("link", sorted(OTHER_LINKS), ids=lambda x: "-".join(x[:2]))
def test_the_dependent_thing_stores_the_link(link: tuple[str, ...]) -> None:
    holder, field, targets, way = link

    assert links()[holder, field] == (targets, way)


def test_contributions_are_made_by_what_helps_goals_and_objectives() -> None:
    holders = {
        spec.kind
        for spec in KINDS
        for item in spec.fields
        if isinstance(item.shape, Many)
        and isinstance(item.shape.item, Nested)
        and item.shape.item.cls is SPECS["Contribution"].cls
    }

    assert holders == CONTRIBUTORS


@pytest.mark.parametrize(
    ("table", "mark"),
    [
        (ACYCLIC, lambda item: item.link is not None and item.link.acyclic),
        (PROGRESS, lambda item: not item.content),
        (VALIDITY, lambda item: item.validity),
    ],
    ids=["acyclic", "progress", "validity"],
)
def test_fields_are_marked_as_specified(table: object, mark: object) -> None:
    assert callable(mark)
    marked = {(n, i.name) for n, s in SPECS.items() for i in s.fields if mark(i)}

    assert marked == table


def test_no_element_has_an_owner_field() -> None:
    for spec in KINDS:
        assert not {"owner", "owners", "responsible"} & set(spec.by_name)


def test_only_a_party_names_a_person() -> None:
    assert set(SPECS["party"].by_name) == {
        "id",
        "name",
        "kind",
        "active",
        "tags",
        "notes",
        "ext",
    }
