"""What keeps an artifact from being approved, or reaffirmed, by somebody now."""

from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.opaque import Opaque
from missionkit.domain.review import Approval, Artifact, ArtifactStatus
from missionkit.issue import Code, Refusal, RefusalKind
from missionkit.markup import shown
from missionkit.review import codes
from missionkit.review.act import Asked
from missionkit.review.subject import (
    approvals_needed,
    not_reached,
    of_another,
)
from missionkit.rules.facts.approvals import (
    approvals_in,
    approvals_that_count,
    standing_that_counts,
    why_doubtful,
)
from missionkit.trace.approvals import ApprovalState, order_of

_ERASED: Final = (
    "it was erased: remove it from the model, or name in `covers` what is to be shown"
)
_DOUBTFUL = frozenset({ApprovalState.STALE, ApprovalState.UNKNOWN})


def not_to_approve(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield every reason why the actor may not approve an artifact as it is now."""
    yield from _always(asked, artifact)
    given = approvals_that_count(asked.view, artifact)
    enough = len(given) >= approvals_needed(asked, artifact.stage)
    if artifact.status is ArtifactStatus.SUBMITTED:
        if not enough:
            yield from _approved_already(asked, artifact, given)
        return
    if artifact.status is not ArtifactStatus.APPROVED:
        yield _status(asked, artifact, "submit it first")
        return
    yield from _approved_already(asked, artifact, given)
    standing = standing_that_counts(asked.view, artifact)
    if standing.state in _DOUBTFUL:
        word = "stale" if standing.state is ApprovalState.STALE else "in doubt"
        said = f"is {word}: {why_doubtful(standing)}"
        yield _refused(asked, artifact, codes.TO_REAFFIRM, said)
    elif enough:
        said = "has all the approvals that it needs"
        yield _refused(asked, artifact, codes.NOTHING_STALE, said)


def not_to_reaffirm(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield every reason why the actor may not reaffirm an artifact."""
    yield from _always(asked, artifact)
    if artifact.status is not ArtifactStatus.APPROVED:
        yield _status(asked, artifact, "approve it once it is submitted")
        return
    standing = standing_that_counts(asked.view, artifact)
    if standing.state in _DOUBTFUL:
        return
    given = approvals_that_count(asked.view, artifact)
    yield from _approved_already(asked, artifact, given)
    if len(given) >= approvals_needed(asked, artifact.stage):
        said = "says what was approved"
        yield _refused(asked, artifact, codes.NOTHING_STALE, said)
    elif not _approved_before(asked, artifact):
        said = "is not stale; it needs one approval more"
        yield _refused(asked, artifact, codes.TO_APPROVE, said)


def _always(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    yield from of_another(asked, artifact)
    yield from not_reached(asked, artifact)
    yield from _own(asked, artifact)
    yield from _before_the_last(asked, artifact)
    yield from _unreadable(asked, artifact)


def _own(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of somebody who approves what is their own."""
    relations = {"wrote": artifact.author, "submitted": artifact.submitter}
    done = [word for word, party in relations.items() if party == asked.by.id]
    if done:
        issue = codes.OWN_ARTIFACT.issue(
            f"{asked.view.named(asked.by.id)} {' and '.join(done)}"
            f" {asked.view.titled(artifact)}.",
            ref=artifact.id,
            path="author" if done[0] == "wrote" else "submitter",
            value=asked.by.id,
        )
        yield Refusal(RefusalKind.ROLE, issue)


def _approved_already(
    asked: Asked, artifact: Artifact, given: tuple[Approval, ...]
) -> Iterator[Refusal]:
    for each in given:
        if each.party == asked.by.id:
            issue = codes.APPROVED_ALREADY.issue(
                f"{asked.view.named(asked.by.id)} approved"
                f" {asked.view.titled(artifact)} on {each.at.date()} already, and that"
                " stands.",
                ref=artifact.id,
                value=each.id,
            )
            yield Refusal(RefusalKind.ROLE, issue)


def _approved_before(asked: Asked, artifact: Artifact) -> bool:
    given = approvals_in(asked.view).by_artifact.get(artifact.id, ())
    return any(each.party == asked.by.id for each in given)


def _before_the_last(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of an instant before that of an approval that is there."""
    given = asked.view.referring(Approval, "artifact").get(artifact.id, ())
    last = max(given, key=order_of, default=None)
    if last is not None and asked.at < last.at:
        issue = codes.BEFORE_THE_LAST.issue(
            f"{asked.view.named(artifact)} was approved after that, on"
            f" {last.at.date()}.",
            ref=artifact.id,
            path="at",
            value=asked.at,
            fix="give the day on which it is done, or correct that of approval"
            f" {shown(last.id)}",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _unreadable(asked: Asked, artifact: Artifact) -> Iterator[Refusal]:
    """Yield the refusal of what shows, or is made from, what nobody can read here."""
    seen = approvals_in(asked.view).seen(artifact, None, asked.at)
    unknown = [ref for ref in seen if asked.model.digest(ref) is None]
    if unknown:
        many = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
        issue = codes.NOT_READABLE.issue(
            f"{asked.view.named(artifact)} shows {asked.view.titled(unknown[0])}{many},"
            " which cannot be read here.",
            ref=artifact.id,
            value=", ".join(unknown),
            fix=_ERASED if _is_erased(asked, unknown) else "",
        )
        yield Refusal(RefusalKind.EVENT, issue)


def _is_erased(asked: Asked, refs: Iterable[str]) -> bool:
    held = (asked.model.find(ref) for ref in refs)
    return all(isinstance(each, Opaque) and each.erased for each in held)


def _status(asked: Asked, artifact: Artifact, fix: str) -> Refusal:
    superseded = artifact.status is ArtifactStatus.SUPERSEDED
    issue = codes.NOT_SUBMITTED.issue(
        f"{asked.view.named(artifact)} is {artifact.status}.",
        ref=artifact.id,
        path="status",
        value=artifact.status,
        fix="approve what took its place" if superseded else fix,
    )
    return Refusal(RefusalKind.EVENT, issue)


def _refused(asked: Asked, artifact: Artifact, code: Code, said: str) -> Refusal:
    issue = code.issue(f"{asked.view.named(artifact)} {said}.", ref=artifact.id)
    return Refusal(RefusalKind.EVENT, issue)
