"""Gates ask what follows from bad results and from decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from missionkit.domain.care import Investigation
from missionkit.domain.declaration import Entity
from missionkit.domain.plan import ObjectiveStatus
from missionkit.domain.review import (
    ActionStatus,
    ConclusionKind,
    Decision,
    ImprovementAction,
)
from missionkit.domain.role import RoleAssignment, RoleKind
from missionkit.issue import Issue
from missionkit.ports.rule import Judgment, NotJudged, RuleView
from missionkit.rules.codes import gate_review as codes
from missionkit.rules.facts.conclusions import concluded
from missionkit.rules.facts.players import NEEDS_A_DAY, assigned, players
from missionkit.rules.facts.red import Finding, Red, red_in

_OVER: Final = frozenset(
    {ActionStatus.DONE, ActionStatus.VERIFIED, ActionStatus.INEFFECTIVE}
)
_GIVEN_UP: Final = frozenset({ActionStatus.CANCELED, ActionStatus.INEFFECTIVE})


def is_acted_on(view: RuleView, *refs: str) -> bool:
    """Return whether an action addresses one of the elements, and may still help.

    One that was canceled, or did not work, does not.
    """
    actions = view.referring(ImprovementAction, "addresses")
    found = (action for ref in refs for action in actions.get(ref, ()))
    return any(action.status not in _GIVEN_UP for action in found)


def red_not_settled(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for what went wrong without a cause, and without a decision.

    An objective that was missed, and a process in the red, is named by an
    investigation with a cause and by a decision. Both are not older than the review's
    period, and neither belongs to another review.
    """
    red = red_in(view, view.review.period)
    for each in red.found:
        lacking = tuple(_lacking(view, each))
        if lacking:
            yield _not_settled(view, each, lacking)
    doubts = {Finding.UNDATED: red.unknown, Finding.NOT_COMPARED: red.not_compared}
    for finding, refs in doubts.items():
        if refs:
            yield NotJudged(codes.RED_NOT_SETTLED.code, finding.value, refs)


def _lacking(view: RuleView, red: Red) -> Iterator[str]:
    if not any(_explains(view, found) for found in _looked_into(view, red)):
        yield "a known cause"
    if not any(_settles(view, found) for found in _decided_on(view, red)):
        yield "a decision"


def _not_settled(view: RuleView, red: Red, lacking: Iterable[str]) -> Issue:
    reading = red.reading
    found = reading.descriptor or reading.value if reading else ObjectiveStatus.MISSED
    wrong = "had a bad last reading" if reading else "was missed"
    return codes.RED_NOT_SETTLED.issue(
        f"{view.named(red.ref)} {wrong}, without {' or '.join(lacking)}.",
        ref=red.ref,
        value=f"{red.measure}: {found}" if reading else found,
    )


def _looked_into(view: RuleView, red: Red) -> Iterator[Investigation]:
    for ref in (red.ref, red.measure):
        yield from view.referring(Investigation, "addresses").get(ref, ())
    yield from view.referring(Investigation, "process").get(red.ref, ())


def _decided_on(view: RuleView, red: Red) -> Iterator[Decision]:
    for ref in (red.ref, red.measure):
        yield from view.referring(Decision, "addresses").get(ref, ())


def _explains(view: RuleView, found: Investigation) -> bool:
    return found.cause is not None and _is_recent(view, found.on)


def _settles(view: RuleView, found: Decision) -> bool:
    own = found.cycle == view.review.id
    return own or (found.cycle is None and _is_recent(view, found.at))


def _is_recent(view: RuleView, day: date | None) -> bool:
    """Return whether a day is not known to be before the review's period."""
    start = view.review.period.start if view.review.period else None
    return day is None or start is None or day >= start


def decisions_without_action(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each decision of the review that nobody carries out.

    Somebody owns the decision, or an action that follows from it. A conclusion of the
    kind none on the decision says that nothing is to be done. Who owned an action
    that is over owned it then.
    """
    owners = assigned(view, RoleKind.OWNER)
    unknown = []
    for decision in view.referring(Decision, "cycle").get(view.review.id, ()):
        actions = _following(view, decision)
        owned = {_is_owned(view, each, owners) for each in (decision, *actions)}
        if concluded(view, ConclusionKind.NONE, on=decision.id) or True in owned:
            continue
        if None in owned:
            unknown.append(decision.id)
        else:
            yield _without_action(view, decision, actions)
    if unknown:
        code = codes.DECISION_WITHOUT_ACTION.code
        yield NotJudged(code, NEEDS_A_DAY, tuple(unknown))


def _following(view: RuleView, decision: Decision) -> tuple[ImprovementAction, ...]:
    actions = view.referring(ImprovementAction, "decision").get(decision.id, ())
    return tuple(a for a in actions if a.status is not ActionStatus.CANCELED)


def _without_action(
    view: RuleView, decision: Decision, actions: Sequence[ImprovementAction]
) -> Issue:
    of_nobody = " that has an owner" if actions else ""
    return codes.DECISION_WITHOUT_ACTION.issue(
        f"{view.named(decision)} is followed by no action{of_nobody}.",
        ref=decision.id,
        fix=f"assign an owner on {view.titled(actions[0])}" if actions else "",
    )


def _is_owned(
    view: RuleView,
    element: Entity,
    owners: Mapping[str, Sequence[RoleAssignment]],
) -> bool | None:
    given = owners.get(element.id, ())
    if isinstance(element, ImprovementAction) and element.status in _OVER:
        return bool(given)
    who = players(view, given, view.on)
    return True if who.sure else None if who.perhaps else False
