"""The gates of `direct`: does a whole plan lead from the needs to the vision?

The plan is judged course of action by course of action: what it is for, with what
resources, by whom, until when, and how it is evaluated. Who owns an objective, until
when and how it is measured is asked once, of the objective itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve

from missionkit.domain.intent import CoreIntent
from missionkit.domain.measure import MeasureKind, SuccessMeasure
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus
from missionkit.domain.role import RoleKind
from missionkit.domain.stakeholder import Need, NeedStatus
from missionkit.issue import Issue
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import direct as codes
from missionkit.rules.codes import measures as msr
from missionkit.rules.codes import structure as stc
from missionkit.rules.codes import tracing as trc
from missionkit.rules.facts.harm import HARM, needs_hurt
from missionkit.rules.facts.intent_approval import intents_without_sponsor
from missionkit.rules.facts.plan_gaps import plan_incomplete
from missionkit.rules.facts.players import NEEDS_A_DAY, assigned, owners
from missionkit.rules.facts.stage_artifacts import stage_approved
from missionkit.rules.families import measures, structure, tracing
from missionkit.rules.restating import entry_of, restated

_LEVELS: Final = entry_of(msr.LEVELS_OUT_OF_ORDER, measures.RULES)
_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})


def needs_given_up(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each accepted need whose objectives were all dropped.

    A need that is only proposed has to be decided about, which another gate asks.
    """
    needs = view.by_id(Need)
    for each in tracing.needs_with_dropped_objectives(view):
        if needs[each.ref].status is NeedStatus.ACCEPTED:
            yield each


def objectives_without_vision(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each place where the way from objectives to a vision ends.

    A place is reported once, however many objectives lead to it. On a day, the way of
    what is pursued leads to an intent that is in force, or that is to come.
    """
    ends = _ends(view)
    reached: dict[str, list[str]] = {}
    for objective in view.of(Objective):
        if objective.status is ObjectiveStatus.DROPPED:
            continue
        if objective.goal is None:
            issue = codes.LEADS_TO_NO_VISION.issue(
                f"{view.named(objective)} serves no goal.",
                ref=objective.id,
                path="goal",
                fix="fill `goal`, or drop the objective",
            )
            yield evolve(issue, restates=trc.OBJECTIVE_WITHOUT_GOAL.code)
        else:
            end = ends.get(objective.goal, str(objective.goal))
            reached.setdefault(end, []).append(objective.id)
    for end, objectives in sorted(reached.items()):
        yield from _end_of_way(view, end, objectives)


def _ends(view: RuleView) -> Mapping[str, str]:
    """Return for each goal where the way up ends: at an intent, or the last goal."""
    goals = view.by_id(Goal)
    found: dict[str, str] = {}
    for start in goals:
        way = [start]
        while way[-1] in goals and way[-1] not in found:
            goal = goals[way[-1]]
            above = goal.intent or goal.parent
            if above is None:
                break
            way.append(above)
        end = found.get(way[-1], way[-1])
        found |= dict.fromkeys((ref for ref in way if ref in goals), end)
    return found


def _end_of_way(view: RuleView, end: str, objectives: list[str]) -> Iterator[Judgment]:
    intent = view.by_id(CoreIntent).get(end)
    if end in view.by_id(Goal):
        issue = codes.LEADS_TO_NO_VISION.issue(
            f"{view.named(end)} leads to no core intent.",
            ref=end,
            path="intent",
            fix="fill `intent`, or `parent` where the goal is part of another",
        )
        yield evolve(issue, restates=trc.GOAL_WITHOUT_INTENT.code)
    elif intent is None:
        why = "what their goals lead to cannot be read here"
        yield NotJudged(codes.LEADS_TO_NO_VISION.code, why, tuple(objectives))
    elif _is_over(view, intent) and _is_pursued(view, objectives):
        yield codes.LEADS_TO_NO_VISION.issue(
            f"{view.named(intent)}, to which objectives lead, is over on {view.day}.",
            ref=end,
            path="effective",
            fix="let the goals below lead to the core intent in force, or drop them",
        )
    elif intent.vision is None:
        yield codes.LEADS_TO_NO_VISION.issue(
            f"{view.named(intent)} has no vision.",
            ref=end,
            path="vision",
            fix="fill `vision`: what the organization wants to become",
        )


def _is_over(view: RuleView, intent: CoreIntent) -> bool:
    """Return whether an intent has ended by the day, or one has begun after it."""
    day = view.on
    if day is None:
        return False
    period = intent.effective
    after = view.referring(CoreIntent, "supersedes").get(intent.id, ())
    starts = (each.effective.start if each.effective else None for each in after)
    ended = period is not None and period.end is not None and period.end < day
    return ended or any(start is None or start <= day for start in starts)


def _is_pursued(view: RuleView, objectives: Iterable[str]) -> bool:
    known = view.by_id(Objective)
    return any(known[ref].status in _PURSUED for ref in objectives)


def objectives_not_ready(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each gap of an objective that is pursued.

    It has an owner, a period, and a measure whose values are in order and which has a
    target, a threshold and a worst value; one in words has a target and a scale. Where
    no measure has all that, what the best of them lacks is reported.
    """
    had_one = assigned(view, RoleKind.OWNER)
    measured = view.referring(SuccessMeasure, "of")
    unknown = []
    for objective in view.of(Objective):
        if objective.status not in _PURSUED:
            continue
        if objective.period is None:
            yield _gap(view, objective, "period", "fill `period`")
        who = owners(view, objective.id)
        if who.perhaps and not who.sure:
            unknown.append(objective.id)
        elif not who.sure:
            yield _without_owner(view, objective, had_one=objective.id in had_one)
        yield from _not_measured(view, objective, measured.get(objective.id, ()))
    if unknown:
        yield NotJudged(codes.NOT_READY_TO_PURSUE.code, NEEDS_A_DAY, tuple(unknown))


def _gap(
    view: RuleView, holder: Objective | SuccessMeasure, path: str, fix: str
) -> Issue:
    lacking = path.removesuffix("s")
    return codes.NOT_READY_TO_PURSUE.issue(
        f"{view.named(holder)} has no {lacking}.", ref=holder.id, path=path, fix=fix
    )


def _without_owner(view: RuleView, objective: Objective, *, had_one: bool) -> Issue:
    day = f" on {view.on}" if view.on and had_one else ""
    return codes.NOT_READY_TO_PURSUE.issue(
        f"{view.named(objective)} has no owner{day}.",
        ref=objective.id,
        fix="assign a role of the kind owner on the objective to an active party",
    )


def _not_measured(
    view: RuleView, objective: Objective, found: tuple[SuccessMeasure, ...]
) -> Iterator[Issue]:
    """Yield what the measure lacks that lacks least, or that there is no measure."""
    if not found:
        issue = codes.NOT_READY_TO_PURSUE.issue(
            f"{view.named(objective)} has no success measure.",
            ref=objective.id,
            fix="add a success measure `of` the objective",
        )
        yield evolve(issue, restates=trc.OBJECTIVE_WITHOUT_MEASURE.code)
        return
    yield from min((_lacks(view, each) for each in found), key=len)


def _lacks(view: RuleView, measure: SuccessMeasure) -> list[Issue]:
    in_words = measure.kind is MeasureKind.QUALITATIVE
    wanted = ("targets", "scale") if in_words else ("targets", "threshold", "worst")
    gaps = [
        _gap(view, measure, name, f"fill `{name}`")
        for name in wanted
        if _is_empty(getattr(measure, name))
    ]
    return gaps + view.once(_disordered).get(measure.id, [])


def _is_empty(held: object) -> bool:
    return held is None or (isinstance(held, tuple) and not held)


def _disordered(view: RuleView) -> Mapping[str, list[Issue]]:
    """Return what is wrong with the order of values, by the measure that has them."""
    found: dict[str, list[Issue]] = {}
    issues = [each for each in _LEVELS.rule(view) if isinstance(each, Issue)]
    for each in issues:
        issue = evolve(each, code=codes.NOT_READY_TO_PURSUE.code, restates=each.code)
        found.setdefault(each.ref, []).append(issue)
    return found


RULES: Final = (
    stage_approved(codes.SITUATION_NOT_APPROVED, "understand"),
    restated(
        codes.NEED_NOT_ANSWERED,
        entry_of(trc.NEED_WITHOUT_OBJECTIVE, tracing.RULES),
        RuleEntry(rule=needs_given_up, codes=(trc.NEED_WITH_DROPPED_OBJECTIVES,)),
    ),
    RuleEntry(
        rule=objectives_without_vision,
        codes=(codes.LEADS_TO_NO_VISION,),
        on_request=True,
    ),
    RuleEntry(
        rule=objectives_not_ready,
        codes=(codes.NOT_READY_TO_PURSUE,),
        on_request=True,
    ),
    RuleEntry(
        rule=needs_hurt, codes=(codes.NEED_HURT,), limits=(HARM,), on_request=True
    ),
    RuleEntry(rule=plan_incomplete, codes=(codes.PLAN_INCOMPLETE,), on_request=True),
    restated(codes.WEIGHTS_NOT_WHOLE, entry_of(stc.WEIGHTS_NOT_ONE, structure.RULES)),
    RuleEntry(
        rule=intents_without_sponsor,
        codes=(codes.INTENT_NOT_APPROVED,),
        needs_on=True,
        on_request=True,
    ),
)
