"""A decision is recorded in a review, with who took it and when."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element, value
from missionkit.domain.history import Actor
from missionkit.domain.ids import PartyId
from missionkit.domain.model import Model
from missionkit.domain.review import Decision, ReviewCycle
from missionkit.domain.stages import ReviewAct
from missionkit.issue import Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan
from missionkit.review.engine import performed
from missionkit.review.setting import Settings


@frozen(kw_only=True)
@value
class Decide(Act):
    """Something is decided in the review."""

    name: ClassVar[str] = ReviewAct.DECIDE.value
    decision: Decision

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against the decision, and the decision."""
        refusals = (
            *asked.refused_status(ReviewAct.DECIDE),
            *asked.refused_role(ReviewAct.DECIDE),
            *asked.refused_party(),
            *_of_another(self.decision, asked),
            *_decided_before(self.decision, asked),
            *_decided_later(self.decision, asked),
        )
        return Plan(lambda: self._made(asked), refusals)

    def _made(self, asked: Asked) -> Iterable[Element]:
        given = self.decision
        yield evolve(
            given,
            cycle=asked.cycle.id,
            at=given.at or asked.day,
            decided_by=given.decided_by or (PartyId(asked.by.id),),
        )


def _of_another(decision: Decision, asked: Asked) -> Iterator[Refusal]:
    if decision.cycle not in (None, asked.cycle.id):
        issue = codes.OF_ANOTHER.issue(
            f"The decision is of the review {shown(decision.cycle)}.",
            ref=decision.id,
            path="cycle",
            value=decision.cycle,
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _decided_before(decision: Decision, asked: Asked) -> Iterator[Refusal]:
    """Yield the refusal of what was decided already; a draft has no review yet."""
    found = asked.model.find(decision.id)
    draft = isinstance(found, Decision) and found.cycle is None
    if found is not None and not draft:
        issue = codes.RECORDED_ALREADY.issue(
            f"{shown(decision.id)} is recorded already.",
            ref=decision.id,
            path="id",
            value=decision.id,
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _decided_later(decision: Decision, asked: Asked) -> Iterator[Refusal]:
    if decision.at is not None and decision.at > asked.day:
        issue = codes.DAY_AMISS.issue(
            f"at is {decision.at}, after the day of the act, {asked.day}.",
            ref=decision.id,
            path="at",
            value=decision.at,
            fix="record it once it was taken, or say in `effective` when it begins",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def decide(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    decision: Decision,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model with a decision of the review.

    Unless it says so itself, it is taken by the actor, on the day of the act.

    Raises:
        RefusedError: it may not be decided; the verdict says why.
        InvalidValueError: an argument is missing or of a wrong type; all are named.
        NotFoundError: there is no such review.
    """
    return performed(
        model,
        cycle,
        lambda: Decide(decision=decision),
        by=by,
        at=at,
        why=why,
        settings=settings,
    )
