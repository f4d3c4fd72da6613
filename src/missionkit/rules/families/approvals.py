"""Whether what was approved, and what was found right, still says what it said."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.review import (
    Affirmation,
    Approval,
    Artifact,
    ArtifactStatus,
    ReviewCycle,
)
from missionkit.domain.stages import STAYING
from missionkit.issue import Issue
from missionkit.markup import shortened, shown
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import structure, tracing
from missionkit.rules.facts.approvals import standing_of
from missionkit.trace.approvals import ApprovalStanding, ApprovalState
from missionkit.trace.standing import Standing, State, affirmed_links

_BRIEF: Final = 40


def changed_after_approval(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each approved artifact that changed since its last approval.

    Itself, what it shows and what it was made from are looked at. An artifact that is
    said to be approved, but has no approval in a model that keeps approvals, is an
    issue as well; of one that was approved only after the day nothing is said.
    """
    unknown, unkept = [], []
    for artifact in view.of(Artifact):
        if artifact.status is not ArtifactStatus.APPROVED:
            continue
        found = standing_of(view, artifact)
        if found.state is ApprovalState.STALE:
            if not _is_history(view, artifact, found):
                yield _stale(view, artifact, found)
        elif found.state is ApprovalState.UNKNOWN:
            unknown.append(artifact.id)
        elif found.state is ApprovalState.NOT_APPROVED:
            if not view.of(Approval):
                unkept.append(artifact.id)
            elif artifact.id not in view.referring(Approval, "artifact"):
                yield _unapproved(view, artifact)
    code = structure.CHANGED_AFTER_APPROVAL.code
    if unknown:
        why = "what was approved is not all pinned, or cannot be read here"
        yield NotJudged(code, why, tuple(unknown))
    if unkept:
        yield NotJudged(code, "the model keeps no approvals", tuple(unkept))


def _is_history(view: RuleView, artifact: Artifact, found: ApprovalStanding) -> bool:
    """Return whether a review that is over approved what only its subject outgrew.

    Later reviews change what it showed; what it recorded itself may not change.
    """
    cycle = view.by_id(ReviewCycle).get(artifact.cycle or "")
    over = cycle is not None and cycle.status in STAYING
    recorded = found.approval is not None and found.approval.pass_number is not None
    return over and recorded and artifact.id not in found.changed


def _stale(view: RuleView, artifact: Artifact, found: ApprovalStanding) -> Issue:
    day = found.approval.at.date() if found.approval else ""
    return structure.CHANGED_AFTER_APPROVAL.issue(
        f"{view.named(artifact)} was approved on {day}; {_said(view, found)}.",
        ref=artifact.id,
        path=_path_to(artifact, found),
        value=", ".join(found.differs),
    )


def _said(view: RuleView, found: ApprovalStanding) -> str:
    told = (
        (found.changed, "changed", "changed"),
        (found.added, "was added", "were added"),
        (found.removed, "was removed", "were removed"),
    )
    parts = [
        f"{_which(view, refs, found)} {one if len(refs) == 1 else many}"
        for refs, one, many in told
        if refs
    ]
    said = [f"{', '.join(parts)} since"] if parts else []
    if found.passed:
        said.append("the pass of its stage in which that was done was undone")
    return "; ".join(said)


def _which(view: RuleView, refs: Sequence[str], found: ApprovalStanding) -> str:
    """Return what is not as it was, by the first title; what is gone by its id."""
    first, *others = refs
    if first == found.artifact:
        which = "it"
    elif first in found.removed:
        which = shown(first)
    else:
        which = shown(shortened(view.model.title(first), _BRIEF))
    return f"{which} and {len(others)} more" if others else which


def _path_to(artifact: Artifact, found: ApprovalStanding) -> str:
    """Return where an artifact names what is not as it was; nothing for itself."""
    first = next(iter(found.differs), "")
    for name, refs in (("covers", artifact.covers), ("inputs", artifact.inputs)):
        for index, each in enumerate(refs):
            if each == first:
                return f"{name}[{index}]"
    return "view" if first in found.added else ""


def _unapproved(view: RuleView, artifact: Artifact) -> Issue:
    return structure.CHANGED_AFTER_APPROVAL.issue(
        f"{view.named(artifact)} says it is approved, but no approval of it is kept.",
        ref=artifact.id,
        path="status",
        value=artifact.status,
        fix="record who approved it and when, or set its status back",
    )


def suspect_links(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each link whose target changed since it was affirmed.

    What was affirmed only after the day does not count on it.
    """
    unknown = []
    for link in affirmed_links(view.model, on=view.on):
        if link.state is State.SUSPECT:
            yield _suspect(view, link)
        elif link.state is State.NOT_JUDGED:
            unknown.append(link.holder)
    if unknown:
        why = "what the link leads to cannot be read here"
        refs = tuple(dict.fromkeys(unknown))
        yield NotJudged(tracing.SUSPECT_LINK.code, why, refs)


def _suspect(view: RuleView, link: Standing) -> Issue:
    affirmation = view.by_id(Affirmation)[link.affirmation or ""]
    return tracing.SUSPECT_LINK.issue(
        f"{view.named(link.holder)} leads to {link.target!r}, changed since"
        f" affirmed on {affirmation.on}.",
        ref=link.holder,
        path=link.path,
        value=link.target,
    )


RULES: Final = (
    RuleEntry(rule=changed_after_approval, codes=(structure.CHANGED_AFTER_APPROVAL,)),
    RuleEntry(rule=suspect_links, codes=(tracing.SUSPECT_LINK,)),
)
