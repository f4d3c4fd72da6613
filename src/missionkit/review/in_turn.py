"""Whether it is a review's turn: no other goes on beside it, none is passed over."""

from collections.abc import Iterator

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.review import CycleStatus, ReviewCycle
from missionkit.domain.stages import STAYING
from missionkit.issue import Issue
from missionkit.ports.rule import RuleView
from missionkit.review import codes
from missionkit.rules.facts.cycles import last_closed, looks_at_all


def goes_on(view: RuleView, cycle: ReviewCycle, *over: CycleStatus) -> Iterator[Issue]:
    """Yield an issue for each other review of the same that goes on beside a review.

    One that is closed, canceled or in a status of *over* does not.
    """
    for each in view.of(ReviewCycle):
        if each.id == cycle.id or each.status in (*STAYING, *over):
            continue
        if _is_same(view, each, cycle):
            yield codes.ALREADY_OPEN.issue(
                f"{view.named(each)} of the same scope is {each.status}.",
                ref=each.id,
                path="status",
                value=each.status,
            )


def passed_over(view: RuleView, cycle: ReviewCycle) -> Iterator[Issue]:
    """Yield an issue where a review does not follow the last one, nor any after it."""
    last = last_closed(view, cycle)
    if last is not None and last.id not in _before(view.model, cycle):
        yield codes.PASSED_OVER.issue(
            f"{view.named(last)} was closed, and nothing follows it.",
            ref=last.id,
            path="previous",
            value=cycle.previous or "",
            fix=to_follow(last),
        )


def to_follow(last: ReviewCycle | None) -> str:
    """Return what to do so that a new review follows the last one, if there is one."""
    return f"name {last.id}, or leave `previous` out" if last else ""


def _is_same(view: RuleView, each: ReviewCycle, cycle: ReviewCycle) -> bool:
    """Return whether two reviews follow one workflow and look at the same."""
    whole = looks_at_all(view, each) and looks_at_all(view, cycle)
    return each.workflow == cycle.workflow and (whole or each.scope == cycle.scope)


def _before(model: Model, cycle: ReviewCycle) -> Iterator[str]:
    """Yield the ids of the reviews before a review, one after another."""
    found: Element | None = model.find(cycle.previous or "")
    while isinstance(found, ReviewCycle):
        yield found.id
        found = model.find(found.previous or "")
