"""How the cost of `check` grows with the model: at most 1.3 times linear a decade."""

import gc
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from time import process_time

from missionkit.domain.draft import Draft
from missionkit.domain.model import Model
from missionkit.domain.values import Cadence, Unit
from missionkit.ports.rule import RuleEntry, RuleView
from missionkit.rules.book import BOOK
from missionkit.rules.check import check
from missionkit.rules.limits import specs_of

SIZES = (1_000, 10_000, 100_000)
GROWTH = 1.3
DAY = date(2026, 11, 1)
MONTHLY = Cadence(1, Unit.MONTH)
A_PLAN = 20


def plan(d: Draft, n: str, faults: int) -> None:
    """Write twenty elements that lead up to one goal, some of them with a fault."""
    goal = d.goal(f"Goal {n}", id=f"goal-{n}", intent=None if faults == 0 else "intent")
    for part in "ab":
        ref = f"{n}-{part}"
        need = d.need(f"Need {ref}", stakeholder="people", status="accepted")
        objective = d.objective(
            f"Objective {ref}",
            needs=(need,),
            goal=goal if faults != 1 else None,
            weight=0.5 if faults != 2 else 0.4,
        )
        measure = d.success_measure(f"Seen {ref}", of=objective, frequency=MONTHLY)
        for month in (8, 9 if faults != 3 else 2):
            at = date(2026, month, 1)
            d.observation(
                id=f"on-{month}-{ref}", measure=measure, value=Decimal(1), at=at
            )
        process = d.process(
            f"Process {ref}", achieves=(objective,) if faults != 4 else ()
        )
        party = f"party-{int(n) // 4}"
        if faults != 5:
            d.role_assignment(id=f"{ref}-owns", role="owner", party=party, on=process)
        d.responsibility(id=f"{ref}-a", on=process, role="owner", letter="A")
        d.activity(f"Activity {ref}", process=process)
    d.business_output(f"Output {n}", produced_by=f"process-{n}-a")


def model_of(size: int) -> Model:
    d = Draft()
    d.organization("Bench", id="bench")
    d.core_intent("To be measured", id="intent", organization="bench")
    d.stakeholder("People", id="people", stakes={"customer", "supplier"})
    d.role("Owner", id="owner", kind="owner")
    for number in range(size // A_PLAN):
        if number % 4 == 0:
            d.party(f"Party {number}", id=f"party-{number // 4}")
        plan(d, f"{number:06}", number % 10)
    return d.model


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def test_check_grows_in_proportion_to_the_model() -> None:
    yardstick = seconds(lambda: sum(range(10**7)), 3)
    print(f"\nsum(range(10**7)): {yardstick:.3f} s")
    each = {}
    for size in SIZES:
        model = model_of(size)
        found = check(model, on=DAY)
        spent = seconds(lambda: check(model, on=DAY), 3 if size > 10_000 else 7)  # noqa: B023
        each[size] = spent / len(model)
        print(
            f"{len(model):>7,} elements, {len(found.issues):>7,} issues:"
            f" {spent:7.3f} s, {each[size] * 1e6:5.1f} µs an element"
        )
    for small, large in pairwise(SIZES):
        growth = each[large] / each[small]
        print(f"{small:,} to {large:,} elements: {growth:.2f} times linear")
        assert growth <= GROWTH


def test_the_five_dearest_rules_are_named() -> None:
    model = model_of(SIZES[1])
    limits = {name: spec.default for name, spec in specs_of(BOOK).items()}

    def judged(entry: RuleEntry) -> float:
        return seconds(
            lambda: list(entry.rule(RuleView(model=model, on=DAY, limits=limits))), 3
        )

    dearest = sorted(((judged(entry), entry.name) for entry in BOOK), reverse=True)
    print(f"\nof {len(model):,} elements, each rule with lookups of its own")
    for spent, name in dearest[:5]:
        print(f"{spent * 1e3:8.1f} ms  {name}")
