"""The gates of `review`: is what happened looked at, understood and decided upon?

All but the one about drift are about one review, the cycle of the view.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from missionkit.domain.measure import SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.review import (
    ConclusionKind,
    Decision,
    DecisionKind,
    Meeting,
    ReviewCycle,
    StageRun,
)
from missionkit.domain.role import RoleAssignment, RoleKind
from missionkit.issue import Code, Issue
from missionkit.ports.rule import (
    Judgment,
    LimitSpec,
    NotJudged,
    Rule,
    RuleEntry,
    RuleView,
)
from missionkit.rules.codes import gate_review as codes
from missionkit.rules.facts.agenda_items import agenda_not_covered
from missionkit.rules.facts.conclusions import concluded, conclusions, question
from missionkit.rules.facts.consequences import (
    decisions_without_action,
    is_acted_on,
    red_not_settled,
)
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.officers import officers
from missionkit.rules.facts.players import assigned
from missionkit.rules.facts.red import is_read, is_unclear
from missionkit.rules.facts.signals import waiting
from missionkit.rules.facts.stage_artifacts import stage_approved

NO_DATA: Final = "no-data"
"""What a conclusion on an objective is about that could not be evaluated."""
MISSION_STILL_RIGHT: Final = "mission-still-right"
"""What a conclusion of a review is about that answers the question of the mission."""
RIPE: Final = LimitSpec(
    "ripe_measures",
    0.5,
    "which share of the measures needs a full period to be reviewed",
)
_ANSWERS: Final = frozenset({DecisionKind.CONFIRM_COURSE, DecisionKind.CHANGE_INTENT})


def review_too_early(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where most measures have had no full period before the review.

    It is counted from the start of the review's period, or from the day on which the
    stage `enable` was left, whichever comes first. A conclusion of the kind
    early_review says why nobody waited.
    """
    cycle = view.review
    if concluded(view, ConclusionKind.EARLY_REVIEW, on=cycle.id):
        return
    since = _since(view, cycle)
    rhythms = [m.frequency for m in view.of(SuccessMeasure) if m.frequency]
    if since is None or not rhythms:
        lacks = "a start" if since is None else "measures with a frequency"
        why = f"whether a full period has passed is not known without {lacks}"
        yield NotJudged(codes.TOO_EARLY.code, why, (cycle.id,))
        return
    ripe = sum(rhythm.after(since) <= view.day for rhythm in rhythms)
    if ripe < view.limit(RIPE.name) * len(rhythms):
        yield codes.TOO_EARLY.issue(
            f"{view.named(cycle)} comes early: {ripe} of {len(rhythms)} measures had"
            f" a full period since {since}.",
            ref=cycle.id,
            path="period",
            value=since,
        )


def _since(view: RuleView, cycle: ReviewCycle) -> date | None:
    runs = view.referring(StageRun, "cycle").get(cycle.id, ())
    left = [run.left for run in runs if run.stage == "enable" and run.left]
    start = cycle.period.start if cycle.period else None
    return min((*left, *((start,) if start else ())), default=None)


def objectives_not_evaluated(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each active objective not read in the review's period.

    An objective that was met or missed is evaluated. One without data is excused by a
    conclusion about ``no-data`` on it, and an action that addresses it or a measure
    of it.
    """
    period = view.review.period
    active = [o for o in view.of(Objective) if o.status is ObjectiveStatus.ACTIVE]
    if period is None:
        yield from _unclear("the review has no period", active)
        return
    unclear = []
    for objective in active:
        if objective.period and not objective.period.overlaps(period):
            continue
        measures = view.referring(SuccessMeasure, "of").get(objective.id, ())
        if any(is_read(view, each, period) for each in measures):
            continue
        if any(is_unclear(view, each, period) for each in measures):
            unclear.append(objective)
        else:
            yield from _without_data(view, objective, measures)
    yield from _unclear("the readings have no day", unclear)


def _unclear(why: str, objectives: Iterable[Objective]) -> Iterator[NotJudged]:
    refs = tuple(objective.id for objective in objectives)
    if refs:
        yield NotJudged(codes.OBJECTIVE_NOT_EVALUATED.code, why, refs)


def _without_data(
    view: RuleView, objective: Objective, measures: Iterable[SuccessMeasure]
) -> Iterator[Issue]:
    said = concluded(view, *ConclusionKind, about=NO_DATA, on=objective.id)
    acted = is_acted_on(view, objective.id, *(measure.id for measure in measures))
    if said and not acted:
        yield codes.OBJECTIVE_NOT_EVALUATED.issue(
            f"{view.named(objective)} has no data, and no action is to get some.",
            ref=objective.id,
            fix="name it in `addresses` of an improvement action",
        )
    elif not said:
        lacking = "reading in the period" if measures else "measure"
        yield codes.OBJECTIVE_NOT_EVALUATED.issue(
            f"{view.named(objective)} was not evaluated: it has no {lacking}.",
            ref=objective.id,
        )


def signals_not_answered(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each drift signal that was raised, up to the day, and left."""
    for signal in waiting(view):
        since = f" since {signal.at}" if signal.at else ""
        yield codes.SIGNAL_NOT_ANSWERED.issue(
            f"{view.named(signal)} has waited for an answer{since}.",
            ref=signal.id,
            path="status",
            value=signal.status,
        )


def mission_not_questioned(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where the review does not say whether the mission is still right.

    A decision of the review confirms the course or changes the intent, or a
    conclusion of it is about ``mission-still-right``.
    """
    decisions = view.referring(Decision, "cycle").get(view.review.id, ())
    decided = any(decision.kind in _ANSWERS for decision in decisions)
    answered = any(
        question(each) == MISSION_STILL_RIGHT
        and view.review.id in (each.cycle, each.on)
        for each in conclusions(view)
    )
    if not decided and not answered:
        yield codes.MISSION_NOT_QUESTIONED.issue(
            f"{view.named(view.review)} leaves open whether the mission is right.",
            ref=view.review.id,
        )


def sponsor_absent(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where no meeting of the review was attended by a sponsor.

    The sponsors are those of the review; where it has none on the day of the meeting,
    those of what is reviewed or of the whole organization.
    """
    cycle = view.review
    own = assigned(view, RoleKind.SPONSOR)
    wider = (*own.get(cycle.scope or "", ()), *officers(view, RoleKind.SPONSOR))
    sponsors = (own.get(cycle.id, ()), wider)
    attended = {each.id: _is_attended(each, *sponsors) for each in _held(view)}
    undated = tuple(ref for ref, known in attended.items() if known is None)
    if True in attended.values():
        return
    if undated:
        why = "who was sponsor then is not known: the meeting has no day"
        yield NotJudged(codes.SPONSOR_ABSENT.code, why, undated)
        return
    said = "no sponsor attended a meeting" if attended else "no meeting was held"
    yield codes.SPONSOR_ABSENT.issue(
        f"{view.named(cycle)} lacks top management: {said}.", ref=cycle.id
    )


def _held(view: RuleView) -> Iterator[Meeting]:
    for meeting in view.referring(Meeting, "cycle").get(view.review.id, ()):
        if view.on is None or meeting.on is None or meeting.on <= view.on:
            yield meeting


def _is_attended(
    meeting: Meeting,
    own: Iterable[RoleAssignment],
    wider: Iterable[RoleAssignment],
) -> bool | None:
    sure = [each for each in own if holds(each.period, meeting.on)]
    perhaps = [each for each in own if holds(each.period, meeting.on) is None]
    held = {
        holds(each.period, meeting.on)
        for each in sure or (*perhaps, *wider)
        if each.party in meeting.attendees
    }
    return True if True in held else None if None in held else False


def _entry(rule: Rule, code: Code) -> RuleEntry:
    """Return the entry of a rule about one review."""
    return RuleEntry(rule=rule, codes=(code,), needs_cycle=True, on_request=True)


RULES: Final = (
    RuleEntry(
        rule=review_too_early,
        codes=(codes.TOO_EARLY,),
        needs_on=True,
        needs_cycle=True,
        on_request=True,
        limits=(RIPE,),
    ),
    stage_approved(codes.SYSTEM_NOT_APPROVED, "enable"),
    _entry(agenda_not_covered, codes.AGENDA_NOT_COVERED),
    _entry(objectives_not_evaluated, codes.OBJECTIVE_NOT_EVALUATED),
    RuleEntry(
        rule=signals_not_answered, codes=(codes.SIGNAL_NOT_ANSWERED,), on_request=True
    ),
    _entry(red_not_settled, codes.RED_NOT_SETTLED),
    _entry(decisions_without_action, codes.DECISION_WITHOUT_ACTION),
    _entry(mission_not_questioned, codes.MISSION_NOT_QUESTIONED),
    _entry(sponsor_absent, codes.SPONSOR_ABSENT),
)
