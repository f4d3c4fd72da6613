"""Whether what a review saw and decided is followed up, to the next review and on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias, TypeVar

from attrs import evolve

from missionkit.domain.declaration import Entity
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import Objective, ObjectiveStatus
from missionkit.domain.process import Process
from missionkit.domain.review import (
    ActionStatus,
    AgendaItem,
    Decision,
    ImprovementAction,
    ReviewCycle,
)
from missionkit.domain.role import RoleKind
from missionkit.domain.values import Period
from missionkit.ports.rule import Judgment, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import reviews as codes
from missionkit.rules.facts.carry_over import (
    actions_of_no_day,
    carried,
    carry_overs,
    left_open,
)
from missionkit.rules.facts.cycles import (
    NOT_HELD,
    begin_of,
    closed_last,
    left_on,
    looks_at_all,
    scopes_of,
)
from missionkit.rules.facts.levels import is_worse
from missionkit.rules.facts.players import NEEDS_A_DAY, assigned, players
from missionkit.rules.facts.red import Finding, finding_of, last_reading
from missionkit.trace.lifetime import is_retired

Bad: TypeAlias = Objective | SuccessMeasure
"""What shows a bad result."""
B = TypeVar("B", Objective, SuccessMeasure)

# No ids: the scope of reviews that look at everything, and what each review looks at.
_ALL: Final = "*"
_EACH: Final = ""
_NAMED: Final = 20
_NO_PERIOD: Final = (
    "the review has no period, so nobody can say which results are its own"
)
_NO_END: Final = "the objective has no end, so nobody can say which review it concerns"
_FINISHED: Final = frozenset(
    {ActionStatus.DONE, ActionStatus.VERIFIED, ActionStatus.CANCELED}
)
_TOLD: Final = frozenset({ObjectiveStatus.MISSED, ObjectiveStatus.DROPPED})


def red_items_without_decision(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each bad result that a closed review did not decide about.

    Bad are objectives that were missed and whose period ends in that of the review,
    and measures whose last reading up to the end of the review is worse than their
    threshold. Decided is what a decision of the review names, or an action that
    follows from one: the measure, its objective, or a process that achieves it. Only
    the last closed review is judged: what came before it is history.
    """
    doubts: dict[str, dict[str, None]] = {}
    for cycle in closed_last(view):
        if cycle.period is None:
            doubts.setdefault(_NO_PERIOD, {})[cycle.id] = None
            continue
        decided = _decided(view, cycle)
        known = cache(lambda ref, by=decided: not by.isdisjoint(_concerned(view, ref)))
        for objective in _missed(view, cycle):
            if not known(objective.id):
                yield _undecided(view, cycle, objective)
        for measure, finding in _suspected(view, cycle):
            if known(measure.of or measure.id):
                continue
            if finding is Finding.RED:
                yield _undecided(view, cycle, measure)
            else:
                doubts.setdefault(finding.value, {})[measure.id] = None
    endless = [o.id for o in _all_missed(view) if o.period is None or not o.period.end]
    if endless and closed_last(view):
        doubts[_NO_END] = dict.fromkeys(endless)
    for why, refs in doubts.items():
        yield NotJudged(codes.RED_AND_UNDECIDED.code, why, tuple(refs))


def _all_missed(view: RuleView) -> Iterator[Objective]:
    return (o for o in view.of(Objective) if o.status is ObjectiveStatus.MISSED)


def _missed(view: RuleView, cycle: ReviewCycle) -> Iterator[Objective]:
    for objective in _looked_at(view, cycle, view.once(_missed_by_scope)):
        end = objective.period.end if objective.period else None
        if end and cycle.period and cycle.period.covers(end):
            yield objective


def _missed_by_scope(view: RuleView) -> Mapping[str, list[Objective]]:
    return _by_scope(view, ((each, each.id) for each in _all_missed(view)))


def _suspected(
    view: RuleView, cycle: ReviewCycle
) -> Iterator[tuple[SuccessMeasure, Finding]]:
    """Yield the measures that are or may be in the red, with what is known of them."""
    period = _known(view, cycle)
    for measure in _looked_at(view, cycle, view.once(_suspects_by_scope)):
        finding = finding_of(view, measure, period)
        if finding is not Finding.NOT_RED:
            yield measure, finding


def _suspects_by_scope(view: RuleView) -> Mapping[str, list[SuccessMeasure]]:
    """Return the measures of which some reading is, or may be, in the red.

    One whose objective was missed or dropped is told by that.
    """
    objectives = view.by_id(Objective)
    readings = view.referring(Observation, "measure")

    def found() -> Iterator[tuple[SuccessMeasure, str | None]]:
        for measure in view.of(SuccessMeasure):
            objective = objectives.get(measure.of or "")
            told = objective is not None and objective.status in _TOLD
            own = readings.get(measure.id, ())
            if not told and any(is_worse(measure, r) is not False for r in own):
                yield measure, measure.of

    return _by_scope(view, found())


def _known(view: RuleView, cycle: ReviewCycle) -> Period | None:
    """Return the period of a review, as far as its results were known to it."""
    period, left = cycle.period, left_on(view, cycle)
    if period is None or left is None or (period.start and left < period.start):
        return period
    return evolve(period, end=min(left, period.end or left))


def _by_scope(
    view: RuleView, held: Iterable[tuple[B, str | None]]
) -> Mapping[str, list[B]]:
    """Return bad results by the scopes in which their subject is.

    To ask of each whether each review looks at it would take too long where there are
    many of both.
    """
    found: dict[str, list[B]] = {}
    for each, subject in held:
        for scope in _scopes_of(view, subject or ""):
            found.setdefault(scope, []).append(each)
    return found


def _scopes_of(view: RuleView, subject: str) -> frozenset[str]:
    """Return the scopes in which an objective or a process is; none of what retired."""
    process = view.by_id(Process).get(subject)
    if process is not None:
        retired = is_retired(process, view.on)
        return frozenset() if retired else frozenset({_ALL, *scopes_of(view, process)})
    achieving = view.referring(Process, "achieves").get(subject, ())
    scopes = {scope for each in achieving for scope in scopes_of(view, each)}
    return frozenset(scopes | {_ALL}) if achieving else frozenset({_ALL, _EACH})


def _looked_at(
    view: RuleView, cycle: ReviewCycle, found: Mapping[str, list[B]]
) -> Iterable[B]:
    """Return those within the scope of a review, in the order of their ids."""
    if looks_at_all(view, cycle):
        return found.get(_ALL, ())
    within = (*found.get(str(cycle.scope), ()), *found.get(_EACH, ()))
    return sorted(within, key=lambda each: each.id)


def _decided(view: RuleView, cycle: ReviewCycle) -> frozenset[str]:
    """Return the ids that decisions of a review, and actions from them, name."""
    decisions = view.referring(Decision, "cycle").get(cycle.id, ())
    actions = view.referring(ImprovementAction, "decision")
    named = {ref for each in decisions for ref in (*each.addresses, *each.covers)}
    follow = (action for each in decisions for action in actions.get(each.id, ()))
    return frozenset(named | {ref for action in follow for ref in action.addresses})


def _concerned(view: RuleView, subject: str) -> Iterator[str]:
    """Yield the ids of whatever one may decide about to mend a bad result.

    *subject* is what was missed, or what the measure is of.
    """
    yield subject
    yield from (m.id for m in view.referring(SuccessMeasure, "of").get(subject, ()))
    yield from (p.id for p in view.referring(Process, "achieves").get(subject, ()))


def _undecided(view: RuleView, cycle: ReviewCycle, found: Bad) -> Judgment:
    if isinstance(found, Objective):
        what, path, value = "was missed", "status", str(found.status)
    else:
        reading = last_reading(view, found, _known(view, cycle))
        value = str(reading and (reading.descriptor or reading.value))
        what, path = "is worse than its threshold", ""
    return codes.RED_AND_UNDECIDED.issue(
        f"{view.named(found)} {what}, and nothing was decided.",
        ref=found.id,
        path=path,
        value=value,
        fix=f"name it in `addresses` of a decision of the review {cycle.id!r}",
    )


def actions_without_owner_or_day(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each gap of an action that is not finished.

    It needs a day by which it is due, and on the day of the check an active party that
    plays a role of the kind owner on it.
    """
    owners = assigned(view, RoleKind.OWNER)
    unknown = []
    for action in view.of(ImprovementAction):
        if action.status in _FINISHED:
            continue
        if action.due is None:
            yield codes.ACTION_LEFT_OPEN_ENDED.issue(
                f"{view.named(action)} has no day by which it is due.",
                ref=action.id,
                path="due",
                fix="fill `due`",
            )
        who = players(view, owners.get(action.id, ()), view.on)
        if who.perhaps and not who.sure:
            unknown.append(action.id)
        elif not who.sure:
            yield codes.ACTION_LEFT_OPEN_ENDED.issue(
                f"{view.named(action)} has no owner.",
                ref=action.id,
                fix="assign a role of the kind owner on the action to an active party",
            )
    if unknown:
        yield NotJudged(codes.ACTION_LEFT_OPEN_ENDED.code, NEEDS_A_DAY, tuple(unknown))


def lost_carry_over(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each thing that a review should have taken over.

    It takes over what `covers` of its artifact with the view ``carry-over`` names. A
    deferred agenda item is also taken over by an item with the same code. Where there
    is no such artifact, one issue says how much was left open.
    """
    cycles = view.by_id(ReviewCycle)
    known = cache(lambda ref, begin: tuple(left_open(view, cycles[ref], begin)))
    judged = False
    named: set[str] = set()
    for cycle in cycles.values():
        before = cycles.get(cycle.previous or "")
        if before is None or cycle.status in NOT_HELD:
            continue
        judged = True
        named |= carried(view, cycle)
        left = known(before.id, begin_of(view, cycle))
        taken = carried(view, cycle) | _items_again(view, cycle, before)
        yield from _lost(view, cycle, [each for each in left if each.id not in taken])
    unknown = tuple(a.id for a in actions_of_no_day(view) if a.id not in named)
    if judged and unknown:
        why = "the action follows from no decision of a review, and has no day"
        yield NotJudged(codes.CARRY_OVER_LOST.code, why, unknown)


def _lost(view: RuleView, cycle: ReviewCycle, lost: list[Entity]) -> Iterator[Judgment]:
    made = carry_overs(view, cycle)
    if lost and not made:
        ids = ", ".join(each.id for each in lost[:_NAMED])
        yield codes.CARRY_OVER_LOST.issue(
            f"{view.named(cycle)} took nothing over, but {_counted(view, lost)}.",
            ref=cycle.id,
            value=f"{ids}, …" if lost[_NAMED:] else ids,
            fix="add an artifact with the view 'carry-over' that covers them",
        )
    for each in lost if made else ():
        yield codes.CARRY_OVER_LOST.issue(
            f"{view.named(each)} is open and not carried over.",
            ref=made[0].id,
            path="covers",
            value=each.id,
        )


def _items_again(
    view: RuleView, cycle: ReviewCycle, before: ReviewCycle
) -> frozenset[str]:
    """Return the items of the review before that this one has an item for, too."""
    items = view.referring(AgendaItem, "cycle")
    again = {item.code for item in items.get(cycle.id, ()) if item.code is not None}
    return frozenset(i.id for i in items.get(before.id, ()) if i.code in again)


def _counted(view: RuleView, lost: list[Entity]) -> str:
    first = {type(each): each for each in reversed(lost)}
    words = {cls: view.model.kind_of(each.id) for cls, each in first.items()}
    kinds = Counter(words[cls].replace("_", " ") for cls in map(type, lost))
    many = [f"{count} {kind}{'s' * (count > 1)}" for kind, count in kinds.items()]
    return f"{' and '.join(many)} {'are' if len(lost) > 1 else 'is'} open"


RULES: Final = (
    RuleEntry(rule=red_items_without_decision, codes=(codes.RED_AND_UNDECIDED,)),
    RuleEntry(rule=actions_without_owner_or_day, codes=(codes.ACTION_LEFT_OPEN_ENDED,)),
    RuleEntry(rule=lost_carry_over, codes=(codes.CARRY_OVER_LOST,)),
)
