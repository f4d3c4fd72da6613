"""What acts about an artifact ask: that it is there, and belongs to the review."""

from collections.abc import Iterator

from missionkit.domain.review import Approval, Artifact, RunStatus
from missionkit.domain.stages import Move, ReviewAct
from missionkit.issue import Issue, Refusal, RefusalKind, did_you_mean
from missionkit.markup import shown
from missionkit.ports.rule import RuleView
from missionkit.review import codes
from missionkit.review.act import Asked
from missionkit.review.roles import players_of
from missionkit.rules.facts.approvals import approvals_in

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


def approvals_that_count(asked: Asked, artifact: Artifact) -> tuple[Approval, ...]:
    """Return the approvals of an artifact that stand, by parties who might give them.

    They are neither author nor submitter, and had on that day a role that may approve.
    """
    standing = approvals_in(asked.view).that_stand(artifact)
    if asked.workflow.open_to_all:
        return standing
    may = frozenset(
        role
        for act in (ReviewAct.APPROVE, ReviewAct.REAFFIRM)
        for role in asked.workflow.may(act, artifact.stage)
    )
    return tuple(each for each in standing if _had_role(asked, each, may))


def _had_role(asked: Asked, approval: Approval, may: frozenset[str]) -> bool:
    then = RuleView(model=asked.model, on=approval.at.date(), cycle=asked.cycle)
    players = players_of(then, asked.cycle, also_left=True)
    return any(approval.party in players.get(role, ()) for role in may)


def approvals_needed(asked: Asked, stage: str | None) -> int:
    """Return how many approvals an artifact of a stage needs, as its moves ask."""
    moves = (move for move in asked.workflow.moves if _leaves(move, stage))
    return max((move.approvals for move in moves), default=1) or 1


def _leaves(move: Move, stage: str | None) -> bool:
    return move.source in (stage, None) and move.target not in (stage, None)
