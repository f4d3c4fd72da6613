"""Where a review of a workflow can come to, and by which way.

A place is a stage with a status. At a place, a move that another one always goes before
leads nowhere. What is written wrong is read so that nothing else is blamed for it: a
stage that is not there may be any stage.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import field, frozen

from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import Move, Stage
from missionkit.domain.stepping import Position, after
from missionkit.markup import shortened

START: Final = Position()
_ACTIVE: Final = CycleStatus.ACTIVE
_MOST_STEPS: Final = 8
_MOST_EARLY: Final = _MOST_STEPS // 2
_WIDTH: Final = 40

Row = Sequence[int]
Rows = Mapping[tuple[CycleStatus, str | None], Mapping[str, Row]]


@frozen(eq=False)
class Graph:
    """The places that can be reached, with the moves that are made there, by number.

    *came* holds the place before each and the move from there, on the shortest way;
    *far* how many steps that way has, and *early* the last place of its beginning;
    *leads* the places after each. Moves from a stage that is not there are left out.
    """

    moves: Sequence[Move]
    keys: Mapping[str, int]
    ends: frozenset[str]
    rows: Rows
    came: dict[Position, tuple[Position, int] | None] = field(factory=dict)
    far: dict[Position, int] = field(factory=lambda: {START: 0})
    early: dict[Position, Position] = field(factory=lambda: {START: START})
    made: dict[Position, tuple[int, ...]] = field(factory=dict)
    leads: dict[Position, dict[Position, int]] = field(factory=dict)

    @classmethod
    def of(
        cls, stages: Sequence[Stage], ends: Sequence[str], moves: Sequence[Move]
    ) -> "Graph":
        """Return the graph of all places that can be reached."""
        keys = {stage.key: at for at, stage in enumerate(stages)}
        graph = cls(moves, keys, frozenset(ends) - keys.keys(), _rows(moves, keys))
        graph.came[START] = None
        waiting, anywhere = deque([START]), [Position(key, _ACTIVE) for key in keys]
        while waiting:
            here = waiting.popleft()
            found = graph.row_at(here).values()
            graph.made[here] = tuple(at for row in found for at in alive(row, moves))
            graph.leads[here] = {}
            for at in graph.made[here]:
                astray = graph.astray(moves[at])
                there = anywhere if astray else [after(here, moves[at], graph.ends)]
                anywhere = [] if astray else anywhere
                for place in there:
                    graph.leads[here][place] = at
                    if place not in graph.came:
                        graph._come(place, here, at)
                        waiting.append(place)
        return graph

    def _come(self, place: Position, here: Position, at: int) -> None:
        """Note the way by which a place is come to for the first time."""
        self.came[place] = (here, at)
        self.far[place] = self.far[here] + 1
        begins = self.far[place] <= _MOST_EARLY
        self.early[place] = place if begins else self.early[here]

    @property
    def begins(self) -> bool:
        """Whether a review comes into a stage at all."""
        return any(place.stage in self.keys for place in self.came)

    @property
    def rootless(self) -> bool:
        """Whether a move leads from a stage that is not there."""
        known = {None, *self.keys}
        return any(move.source not in known for move in self.moves)

    def row_at(self, place: Position) -> Mapping[str, Row]:
        """Return the moves of a place by event, those that go before others first."""
        return self.rows.get((place.status, place.stage), {})

    def astray(self, move: Move) -> bool:
        """Return whether a move leads to what is not there."""
        target = move.target
        return not (target is None or target in self.keys or target in self.ends)

    def way_to(self, place: Position) -> str:
        """Return the shortest way to a place, to be read from the left.

        Of a long one only both ends are walked: there may be thousands of faults.
        """
        if self.far.get(place, 0) <= _MOST_STEPS:
            steps = self._steps(place, _MOST_STEPS)
        else:
            begin = self._steps(self.early[place], _MOST_EARLY)
            steps = [*begin, " …", *self._steps(place, _MOST_STEPS - _MOST_EARLY)]
        first = START if place in self.came else place
        return f"{told(first)}{''.join(steps)}"

    def _steps(self, place: Position, most: int) -> list[str]:
        """Return the last steps of the way to a place."""
        steps: list[str] = []
        step = self.came.get(place)
        while step is not None and len(steps) < most:
            before, at = step
            move = self.moves[at]
            steps.append(f" -{shortened(move.event, _WIDTH)}-> {told(place, move)}")
            place, step = before, self.came[before]
        return steps[::-1]

    def way_into(self, stage: str | None) -> str:
        """Return the shortest way into a stage, or nothing where there is none."""
        place = Position(stage, _ACTIVE)
        return self.way_to(place) if place in self.came else ""

    def nearest_places(self) -> Mapping[int, Position]:
        """Return for each move that is ever made the nearest place it is made at."""
        found: dict[int, Position] = {}
        for here, made in self.made.items():
            for at in made:
                found.setdefault(at, here)
        return found


def size_of(stages: Sequence[Stage], moves: Sequence[Move]) -> int:
    """Return in how many places moves are made: one from any stage in each of them."""
    wide = len(stages)
    return sum(
        (wide if move.source is None else 1) * len(frozenset(move.when))
        for move in moves
    )


def told(place: Position, move: Move | None = None) -> str:
    """Return a place as a way names it: the stage, and the status unless active."""
    if place.status is CycleStatus.CLOSED:
        end = move.target if move else None
        return shortened(end or str(place.status), _WIDTH)
    if place.stage is None:
        return str(place.status)
    name = shortened(place.stage, _WIDTH)
    return name if place.status is _ACTIVE else f"{name} ({place.status})"


def _rows(moves: Sequence[Move], keys: Mapping[str, int]) -> Rows:
    rows: dict[tuple[CycleStatus, str | None], dict[str, list[int]]] = {}
    for at in sorted(range(len(moves)), key=lambda number: moves[number].priority):
        move = moves[at]
        sources = tuple(keys) if move.source is None else (move.source,)
        for status in dict.fromkeys(move.when):
            for stage in (None,) if status is CycleStatus.DRAFT else sources:
                row = rows.setdefault((status, stage), {})
                row.setdefault(move.event, []).append(at)
    return rows


def alive(row: Row, moves: Sequence[Move]) -> Iterator[int]:
    """Yield the moves of one event at one place that some cause can choose.

    Of moves with one priority, each may be the one that is made.
    """
    if len(row) == 1:
        yield row[0]
        return
    before: set[str] = set()
    for _, group in groupby(row, lambda at: moves[at].priority):
        several = list(group)
        for at in several:
            if not moves[at].causes or not before.issuperset(moves[at].causes):
                yield at
        if not all(moves[at].causes for at in several):
            return
        before.update(cause for at in several for cause in moves[at].causes)
