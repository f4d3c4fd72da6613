"""Whether the shape of a workflow can be trusted: one start, no trap, no doubt.

What is proved is the graph of all places where a review can stand, each a stage with a
status. A fault names the shortest way that leads into it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from missionkit.domain import codes
from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import (
    STAYING,
    Migration,
    Move,
    Permission,
    Stage,
    WorkflowRole,
)
from missionkit.domain.stepping import Position
from missionkit.domain.workflow_doubts import doubtful, never_made
from missionkit.domain.workflow_graph import START, Graph, size_of
from missionkit.domain.workflow_words import (
    Hints,
    loose,
    names,
    odd_statuses,
    said_twice,
)
from missionkit.issue import Issue
from missionkit.markup import shown

_ACTIVE: Final = CycleStatus.ACTIVE
_MOST_NAMED: Final = 3
_LARGEST: Final = 200_000  # what is proved in about a second


def faults_of_shape(
    stages: Sequence[Stage],
    ends: Sequence[str],
    moves: Sequence[Move],
    permissions: Sequence[Permission],
    roles: Sequence[WorkflowRole],
) -> Iterator[Issue]:
    """Yield every fault of the shape of a workflow."""
    yield from names(stages, ends)
    yield from loose(stages, ends, moves)
    yield from said_twice(permissions, roles)
    odd = list(odd_statuses(ends, moves))
    yield from odd
    size = size_of(stages, moves)
    if size > _LARGEST:
        yield codes.TOO_LARGE.issue(
            f"Its moves are made in {size:,} places; {_LARGEST:,} are allowed.",
            path="moves",
            value=size,
        )
        return
    graph = Graph.of(stages, ends, _mended(moves, odd))
    yield from _over(graph)
    yield from doubtful(graph)
    yield from _limits(stages, graph)
    yield from _starts(graph)
    # that nothing begins, or that a move begins nowhere, is told already
    if graph.begins and not graph.rootless:
        yield from never_made(graph)
        yield from _unreached(stages, ends, graph)
        yield from _traps(graph)


def faults_of_migrations(
    stages: Sequence[Stage], migrations: Sequence[Migration], version: int
) -> Iterator[Issue]:
    """Yield every fault in how running reviews go on in a workflow."""
    hints = Hints([stage.key for stage in stages])
    seen: dict[int, int] = {}
    for at, each in enumerate(migrations):
        path = f"migrations[{at}]"
        if each.version >= version:
            yield codes.BAD_MIGRATION.issue(
                f"Version {each.version} comes not before version {version}.",
                path=f"{path}.version",
                value=each.version,
            )
        if seen.setdefault(each.version, at) != at:
            yield codes.BAD_MIGRATION.issue(
                f"Reviews of version {each.version} go on in two ways:"
                f" migrations[{seen[each.version]}] says so too.",
                path=f"{path}.version",
                value=each.version,
            )
        yield from _renamed(each, path, hints)


def _renamed(migration: Migration, path: str, hints: Hints) -> Iterator[Issue]:
    seen: set[str] = set()
    for at, each in enumerate(migration.stages):
        if each.before in seen:
            yield codes.BAD_MIGRATION.issue(
                f"Stage {shown(each.before)} is to become two stages.",
                path=f"{path}.stages[{at}].before",
                value=each.before,
            )
        seen.add(each.before)
        if each.now not in hints:
            yield codes.BAD_MIGRATION.issue(
                f"Stage {shown(each.before)} is to become {shown(each.now)}, which is"
                " not there.",
                path=f"{path}.stages[{at}].now",
                value=each.now,
                fix=hints(each.now),
            )


def _mended(moves: Sequence[Move], odd: Iterable[Issue]) -> Sequence[Move]:
    """Return the moves without statuses that are told to be odd already."""
    paths = {issue.path for issue in odd}
    return [
        evolve(move, then=None)
        if f"moves[{at}].then" in paths and move.then is not CycleStatus.CLOSED
        else move
        for at, move in enumerate(moves)
    ]


def _over(graph: Graph) -> Iterator[Issue]:
    """Yield an issue for each move that leads on from where all is over."""
    over = {
        status: next((p for p in graph.came if p.status is status), None)
        for status in STAYING
    }
    for at, move in enumerate(graph.moves):
        for number, status in enumerate(move.when):
            if status in STAYING:
                place = over[status]
                way = f": {graph.way_to(place)} -{move.event}->" if place else ""
                yield codes.MOVE_AFTER_END.issue(
                    f"{move.event} leads on from a review that is {status}{way}.",
                    path=f"moves[{at}].when[{number}]",
                    value=status,
                )


def _limits(stages: Sequence[Stage], graph: Graph) -> Iterator[Issue]:
    """Yield an issue for each time limit after which nothing happens."""
    for at, stage in enumerate(stages):
        if stage.max_days is None and stage.overdue is None:
            continue
        path, way = f"stages[{at}]", graph.way_into(stage.key)
        come = f" ({way})" if way else ""
        if stage.max_days is None:
            yield codes.LIMIT_TO_NOWHERE.issue(
                f"Stage {shown(stage.key)} is overdue after no number of days{come}.",
                path=f"{path}.max_days",
                fix="fill `max_days`",
            )
        events = Hints(graph.row_at(Position(stage.key, _ACTIVE)))
        yield from _overdue(stage, events, f"{path}.overdue", come)


def _overdue(stage: Stage, events: Hints, path: str, come: str) -> Iterator[Issue]:
    """Yield an issue where no event of a stage is due when it lasts too long."""
    if stage.overdue is None:
        yield codes.LIMIT_TO_NOWHERE.issue(
            f"After {stage.max_days} days nothing leads on from"
            f" {shown(stage.key)}{come}.",
            path=path,
            fix=f"fill `overdue` with an event: {events.some or 'none yet'}",
        )
    elif stage.overdue not in events:
        yield codes.LIMIT_TO_NOWHERE.issue(
            f"{shown(stage.overdue)}, due when {shown(stage.key)} lasts too long,"
            f" does not lead on from there{come}.",
            path=path,
            value=stage.overdue,
            fix=events(stage.overdue),
        )


def _starts(graph: Graph) -> Iterator[Issue]:
    """Yield an issue unless the moves from a draft lead into exactly one stage."""
    opening = [
        at
        for row in graph.row_at(START).values()
        for at in row
        if graph.moves[at].target is not None
        and graph.moves[at].target not in graph.ends
    ]
    if not opening:
        yield codes.NOT_ONE_START.issue(
            "No move leads from a draft into a stage.",
            path="moves",
            fix="add a move for the event open, `when` draft, to the first stage",
        )
        return
    first = graph.moves[min(opening)]
    for at in sorted(opening):
        move = graph.moves[at]
        if move.target != first.target:
            yield codes.NOT_ONE_START.issue(
                "A review begins in two stages:"
                f" draft -{first.event}-> {first.target}, and"
                f" draft -{move.event}-> {move.target}.",
                path=f"moves[{at}].target",
                value=move.target,
            )


def _unreached(
    stages: Sequence[Stage], ends: Sequence[str], graph: Graph
) -> Iterator[Issue]:
    """Yield an issue for each stage, and each end, that no way leads to."""
    made = [graph.moves[at] for found in graph.made.values() for at in found]
    if any(map(graph.astray, made)):
        return  # who knows where these were meant to lead
    start = graph.way_to(next(place for place in graph.came if place != START))
    there = {place.stage for place in graph.came} | {move.target for move in made}
    sought = [("stage", f"stages[{at}]", each.key) for at, each in enumerate(stages)]
    sought += [("end", f"ends[{at}]", end) for at, end in enumerate(ends)]
    for what, path, key in sought:
        if key not in there:
            yield codes.UNREACHABLE.issue(
                f"{start}, and no way leads on to {what} {shown(key)}.",
                path=path,
                value=key,
            )


def _traps(graph: Graph) -> Iterator[Issue]:
    """Yield an issue for each stage from which no end can be reached.

    A stage that is a trap in every status is told once.
    """
    good = _good(graph)
    bad: dict[str, Position] = {}
    for place in graph.came:
        over = place.status is CycleStatus.CANCELED
        if place.stage is not None and not over and place not in good:
            bad.setdefault(place.stage, place)  # active comes before all others
    for stage, place in bad.items():
        others = (each.stage for each in graph.leads[place] if each.stage != stage)
        ways = " and ".join(list(dict.fromkeys(map(shown, others)))[:_MOST_NAMED])
        leads = f"from there only to {ways}, never" if ways else "nothing leads on"
        yield codes.TRAP.issue(
            f"{graph.way_to(place)}, and {leads} to an end.",
            path=f"stages[{graph.keys[stage]}]",
            value=stage,
        )


def _good(graph: Graph) -> set[Position]:
    """Return the places from which an end can be reached; to be canceled is none."""
    back: dict[Position, list[Position]] = {}
    for here, leads in graph.leads.items():
        for there in leads:
            back.setdefault(there, []).append(here)
    waiting = [
        place
        for place in graph.came
        if place.status is CycleStatus.CLOSED
        or any(graph.astray(graph.moves[at]) for at in graph.made.get(place, ()))
    ]
    good = set(waiting)
    while waiting:
        fresh = [p for p in back.get(waiting.pop(), ()) if p not in good]
        good.update(fresh)
        waiting += fresh
    return good
