"""The bare machine: which move an event makes, by a table that is made once."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.domain import codes
from missionkit.domain.review import CycleStatus
from missionkit.domain.stages import STAYING, Move, Stage
from missionkit.errors import RefusedError
from missionkit.issue import Issue, Refusal, RefusalKind, Verdict, did_you_mean
from missionkit.markup import shown

Key: TypeAlias = tuple[str, CycleStatus, str | None]


def _yes(_: str) -> bool:
    return True


@frozen
class Position:
    """Where a review stands: in which stage, and in which status.

    *before* is the status that a suspended review goes back to.
    """

    stage: str | None = None
    status: CycleStatus = CycleStatus.DRAFT
    before: CycleStatus = CycleStatus.ACTIVE

    def __str__(self) -> str:
        """Return the stage and the status."""
        return f"{self.stage}, {self.status}" if self.stage else str(self.status)


@frozen(kw_only=True)
class Context:
    """What a step is judged by: facts by name, the causes given, the actor's roles.

    *holds* is asked for each guard by its name and for each rule of a gate by its
    code. Without *roles*, roles are not looked at.
    """

    holds: Callable[[str], bool] = _yes
    causes: frozenset[str] = frozenset()
    roles: frozenset[str] | None = None


NO_CONTEXT: Final = Context()
"""Everything holds, no cause is given, and roles are not looked at."""


@frozen
class Planned:
    """A move from one stage, and what is asked on its way, by name."""

    move: Move
    gate: tuple[str, ...]
    asks: tuple[str, ...]


@frozen
class Table:
    """The moves of a workflow, by event, status and stage, in their order.

    Where *anyone* may act, roles are not looked at; else a move without roles is for
    nobody.
    """

    rows: Mapping[Key, tuple[Planned, ...]] = field(hash=False)
    events: tuple[str, ...]
    ends: frozenset[str]
    anyone: bool = True

    @classmethod
    def of(
        cls,
        stages: Iterable[Stage],
        ends: Iterable[str],
        moves: Iterable[Move],
        *,
        anyone: bool = True,
    ) -> "Table":
        """Return the table of a workflow."""
        known = {stage.key: stage for stage in stages}
        rows: dict[Key, list[Planned]] = {}
        for move in sorted(moves, key=lambda each: each.priority):
            for status in dict.fromkeys(move.when):
                for source in _sources(move, status, known):
                    row = rows.setdefault((move.event, status, source), [])
                    row.append(_planned(move, source, known))
        events = tuple(dict.fromkeys(event for event, _, _ in rows))
        every = {key: tuple(held) for key, held in rows.items()}
        return cls(every, events, frozenset(ends), anyone)

    def step(self, position: Position, event: str, context: Context) -> Move:
        """Return the move that an event makes, or raise `RefusedError`."""
        planned = self.chosen(position, event, context.causes)
        if isinstance(planned, Refusal):
            raise RefusedError(Verdict(allowed=False, refusals=(planned,)))
        roles, move = context.roles, planned.move
        if self.anyone or roles is None or not roles.isdisjoint(move.roles):
            for name in planned.asks:
                if not context.holds(name):
                    break
            else:
                return move
        raise RefusedError(
            Verdict(allowed=False, refusals=tuple(self._refusals(planned, context)))
        )

    def chosen(
        self, position: Position, event: str, causes: frozenset[str] = frozenset()
    ) -> Planned | Refusal:
        """Return the first move whose cause is given, or why there is none."""
        rows = self.rows.get((event, position.status, position.stage), ())
        for planned in rows:
            wanted = planned.move.causes
            if not wanted or not causes.isdisjoint(wanted):
                return planned
        return self._missing(position, event, causes, rows)

    def events_at(self, position: Position) -> tuple[str, ...]:
        """Return the events that are possible where a review stands."""
        at = (position.status, position.stage)
        return tuple(event for event in self.events if (event, *at) in self.rows)

    def moves_at(self, position: Position) -> Iterator[Planned]:
        """Yield the moves that lead on from where a review stands."""
        for event in self.events:
            yield from self.rows.get((event, position.status, position.stage), ())

    def after(self, position: Position, move: Move) -> Position:
        """Return where a review stands after a move."""
        return after(position, move, self.ends)

    def _refusals(self, planned: Planned, context: Context) -> Iterator[Refusal]:
        """Yield every reason against a move, roles first."""
        move, roles = planned.move, context.roles
        if not (self.anyone or roles is None) and roles.isdisjoint(move.roles):
            yield Refusal(RefusalKind.ROLE, lacking(move.event, move.roles, roles))
        for name in planned.asks:
            if not context.holds(name):
                issue = codes.NOT_HELD.issue(
                    f"{name} does not hold for {move.event}.", value=name
                )
                yield Refusal(RefusalKind.GATE, issue)

    def _missing(
        self,
        position: Position,
        event: str,
        causes: frozenset[str],
        rows: tuple[Planned, ...],
    ) -> Refusal:
        if event not in self.events:
            issue = codes.UNKNOWN_EVENT.issue(
                f"There is no event {shown(event)}.",
                value=event,
                fix=did_you_mean(event, self.events)
                or f"use one of {', '.join(self.events)}",
            )
            return Refusal(RefusalKind.EVENT, issue)
        if rows:
            return Refusal(RefusalKind.EVENT, self._no_cause(event, causes, rows))
        possible = self.events_at(position)
        issue = codes.NOT_FROM_HERE.issue(
            f"{event} is not possible in {position}.",
            value=event,
            fix=f"possible are {', '.join(possible)}" if possible else _stuck(position),
        )
        return Refusal(RefusalKind.STAGE, issue)

    def _no_cause(
        self, event: str, causes: frozenset[str], rows: tuple[Planned, ...]
    ) -> Issue:
        """Return why none of the causes leads anywhere from where the review stands."""
        here = [cause for planned in rows for cause in planned.move.causes]
        given = sorted(causes)
        if not given:
            return codes.NO_CAUSE.issue(
                f"{event} needs a cause.",
                path="causes",
                fix=f"name one of {', '.join(here)}, or record an action instead",
            )
        everywhere = dict.fromkeys(
            cause
            for key, found in self.rows.items()
            if key[0] == event
            for planned in found
            for cause in planned.move.causes
        )
        unknown = [cause for cause in given if cause not in everywhere]
        near = [did_you_mean(cause, everywhere) for cause in unknown]
        said = "is known" if unknown else "leads back from here"
        return codes.NO_CAUSE.issue(
            f"No cause of {', '.join(map(shown, given))} {said}.",
            path="causes",
            value=", ".join(given),
            fix=next(filter(None, near), f"here it is one of {', '.join(here)}"),
        )


def _stuck(position: Position) -> str:
    """Return what to do where nothing leads on: it is over, or was set by hand."""
    if position.status in STAYING:
        return "nothing is"
    return "nothing is: set `stage` and `status` to where the review stands"


def _sources(
    move: Move, status: CycleStatus, known: Mapping[str, Stage]
) -> tuple[str | None, ...]:
    if status is CycleStatus.DRAFT:
        return (None,)  # a draft is in no stage yet
    return tuple(known) if move.source is None else (move.source,)


def _planned(move: Move, source: str | None, known: Mapping[str, Stage]) -> Planned:
    """Return a move from a stage with the codes of the rules asked on its way."""
    gate: tuple[str, ...] = ()
    if move.gated and move.target is not None:
        leaving, entering = known.get(source or ""), known.get(move.target)
        leaving_rules = leaving.exit.rules if leaving else ()
        entering_rules = entering.entry.rules if entering else ()
        gate = tuple(dict.fromkeys((*leaving_rules, *entering_rules)))
    return Planned(move, gate, (*move.guards, *gate))


def after(position: Position, move: Move, ends: Container[str]) -> Position:
    """Return where a review stands after a move.

    A move that stays goes on with the status before, where it names no other.
    """
    if move.target is None:
        stage, usual = position.stage, position.before
    elif move.target in ends:
        stage, usual = position.stage, CycleStatus.CLOSED
    else:
        stage, usual = move.target, CycleStatus.ACTIVE
    status = move.then or usual
    if status is CycleStatus.SUSPENDED:
        return Position(stage, status, position.status)
    blocked = status is CycleStatus.BLOCKED
    return Position(stage, status, status if blocked else CycleStatus.ACTIVE)


def lacking(act: str, wanted: Iterable[str], held: Iterable[str]) -> Issue:
    """Return the issue that says for which roles an act is."""
    named = " or ".join(wanted)
    return codes.ROLE_LACKING.issue(
        f"{act} is for {named or 'nobody'}.",
        value=", ".join(sorted(held)),
        fix="" if named else "name the roles that may do it in the workflow",
    )
