"""What a review left open for the one after it, and what that one took over."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import Final

from missionkit.domain.context import ImpactKind, PotentialImpact
from missionkit.domain.declaration import Entity
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    Artifact,
    ArtifactStatus,
    CycleStatus,
    Decision,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.cycles import begin_of, left_on
from missionkit.rules.facts.signals import unresolved
from missionkit.trace.approvals import shown_by

CARRY_OVER: Final = "carry-over"
"""What an artifact shows whose `covers` names what a review took over."""

SETTLED: Final = frozenset({ActionStatus.VERIFIED, ActionStatus.CANCELED})
"""What nobody has to look at any more; what is done has still to be seen to work."""


def carry_overs(view: RuleView, cycle: ReviewCycle) -> tuple[Artifact, ...]:
    """Return the artifacts that show what a review took over."""
    return tuple(
        made
        for made in view.referring(Artifact, "cycle").get(cycle.id, ())
        if made.view == CARRY_OVER and made.status is not ArtifactStatus.SUPERSEDED
    )


def carried(view: RuleView, cycle: ReviewCycle) -> frozenset[str]:
    """Return the ids of what a review took over."""
    return frozenset(ref for made in carry_overs(view, cycle) for ref in made.covers)


def left_open(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[Entity]:
    """Yield what a review left open for the one that begins on a day, each once.

    - actions that follow from its decisions, unless verified or canceled: what is done
      has still to be seen to work
    - such actions that follow from no decision of a review, or of one that was over
      by then, but were opened, or decided upon, from its own begin to before that day,
      or before the first review
    - its agenda items that were deferred
    - signals of drift that were raised from its own begin to before that day, and that
      nobody decided about
    - risks that one of its artifacts shows, such as its risk register, unless they
      were to be looked at again before that day

    Actions and signals that it took over itself are also left open, where they still
    are: what an earlier review lost is told of that one alone.
    """
    yield from _actions(view, cycle, begin)
    for item in view.referring(AgendaItem, "cycle").get(cycle.id, ()):
        if item.disposition is Disposition.DEFERRED:
            yield item
    yield from _signals(view, cycle, begin)
    yield from _risks(view, cycle, begin)


def _signals(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[DriftSignal]:
    first = begin_of(view, cycle) or date.min
    taken = carried(view, cycle)
    for signal in view.once(unresolved):
        raised = signal.at and begin and first <= signal.at < begin
        if raised or signal.id in taken:
            yield signal


def _risks(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[PotentialImpact]:
    known = view.by_id(PotentialImpact)
    made = view.referring(Artifact, "cycle").get(cycle.id, ())
    shown = {ref for artifact in made for ref in shown_by(view.model, artifact)}
    for ref in sorted(shown):
        impact = known.get(ref)
        if impact is None or impact.kind is not ImpactKind.RISK:
            continue
        if impact.review_by is None or begin is None or impact.review_by >= begin:
            yield impact


def _actions(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[ImprovementAction]:
    decided = view.referring(Decision, "cycle").get(cycle.id, ())
    following = view.referring(ImprovementAction, "decision")
    known = view.by_id(ImprovementAction)
    found = {each.id: each for made in decided for each in following.get(made.id, ())}
    found |= {known[ref].id: known[ref] for ref in carried(view, cycle) if ref in known}
    found |= {each.id: each for each in _begun_by_then(view, cycle, begin)}
    for _, action in sorted(found.items()):
        if action.status not in SETTLED:
            yield action


def _begun_by_then(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[ImprovementAction]:
    """Yield the actions of no review that began in the time of a review."""
    dated = view.once(_of_no_review)
    first = begin_of(view, cycle) if cycle.previous else None
    start = bisect_left(dated, first or date.min, key=_day)
    end = bisect_left(dated, begin or date.min, key=_day)
    return (action for _, action in dated[start:end])


def _day(dated: tuple[date, ImprovementAction]) -> date:
    return dated[0]


def _of_no_review(view: RuleView) -> list[tuple[date, ImprovementAction]]:
    """Return the actions of no review that have a day, in the order of the days."""
    days = ((_began(view, action), action) for action in _not_settled(view))
    return sorted(((day, action) for day, action in days if day), key=_day)


def actions_of_no_day(view: RuleView) -> tuple[ImprovementAction, ...]:
    """Return the actions of no review of which nobody can say when they began."""
    return tuple(a for a in _not_settled(view) if _began(view, a) is None)


def _not_settled(view: RuleView) -> Iterator[ImprovementAction]:
    """Yield the actions not settled that no review leaves to the one after it."""
    for action in view.of(ImprovementAction):
        if action.status not in SETTLED and not _is_of_review(view, action):
            yield action


def _is_of_review(view: RuleView, action: ImprovementAction) -> bool:
    """Return whether an action follows from a decision of a review, and began in it.

    What began when that was over would be left open by nobody; it is of the review in
    whose time it began.
    """
    decision = view.by_id(Decision).get(action.decision or "")
    if decision is None or decision.cycle is None:
        return False
    cycle = view.by_id(ReviewCycle).get(decision.cycle)
    if cycle is None or action.opened is None:
        return True
    if cycle.status is CycleStatus.CANCELED:
        return False
    left = left_on(view, cycle) if cycle.status is CycleStatus.CLOSED else None
    return left is None or action.opened <= left


def _began(view: RuleView, action: ImprovementAction) -> date | None:
    decision = view.by_id(Decision).get(action.decision or "")
    return action.opened or (decision.at if decision else None)
