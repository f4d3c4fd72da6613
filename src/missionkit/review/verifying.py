"""An action that was done is verified, by somebody who does not answer for it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element, value
from missionkit.domain.history import Actor
from missionkit.domain.ids import ImprovementActionId, PartyId
from missionkit.domain.model import Model
from missionkit.domain.review import (
    ActionStatus,
    Evidence,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.role import RoleKind
from missionkit.domain.stages import ReviewAct
from missionkit.issue import Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.engine import performed
from missionkit.review.looking_up import (
    absent,
    evidence_of,
    not_due,
    ref_of,
    refused_ids,
    supporting,
)
from missionkit.review.setting import Settings
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.players import assigned, handed_over


@frozen(kw_only=True)
@value
class VerifyAction(Act):
    """Somebody looked whether an action that was done had its effect."""

    name: ClassVar[str] = ReviewAct.VERIFY_ACTION.value
    action: ImprovementActionId
    effective: bool
    evidence: tuple[Evidence, ...]

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the action as it is then."""
        action = asked.view.by_id(ImprovementAction).get(self.action)
        refusals = (
            *asked.refused_status(ReviewAct.VERIFY_ACTION),
            *asked.refused_role(ReviewAct.VERIFY_ACTION),
            *asked.refused_party(),
            *absent(asked, self.action, "action", ImprovementAction),
            *(own_action(action, asked) if action else ()),
            *(not_due(action, (ActionStatus.DONE,)) if action else ()),
            *self._without_evidence(),
            *refused_ids(asked, self.evidence),
        )
        return Plan(lambda: self._made(asked), refusals)

    def _without_evidence(self) -> Iterator[Refusal]:
        if not self.evidence:
            issue = codes.NO_EVIDENCE.issue(
                "There is no evidence of what came of it.",
                ref=self.action,
                path="evidence",
            )
            yield Refusal(RefusalKind.EVENT, issue)

    def _made(self, asked: Asked) -> Iterable[Element]:
        action = asked.model.get(ImprovementAction, self.action)
        refs = (*action.evidence, *(each.id for each in self.evidence))
        yield evolve(
            action,
            status=ActionStatus.VERIFIED
            if self.effective
            else ActionStatus.INEFFECTIVE,
            closed=action.closed or asked.day,
            evidence=tuple(dict.fromkeys(refs)),
            verified_by=PartyId(asked.by.id),
        )
        yield from supporting(self.evidence, action.id)


def own_action(action: ImprovementAction, asked: Asked) -> Iterator[Refusal]:
    """Yield the refusal of an actor who verifies what they answer for themselves.

    It counts who owns the action on the day, and who did on the day when it was done,
    if only in the morning; where that is not known, whoever ever did.
    """
    if asked.by.id in _owners(action, asked):
        issue = codes.OWN_ACTION.issue(
            f"{shown(asked.by.id)} answers for this action, or did.",
            ref=action.id,
            path="verified_by",
            value=asked.by.id,
        )
        yield Refusal(RefusalKind.ROLE, issue)


def _owners(action: ImprovementAction, asked: Asked) -> frozenset[str]:
    given = assigned(asked.view, RoleKind.OWNER).get(action.id, ())
    if action.closed is None:
        return frozenset(str(each.party) for each in given)
    days = (action.closed, asked.day)
    held = (e for e in given if any(holds(e.period, day) for day in days))
    gave = (handed_over(asked.view, action.id, day) for day in days)
    return frozenset(str(each.party) for each in held).union(*gave)


def verify_action(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    action: ImprovementAction | str,
    *,
    effective: bool,
    evidence: Iterable[Evidence | str],
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model in which an action that was done is verified, or ineffective.

    *evidence* is new, or named by the ids of what is there.

    Raises:
        RefusedError: it may not be verified; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review, or no such evidence.
    """
    return performed(
        model,
        cycle,
        lambda: VerifyAction(
            action=ref_of(action),
            effective=effective,
            evidence=evidence_of(model, evidence),
        ),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )
