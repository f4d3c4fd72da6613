"""What a step costs, beside `transitions` and beside a table written by hand.

python -m pytest bench/bench_review.py -s

The move has two guards and an entry gate of one rule, and leads back and forth between
two stages. All three machines ask the same three functions, measured in turn.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Final

import pytest
from attrs import evolve
from transitions import Machine

from bench.organizations import DAY, cycle_in, organization
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.lifecycle import lifecycle
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.domain.stages import Gate, Move, Stage
from missionkit.domain.stepping import Context, Position
from missionkit.domain.workflow import Workflow
from missionkit.ports.rule import RuleView
from missionkit.review.engine import fire
from missionkit.rules.check import check
from missionkit.rules.facts.review_roles import players_of

ROUNDS: Final = 15
LOOPS: Final = 20_000
MOST_BESIDE_A_TABLE: Final = 3.0
GATE: Final = "MK-GAT-001"
FACTS: Final = {"quorum": True, "evidence": True, GATE: True}
HOLDS: Final = FACTS.__getitem__
GUARDS: Final = ("quorum", "evidence")


def workflow() -> Workflow:
    entry = Gate(rules=(GATE,))
    return Workflow(
        name="bench",
        stages=(
            Stage(key="here", label="Here", entry=entry),
            Stage(key="there", label="There", entry=entry),
        ),
        moves=(
            *lifecycle("here"),
            Move(event="go", source="here", target="there", guards=GUARDS),
            Move(event="back", source="there", target="here", guards=GUARDS),
            Move(event="done", source="there", target="closed"),
        ),
    )


def ours() -> Callable[[], None]:
    machine, context = workflow(), Context(holds=HOLDS)
    here = Position("here", CycleStatus.ACTIVE)
    there = Position("there", CycleStatus.ACTIVE)

    def work() -> None:
        for _ in range(LOOPS // 2):
            machine.step(here, "go", context)
            machine.step(there, "back", context)

    return work


def by_hand() -> Callable[[], None]:
    """Return steps by the least that does the same: a dictionary and a loop."""
    names = (*GUARDS, GATE)
    active = CycleStatus.ACTIVE
    table = {
        ("go", active, "here"): ("there", names),
        ("back", active, "there"): ("here", names),
    }

    def step(
        stage: str, status: CycleStatus, event: str, holds: Callable[[str], bool]
    ) -> str:
        row = table.get((event, status, stage))
        if row is None:
            raise LookupError(event)
        target, asked = row
        for name in asked:
            if not holds(name):
                raise PermissionError(name)
        return target

    def work() -> None:
        for _ in range(LOOPS // 2):
            step("here", active, "go", HOLDS)
            step("there", active, "back", HOLDS)

    return work


class Model:
    """What `transitions` moves, with the same facts as methods."""

    go: Callable[[], bool]
    back: Callable[[], bool]

    def quorum(self) -> bool:
        return FACTS["quorum"]

    def evidence(self) -> bool:
        return FACTS["evidence"]

    def gate(self) -> bool:
        return FACTS[GATE]


def theirs() -> Callable[[], None]:
    model, asked = Model(), [*GUARDS, "gate"]
    Machine(
        model,
        states=["here", "there", "closed"],
        initial="here",
        auto_transitions=False,
        transitions=[
            {"trigger": "go", "source": "here", "dest": "there", "conditions": asked},
            {"trigger": "back", "source": "there", "dest": "here", "conditions": asked},
            {"trigger": "done", "source": "there", "dest": "closed"},
        ],
    )

    def work() -> None:
        for _ in range(LOOPS // 2):
            model.go()
            model.back()

    return work


def seconds(work: Callable[[], None]) -> float:
    """Return the processor time of *work*, the collector paused."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.timeout(300)
def test_a_step_is_faster_than_transitions_and_near_a_bare_table() -> None:
    works = (ours(), by_hand(), theirs())
    for work in works:
        work()
    rounds = [tuple(map(seconds, works)) for _ in range(ROUNDS)]
    step, table, peer = (
        median(column) / LOOPS * 1e6 for column in zip(*rounds, strict=True)
    )
    beside_table = median(mine / bare for mine, bare, _ in rounds)
    beside_peer = median(mine / other for mine, _, other in rounds)
    print(
        f"\nstep: {step:.2f} µs; by hand {table:.2f} µs, {beside_table:.2f} times",
        end="",
    )
    print(f" (at most {MOST_BESIDE_A_TABLE}); transitions {peer:.2f} µs,", end="")
    print(f" {beside_peer:.2f} times (less than 1)")

    assert beside_table <= MOST_BESIDE_A_TABLE
    assert beside_peer < 1


SIZES: Final = (1_000, 10_000, 100_000)
MOST_BESIDE_CHECK: Final = 0.1
"""How much of a check a move may cost, whichever stage of a review it completes."""
ASKED: Final = 10_000
"""How many elements are looked at in one measurement: small models again and again."""


def moves_of(size: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield a check of a model, and each move that completes a stage of its review."""
    model = organization(size, faults=False)
    cycle = model.get(ReviewCycle, cycle_in(model))
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    view = RuleView(model=model, on=DAY)
    sponsor = min(players_of(view, cycle)["sponsor"])
    yield "check", partial(check, model, on=DAY)
    for stage in FOUR_STAGES.stages:
        there = model.with_(evolve(cycle, stage=stage.key))
        yield (
            stage.key,
            partial(fire, there, cycle.id, "complete", by=sponsor, at=at, why="Bench"),
        )


def each_of(work: Callable[[], object], size: int) -> float:
    """Return the processor time of *work* on a model of a size, done so often."""
    often = max(1, ASKED // size)

    def again() -> None:
        for _ in range(often):
            work()

    return seconds(again) / often


@pytest.mark.timeout(600)
@pytest.mark.parametrize("size", SIZES)
def test_what_a_move_costs_beside_a_check(size: int) -> None:
    works = dict(moves_of(size))
    rounds = [
        {name: each_of(work, size) for name, work in works.items()} for _ in range(7)
    ]
    cost = {name: min(each[name] for each in rounds) for name in works}
    whole = cost.pop("check")
    print(f"\n{size} elements: check {whole * 1e3:.1f} ms;", end="")
    for name, spent in cost.items():
        print(f" complete {name} {spent * 1e3:.2f} ms, {spent / whole:.3f};", end="")
    print(f" each at most {MOST_BESIDE_CHECK}")

    assert {n for n, each in cost.items() if each > whole * MOST_BESIDE_CHECK} == set()
