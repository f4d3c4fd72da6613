"""Gates ask what became of the last review: whether it is done, and was read."""

from collections.abc import Iterable, Iterator
from typing import Final

from missionkit.domain.review import (
    AgendaItem,
    Artifact,
    ArtifactStatus,
    ConclusionKind,
    CycleStatus,
    Disposition,
    Evidence,
    ReviewCycle,
)
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import understand as codes
from missionkit.rules.facts.approvals import (
    how_to_approve,
    not_approved,
    standing_that_counts,
)
from missionkit.rules.facts.conclusions import concluded, conclusions
from missionkit.rules.facts.cycles import last_closed, was_closed
from missionkit.rules.facts.slips import slip

REPORT: Final = "strategic-review-report"
_ISSUED: Final = frozenset({ArtifactStatus.SUBMITTED, ArtifactStatus.APPROVED})


def last_review(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where the review does not go on from one that is done.

    That one is closed, and somebody approved its report who neither wrote nor
    submitted it, and had a role that may approve. What the report was made from may
    have changed since then, the report itself may not. Only where none was closed
    before it can a review be the first.
    """
    cycle = view.review
    first = concluded(view, ConclusionKind.FIRST_CYCLE, on=cycle.id)
    if first and cycle.previous is None:
        yield from _not_first(view, cycle)
        return
    previous = view.by_id(ReviewCycle).get(cycle.previous or "")
    if cycle.previous is None:
        yield codes.NOTHING_TO_START_FROM.issue(
            f"{view.named(cycle)} names no review before it.",
            ref=cycle.id,
            path="previous",
            fix="fill `previous`, or record a conclusion of the kind first_cycle on it",
        )
    elif previous is None:
        why = "the review before it cannot be read here"
        yield NotJudged(codes.NOTHING_TO_START_FROM.code, why, (cycle.id,))
    elif previous.status is CycleStatus.CANCELED:
        yield from _canceled(view, previous)
    else:
        yield from _not_closed(view, previous)
        yield from _not_reported(view, previous)


def _not_first(view: RuleView, cycle: ReviewCycle) -> Iterator[Judgment]:
    earlier = last_closed(view, cycle)
    if earlier is not None:
        yield codes.NOTHING_TO_START_FROM.issue(
            f"{view.named(cycle)} is not the first: {view.titled(earlier)} was closed"
            " before it.",
            ref=cycle.id,
            path="previous",
            value=earlier.id,
            fix=f"fill `previous` with {earlier.id}",
        )


def _canceled(view: RuleView, previous: ReviewCycle) -> Iterator[Judgment]:
    set_back = was_closed(view, previous)
    said = "was closed, and set to canceled since" if set_back else "was canceled"
    yield codes.NOTHING_TO_START_FROM.issue(
        f"{view.named(view.review)} follows a review that {said}.",
        ref=view.review.id,
        path="previous",
        value=previous.id,
        fix="set its `status` back to closed"
        if set_back
        else "name the last review that was closed, if there is one",
    )


def _not_closed(view: RuleView, previous: ReviewCycle) -> Iterator[Judgment]:
    if previous.status is not CycleStatus.CLOSED:
        yield codes.NOTHING_TO_START_FROM.issue(
            f"{view.named(previous)} is not closed, but {previous.status}.",
            ref=previous.id,
            path="status",
            value=previous.status,
            fix="close this review before the next one begins",
        )


def _not_reported(view: RuleView, previous: ReviewCycle) -> Iterator[Judgment]:
    made = view.referring(Artifact, "cycle").get(previous.id, ())
    reports = reports_of(made)
    if not reports:
        views = {each.view: str(each.id) for each in made if each.view}
        yield codes.NOTHING_TO_START_FROM.issue(
            f"{view.named(previous)} has no strategic review report.",
            ref=previous.id,
            fix=f"{slip(REPORT, views)}add an artifact with the view '{REPORT}'",
        )
        return
    doubts = [tuple(_doubts(view, report)) for report in reports]
    if all(doubts):
        yield from doubts[-1]


def reports_of(made: Iterable[Artifact]) -> list[Artifact]:
    """Return the reports among what a review made, without those that were replaced."""
    return [
        each
        for each in made
        if (each.view or "").casefold() == REPORT
        and each.status is not ArtifactStatus.SUPERSEDED
    ]


def _doubts(view: RuleView, report: Artifact) -> Iterator[Judgment]:
    standing = standing_that_counts(view, report)
    if standing.approval is not None and report.id in standing.unknown:
        why = "its approval does not say what the report was then"
        yield NotJudged(codes.NOTHING_TO_START_FROM.code, why, (report.id,))
    elif standing.approval is None or report.id in standing.changed:
        changed = standing.approval is not None
        lacking = f"is {not_approved(view, report)}"
        said = "has changed since it was approved" if changed else lacking
        yield codes.NOTHING_TO_START_FROM.issue(
            f"{view.named(report)} {said}.",
            ref=report.id,
            fix=how_to_approve(view, report),
        )


def report_not_read(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where nothing in this review names the report of the last one.

    It is named by an artifact of this review that was submitted or approved, such as
    the carry-over, and covers it or is made from it; by a conclusion on it; or by the
    evidence of an agenda item that was considered. A draft acknowledges nothing.
    """
    cycle = view.review
    first = concluded(view, ConclusionKind.FIRST_CYCLE, on=cycle.id)
    reports = reports_of(
        view.referring(Artifact, "cycle").get(cycle.previous or "", ())
    )
    if not reports and not first:
        why = "no report of a review before it is known"
        yield NotJudged(codes.REPORT_NOT_READ.code, why, (cycle.id,))
    named = frozenset(_named_in(view, cycle))
    if reports and named.isdisjoint(each.id for each in reports):
        yield codes.REPORT_NOT_READ.issue(
            f"{view.named(cycle)} does not name the report of the last one.",
            ref=cycle.id,
            value=reports[-1].id,
            fix=f"name {reports[-1].id} in what the review carries over, or conclude"
            " something on it",
        )


def _named_in(view: RuleView, cycle: ReviewCycle) -> Iterator[str]:
    """Yield what a review has taken note of."""
    for made in view.referring(Artifact, "cycle").get(cycle.id, ()):
        if made.status in _ISSUED:
            yield from (*made.covers, *made.inputs)
    for said in conclusions(view):
        if said.on and said.cycle == cycle.id:
            yield said.on
    evidence = view.by_id(Evidence)
    for item in view.referring(AgendaItem, "cycle").get(cycle.id, ()):
        if item.disposition not in (None, Disposition.DEFERRED):
            for ref in item.evidence:
                yield from evidence[ref].supports if ref in evidence else ()
