"""Whether what a stage made is approved by as many parties as a move asks for."""

from collections.abc import Iterator

from missionkit.domain.review import Artifact, ArtifactStatus
from missionkit.domain.stepping import Planned
from missionkit.issue import Issue, Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Asked
from missionkit.rules.facts.approvals import (
    approvals_in,
    approvals_that_count,
    standing_that_counts,
    why_doubtful,
)

_HANDED_IN = frozenset({ArtifactStatus.SUBMITTED, ArtifactStatus.APPROVED})


def against(asked: Asked, planned: Planned) -> tuple[Refusal, ...]:
    """Return what a move that asks for approvals meets with.

    Each artifact of the stage that is left, but those that were superseded, needs them:
    approvals that stand, of different parties who are neither author nor submitter and
    had on that day a role that may approve. There must be such an artifact.
    """
    wanted = planned.move.approvals
    issues = _lacking(asked, wanted) if wanted > 0 else ()
    return tuple(Refusal(RefusalKind.GATE, issue) for issue in issues)


def _lacking(asked: Asked, wanted: int) -> Iterator[Issue]:
    stage = asked.cycle.stage
    made = [
        each
        for each in asked.view.referring(Artifact, "cycle").get(asked.cycle.id, ())
        if each.stage == stage and each.status is not ArtifactStatus.SUPERSEDED
    ]
    if not made:
        yield codes.APPROVALS_LACKING.issue(
            f"{asked.view.named(asked.cycle)} has no artifact of stage {shown(stage)}.",
            ref=asked.cycle.id,
            fix=f"submit what stage {shown(stage)} made, and have it approved",
        )
    for artifact in made:
        handed_in = artifact.status in _HANDED_IN
        given = len(approvals_that_count(asked.view, artifact)) if handed_in else 0
        if given < wanted:
            yield _too_few(asked, artifact, given, wanted)


def _too_few(asked: Asked, artifact: Artifact, given: int, wanted: int) -> Issue:
    why = why_doubtful(standing_that_counts(asked.view, artifact))
    handed_in = artifact.status in _HANDED_IN
    standing = approvals_in(asked.view).that_stand(artifact) if handed_in else ()
    if not why and len(standing) > given:
        why = "not all who approved it had a role that may"
    because = f": {why}" if why else ""
    who = "one party" if wanted - given == 1 else f"{wanted - given} parties"
    first = "" if handed_in else "submit it, and "
    return codes.APPROVALS_LACKING.issue(
        f"{asked.view.named(artifact)} has {given or 'none'} of the {wanted} approvals"
        f" that count{because}."
        if wanted > 1
        else f"{asked.view.named(artifact)} has no approval that counts{because}.",
        ref=artifact.id,
        value=f"{given} of {wanted}",
        fix=f"{first}have it approved by {who} more, neither author nor submitter",
    )
