"""The four stages against a table that is written here a second time, cell by cell."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain, product
from typing import Any, Final

import pytest
from attrs import evolve, field, frozen

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import (
    AnyId,
    PartyId,
    ReviewCycleId,
    RoleAssignmentId,
    RoleId,
    StageRunId,
    WaiverId,
)
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    CycleStatus,
    ReviewCycle,
    RunStatus,
    StageRun,
    Waiver,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stages import Move
from missionkit.domain.workflow import Workflow
from missionkit.issue import Code, Issue, Refusal, RefusalKind, Severity
from missionkit.ports.guard import GuardView
from missionkit.ports.rule import RuleEntry, RuleView
from missionkit.review.engine import can, perform
from missionkit.review.moving import Fire
from missionkit.testing.bakery.people import CHAIR
from missionkit.testing.faults import FAULTS
from missionkit.testing.sound import DAY, cycle_of, sound_model

# --- the table, written a second time ------------------------------------------------

STAGES: Final = ("understand", "direct", "enable", "review")
RUN: Final = {"facilitator", "sponsor"}
TOP: Final = {"sponsor"}
ENTRY: Final = {
    "understand": {1, 2},
    "direct": {9},
    "enable": {17},
    "review": {26, 27},
}
EXIT: Final = {
    "understand": {3, 4, 5, 6, 7, 8},
    "direct": {10, 11, 12, 13, 14, 15, 16},
    "enable": {18, 19, 20, 21, 22, 23, 24, 25},
    "review": {28, 29, 30, 31, 32, 33, 34},
}
LEADS_TO: Final = {
    "material_change": ("understand", TOP),
    "needs_changed": ("understand", RUN),
    "knowledge_missing": ("understand", RUN),
    "objective_wrong": ("direct", RUN),
    "infeasible": ("direct", RUN),
    "process_incapable": ("enable", RUN),
}
"""Where each cause leads, and for whom; the first that leads back from here wins."""
EVENTS: Final = {
    "open",
    "complete",
    "correct",
    "block",
    "unblock",
    "suspend",
    "resume",
    "cancel",
}
ROLES: Final = (
    RoleKind.SPONSOR,
    RoleKind.FACILITATOR,
    RoleKind.PLANNER,
    RoleKind.REVIEWER,
    RoleKind.OWNER,
    RoleKind.ENGINEER,
    RoleKind.STAKEHOLDER_REP,
)


@frozen(kw_only=True)
class State:
    """Where a review stands; *blocked* is whether it was, before it was suspended."""

    stage: str | None
    status: str
    blocked: bool = False


def names(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@frozen(kw_only=True)
class Row:
    """What an event does: where the review stands then, who may, and what is asked."""

    stage: str | None
    status: str
    roles: frozenset[str] = field(converter=names)
    asks: frozenset[str] = field(default=frozenset(), converter=names)


def gate(number: int) -> str:
    return f"MK-GAT-{number:03}"


STAYS: Final = {
    ("block", "active"): "blocked",
    ("unblock", "blocked"): "active",
    ("suspend", "active"): "suspended",
    ("suspend", "blocked"): "suspended",
    ("resume", "suspended"): "active",
}
"""In which status a review is after an event that leaves it where it is."""


def row(state: State, event: str, causes: frozenset[str]) -> Row | RefusalKind:
    """Return what the event does, or by what kind of refusal it is met."""
    stage, status = state.stage, state.status
    if event not in EVENTS:
        return RefusalKind.EVENT
    if event == "cancel" and (stage or status == "draft"):
        if status not in ("closed", "canceled"):
            asks = {"actions_rehomed"}
            return Row(stage=stage, status="canceled", roles=TOP, asks=asks)
    elif event == "open" and status == "draft":
        asks = {*map(gate, ENTRY["understand"])}
        return Row(stage="understand", status="active", roles=TOP, asks=asks)
    elif stage and (event, status) in STAYS:
        back = "blocked" if event == "resume" and state.blocked else None
        return Row(stage=stage, status=back or STAYS[event, status], roles=RUN)
    elif stage and (event, status) == ("correct", "active"):
        return corrected(stage, causes)
    elif stage and (event, status) == ("complete", "active"):
        return completed(stage)
    return RefusalKind.STAGE


def corrected(stage: str, causes: frozenset[str]) -> Row | RefusalKind:
    for cause, (target, roles) in LEADS_TO.items():
        if cause in causes and STAGES.index(target) <= STAGES.index(stage):
            return Row(stage=target, status="active", roles=roles)
    return RefusalKind.EVENT


def completed(stage: str) -> Row:
    if stage == STAGES[-1]:
        asks = {*map(gate, EXIT[stage]), "carry_over_kept"}
        return Row(stage=stage, status="closed", roles=TOP, asks=asks)
    after = STAGES[STAGES.index(stage) + 1]
    asks = {*map(gate, EXIT[stage] | ENTRY[after])}
    return Row(stage=after, status="active", roles=RUN, asks=asks)


# --- a review in any state, whose gates and guards say what a test wants --------------

NOW: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
CYCLE: Final = ReviewCycleId("review")
NOBODY: Final = PartyId("party-none")
FAILING: Final[set[str]] = set()
GATES: Final = tuple(map(gate, range(1, 35)))


def rule(code: Code) -> RuleEntry:
    def judge(view: RuleView) -> Iterator[Issue]:
        if code.code in FAILING:
            yield code.issue("It fails.", ref=view.review.id)

    return RuleEntry(rule=judge, codes=(code,), on_request=True)


def guard(view: GuardView) -> Iterator[Issue]:
    if view.guard in FAILING:
        yield view.refuse("The guard fails.")


RULES: Final = tuple(rule(Code(c, Severity.ERROR, "why", "fix")) for c in GATES)
GUARDS: Final = dict.fromkeys(("carry_over_kept", "actions_rehomed"), guard)
PLAYERS: Final = {kind: PartyId(f"party-{at}") for at, kind in enumerate(ROLES)}
ACTORS: Final = {**{k.value: p for k, p in PLAYERS.items()}, "none": NOBODY}


def people() -> Iterator[Party | Role | RoleAssignment]:
    yield Party(id=NOBODY, name="Somebody else")
    for kind, party in PLAYERS.items():
        role = RoleId(kind.value.replace("_", "-"))
        yield Party(id=party, name=kind.value)
        yield Role(id=role, name=kind.value, kind=kind)
        yield RoleAssignment(
            id=RoleAssignmentId(f"{role}-of-review"),
            role=role,
            party=party,
            on=AnyId(CYCLE),
        )


def reviewed(state: State) -> Model:
    cycle = ReviewCycle(
        id=CYCLE,
        name="A review",
        stage=state.stage,
        status=CycleStatus(state.status),
    )
    held = Model((*people(), cycle))
    if state.stage is None:
        return held
    blocked = state.blocked or state.status == "blocked"
    run = StageRun(
        id=StageRunId("run"),
        cycle=CYCLE,
        stage=state.stage,
        status=RunStatus.BLOCKED if blocked else RunStatus.IN_PROGRESS,
        entered=date(2026, 3, 1),
    )
    return held.with_(run)


@cache
def model_of(state: State, let: frozenset[str], once: frozenset[str]) -> Model:
    """Return the review with waivers, the last of whose days is today or yesterday."""
    held = waived(reviewed(state), let, NOW.date())
    return waived(held, once, NOW.date() - timedelta(days=1))


def waived(model: Model, names: Iterable[str], until: date) -> Model:
    return model.with_(
        *(
            Waiver(
                id=WaiverId(f"waiver-{at}"),
                code=name,
                on=AnyId(CYCLE),
                granted_by=PLAYERS[RoleKind.SPONSOR],
                requested_by=PLAYERS[RoleKind.FACILITATOR],
                why="For now",
                until=until,
            )
            for at, name in enumerate(sorted(names))
        )
    )


@frozen(kw_only=True)
class Cell:
    """One question, and the answer that the table gives."""

    state: State
    event: str
    causes: frozenset[str]
    role: str
    failing: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()
    expired: frozenset[str] = frozenset()

    def expected(self) -> tuple[object, ...]:
        """Return the kinds and names of the refusals, or where the review is then."""
        found = row(self.state, self.event, self.causes)
        if isinstance(found, RefusalKind):
            return ("refused", {(found, "")})
        against = {
            (RefusalKind.GATE, name)
            for name in found.asks & self.failing
            if name not in self.waived
        }
        if self.role not in found.roles:
            against.add((RefusalKind.ROLE, ""))
        if self.event == "correct" and self.causes - LEADS_TO.keys():
            against.add((RefusalKind.EVENT, ""))
        allowed = ("allowed", found.stage, found.status, found.asks & self.waived)
        return ("refused", against) if against else allowed

    def found(self, model: Model, workflow: Workflow) -> tuple[object, ...]:
        """Return the same as the engine says it; what is allowed is done."""
        FAILING.clear()
        FAILING.update(self.failing)
        act = Fire(event=self.event, causes=self.causes)
        given: dict[str, Any] = {
            "by": ACTORS[self.role],
            "at": NOW,
            "rules": RULES,
            "guards": GUARDS,
            "workflows": (workflow,),
        }
        verdict = can(model, CYCLE, act, **given)
        if not verdict:
            return ("refused", {(r.kind, named(r)) for r in verdict.refusals})
        now = perform(model, CYCLE, act, why="It is time", **given)
        cycle = now.get(ReviewCycle, CYCLE)
        let = frozenset(name_of(issue) for issue in verdict.waived)
        return ("allowed", cycle.stage, str(cycle.status), let)


def named(refusal: Refusal) -> str:
    kind, issue = refusal.kind, refusal.issue
    return name_of(issue) if kind is RefusalKind.GATE else ""


def name_of(issue: Issue) -> str:
    return issue.restates or issue.code


def states() -> Iterator[State]:
    for stage, status in product((None, *STAGES), map(str, CycleStatus)):
        if status == "draft" and stage is not None:
            continue  # a draft is in no stage
        yield State(stage=stage, status=status)
        if status == "suspended" and stage is not None:
            yield State(stage=stage, status=status, blocked=True)


def causes_of(event: str) -> Iterator[frozenset[str]]:
    yield frozenset()
    if event == "correct":
        yield from (frozenset({cause}) for cause in (*LEADS_TO, "weather"))
        yield frozenset(LEADS_TO)
        yield frozenset({"infeasible", "process_incapable"})
        yield frozenset({"needs_changed", "weather"})


def everywhere() -> Iterator[Cell]:
    """Yield every event from every state for every role; all gates are open."""
    for state, event in product(states(), (*sorted(EVENTS), "explode")):
        for causes, role in product(causes_of(event), ACTORS):
            yield Cell(state=state, event=event, causes=causes, role=role)


def moves() -> Iterator[Cell]:
    """Yield one cell for each of the moves; where it has causes, for each of them."""
    for state, event in product(states(), sorted(EVENTS)):
        for causes in causes_of(event):
            found = row(state, event, causes)
            if isinstance(found, Row) and not causes - LEADS_TO.keys():
                yield Cell(state=state, event=event, causes=causes, role="sponsor")


def gated() -> Iterator[Cell]:
    """Yield for every move what can be said of its gates and guards, for every role."""
    for cell, role in product(moves(), ACTORS):
        found = row(cell.state, cell.event, cell.causes)
        asks = found.asks if isinstance(found, Row) else frozenset()
        own = evolve(cell, role=role)
        yield own
        yield evolve(own, failing=frozenset({*GATES, *GUARDS}) - asks)
        if asks:
            yield evolve(own, failing=asks)
            yield evolve(own, failing=asks, waived=asks)
        for name in sorted(asks):
            one = frozenset({name})
            yield evolve(own, failing=one)
            yield evolve(own, failing=one, waived=one)
            yield evolve(own, failing=one, expired=one)


def disagreements(
    cells: Iterable[Cell], workflow: Workflow = FOUR_STAGES
) -> tuple[int, list[str]]:
    """Return how many cells there are, and those in which engine and table differ."""
    count, wrong = 0, []
    for cell in cells:
        count += 1
        model = model_of(cell.state, cell.waived, cell.expired)
        expected, found = cell.expected(), cell.found(model, workflow)
        if expected != found:
            wrong.append(f"{cell}: {expected} but {found}")
    return count, wrong


def test_every_event_is_answered_everywhere_and_for_everybody() -> None:
    count, wrong = disagreements(everywhere())
    print(f"{count} cells: events x states x causes x roles, {len(wrong)} differ")  # noqa: T201
    assert wrong == []
    assert count == len(list(states())) * (8 + 11) * 8


def test_every_move_is_stopped_by_its_own_gates_and_guards_alone() -> None:
    count, wrong = disagreements(gated())
    print(f"{count} cells: moves x gates x waivers x roles, {len(wrong)} differ")  # noqa: T201
    assert wrong == []


def changed(at: int, **fields: Any) -> Workflow:  # noqa: ANN401 - any field
    moves = list(FOUR_STAGES.moves)
    moves[at] = evolve(moves[at], **fields)
    return evolve(FOUR_STAGES, moves=tuple(moves))


def index(event: str, source: str | None = None) -> int:
    return next(
        at
        for at, move in enumerate(FOUR_STAGES.moves)
        if move.event == event and move.source == source
    )


TWINS: Final = {
    "a planner completes": changed(
        index("complete", "direct"), roles=("facilitator", "sponsor", "planner")
    ),
    "a facilitator opens": changed(index("open"), roles=("facilitator", "sponsor")),
    "a guard is gone": changed(index("complete", "review"), guards=()),
    "a gate is gone": changed(index("complete", "enable"), gated=False),
    "resumed means active": changed(index("resume"), then=CycleStatus.ACTIVE),
    "a blocked review completes": changed(
        index("complete", "understand"),
        when=(CycleStatus.ACTIVE, CycleStatus.BLOCKED),
    ),
    "a rule is gone": evolve(
        FOUR_STAGES,
        stages=tuple(
            evolve(stage, exit=evolve(stage.exit, rules=stage.exit.rules[:-1]))
            for stage in FOUR_STAGES.stages
        ),
    ),
    "one more correction": evolve(
        FOUR_STAGES,
        moves=(
            *FOUR_STAGES.moves,
            Move(
                event="correct",
                source="direct",
                target="enable",
                causes=("process_incapable",),
                roles=("facilitator", "sponsor"),
                priority=9,
                gated=False,
            ),
        ),
    ),
}


@pytest.mark.parametrize("twin", TWINS)
def test_the_table_notices_when_one_thing_is_changed(twin: str) -> None:
    leaders = {"sponsor", "facilitator", "planner"}
    few = (c for c in chain(gated(), everywhere()) if c.role in leaders)
    assert any(disagreements([cell], TWINS[twin])[1] for cell in few)


def test_there_are_as_many_moves_as_the_table_has_rows() -> None:
    assert len(FOUR_STAGES.moves) == 6 + 4 + 2 + 3 + 4 + 4


# --- the rules themselves, on what is really wrong ------------------------------------

REAL: Final = sorted(code for code in FAULTS if code.startswith("MK-GAT"))


def before(code: str) -> str | None:
    """Return the stage that a review leaves, or None its draft, past a gate."""
    number = int(code.rpartition("-")[2])
    if number in ENTRY["understand"]:
        return None
    for at, stage in enumerate(STAGES):
        if number in EXIT[stage]:
            return stage
        if number in ENTRY[stage]:
            return STAGES[at - 1]
    raise LookupError(code)


def standing(model: Model, stage: str | None) -> Model:
    """Return a sound review as if it stood at the end of an earlier stage."""
    cycle = model.get(ReviewCycle, cycle_of(model) or "")
    status = CycleStatus.ACTIVE if stage else CycleStatus.DRAFT
    return model.with_(evolve(cycle, stage=stage, status=status))


def test_every_gate_has_a_fault() -> None:
    assert list(GATES) == REAL


@pytest.mark.parametrize("code", REAL)
def test_a_real_fault_is_named_where_it_is_with_what_would_mend_it(code: str) -> None:
    fault = FAULTS[code]
    shape = fault.shape if fault.shape != "plan" else "review"
    model = sound_model(shape)
    broken = fault.break_(model)
    assert broken is not None
    cycle = cycle_of(model) or ""
    event = "open" if before(code) is None else "complete"
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    asked: dict[str, Any] = {"by": CHAIR, "at": at, "limits": dict(broken.limits)}
    assert can(standing(model, before(code)), cycle, event, **asked)
    verdict = can(standing(broken.model, before(code)), cycle, event, **asked)
    found = {(r.issue.code, r.issue.ref): r for r in verdict.refusals}
    assert (code, broken.ref) in found
    assert found[code, broken.ref].kind is RefusalKind.GATE
    assert found[code, broken.ref].issue.fix
