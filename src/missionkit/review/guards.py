"""The guards that missionkit brings along, by name."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from missionkit.domain.review import AgendaItem, Decision, ImprovementAction
from missionkit.issue import Issue
from missionkit.ports.guard import Guard, GuardView
from missionkit.ports.rule import RuleView
from missionkit.review.carry_over import (
    newly_deferred,
    not_taken_over,
    without_item,
)
from missionkit.review.in_turn import passed_over
from missionkit.rules.facts.carry_over import SETTLED


def carry_over_kept(view: GuardView) -> Iterator[Issue]:
    """Yield what would be lost if the review ended now.

    It has to follow the last review of its scope still. What that left open has to be
    taken over. What was deferred has to be on the agenda still, and each item of the
    agenda needs a disposition. What stays open is then left to the next review.
    """
    seen = _seen(view)
    for issue in passed_over(seen, view.cycle):
        yield view.refuse(issue.message, ref=issue.ref, fix=issue.fix)
    for each in not_taken_over(seen, view.cycle):
        yield view.refuse(
            f"{seen.named(each)} was left open by the review before, and this one did"
            " not take it over.",
            ref=each.id,
            fix="name it in `covers` of the carry-over",
        )
    for item in without_item(seen, view.cycle):
        yield view.refuse(
            f"{seen.named(item)} was deferred to this review, and is on its agenda no"
            " longer.",
            ref=item.id,
            fix="add an agenda item about it, and dispose of it",
        )
    for item in seen.referring(AgendaItem, "cycle").get(view.cycle.id, ()):
        if item.disposition is None:
            yield view.refuse(
                f"{seen.named(item)} has no disposition.",
                ref=item.id,
                fix="dispose of it, or defer it to the next review",
            )


def actions_rehomed(view: GuardView) -> Iterator[Issue]:
    """Yield what nobody would ask for once the review is canceled.

    That are actions that follow from its decisions and are not settled, and items of
    its agenda that were deferred. What it took over itself stays with the review before
    it, from which the next one takes it over again.
    """
    seen = _seen(view)
    for item in newly_deferred(seen, view.cycle):
        yield view.refuse(
            f"{seen.named(item)} would be lost: it was deferred to the review after"
            " this one, which asks no review that was canceled.",
            ref=item.id,
            fix="dispose of it in another way",
        )
    following = seen.referring(ImprovementAction, "decision")
    for decision in seen.referring(Decision, "cycle").get(view.cycle.id, ()):
        for action in following.get(decision.id, ()):
            if action.status not in SETTLED:
                yield view.refuse(
                    f"{seen.named(action)} would be lost: it is {action.status}, and"
                    " follows from a decision of this review.",
                    ref=action.id,
                    fix="cancel it, or let it follow from a decision of another review",
                )


def _seen(view: GuardView) -> RuleView:
    return RuleView(
        model=view.model, on=view.day, cycle=view.cycle, workflow=view.workflow
    )


GUARDS: Final[Mapping[str, Guard]] = MappingProxyType(
    {guard.__name__: guard for guard in (carry_over_kept, actions_rehomed)}
)
"""Every guard by its name; a workflow names those that it needs."""
