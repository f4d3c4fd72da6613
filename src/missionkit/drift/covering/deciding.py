"""What decisions let happen: since when they hold, and how far a thing may move."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from missionkit.domain.review import Decision, DecisionKind, Shift


def holds(decision: Decision, day: date | None) -> bool:
    """Return whether a decision that may move something is effective by a day.

    Without a day, or without a date of its own, it is. To confirm the course moves
    nothing.
    """
    since = decision.effective or decision.at
    begun = since is None or day is None or since <= day
    return begun and decision.kind is not DecisionKind.CONFIRM_COURSE


def decided(
    before: Fraction, after: Fraction, decisions: Iterable[Decision]
) -> Fraction:
    """Return how near to *after* the decision that allows most lets an amount move.

    `Decision.up_to` is the amount itself that may be reached, in the unit in which it
    is counted and within one period, and not how far it may move. It bounds what grows,
    and what shrinks where the decision says that it is to shrink.
    """
    way = Shift.UP if after > before else Shift.DOWN
    nearest = before
    for decision in decisions:
        if decision.direction not in (None, way):
            continue
        moved, bound = after, decision.up_to
        if bound is not None and way is Shift.UP:
            moved = max(before, min(after, Fraction(bound)))
        elif bound is not None and decision.direction is Shift.DOWN:
            moved = min(before, max(after, Fraction(bound)))
        nearest = min(nearest, moved, key=lambda each: abs(after - each))
    return nearest
