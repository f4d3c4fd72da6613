"""Whether measures can show success: their levels, their targets, their number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from itertools import pairwise
from operator import gt, lt
from typing import Final, TypeAlias

from missionkit.domain.measure import (
    Direction,
    Observation,
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
from missionkit.rules.facts.levels import brief
from missionkit.rules.facts.lifetime import holds
from missionkit.rules.facts.readings import standing_readings
from missionkit.rules.facts.whole import root_of
from missionkit.trace.lifetime import is_retired
from missionkit.trace.readings import known_on, taken_on

Level: TypeAlias = Decimal | None
Setting: TypeAlias = tuple[int, TargetSetting]

_PURSUED: Final = frozenset({ObjectiveStatus.DRAFT, ObjectiveStatus.ACTIVE})
_EARLY: Final = frozenset({ValueChainStage.INPUT, ValueChainStage.INPUT_PROCESSING})
_EXACT: Final = Context(prec=100)  # more digits than two values can have
_BRIEF: Final = 40
_LONGEST: Final = 120
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
    if good is not Direction.LOWER and all(map(lt, levels, levels[1:])):
        return True
    one_way = good is Direction.HIGHER or (best is not None and good is Direction.BAND)
    return not one_way and all(map(gt, levels, levels[1:]))


def _disorder(
    view: RuleView, measure: SuccessMeasure, path: str, target: Level
) -> Issue:
    held = zip(_LEVELS, (measure.worst, measure.threshold, target), strict=True)
    said = ", ".join(f"{name} {brief(v)}" for name, v in held if v is not None)
    good = measure.direction
    return codes.LEVELS_OUT_OF_ORDER.issue(
        _fitting(f"{view.named(measure)} has {said}", _GOOD[good]),
        ref=measure.id,
        path=path,
        value=measure.threshold if target is None else target,
        fix=f"correct one of them, or `direction`: {_ORDER[good]}",
    )


def retargeted(view: RuleView) -> Iterator[Judgment]:
    """Yield an issue for each target that was changed when results were known.

    That is one that takes the place of another after the first day of the period of its
    objective, also when it is over, and from the day on which a reading of that period
    was known. A target with an `until` before the next one begins was planned to end
    then, as the steps of a staircase are, and is not replaced. The measure of a process
    has no such period.
    """
    objectives = view.by_id(Objective)
    results: dict[str, list[Observation]] = {}
    for reading in standing_readings(view):
        results.setdefault(reading.measure, []).append(reading)
    for measure in view.of(SuccessMeasure):
        objective = objectives.get(measure.of or "")
        period = objective.period if objective else None
        first = _first_known(period, results.get(measure.id, ())) if period else None
        if period is None or first is None:
            continue
        for one, other in _replaced(measure, period):
            if first <= other[0] and (view.on is None or other[0] <= view.on):
                yield _retargeting(view, measure, one, other[1])


def _first_known(period: Period, readings: Iterable[Observation]) -> date | None:
    """Return from when on a result of a period was known; None where nobody said."""
    known = (
        known_on(reading)
        for reading in readings
        if (day := taken_on(reading)) and period.covers(day)
    )
    return min(filter(None, known), default=None)


def _replaced(
    measure: SuccessMeasure, period: Period
) -> Iterator[tuple[Setting, tuple[date, Setting]]]:
    """Yield the targets that another took the place of, with that other and its day."""
    start = period.start or date.min
    ordered = sorted(
        enumerate(measure.targets),
        key=lambda held: (held[1].since or date.min, held[0]),
    )
    held = [each for each in ordered if (each[1].until or date.max) >= start]
    for one, other in pairwise(held):
        since = other[1].since
        same = (one[1].value, one[1].descriptor) == (
            other[1].value,
            other[1].descriptor,
        )
        if since is not None and start < since <= (one[1].until or since) and not same:
            yield one, (since, other)


def _retargeting(
    view: RuleView, measure: SuccessMeasure, one: Setting, other: Setting
) -> Issue:
    index, new = other
    who = f" by {view.titled(new.by)}" if new.by else ""
    why = f": {shown(shortened(new.why, _BRIEF))}" if new.why else ""
    name = "descriptor" if new.value is None else "value"
    return codes.RETARGETED.issue(
        _fitting(
            f"{view.named(measure)} got {_easier(measure, one[1], new)} target after"
            " results",
            f", {_said(new)} for {_said(one[1])}",
            f", on {new.since}",
            who,
            why,
        ),
        ref=measure.id,
        path=f"targets[{index}].{name}",
        value=new.descriptor if new.value is None else new.value,
    )


def _fitting(first: str, *more: str) -> str:
    """Return a sentence of a first part and of as many more as fit into a line."""
    said = first
    for part in more:
        if len(said) + len(part) >= _LONGEST:
            break
        said += part
    return f"{said}."


def _said(target: TargetSetting) -> str:
    return shown(target.descriptor) if target.value is None else brief(target.value)


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
    objective = view.by_id(Objective).get(measure.of or "")
    goal = objective.goal if objective else None
    return view.once(_perspectives).get(goal or "") is Perspective.FINANCIAL


def _perspectives(view: RuleView) -> Mapping[str, Perspective | None]:
    """Return the perspective of each goal: its own, or that of the nearest above it."""
    goals = view.by_id(Goal)
    found: dict[str, Perspective | None] = {}
    for ref in goals:
        way: list[str] = []
        here, said = str(ref), None
        while said is None and here in goals and here not in found:
            way.append(here)
            said, here = goals[here].perspective, str(goals[here].parent or "")
        found |= dict.fromkeys(way, said or found.get(here))
    return found


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
