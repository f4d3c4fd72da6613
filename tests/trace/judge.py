"""The line of sight once more, written another way, to judge the answers by."""

import networkx as nx

from missionkit.domain.model import Model
from missionkit.trace.graph import graph

LEVELS = {"stakeholder": 0, "need": 1, "objective": 2, "goal": 3, "core_intent": 4}
DOWNWARD = {"produces", "plays", "played_by", "given_by"}
LAST = {"intent": 4, "stakeholder": 0}


def level(model: Model, ref: str) -> int | None:
    return LEVELS.get(model.kind_of(ref))


def ends(model: Model, toward: str) -> set[str]:
    return {e.id for e in model if level(model, e.id) == LAST[toward]}


def stepped(model: Model, toward: str) -> "nx.DiGraph[str]":
    """Return the steps of one branch as a graph."""
    steps: nx.DiGraph[str] = nx.DiGraph()
    steps.add_nodes_from(model.ids())
    for one, two, facts in graph(model).edges(data=True):
        holder = facts["holder"]
        target = two if holder == one else one
        if facts["trace"] and facts.get("weight", 1) > 0:
            pair = step(model, toward, holder, target, facts["link"])
            if pair is not None and level(model, pair[0]) != LAST[toward]:
                steps.add_edge(*pair)
    return steps


def step(
    model: Model, toward: str, holder: str, target: str, link: str
) -> tuple[str, str] | None:
    one, two = level(model, holder), level(model, target)
    if one is None or two is None:
        pair = (target, holder) if link in DOWNWARD else (holder, target)
        return None if level(model, pair[0]) is not None else pair
    if one == two:
        return (holder, target) if toward == "intent" else (target, holder)
    low, high = (holder, target) if one < two else (target, holder)
    return (low, high) if toward == "intent" else (high, low)
