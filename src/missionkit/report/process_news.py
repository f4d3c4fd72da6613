"""What a review has to hear of processes: complaints, problems, care that lapsed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from missionkit.domain.care import Feedback, Investigation
from missionkit.domain.process import Process
from missionkit.domain.values import Cadence, Unit
from missionkit.processes.care import care_overview
from missionkit.processes.currency import CareState
from missionkit.processes.release import is_used
from missionkit.report.blocks import Heading
from missionkit.report.document_view import DocumentView, day_or, lacking, table
from missionkit.report.inline import Faint, Fixed, Inline, Mark, Tone, Written
from missionkit.rules.facts.answered import follows, is_answered

_A_YEAR: Final = Cadence(1, Unit.YEAR)


def process_news(view: DocumentView) -> Iterator[Written]:
    """Yield what customers said, what was looked into, and what was not kept up.

    Feedback is that of the review's period, or of a year where there is none. Of
    investigations those from before are listed, too, as long as nothing follows.
    """
    parts: Sequence[tuple[str, tuple[str, ...], list[tuple[Inline, ...]], Inline]] = (
        (
            "What customers said",
            ("Process", "Day", "From", "Satisfaction", "What was said", "Answered"),
            [_said(view, each) for each in _feedback(view)],
            "No feedback is recorded.",
        ),
        (
            "What was looked into",
            ("Process", "Day", "Problem", "Cause", "What follows"),
            [_found(view, each) for each in _investigations(view)],
            Faint("No problem was looked into."),
        ),
        (
            "What was not kept up",
            ("Process", "Function", "Last", "Was due"),
            list(_lapsed(view)),
            Faint("No function of process management has lapsed."),
        ),
    )
    for title, head, rows, none in parts:
        yield Heading(title)
        yield from table(head, rows, none)


def _since(view: DocumentView) -> date:
    period = view.review.period if view.review else None
    begin = period.start if period else None
    return begin or _A_YEAR.after(view.on, -1)


def _feedback(view: DocumentView) -> list[Feedback]:
    """Return the feedback to be heard, the worst first."""
    held = [
        each
        for each in view.model.of(Feedback)
        if each.on is None or _since(view) <= each.on <= view.on
    ]
    return sorted(held, key=lambda each: (each.satisfaction or 0, each.id))


def _said(view: DocumentView, each: Feedback) -> tuple[Inline, ...]:
    bad = each.satisfaction is not None and each.satisfaction < 0
    return (
        _process(view, each.process),
        day_or(each.on, "no day"),
        view.title(each.stakeholder) if each.stakeholder else Faint("not said"),
        _satisfaction(each, bad=bad),
        each.statement,
        _answer(bad=bad, answered=is_answered(view.facts, each)),
    )


def _satisfaction(each: Feedback, *, bad: bool) -> Inline:
    if each.satisfaction is None:
        return Faint("not said")
    if each.satisfaction == 0:
        return "0"
    return Mark(f"{each.satisfaction:+}", Tone.BAD if bad else Tone.GOOD)


def _answer(*, bad: bool, answered: bool) -> Inline:
    if not bad:
        return Faint("no complaint")
    return "yes" if answered else lacking("no")


def _investigations(view: DocumentView) -> list[Investigation]:
    """Return what was looked into lately, and what nothing has followed from."""
    return [
        each
        for each in view.model.of(Investigation)
        if (each.on is None or each.on <= view.on)
        and (
            each.on is None
            or each.on >= _since(view)
            or each.cause is None
            or not follows(view.facts, each)
        )
    ]


def _found(view: DocumentView, each: Investigation) -> tuple[Inline, ...]:
    return (
        _process(view, each.process),
        day_or(each.on, "no day"),
        each.problem,
        each.cause or lacking("not known"),
        "is done or decided" if follows(view.facts, each) else lacking("nothing yet"),
    )


def _lapsed(view: DocumentView) -> Iterator[tuple[Inline, ...]]:
    """Yield what has lapsed for processes by which work is done, as rules judge it."""
    overview = care_overview(view.model, on=view.on)
    known = view.facts.by_id(Process)
    for process, each in overview.of(CareState.LAPSED):
        if not is_used(known[process], view.on):
            continue
        due = Fixed(str(each.due))
        words = each.function.replace("_", " ")
        yield view.title(process), words, Fixed(str(each.last)), due


def _process(view: DocumentView, ref: str | None) -> Inline:
    return view.title(ref) if ref else lacking("no process")
