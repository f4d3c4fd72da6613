"""What a review left open for the one after it, and what that one took over."""

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
    Decision,
    Disposition,
    DriftSignal,
    ImprovementAction,
    ReviewCycle,
    SignalStatus,
)
from missionkit.ports.rule import RuleView
from missionkit.rules.facts.cycles import begin_of

CARRY_OVER: Final = "carry-over"
"""What an artifact shows whose `covers` names what a review took over."""

_SETTLED: Final = frozenset({ActionStatus.VERIFIED, ActionStatus.CANCELED})
_UNANSWERED: Final = frozenset({SignalStatus.RAISED, SignalStatus.ACKNOWLEDGED})


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

    - actions that follow from its decisions, unless verified, canceled, or closed
      before that day
    - its agenda items that were deferred
    - signals of drift that were raised from its own begin to before that day, and that
      nobody answered
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
    for signal in view.once(_unanswered):
        raised = signal.at and begin and first <= signal.at < begin
        if raised or signal.id in taken:
            yield signal


def _unanswered(view: RuleView) -> tuple[DriftSignal, ...]:
    return tuple(
        signal
        for signal in view.of(DriftSignal)
        if signal.status in _UNANSWERED and signal.decision is None
    )


def _risks(
    view: RuleView, cycle: ReviewCycle, begin: date | None
) -> Iterator[PotentialImpact]:
    known = view.by_id(PotentialImpact)
    made = view.referring(Artifact, "cycle").get(cycle.id, ())
    for ref in sorted({ref for artifact in made for ref in artifact.covers}):
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
    for _, action in sorted(found.items()):
        gone = action.closed is not None and begin is not None and action.closed < begin
        if action.status not in _SETTLED and not gone:
            yield action
