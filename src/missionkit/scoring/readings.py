"""The reading of each measure that counts on a day, and what it means."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from missionkit.domain.measure import Observation, SuccessMeasure, TargetSetting
from missionkit.markup import shown
from missionkit.ports.part import Combine, Part, Scale
from missionkit.ports.rule import RuleView
from missionkit.ports.score import Score
from missionkit.ports.scorer import Method, ScoreView
from missionkit.scoring.naming import named
from missionkit.scoring.satisfaction import Levels, satisfaction
from missionkit.trace.readings import known_on, taken_on

READS: Final = ("success_measure", "observation")
"""What of a model the satisfaction with measures is made of."""


def last_readings(view: RuleView) -> Mapping[str, Observation]:
    """Return the last reading of each measure that was known by the view's day.

    Readings that were corrected do not count, and those without a day come first.
    """
    corrected = {each.corrects for each in view.of(Observation)}
    found: dict[str, tuple[date, date, str, Observation]] = {}
    for each in view.of(Observation):
        day, known = taken_on(each) or date.min, known_on(each) or date.min
        if each.id in corrected or (view.on is not None and known > view.on):
            continue
        held = (day, known, str(each.id), each)
        found[each.measure] = max(held, found.get(each.measure, held))
    return {ref: held[-1] for ref, held in found.items()}


def measures_of(view: ScoreView, ref: str) -> tuple[SuccessMeasure, ...]:
    """Return the measures of an element."""
    return view.referring(SuccessMeasure, "of").get(ref, ())


def asked_measures(view: ScoreView) -> tuple[SuccessMeasure, ...]:
    """Return the measure asked about, or all of an element, or all there are."""
    if view.subject is None:
        return view.of(SuccessMeasure)
    own = view.by_id(SuccessMeasure).get(view.subject)
    return measures_of(view, view.subject) if own is None else (own,)


def target_at(measure: SuccessMeasure, reading: Observation) -> TargetSetting | None:
    """Return the target that held on the day of a reading, or the newest."""
    return measure.target_on(taken_on(reading) or date.max)


def mean_of_measures(
    method: Method, view: ScoreView, scale: Scale, part: "PartOf"
) -> Score:
    """Return the mean of the measures asked about, each of which counts alike."""
    parts = [part(view, each) for each in asked_measures(view)]
    if not parts:
        said = "nothing measures it" if view.subject else "there are no measures"
        return view.unable(method, said, combine=Combine.SUM, scale=scale)
    return view.scored(method, parts, combine=Combine.SUM, scale=scale, mean=True)


PartOf: TypeAlias = Callable[[ScoreView, SuccessMeasure], Part]
"""What makes the part of a measure."""

Judged: TypeAlias = tuple[float | None, str]
"""What a reading is worth, and how it was found; or None, and why it is worth none."""

Judge: TypeAlias = Callable[[SuccessMeasure, Decimal, Decimal | None], Judged]
"""What judges a number that was read of a measure, beside the target of its day."""


def judged_part(view: ScoreView, measure: SuccessMeasure, judge: Judge) -> Part:
    """Return what the last number read of a measure is worth, or why it is not."""
    reading = view.once(last_readings).get(measure.id)
    why = why_no_number(measure, reading)
    if reading is None or reading.value is None or why:
        return _part(measure, reading, None, why)
    target = target_at(measure, reading)
    beside = None if target is None else target.value
    return _part(measure, reading, *judge(measure, reading.value, beside))


def why_no_number(measure: SuccessMeasure, reading: Observation | None) -> str:
    """Return why the last reading is no number that can be compared, if it is none."""
    if reading is None:
        return "it has no reading"
    if reading.value is None:
        return "its last reading is no number"
    other = reading.unit not in (None, measure.unit)
    return "its last reading is in another unit" if other else ""


def satisfaction_part(view: ScoreView, measure: SuccessMeasure) -> Part:
    """Return the satisfaction with the last reading of a measure, or why none is."""
    reading = view.once(last_readings).get(measure.id)
    word = None if reading is None else reading.descriptor
    worded = reading is not None and (reading.value is None or measure.scale)
    if reading is not None and word is not None and worded:
        return _in_words(measure, reading, word)
    return judged_part(view, measure, _satisfied)


def _in_words(measure: SuccessMeasure, reading: Observation, word: str) -> Part:
    steps = measure.scale.steps if measure.scale else ()
    marks = {str(step.name): step.satisfaction for step in steps}
    if word not in marks:
        return _part(measure, reading, None, f"{shown(word)} is no step of its scale")
    if marks[word] is None:
        said = f"{shown(word)} stands for no satisfaction"
        return _part(measure, reading, None, said)
    return _part(measure, reading, marks[word], f"the last reading is {shown(word)}")


def _satisfied(measure: SuccessMeasure, value: Decimal, best: Decimal | None) -> Judged:
    half, worst = measure.threshold, measure.worst
    if best is None or half is None or worst is None:
        held = {"target": best, "threshold": half, "worst value": worst}
        said = " and no ".join(name for name, level in held.items() if level is None)
        return None, f"it has no {said}"
    levels = Levels(
        target=best, threshold=half, worst=worst, direction=measure.direction
    )
    found = satisfaction(value, levels)
    said = f"{value}; worst {worst}, threshold {half}, target {best}"
    if found is None:
        said = "its target, threshold and worst value are out of order"
    return found, said


def _part(
    measure: SuccessMeasure, reading: Observation | None, value: float | None, said: str
) -> Part:
    refs = (measure.id,) if reading is None else (measure.id, reading.id)
    return Part(name=named(measure), value=value, because=said, refs=refs)
