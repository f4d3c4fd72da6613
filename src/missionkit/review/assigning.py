"""An action is given to an owner, who answers for it from the day on."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Final, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element, proof, value
from missionkit.domain.history import Actor
from missionkit.domain.ids import (
    AnyId,
    ImprovementActionId,
    PartyId,
    RoleAssignmentId,
    RoleId,
)
from missionkit.domain.model import Model
from missionkit.domain.party import Party
from missionkit.domain.review import (
    ActionStatus,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.role import Role, RoleAssignment, RoleKind
from missionkit.domain.stages import ReviewAct
from missionkit.domain.values import Period
from missionkit.issue import Issue, Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.processes.playing import kind_of_role
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.engine import performed
from missionkit.review.looking_up import (
    absent,
    day_amiss,
    not_due,
    ref_of,
)
from missionkit.review.setting import Settings
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import assigned, is_active

ACTION_OWNER: Final = RoleId("action-owner")
"""The role that whoever answers for an action plays on it, unless another is named."""

_TO_BE_DONE: Final = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)
_TO_BE_OWNED: Final = (*_TO_BE_DONE, ActionStatus.INEFFECTIVE)


@frozen(kw_only=True)
@value
class AssignAction(Act):
    """Somebody answers for an action: a *new* one, or one that is there."""

    name: ClassVar[str] = ReviewAct.ASSIGN_ACTION.value
    action: ImprovementActionId | None = None
    new: ImprovementAction | None = None
    owner: PartyId
    role: RoleId = ACTION_OWNER

    @proof("action", "new")
    def _one(self) -> Iterator[Issue]:
        if (self.action is None) == (self.new is None):
            yield codes.NOT_THERE.issue(
                "It takes an action that is there, or a new one.",
                path="action",
                fix="fill either `action` or `new`",
            )

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and who answers for the action then."""
        refusals = (
            *asked.refused_status(ReviewAct.ASSIGN_ACTION),
            *asked.refused_role(ReviewAct.ASSIGN_ACTION),
            *absent(asked, self.owner, "owner", Party),
            *_inactive(self.owner, asked),
            *_no_owner_role(self.role, asked),
            *self._refused_action(asked),
        )
        return Plan(lambda: self._made(asked), refusals)

    def _refused_action(self, asked: Asked) -> Iterator[Refusal]:
        if self.new is not None:
            yield from _known_already(self.new, asked)
            yield from day_amiss(asked, self.new.due, "due")
        yield from absent(asked, self.action, "action", ImprovementAction)
        action = self.new or asked.view.by_id(ImprovementAction).get(self.action or "")
        if action is not None:
            wanted = _TO_BE_DONE if self.new else _TO_BE_OWNED
            yield from not_due(action, wanted)
            yield from _owned_already(action.id, self.owner, asked)

    def _made(self, asked: Asked) -> Iterable[Element]:
        if self.new is not None:
            yield evolve(self.new, opened=self.new.opened or asked.day)
        if self.role not in asked.model:
            yield Role(id=self.role, name="Action owner", kind=RoleKind.OWNER)
        action = self.new.id if self.new else ImprovementActionId(self.action or "")
        yield from self._assigned(action, asked)

    def _assigned(self, action: str, asked: Asked) -> Iterator[RoleAssignment]:
        """Yield who answers for an action from the day on, and until the day before."""
        owners = _owners(action, asked)
        for each in owners:
            if each.party != self.owner:
                yield _ended(each, asked)
        if not any(each.party == self.owner for each in owners):
            ids = asked.new_ids({action, self.role})
            ref = ids.of("role_assignment", f"owner-of-{action}")
            yield RoleAssignment(
                id=RoleAssignmentId(ref),
                role=self.role,
                party=self.owner,
                on=AnyId(action),
                period=Period(start=asked.day),
            )


def _owners(action: str, asked: Asked) -> tuple[RoleAssignment, ...]:
    """Return by what parties own an action from the day on."""
    every = assigned(asked.view, RoleKind.OWNER).get(action, ())
    held = (each for each in every if holds(each.period, asked.day))
    return tuple(e for e in held if e.period is None or e.period.end != asked.day)


def _ended(each: RoleAssignment, asked: Asked) -> RoleAssignment:
    """Return until when somebody answered for an action that is given to another one.

    That is the day before. Who got it only today did so today: it is not forgotten.
    """
    start = each.period.start if each.period else None
    before = date.fromordinal(max(asked.day.toordinal() - 1, date.min.toordinal()))
    last = asked.day if start == asked.day else before
    return evolve(each, period=Period(start=start, end=last))


def _inactive(owner: str, asked: Asked) -> Iterator[Refusal]:
    if not is_active(asked.view, owner):
        issue = codes.NO_PARTY.issue(
            f"{shown(owner)} is no longer active.",
            ref=owner,
            path="owner",
            value=owner,
            fix="give the action to a party that is active",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _no_owner_role(role: str, asked: Asked) -> Iterator[Refusal]:
    found = asked.model.find(role)
    if found is None:
        # The usual one is made where it is missing.
        yield from absent(asked, role, "role", Role) if role != ACTION_OWNER else ()
    elif not (isinstance(found, Role) and kind_of_role(role, found) is RoleKind.OWNER):
        issue = codes.NO_OWNER_ROLE.issue(
            f"{shown(role)} is no role of the kind owner.",
            ref=role,
            path="role",
            value=role,
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _known_already(new: ImprovementAction, asked: Asked) -> Iterator[Refusal]:
    if new.id in asked.model:
        issue = codes.RECORDED_ALREADY.issue(
            f"{shown(new.id)} is recorded already.",
            ref=new.id,
            path="id",
            value=new.id,
            fix="take another id, or name the action that is there by its id",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _owned_already(action: str, owner: str, asked: Asked) -> Iterator[Refusal]:
    owners = {str(each.party) for each in _owners(action, asked)}
    if owners == {owner}:
        issue = codes.RECORDED_ALREADY.issue(
            f"{shown(owner)} answers for this action already.",
            ref=action,
            path="owner",
            value=owner,
            fix="give it to somebody else, or leave it",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _named(model: Model, action: object) -> dict[str, Any]:
    """Return an action by its id where it is there as it is given, else as new."""
    new = isinstance(action, ImprovementAction) and model.find(action.id) != action
    return {"new": action} if new else {"action": ref_of(action)}


def assign_action(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    action: ImprovementAction | str,
    owner: Party | str,
    *,
    role: Role | str = ACTION_OWNER,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model in which somebody answers for an action from the day on.

    *action* is a new one, or the id of one that is there: whoever answered for it does
    so until the day before, or on that day where it was given to them only then. The
    *role* is of the kind owner.

    Raises:
        RefusedError: it may not be assigned; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    return performed(
        model,
        cycle,
        lambda: AssignAction(
            **_named(model, action), owner=ref_of(owner), role=ref_of(role)
        ),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )
