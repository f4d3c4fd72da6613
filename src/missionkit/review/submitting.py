"""Submitting: somebody hands in what a stage made, so that others can approve it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Unpack

from attrs import evolve, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.history import Actor
from missionkit.domain.ids import PartyId
from missionkit.domain.model import Model
from missionkit.domain.review import Artifact, ArtifactStatus, ReviewCycle
from missionkit.domain.stages import ReviewAct
from missionkit.domain.views import VIEWS, view_named
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Act, Asked, Plan, refused
from missionkit.review.engine import perform
from missionkit.review.setting import Settings
from missionkit.review.subject import artifact_of, of_another, refused_actor
from missionkit.rules.facts.approvals import standing_that_counts
from missionkit.trace.approvals import ApprovalState


@frozen(kw_only=True)
class Submit(Act):
    """An artifact to be handed in: a new one, a changed one, or the id of one."""

    name: ClassVar[str] = ReviewAct.SUBMIT.value

    artifact: Artifact | str

    def plan(self, asked: Asked) -> Plan:
        """Return what stands against it, and the artifact as it is submitted."""
        actor = refused_actor(asked, ReviewAct.SUBMIT, asked.cycle.stage)
        given = self.artifact
        if not isinstance(given, Artifact):
            found = artifact_of(asked, given)
            if isinstance(found, Issue):
                return refused([*actor, Refusal(RefusalKind.EVENT, found)])
            given = found
        made = evolve(
            given,
            cycle=given.cycle or asked.cycle.id,
            stage=given.stage or asked.cycle.stage,
            submitter=PartyId(asked.by.id),
            status=ArtifactStatus.SUBMITTED,
        )
        against = tuple(_against(asked, given, made))
        return Plan(lambda: _submitted(made), (*actor, *against))


def submit(  # noqa: PLR0913 - all that is told of an act, by keyword
    model: Model,
    cycle: ReviewCycle | str,
    artifact: Artifact | str,
    *,
    by: str | Actor,
    at: datetime,
    why: str,
    **settings: Unpack[Settings],
) -> Model:
    """Return the model after somebody handed in what the current stage made.

    *artifact* is a new one, a changed one in place of that with its id, or the id of
    one. What was approved before stays readable; it has to be approved anew.

    Raises:
        RefusedError: it may not be done; the verdict says why.
        InvalidValueError: there is no model, actor, instant or reason.
        NotFoundError: there is no such review.
    """
    act = Submit(artifact=artifact)
    return perform(model, cycle, act, by=by, at=at, why=why, **settings)


def _submitted(made: Artifact) -> Iterable[Element]:
    return (made,)


def _against(asked: Asked, given: Artifact, made: Artifact) -> Iterator[Refusal]:
    held = asked.model.find(made.id)
    before = held if isinstance(held, Artifact) else None
    yield from of_another(asked, made)
    if before is not None and before.cycle not in (None, made.cycle):
        yield from of_another(asked, before)
    yield from _not_current(asked, made, before)
    if ArtifactStatus.SUPERSEDED in (given.status, before and before.status):
        issue = codes.NOT_SUBMITTED.issue(
            f"{asked.view.named(given)} is superseded.",
            ref=made.id,
            path="status",
            value=ArtifactStatus.SUPERSEDED,
            fix="submit what took its place",
        )
        yield Refusal(RefusalKind.EVENT, issue)
    elif before is not None:
        yield from _as_before(asked, made, before)
    yield from _shows_nothing(made)


def _not_current(
    asked: Asked, made: Artifact, before: Artifact | None
) -> Iterator[Refusal]:
    stages = (made.stage, before.stage if before else None)
    for stage in dict.fromkeys(each for each in stages if each):
        if stage != asked.cycle.stage:
            issue = codes.NOT_CURRENT.issue(
                f"{asked.view.named(made)} is of stage {shown(stage)}, and the review"
                f" is in {shown(asked.cycle.stage)}.",
                ref=made.id,
                path="stage",
                value=stage,
            )
            yield Refusal(RefusalKind.STAGE, issue)


def _as_before(asked: Asked, made: Artifact, before: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of what is handed in, or approved, just as it is."""
    if digest_of(made) != asked.model.digest(before.id):
        return
    said = ""
    if before.status is ArtifactStatus.SUBMITTED and before.submitter == made.submitter:
        said = "is submitted already, as it is now"
    elif before.status is ArtifactStatus.APPROVED:
        standing = standing_that_counts(asked.view, before)
        if standing.state is ApprovalState.APPROVED:
            said = "is approved, and nothing changed since"
    if said:
        issue = codes.SUBMITTED_ALREADY.issue(
            f"{asked.view.named(made)} {said}.",
            ref=made.id,
            path="status",
            value=before.status,
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _shows_nothing(made: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of a view that nobody knows, where nothing else is shown."""
    elsewhere = made.covers or made.inputs or made.text or made.locator
    if made.view is not None and view_named(made.view) is None and not elsewhere:
        issue = codes.SHOWS_NOTHING.issue(
            f"There is no view {shown(made.view)}.",
            ref=made.id,
            path="view",
            value=made.view,
            fix=did_you_mean(made.view, [view.key for view in VIEWS]),
        )
        yield Refusal(RefusalKind.EVENT, issue)
