"""What acts about an artifact ask: that it is there, and belongs to the review."""

from collections.abc import Iterator

from missionkit.domain.review import Artifact, RunStatus
from missionkit.domain.stages import Move, ReviewAct
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Asked

_LEFT = frozenset({RunStatus.NOT_STARTED, RunStatus.SUPERSEDED})


def artifact_of(asked: Asked, ref: object) -> Artifact | Issue:
    """Return the artifact with an id, or the issue that there is none."""
    found = asked.model.find(ref) if isinstance(ref, str) else None
    if isinstance(found, Artifact):
        return found
    known = [each.id for each in asked.view.of(Artifact)]
    return codes.NOT_THERE.issue(
        f"There is no artifact {shown(ref)}.",
        path="artifact",
        value=ref,
        fix=did_you_mean(ref, known) if isinstance(ref, str) else "",
    )


def refused_actor(asked: Asked, act: ReviewAct, stage: str | None) -> list[Refusal]:
    """Return what stands against an act whatever it is about."""
    return [
        *asked.refused_party(),
        *asked.refused_status(act),
        *asked.refused_role(act, stage),
    ]


def of_another(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of an artifact that another review made, or none."""
    if artifact.cycle != asked.cycle.id:
        made = "by no review" if artifact.cycle is None else f"by {artifact.cycle}"
        issue = codes.OF_ANOTHER.issue(
            f"{asked.view.named(artifact)} is made {made}.",
            ref=artifact.id,
            path="cycle",
            value=artifact.cycle,
        )
        yield Refusal(RefusalKind.EVENT, issue)


def not_reached(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of what belongs to a stage that is still to come, or to none.

    A stage that a correction undid is to come again.
    """
    stage = artifact.stage
    run = asked.newest_run(stage)
    if stage is not None and stage == asked.cycle.stage:
        return
    if stage is None or run is None or run.status in _LEFT:
        place = f"stage {shown(stage)}" if stage else "no stage"
        issue = codes.STAGE_TO_COME.issue(
            f"{asked.view.named(artifact)} is of {place}, and the review is in"
            f" {shown(asked.cycle.stage)}.",
            ref=artifact.id,
            path="stage",
            value=stage,
        )
        yield Refusal(RefusalKind.STAGE, issue)


def approvals_needed(asked: Asked, stage: str | None) -> int:
    """Return how many approvals an artifact of a stage needs, as its moves ask."""
    moves = (move for move in asked.workflow.moves if _leaves(move, stage))
    return max((move.approvals for move in moves), default=1) or 1


def _leaves(move: Move, stage: str | None) -> bool:
    return move.source in (stage, None) and move.target not in (stage, None)
