"""Random words of events, replayed in python-statemachine."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statemachine import State, StateMachine
from statemachine.exceptions import InvalidDefinition, TransitionNotAllowed

import missionkit as mk
from missionkit.domain.review import CycleStatus as S
from missionkit.testing.workflows import sound_workflows

GUARDS = ("quorum", "evidence")
RULES = ("MK-GAT-001", "MK-GAT-002")
ROLES = ("sponsor", "reviewer", "owner")
CAUSES = (*(f"cause-{number}" for number in range(4)), "late", "wrong", "other")
"""The causes that are drawn, and one that no move has."""
OVER = (S.CLOSED, S.CANCELED)
WORDS = 12
DRAWN = st.one_of(
    sound_workflows(guards=GUARDS, rules=RULES, roles=ROLES),
    sound_workflows(guards=GUARDS, rules=RULES),
)
CAUSE_SETS = st.frozensets(st.sampled_from(CAUSES), max_size=2)
NAME_SETS = st.frozensets(st.sampled_from([*GUARDS, *RULES]), min_size=2)
ROLE_SETS = st.frozensets(st.sampled_from(ROLES), min_size=1)


def places_of(workflow: mk.Workflow) -> list[mk.Position]:
    """Return every stage in every status, a suspended one with each status before."""
    found = [mk.Position(), mk.Position(None, S.CANCELED)]
    for stage in workflow.stages:
        found += [
            mk.Position(stage.key, S.ACTIVE),
            mk.Position(stage.key, S.BLOCKED, S.BLOCKED),
        ]
        found += [
            mk.Position(stage.key, S.SUSPENDED, was) for was in (S.ACTIVE, S.BLOCKED)
        ]
        found += [mk.Position(stage.key, status) for status in OVER]
    return found


def arrival(workflow: mk.Workflow, here: mk.Position, move: mk.Move) -> mk.Position:
    """Return where a move leads, told a second time."""
    if move.target in workflow.ends:
        return mk.Position(here.stage, S.CLOSED)
    if move.target is not None:
        return mk.Position(move.target, S.ACTIVE)
    match move.then:
        case S.SUSPENDED:
            return mk.Position(here.stage, S.SUSPENDED, here.status)
        case S.BLOCKED:
            return mk.Position(here.stage, S.BLOCKED, S.BLOCKED)
        case None if here.before is S.BLOCKED:
            return mk.Position(here.stage, S.BLOCKED, S.BLOCKED)
        case S.CANCELED:
            return mk.Position(here.stage, S.CANCELED)
        case _:
            return mk.Position(here.stage, S.ACTIVE)


def names_asked(workflow: mk.Workflow, here: mk.Position, move: mk.Move) -> set[str]:
    """Return the guards and the rules on the way of a move, told a second time."""
    asked = set(move.guards)
    if move.gated and move.target is not None:
        leaving, entering = workflow.stage(here.stage), workflow.stage(move.target)
        asked |= set(leaving.exit.rules) if leaving else set()
        asked |= set(entering.entry.rules) if entering else set()
    return asked


def caused(move: mk.Move) -> Callable[..., bool]:
    def cond(causes: frozenset[str]) -> bool:
        return not move.causes or bool(causes & set(move.causes))

    return cond


def granted(move: mk.Move, asked: set[str], *, anyone: bool) -> Callable[..., bool]:
    def cond(holding: frozenset[str], roles: frozenset[str]) -> bool:
        return asked <= holding and (anyone or bool(roles & set(move.roles)))

    return cond


def machine_of(workflow: mk.Workflow, *, refusing: bool = True) -> Any:  # noqa: ANN401 - a class made here
    """Return a peer's machine with the places of a workflow that can be reached.

    A move that is refused goes back to where it began, when *refusing*.
    """
    seen, waiting = {mk.Position()}, [mk.Position()]
    arrows: dict[mk.Position, list[tuple[mk.Move, mk.Position]]] = {}
    while waiting:
        here = waiting.pop()
        arrows[here] = []
        for move in sorted(workflow.moves, key=lambda each: each.priority):
            if here.status in move.when and (
                here.stage is None or move.source in (None, here.stage)
            ):
                there = arrival(workflow, here, move)
                arrows[here].append((move, there))
                waiting += [there] if there not in seen else []
                seen.add(there)
    states = {
        place: State(
            value=place, initial=place == mk.Position(), final=place.status in OVER
        )
        for place in places_of(workflow)
        if place in seen
    }
    space: dict[str, Any] = {
        f"place_{at}": state for at, state in enumerate(states.values())
    }
    for here, found in arrows.items():
        for move, there in found:
            asked = names_asked(workflow, here, move)
            fits, may = caused(move), granted(move, asked, anyone=workflow.open_to_all)
            arrow = states[here].to(
                states[there], cond=[fits, may] if refusing else None
            )
            if refusing:
                arrow |= states[here].to(states[here], cond=fits)
            known = space.get(move.event)
            space[move.event] = arrow if known is None else known | arrow
    return type("Peer", (StateMachine,), space)


@settings(deadline=None)
@given(DRAWN, st.data())
def test_a_word_of_events_leads_where_the_peer_says(
    workflow: mk.Workflow, data: st.DataObject
) -> None:
    peer, place = machine_of(workflow)(), mk.Position()
    for _ in range(WORDS):
        likely = workflow.table.events_at(place) or workflow.table.events
        event = data.draw(st.sampled_from([*likely, *likely, *workflow.table.events]))
        causes, holding = data.draw(CAUSE_SETS), data.draw(NAME_SETS)
        roles = data.draw(ROLE_SETS)
        context = mk.Context(holds=holding.__contains__, causes=causes, roles=roles)
        with suppress(mk.RefusedError):
            place = workflow.after(place, workflow.step(place, event, context))
        with suppress(TransitionNotAllowed):
            peer.send(event, causes=causes, holding=holding, roles=roles)
        assert peer.current_state_value == place


@settings(deadline=None)
@given(DRAWN)
def test_the_peer_finds_nothing_wrong_with_the_shape(workflow: mk.Workflow) -> None:
    assert machine_of(workflow, refusing=False).states


def test_the_peer_would_refuse_a_trap_and_what_cannot_be_reached() -> None:
    start, lost, over = (State(value=name) for name in ("start", "lost", "over"))
    first, last = State(initial=True), State(final=True)
    trapped = {"first": first, "lost": lost, "last": last}
    trapped |= {"go": first.to(last), "stray": first.to(lost)}
    begin, done = State(initial=True), State(final=True)
    island = {"begin": begin, "start": start, "over": over, "done": done}
    island |= {"go": begin.to(done), "on": start.to(done), "off": over.to(done)}

    for space in (trapped, island):
        with pytest.raises(InvalidDefinition):
            type("Peer", (StateMachine,), space)
