"""Approving: somebody stands by what a stage made; reaffirming: they still do."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.history import Actor
from missionkit.domain.ids import ApprovalId, PartyId
from missionkit.domain.model import Model
from missionkit.domain.review import Approval, Artifact, ArtifactStatus, ReviewCycle
from missionkit.domain.stages import ReviewAct
from missionkit.domain.views import view_named
from missionkit.issue import Issue, Refusal, RefusalKind
from missionkit.review.act import Act, Asked, Plan, refused
from missionkit.review.engine import perform
from missionkit.review.fitting import not_to_approve, not_to_reaffirm
from missionkit.review.setting import Settings
from missionkit.review.subject import (
    approvals_needed,
    artifact_of,
    refused_actor,
)
from missionkit.rules.facts.approvals import approvals_that_count
from missionkit.trace.approvals import pins_of


@frozen(kw_only=True)
class Approve(Act):
    """An artifact that somebody approves, or its id."""

    name: ClassVar[str] = ReviewAct.APPROVE.value

    artifact: Artifact | str

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the approval that it makes."""
        artifact, actor = _subject(asked, self.artifact, ReviewAct.APPROVE)
        if artifact is None:
            return refused(actor)
        against = tuple(not_to_approve(asked, artifact))
        return Plan(lambda: _approved(asked, artifact), (*actor, *against))


@frozen(kw_only=True)
class Reaffirm(Act):
    """An artifact of which somebody says that it still holds, or its id."""

    name: ClassVar[str] = ReviewAct.REAFFIRM.value

    artifact: Artifact | str

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the approval that it makes."""
        artifact, actor = _subject(asked, self.artifact, ReviewAct.REAFFIRM)
        if artifact is None:
            return refused(actor)
        against = tuple(not_to_reaffirm(asked, artifact))
        return Plan(lambda: (_approval(asked, artifact),), (*actor, *against))


def approve(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    artifact: Artifact | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model after somebody approved what was submitted.

    The approval pins what the artifact says and shows now, and what it was made from.
    The artifact is approved once as many parties approved it as a move out of its
    stage asks for; nobody approves what they wrote or submitted.

    Raises:
        RefusedError: it may not be done; the verdict says why.
        InvalidValueError: there is no model, actor, instant or reason.
        NotFoundError: there is no such review.
    """
    act = Approve(artifact=artifact)
    return perform(model, cycle, act, by=by, at=at, why=why, **settings)


def reaffirm(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    artifact: Artifact | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model after somebody looked again at what is stale, and stands by it.

    The earlier approvals stay; the new one pins what is now.

    Raises:
        RefusedError: it may not be done, or nothing is stale; the verdict says why.
        InvalidValueError: there is no model, actor, instant or reason.
        NotFoundError: there is no such review.
    """
    act = Reaffirm(artifact=artifact)
    return perform(model, cycle, act, by=by, at=at, why=why, **settings)


def _subject(
    asked: Asked, given: Artifact | str, act: ReviewAct
) -> tuple[Artifact | None, list[Refusal]]:
    """Return the artifact as it is held, if it is, and what stands against the actor.

    What is given in its place only names it: nobody approves what is not in the model.
    """
    found = artifact_of(asked, given.id if isinstance(given, Artifact) else given)
    if isinstance(found, Issue):
        actor = refused_actor(asked, act, asked.cycle.stage)
        return None, [*actor, Refusal(RefusalKind.EVENT, found)]
    return found, refused_actor(asked, act, found.stage)


def _approved(asked: Asked, artifact: Artifact) -> Iterator[Element]:
    yield _approval(asked, artifact)
    parties = {each.party for each in approvals_that_count(asked.view, artifact)}
    parties.add(PartyId(asked.by.id))
    if len(parties) >= approvals_needed(asked, artifact.stage):
        yield evolve(artifact, status=ArtifactStatus.APPROVED)


def _approval(asked: Asked, artifact: Artifact) -> Approval:
    view, run = view_named(artifact.view), asked.newest_run(artifact.stage)
    name = f"approval-of-{artifact.id}"
    return Approval(
        id=ApprovalId(asked.new_ids().of("approval", name)),
        artifact=artifact.id,
        party=PartyId(asked.by.id),
        at=asked.at,
        digests=pins_of(asked.model, artifact, at=asked.at),
        view_version=view.version if view else None,
        pass_number=run.pass_number if run else asked.cycle.pass_number,
        why=asked.why,
    )
