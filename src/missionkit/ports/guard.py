"""The port of guards: what is about a move, and cannot be asked of the model alone.

What can be asked of a model is a rule, and stands in a gate. A guard sees the act too:
who moves the review, why, and with what evidence.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from attrs import evolve, frozen

from missionkit.domain.history import Actor
from missionkit.domain.model import Model
from missionkit.domain.review import Evidence, ReviewCycle
from missionkit.domain.stages import Move
from missionkit.domain.workflow import Workflow
from missionkit.issue import Issue
from missionkit.ports.codes import GUARD_REFUSED


@frozen(kw_only=True)
class GuardView:
    """What a guard sees: a review of a model, and the move that somebody wants.

    `evidence` is what is given with the act, which the model does not hold yet.
    """

    model: Model
    cycle: ReviewCycle
    workflow: Workflow
    move: Move
    by: Actor
    at: datetime
    why: str = ""
    causes: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    guard: str = ""

    @property
    def day(self) -> date:
        """The day of the act, in UTC."""
        return self.at.date()

    def refuse(self, message: str, *, ref: str = "", fix: str = "") -> Issue:
        """Return the issue by which this guard refuses the move.

        It is about an element with the id *ref*, or else about the review. A waiver of
        the guard's name on it lets the move pass.
        """
        issue = GUARD_REFUSED.issue(message, ref=ref or self.cycle.id, fix=fix)
        return evolve(issue, restates=self.guard)


class Guard(Protocol):
    """What judges a move: any function of a view that yields what is against it."""

    def __call__(self, view: GuardView, /) -> Iterable[Issue]:
        """Return an issue for each reason against the move; never raise for content."""
        ...
