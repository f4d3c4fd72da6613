"""Which moves of a workflow are in doubt, and which are never made."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain import codes
from missionkit.domain.stages import STAYING
from missionkit.domain.stepping import Position
from missionkit.domain.workflow_graph import START, Graph
from missionkit.issue import Issue
from missionkit.markup import shown

_MOST_NAMED: Final = 3


def doubtful(graph: Graph) -> Iterator[Issue]:
    """Yield an issue for each move of which nobody can say whether it is made."""
    told: dict[int, Issue] = {}
    nearest = [(place.status, place.stage) for place in graph.came]
    for status, stage in dict.fromkeys((*nearest, *graph.rows)):
        for row in graph.rows.get((status, stage), {}).values():
            first: dict[int, int] = {}
            for at in row:
                other = first.setdefault(graph.moves[at].priority, at)
                if other != at and at not in told:
                    told[at] = _in_doubt(graph, Position(stage, status), other, at)
    for at in sorted(told):
        yield told[at]


def _in_doubt(graph: Graph, place: Position, one: int, other: int) -> Issue:
    move = graph.moves[other]
    targets = " and to ".join(
        shown(graph.moves[at].target or place.stage) for at in (one, other)
    )
    where = graph.way_to(place) if place in graph.came else str(place)
    return codes.MOVES_IN_DOUBT.issue(
        f"{where}, and from there {shown(move.event)} leads to {targets}.",
        path=f"moves[{other}].priority",
        value=move.priority,
        fix=f"give moves[{one}] or moves[{other}] another priority",
    )


def never_made(graph: Graph) -> Iterator[Issue]:
    """Yield an issue for each move that no review ever makes.

    One whose stage cannot be reached, or that leads on from an end, is told elsewhere.
    """
    made = graph.nearest_places()
    asked = {} if len(made) == len(graph.moves) else _nearest_asked(graph)
    seen = {place.stage for place in graph.came}
    for at, move in enumerate(graph.moves):
        there = move.source is None or move.source in seen
        if there and at not in made and STAYING.isdisjoint(move.when):
            yield codes.NEVER_MADE.issue(
                f"{shown(move.event)} is never made:"
                f" {_why_never(graph, at, asked.get(at))}.",
                path=f"moves[{at}]",
                value=move.event,
            )


def _nearest_asked(graph: Graph) -> dict[int, Position]:
    """Return for each move the nearest place where its event is looked up."""
    found: dict[int, Position] = {}
    for place in graph.came:
        for row in graph.row_at(place).values():
            for at in row:
                found.setdefault(at, place)
    return found


def _why_never(graph: Graph, at: int, place: Position | None) -> str:
    move = graph.moves[at]
    if place is not None:
        row = graph.row_at(place)[move.event]
        before = [f"moves[{each}]" for each in row[: min(row.index(at), _MOST_NAMED)]]
        more = " or another" if row.index(at) > _MOST_NAMED else ""
        first = " or ".join(before)
        return f"{graph.way_to(place)}, and there {first}{more} always goes first"
    where = f" in {shown(move.source)}" if move.source else ""
    way = graph.way_into(move.source) or graph.way_to(START)
    return f"{way}, but no review{where} is ever {' or '.join(move.when)}"
