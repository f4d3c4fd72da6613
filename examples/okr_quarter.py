"""An OKR quarter: objectives with key results, check-ins, grades when it is over.

python examples/okr_quarter.py
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import missionkit as mk

FEW = mk.Code("ACME-OKR-001", mk.Severity.ERROR, "few are kept", "set two to five")
QUARTER = mk.Period(end=date(2026, 3, 31))
TODAY = [datetime(2026, 1, 5, 9, tzinfo=UTC)]


def key_results(view: mk.RuleView) -> Iterator[mk.Issue]:
    for aim in view.of(mk.Objective):
        many = len(view.referring(mk.SuccessMeasure, "of").get(aim.id, ()))
        if many not in range(2, 6):
            yield FEW.issue(f"{view.named(aim)} has {many} key results.", ref=aim.id)


def quarter_is_over(view: mk.GuardView) -> Iterator[mk.Issue]:
    if QUARTER.covers(view.day):
        yield view.refuse(f"The quarter ends on {QUARTER.end}.")


OKR = (
    mk.define_workflow("okr-quarter", label="OKR quarter", start="set")
    .stage("set", "Set key results", exit=FEW.code)
    .move("commit", "set", "work")
    .move("check-in", "work", "work")
    .move("pivot", "work", "set", causes="market_changed", gated=False)
    .move("grade", "work", "graded", guards="quarter_is_over")
    .end("graded")
    .workflow
)

ws = mk.Workspace(":memory:", clock=lambda: TODAY[-1])
with ws.edit("shop", by="party-mia", why="The shop opens", create=True) as d:
    mia = d.party("Mia", id="party-mia").id
    aim = d.objective("Riders come back for repairs")
q1 = mk.ReviewCycle(id=mk.ReviewCycleId("q1"), name="Q1", workflow=OKR.name)
rules = [*mk.BOOK, mk.RuleEntry(rule=key_results, codes=(FEW,))]
guards = {"quarter_is_over": quarter_is_over}
okr = ws.open_review(
    "shop", q1, by=mia, why="New year", workflows=OKR, rules=rules, guards=guards
)
okr.fire("open", by=mia, why="All are here")
print(okr.can("commit", by=mia))
with ws.edit("shop", by=mia, why="Key results") as d:
    d.success_measure("Repairs a week", of=aim)
    d.success_measure("Riders who come back", of=aim)
okr.fire("commit", by=mia, why="Two key results are set")
okr.fire("check-in", by=mia, why="Week 6: half of the way")
print(okr.can("grade", by=mia))
TODAY.append(datetime(2026, 4, 2, 9, tzinfo=UTC))
okr.fire("grade", by=mia, why="The quarter is over: 0.7 and 0.9")
print("ended:", okr.cycle.outcome)
