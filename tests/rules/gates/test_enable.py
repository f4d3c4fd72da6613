import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.ids import PartyId
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.process import (
    DesignBrief,
    ReleaseLadder,
    ReleaseState,
    ReleaseStep,
)
from missionkit.domain.review import Approval
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.issue import Severity
from missionkit.rules.check import check
from missionkit.rules.gates import enable
from tests.rules.approving import approve, reviewing
from tests.rules.asked import gate, messages, places, unknown, waived
from tests.rules.cases import CASES, DAY, Case, retired, told

MONTHLY = Cadence(1, Unit.MONTH)
MINE = [case for case in CASES if "MK-GAT-017" <= case.code <= "MK-GAT-025"]


def named(case: Case) -> str:
    return case.code


def reviewed(story: Callable[[Draft], object]) -> Model:
    def whole(d: Draft) -> None:
        d.review_cycle("Review", id="review")
        story(d)

    return told(whole)


def plan(d: Draft, ref: str = "plan", **fields: Any) -> None:  # noqa: ANN401 - any field
    made = {"cycle": "review", "stage": "direct", "view": "business-plan"}
    d.artifact("Plan", id=ref, **(made | fields))


def by_ana(d: Draft, ref: str | None, kind: str, **fields: Any) -> None:  # noqa: ANN401 - any field
    """Let Ana play a role of a kind for an element."""
    if "ana" not in d.model:
        d.party("Ana", id="ana")
    d.role(kind, id=f"role-{kind.replace('_', '-')}", kind=kind)
    role = f"role-{kind.replace('_', '-')}"
    d.role_assignment(role=role, party="ana", on=ref, **fields)


def ladder(*steps: tuple[ReleaseState, date]) -> ReleaseLadder:
    return ReleaseLadder(steps=tuple(ReleaseStep(state=s, on=on) for s, on in steps))


def test_all_nine_block_and_are_asked_only_on_request() -> None:
    codes = [entry.codes for entry in enable.RULES]

    assert [code.code for (code,) in codes] == [f"MK-GAT-{n:03}" for n in range(17, 26)]
    assert {code.severity for (code,) in codes} == {Severity.ERROR}
    assert all(code.act and code.by in set(RoleKind) for (code,) in codes)
    assert all(entry.on_request for entry in enable.RULES)


@pytest.mark.parametrize("case", MINE, ids=named)
def test_a_waiver_sets_apart_what_stands_in_the_way(case: Case) -> None:
    model = waived(case.model(mended=False), case.code, case.ref, DAY)
    found = check(model, on=DAY, cycle=case.cycle, select=(case.code,))
    later = DAY + timedelta(days=1)
    expired = check(model, on=later, cycle=case.cycle, select=(case.code,))

    assert found.clean
    assert [each.issue.ref for each in found.waived] == [case.ref]
    assert [issue.ref for issue in expired.issues] == [case.ref]


@pytest.mark.parametrize(
    ("number", "code", "ref"),
    [
        (18, "MK-TRC-005", "insulate"),
        (18, "MK-TRC-006", "idle"),
        (19, "MK-RSP-013", "idle"),
        (20, "MK-RSP-011", "answered"),
        (20, "MK-RSP-012", "done"),
        (21, "MK-TRC-008", "house"),
    ],
)
def test_a_waiver_of_the_rule_holds_at_the_gate(
    number: int, code: str, ref: str
) -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate")
        answers = dict.fromkeys(("provides", "timing", "profitability", "fit"), "A")
        d.process("Idle", id="idle", brief=DesignBrief(**answers, price="B"))
        d.business_output("House", id="house")
        d.role("Chair", id="chair")
        for row, letter in (("answered", "R"), ("done", "A")):
            d.improvement_action("Act", id=row)
            d.responsibility(on=row, role="chair", letter=letter)

    without = gate(told(story), number, DAY)
    found = gate(waived(told(story), code, ref, DAY), number, DAY)

    assert ref in [issue.ref for issue in without.issues]
    assert [each.issue.ref for each in found.waived] == [ref]
    assert ref not in [issue.ref for issue in found.issues]


def test_a_review_that_made_no_plan_cannot_go_on() -> None:
    def story(d: Draft) -> None:
        plan(d, "of-another-stage", stage="understand")
        plan(d, "replaced", status="superseded")
        plan(d, "of-no-review", cycle=None)

    (issue,) = gate(reviewed(story), 17, cycle="review").issues

    assert issue.ref == "review"
    assert issue.message == "Review cycle 'Review' has no artifact of stage 'direct'."


def test_a_plan_that_nobody_approved_is_found() -> None:
    (issue,) = gate(reviewed(plan), 17, cycle="review").issues

    assert (issue.ref, issue.message) == ("plan", "Artifact 'Plan' is not approved.")


@pytest.mark.parametrize("relation", ["author", "submitter"])
def test_nobody_approves_a_plan_of_their_own(relation: str) -> None:
    def story(d: Draft) -> None:
        d.party("Ann", id="ann")
        d.party("Ben", id="ben")
        plan(d, **{relation: "ann"})
        approve(d, "plan")
        reviewing(d, "ben")

    model = reviewed(story)
    (issue,) = gate(model, 17, cycle="review").issues

    assert issue.message == (
        "Artifact 'Plan' is approved only by who wrote or submitted it."
    )
    assert issue.fix == (
        "have it approved by sponsor or reviewer, who is neither author nor submitter"
    )
    (approval,) = model.of(Approval)
    by_ben = model.with_(evolve(approval, party=PartyId("ben")))
    assert gate(by_ben, 17, cycle="review").clean


def test_a_plan_approved_later_was_not_approved_on_the_day() -> None:
    def story(d: Draft) -> None:
        plan(d)
        approve(d, "plan")

    before = date(2026, 2, 28)

    assert gate(reviewed(story), 17, before, "review").of("MK-GAT-017")
    assert gate(reviewed(story), 17, DAY, "review").clean


def test_what_changed_is_named() -> None:
    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        d.goal("Walls", id="walls")
        plan(d, covers=("homes", "walls"))
        approve(d, "plan", "homes", "walls")
        d.set("homes", statement="Warm homes")
        d.set("walls", statement="Warm walls")

    (issue,) = gate(reviewed(story), 17, cycle="review").issues

    assert issue.message == (
        "Artifact 'Plan' is stale: 2 things changed since it was approved."
    )
    assert issue.value == "'homes, walls'"
    assert (
        issue.fix == "look at 'Warm homes' and 1 more again, and reaffirm the approval"
    )


def test_what_cannot_be_compared_is_not_judged() -> None:
    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        plan(d, covers=("homes",))
        approve(d, "plan")

    found = gate(reviewed(story), 17, cycle="review")

    assert found.clean
    assert unknown(found) == [("plan",)]


def test_a_process_without_a_brief_is_asked_for_it_once() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        d.process("Mend", id="mend", brief=DesignBrief(provides="Mended homes"))
        d.process("Old", id="old", release=retired())

    found = gate(told(story), 19)
    asked = ("timing", "profitability", "fit", "price")

    assert [place for place in places(found) if place[1]] == [
        ("build", "brief"),
        *sorted(("mend", f"brief.{name}") for name in asked),
    ]
    assert "Process 'Build' has no design brief." in messages(found)
    fixes = {issue.path: issue.fix for issue in found.issues}
    assert fixes["brief.price"] == (
        "answer: how much will the customer pay for the result?"
    )


def test_too_many_letters_and_parties_do_not_block() -> None:
    def story(d: Draft) -> None:
        d.process("Build", id="build")
        for number in range(5):
            d.role("Expert", id=f"expert-{number}")
            d.responsibility(on="build", role=f"expert-{number}", letter="C")
        d.responsibility(on="build", role="expert-0", letter="A")
        d.responsibility(on="build", role="expert-0", letter="R")

    assert gate(told(story), 20).clean


def flowing(**ends: Any) -> Model:  # noqa: ANN401 - any field
    def story(d: Draft) -> None:
        d.stakeholder("Tenants", id="tenants")
        d.process("Build", id="build")
        d.process("Plan", id="plan")
        d.process("Old", id="old", release=retired(DAY))
        d.process("Older", id="older", release=retired(DAY))
        d.flow("Item", id="item", **ends)

    return told(story)


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("plan", "build", []),
        ("tenants", "build", []),
        ("build", "tenants", []),
        (None, "build", ["source"]),
        ("build", None, ["target"]),
        (None, "tenants", ["source"]),
        ("old", "build", ["source"]),
        ("build", "old", ["target"]),
        ("old", "older", []),
        ("old", "tenants", []),
        ("old", None, []),
    ],
)
def test_a_flow_has_somebody_at_both_ends(
    source: str | None, target: str | None, found: list[str]
) -> None:
    model = flowing(source=source, target=target)

    assert places(gate(model, 21, DAY)) == [("item", path) for path in found]


def test_a_process_that_retires_later_still_gives_and_takes() -> None:
    model = flowing(source="old", target="build")

    assert gate(model, 21, DAY - timedelta(days=1)).clean
    assert messages(gate(model, 21)) == ["Flow 'Item' is given by a retired process."]


def measured(d: Draft, **fields: Any) -> None:  # noqa: ANN401 - any field
    d.success_measure("Done", id="done", **({"frequency": MONTHLY} | fields))


def test_a_measure_without_both_is_reported_once() -> None:
    (issue,) = gate(told(lambda d: measured(d, frequency=None)), 22).issues

    assert issue.message == "Success measure 'Done' has no frequency and no data owner."
    assert issue.path == "frequency"


@pytest.mark.parametrize("on", [None, "trust"])
def test_whoever_owns_all_data_owns_those_of_each_measure(on: str | None) -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        measured(d)
        by_ana(d, on, "data_owner")

    assert gate(told(story), 22).clean


def test_who_owns_all_data_is_found_out_once_for_all_measures() -> None:
    def story(d: Draft) -> None:
        d.role("Data", id="data", kind="data_owner")
        for number in range(2_000):
            d.party(f"P{number}", id=f"p{number}", active=False)
            d.role_assignment(role="data", party=f"p{number}")
            d.objective(f"O{number}", id=f"o{number}", status="active")
            d.success_measure(f"M{number}", of=f"o{number}", frequency=MONTHLY)

    model = told(story)
    began = time.process_time()
    found = gate(model, 22).issues

    assert len(found) == 2_000
    assert time.process_time() - began < 1


@pytest.mark.parametrize("kind", ["owner", "performer"])
def test_another_role_does_not_own_the_data(kind: str) -> None:
    def story(d: Draft) -> None:
        measured(d)
        by_ana(d, "done", kind)

    assert messages(gate(told(story), 22)) == [
        "Success measure 'Done' has no data owner."
    ]


def test_whether_a_data_owner_is_still_one_depends_on_the_day() -> None:
    def story(d: Draft) -> None:
        measured(d)
        by_ana(d, "done", "data_owner", period=Period(end=DAY))

    model = told(story)
    after = DAY + timedelta(days=1)

    assert gate(model, 22, DAY).clean
    assert unknown(gate(model, 22, DAY)) == []
    assert unknown(gate(model, 22)) == [("done",)]
    assert messages(gate(model, 22, after)) == [
        f"Success measure 'Done' has no data owner on {after}."
    ]


def test_one_data_owner_for_sure_is_enough() -> None:
    def story(d: Draft) -> None:
        measured(d)
        by_ana(d, "done", "data_owner")
        d.role_assignment(
            role="role-data-owner", party="ana", on="done", period=Period(end=DAY)
        )

    found = gate(told(story), 22)

    assert found.clean
    assert unknown(found) == []


@pytest.mark.parametrize(
    ("status", "found"),
    [("draft", 1), ("active", 1), ("met", 0), ("missed", 0), ("dropped", 0)],
)
def test_measures_are_run_as_long_as_their_objective_is_pursued(
    status: str, found: int
) -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate", status=status)
        measured(d, of="insulate")

    assert len(gate(told(story), 22).issues) == found


def test_the_measure_of_a_retired_process_is_not_run() -> None:
    def story(d: Draft) -> None:
        d.process("Old", id="old", release=retired(DAY))
        measured(d, of="old")

    assert gate(told(story), 22, DAY).clean
    assert not gate(told(story), 22, DAY - timedelta(days=1)).clean


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("requested", "Resource demand 'Money' is neither committed nor refused."),
        (
            "refused",
            "Resource demand 'Money' was refused, and nothing follows from that.",
        ),
        ("committed", None),
        ("fulfilled", None),
    ],
)
def test_a_demand_is_met_or_refused(status: str, message: str | None) -> None:
    def story(d: Draft) -> None:
        d.resource_demand("Money", id="money", status=status, reason="No funds")

    assert messages(gate(told(story), 23)) == ([message] if message else [])


@pytest.mark.parametrize(
    ("status", "found"), [("open", 0), ("done", 0), ("canceled", 1), ("ineffective", 1)]
)
def test_an_action_that_helps_handles_a_refusal(status: str, found: int) -> None:
    def story(d: Draft) -> None:
        d.resource_demand("Money", id="money", status="refused")
        d.improvement_action("Save", addresses=("money",), status=status)

    assert len(gate(told(story), 23).issues) == found


def test_what_a_retired_process_asked_for_is_past() -> None:
    def story(d: Draft) -> None:
        d.process("Old", id="old", release=retired(DAY))
        d.resource_demand("Money", process="old")

    assert gate(told(story), 23, DAY).clean
    assert not gate(told(story), 23, DAY - timedelta(days=1)).clean


RUNGS = tuple(ReleaseState)[:4]
START = date(2026, 1, 1)


@pytest.mark.parametrize("critical", [False, True])
@pytest.mark.parametrize("reached", range(5))
def test_processes_are_installed_and_critical_ones_commissioned(
    reached: int, *, critical: bool
) -> None:
    steps = ladder(*((rung, DAY) for rung in RUNGS[:reached])) if reached else None
    model = told(lambda d: d.process("Build", critical=critical, release=steps))

    assert gate(model, 24, DAY).clean == (reached >= (4 if critical else 3))


def test_a_rung_counts_from_its_day() -> None:
    steps = [(rung, DAY + timedelta(days=at)) for at, rung in enumerate(RUNGS)]
    model = told(lambda d: d.process("Build", critical=True, release=ladder(*steps)))

    said = [
        messages(gate(model, 24, DAY + timedelta(days=day))) for day in range(-1, 4)
    ]

    assert said == [
        ["Process 'Build' is critical, and not even developed."],
        ["Process 'Build' is critical, and only developed, not commissioned."],
        ["Process 'Build' is critical, and only published, not commissioned."],
        ["Process 'Build' is critical, and only installed, not commissioned."],
        [],
    ]


def test_an_organization_without_a_process_has_nothing_in_use() -> None:
    (issue,) = gate(told(lambda d: d.organization("Trust", id="trust")), 24, DAY).issues

    assert issue.ref == "trust"
    assert issue.message == "No process of 'Trust' is in use."
    assert messages(gate(Model(), 24, DAY)) == ["No process is in use."]


def test_a_retired_process_need_not_be_in_use() -> None:
    def story(d: Draft) -> None:
        d.process("Old", release=retired(DAY))
        d.process("Build", release=ladder(*((rung, START) for rung in RUNGS[:3])))

    model = told(story)

    assert gate(model, 24, DAY).clean
    assert messages(gate(model, 24, DAY - timedelta(days=1))) == [
        "Process 'Old' is only developed, not installed."
    ]
    assert [each.why for each in gate(model, 24).not_judged] == [
        "it depends on the day: pass on="
    ]


def flooded(d: Draft, response: str | None = "reduce", kind: str = "risk") -> None:
    d.potential_impact("Flood", id="flood", response=response, kind=kind)
    d.process("Build", id="build")
    d.process("Old", id="old", release=retired())
    d.activity("Raise", id="raise", process="build")
    d.activity("Loose", id="loose")


def test_a_risk_without_a_response_is_found_and_a_reward_is_not() -> None:
    found = gate(told(lambda d: flooded(d, None)), 25)

    assert places(found) == [("flood", "response")]
    assert gate(told(lambda d: flooded(d, None, "reward")), 25).clean


PLACED: dict[str, tuple[Callable[[Draft], object], bool]] = {
    "action": (lambda d: d.improvement_action("Act", addresses=("flood",)), True),
    "canceled": (
        lambda d: d.improvement_action("A", addresses=("flood",), status="canceled"),
        False,
    ),
    "directive": (lambda d: d.directive("High", governs=("flood", "build")), True),
    "no process": (lambda d: d.directive("High", governs=("flood",)), False),
    "retired": (lambda d: d.directive("High", governs=("flood", "old")), False),
    "activity": (lambda d: d.relation(source="flood", target="raise"), True),
    "loose activity": (lambda d: d.relation(source="flood", target="loose"), False),
    "relation": (lambda d: d.relation(source="build", target="flood"), True),
    "decision": (lambda d: d.decision("Accept", addresses=("flood",)), False),
    "owner": (lambda d: by_ana(d, "flood", "owner"), False),
}


@pytest.mark.parametrize("way", PLACED)
@pytest.mark.parametrize("response", ["avoid", "reduce", "share"])
def test_a_response_is_placed_by_whatever_makes_it_work(
    way: str, response: str
) -> None:
    tell, placed = PLACED[way]

    def story(d: Draft) -> None:
        flooded(d, response)
        tell(d)

    assert gate(told(story), 25).clean == placed


BORNE: dict[str, tuple[Callable[[Draft], object], bool]] = {
    "owner": (lambda d: by_ana(d, "flood", "owner"), True),
    "coach": (lambda d: by_ana(d, "flood", "coach"), False),
    "accepted": (
        lambda d: d.decision("A", kind="accept_risk", addresses=("flood",)),
        True,
    ),
    "decided": (
        lambda d: d.decision("A", kind="resource", addresses=("flood",)),
        False,
    ),
    "nothing": (lambda _: None, False),
}


@pytest.mark.parametrize("way", BORNE)
@pytest.mark.parametrize("response", ["retain", "pursue"])
def test_a_risk_that_is_taken_on_is_borne_by_somebody(way: str, response: str) -> None:
    tell, borne = BORNE[way]

    def story(d: Draft) -> None:
        flooded(d, response)
        tell(d)

    assert gate(told(story), 25).clean == borne


def test_whether_a_risk_still_has_its_owner_depends_on_the_day() -> None:
    def story(d: Draft) -> None:
        flooded(d, "retain")
        by_ana(d, "flood", "owner", period=Period(end=DAY))

    model = told(story)

    assert unknown(gate(model, 25)) == [("flood",)]
    assert gate(model, 25, DAY).clean
    assert not gate(model, 25, DAY + timedelta(days=1)).clean


def test_what_cannot_be_read_is_taken_to_be_in_use() -> None:
    gone = Opaque(kind="process", id="gone", erased=True)
    measure = SuccessMeasure(id="done", name="Done", of="gone")  # type: ignore[arg-type]

    assert places(gate(Model([gone, measure]), 22)) == [("done", "frequency")]


def test_what_was_approved_and_set_back_is_not_approved() -> None:
    def story(d: Draft) -> None:
        d.review_cycle("Review", id="review")
        d.artifact("Plan", id="plan", cycle="review", stage="direct")
        approve(d, "plan")
        d.set("plan", status="draft")

    (issue,) = check(told(story), cycle="review", select=("MK-GAT-017",)).issues

    assert issue.message == "Artifact 'Plan' was approved, and set back since."
    assert (issue.ref, issue.path) == ("plan", "status")
