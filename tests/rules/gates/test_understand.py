from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, ReviewCycleId
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.review import PinnedDigest, ReviewCycle
from missionkit.domain.stakeholder import STAKES
from missionkit.domain.values import Period
from missionkit.rules.check import CheckResult
from missionkit.rules.standing import gates
from tests.rules.approving import approve
from tests.rules.asked import gate, places, waived
from tests.rules.cases import CASES, DAY, Case, told
from tests.rules.stories.understand import PARTS, reviewed

OURS = [case for case in CASES if case.code <= "MK-GAT-008" and "GAT" in case.code]
# What is asked at the gate, and by which rule of a family, written a second time.
RESTATED = {"MK-GAT-003": "MK-TRC-010"}
WAITING = "it is about one review, and none was named"


def named(case: Case) -> str:
    return case.code


def judged(
    story: Callable[[Draft], object] | Model,
    number: int,
    on: date | None = None,
    cycle: str | None = "review",
) -> CheckResult:
    model = story if isinstance(story, Model) else told(story)
    return gate(model, number, on, cycle)


def whys(result: CheckResult) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.why, each.refs) for each in result.not_judged]


def last(d: Draft) -> None:
    reviewed(d)
    d.resource("Trades", capability="capable")


def of_review(d: Draft) -> None:
    d.review_cycle("Review", id="review")


def sponsored(d: Draft, *, on: str | None = None, period: Period | None = None) -> None:
    d.party("Bob", id="bob")
    d.role("Guide", id="guide", kind="facilitator")
    d.role("Sponsor", id="sponsor", kind="sponsor")
    d.role_assignment(role="guide", party="bob")
    d.role_assignment(role="sponsor", party="bob", on=on, period=period)


@pytest.mark.parametrize("case", OURS, ids=named)
def test_what_a_waiver_covers_is_set_apart_until_it_ends(case: Case) -> None:
    model = waived(case.model(mended=False), case.code, case.ref, DAY)
    number, days = int(case.code[-3:]), (DAY, tomorrow())
    on, late = (judged(model, number, day, case.cycle) for day in days)

    assert on.issues == ()
    assert [each.issue.ref for each in on.waived] == [case.ref]
    assert [issue.ref for issue in late.issues] == [case.ref]


def tomorrow() -> date:
    return DAY + timedelta(days=1)


@pytest.mark.parametrize(("code", "basis"), RESTATED.items())
def test_a_waiver_of_the_rule_holds_at_the_gate_too(code: str, basis: str) -> None:
    (case,) = (case for case in OURS if case.code == code)
    model = waived(case.model(mended=False), basis, case.ref, DAY)
    result = judged(model, int(code[-3:]), DAY, None)

    assert result.issues == ()
    assert [each.issue.code for each in result.waived] == [code]


def test_a_review_goes_on_from_one_that_is_closed_and_reported() -> None:
    result = judged(last, 1)

    assert (result.issues, result.not_judged) == ((), ())


@pytest.mark.parametrize(
    "said",
    [{"on": "review"}, {"cycle": "review"}, {"on": "review", "cycle": "review"}],
)
def test_a_first_review_says_that_it_is_the_first(said: dict[str, str]) -> None:
    def story(d: Draft) -> None:
        of_review(d)
        d.resource("Trades", capability="limited")
        d.conclusion("It is the first", id="first", kind="first_cycle")
        d.set("first", **said)

    assert judged(story, 1).issues == ()
    assert judged(story, 8).clean
    assert judged(story, 8).not_judged == ()


def test_that_another_review_was_the_first_says_nothing_of_this_one() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("review", previous=None)
        d.conclusion("The first", kind="first_cycle", on="last", cycle="last")

    assert places(judged(story, 1)) == [("review", "previous")]


@pytest.mark.parametrize("status", ["draft", "active", "blocked", "suspended"])
def test_the_review_before_is_closed(status: str) -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("last", status=status)

    (issue,) = judged(story, 1).issues

    assert (issue.ref, issue.path, issue.value) == ("last", "status", f"'{status}'")


def test_a_canceled_review_is_nothing_to_go_on_from() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("last", status="canceled")

    (issue,) = judged(story, 1).issues

    assert (issue.ref, issue.path, issue.value) == ("review", "previous", "'last'")


def test_a_review_before_that_cannot_be_read_is_not_judged() -> None:
    before_id = ReviewCycleId("last")
    before = Opaque(kind="review_cycle", id="last", data=None, erased=True)
    now = ReviewCycle(id=ReviewCycleId("review"), name="Review", previous=before_id)
    model = told(lambda d: d.resource("Trades", capability="capable"))

    assert whys(judged(model.with_(before, now), 1)) == [
        ("the review before it cannot be read here", ("review",))
    ]


def test_a_report_under_another_view_is_found_by_a_hint() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("report", view="strategic_review_report")

    (issue,) = judged(story, 1).issues

    assert issue.ref == "last"
    assert issue.fix.startswith(
        "write 'strategic-review-report' for 'strategic_review_report' in report, or"
    )


def test_a_report_that_was_replaced_is_none() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("report", status="superseded")

    assert places(judged(story, 1)) == [("last", "")]


def test_a_report_that_nobody_approved_does_not_count() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.remove(approval_of(d.model))

    (issue,) = judged(story, 1).issues

    assert (issue.ref, issue.message) == (
        "report",
        "Artifact 'Report' is not approved.",
    )


def test_a_report_that_only_its_author_approved_does_not_count() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("report", author="ann")
        d.remove(approval_of(d.model))
        approve(d, "report")

    (issue,) = judged(story, 1).issues

    assert issue.message == (
        "Artifact 'Report' is approved only by who wrote or submitted it."
    )
    assert issue.fix == (
        "have it approved by sponsor or reviewer, who is neither author nor submitter"
    )


def approval_of(model: Model) -> str:
    return next(ref for ref in model.ids() if model.kind_of(ref) == "approval")


def test_a_report_may_not_change_after_its_approval() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.set("report", text="All went well")

    (issue,) = judged(story, 1).issues

    assert issue.message == "Artifact 'Report' has changed since it was approved."


def test_what_a_report_was_made_from_may_change_after_it() -> None:
    def story(d: Draft) -> None:
        d.artifact("Figures", id="figures")
        d.review_cycle("Last year", id="last", status="closed")
        d.artifact("Report", id="report", cycle="last", inputs=("figures",))
        d.set("report", view="strategic-review-report")
        approve(d, "report", "figures")
        d.review_cycle("Review", id="review", previous="last")
        d.resource("Trades", capability="capable")
        d.set("figures", text="Corrected")

    assert judged(story, 1).issues == ()


def test_an_approval_that_does_not_pin_the_report_says_nothing_of_it() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.remove(approval_of(d.model))
        pin = PinnedDigest(of=AnyId("last"), digest=d.model.digest("last") or "")
        at = datetime(2026, 1, 1, tzinfo=UTC)
        d.approval(artifact="report", party="ann", at=at, digests=(pin,))

    why = "its approval does not say what the report was then"
    assert whys(judged(story, 1)) == [(why, ("report",))]
    assert judged(story, 1).issues == ()


def test_of_several_reports_one_approved_suffices() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.artifact("Draft", id="a-draft", view="strategic-review-report", cycle="last")

    assert judged(story, 1).issues == ()


def test_resources_that_nobody_knows_are_asked_for() -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        d.resource("Old vans", stage="disposed")

    (issue,) = judged(story, 1).issues

    assert (issue.ref, issue.path) == ("", "")
    assert issue.message == "No resource is recorded and judged."


@pytest.mark.parametrize("kind", ["none", "nothing_material"])
def test_a_conclusion_answers_for_all_resources(kind: str) -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        d.resource("Vans")
        d.conclusion("All are fit", kind=kind, about="Resources")

    assert judged(story, 1).issues == ()


def test_a_resource_is_judged() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.resource("Vans", id="vans")

    assert places(judged(story, 1)) == [("vans", "capability")]


def test_to_ask_for_more_of_a_resource_is_not_to_judge_it() -> None:
    def story(d: Draft) -> None:
        last(d)
        d.resource("Vans", id="vans")
        d.resource_demand("More vans", resource="vans")

    assert places(judged(story, 1)) == [("vans", "capability")]


SETTLED: dict[str, Callable[[Draft], object]] = {
    "decision": lambda d: d.decision("Replace them", addresses=("vans",)),
    "covering": lambda d: d.decision("Keep them", covers=("vans",)),
    "action": lambda d: d.improvement_action("Replace them", addresses=("vans",)),
    "demand": lambda d: d.resource_demand("Vans", resource="vans"),
    "conclusion": lambda d: d.conclusion("They will do", on="vans"),
}


@pytest.mark.parametrize("how", SETTLED)
def test_what_is_not_capable_is_settled_by_whatever_names_it(how: str) -> None:
    def story(d: Draft) -> None:
        last(d)
        d.resource("Vans", id="vans", capability="not_capable")

    def settled(d: Draft) -> None:
        story(d)
        SETTLED[how](d)

    assert places(judged(story, 1)) == [("vans", "capability")]
    assert judged(settled, 1).issues == ()


@pytest.mark.parametrize("on", ["review", "north", "trust", None])
def test_a_sponsor_is_named_for_the_review_its_scope_or_the_whole(
    on: str | None,
) -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.organization("North", id="north", parent="trust")
        d.organization("South", id="south", parent="trust")
        d.review_cycle("Review", id="review", scope="north")
        sponsored(d, on=on)

    assert judged(story, 2, DAY).issues == ()


def test_a_sponsor_of_something_else_does_not_lead_the_review() -> None:
    def story(d: Draft) -> None:
        of_review(d)
        d.review_cycle("Other", id="other")
        sponsored(d, on="other")

    (issue,) = judged(story, 2, DAY).issues

    assert issue.message == "Review cycle 'Review' has no sponsor on 2026-06-30."


def test_a_sponsor_leads_only_in_time_and_while_active() -> None:
    def story(d: Draft) -> None:
        of_review(d)
        sponsored(d, period=Period(DAY, DAY))

    gone = told(story)
    gone = gone.with_(evolve(gone.get(Party, "bob"), active=False))

    assert judged(story, 2, DAY).issues == ()
    assert len(judged(story, 2, tomorrow()).issues) == 1
    assert len(judged(gone, 2, DAY).issues) == 2


def test_the_two_roles_need_a_review_and_a_day() -> None:
    assert whys(judged(of_review, 2, DAY, None)) == [(WAITING, ())]
    assert whys(judged(of_review, 2)) == [("it depends on the day: pass on=", ())]


@pytest.mark.parametrize("number", [1, 8])
def test_what_is_about_one_review_is_not_judged_without_it(number: int) -> None:
    assert whys(judged(last, number, DAY, None)) == [(WAITING, ())]


def test_whoever_needs_nothing_says_so_in_this_review() -> None:
    def story(cycle: str | None, kind: str = "none") -> Callable[[Draft], None]:
        def tell(d: Draft) -> None:
            reviewed(d)
            d.stakeholder("Lenders", id="lenders")
            d.conclusion("Nothing", id="nothing", kind=kind, about="needs")
            d.set("nothing", on="lenders", cycle=cycle)

        return tell

    assert judged(story(None), 4).issues == ()
    assert judged(story("review"), 4).issues == ()
    assert places(judged(story("last"), 4)) == [("lenders", "")]
    assert judged(story("last"), 4, None, None).issues == ()
    assert places(judged(story(None, "nothing_material"), 4)) == [("lenders", "")]


@pytest.mark.parametrize("status", ["accepted", "declined", "met", "withdrawn"])
def test_only_what_is_proposed_is_undecided(status: str) -> None:
    def story(d: Draft) -> None:
        d.need("Warm", status=status, decided_reason="so")

    assert judged(story, 5, None, None).issues == ()


def test_each_part_that_was_not_scanned_is_named() -> None:
    result = judged(Model(()), 6, None, None)

    wanted = ["political", *PARTS, "internal"]
    assert sorted(issue.value for issue in result.issues) == sorted(map(repr, wanted))
    assert {issue.ref for issue in result.issues} == {""}


@pytest.mark.parametrize("kind", ["none", "nothing_material"])
def test_nothing_material_is_a_find(kind: str) -> None:
    def story(d: Draft) -> None:
        for part in ("political", *PARTS, "internal"):
            d.conclusion("Nothing new", kind=kind, about=f"scan:{part}")

    assert judged(story, 6, None, None).issues == ()


def test_what_is_inside_is_no_part_of_what_is_outside() -> None:
    def story(d: Draft) -> None:
        for part in ("political", *PARTS[1:], "internal"):
            d.conclusion("Nothing", kind="none", about=f"scan:{part}")
        d.influencer("Own budget", side="internal", category="economic")

    (issue,) = judged(story, 6, None, None).issues

    assert issue.value == "'economic'"


@pytest.mark.parametrize("word", ["politics", "Politcal"])
def test_a_slip_in_a_category_is_pointed_out(word: str) -> None:
    def story(d: Draft) -> None:
        for part in (*PARTS, "internal"):
            d.conclusion("Nothing", kind="none", about=f"scan:{part}")
        d.influencer("Elections", id="elections", category=word)

    (issue,) = judged(story, 6, None, None).issues

    said = f"write 'political' for {word.casefold()!r} in elections, or add one"
    assert issue.fix.startswith(said)


def test_a_slip_in_a_conclusion_is_pointed_out() -> None:
    def story(d: Draft) -> None:
        for part in (*PARTS, "internal"):
            d.conclusion("Nothing", kind="none", about=f"scan:{part}")
        d.conclusion("Calm", id="calm", kind="none", about="scan: politcal")
        d.conclusion("Odd", kind="none", about="stake:politicians")
        d.conclusion("Empty", kind="none", about="scan:")

    (issue,) = judged(story, 6, None, None).issues

    assert issue.fix.startswith("write 'political' for 'politcal' in calm, or add one")


NAMING: dict[str, Callable[[Draft], object]] = {
    "made from it": lambda d: d.artifact(
        "Analysis", cycle="review", status="approved", inputs=("report",)
    ),
    "concluded on it": lambda d: d.conclusion("Read", on="report", cycle="review"),
    "considered": lambda d: considered(d, "considered"),
}
NOT_NAMING: dict[str, Callable[[Draft], object]] = {
    "nothing": lambda _: None,
    "superseded": lambda d: d.artifact(
        "Old", cycle="review", status="superseded", covers=("report",)
    ),
    "another review": lambda d: d.artifact(
        "Taken over", cycle="last", status="approved", covers=("report",)
    ),
    "concluded before": lambda d: d.conclusion("Done", on="report", cycle="last"),
    "of no review": lambda d: d.conclusion("Done", on="report"),
    "on nothing": lambda d: d.conclusion("Done", cycle="review"),
    "deferred": lambda d: considered(d, "deferred", deferred_to=DAY),
    "not disposed of": lambda d: considered(d, None),
}


def considered(d: Draft, disposition: str | None, **more: object) -> None:
    d.evidence("report.pdf", id="copy", supports=("report",))
    d.agenda_item("The last review", id="item", cycle="review", evidence=("copy",))
    d.set("item", disposition=disposition, **more)


@pytest.mark.parametrize("how", NAMING)
def test_a_report_is_read_where_the_review_names_it(how: str) -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        NAMING[how](d)

    result = judged(story, 8)

    assert (result.issues, result.not_judged) == ((), ())


@pytest.mark.parametrize("how", NOT_NAMING)
def test_a_report_is_not_read_by_chance(how: str) -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        NOT_NAMING[how](d)

    (issue,) = judged(story, 8).issues

    assert (issue.ref, issue.value) == ("review", "'report'")


def test_where_no_report_is_known_nobody_can_say_whether_it_was_read() -> None:
    why = "no report of a review before it is known"

    assert whys(judged(of_review, 8)) == [(why, ("review",))]


def test_evidence_that_cannot_be_read_names_nothing() -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        considered(d, "considered")

    lost = Opaque(kind="evidence", id="copy", data=None, erased=True)
    model = told(story)
    model = Model((lost, *(each for each in model if each.id != "copy")))

    assert places(judged(model, 8)) == [("review", "")]


def test_the_gate_opens_where_all_that_it_asks_is_answered() -> None:
    def story(d: Draft) -> None:
        reviewed(d)
        sponsored(d)
        d.resource("Trades", capability="capable")
        d.stakeholder("All", id="all", stakes=set(STAKES))
        d.need("Warm", stakeholder="all", status="accepted")
        for part in ("political", *PARTS, "internal"):
            d.conclusion("Nothing", kind="none", about=f"scan:{part}")
        d.conclusion("Read", on="report", cycle="review")

    understand = gates(told(story), on=DAY, cycle="review")[0]

    assert understand.open
    assert judged(story, 1, DAY).clean
    assert judged(story, 2, DAY).clean
