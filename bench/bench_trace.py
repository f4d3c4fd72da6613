"""Answers about the line of sight at 1,000, 10,000 and 100,000 elements.

python -m pytest bench/bench_trace.py -s

Prints the seconds of each and by how much they grow faster than the model: that of
coverage is to stay within 1.3, so ten times as many elements take at most 13 times as
long. Every round asks a new model, so that each includes making the index of links.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from time import process_time
from typing import Final

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    CoreIntentId,
    GoalId,
    NeedId,
    ObjectiveId,
    ProcessId,
    StakeholderId,
    SuccessMeasureId,
)
from missionkit.domain.intent import CoreIntent
from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Objective
from missionkit.domain.process import Process
from missionkit.domain.stakeholder import Need, NeedStatus, Stakeholder
from missionkit.domain.values import Contribution
from missionkit.trace.coverage import coverage
from missionkit.trace.impact import impact
from missionkit.trace.orphans import orphans
from missionkit.trace.why import why

SIZES: Final = (1_000, 10_000, 100_000)
ROUNDS: Final = 3
GROWTH: Final = 1.3
A_DAY: Final = date(2026, 6, 30)


def elements(size: int) -> Iterator[Element]:
    """Yield about *size* elements: needs, objectives, processes, and so on."""
    tenth = size // 10
    for n in range(tenth // 10):
        yield Stakeholder(id=StakeholderId(f"stakeholder-{n}"), name="S")
    yield CoreIntent(id=CoreIntentId("intent"), mission="M")
    for n in range(tenth // 2):
        above = GoalId(f"goal-{n // 8}") if n else None
        intent = None if n % 5 else CoreIntentId("intent")
        yield Goal(id=GoalId(f"goal-{n}"), statement="G", parent=above, intent=intent)
    for n in range(3 * tenth):
        yield Need(
            id=NeedId(f"need-{n}"),
            statement="N",
            status=NeedStatus.ACCEPTED,
            importance=0.5,
            stakeholder=StakeholderId(f"stakeholder-{n % (tenth // 10)}"),
        )
    for n in range(2 * tenth):
        yield Objective(
            id=ObjectiveId(f"objective-{n}"),
            statement="O",
            needs=(NeedId(f"need-{n}"), NeedId(f"need-{(n * 7) % (3 * tenth)}"))[
                : 1 + (n * 6 % (3 * tenth) != 0)
            ],
            goal=GoalId(f"goal-{n % (tenth // 2)}"),
        )
    yield from _work(tenth)


def _work(tenth: int) -> Iterator[Element]:
    for n in range(2 * tenth):
        yield SuccessMeasure(
            id=SuccessMeasureId(f"measure-{n}"),
            name="M",
            of=ObjectiveId(f"objective-{n}"),
        )
    for n in range(2 * tenth):
        target = ObjectiveId(f"objective-{(n * 3) % (2 * tenth)}")
        yield Process(
            id=ProcessId(f"process-{n}"),
            name="P",
            achieves=(ObjectiveId(f"objective-{n}"),),
            contributions=(Contribution(target=target, weight=40),),
        )


QUESTIONS: Final[dict[str, Callable[[Model], object]]] = {
    "coverage": lambda model: coverage(model, on=A_DAY),
    "why (a process)": lambda model: why(model, "process-7"),
    "why (the intent)": lambda model: why(model, "intent"),
    "impact (the intent)": lambda model: impact(model, "intent"),
    "orphans": orphans,
}


def seconds(question: Callable[[Model], object], held: tuple[Element, ...]) -> float:
    """Return the least time of a few rounds, each on a model that nobody has asked."""
    found = []
    for _ in range(ROUNDS):
        model = Model(held)
        start = process_time()
        question(model)
        found.append(process_time() - start)
    return min(found)


def test_coverage_grows_no_faster_than_the_model() -> None:
    models = [tuple(elements(size)) for size in SIZES]
    growth: dict[str, list[float]] = {}
    print()
    for name, question in QUESTIONS.items():
        took = [seconds(question, held) for held in models]
        each = [spent / len(held) for spent, held in zip(took, models, strict=True)]
        growth[name] = [after / before for before, after in pairwise(each)]
        cells = "".join(f"{spent:10.4f} s" for spent in took)
        more = ", ".join(f"{ratio:.2f}" for ratio in growth[name])
        print(f"{name:<20}{cells}   growth {more}")

    assert max(growth["coverage"]) <= GROWTH
