"""What an act is: asked with who, when and why; planned once, answered or done."""

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Final, Protocol, TypeGuard

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import CycleStatus, ReviewCycle, RunStatus, StageRun
from missionkit.domain.stages import ReviewAct
from missionkit.domain.stepping import Position, lacking
from missionkit.domain.workflow import Workflow
from missionkit.errors import InvalidValueError, ModelError, RefusedError
from missionkit.issue import Issue, Refusal, RefusalKind, Verdict, did_you_mean
from missionkit.markup import shown
from missionkit.ports.rule import RuleView
from missionkit.review import codes
from missionkit.review.new_ids import NewIds
from missionkit.review.possible import POSSIBLE
from missionkit.review.roles import roles_of
from missionkit.review.setting import Setting

Make = Callable[[], Iterable[Element]]


@frozen(kw_only=True)
class Asked:
    """An act that somebody wants to do in a review, and by what it is judged."""

    model: Model
    cycle: ReviewCycle
    workflow: Workflow
    by: Actor
    at: datetime
    why: str
    setting: Setting

    @property
    def day(self) -> date:
        """The day of the act, in UTC."""
        return self.at.date()

    @cached_property
    def view(self) -> RuleView:
        """The model as rules see it on the day of the act."""
        return RuleView(
            model=self.model, on=self.day, cycle=self.cycle, workflow=self.workflow
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that the actor has in the review on the day."""
        return roles_of(self.view, self.cycle, self.by)

    @cached_property
    def runs(self) -> tuple[StageRun, ...]:
        """The passes of the review through its stages, in no order."""
        return self.view.referring(StageRun, "cycle").get(self.cycle.id, ())

    def new_ids(self, *taken: Container[str]) -> NewIds:
        """Return ids for what the act makes, of which none was ever used."""
        return NewIds(self.model, self.setting.used, *taken)

    def newest_run(self, stage: str | None) -> StageRun | None:
        """Return the last pass through a stage, if there was one."""
        found = (run for run in self.runs if run.stage == stage)
        return max(found, key=lambda run: run.pass_number, default=None)

    @property
    def position(self) -> Position:
        """Where the review stands."""
        run = self.newest_run(self.cycle.stage)
        blocked = run is not None and run.status is RunStatus.BLOCKED
        before = CycleStatus.BLOCKED if blocked else CycleStatus.ACTIVE
        return Position(self.cycle.stage, self.cycle.status, before)

    def refused_role(self, act: ReviewAct, stage: str | None = None) -> list[Refusal]:
        """Return the refusal of an act for which the actor has no role, if so."""
        wanted = self.workflow.may(act, stage)
        if self.workflow.open_to_all or not self.roles.isdisjoint(wanted):
            return []
        issue = lacking(_words(act), wanted, self.roles)
        return [Refusal(RefusalKind.ROLE, evolve(issue, ref=self.cycle.id))]

    def refused_status(self, act: ReviewAct) -> list[Refusal]:
        """Return the refusal of an act that the review's status excludes, if so."""
        status, possible = self.cycle.status, POSSIBLE[act]
        if status in possible:
            return []
        issue = codes.NOT_IN_STATUS.issue(
            f"{_words(act)} is not possible in a review that is {status}.",
            ref=self.cycle.id,
            path="status",
            value=status,
            fix=f"it is possible in one that is {' or '.join(possible)}",
        )
        return [Refusal(RefusalKind.STAGE, issue)]

    def refused_party(self) -> list[Refusal]:
        """Return the refusal of an actor who is no party of the model, if so."""
        if isinstance(self.model.find(self.by.id), Party):
            return []
        issue = codes.NO_PARTY.issue(
            f"{shown(self.by.id)} is no party of the model.",
            path="by",
            value=self.by.id,
            fix=did_you_mean(self.by.id, [p.id for p in self.view.of(Party)]),
        )
        return [Refusal(RefusalKind.ROLE, issue)]


@frozen
class Plan:
    """What an act meets with, and how what it makes is made."""

    make: Make
    refusals: tuple[Refusal, ...] = ()
    waived: tuple[Issue, ...] = ()


class Act(Protocol):
    """Something to be done in a review."""

    @property
    def name(self) -> str:
        """The event, or the act, as workflows call it."""
        ...

    def plan(self, asked: Asked, /) -> Plan:
        """Return what stands against it, and what it makes; nothing is done yet."""
        ...


class FindsWorkflow(Act, Protocol):
    """An act that is judged by another workflow than the one of the review."""

    def workflow(self, cycle: ReviewCycle, setting: Setting, /) -> Workflow | Refusal:
        """Return the workflow to judge it by, or why there is none."""
        ...


def finds_workflow(act: object) -> TypeGuard[FindsWorkflow]:
    """Return whether an act says itself by which workflow it is judged."""
    return callable(getattr(act, "workflow", None))


def _words(act: ReviewAct) -> str:
    return str(act).replace("_", " ")


NOTHING: Final[tuple[Element, ...]] = ()


def refused(refusals: Iterable[Refusal]) -> Plan:
    """Return the plan of an act that is refused."""
    return Plan(lambda: NOTHING, tuple(refusals))


def outcome(act: Act, asked: Asked) -> tuple[Verdict, Model]:
    """Return whether an act may be done, and the model after it, or as it was."""
    plan = act.plan(asked)
    if plan.refusals:
        return Verdict(
            allowed=False, refusals=plan.refusals, waived=plan.waived
        ), asked.model
    try:
        made = tuple(plan.make())
        model = asked.model.with_(*made)
    except (InvalidValueError, ModelError) as error:
        refusals = tuple(Refusal(RefusalKind.EVENT, issue) for issue in error.issues)
        return Verdict(allowed=False, refusals=refusals), asked.model
    refusals = tuple(_used_before(asked, made))
    if refusals:
        return Verdict(allowed=False, refusals=refusals), asked.model
    return Verdict(allowed=True, waived=plan.waived), model


def _used_before(asked: Asked, made: Iterable[Element]) -> Iterator[Refusal]:
    """Yield the refusal of each new element whose id was that of another one."""
    for each in made:
        if each.id in asked.setting.used and each.id not in asked.model:
            issue = codes.ID_TAKEN.issue(
                f"The id {shown(each.id)} was that of something that was removed.",
                ref=each.id,
                path="id",
                value=each.id,
            )
            yield Refusal(RefusalKind.EVENT, issue)


def done(act: Act, asked: Asked) -> Model:
    """Return the model after an act, or raise `RefusedError` with the verdict."""
    verdict, model = outcome(act, asked)
    if not verdict:
        raise RefusedError(verdict)
    return model
