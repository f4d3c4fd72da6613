"""Two reviews of the sample organization, act by act, on a store.

python examples/two_cycles.py [FILE]

The Harbour Housing Trust reviews the years 2026 and 2027 by the four key stages. Each
act is one commit, on a SQLite file in a temporary folder unless one is given. What is
refused is told with its reasons; then it is mended, or waived for a time.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

import missionkit as mk

TRUST, WHAT_IF = "harbour", "harbour/no-report"
CHAIR = "party-7f3k"  # the sponsor: speaks for the board
SECRETARY = "party-t8b5"  # the facilitator: keeps to the agenda
PLANNER = "party-x3g9"  # turns needs into objectives
AUDITOR = "party-n6f2"  # the reviewer: chair of the audit committee
HOMES = "party-k4q8"  # director of homes: speaks for the owners of processes
NEW_HOMES, CONTACT = "party-h6t3", "party-a9m6"  # they carry things out
TITLES = {CHAIR: "chair", SECRETARY: "secretary", PLANNER: "planner"}
TITLES |= {AUDITOR: "auditor", HOMES: "homes"}

HANDS_IN = {  # who hands in what a stage made, and who approves it
    "understand": (SECRETARY, CHAIR),
    "direct": (PLANNER, CHAIR),
    "enable": (HOMES, AUDITOR),
    "review": (AUDITOR, CHAIR),
}
REPORT = "strategic-review-report"
MADE_FROM: dict[str | None, tuple[str, ...]] = {
    "needs-register": ("stakeholder-register",),
    "objective-tree": ("needs-register", "core-intent"),
    "business-plan": ("objective-tree", "strategy"),
    "measurement-plan": ("process-map",),
    REPORT: ("performance-report", "decision-log"),
}
Fields = dict[str, dict[str, object]]
PLAN: Fields = {  # what the gate of `direct` asks for: an element, and what it says now
    "broadband": {"status": "declined", "decided_reason": "Nobody builds it here"},
    "step-free": {"status": "withdrawn", "decided_reason": "To be asked anew"},
    "income": {"achieves": ["arrears", "charges-explained"]},
    "relet-time": {"weight": 0.4},
}
SYSTEM: Fields = {  # what the gate of `enable` asks for
    "energy-advice": {"produced_by": "home-upgrades"},
    "income-budget-holder-a": {"letter": "C"},
    "complaint-officers": {"status": "committed"},
    "action-breakdown": {"due": date(2027, 3, 31)},
    "sensors-money": {"status": "refused", "reason": "The trial is not over"},
}


class Trust:
    """The Trust at work: its calendar and its store, told as it goes."""

    def __init__(self, place: str | Path) -> None:
        self.instant = datetime(2026, 11, 2, 9, tzinfo=UTC)
        self.told: tuple[object, ...] = ()
        self.refusals: list[tuple[date, str, mk.Verdict]] = []
        self.ws = mk.Workspace(place, clock=self.now)
        self.ws.on_commit(self.tell)

    def now(self) -> datetime:
        self.instant += timedelta(seconds=1)
        return self.instant

    def on(self, year: int, month: int, day: int) -> None:
        self.instant = datetime(year, month, day, 9, tzinfo=UTC)

    def tell(self, stream: str, commit: mk.Commit) -> None:
        """Print who did what and why; what they do many times in a row, once."""
        head = commit.facts
        act = (head.acts or ("edit",))[0].removeprefix("fire:").partition(":")[0]
        line = (head.at.date(), head.actor, act, head.why)
        if line != self.told:
            place = "" if stream == TRUST else f" [{stream}]"
            said = f"{act.replace('_', ' ')}: {head.why}{place}"
            print(f"{head.at.date()}  {TITLES[head.actor]}: {said}")
        self.told = line

    def refused(self, by: str, what: str, act: Callable[..., object]) -> None:
        """Try what must be refused, and print the reasons."""
        try:
            act(by=by, why="We try")
        except mk.RefusedError as error:
            self.refusals.append((self.instant.date(), what, error.verdict))
            print(f"{self.instant.date()}  {TITLES[by]}: {what}: REFUSED")
            for issue in (each.issue for each in error.verdict.refusals):
                print(f"    ✕ {issue.code} {issue.message}\n      fix: {issue.fix}")
        else:
            message = f"not refused: {what}"
            raise SystemExit(message)


def cycle_of(year: int) -> mk.ReviewCycle:
    return mk.ReviewCycle(
        id=mk.ReviewCycleId(f"review-{year}"),
        name=f"Strategic review {year}",
        period=mk.Period(date(year, 1, 1), date(year, 12, 31)),
        scope=mk.OrganizationId(TRUST),
        cadence=mk.Cadence(1, mk.Unit.YEAR),
        agenda=mk.MANAGEMENT_REVIEW_2024.id,
    )


def begin(t: Trust, year: int) -> mk.Review:
    cycle = cycle_of(year)
    r = t.ws.open_review(TRUST, cycle, by=SECRETARY, why="The year is nearly over")
    with t.ws.edit(TRUST, by=SECRETARY, why="Who speaks for the owners") as d:
        d.role_assignment(role="process-owner", party=HOMES, on=cycle.id)
    r.fire("open", by=CHAIR, why="The board begins")
    for each in r.state().carried:
        print(f"    taken over: {each.title}")
    r.submit(f"{r.id}-carry-over", by=SECRETARY, why="We have read it")
    return r


def hand_in(r: mk.Review, *, but: str = "", only: str = "") -> None:
    """Let one submit what the stage made, and another approve it."""
    year, model = r.id[-4:], r.model
    key = str(model.get(mk.ReviewCycle, r.id).stage)
    stage = next(each for each in mk.FOUR_STAGES.stages if each.key == key)
    made = [o for o in stage.outputs if o.view != but and only in ("", o.view)]
    submitter, approver = HANDS_IN[key]
    for output in made:
        sources, users = MADE_FROM.get(output.view, ()), output.consumers
        artifact = mk.Artifact(
            id=mk.ArtifactId(f"{output.view}-{year}"),
            title=f"{output.name} {year}",
            view=output.view,
            inputs=tuple(mk.ArtifactId(f"{view}-{year}") for view in sources),
            consumers=tuple(mk.ProcessId(user) for user in users if user in model),
        )
        r.submit(artifact, by=submitter, why=f"{stage.key} is finished")
    for output in made:
        r.approve(f"{output.view}-{year}", by=approver, why="They say what we mean")


def reaffirm(r: mk.Review) -> None:
    """Let what is stale be looked at again, up to the current stage."""
    state, stages = r.state(), list(HANDS_IN)
    reached = stages[: stages.index(str(state.cycle.stage)) + 1]
    for artifact in (each.artifact for each in state.stale):
        if artifact.stage in reached:
            approver = HANDS_IN[str(artifact.stage)][1]
            r.reaffirm(artifact, by=approver, why="Read again: it holds")


def decide(r: mk.Review, ref: str, kind: str, said: str, about: str) -> mk.Decision:
    decision = mk.Decision(
        id=mk.DecisionId(ref),
        statement=said,
        kind=mk.DecisionKind(kind),
        rationale="The figures of the year",
        options=("Go on as before", said),
        addresses=(mk.AnyId(about),),
    )
    r.decide(decision, by=CHAIR, why=said)
    return decision


def carry_out(r: mk.Review, decision: mk.Decision, what: str, due: date) -> None:
    action = mk.ImprovementAction(
        id=mk.ImprovementActionId(f"action-{decision.id}"),
        statement=what,
        decision=decision.id,
        addresses=decision.addresses,
        due=due,
    )
    r.assign_action(action, NEW_HOMES, by=SECRETARY, why=what)


def meet(t: Trust, r: mk.Review, day: date, *deferred: str) -> None:
    """Hold the meeting, and note what it said about each item of the agenda."""
    with t.ws.edit(TRUST, by=SECRETARY, why="The board met") as d:
        papers = d.evidence(f"board/{day}.pdf", collected=day, supports=[r.id])
        d.meeting("The board", cycle=r.id, on=day, attendees=[CHAIR, AUDITOR])
    for item in r.state().agenda:
        later = item.code in deferred
        r.dispose_agenda_item(
            item.item,
            mk.Disposition.DEFERRED if later else mk.Disposition.CONSIDERED,
            summary="There are no figures yet" if later else "As in the papers",
            evidence=[papers.id],
            deferred_to=date(day.year + 1, 11, 1) if later else None,
            by=SECRETARY,
            why="As the board said",
        )


def mission_is_right(t: Trust, r: mk.Review) -> None:
    ref = f"course-{r.id[-4:]}"
    decide(r, ref, "confirm_course", "The mission is right", "intent-2026")
    with t.ws.edit(TRUST, by=SECRETARY, why="Nothing follows from that") as d:
        d.conclusion("It goes on", kind="none", about="actions", on=ref, cycle=r.id)


def understand_2026(t: Trust, r: mk.Review) -> None:
    t.on(2026, 11, 4)
    hand_in(r)
    t.refused(SECRETARY, "complete understand", partial(r.fire, "complete"))
    r.approve(f"{r.id}-carry-over", by=CHAIR, why="We have read it")
    r.waive(
        "MK-GAT-003",
        TRUST,
        date(2027, 6, 30),
        requested_by=PLANNER,
        by=CHAIR,
        why="Contractors are asked in spring: waived until June",
    )
    r.fire("complete", by=SECRETARY, why="We know what is needed")


def direct_2026(t: Trust, r: mk.Review) -> None:
    t.on(2026, 11, 10)
    hand_in(r)
    t.refused(SECRETARY, "complete direct", partial(r.fire, "complete"))
    with t.ws.edit(TRUST, by=PLANNER, why="Mend the plan") as d:
        for ref, fields in PLAN.items():
            d.set(ref, **fields)
        voice = d.success_measure(
            "Major decisions taken with tenants",
            id="with-tenants",
            of="tenant-voice",
            direction="higher",
            baseline=40,
            worst=30,
            threshold=50,
            targets=[mk.TargetSetting(value=Decimal(70), since=date(2026, 1, 1))],
            frequency=mk.Cadence(1, mk.Unit.YEAR),
        )
        d.role_assignment(role="data-owner", party=SECRETARY, on=voice)
    r.waive(
        "MK-GAT-011",
        "market-rent",
        date(2026, 11, 30),
        requested_by=PLANNER,
        by=CHAIR,
        why="The review looks at the waterfront first: waived until November is over",
    )
    t.refused(SECRETARY, "complete direct, mended", partial(r.fire, "complete"))
    print(next(each for each in r.stale() if each.standing.artifact.stage == "direct"))
    reaffirm(r)
    r.fire("complete", by=SECRETARY, why="We have a plan")


def enable_2026(t: Trust, r: mk.Review) -> None:
    t.on(2026, 11, 17)
    t.refused(SECRETARY, "complete enable", partial(r.fire, "complete"))
    with t.ws.edit(TRUST, by=HOMES, why="Mend the management system") as d:
        for ref, fields in SYSTEM.items():
            d.set(ref, **fields)
        d.role_assignment(role="process-owner", party=CONTACT, on="complaints")
        homes = d.model.get(mk.Process, "development")
        brief = evolve(homes.brief or mk.DesignBrief(), price="A third of an income")
        d.set(homes, brief=brief)
        events = d.model.get(mk.Process, "events")
        steps = events.release.steps if events.release else ()
        end = mk.ReleaseStep(state=mk.ReleaseState.RETIRED, on=date(2026, 11, 17))
        d.set(events, release=mk.ReleaseLadder(steps=(*steps, end)))
    trial = decide(r, "trial-first", "resource", "The trial first", "sensors-money")
    carry_out(r, trial, "Report on the trial of sensors", date(2027, 3, 31))
    hand_in(r)
    r.fire("complete", by=SECRETARY, why="The system is in use")


def correct_2026(t: Trust, r: mk.Review) -> None:
    t.on(2026, 11, 24)
    report = mk.Artifact(
        id=mk.ArtifactId("performance-report-2026"),
        title="Performance report 2026",
        view="performance-report",
    )
    r.submit(report, by=AUDITOR, why="Quay Street takes four times its hours")
    t.refused(AUDITOR, "approve the own report", partial(r.approve, report))
    why = "We should never have built there"
    r.fire("correct", causes="objective_wrong", by=SECRETARY, why=why)

    t.on(2026, 12, 2)
    t.refused(SECRETARY, "complete direct, pass 2", partial(r.fire, "complete"))
    with t.ws.edit(TRUST, by=PLANNER, why="Give up Quay Street") as d:
        d.set("quay-apartments", status="dropped")
    reaffirm(r)
    r.fire("complete", by=SECRETARY, why="The plan is right again")
    reaffirm(r)
    r.fire("complete", by=SECRETARY, why="The system fits the plan")


def review_2026(t: Trust, r: mk.Review) -> None:
    t.on(2026, 12, 9)
    day = t.instant.date()
    with t.ws.edit(TRUST, by=AUDITOR, why="What came of it, and why") as d:
        d.observation(measure="with-tenants", value=55, at=day)
        cause = "The designers were busy on Quay Street"
        d.investigation("Few homes begun", process="development", on=day, cause=cause)
        d.set("signal-waterfront-hours", status="acknowledged")
    meet(t, r, day, "9.3.2.c7")
    said = "Homes on our own land come first"
    land = decide(r, "own-land-first", "course_correction", said, "development")
    carry_out(r, land, "Two designers move to the garage courts", date(2027, 6, 30))
    mission_is_right(t, r)
    hand_in(r, but=REPORT)
    without_report(t, r)
    hand_in(r, only=REPORT)
    r.fire("complete", by=CHAIR, why="The board stands by the report")


def without_report(t: Trust, r: mk.Review) -> None:
    """Try in a scenario what happens where nobody writes the report."""
    t.ws.fork(TRUST, WHAT_IF, by=SECRETARY, why="What if nobody writes the report?")
    t.ws.review(WHAT_IF, r.id).fire("complete", by=CHAIR, why="Closed without it")
    after = t.ws.open_review(WHAT_IF, cycle_of(2027), by=SECRETARY, why="A year later")
    t.refused(CHAIR, "open the next without a report", partial(after.fire, "open"))


def understand_2027(t: Trust) -> mk.Review:
    t.on(2027, 11, 1)
    with t.ws.edit(TRUST, by=PLANNER, why="Objectives go on, and were read") as d:
        for objective in d.model.of(mk.Objective):
            if objective.status is mk.ObjectiveStatus.ACTIVE:
                d.set(objective, period=cycle_of(2027).period)
        for each in d.model.of(mk.SuccessMeasure):
            aim = each.targets[-1].value
            d.observation(measure=each, value=aim or 0, at=date(2027, 10, 29))
    r = begin(t, 2027)
    r.approve(f"{r.id}-carry-over", by=CHAIR, why="We have read it")
    hand_in(r)
    t.refused(SECRETARY, "complete understand", partial(r.fire, "complete"))
    with t.ws.edit(TRUST, by=SECRETARY, why="Contractors were asked at last") as d:
        who = d.stakeholder("Contractors", stakes=["supplier"])
        need = d.need("Orders that say what is broken", stakeholder=who)
        d.set(need, status="accepted", importance=0.4)
        fix = d.model.get(mk.Objective, "first-time-fix")
        d.set(fix, needs=[*fix.needs, need])
    reaffirm(r)
    r.fire("complete", by=SECRETARY, why="We know what is needed")
    return r


def direct_and_enable_2027(t: Trust, r: mk.Review) -> None:
    t.on(2027, 11, 8)
    hand_in(r)
    t.refused(SECRETARY, "complete direct", partial(r.fire, "complete"))
    why = "The hospital has rooms of its own now"
    with t.ws.edit(TRUST, by=PLANNER, why="Settle what was waived until March") as d:
        d.set("discharge-homes", status="withdrawn", decided_reason=why)
    reaffirm(r)
    r.fire("complete", by=SECRETARY, why="We have a plan")
    hand_in(r)
    r.fire("complete", by=SECRETARY, why="The system is in use")


def review_2027(t: Trust, r: mk.Review) -> None:
    t.on(2027, 11, 15)
    day = t.instant.date()
    said = "The Trust leaves the waterfront"
    leave = decide(r, "leave-waterfront", "course_correction", said, "quay-talks")
    carry_out(r, leave, "End the talks about the waterfront", date(2027, 12, 31))
    with t.ws.edit(TRUST, by=HOMES, why="What became of what was open") as d:
        d.set("action-own-electricians", status="done", closed=day)
        d.set("signal-waterfront-hours", status="acted", decision=leave)
        d.set("risk-flood", review_by=date(2028, 11, 30))
    seen = mk.Evidence(id=mk.EvidenceId("ev-payroll-2027"), locator="people/payroll")
    r.verify_action(
        "action-own-electricians",
        effective=True,
        evidence=[seen],
        by=AUDITOR,
        why="They are on our payroll, and come on the day",
    )
    meet(t, r, day)
    mission_is_right(t, r)
    hand_in(r)
    reaffirm(r)
    r.fire("complete", by=CHAIR, why="The board stands by the report")


def main(place: str | Path) -> Trust:
    t = Trust(place)
    with t.ws.edit(TRUST, by=SECRETARY, why="The Trust as it is", create=True) as d:
        d.add(*mk.sample())
    r = begin(t, 2026)
    for stage in (understand_2026, direct_2026, enable_2026, correct_2026, review_2026):
        stage(t, r)
    r = understand_2027(t)
    direct_and_enable_2027(t, r)
    review_2027(t, r)
    print("What became of what the second review took over:")
    for each in r.state().carried:
        became = {True: "still open", False: "settled", None: "looked at"}[each.open]
        print(f"    {became:<10}  {each.title}")
    print(t.ws.verify())
    return t


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        place = Path(sys.argv[1]) if sys.argv[1:] else Path(folder) / "harbour.db"
        if place.exists():
            sys.exit(f"{place} is there already; name a new file.")
        main(place).ws.close()
