"""The sample organization: what it holds, and which faults are found in it."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import missionkit.samples
from missionkit.codec.document import dumps, loads
from missionkit.domain.digest import digest_of
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.process import Activity, Flow, Process, ProcessFamily
from missionkit.domain.review import (
    Affirmation,
    AgendaItem,
    Approval,
    Artifact,
    CycleStatus,
    ReviewCycle,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stakeholder import Need, NeedKind, NeedStatus, Stakeholder
from missionkit.rules.check import check
from missionkit.samples import SAMPLE_DAY, parts, sample
from missionkit.samples.days import LAST_YEAR, PLAN_YEAR, STRATEGY
from missionkit.samples.tables import rows

FAULTS = {
    ("MK-CPL-001", "action-breakdown"),
    ("MK-CPL-001", "development"),
    ("MK-DRF-039", "signal-waterfront-hours"),
    ("MK-MSR-020", "relet-days"),
    ("MK-PRC-007", "process-performer-of-events"),
    ("MK-PRC-008", "events"),
    ("MK-PRC-010", "development"),
    ("MK-PRC-013", "events"),
    ("MK-PRC-014", "events"),
    ("MK-PRC-019", "home-upgrades"),
    ("MK-PRC-023", "data-care"),
    ("MK-PRC-023", "demand-creation"),
    ("MK-PRC-023", "events"),
    ("MK-PRC-028", "why-letters-frighten"),
    ("MK-PRC-029", "feedback-06"),
    ("MK-PRC-029", "feedback-10"),
    ("MK-PRC-031", "income"),
    ("MK-PRC-031", "repairs"),
    ("MK-REV-031", "action-breakdown"),
    ("MK-RSP-011", "income"),
    ("MK-RSP-013", "complaints"),
    ("MK-RSP-016", "action-first-call"),
    ("MK-STR-024", "homes-for-more"),
    ("MK-STR-026", "intent-2026"),
    ("MK-STR-028", "measurement-plan-2025"),
    ("MK-STR-028", "needs-register-2025"),
    ("MK-TRC-001", "step-free"),
    ("MK-TRC-003", "market-rent"),
    ("MK-TRC-004", "tenant-voice"),
    ("MK-TRC-005", "charges-explained"),
    ("MK-TRC-006", "events"),
    ("MK-TRC-007", "records-complete"),
    ("MK-TRC-008", "energy-advice"),
    ("MK-TRC-009", "broadband"),
    ("MK-TRC-010", "harbour"),
    ("MK-TRC-011", "tenant-voice"),
}
TRAPS = {
    "be-heard",
    "relet-days",
    "answers-in-ten-days",
    "new-homes",
    "quay-apartments",
    "harbor-festival",
    "sphere-new-homes",
    "client-quay",
    "action-van-stock",
    "signal-waterfront-hours",
}
WAIVED = {("MK-TRC-001", "discharge-homes")}
# What the gates find besides, of the review of 2025.
AT_GATES = {
    ("MK-GAT-009", "needs-register-2025"),
    ("MK-GAT-014", "charges-explained"),
    ("MK-GAT-019", "development"),
    ("MK-GAT-023", "complaint-officers"),
    ("MK-GAT-023", "sensors-money"),
    ("MK-GAT-027", "measurement-plan-2025"),
    ("MK-GAT-030", "signal-waterfront-hours"),
}
README = Path(missionkit.samples.__file__).with_name("README.md")


@pytest.fixture(scope="module")
def model() -> Model:
    return sample()


def test_it_is_judged_on_a_day_that_never_moves() -> None:
    assert date(2026, 11, 2) == SAMPLE_DAY
    assert PLAN_YEAR.covers(SAMPLE_DAY)
    assert STRATEGY.covers(SAMPLE_DAY)
    assert not LAST_YEAR.covers(SAMPLE_DAY)


def test_it_is_as_large_as_a_real_first_model(model: Model) -> None:
    assert len(model.of(Stakeholder)) == 10
    assert len(model.of(Need)) == 25
    assert len(model.of(Objective)) == 20
    assert len(model.of(Process)) == 15
    assert len(model.of(Activity)) >= 45
    assert len(model.of(Flow)) >= 40
    assert len(model) >= 900


def test_stakeholders_hold_several_stakes(model: Model) -> None:
    several = [who for who in model.of(Stakeholder) if len(who.stakes) > 1]
    assert len(several) >= 5


def test_needs_are_accepted_declined_and_owed(model: Model) -> None:
    needs = model.of(Need)
    assert {need.status for need in needs} == {
        NeedStatus.ACCEPTED,
        NeedStatus.DECLINED,
    }
    assert sum(need.kind is NeedKind.OBLIGATION for need in needs) == 5
    assert all(n.decided_reason for n in needs if n.status is NeedStatus.DECLINED)


def test_every_stakeholder_needs_something(model: Model) -> None:
    heard = {need.stakeholder for need in model.of(Need)}
    assert heard == {who.id for who in model.of(Stakeholder)}


def test_all_four_families_of_processes_are_there(model: Model) -> None:
    assert {process.family for process in model.of(Process)} == set(ProcessFamily)


def test_every_process_has_its_four_parts_played(model: Model) -> None:
    kinds = {role.id: role.kind for role in model.of(Role)}
    for process in model.of(Process):
        played = {
            kinds[each.role]
            for each in model.of(RoleAssignment)
            if str(each.on) == process.id
        }
        assert played >= {
            RoleKind.ENGINEER,
            RoleKind.OWNER,
            RoleKind.COACH,
            RoleKind.PERFORMER,
        }


def test_every_process_has_activities_and_flows(model: Model) -> None:
    at_work = {activity.process for activity in model.of(Activity)}
    linked = {end for flow in model.of(Flow) for end in (flow.source, flow.target)}
    processes = {process.id for process in model.of(Process)}
    assert processes == at_work
    assert processes - linked == {"events"}  # it gives nothing and takes nothing


def test_measures_are_read_for_a_year_and_their_levels_are_in_order(
    model: Model,
) -> None:
    for measure in model.of(SuccessMeasure):
        target = measure.target_on(SAMPLE_DAY)
        assert target is not None
        assert target.value is not None
        assert measure.threshold is not None
        assert measure.worst is not None
        order = (measure.worst, measure.threshold, target.value)
        assert sorted(order, reverse=measure.direction == "lower") == list(order)
        assert len(set(order)) == 3
    days = [each.at for each in model.of(Observation) if each.at]
    assert min(days) == date(2025, 11, 30)
    assert max(days) == date(2026, 10, 31)
    assert len(days) >= 200


def test_weights_of_top_goals_add_up_to_one(model: Model) -> None:
    weights = [goal.weight for goal in model.of(Goal) if goal.weight is not None]
    assert sum(weights) == pytest.approx(1)


def test_a_closed_review_with_a_full_agenda_lies_behind_it(model: Model) -> None:
    (cycle,) = model.of(ReviewCycle)
    assert cycle.status is CycleStatus.CLOSED
    assert all(item.disposition for item in model.of(AgendaItem))
    assert len(model.of(AgendaItem)) == 17
    report = model.get(Artifact, "strategic-review-report-2025")
    assert "Is the mission still right?" in report.text


def test_approvals_pin_real_digests_and_only_what_changed_since_differs(
    model: Model,
) -> None:
    pins = [pin for approval in model.of(Approval) for pin in approval.digests]
    changed = {pin.of for pin in pins if pin.digest != model.digest(pin.of)}
    assert len(pins) > 150
    assert changed == {"be-heard", "relet-days"}


def test_what_was_approved_is_what_stood_there_before_the_change(model: Model) -> None:
    need = model.get(Need, "be-heard")
    then = "To be told what was decided, and answers to complaints"
    earlier = evolve(need, statement=then)
    pins = model.get(Approval, "approval-needs-register-2025").digests
    assert digest_of(earlier) in {pin.digest for pin in pins if pin.of == "be-heard"}


def test_one_affirmed_link_is_suspect(model: Model) -> None:
    suspect = {
        (each.source, each.target)
        for each in model.of(Affirmation)
        if each.digest != model.digest(each.target)
    }
    assert suspect == {("tenant-voice", "be-heard")}


def test_approvers_are_neither_authors_nor_submitters(model: Model) -> None:
    for approval in model.of(Approval):
        artifact = model.get(Artifact, approval.artifact)
        assert approval.party not in {artifact.author, artifact.submitter}


def test_a_check_finds_the_faults_left_in_and_nothing_else(model: Model) -> None:
    result = check(model, on=SAMPLE_DAY)
    found = [(i.code, i.ref) for i in result.issues]
    assert len(found) == len(set(found))
    assert set(found) == FAULTS
    assert {(each.issue.code, each.issue.ref) for each in result.waived} == WAIVED


def test_its_gates_find_those_faults_again_and_little_besides(model: Model) -> None:
    result = check(model, on=SAMPLE_DAY, cycle="review-2025", select=("MK-GAT",))
    again = {(i.restates, i.ref) for i in result.issues if i.restates}
    besides = {(i.code, i.ref) for i in result.issues if not i.restates}
    assert again <= FAULTS
    assert besides == AT_GATES


def test_the_gaps_are_a_due_date_and_a_question_of_the_brief(model: Model) -> None:
    issues = check(model, on=SAMPLE_DAY).issues
    paths = {(i.ref, i.path) for i in issues if i.code == "MK-CPL-001"}
    assert paths == {("action-breakdown", "due"), ("development", "brief.price")}


def test_the_readme_lists_the_faults_and_the_traps(model: Model) -> None:
    text = README.read_text(encoding="utf-8")
    listed = re.findall(
        r"^\| (MK-[A-Z]{3}-\d{3}) \| ([a-z0-9-]+) \|", text, re.MULTILINE
    )
    traps = re.findall(r"^\| ([a-z0-9-]+) \| [^|]+ \|$", text, re.MULTILINE)[
        1:
    ]  # the head
    assert set(listed) == FAULTS | WAIVED
    assert len(listed) == len(FAULTS | WAIVED)
    assert set(traps) == TRAPS
    assert all(ref in model for ref in TRAPS)


def test_it_survives_the_document_form(model: Model) -> None:
    text = dumps(model)
    again = loads(text).model
    assert again == model
    assert dumps(again) == text


def test_it_is_the_same_each_time_and_under_another_hash_seed(model: Model) -> None:
    assert sample() == model
    code = (
        "from missionkit.codec.document import dumps;"
        "from missionkit.samples import sample;"
        "from hashlib import sha256;"
        "print(sha256(dumps(sample()).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        ).stdout
        for seed in ("0", "1")
    }
    assert len(seen) == 1


def test_parts_are_found_by_their_files(model: Model) -> None:
    named = dict(parts())
    folder = Path(missionkit.samples.__file__).with_name("harbour")
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "then"}
    assert set(named) == files
    assert list(named) == sorted(named)
    assert sum(len(list(elements)) for elements in named.values()) == len(model)


def test_people_are_named_only_as_parties(model: Model) -> None:
    text = dumps(model)
    for name in ("Okafor", "Pike", "Lisle", "Penrose"):
        assert text.count(name) == 1


def test_a_row_goes_on_where_a_line_begins_with_a_bar() -> None:
    assert list(rows("a | b\n    | c\n\nd | | e\n")) == [
        ["a", "b", "c"],
        ["d", "", "e"],
    ]
