"""Whether measures can show success: their levels, their targets, their number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Context, Decimal
from itertools import pairwise
from typing import Final, TypeAlias

from missionkit.domain.measure import (
    Direction,
    SuccessMeasure,
    TargetSetting,
    ValueChainStage,
)
from missionkit.domain.plan import Goal, Objective, ObjectiveStatus, Perspective
from missionkit.domain.process import Process
from missionkit.domain.values import Period
from missionkit.issue import Issue
from missionkit.markup import shortened, shown
from missionkit.ports.rule import Judgment, LimitSpec, NotJudged, RuleEntry, RuleView
from missionkit.rules.codes import measures as codes
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.readings import standing_readings, taken_on
from missionkit.rules.facts.whole import root_of
from missionkit.trace.lifetime import is_retired

Level: TypeAlias = Decimal | None
Setting: TypeAlias = tuple[int, TargetSetting]

_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})
_EARLY: Final = frozenset({ValueChainStage.INPUT, ValueChainStage.INPUT_PROCESSING})
_EXACT: Final = Context(prec=100)  # more digits than two values can have
_BRIEF: Final = 40
_LEVELS: Final = ("worst value", "threshold", "target")
_GOOD: Final = {
    Direction.HIGHER: ", though higher values are good",
    Direction.LOWER: ", though lower values are good",
    Direction.BAND: ", though values near the target are good",
    None: "",
}
_ORDER: Final = {
    Direction.HIGHER: "each must be higher than the one before",
    Direction.LOWER: "each must be lower than the one before",
    Direction.BAND: "the threshold must be nearer to the target than the worst value",
    None: "they must differ, with the threshold between the other two",
}
JUDGED_FROM: Final = LimitSpec(
    "measures_to_balance", 3, "from how many measures on their balance is judged"
)
MOST_OBJECTIVES: Final = LimitSpec(
    "most_objectives", 25, "how many objectives may be pursued at a time"
)


def levels_out_of_order(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each target, or else threshold, that is out of order.

    Worst value, threshold and target must differ and climb, or fall where lower values
    are good. Where those near the target are, the threshold is the nearer one to it.
    Without a direction either way will do.
    """
    for measure in view.of(SuccessMeasure):
        worst, good = measure.worst, measure.direction
        if not _in_order(good, worst, measure.threshold, None):
            yield _disorder(view, measure, "threshold", None)
            worst = None
        for index, target in enumerate(measure.targets):
            if not _in_order(good, worst, measure.threshold, target.value):
                yield _disorder(view, measure, f"targets[{index}].value", target.value)


def _in_order(good: Direction | None, worst: Level, half: Level, best: Level) -> bool:
    levels = [level for level in (worst, half, best) if level is not None]
    if good is Direction.BAND and best is not None:
        levels = [
            _EXACT.subtract(level, best).copy_abs().copy_negate() for level in levels
        ]
    rises = all(one < other for one, other in pairwise(levels))
    falls = all(one > other for one, other in pairwise(levels))
    if good is Direction.LOWER:
        return falls
    one_way = good is Direction.HIGHER or (best is not None and good is Direction.BAND)
    return rises or (falls and not one_way)


def _disorder(
    view: RuleView, measure: SuccessMeasure, path: str, target: Level
) -> Issue:
    held = zip(_LEVELS, (measure.worst, measure.threshold, target), strict=True)
    said = ", ".join(f"{name} {shown(v)}" for name, v in held if v is not None)
    good = measure.direction
    return codes.LEVELS_OUT_OF_ORDER.issue(
        f"{view.named(measure)} has {said}{_GOOD[good]}.",
        ref=measure.id,
        path=path,
        value=measure.threshold if target is None else target,
        fix=f"correct one of them, or `direction`: {_ORDER[good]}",
    )


def retargeted(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each target that was changed when results were known.

    That is one that replaces another inside of the period of its objective, after a
    reading of that period. The measure of a process has no such period.
    """
    objectives = view.by_id(Objective)
    known: dict[str, list[date]] = {}
    for reading in standing_readings(view):
        day = taken_on(reading)
        if day is not None:
            known.setdefault(reading.measure, []).append(day)
    for measure in view.of(SuccessMeasure):
        objective = objectives.get(measure.of or "")
        if objective is not None and objective.period is not None:
            days = known.get(measure.id, ())
            for one, other in _replaced(measure, objective.period):
                since = other[1].since
                if since is not None and _happened(view, since, objective.period, days):
                    yield _retargeting(view, measure, one, other)


def _replaced(
    measure: SuccessMeasure, period: Period
) -> Iterator[tuple[Setting, Setting]]:
    """Yield the targets that another took the place of, with that other."""
    start = period.start or date.min
    ordered = sorted(
        enumerate(measure.targets),
        key=lambda held: (held[1].since or date.min, held[0]),
    )
    held = [each for each in ordered if (each[1].until or date.max) >= start]
    for one, other in pairwise(held):
        if (one[1].value, one[1].descriptor) != (other[1].value, other[1].descriptor):
            yield one, other


def _happened(
    view: RuleView, since: date, period: Period, days: Iterable[date]
) -> bool:
    """Return whether a target holds from a day of the period with results before it."""
    if not period.covers(since) or (view.on is not None and view.on < since):
        return False
    return any(period.covers(day) and day < since for day in days)


def _retargeting(
    view: RuleView, measure: SuccessMeasure, one: Setting, other: Setting
) -> Issue:
    index, new = other
    who = f" by {view.titled(new.by)}" if new.by else ""
    why = f": {shown(shortened(new.why, _BRIEF))}" if new.why else ""
    name = "descriptor" if new.value is None else "value"
    return codes.RETARGETED.issue(
        f"{view.named(measure)} got {_easier(measure, one[1], new)} target after"
        f" results, {_said(new)} for {_said(one[1])}, on {new.since}{who}{why}.",
        ref=measure.id,
        path=f"targets[{index}].{name}",
        value=new.descriptor if new.value is None else new.value,
    )


def _said(target: TargetSetting) -> str:
    return shown(target.descriptor if target.value is None else target.value)


def _easier(measure: SuccessMeasure, old: TargetSetting, new: TargetSetting) -> str:
    counted = old.value is not None and new.value is not None
    height = _height if counted else _rank
    before, after = height(measure, old), height(measure, new)
    if before is None or after is None or before == after:
        return "another"
    return "an easier" if after < before else "a harder"


def _height(measure: SuccessMeasure, target: TargetSetting) -> Decimal | None:
    """Return how much a number asks for; None where either way may be the harder."""
    if measure.direction is Direction.HIGHER:
        return target.value
    if target.value is None or measure.direction is not Direction.LOWER:
        return None
    return target.value.copy_negate()


def _rank(measure: SuccessMeasure, target: TargetSetting) -> Decimal | None:
    """Return how high a word stands on the scale, which runs from worst to best."""
    steps = measure.scale.steps if measure.scale else ()
    ranks = {str(step.name): Decimal(rank) for rank, step in enumerate(steps)}
    return ranks.get(target.descriptor or "")


def one_sided_measures(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where no measure warns early, and where all are about money.

    Early warn those that are `leading`, or taken at the input; where no measure has a
    `stage` either, nobody has said. About money is what its dimension says, or else the
    perspective of the goal. Of a dropped objective or a retired process none counts.
    """
    measures = [each for each in view.of(SuccessMeasure) if _is_in_use(view, each)]
    if len(measures) < max(view.limit(JUDGED_FROM.name), 1):
        return
    refs = tuple(filter(None, [root_of(view)]))
    early = {each.leading or each.stage in _EARLY for each in measures}
    if True not in early and not any(each.stage for each in measures):
        why = "no measure says by `leading` or `stage` whether it warns early"
        yield NotJudged(codes.ONE_SIDED.code, why, refs)
    elif True not in early:
        yield _one_sided(view, measures, "that only tell afterward", "warns early")
    if all(_is_financial(view, each) for each in measures):
        other = "is of customers, of work or of people"
        yield _one_sided(view, measures, "that are all about money", other)


def _one_sided(
    view: RuleView, measures: Sequence[SuccessMeasure], what: str, other: str
) -> Issue:
    return codes.ONE_SIDED.issue(
        f"{_whole(view)} has {len(measures)} measures {what}.",
        ref=root_of(view),
        value=len(measures),
        fix=f"add a measure that {other}",
    )


def _whole(view: RuleView) -> str:
    return view.named(view.model.root) if view.model.root else "The organization"


def _is_in_use(view: RuleView, measure: SuccessMeasure) -> bool:
    objective = view.by_id(Objective).get(measure.of or "")
    process = view.by_id(Process).get(measure.of or "")
    dropped = objective is not None and objective.status is ObjectiveStatus.DROPPED
    return not dropped and not (process and is_retired(process, view.on))


def _is_financial(view: RuleView, measure: SuccessMeasure) -> bool:
    if measure.dimension:
        return "financ" in measure.dimension.casefold()
    goals = view.by_id(Goal)
    objective = view.by_id(Objective).get(measure.of or "")
    goal = goals.get(objective.goal or "") if objective else None
    while goal is not None and goal.perspective is None:
        goal = goals.get(goal.parent or "")
    return goal is not None and goal.perspective is Perspective.FINANCIAL


def too_many_objectives(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue where more objectives are pursued at a time than can be."""
    most = view.limit(MOST_OBJECTIVES.name)
    pursued = [each for each in view.of(Objective) if each.status in _PURSUED]
    held = [holds(each.period, view.on) for each in pursued]
    sure, perhaps = held.count(True), held.count(None)
    if sure > most:
        yield codes.TOO_MANY_OBJECTIVES.issue(
            f"{_whole(view)} pursues {sure} objectives, more than {most:g}.",
            ref=root_of(view),
            value=sure,
        )
    elif sure + perhaps > most:
        why = "which objectives are pursued together depends on the day: pass on="
        refs = tuple(filter(None, [root_of(view)]))
        yield NotJudged(codes.TOO_MANY_OBJECTIVES.code, why, refs)


RULES: Final = (
    RuleEntry(rule=levels_out_of_order, codes=(codes.LEVELS_OUT_OF_ORDER,)),
    RuleEntry(rule=retargeted, codes=(codes.RETARGETED,)),
    RuleEntry(rule=one_sided_measures, codes=(codes.ONE_SIDED,), limits=(JUDGED_FROM,)),
    RuleEntry(
        rule=too_many_objectives,
        codes=(codes.TOO_MANY_OBJECTIVES,),
        limits=(MOST_OBJECTIVES,),
    ),
)
