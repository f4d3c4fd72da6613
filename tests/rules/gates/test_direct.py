from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NewType

import pytest
from attrs import evolve, frozen

from missionkit.domain.declaration import Entity, entity
from missionkit.domain.draft import Draft
from missionkit.domain.ids import AnyId, GoalId, ObjectiveId
from missionkit.domain.kinds import KINDS
from missionkit.domain.measure import MeasureKind
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.review import PinnedDigest
from missionkit.domain.values import Contribution, Descriptor, DescriptorScale, Period
from missionkit.rules.check import CheckResult, check
from missionkit.rules.standing import gates
from tests.rules.approving import approve
from tests.rules.asked import gate, messages, places, waived
from tests.rules.cases import CASES, DAY, Case, retired, told
from tests.rules.stories.direct import FUTURE, TARGET, helps, owned

OURS = [case for case in CASES if "MK-GAT-009" <= case.code <= "MK-GAT-016"]
# What is asked at the gate, and by which rules of a family, written a second time.
RESTATED = [
    ("MK-GAT-010", "MK-TRC-001"),
    ("MK-GAT-015", "MK-STR-024"),
]
NEEDS_A_DAY = "roles are assigned for a period, so it needs a day: pass on="
TOMORROW = DAY + timedelta(days=1)
BetId = NewType("BetId", str)


@frozen(kw_only=True)
@entity("acme.bet")
class Bet(Entity):
    """What somebody else's class is: it has contributions, too."""

    id: BetId
    risks: tuple[Contribution, ...] = ()


def named(case: Case) -> str:
    return case.code


def judged(
    story: Callable[[Draft], object] | Model,
    number: int,
    on: date | None = None,
    *,
    cycle: str | None = None,
) -> CheckResult:
    model = story if isinstance(story, Model) else told(story)
    return gate(model, number, on, cycle)


def whys(result: CheckResult) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.why, each.refs) for each in result.not_judged]


@pytest.mark.parametrize("case", OURS, ids=named)
def test_what_a_waiver_covers_is_set_apart_until_it_ends(case: Case) -> None:
    model = waived(case.model(mended=False), case.code, case.ref, DAY)
    number, days = int(case.code[-3:]), (DAY, TOMORROW)
    on, late = (judged(model, number, day, cycle=case.cycle) for day in days)

    assert on.issues == ()
    assert [each.issue.ref for each in on.waived] == [case.ref]
    assert [issue.ref for issue in late.issues] == [case.ref]


@pytest.mark.parametrize(("code", "basis"), RESTATED)
def test_a_waiver_of_the_rule_holds_at_the_gate_too(code: str, basis: str) -> None:
    (case,) = (case for case in OURS if case.code == code)
    model = waived(case.model(mended=False), basis, case.ref, DAY)
    result = judged(model, int(code[-3:]), DAY)

    assert result.issues == ()
    assert [each.issue.code for each in result.waived] == [code]


@pytest.mark.parametrize(("code", "ref"), [("002", "insulate"), ("003", "homes")])
def test_a_waiver_of_the_way_to_the_goal_holds_at_the_gate_too(
    code: str, ref: str
) -> None:
    def story(d: Draft) -> None:
        d.goal("Homes", id="homes")
        d.objective("Insulate", id="insulate")
        d.objective("Heat", goal="homes")

    result = judged(waived(told(story), f"MK-TRC-{code}", ref, DAY), 11, DAY)

    assert [each.issue.ref for each in result.waived] == [ref]
    assert len(result.issues) == 1


def test_a_stage_of_which_nothing_is_left_has_no_approved_result() -> None:
    result = judged(lambda d: d.review_cycle("Review", id="review"), 9, cycle="review")

    assert messages(result) == [
        "Review cycle 'Review' has no artifact of stage 'understand'."
    ]


def test_what_objectives_lead_to_is_reported_once_and_where_the_way_ends() -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent")
        d.goal("Homes", id="homes")
        d.goal("Walls", id="walls", parent="homes")
        d.goal("Roofs", id="roofs", parent="walls")
        d.goal("People", id="people", intent="intent")
        d.objective("Insulate", goal="walls")
        d.objective("Tile", goal="roofs")
        d.objective("Ask", goal="people")
        d.objective("Answer", goal="people")
        d.objective("Sweep", id="sweep")
        d.objective("Fiber", status="dropped")

    assert places(judged(story, 11)) == [
        ("homes", "intent"),
        ("intent", "vision"),
        ("sweep", "goal"),
    ]


def leading(period: Period | None, status: str = "active") -> Callable[[Draft], None]:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent", effective=period)
        d.set("intent", vision="Homes for all")
        d.goal("Homes", id="homes", intent="intent")
        d.objective("Insulate", goal="homes", status=status)

    return story


UNTIL_TODAY = Period(date(2020, 1, 1), DAY)


@pytest.mark.parametrize(
    ("period", "on", "found"),
    [
        (UNTIL_TODAY, DAY, 0),
        (UNTIL_TODAY, TOMORROW, 1),
        (UNTIL_TODAY, None, 0),
        (Period(date(2020, 1, 1)), TOMORROW, 0),
        (Period(TOMORROW), DAY, 0),
        (None, DAY, 0),
    ],
    ids=str,
)
def test_the_way_leads_to_an_intent_that_is_not_over(
    period: Period | None, on: date | None, found: int
) -> None:
    result = judged(leading(period), 11, on)

    assert places(result) == [("intent", "effective")] * found
    assert result.not_judged == ()


def test_an_intent_is_over_once_the_next_one_begins() -> None:
    def story(d: Draft) -> None:
        leading(None)(d)
        d.core_intent("House all", supersedes="intent", effective=Period(TOMORROW))

    assert judged(story, 11, DAY).clean
    assert messages(judged(story, 11, TOMORROW)) == [
        "Core intent 'House people', to which objectives lead, is over on 2026-07-01."
    ]


def test_an_intent_without_a_start_that_supersedes_another_has_begun() -> None:
    def story(d: Draft) -> None:
        leading(None)(d)
        d.core_intent("House all", supersedes="intent")

    assert places(judged(story, 11, DAY)) == [("intent", "effective")]
    assert judged(story, 11).clean


@pytest.mark.parametrize("status", ["met", "missed"])
def test_what_is_done_may_have_led_to_an_intent_that_is_over(status: str) -> None:
    assert judged(leading(UNTIL_TODAY, status), 11, TOMORROW).clean


def test_a_goal_that_no_objective_serves_is_not_on_the_way() -> None:
    assert judged(lambda d: d.goal("Homes"), 11).issues == ()


@pytest.mark.parametrize("erased", ["intent", "homes"])
def test_a_way_into_the_dark_is_not_judged(erased: str) -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent", vision="Homes for all")
        d.goal("Homes", id="homes", intent="intent")
        d.objective("Insulate", id="insulate", goal="homes")

    kind = "core_intent" if erased == "intent" else "goal"
    lost = Opaque(kind=kind, id=erased, data=None, erased=True)
    model = Model((lost, *(each for each in told(story) if each.id != erased)))

    assert whys(judged(model, 11)) == [
        ("what their goals lead to cannot be read here", ("insulate",))
    ]


def test_a_long_line_of_goals_is_followed_to_its_end() -> None:
    ids = [GoalId(f"goal-{number}") for number in range(3000)]
    goals = [Goal(id=ids[0], statement="Top")]
    goals += [
        Goal(id=ref, statement="Part", parent=above) for above, ref in pairwise(ids)
    ]
    last = Objective(id=ObjectiveId("insulate"), statement="Insulate", goal=ids[-1])
    model = Model((*goals, last))

    assert places(judged(model, 11)) == [("goal-0", "intent")]


def ready(d: Draft, **measure: object) -> None:
    d.objective("Insulate", id="insulate", period=FUTURE)
    owned(d, "insulate")
    d.success_measure("Done", id="done", of="insulate", targets=TARGET)
    levels = {"threshold": Decimal(50), "worst": Decimal(0)}
    d.set("done", **(levels | measure))


def test_an_objective_that_is_ready_lacks_nothing() -> None:
    result = judged(ready, 12)

    assert (result.issues, result.not_judged) == ((), ())


def test_each_gap_of_an_objective_is_told_at_once() -> None:
    def story(d: Draft) -> None:
        d.objective("Insulate", id="insulate")
        d.success_measure("Done", id="done", of="insulate")

    assert places(judged(story, 12)) == [
        ("done", "targets"),
        ("done", "threshold"),
        ("done", "worst"),
        ("insulate", ""),
        ("insulate", "period"),
    ]


def test_an_objective_without_a_measure_is_told_so_once() -> None:
    def story(d: Draft) -> None:
        ready(d)
        d.remove("done")

    assert messages(judged(story, 12)) == [
        "Objective 'Insulate' has no success measure."
    ]


@pytest.mark.parametrize("status", ["met", "missed", "dropped"])
def test_only_what_is_pursued_has_to_be_ready(status: str) -> None:
    assert judged(lambda d: d.objective("Old", status=status), 12).issues == ()


def test_one_sound_measure_suffices() -> None:
    def story(d: Draft) -> None:
        ready(d)
        d.success_measure("Another", id="another", of="insulate")

    assert judged(story, 12).issues == ()


def test_of_several_measures_the_one_that_lacks_least_is_reported() -> None:
    def story(d: Draft) -> None:
        ready(d, worst=None)
        d.success_measure("Another", id="another", of="insulate")

    assert places(judged(story, 12)) == [("done", "worst")]


def test_a_measure_whose_levels_are_out_of_order_is_not_valid() -> None:
    result = judged(lambda d: ready(d, worst=Decimal(60)), 12)

    assert places(result) == [("done", "targets[0].value")]
    assert {issue.code for issue in result.issues} == {"MK-GAT-012"}


def test_a_measure_in_words_has_a_scale_in_place_of_levels() -> None:
    scale = DescriptorScale(name="Taste", steps=(Descriptor(name="good"),))
    words = {"kind": MeasureKind.QUALITATIVE, "threshold": None, "worst": None}

    assert judged(lambda d: ready(d, scale=scale, **words), 12).issues == ()
    assert places(judged(lambda d: ready(d, **words), 12)) == [("done", "scale")]


def owned_until(d: Draft, end: date) -> None:
    ready(d)
    d.remove(next(r for r in d.model.ids() if d.model.kind_of(r) == "role_assignment"))
    period = Period(end=end)
    d.role_assignment(role="owner", party="ann", on="insulate", period=period)


def test_an_owner_for_a_time_is_judged_by_the_day() -> None:
    def story(d: Draft) -> None:
        owned_until(d, DAY)

    assert whys(judged(story, 12)) == [(NEEDS_A_DAY, ("insulate",))]
    assert judged(story, 12, DAY).issues == ()
    assert messages(judged(story, 12, TOMORROW)) == [
        "Objective 'Insulate' has no owner on 2026-07-01."
    ]


def test_an_owner_who_left_owns_nothing() -> None:
    model = told(ready)
    model = model.with_(evolve(model.get(Party, "ann"), active=False))

    assert messages(judged(model, 12)) == ["Objective 'Insulate' has no owner."]


def hurting(d: Draft, weight: int = -50, status: str = "accepted") -> None:
    d.need("Rents", id="rents", status=status, decided_reason="so")
    d.need("Warmth", id="warm", status="accepted")
    d.goal("Homes", id="homes")
    d.objective("Low rents", id="low", needs=("rents",), goal="homes")
    d.objective("Heat", id="heat", needs=("warm",), goal="homes")
    d.course_of_action("Growth", id="growth", contributions=helps("low", weight))


@pytest.mark.parametrize(("weight", "faults"), [(-49, 0), (-50, 1), (-100, 1)])
def test_harm_counts_from_half_of_the_worst(weight: int, faults: int) -> None:
    assert len(judged(lambda d: hurting(d, weight), 13).issues) == faults


def test_how_much_harm_counts_can_be_changed() -> None:
    limits = {"harmful_contribution": 60}
    result = check(told(hurting), limits=limits, select="MK-GAT-013")

    assert result.issues == ()


@pytest.mark.parametrize(
    ("on", "faults"), [(DAY, 1), (DAY + timedelta(days=1), 0), (None, 1)]
)
def test_a_course_of_action_that_is_over_hurts_no_more(
    on: date | None, faults: int
) -> None:
    def story(d: Draft) -> None:
        hurting(d)
        d.set("growth", period=Period(end=DAY))

    assert len(gate(told(story), 13, on).issues) == faults


@pytest.mark.parametrize("status", ["proposed", "declined", "met", "withdrawn"])
def test_only_needs_that_were_accepted_are_protected(status: str) -> None:
    assert judged(lambda d: hurting(d, -50, status), 13).issues == ()


def test_what_hurts_a_goal_hurts_the_needs_of_its_objectives() -> None:
    def story(d: Draft) -> None:
        hurting(d)
        d.set("growth", contributions=helps("homes", -70))

    (issue,) = judged(story, 13).issues

    assert issue.value == "-70"
    assert issue.message == (
        "Course of action 'Growth' hurts need 'Warmth' and 1 more."
    )


@pytest.mark.parametrize(
    ("held", "faults"),
    [
        ({"addresses": ("rents",)}, 0),
        ({"covers": ("rents",)}, 0),
        ({"addresses": ("growth", "low")}, 0),
        ({"addresses": ("growth",), "covers": ("low",)}, 0),
        ({"addresses": ("growth",)}, 1),
        ({"addresses": ("low",)}, 1),
        ({"addresses": ("warm",)}, 1),
    ],
)
def test_a_decision_names_the_need_or_both_ends(
    held: dict[str, tuple[str, ...]], faults: int
) -> None:
    def story(d: Draft) -> None:
        hurting(d)
        d.decision("Grow all the same", id="grow")
        d.set("grow", **held)

    assert len(judged(story, 13).issues) == faults


def test_two_decisions_about_one_end_each_settle_nothing() -> None:
    def story(d: Draft) -> None:
        hurting(d)
        d.decision("Grow", addresses=("growth",))
        d.decision("Keep rents low", addresses=("low",))

    assert len(judged(story, 13).issues) == 1


def test_whatever_has_contributions_can_hurt() -> None:
    harm = helps("low", -80)

    def story(d: Draft) -> None:
        hurting(d, weight=50)
        d.goal("Income", id="income", contributions=harm)
        d.objective("Fill homes", id="fill", contributions=harm)
        d.objective("Old", id="old", contributions=harm, status="dropped")
        d.process("Letting", id="letting", contributions=harm)
        d.process("Selling", contributions=harm, release=retired())

    bet = Bet(id=BetId("bet"), risks=(*helps("low", 10), *harm))
    model = Model((*told(story), bet), kinds=KINDS | {Bet})

    assert places(judged(model, 13)) == [
        ("bet", "risks[1].weight"),
        ("fill", "contributions[0].weight"),
        ("income", "contributions[0].weight"),
        ("letting", "contributions[0].weight"),
    ]


def test_what_was_dropped_can_no_longer_be_hurt() -> None:
    def story(d: Draft) -> None:
        hurting(d)
        d.set("low", status="dropped")

    assert judged(story, 13).issues == ()


def test_a_need_that_cannot_be_read_is_not_protected() -> None:
    lost = Opaque(kind="need", id="rents", data=None, erased=True)
    model = Model((lost, *(each for each in told(hurting) if each.id != "rents")))

    assert judged(model, 13).issues == ()


def planned(d: Draft, **fields: object) -> None:
    d.goal("Homes", id="homes")
    d.objective("More", id="more", goal="homes")
    d.course_of_action("Growth", id="growth")
    d.set("growth", **fields)


def test_each_question_that_the_plan_leaves_open_is_asked() -> None:
    def story(d: Draft) -> None:
        planned(d, contributions=helps("more"))

    assert messages(judged(story, 14)) == [
        f"Course of action 'Growth' {said}."
        for said in (
            "has no owner",
            "is evaluated by no measure",
            "has no budget and no demand for resources",
            "has no period",
        )
    ]


@pytest.mark.parametrize("weight", [0, -10])
def test_a_course_of_action_is_for_something(weight: int) -> None:
    def story(d: Draft) -> None:
        planned(d, contributions=helps("more", weight))

    found = places(judged(story, 14))

    assert ("growth", "contributions") in found
    assert ("more", "") in found
    assert len(found) == 5


def whole(d: Draft) -> None:
    """Tell of a plan of which all is said by something other than its course."""
    planned(d, contributions=helps("homes"), period=FUTURE)
    d.success_measure("Homes", of="more")
    d.process("Building", id="building", realizes=("growth",))
    d.resource_demand("Land", id="land", process="building")
    owned(d, "building")


def test_a_course_of_action_speaks_by_what_it_helps_and_works_by() -> None:
    assert judged(whole, 14).issues == ()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.set("land", status="refused"), "budget"),
        (lambda d: d.set("more", status="dropped"), ""),
    ],
)
def test_what_was_refused_or_dropped_answers_nothing(
    change: Callable[[Draft], object], path: str
) -> None:
    def story(d: Draft) -> None:
        whole(d)
        change(d)

    assert places(judged(story, 14)) == [("growth", path)]


def test_a_retired_process_carries_out_nothing() -> None:
    def story(d: Draft) -> None:
        whole(d)
        d.set("building", release=retired())

    assert places(judged(story, 14)) == [("growth", ""), ("growth", "budget")]


@pytest.mark.parametrize(("short", "full"), [("growth", "part"), ("part", "growth")])
def test_strategy_and_tactic_speak_for_one_another(short: str, full: str) -> None:
    def story(d: Draft) -> None:
        whole(d)
        d.course_of_action("Part", id="part", level="tactic", implements=("growth",))
        d.set(short, contributions=(), period=None)
        d.set(full, contributions=helps("more"), period=FUTURE)
        d.set("building", realizes=(full,))

    assert judged(story, 14).issues == ()


def test_a_plan_whose_owner_depends_on_the_day_is_judged_by_it() -> None:
    def story(d: Draft) -> None:
        whole(d)
        period = Period(end=DAY)
        for ref in [r for r in d.model.ids() if r.startswith("role-assignment")]:
            d.remove(ref)
        d.role_assignment(role="owner", party="ann", on="growth", period=period)

    assert whys(judged(story, 14)) == [(NEEDS_A_DAY, ("growth",))]
    assert judged(story, 14, DAY).issues == ()
    assert places(judged(story, 14, TOMORROW)) == [("growth", "")]


def test_what_is_over_is_not_asked_how_it_goes_on() -> None:
    def story(d: Draft) -> None:
        planned(d, period=Period(end=DAY))
        d.course_of_action("Next", id="next", implements=("growth",))

    assert ("growth", "budget") in places(judged(story, 14, DAY))
    assert ("growth", "budget") not in places(judged(story, 14, TOMORROW))
    assert ("next", "budget") in places(judged(story, 14, TOMORROW))


def test_a_plan_without_any_course_of_action_is_told_so_once() -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.objective("More")
        d.objective("Less")

    (issue,) = judged(story, 14).issues

    assert issue.ref == "trust"
    assert issue.message == (
        "No course of action of 'Trust' says how objectives are reached."
    )


def test_an_objective_may_be_reached_by_the_work_of_a_process() -> None:
    def story(d: Draft) -> None:
        whole(d)
        d.objective("Clean", id="clean")
        d.objective("Paint", id="paint")
        d.objective("Old", id="old", status="met")
        d.process("Cleaning", achieves=("clean",))
        d.process("Painting", achieves=("paint",), release=retired())

    assert places(judged(story, 14)) == [("paint", "")]


def approving(d: Draft, party: str, day: date, **digest: str) -> None:
    """Let a party approve the intent on a day."""
    pin = PinnedDigest(of=AnyId("intent"), **digest)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    d.approval(artifact="sheet", party=party, at=at, digests=(pin,))


def intended(d: Draft, *, on: str | None = None, period: Period | None = None) -> None:
    d.organization("Trust", id="trust")
    d.organization("North", id="north", parent="trust")
    d.review_cycle("Review", id="review")
    d.core_intent("House people", id="intent", organization="north")
    d.artifact("Core intent", id="sheet", cycle="review", covers=("intent",))
    d.party("Bob", id="bob")
    d.party("Cid", id="cid")
    d.role("Sponsor", id="sponsor", kind="sponsor")
    d.role_assignment(role="sponsor", party="bob", on=on, period=period)


def digest(d: Draft) -> str:
    return d.model.digest("intent") or ""


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (None, ""),
        ("trust", ""),
        ("north", ""),
        ("review", ""),
        ("sheet", "Core intent 'House people' is approved, but by no sponsor."),
    ],
)
def test_the_sponsor_of_review_or_organization_approves(
    on: str | None, message: str
) -> None:
    def story(d: Draft) -> None:
        intended(d, on=on)
        approving(d, "bob", DAY, digest=digest(d))

    assert messages(judged(story, 16, DAY)) == ([message] if message else [])


def test_an_intent_that_nobody_approved_is_told_so() -> None:
    def story(d: Draft) -> None:
        intended(d)
        approving(d, "bob", TOMORROW, digest=digest(d))

    said = ["Core intent 'House people' is not approved."]
    assert messages(judged(intended, 16, DAY)) == said
    assert messages(judged(story, 16, DAY)) == said
    assert messages(judged(story, 16, TOMORROW)) == []


def test_who_was_sponsor_then_may_have_left_since() -> None:
    def story(d: Draft) -> None:
        intended(d, period=Period(end=DAY))
        approving(d, "bob", DAY, digest=digest(d))

    model = told(story)
    model = model.with_(evolve(model.get(Party, "bob"), active=False))

    assert judged(model, 16, TOMORROW).issues == ()


def test_who_became_sponsor_later_was_none_then() -> None:
    def story(d: Draft) -> None:
        intended(d, period=Period(TOMORROW))
        approving(d, "bob", DAY, digest=digest(d))

    assert len(judged(story, 16, TOMORROW).issues) == 1


def test_what_a_sponsor_approved_must_be_what_it_is_now() -> None:
    def story(d: Draft) -> None:
        intended(d)
        approving(d, "bob", DAY - timedelta(days=2), digest=digest(d))
        d.set("intent", mission="House more people")
        approving(d, "cid", DAY, digest=digest(d))

    def again(d: Draft) -> None:
        story(d)
        approving(d, "bob", DAY, digest=digest(d))

    (issue,) = judged(story, 16, DAY).issues

    assert issue.message == (
        "Core intent 'House more people' changed since a sponsor approved it."
    )
    assert issue.value == "2026-06-28"
    assert judged(again, 16, DAY).issues == ()


def test_an_approval_of_something_else_approves_no_intent() -> None:
    def story(d: Draft) -> None:
        intended(d)
        approve(d, "sheet")

    assert messages(judged(story, 16, DAY)) == [
        "Core intent 'House people' is not approved."
    ]


def test_an_artifact_that_cannot_be_read_belongs_to_no_review() -> None:
    def story(d: Draft) -> None:
        intended(d, on="review")
        approving(d, "bob", DAY, digest=digest(d))

    lost = Opaque(kind="artifact", id="sheet", data=None, erased=True)
    model = Model((lost, *(each for each in told(story) if each.id != "sheet")))

    assert len(judged(model, 16, DAY).issues) == 1


def test_the_intent_to_come_is_judged_and_not_the_one_that_it_replaces() -> None:
    def story(d: Draft) -> None:
        d.organization("Trust", id="trust")
        d.core_intent("Older", id="older", effective=Period(end=DAY - timedelta(1)))
        d.core_intent("Old", id="old", effective=Period(end=DAY), supersedes="older")
        d.core_intent("New", id="new", effective=Period(TOMORROW), supersedes="old")

    def without(d: Draft) -> None:
        story(d)
        d.remove("new")

    assert places(judged(story, 16, DAY)) == [("new", "")]
    assert places(judged(without, 16, DAY)) == [("old", "")]
    assert messages(judged(without, 16, TOMORROW)) == [
        "No core intent of 'Trust' is in force on 2026-07-01."
    ]


def test_whether_an_intent_is_in_force_needs_a_day() -> None:
    assert whys(judged(intended, 16)) == [("it depends on the day: pass on=", ())]


def test_the_gate_opens_where_all_that_it_asks_is_answered() -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent", vision="Homes for all")
        d.artifact("Core intent", id="sheet", covers=("intent",))
        approve(d, "sheet", "intent")
        owned(d, None, "sponsor")
        d.goal("Homes", id="homes", intent="intent")
        d.need("Warm", id="warm", status="accepted")
        ready(d)
        d.set("insulate", goal="homes", needs=("warm",), weight=1)
        d.course_of_action("Walls first", id="walls", period=FUTURE)
        d.set("walls", contributions=helps("insulate"))
        d.process("Building", id="building", realizes=("walls",))
        d.resource_demand("Wool", process="building")

    direct = gates(told(story), on=DAY)[1]

    assert direct.open
    assert judged(story, 12, DAY).clean


def test_a_sponsor_who_wrote_the_intent_does_not_approve_it() -> None:
    def story(d: Draft) -> None:
        d.core_intent("House people", id="intent")
        d.party("Ann", id="ann")
        d.artifact("Core intent", id="sheet", covers=("intent",), author="ann")
        approve(d, "sheet", "intent")
        owned(d, None, "sponsor")

    def by_another(d: Draft) -> None:
        story(d)
        d.set("sheet", author=None)

    assert messages(judged(story, 16, DAY)) == [
        "Core intent 'House people' is approved, but by no sponsor."
    ]
    assert judged(by_another, 16, DAY).issues == ()
