"""Whether problems of processes are understood, answered and removed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from missionkit.domain.care import Feedback, Investigation
from missionkit.domain.process import Process
from missionkit.ports.rule import Judgment, LimitSpec, RuleEntry, RuleView
from missionkit.rules.codes import processes as codes
from missionkit.rules.facts.answered import follows, is_answered
from missionkit.trace.lifetime import is_retired

CAUSE: Final = LimitSpec(
    "cause_days", 30, "within how many days the cause of a problem is found"
)
CONSEQUENCE: Final = LimitSpec(
    "consequence_days", 90, "within how many days something follows from a cause"
)
ANSWER: Final = LimitSpec(
    "answer_days", 30, "within how many days a complaint is answered"
)
_LONGEST: Final = 10_000_000


def causes_not_found(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each investigation that has looked for a cause for long."""
    days = view.limit(CAUSE.name)
    for each in view.of(Investigation):
        unknown = each.cause is None and _is_over(view, each.on, days)
        if unknown and not _is_past(view, each.process):
            yield codes.CAUSE_UNKNOWN.issue(
                f"{view.named(each)} has no cause since {each.on}.",
                ref=each.id,
                path="cause",
                value=each.on,
            )


def causes_left_in_place(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each investigation with a cause from which nothing follows.

    What follows is a practice of the process, or a decision or an action that addresses
    the investigation, its process or something that the investigation addresses, since
    it began.
    """
    days = view.limit(CONSEQUENCE.name)
    for each in view.of(Investigation):
        if each.cause is None or not _is_over(view, each.on, days):
            continue
        if _is_past(view, each.process) or follows(view, each):
            continue
        yield codes.NOTHING_FOLLOWS.issue(
            f"{view.named(each)} found a cause, and nothing follows.",
            ref=each.id,
            value=each.on,
        )


def complaints_not_answered(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each feedback below zero that was not answered in time.

    What answers it is an investigation of its process since then, or an investigation,
    a decision or an action that addresses it, or its process.
    """
    days = view.limit(ANSWER.name)
    for each in view.of(Feedback):
        complains = each.satisfaction is not None and each.satisfaction < 0
        if not complains or not _is_over(view, each.on, days):
            continue
        if _is_past(view, each.process) or is_answered(view, each):
            continue
        yield codes.COMPLAINT_NOT_ANSWERED.issue(
            f"{view.named(each)} has had no answer since {each.on}.",
            ref=each.id,
            value=each.satisfaction,
        )


def _is_over(view: RuleView, begun: date | None, days: float) -> bool:
    """Return whether more than some days have passed since one that is known."""
    if begun is None or begun > view.day:
        return False
    return view.day - begun > timedelta(min(days, _LONGEST))


def _is_past(view: RuleView, process: str | None) -> bool:
    found = view.by_id(Process).get(process or "")
    return found is not None and is_retired(found, view.day)


RULES: Final = (
    RuleEntry(
        rule=causes_not_found,
        codes=(codes.CAUSE_UNKNOWN,),
        needs_on=True,
        limits=(CAUSE,),
    ),
    RuleEntry(
        rule=causes_left_in_place,
        codes=(codes.NOTHING_FOLLOWS,),
        needs_on=True,
        limits=(CONSEQUENCE,),
    ),
    RuleEntry(
        rule=complaints_not_answered,
        codes=(codes.COMPLAINT_NOT_ANSWERED,),
        needs_on=True,
        limits=(ANSWER,),
    ),
)
