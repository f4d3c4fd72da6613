"""Gates ask whether what a stage of a review made is approved, and still the same."""

from collections.abc import Iterator

from missionkit.domain.review import Artifact, ArtifactStatus
from missionkit.issue import Code
from missionkit.markup import shown
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.facts.approvals import (
    how_to_approve,
    not_approved,
    standing_that_counts,
    why_stale,
)
from missionkit.trace.approvals import ApprovalStanding, ApprovalState


def stage_approved(gate: Code, stage: str) -> RuleEntry:
    """Return the rule of a gate: what the review made in *stage* is approved still.

    What was superseded is not asked for. A stage of which nothing is left has made
    nothing that the next one could build on. An approval counts by a party that is
    neither author nor submitter, and had on that day a role that may approve in the
    review's workflow.
    """

    def rule(view: RuleView) -> Iterator[Judgment]:
        made = _made(view, stage)
        if not made:
            yield gate.issue(
                f"{view.named(view.review)} has no artifact of stage {stage!r}.",
                ref=view.review.id,
                fix=f"add what stage {stage!r} made, and have it approved",
            )
        unknown = []
        for artifact in made:
            standing = standing_that_counts(view, artifact)
            if standing.state is ApprovalState.UNKNOWN:
                unknown.append(artifact.id)
            yield from _doubts(view, gate, artifact, standing)
        if unknown:
            why = "not all of what their approval pins can be compared with what is now"
            yield NotJudged(gate.code, why, tuple(unknown))

    rule.__qualname__ = f"stage_approved {gate.code}"
    return RuleEntry(rule=rule, codes=(gate,), needs_cycle=True, on_request=True)


def _made(view: RuleView, stage: str) -> list[Artifact]:
    return [
        made
        for made in view.referring(Artifact, "cycle").get(view.review.id, ())
        if made.stage == stage and made.status is not ArtifactStatus.SUPERSEDED
    ]


def _doubts(
    view: RuleView, gate: Code, artifact: Artifact, standing: ApprovalStanding
) -> Iterator[Judgment]:
    if standing.state is ApprovalState.NOT_APPROVED:
        yield gate.issue(
            f"{view.named(artifact)} is {not_approved(view, artifact)}.",
            ref=artifact.id,
            fix=how_to_approve(view, artifact),
        )
    elif artifact.status is not ArtifactStatus.APPROVED:
        yield gate.issue(
            f"{view.named(artifact)} was approved, and set back since.",
            ref=artifact.id,
            path="status",
            value=artifact.status,
            fix="finish it, and have it approved anew",
        )
    elif standing.state is ApprovalState.STALE:
        yield gate.issue(
            f"{view.named(artifact)} is stale: {why_stale(standing)}.",
            ref=artifact.id,
            value=", ".join(standing.differs),
            fix=f"look at {_what(view, standing)} again, and reaffirm the approval",
        )


def _what(view: RuleView, standing: ApprovalStanding) -> str:
    """Return what is to be looked at again; what is gone has only its id left."""
    first, *more = standing.differs or (standing.artifact,)
    others = f" and {len(more)} more" if more else ""
    return (
        f"{shown(first) if first in standing.removed else view.titled(first)}{others}"
    )
