"""The life of a process: from the first idea to a year of care, judged day by day.

python examples/process_life.py

A bicycle kitchen designs how bicycles are mended. An engineer answers five questions,
hands the process over to its owner, and is done. The owner coaches it for a year: one
function of its care lapses, one complaint is investigated, and a look at another
workshop leads to a best practice. At each step the rules that begin to speak are
printed, and those that fall silent. In the end less effort is management than before.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import evolve, frozen

import missionkit as mk

PROCESS, ENGINEER, OWNER, MENDER = "mend", "party-e1", "party-o2", "party-m3"
LIMIT = {"management_share": 0.08}
DRAFTED = mk.DesignBrief(
    provides="A bicycle that is safe to ride, to whoever needs one every day",
    timing="Within two days; brakes and lights on the same day",
    fit="Riders stay mobile, and the kitchen keeps its lease",
)
FUNCTIONS = {  # who does what of the six in the first months, and when it is due again
    "documentation": (date(2025, 4, 14), date(2026, 4, 14)),
    "resources": (date(2025, 5, 12), date(2026, 5, 12)),
    "customer_feedback": (date(2025, 6, 2), date(2026, 6, 2)),
    "benchmarking": (date(2025, 6, 16), date(2026, 6, 16)),
    "best_practice": (date(2025, 7, 7), date(2026, 7, 7)),
}
WORK = {  # a usual week: the class of each activity, and its hours
    "Mend the bicycle": ("value_added", 34.0),
    "Show the rider how it is done": ("value_added", 6.0),
    "Write the weekly list by hand": ("necessary", 2.0),
    "Order spare parts": ("necessary", 1.6),
    "Search for tools": ("waste", 1.0),
}


@frozen
class Step:
    """One day of the life: what happened, and which rules spoke, anew and no more."""

    day: date
    what: str
    model: mk.Model
    issues: tuple[mk.Issue, ...]
    speaks: tuple[str, ...]
    silent: tuple[str, ...]


class Life:
    """The steps up to now, on one draft."""

    def __init__(self) -> None:
        self.draft = mk.draft("Lamp Street Bicycle Kitchen", id="kitchen")
        self.steps: list[Step] = []

    def step(self, day: date, what: str) -> Step:
        """Judge the model as it is on a day, and say what is new about it."""
        model = self.draft.model
        checked = mk.check(model, on=day, select=["MK-PRC"], limits=LIMIT)
        issues = tuple(checked.issues)
        before = {each.code for each in self.steps[-1].issues} if self.steps else set()
        now = {each.code for each in issues}
        begun, ended = tuple(sorted(now - before)), tuple(sorted(before - now))
        made = Step(day, what, model, issues, begun, ended)
        self.steps.append(made)
        return made

    def climb(self, state: str, day: date, *evidence: mk.Evidence) -> None:
        """Reach a rung of the ladder, in place of one reached too soon."""
        process = self.draft.model.get(mk.Process, PROCESS)
        steps = process.release.steps if process.release else ()
        kept = (each for each in steps if each.state != state)
        shown = tuple(each.id for each in evidence)
        rung = mk.ReleaseStep(state=mk.ReleaseState(state), on=day, evidence=shown)
        self.draft.set(PROCESS, release=mk.ReleaseLadder(steps=(*kept, rung)))


def idea(life: Life) -> Iterator[Step]:
    d = life.draft
    for ref, name in ((ENGINEER, "Ada"), (OWNER, "Bo"), (MENDER, "Cy")):
        d.party(name, id=ref)
    riders = d.stakeholder("Riders", id="riders", stakes=["customer"])
    ride = d.need("To ride to work", id="ride", stakeholder=riders, importance=0.9)
    d.set(ride, status="accepted")
    mended = d.objective(
        "Four of five bicycles are mended within two days",
        id="mended",
        needs=[ride],
        period=mk.Period(date(2025, 1, 1), date(2026, 12, 31)),
    )
    d.process(
        "Mending bicycles",
        id=PROCESS,
        family="demand_fulfillment",
        purpose="Bicycles that are safe to ride, soon",
        achieves=[mended],
        brief=DRAFTED,
    )
    d.business_output("Mended bicycle", satisfies=[ride], produced_by=PROCESS)
    for kind, name in (("engineer", "Engineer"), ("owner", "Owner")):
        d.role(name, id=kind, kind=kind)
    d.role_assignment(id="e1", role="engineer", party=ENGINEER, on=PROCESS)
    life.climb("developed", date(2025, 1, 20))
    yield life.step(date(2025, 1, 20), "An idea, and an engineer who designs it")


def published(life: Life) -> Iterator[Step]:
    d, day = life.draft, date(2025, 2, 10)
    life.climb("published", day)
    yield life.step(
        day, "Published too soon: two questions are open, nothing is written"
    )
    paper = d.evidence("mending.pdf", id="manual", collected=date(2025, 2, 7))
    whole = evolve(
        DRAFTED,
        profitability="Each bicycle pays for its parts and for half an hour of rent",
        price="Up to a third of what a used bicycle costs",
    )
    d.set(PROCESS, brief=whole)
    life.climb("published", date(2025, 2, 17), paper)
    d.success_measure(
        "Mended within two days",
        id="in-two-days",
        of=PROCESS,
        direction="higher",
        unit="%",
        targets=[mk.TargetSetting(value=Decimal(80), since=date(2025, 2, 17))],
        frequency=mk.Cadence(1, mk.Unit.YEAR),
    )
    d.role_assignment(id="o1", role="owner", party=OWNER, on=PROCESS)
    yield life.step(date(2025, 2, 17), "All five questions answered; an owner is found")


def handed_over(life: Life) -> Iterator[Step]:
    d, day = life.draft, date(2025, 3, 17)
    life.climb("installed", day)
    d.role("Performer", id="performer", kind="performer")
    d.role_assignment(id="m1", role="performer", party=MENDER, on=PROCESS)
    yield life.step(
        day, "Installed: nobody is trained, and a yearly figure steers nobody"
    )
    d.training(
        "Mending by the manual",
        id="first-training",
        process=PROCESS,
        role="performer",
        parties=[MENDER, OWNER],
        on=date(2025, 3, 20),
        next_due=date(2025, 9, 30),
    )
    d.set("in-two-days", frequency=mk.Cadence(1, mk.Unit.MONTH))
    d.handover(
        id="to-bo",
        process=PROCESS,
        from_party=ENGINEER,
        to_party=OWNER,
        on=date(2025, 3, 24),
        delivered=list(mk.Delivery),
        accepted=date(2025, 3, 26),
    )
    yield life.step(
        date(2025, 3, 26), "Trained, measured, and handed over to its owner"
    )


def commissioned(life: Life) -> Iterator[Step]:
    d, day = life.draft, date(2025, 4, 7)
    life.climb("commissioned", date(2025, 4, 1))
    yield life.step(date(2025, 4, 1), "Commissioned in haste: who knows that it works?")
    d.observation(id="first", measure="in-two-days", value=71, at=date(2025, 4, 4))
    life.climb("commissioned", day)
    yield life.step(day, "Commissioned again, after a first reading")


def cared_for(life: Life) -> Iterator[Step]:
    d = life.draft
    for function, (day, due) in FUNCTIONS.items():
        said = f"Bo looked after {function.replace('_', ' ')}"
        d.care_record(
            said,
            id=f"care-{function.replace('_', '-')}",
            process=PROCESS,
            function=function,
            on=day,
            by=OWNER,
            next_due=due,
        )
    for count, day in enumerate((date(2025, 7, 14), date(2026, 1, 12)), 1):
        chart = "Looked at the chart of all processes"
        d.care_record(chart, id=f"chart-{count}", function="documentation", on=day)
    for name, (kind, hours) in WORK.items():
        d.activity(
            name,
            id=f"work-{name.split()[0].lower()}",
            process=PROCESS,
            value_class=kind,
            effort_hours=hours,
            duration_hours=hours,
        )
    yield life.step(date(2025, 7, 14), "Coached: each function of its care has its day")


def lapsed(life: Life) -> Iterator[Step]:
    yield life.step(date(2025, 10, 15), "Training was due in September: it has lapsed")
    life.draft.training(
        "Brakes and lights, again",
        id="second-training",
        process=PROCESS,
        role="performer",
        parties=[MENDER],
        on=date(2025, 10, 20),
        next_due=date(2026, 10, 20),
    )
    yield life.step(date(2025, 10, 20), "Trained again")


def investigated(life: Life) -> Iterator[Step]:
    d, day = life.draft, date(2025, 11, 3)
    d.feedback(
        "I waited nine days for a brake cable",
        id="nine-days",
        process=PROCESS,
        stakeholder="riders",
        on=day,
        satisfaction=-60,
    )
    yield life.step(date(2025, 12, 8), "A complaint has had no answer for a month")
    d.investigation(
        "Bicycles wait for spare parts",
        id="why-wait",
        process=PROCESS,
        on=date(2025, 12, 9),
        by=OWNER,
        addresses=["nine-days"],
    )
    yield life.step(date(2026, 1, 12), "It is looked into, but the cause is not found")
    d.set("why-wait", cause="Parts are ordered from a list that is written on Fridays")
    yield life.step(date(2026, 3, 16), "The cause is known, and nothing followed")


def learned(life: Life) -> Iterator[Step]:
    d, day = life.draft, date(2026, 3, 23)
    d.benchmark(
        "Mended within two days at Quay Wheels",
        id="quay-wheels",
        process=PROCESS,
        measure="in-two-days",
        peer="Quay Wheels",
        value=93,
        on=date(2026, 3, 18),
        origin="A day in their workshop: they order when the last part is taken",
    )
    d.practice(
        "Order when the last part is taken",
        id="order-at-once",
        description="A card on the last part goes into the order box",
        process=PROCESS,
        since=day,
    )
    d.set("work-write", effort_hours=0.5, name="Read the order box")
    d.set("work-order", effort_hours=1.9)
    d.observation(id="last", measure="in-two-days", value=88, at=date(2026, 4, 3))
    d.feedback(
        "Two days, and the bell works again",
        id="two-days",
        process=PROCESS,
        stakeholder="riders",
        on=date(2026, 4, 2),
        satisfaction=80,
    )
    d.care_record(
        "The manual tells of the order box",
        id="care-documentation-2026",
        process=PROCESS,
        function="documentation",
        on=date(2026, 4, 3),
        by=OWNER,
        next_due=date(2027, 4, 3),
    )
    yield life.step(date(2026, 4, 7), "Another workshop shows how: a best practice")


def live() -> list[Step]:
    """Live the life from the first idea to the end of a year of care."""
    life = Life()
    parts = (idea, published, handed_over, commissioned, cared_for, lapsed)
    for part in (*parts, investigated, learned):
        for _ in part(life):
            pass
    return life.steps


def main() -> None:
    steps = live()
    for step in steps:
        print(f"{step.day}  {step.what}")
        for code in step.speaks:
            issue = next(each for each in step.issues if each.code == code)
            print(f"    speaks  {code}  {issue.message}")
        for code in step.silent:
            print(f"    silent  {code}")
    last, coached = steps[-1], next(e for e in steps if e.what.startswith("Coached"))

    print()
    print(mk.care_of(last.model, PROCESS, on=last.day))
    print()
    print(mk.career_of(last.model, "performer", on=last.day))
    print()
    print(mk.service(last.model, on=last.day))
    print()
    before = mk.management_effort(coached.model, on=coached.day, limits=LIMIT)
    after = mk.management_effort(last.model, on=last.day, limits=LIMIT)
    print(before.reason)
    print(after.reason)
    print(mk.compare_effort(before, after))


if __name__ == "__main__":
    main()
