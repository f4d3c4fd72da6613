"""How a review's state is told: entries under headings, as text and as HTML."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from missionkit.domain.review import Decision, StageRun
from missionkit.issue import Issue
from missionkit.markup import Html, join, one_line, table, tag
from missionkit.review.ahead import NextMove, Part, Permitted
from missionkit.review.following import (
    ActionStanding,
    AgendaPoint,
    ArtifactStanding,
    CarriedOver,
)
from missionkit.review.passing import MANY, Correction, Loop

Title: TypeAlias = Callable[[str], str]
"""Gives the text that names an element, by its id."""


@frozen
class Entry:
    """One thing that is told, with what is to be said of it."""

    said: str
    more: tuple[str, ...] = ()


@frozen
class Chapter:
    """Entries under a heading; one without entries is left out."""

    heading: str
    entries: tuple[Entry, ...]


def as_text(head: Iterable[str], chapters: Iterable[Chapter]) -> str:
    """Return the head and the chapters as lines."""
    lines = list(map(one_line, head))
    for chapter in chapters:
        if chapter.entries:
            lines += ["", chapter.heading]
        for entry in chapter.entries:
            lines.append(f"  {one_line(entry.said)}")
            lines += [f"      {one_line(each)}" for each in entry.more]
    return "\n".join(lines)


def as_html(head: Iterable[str], chapters: Iterable[Chapter]) -> Html:
    """Return the head and the chapters as tables; every text is escaped."""
    first = join(tag("p", each) for each in head)
    tables = (
        table(
            (chapter.heading, ""),
            [
                (each.said, join(tag("p", said) for said in each.more))
                for each in chapter.entries
            ],
        )
        for chapter in chapters
        if chapter.entries
    )
    return join((first, *tables))


def moves_told(moves: Iterable[NextMove], title: Title) -> Iterator[Entry]:
    """Yield each move: where it leads, what stands in its way, who may make it."""
    for each in moves:
        causes = f" ({' or '.join(each.move.causes)})" if each.move.causes else ""
        yield Entry(
            f"{each.move.event}{causes} {_where(each)}: {_stands(each)}",
            (
                *(f"✕ {_issue(issue)}" for issue in each.issues),
                *(f"△ {waived}" for waived in each.waived),
                _by(each.who, title, anyone=each.anyone),
            ),
        )


def _where(each: NextMove) -> str:
    if each.move.target:
        return f"→ {each.target}"
    return f"→ {each.move.then}" if each.move.then else "→ as before"


def _stands(each: NextMove) -> str:
    count = len(each.refusals)
    if each.open and each.nobody:
        return "nobody plays a role that may make it"
    also = f", {len(each.waived)} waived" if each.waived else ""
    return f"{f'{count} in the way' if count else 'nothing stands in the way'}{also}"


def _issue(issue: Issue) -> str:
    about = f" {issue.ref}" if issue.ref else ""
    return f"{issue.restates or issue.code}{about}: {mending_told(issue)}"


def mending_told(issue: Issue) -> str:
    """Return what is wrong, and what to do about it, as whole sentences."""
    stop = "" if issue.fix.endswith(("?", ".", "!")) else "."
    fix = f" To mend it: {issue.fix}{stop}" if issue.fix else ""
    return f"{issue.message}{fix}"


def _by(who: Iterable[Part], title: Title, *, anyone: bool) -> str:
    if anyone:
        return "by anybody"
    said = [
        f"{part.role} ({', '.join(map(title, part.parties)) or 'nobody plays it'})"
        for part in who
    ]
    return f"by {', or '.join(said) or 'nobody'}"


def acts_told(acts: Iterable[Permitted], title: Title) -> Iterator[Entry]:
    """Yield who may do what besides."""
    for each in acts:
        said = _by(each.who, title, anyone=each.anyone)
        yield Entry(f"{each.act.replace('_', ' ')}: {said}")


def artifacts_told(
    artifacts: Iterable[ArtifactStanding], title: Title
) -> Iterator[Entry]:
    """Yield what was made, with its approvals and what changed since."""
    for each in artifacts:
        made, standing = each.artifact, each.standing
        where = f"{made.stage}: " if made.stage else ""
        # Where it was set back, its approval counts no longer.
        also = "" if str(standing.state) == str(made.status) else f", {made.status}"
        yield Entry(
            f"{where}{made.title} ({made.id}), {standing.state}{also}",
            tuple(_approvals(each, title)),
        )


def _approvals(each: ArtifactStanding, title: Title) -> Iterator[str]:
    for given in each.approvals:
        why = f": {given.why}" if given.why else ""
        yield f"approved by {title(given.party)} on {given.at.date()}{why}"
    standing = each.standing
    if standing.passed:
        yield "✕ the pass in which it was approved was undone"
    for word, refs in (
        ("✕ changed since", standing.changed),
        ("✕ added since", standing.added),
        ("✕ removed since", standing.removed),
        ("· cannot be compared", standing.unknown),
    ):
        yield from (f"{word}: {named(ref, title)}" for ref in refs)


def named(ref: str, title: Title) -> str:
    """Return an element's title and id; of what is gone the id is left."""
    said = title(ref)
    return ref if said == ref else f"{said} ({ref})"


def passes_told(runs: Iterable[StageRun]) -> Iterator[Entry]:
    """Yield each pass, and when it was."""
    for run in runs:
        entered, left = run.entered or "?", run.left or ""
        status = run.status.replace("_", " ")
        more = (run.reason,) if run.reason else ()
        yield Entry(
            f"{run.stage} {run.pass_number}: {status}, {entered} to {left}".rstrip(),
            more,
        )


def corrections_told(
    corrections: Iterable[Correction], loops: Iterable[Loop]
) -> Iterator[Entry]:
    """Yield where the review went back, and advice where that came too often."""
    for each in corrections:
        day = f" on {each.on}" if each.on else ""
        causes = f": {', '.join(each.causes)}".replace("_", " ") if each.causes else ""
        more = (each.why,) if each.why else ()
        yield Entry(f"{each.source} → {each.target}{day}{causes}", more)
    for loop in loops:
        if loop.many:
            yield Entry(
                f"advice: {loop.times} times from {loop.source} back to {loop.target}",
                (f"{MANY} or more: ask what the earlier stage keeps missing",),
            )


def agenda_told(points: Iterable[AgendaPoint]) -> Iterator[Entry]:
    """Yield what of the agenda is open."""
    for each in points:
        code = f"{each.code}: " if each.code else ""
        yield Entry(f"{code}{each.title}{'' if each.item else ' (no item yet)'}")


def decisions_told(decisions: Iterable[Decision]) -> Iterator[Entry]:
    """Yield what was decided, and why."""
    for each in decisions:
        day = f"{each.at} " if each.at else ""
        more = (each.rationale,) if each.rationale else ()
        yield Entry(f"{day}{each.statement} ({each.id})", more)


def actions_told(actions: Iterable[ActionStanding]) -> Iterator[Entry]:
    """Yield what is still to be done, for how long already, and until when."""
    for each in actions:
        action = each.action
        age = f", {counted(each.days)} old" if each.days is not None else ""
        due = f", due {action.due}" if action.due else ", without a day"
        late = " (late)" if each.late else ""
        status = action.status.replace("_", " ")
        yield Entry(f"{action.statement} ({action.id}): {status}{age}{due}{late}")


def carried_told(carried: Iterable[CarriedOver]) -> Iterator[Entry]:
    """Yield what was taken over, and what of it is done with."""
    for each in carried:
        state = "" if each.open is None else ": open" if each.open else ": settled"
        yield Entry(f"{each.title} ({each.id}){state}")


def counted(days: int) -> str:
    """Return a number of days in words.

    >>> counted(1), counted(30)
    ('1 day', '30 days')
    """
    return f"{days} day{'' if days == 1 else 's'}"
