from datetime import date

import pytest

from missionkit.domain.draft import Draft, draft
from missionkit.domain.ext import Ext
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.stakeholder import NeedStatus
from missionkit.domain.values import Contribution
from missionkit.trace.coverage import coverage
from missionkit.trace.metric import Metric
from tests.trace.plans import harbour


def metric(model: Model, name: str) -> Metric:
    return coverage(model)[name]


def a_need(d: Draft, ref: str, *, importance: float | None = None) -> None:
    d.need("N", id=ref, importance=importance, status="accepted")


def test_an_accepted_need_is_covered_by_an_objective_that_is_not_dropped() -> None:
    with draft("T") as d:
        for ref in ("answered", "left", "forsaken", "both"):
            a_need(d, ref)
        d.need("N", id="proposed")
        d.objective("O", needs=["answered", "both", "proposed"], status="met")
        d.objective("P", needs=["forsaken", "both"], status="dropped")
    found = metric(d.model, "need coverage")

    assert found.numerator == ("answered", "both")
    assert found.denominator == ("answered", "both", "forsaken", "left")
    assert found.value == 0.5
    assert found.missing == ("forsaken", "left")


def test_what_has_been_erased_is_not_counted() -> None:
    with draft("T") as d:
        a_need(d, "kept")
    model = Model([*d.model, Opaque(kind="need", id="gone", erased=True)])

    assert metric(model, "need coverage").denominator == ("kept",)


@pytest.mark.parametrize("status", NeedStatus)
def test_only_an_accepted_need_is_counted(status: NeedStatus) -> None:
    with draft("T") as d:
        d.need("N", id="need", status=status, decided_reason="because")
    found = metric(d.model, "need coverage")

    assert (found.denominator == ("need",)) == (status is NeedStatus.ACCEPTED)


def test_importance_weighs_needs_and_says_which_have_none() -> None:
    with draft("T") as d:
        a_need(d, "heavy", importance=0.9)
        a_need(d, "light", importance=0.3)
        a_need(d, "unweighed")
        d.objective("O", needs=["heavy", "unweighed"])
    found = metric(d.model, "need coverage by importance")

    assert found.value == pytest.approx(0.75)
    assert found.numerator == ("heavy",)
    assert found.denominator == ("heavy", "light")
    assert found.reason == "1 without an importance left out"


def test_importance_of_nothing_is_not_judged() -> None:
    with draft("T") as d:
        a_need(d, "none", importance=0.0)
    found = metric(d.model, "need coverage by importance")

    assert found.value is None
    assert found.reason == "every importance is 0"
    assert found.denominator == ("none",)


def test_an_objective_is_measurable_when_something_measures_it() -> None:
    with draft("T") as d:
        one, two = d.objective("O", id="one"), d.objective("P", id="two")
        gone = d.objective("Q", id="gone", status="dropped")
        for aim in (two, gone):
            d.success_measure("M", of=aim)
        d.success_measure("Of a process", of=d.process("W", achieves=[one]))
    found = metric(d.model, "objective measurability")

    assert found.numerator == ("two",)
    assert found.denominator == ("one", "two")


def test_a_process_is_purposeful_when_it_leads_to_an_objective_or_a_goal() -> None:
    with draft("T") as d:
        goal = d.goal("G")
        live = d.objective("O", goal=goal)
        dead = d.objective("P", goal=goal, status="dropped")
        need = d.need("N")
        d.objective("Q", needs=[need])
        way = d.course_of_action(
            "C", contributions=[Contribution(target=goal.id, weight=1)]
        )
        d.process("direct", achieves=[live])
        d.process("by strategy", realizes=[way])
        d.process("to a goal", contributions=[Contribution(target=goal.id, weight=9)])
        d.process("by output")
        d.business_output("U", produced_by="by-output", satisfies=[need])
        d.process("for nothing")
        d.process("of the past", achieves=[dead])
        d.process("harmful", contributions=[Contribution(target=live.id, weight=-9)])
        d.process("retired", release=_retired())
    found = metric(d.model, "process purposefulness")

    assert found.numerator == ("by-output", "by-strategy", "direct", "to-a-goal")
    assert found.missing == ("for-nothing", "harmful", "of-the-past")


@pytest.mark.parametrize(
    ("on", "asked"),
    [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (None, False)],
)
def test_a_process_counts_until_the_day_on_which_it_is_retired(
    on: date | None, *, asked: bool
) -> None:
    with draft("T") as d:
        d.process("W", id="work", release=_retired())
    found = coverage(d.model, on=on)

    for name in ("process purposefulness", "line-of-sight completeness"):
        assert (found[name].missing == ("work",)) is asked


def _retired() -> ReleaseLadder:
    day = date(2026, 1, 1)
    rungs = (ReleaseState.DEVELOPED, ReleaseState.RETIRED)
    return ReleaseLadder(steps=tuple(ReleaseStep(state=r, on=day) for r in rungs))


def test_completeness_counts_what_sees_both_ends() -> None:
    found = metric(harbour(), "line-of-sight completeness")

    assert found.numerator == ("homes", "tenants", "warm", "heat", "epc", "repairs")
    assert found.missing == ("lender", "loan", "rent", "solvent", "save", "months")


def test_what_is_settled_does_not_ask_for_a_line() -> None:
    with draft("T") as d:
        d.need("N", id="declined", status="declined", decided_reason="no")
        d.need("N", id="withdrawn", status="withdrawn")
        d.objective("O", id="dropped", status="dropped")
        d.process("W", id="retired", release=_retired())
        old = d.core_intent("M", id="old")
        d.core_intent("M", id="new", supersedes=old)
    found = metric(d.model, "line-of-sight completeness")

    assert found.denominator == ("new",)


def test_links_and_what_has_no_trace_link_of_its_own_are_not_asked() -> None:
    with draft("T") as d:
        d.role_assignment(role=d.role("R"), party=d.party("P"))
        d.influencer("I")
    model = Model([*d.model, Opaque(kind="acme.thing", id="thing", data=Ext({}))])

    assert metric(model, "line-of-sight completeness").denominator == ()
