"""Whether what is linked fits together: circles, weights, intents, passes, targets."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from math import fsum
from typing import Final

from attrs import frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.intent import CoreIntent
from missionkit.domain.plan import CourseOfAction, Goal, Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import ReviewCycle, RunStatus, StageRun
from missionkit.domain.values import Contribution
from missionkit.domain.workflow import Workflow
from missionkit.issue import Issue, did_you_mean
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.rules import codes

_DAY: Final = timedelta(days=1)
_SHOWN: Final = 8
WORKFLOWS: Final[tuple[Workflow, ...]] = (FOUR_STAGES,)
TOLERANCE: Final = LimitSpec(
    "weight_tolerance", 1e-9, "how far the sum of weights may be from 1"
)


def circular_contributions(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each knot of goals and objectives that help themselves.

    The links are contributions, an objective's goal and a goal's parent. Of a knot in
    which there are many circles, one is named.
    """
    graph = _graph(view)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        for circle in _circles(graph):
            yield _circular(view, circle)


def _graph(view: RuleView) -> dict[str, tuple[str, ...]]:
    above = {goal.id: (goal.parent, goal) for goal in view.of(Goal)}
    serves = {each.id: (each.goal, each) for each in view.of(Objective)}
    return {
        str(ref): tuple(
            dict.fromkeys([*([str(up)] if up else []), *_helped(held.contributions)])
        )
        for ref, (up, held) in (*above.items(), *serves.items())
    }


def _helped(contributions: Iterable[Contribution]) -> Iterator[str]:
    return (each.target for each in contributions)


def _circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield one circle of each knot, beginning at its smallest id."""
    import networkx as nx  # noqa: PLC0415 - heavy, and only needed for an unsound model

    net = nx.DiGraph((ref, to) for ref in sorted(graph) for to in sorted(graph[ref]))
    for knot in sorted(map(sorted, nx.strongly_connected_components(net))):
        if len(knot) > 1 or net.has_edge(knot[0], knot[0]):
            edges = nx.find_cycle(net.subgraph(knot), source=knot[0])
            circle = tuple(source for source, _ in edges)
            first = circle.index(min(circle))
            yield circle[first:] + circle[:first]
