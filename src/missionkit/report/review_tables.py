"""The tables of a review: what can be done next, and what was made."""

from collections.abc import Iterator
from typing import Final

from missionkit.issue import Issue
from missionkit.report.blocks import Bullets, Grid, Heading, Paragraph
from missionkit.report.inline import (
    Coded,
    Faint,
    Fixed,
    Inline,
    Mark,
    Strong,
    Tone,
    Written,
)
from missionkit.report.view import PackView
from missionkit.report.wording import plural
from missionkit.review.ahead import NextMove
from missionkit.review.following import ArtifactStanding
from missionkit.review.state import CycleState
from missionkit.trace.approvals import ApprovalState

MOST: Final = 100
"""How many rows a table of a review has."""


def next_moves(view: PackView, state: CycleState) -> Iterator[Written]:
    """Yield what can be done next, those moves first that lead on."""
    if state.moves:
        yield Heading("What can be done next")
        moves = sorted(state.moves, key=_is_aside)
        rows = [_move(view, state, each) for each in moves]
        yield Grid(("Move", "Leads to", "How it stands", "Who may make it"), rows)
        for each in (move for move in moves if not _is_aside(move) and not move.open):
            yield Paragraph(("Before ", Strong(each.move.event), ":"))
            yield Bullets([_in_the_way(issue) for issue in each.issues[:MOST]])


def _is_aside(each: NextMove) -> bool:
    """Return whether a move does not lead on: those that do come first."""
    return not (each.move.gated and each.move.target)


def _in_the_way(issue: Issue) -> Inline:
    fix = f" — {issue.fix}" if issue.fix else ""
    return issue.message, Faint(fix), " ", Coded(issue.restates or issue.code)


def _move(view: PackView, state: CycleState, each: NextMove) -> tuple[Inline, ...]:
    move = each.move
    causes = " or ".join(cause.replace("_", " ") for cause in move.causes)
    found = state.workflow.stage(move.target) if state.workflow else None
    stays = move.then.value if move.then else "as it was"
    return (
        (Strong(move.event), Faint(f" for {causes}") if causes else ""),
        found.label if found else move.target or stays,
        _standing(each),
        _who(view, each),
    )


def _standing(each: NextMove) -> Inline:
    if each.open and each.nobody:
        return Mark("nobody plays a role for it", Tone.BAD)
    waived = f", {len(each.waived)} waived" if each.waived else ""
    if each.open:
        return Mark(f"nothing in the way{waived}", Tone.WARN if waived else Tone.GOOD)
    codes = dict.fromkeys(issue.restates or issue.code for issue in each.issues)
    shown: list[Inline] = [Coded(code) for code in list(codes)[:3]]
    spaced = tuple(part for code in shown for part in (" ", code))
    more = f" and {len(codes) - 3} more" if len(codes) > 3 else ""  # noqa: PLR2004 - those that were named
    count = plural(len(each.issues), "thing")
    return Mark(f"{count} in the way{waived}", Tone.BAD), *spaced, more


def _who(view: PackView, each: NextMove) -> Inline:
    if each.anyone:
        return "anybody"
    parts = []
    for part in each.who:
        names = ", ".join(map(view.title, part.parties)) if view.people else ""
        role = part.role.replace("_", " ")
        parts.append(f"{role} ({names or 'nobody'})" if view.people else role)
    return " or ".join(parts) or Faint("nobody")


def artifacts(view: PackView, state: CycleState) -> Iterator[Written]:
    """Yield what the review made, and who stands by it."""
    if state.artifacts:
        yield Heading("What the review made, and who stands by it")
        rows = [_artifact(view, each) for each in state.artifacts[:MOST]]
        head = ("Artifact", "Stage", "Standing", "Approved", "What changed since")
        yield Grid(head, rows)


def _artifact(view: PackView, each: ArtifactStanding) -> tuple[Inline, ...]:
    return (
        Strong(each.artifact.title),
        Fixed(each.artifact.stage) if each.artifact.stage else "",
        _approval(each),
        _approved(view, each),
        _changed(view, each),
    )


def _approval(each: ArtifactStanding) -> Inline:
    status, state = each.artifact.status.value, each.standing.state
    if each.approved:
        return Mark("approved", Tone.GOOD)
    if state is ApprovalState.APPROVED:
        return Mark(f"approved once, now {status}", Tone.WARN)
    if state is ApprovalState.NOT_APPROVED:
        return Mark(status, Tone.PLAIN)
    tone = Tone.BAD if each.stale else Tone.WARN
    return Mark("stale" if each.stale else "cannot be compared", tone)


def _approved(view: PackView, each: ArtifactStanding) -> Inline:
    days = [
        (
            Fixed(given.at.date().isoformat()),
            f" by {view.title(given.party)}" if view.people else "",
        )
        for given in each.approvals[-3:]
    ]
    spaced = [part for day in days for part in ("; ", *day)]
    return tuple(spaced[1:]) or Faint("not yet")


def _changed(view: PackView, each: ArtifactStanding) -> Inline:
    found = each.standing
    told = [
        f"{word} {view.named(refs)}"
        for word, refs in (
            ("changed:", found.changed),
            ("added:", found.added),
            ("removed:", found.removed),
            ("cannot be compared:", found.unknown),
        )
        if refs
    ]
    told += ["its pass of the stage was undone"] if found.passed else []
    return "; ".join(told)
