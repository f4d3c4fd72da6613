"""Walks at random through random workflows; what must hold is asked after each step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import Any, ClassVar, Final, TypeAlias

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from missionkit.domain.declaration import Element
from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.ids import (
    AgendaId,
    AgendaItemId,
    DecisionId,
    DriftSignalId,
    ImprovementActionId,
    PartyId,
    ReviewCycleId,
    RoleAssignmentId,
    RoleId,
)
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    ActionStatus,
    Agenda,
    AgendaEntry,
    AgendaItem,
    Artifact,
    CycleStatus,
    Decision,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
    RunStatus,
    StageRun,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stages import STAYING
from missionkit.domain.stepping import Position
from missionkit.domain.workflow import Workflow
from missionkit.errors import RefusedError
from missionkit.history.folding import fold
from missionkit.issue import Code, Severity
from missionkit.ports.guard import Guard
from missionkit.ports.rule import RuleEntry, RuleView
from missionkit.review import Fire, OpenReview, can, perform
from missionkit.review import moving as moving_module
from missionkit.review.act import Act
from missionkit.review.carry_over import TakingOver
from missionkit.review.new_ids import NewIds
from missionkit.rules.facts.carry_over import SETTLED, carried, left_open
from missionkit.rules.facts.cycles import begin_of
from missionkit.rules.families.passes import stage_runs
from missionkit.stores.memory import MemoryStore
from missionkit.testing.workflows import sound_workflows
from missionkit.workspace import Workspace

EXAMPLES: Final = 300
STEPS: Final = 40
ONWARD: Final = ("unblock", "resume", "cancel")
WORKFLOWS: Final = 100
NOON: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROLES: Final = ("sponsor", "reviewer")
SPONSOR: Final = PartyId("party-a")
REVIEWER: Final = PartyId("party-b")
ACTORS: Final = (SPONSOR, REVIEWER, PartyId("party-c"))
AGENDA: Final = Agenda(
    id=AgendaId("agenda"),
    name="What we look at",
    entries=(AgendaEntry(code="a", title="The figures"),),
)


def people() -> Iterable[Element]:
    yield from (Party(id=each, name=each.title()) for each in ACTORS)
    for kind, party in ((RoleKind.SPONSOR, SPONSOR), (RoleKind.REVIEWER, REVIEWER)):
        yield Role(id=RoleId(kind.value), name=kind.value, kind=kind)
        yield RoleAssignment(
            id=RoleAssignmentId(f"is-{kind.value}"),
            role=RoleId(kind.value),
            party=party,
        )


START: Final = Model([AGENDA, *people()])


def kept(workflow: Workflow) -> Workflow:
    """Return a workflow that asks at its ends and on the way out what must hold."""
    moves = tuple(
        evolve(move, guards=(*move.guards, "carry_over_kept"))
        if move.target in workflow.ends
        else evolve(move, guards=("actions_rehomed",))
        if move.then is CycleStatus.CANCELED
        else move
        for move in workflow.moves
    )
    return evolve(workflow, moves=moves)


@cache
def drawn() -> tuple[Workflow, ...]:
    """Return random sound workflows; to draw one costs as much as a whole walk."""
    found: list[Workflow] = []

    @settings(
        max_examples=WORKFLOWS * 2,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sound_workflows(most_stages=4, roles=ROLES, timed=True))
    def draw(workflow: Workflow) -> None:
        found.append(workflow)

    draw()
    return tuple(found[-WORKFLOWS:])


def open_gate(code: str) -> RuleEntry:
    return RuleEntry(
        rule=lambda _: (), codes=(Code(code, Severity.ERROR, "why", "fix"),)
    )


OPEN_GATES: Final = tuple(
    map(
        open_gate,
        (rule for s in FOUR_STAGES.stages for rule in s.entry.rules + s.exit.rules),
    )
)
SEEN: Final[Counter[str]] = Counter()
"""What the walks came by."""


@frozen
class _Done:
    """An act that was done: in which review, by whom and when."""

    cycle: ReviewCycle | str
    act: Act
    by: str
    at: datetime


Step: TypeAlias = tuple[str, dict[str, Any]]
"""What a step of a walk is called, and what it is given."""


def a_step(name: str, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), st.fixed_dictionaries(given))


class Walk:
    """Reviews one after another, by one workflow, with all that may be in between.

    Each step is possible always, so that a walk has as many as it is to have.
    """

    only: ClassVar[Workflow | None] = None
    guards: ClassVar[Mapping[str, Guard]] = {}
    steps: ClassVar[st.SearchStrategy[Step]] = st.one_of(
        a_step("begin_another", by=st.sampled_from(ACTORS), agenda=st.booleans()),
        a_step(
            "move",
            event=st.integers(0, 99),
            cause=st.integers(0, 9),
            by=st.sampled_from(ACTORS),
        ),
        a_step("go_on", which=st.integers(0, 5), tidy=st.booleans()),
        # Nothing is in the way; a walk that often does so comes further.
        a_step("go_on", which=st.integers(0, 2), tidy=st.just(True)),  # noqa: FBT003 - as said
        a_step(
            "beside",
            what=st.integers(0, 6),
            which=st.integers(0, 3),
            yes=st.booleans(),
        ),
    )

    def __init__(self, which: int) -> None:
        self.model = START
        self.now = NOON
        self.count = 0
        self.current: ReviewCycleId | None = None
        self.done: list[_Done | tuple[Element, ...]] = []
        self.workflow = kept(self.only or drawn()[which])
        self.options: dict[str, Any] = {
            "workflows": (self.workflow,),
            "rules": OPEN_GATES if self.only else (),
            "guards": self.guards,
        }
        self.causes = sorted({c for m in self.workflow.moves for c in m.causes})

    # --- acts -------------------------------------------------------------------------

    def ask(self, cycle: ReviewCycle | str, act: Act, by: str) -> bool:
        """Do an act if it may be done; whatever `can` says, the act does."""
        given: dict[str, Any] = {"by": by, "at": self.now, **self.options}
        held = self.model
        verdict = can(held, cycle, act, **given)
        said = None
        try:
            model = perform(held, cycle, act, why="It is time", **given)
        except RefusedError as error:
            said = error.verdict
        assert said == (None if verdict else verdict)
        if not verdict:
            SEEN["refused"] += 1
            return False
        self.model = model
        self.done.append(_Done(cycle, act, by, self.now))
        SEEN[act.name] += 1
        return True

    def put(self, *elements: Element) -> None:
        """Let the model change beside the review."""
        self.model = self.model.with_(*elements)
        self.done.append(elements)

    def begin_another(self, *, by: str, agenda: bool) -> None:
        """Open another review, whatever goes on."""
        self.count += 1
        cycle = ReviewCycle(
            id=ReviewCycleId(f"review-{self.count}"),
            name=f"Review {self.count}",
            workflow=self.workflow.name,
            agenda=AGENDA.id if agenda else None,
        )
        going = self.going()
        if self.ask(cycle, OpenReview(), by):
            assert going is None
            self.current = cycle.id
            self.nothing_is_lost(cycle.id)

    def move(self, *, event: int, cause: int, by: str) -> None:
        """Let any event happen, possible or not, for any cause."""
        if self.current is None:
            self.begin_another(by=by, agenda=bool(event % 2))
            return
        events = (*self.workflow.table.events, "opne")
        causes: tuple[tuple[str, ...], ...] = ((), *((c,) for c in self.causes), ("x",))
        chosen = causes[cause % len(causes)]
        self.fire(Fire(event=events[event % len(events)], causes=chosen), by)

    def go_on(self, *, which: int, tidy: bool) -> None:
        """Make a move that leads on from where the review stands, or open the next."""
        cycle = self.going()
        if cycle is None:
            self.begin_another(by=SPONSOR, agenda=tidy)
            return
        if tidy:
            self.dispose(which)
            self.find_it_again()
        moves = [
            planned.move
            for planned in self.workflow.table.moves_at(self.position(cycle))
            if planned.move.target
            or planned.move.event in ("unblock", "resume", "cancel")
        ]
        for move in moves[which % len(moves) :][:1]:
            self.fire(Fire(event=move.event, causes=move.causes), SPONSOR)

    def fire(self, act: Fire, by: str) -> None:
        here = self.passes()
        cycle = self.cycle()
        if self.ask(cycle.id, act, by):
            self.passes_grow(here)
            if self.cycle().status is CycleStatus.CLOSED:
                self.all_is_settled()
            elif self.cycle().status is CycleStatus.CANCELED:
                self.no_action_is_homeless()

    # --- what happens beside ----------------------------------------------------------

    def beside(self, *, what: int, which: int, yes: bool) -> None:
        """Let something happen that is no act, so that acts are most of the steps."""
        if what == 0:
            self.now += timedelta(days=7 * which)
        elif what == 1:
            self.raise_a_signal()
        elif what == 2:
            self.settle(canceled=yes, which=which)
        elif self.going():
            (self.decide, self.decide, self.lose_something, self.dispose)[what - 3](
                which
            )

    def decide(self, _: int) -> None:
        self.count += 1
        decision = Decision(
            id=DecisionId(f"decision-{self.count}"),
            statement="We do it",
            cycle=self.current,
            at=self.now.date(),
        )
        action = ImprovementAction(
            id=ImprovementActionId(f"action-{self.count}"),
            statement="Do it",
            decision=decision.id,
            opened=self.now.date(),
        )
        self.put(decision, action)

    def raise_a_signal(self) -> None:
        self.count += 1
        ref = DriftSignalId(f"signal-{self.count}")
        self.put(DriftSignal(id=ref, indicator="Off course", at=self.now.date()))

    def settle(self, *, canceled: bool, which: int) -> None:
        open_ones = [
            each
            for each in self.model.of(ImprovementAction)
            if each.status is not ActionStatus.CANCELED
        ]
        for each in open_ones[which : which + 1]:
            done = ActionStatus.CANCELED if canceled else ActionStatus.DONE
            self.put(evolve(each, status=done))

    def dispose(self, which: int) -> None:
        done = Disposition.DEFERRED if which % 2 else Disposition.CONSIDERED
        until = date(2030, 1, 1) if which % 2 else None
        self.put(
            *(
                evolve(item, disposition=done, deferred_to=until)
                for item in self.model.of(AgendaItem)
                if item.cycle == self.current and item.disposition is None
            )
        )

    def lose_something(self, which: int) -> None:
        """Take something out of what was carried over; it must not end so."""
        for made in self.model.of(Artifact):
            if made.cycle == self.current and made.view == "carry-over":
                covers = made.covers[:which] + made.covers[which + 1 :]
                self.put(evolve(made, covers=covers))
        for item in self.model.of(AgendaItem):
            if item.cycle == self.current and item.notes and which == 0:
                self.put(evolve(item, code="other", title="Something else"))

    def find_it_again(self) -> None:
        """Mend the carry-over, and the agenda of what was deferred."""
        cycle, ids = self.cycle(), NewIds(self.model)
        view = self.view()
        self.put(
            *TakingOver.of(view, cycle, self.workflow, ids).elements(),
            *(
                AgendaItem(
                    id=AgendaItemId(ids.of("item", f"again-{item.id}")),
                    title=item.title,
                    code=item.code,
                    cycle=cycle.id,
                )
                for item in map(self.model.find, sorted(carried(view, cycle)))
                if isinstance(item, AgendaItem)
            ),
        )

    # --- what must hold ---------------------------------------------------------------

    def going(self) -> ReviewCycle | None:
        """Return the review that is not over, if there is one."""
        cycle = self.cycle() if self.current else None
        return None if cycle is None or cycle.status in STAYING else cycle

    def cycle(self) -> ReviewCycle:
        return self.model.get(ReviewCycle, self.current or "")

    def position(self, cycle: ReviewCycle) -> Position:
        return Position(cycle.stage, cycle.status)

    def view(self) -> RuleView:
        return RuleView(model=self.model, on=self.now.date(), cycle=self.cycle())

    def passes(self) -> Mapping[str, StageRun]:
        return {run.id: run for run in self.model.of(StageRun)}

    def passes_grow(self, before: Mapping[str, StageRun]) -> None:
        """Assert that earlier passes stay readable, and that a new one is the next."""
        now = self.passes()
        assert before.keys() <= now.keys()
        for ref, run in before.items():
            assert evolve(now[ref], status=run.status, left=run.left) == run
        news = [now[ref] for ref in now.keys() - before.keys()]
        assert len(news) <= 1
        for run in news:
            earlier = [
                each.pass_number
                for each in before.values()
                if (each.cycle, each.stage) == (run.cycle, run.stage)
            ]
            assert run.pass_number == max(earlier, default=0) + 1
            assert self.cycle().pass_number == run.pass_number
            assert run.status is RunStatus.IN_PROGRESS

    def nothing_is_lost(self, ref: str) -> None:
        """Assert that all that the review before left open was taken over."""
        cycle, view = self.model.get(ReviewCycle, ref), self.view()
        closed = [
            each
            for each in self.model.of(ReviewCycle)
            if each.status is CycleStatus.CLOSED
        ]
        if not closed:
            assert cycle.previous is None
            return
        last = max(closed, key=lambda each: int(each.id.rpartition("-")[2]))
        assert cycle.previous == last.id
        begin = begin_of(view, cycle) or self.now.date()
        left = {each.id for each in left_open(view, last, begin)}
        SEEN["carried over"] += len(left)
        assert left <= carried(view, cycle)
        items = self.model.of(AgendaItem)
        deferred = {each.code or each.title for each in items if each.id in left}
        told = {each.code or each.title for each in items if each.cycle == cycle.id}
        assert deferred <= told

    def all_is_settled(self) -> None:
        """Assert that nothing is open at the end but what the next review is told."""
        SEEN["closed"] += 1
        cycle, view = self.cycle(), self.view()
        own = [each for each in self.model.of(AgendaItem) if each.cycle == cycle.id]
        assert all(each.disposition for each in own)
        self.nothing_is_lost_of(cycle, view)
        tomorrow = self.now.date() + timedelta(days=1)
        left = {each.id for each in left_open(view, cycle, tomorrow)}
        for action in self.model.of(ImprovementAction):
            assert action.status is ActionStatus.CANCELED or action.id in left

    def no_action_is_homeless(self) -> None:
        """Assert that no action is left open by a review that is canceled."""
        for action in self.model.of(ImprovementAction):
            decision = self.model.get(Decision, action.decision or "")
            assert decision.cycle != self.current or action.status in SETTLED

    def nothing_is_lost_of(self, cycle: ReviewCycle, view: RuleView) -> None:
        before = self.model.find(cycle.previous or "")
        if isinstance(before, ReviewCycle):
            begin = begin_of(view, cycle) or self.now.date()
            left = {each.id for each in left_open(view, before, begin)}
            assert left <= carried(view, cycle)

    def holds(self) -> None:
        """Assert what has to hold after each step."""
        SEEN["steps"] += 1
        self.the_runs_are_in_order()
        self.a_review_stands_where_its_last_pass_is()

    def the_runs_are_in_order(self) -> None:
        if self.only and self.current:
            assert list(stage_runs(self.view())) == []

    def a_review_stands_where_its_last_pass_is(self) -> None:
        cycle = self.going() if self.current else None
        if cycle is None or cycle.stage is None:
            return
        going = {RunStatus.IN_PROGRESS, RunStatus.BLOCKED}
        here = [run for run in self.passes().values() if run.cycle == cycle.id]
        assert [run.stage for run in here if run.status in going] == [cycle.stage]

    def replayed(self) -> None:
        """Do the same on a store: its commits lead to the same model."""
        SEEN["walks"] += 1
        at = [NOON]
        store = MemoryStore()
        with Workspace(store=store, clock=lambda: at[0]) as ws:
            with ws.edit("s", by=SPONSOR, why="Begin", create=True) as d:
                d.become(START)
            for each in self.done:
                if isinstance(each, _Done):
                    at[0] = each.at
                    self.done_again(ws, each)
                else:
                    with ws.edit("s", by=SPONSOR, why="Beside") as d:
                        d.become(d.model.with_(*each))
            commits = tuple(store.read("s"))
            assert ws.model("s") == self.model
        SEEN["commits"] += len(commits)
        assert fold(commits) == self.model
        assert len(commits) > sum(isinstance(each, _Done) for each in self.done)

    def done_again(self, ws: Workspace, each: _Done) -> None:
        told: Any = {"by": each.by, "why": "It is time"}
        if isinstance(each.cycle, ReviewCycle):
            ws.open_review("s", each.cycle, **told, **self.options)
        else:
            ws.review("s", each.cycle, **self.options).perform(each.act, **told)


class WalkOfFourStages(Walk):
    """The same through the four stages, whose passes a rule judges besides."""

    only = FOUR_STAGES


def walked(machine: type[Walk], examples: int = EXAMPLES, steps: int = STEPS) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(
        which=st.integers(0, WORKFLOWS - 1),
        taken=st.lists(machine.steps, min_size=steps, max_size=steps),
    )
    def walk(which: int, taken: list[Step]) -> None:
        here = machine(which)
        for name, given_to_it in taken:
            getattr(here, name)(**given_to_it)
            here.holds()
        here.replayed()

    walk()


def test_walks_through_random_workflows_lose_nothing() -> None:
    SEEN.clear()
    walked(Walk)
    print(dict(SEEN))  # noqa: T201 - what the walks came by
    assert SEEN["walks"] >= EXAMPLES
    assert SEEN["steps"] >= EXAMPLES * STEPS
    for what in ("closed", "carried over", "correct", "cancel", "refused"):
        assert SEEN[what] > EXAMPLES // 30, what


def test_walks_through_the_four_stages_keep_them_in_order() -> None:
    SEEN.clear()
    walked(WalkOfFourStages, EXAMPLES // 5)
    print(dict(SEEN))  # noqa: T201 - as above
    assert SEEN["steps"] >= EXAMPLES // 5 * STEPS
    for what in ("complete", "correct"):
        assert SEEN[what] > EXAMPLES // 10, what


# --- engines that do wrong, which a walk has to notice --------------------------------


class WalkWithoutGuard(Walk):
    """The same where nobody asks at the end what was carried over."""

    guards = MappingProxyType(dict.fromkeys(("carry_over_kept",), lambda _: ()))


class WalkThatForgetsActions(Walk):
    """The same where nobody asks for the actions of a review that is canceled."""

    guards = MappingProxyType(dict.fromkeys(("actions_rehomed",), lambda _: ()))


def loses_the_carry_over(patch: pytest.MonkeyPatch) -> None:
    every = TakingOver.elements
    patch.setattr(TakingOver, "elements", lambda self: list(every(self))[1:])


def does_not_count_passes(patch: pytest.MonkeyPatch) -> None:
    entered = moving_module._entered
    patch.setattr(
        moving_module,
        "_entered",
        lambda *given: evolve(entered(*given), pass_number=1),
    )


def decides_otherwise_each_time(patch: pytest.MonkeyPatch) -> None:
    entered, times = moving_module._entered, count()
    patch.setattr(
        moving_module,
        "_entered",
        lambda *given: evolve(entered(*given), reason=f"For the {next(times)}th time"),
    )


def leaves_passes_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moving_module, "_runs_left", lambda *_: ())


TWINS: Final = {
    each.__name__: each
    for each in (
        loses_the_carry_over,
        does_not_count_passes,
        decides_otherwise_each_time,
        leaves_passes_open,
    )
}


@pytest.mark.parametrize("twin", TWINS)
def test_a_walk_notices_an_engine_that(
    twin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    TWINS[twin](monkeypatch)
    with pytest.raises(AssertionError):
        walked(Walk)


@pytest.mark.parametrize("walk", [WalkWithoutGuard, WalkThatForgetsActions])
def test_a_walk_notices_what_no_guard_asks(walk: type[Walk]) -> None:
    with pytest.raises(AssertionError):
        walked(walk)
