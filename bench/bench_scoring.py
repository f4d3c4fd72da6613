"""Satisfaction spread over 1,000, 10,000 and 100,000 links between goals.

python -m pytest bench/bench_scoring.py -s

Prints the seconds of each, and those of one topological pass of networkx over the same
links. Ten times as many links are to take at most 13 times as long. Every round asks a
new model, so that each includes reading the links.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from time import process_time
from typing import Final

import networkx as nx

from missionkit.domain.declaration import Element
from missionkit.domain.ids import (
    GoalId,
    ObjectiveId,
    ObservationId,
    SuccessMeasureId,
)
from missionkit.domain.measure import (
    Direction,
    Observation,
    SuccessMeasure,
    TargetSetting,
)
from missionkit.domain.model import Model
from missionkit.domain.plan import Goal, Objective, Refinement
from missionkit.domain.values import Contribution
from missionkit.scoring.score import score

SIZES: Final = (1_000, 10_000, 100_000)
ROUNDS: Final = 3
GROWTH: Final = 1.3
WIDE: Final = 4


def elements(links: int) -> Iterator[Element]:
    """Yield goals, of which each refines one and helps three, and what is measured.

    A quarter of the goals have an objective with a reading.
    """
    count = links // WIDE
    for n in range(count):
        above = {(n - 1) // 2, n // 3, n // 5, n // 7} - {n, -1}
        parent = GoalId(f"goal-{(n - 1) // 2}") if n else None
        yield Goal(
            id=GoalId(f"goal-{n}"),
            statement="G",
            parent=parent,
            refinement=Refinement.OR if n % 3 else Refinement.AND,
            contributions=tuple(
                Contribution(
                    target=GoalId(f"goal-{at}"), weight=(n * 7 + at) % 101 - 40
                )
                for at in sorted(above)[: WIDE - 1]
            ),
        )
    for n in range(0, count, WIDE):
        yield from _measured(n)


def _measured(n: int) -> Iterator[Element]:
    yield Objective(
        id=ObjectiveId(f"objective-{n}"), statement="O", goal=GoalId(f"goal-{n}")
    )
    yield SuccessMeasure(
        id=SuccessMeasureId(f"measure-{n}"),
        name="M",
        of=ObjectiveId(f"objective-{n}"),
        direction=Direction.HIGHER,
        worst=Decimal(0),
        threshold=Decimal(50),
        targets=(TargetSetting(value=Decimal(100)),),
    )
    yield Observation(
        id=ObservationId(f"reading-{n}"),
        measure=SuccessMeasureId(f"measure-{n}"),
        value=Decimal(n * 13 % 101),
    )


def best(act: Callable[[Model], object], held: list[Element]) -> float:
    """Return the least seconds that an act takes on a new model."""
    taken = []
    for _ in range(ROUNDS):
        model = Model(held)
        start = process_time()
        act(model)
        taken.append(process_time() - start)
    return min(taken)


def spread(model: Model) -> object:
    made = score(model, using="goal-satisfaction", subject="goal-0")
    assert made.value is not None
    return made


def ordered(model: Model) -> object:
    """Make one pass of networkx over the same links, which only puts them in order."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for goal in model.of(Goal):
        if goal.parent is not None:
            graph.add_edge(goal.id, goal.parent)
        graph.add_edges_from((goal.id, link.target) for link in goal.contributions)
    return list(nx.topological_sort(graph))


def test_satisfaction_spreads_in_time_that_grows_with_the_links() -> None:
    seconds = []
    for size in SIZES:
        held = list(elements(size))
        seconds.append(best(spread, held))
        peer = best(ordered, held)
        print(
            f"\n{size:>7,} links: {seconds[-1]:.3f} s; networkx orders in {peer:.3f} s"
        )
    for (less, more), (small, large) in zip(
        pairwise(seconds), pairwise(SIZES), strict=True
    ):
        assert more / less <= GROWTH * large / small
