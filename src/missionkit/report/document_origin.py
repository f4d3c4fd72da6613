"""Where a document comes from and goes to, and whether somebody approved it."""

from collections.abc import Iterator, Sequence
from typing import Final

from missionkit.domain.four_stages import FOUR_STAGES
from missionkit.domain.process import Process
from missionkit.domain.review import Artifact, ArtifactStatus
from missionkit.domain.stages import Stage
from missionkit.report.blocks import Grid, Paragraph, Section
from missionkit.report.document_view import DocumentView, lacking, said_or
from missionkit.report.inline import Faint, Inline, Mark, Strong, Tone
from missionkit.report.wording import some
from missionkit.rules.facts.approvals import standing_that_counts
from missionkit.trace.approvals import (
    ApprovalStanding,
    ApprovalState,
)

_MOST: Final = 5
_TONES: Final = {
    ApprovalState.APPROVED: Tone.GOOD,
    ApprovalState.STALE: Tone.BAD,
    ApprovalState.NOT_APPROVED: Tone.WARN,
    ApprovalState.UNKNOWN: Tone.WARN,
}


def about(view: DocumentView, key: str, consumers: Sequence[str]) -> Section:
    """Return where a document comes from, whom it goes to, and who approved it."""
    rows: list[tuple[Inline, ...]] = [
        (Strong("Goes to"), ", ".join(_consumers(view, consumers))),
        (Strong("Made in"), _stage(key)),
        (Strong("Review"), _review(view)),
        *_recorded(view, key),
    ]
    unnamed = "People are not named in this document: ids stand for them."
    note = () if view.people else (Paragraph(Faint(unnamed)),)
    return Section(
        title="About this document",
        id="about",
        blocks=(Grid(("", "What is recorded"), rows), *note),
    )


def _consumers(view: DocumentView, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        stage = FOUR_STAGES.stage(key)
        if stage is not None:
            yield f"the stage “{stage.label}”"
        elif isinstance(view.model.find(key), Process):
            yield view.title(key)
        else:
            yield key.replace("-", " ")


def _stage(key: str) -> Inline:
    stages = [stage for stage in FOUR_STAGES.stages if _makes(stage, key)]
    return "; ".join(stage.label for stage in stages)


def _makes(stage: Stage, key: str) -> bool:
    return any(output.view == key for output in stage.outputs)


def _review(view: DocumentView) -> Inline:
    if view.review is None:
        return lacking("no review is recorded")
    return f"{view.review.name} ({view.review.status})"


def _recorded(view: DocumentView, key: str) -> Iterator[tuple[Inline, ...]]:
    """Yield how the artifact stands that the model holds for the document."""
    made = _artifact(view, key)
    if made is None:
        yield Strong("Approved"), lacking("no: it is not recorded as an artifact")
        return
    standing = standing_that_counts(view.facts, made)
    author = view.title(made.author) if made.author else ""
    yield Strong("Recorded as"), f"{made.title} ({made.status})"
    yield Strong("Kept at"), said_or(made.locator, "no place is recorded")
    yield Strong("Written by"), said_or(author, "no author is recorded")
    yield Strong("Approved"), _approved(view, standing)


def _artifact(view: DocumentView, key: str) -> Artifact | None:
    ref = view.review.id if view.review else None
    made = [
        each
        for each in view.model.of(Artifact)
        if each.view == key
        and each.cycle == ref
        and each.status is not ArtifactStatus.SUPERSEDED
    ]
    return made[-1] if made else None


def _approved(view: DocumentView, standing: ApprovalStanding) -> Inline:
    mark = Mark(standing.state, _TONES[standing.state])
    given = standing.approval
    if given is None:
        return mark
    who = f", by {view.title(given.party)} on {given.at.date().isoformat()}"
    differs = [view.title(ref) for ref in standing.differs]
    changed = f"; since then changed: {some(differs, _MOST)}" if differs else ""
    undone = "; its pass of the stage was undone" if standing.passed else ""
    return (mark, f"{who}{changed}{undone}")
