"""What was written by hand counts at a gate only by who might have done it."""

# Ids are plain texts here.
# mypy: disable-error-code="arg-type"

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.model import Model
from missionkit.domain.review import Artifact, ReviewCycle
from missionkit.domain.stages import Permission, ReviewAct
from missionkit.domain.values import Period
from missionkit.domain.workflow import Workflow
from missionkit.ports.rule import RuleView
from missionkit.rules.check import CheckResult, check
from missionkit.rules.facts.approvals import (
    approvals_that_count,
    how_to_approve,
    standing_that_counts,
)
from missionkit.rules.facts.review_roles import players_of, workflow_of
from missionkit.trace.approvals import pins_of

DAY = date(2026, 6, 30)
GRANTED = date(2026, 3, 1)
GATE = "MK-GAT-017"
BY_MEMBERS = evolve(
    FOUR_STAGES,
    permissions=(
        Permission(act=ReviewAct.APPROVE, roles=("member",)),
        Permission(act=ReviewAct.WAIVE, roles=("member",)),
    ),
)
TO_ALL = Workflow(
    name="four-stages",
    stages=tuple(
        evolve(each, responsible=(), accountable=()) for each in FOUR_STAGES.stages
    ),
    moves=tuple(evolve(each, roles=()) for each in FOUR_STAGES.moves),
)


def reviewed(
    *days: date,
    role: str = "reviewer",
    of: str = "four-stages",
    **given: Any,  # noqa: ANN401 - of the assignment
) -> Draft:
    """Return a review in which Ann, who plays a role, approved the plan by hand."""
    d = Draft()
    d.organization("Trust", id="trust")
    for who in ("ann", "ben", "cat"):
        d.party(who.title(), id=who)
    d.role("Role", id="role", kind=role)
    d.role_assignment(role="role", party="ann", **given)
    d.review_cycle("Review", id="review", workflow=of, status="active", stage="enable")
    made = d.artifact("Plan", id="plan", cycle="review", stage="direct", text="So")
    d.set("plan", status="approved")
    for day in days:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        d.approval(artifact="plan", party="ann", at=at, digests=pins_of(d.model, made))
    return d


def judged(d: Draft, code: str = GATE) -> CheckResult:
    return check(d.model, on=DAY, cycle="review", select=(code,))


def said(d: Draft) -> list[str]:
    return [issue.message for issue in judged(d).issues]


BY_NOBODY = ["Artifact 'Plan' is approved only by who had no role that may."]


@pytest.mark.parametrize("role", ["sponsor", "reviewer"])
def test_an_approval_counts_by_who_may_approve(role: str) -> None:
    assert said(reviewed(GRANTED, role=role)) == []


@pytest.mark.parametrize("role", ["facilitator", "planner", "owner", "engineer"])
def test_an_approval_by_another_role_does_not(role: str) -> None:
    d = reviewed(GRANTED, role=role)
    (issue,) = judged(d).issues

    assert [issue.message] == BY_NOBODY
    assert issue.fix == (
        "have it approved by sponsor or reviewer, who is neither author nor submitter"
    )


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        (Period(start=GRANTED, end=GRANTED), True),
        (Period(start=date(2026, 3, 2)), False),
        (Period(end=date(2026, 2, 28)), False),
    ],
)
def test_the_role_was_in_force_on_the_day_of_the_approval(
    period: Period,
    counts: bool,  # noqa: FBT001 - drawn from a table
) -> None:
    assert said(reviewed(GRANTED, period=period)) == ([] if counts else BY_NOBODY)


def test_who_has_left_since_approved_all_the_same() -> None:
    d = reviewed(GRANTED)
    d.set("ann", active=False)

    assert said(d) == []


def test_a_later_approval_that_does_not_count_undoes_none_that_does() -> None:
    d = reviewed(GRANTED, date(2026, 5, 1), period=Period(end=date(2026, 4, 1)))

    view = RuleView(model=d.model, on=DAY, cycle=d.model.get(ReviewCycle, "review"))
    plan = d.model.get(Artifact, "plan")
    assert said(d) == []
    assert [a.at.date() for a in approvals_that_count(view, plan)] == [GRANTED]


def test_where_somebody_plays_it_in_the_review_others_do_not() -> None:
    d = reviewed(GRANTED)
    assert said(d) == []
    d.role_assignment(role="role", party="ben", on="review")

    assert said(d) == BY_NOBODY


def test_a_role_for_what_is_elsewhere_is_none_here() -> None:
    d = reviewed(GRANTED, on="trust")
    assert said(d) == []
    d.process("Elsewhere", id="elsewhere")
    (given,) = (e for e in d.model if d.model.kind_of(e.id) == "role_assignment")
    d.set(given.id, on="elsewhere")

    assert said(d) == BY_NOBODY


def test_of_a_workflow_that_is_not_here_every_approval_by_others_counts() -> None:
    d = reviewed(GRANTED, role="planner", of="own")

    assert said(d) == []
    plan = d.model.get(Artifact, "plan")
    view = RuleView(model=d.model, on=DAY)
    assert how_to_approve(view, plan) == (
        "have it approved by somebody, who is neither author nor submitter"
    )
    assert standing_that_counts(view, evolve(plan, cycle=None)).approval is not None


@pytest.mark.parametrize(
    ("workflow", "role", "counts"),
    [
        (BY_MEMBERS, "member", True),
        (BY_MEMBERS, "reviewer", False),
        (TO_ALL, "planner", True),
        (evolve(FOUR_STAGES, permissions=()), "reviewer", False),
    ],
)
def test_a_gate_that_is_asked_by_a_workflow_looks_for_its_roles(
    workflow: Workflow,
    role: str,
    counts: bool,  # noqa: FBT001 - drawn from a table
) -> None:
    kind = "performer" if role == "member" else role
    d = reviewed(GRANTED, role=kind)
    if role == "member":
        d.role("Member", id="member")
        d.role_assignment(role="member", party="ann")
    view = RuleView(
        model=d.model,
        on=DAY,
        cycle=d.model.get(ReviewCycle, "review"),
        workflow=workflow,
    )

    plan = d.model.get(Artifact, "plan")
    assert (standing_that_counts(view, plan).approval is not None) is counts
    assert bool(approvals_that_count(view, plan)) is counts


def test_a_workflow_is_that_of_the_review_and_of_its_version() -> None:
    mine = evolve(BY_MEMBERS, name="mine")
    later = evolve(mine, version=2)
    now = ReviewCycle(id="now", name="Now", workflow="mine")
    view = RuleView(model=Model(), cycle=now, workflow=later)
    before = evolve(now, id="before")

    assert workflow_of(view, now) is later
    assert workflow_of(view, before) is None
    assert workflow_of(view, evolve(before, workflow_version=2)) is later
    assert workflow_of(view, ReviewCycle(id="usual", name="Usual")) is FOUR_STAGES
    usual = ReviewCycle(id="usual", name="Usual", workflow_version=2)
    assert workflow_of(view, usual) is None
    assert workflow_of(view, None) is None


def test_players_are_those_of_any_day() -> None:
    d = reviewed(period=Period(end=GRANTED))
    cycle = d.model.get(ReviewCycle, "review")
    view = RuleView(model=d.model, on=DAY, cycle=cycle)

    assert players_of(view, cycle) == {}
    then = players_of(view, cycle, on=GRANTED)
    assert then == {"reviewer": frozenset({"ann"}), "role": frozenset({"ann"})}


# Waivers.

NO_ROLE = "who granted it had no role that may"


def waived(
    role: str = "sponsor",
    requested_by: str | None = "ben",
    **given: Any,  # noqa: ANN401 - of the assignment, or of the review
) -> Draft:
    d = reviewed(role=role, **given)
    d.waiver(
        id="allowed",
        code=GATE,
        on="plan",
        granted_by="ann",
        requested_by=requested_by,
        why="For now",
        until=date(2026, 7, 31),
    )
    return d


def refused(d: Draft) -> str:
    """Return why the waiver does not count, or nothing where it does."""
    found = judged(d)
    if found.waived:
        assert found.issues == ()
        return ""
    (issue,) = found.issues
    return issue.fix.partition("waiver allowed does not count: ")[2]


def test_a_waiver_counts_that_a_sponsor_granted_and_another_one_asked_for() -> None:
    assert refused(waived()) == ""


def test_a_waiver_that_nobody_asked_for_does_not_count_at_a_gate() -> None:
    assert refused(waived(requested_by=None)) == "it does not say who asked for it"


@pytest.mark.parametrize("role", ["reviewer", "facilitator", "owner"])
def test_a_waiver_by_another_role_does_not_count(role: str) -> None:
    assert refused(waived(role)) == NO_ROLE


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (Period(end=date(2026, 1, 1)), ""),
        (Period(start=DAY), ""),
        (Period(start=date(2026, 7, 1)), NO_ROLE),
    ],
)
def test_a_role_that_only_begins_later_granted_nothing(
    period: Period, why: str
) -> None:
    assert refused(waived(period=period)) == why


def test_outside_gates_a_waiver_is_what_its_granter_says() -> None:
    d = reviewed(role="planner")
    d.need("Warm", id="warm", status="accepted")
    d.waiver(
        code="MK-TRC-001",
        on="warm",
        granted_by="cat",
        why="For now",
        until=date(2026, 7, 31),
    )
    found = check(d.model, on=DAY, cycle="review", select=("MK-TRC-001",))

    assert [each.issue.ref for each in found.waived] == ["warm"]
    assert found.issues == ()


def test_a_waiver_that_counts_is_not_displaced_by_one_that_lasts_longer() -> None:
    d = waived()
    d.waiver(
        code=GATE,
        on="plan",
        granted_by="cat",
        requested_by="ben",
        why="For ever",
        until=date(2030, 1, 1),
    )

    assert refused(d) == ""


def test_of_a_workflow_that_is_not_here_any_waiver_counts_that_was_asked_for() -> None:
    assert refused(waived("planner", of="own")) == ""
    assert refused(waived("planner", of="own", requested_by=None)) != ""
