"""Faults of measures and their readings."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import evolve

from missionkit.domain.checking import sound_decimal
from missionkit.domain.ids import ObservationId
from missionkit.domain.intent import Limit
from missionkit.domain.measure import Observation, SuccessMeasure, TargetSetting
from missionkit.domain.model import Model
from missionkit.rules.families.measures import JUDGED_FROM, MOST_OBJECTIVES
from missionkit.testing.breaking.finding import by_ref, other, pursued
from missionkit.testing.fault import Change, fault
from missionkit.testing.sound import DAY


@fault("MK-MSR-017")
def levels_upside_down(model: Model) -> Iterator[Change]:
    """Put the threshold of a measure where its worst value is."""
    for measure in model.of(SuccessMeasure):
        if measure.worst is not None and measure.threshold is not None:
            put = evolve(measure, threshold=measure.worst)
            yield Change(ref=measure.id, path="threshold", put=(put,))


@fault("MK-MSR-018")
def wrong_unit(model: Model) -> Iterator[Change]:
    """Record a reading in another unit than that of its measure."""
    for reading in model.of(Observation):
        if reading.unit and reading.value is not None:
            put = evolve(reading, unit="dozens")
            yield Change(ref=reading.id, path="unit", put=(put,))


@fault("MK-MSR-019")
def reading_out_of_time(model: Model) -> Iterator[Change]:
    """Record a reading of years before the objective."""
    for reading in model.of(Observation):
        ref = ObservationId(other(model, "another-reading"))
        put = evolve(reading, id=ref, at=date(2001, 1, 1))
        yield Change(ref=ref, path="at", put=(put,))


@fault("MK-MSR-020")
def moved_target(model: Model) -> Iterator[Change]:
    """Set another target for a measure when results are known."""
    read = by_ref(model, Observation, "measure")
    measured = by_ref(model, SuccessMeasure, "of")
    for objective in pursued(model):
        for measure in measured.get(objective.id, ()):
            value = _further(measure)
            if measure.id in read and value is not None:
                new = TargetSetting(value=value, since=DAY)
                put = evolve(measure, targets=(*measure.targets, new))
                path = f"targets[{len(measure.targets)}].value"
                yield Change(ref=measure.id, path=path, put=(put,))


def _further(measure: SuccessMeasure) -> Decimal | None:
    """Return a target twice as far from the threshold as the last one is."""
    last = measure.targets[-1].value if measure.targets else None
    if last is None or measure.threshold is None:
        return None
    value = 2 * last - measure.threshold
    return value if sound_decimal(value) else None


@fault("MK-MSR-021", shape="review")
def late_warnings(model: Model) -> Iterator[Change]:
    """Let the only measure that warns early tell only afterward."""
    several = len(model.of(SuccessMeasure)) >= JUDGED_FROM.default
    early = [each for each in model.of(SuccessMeasure) if each.leading]
    if model.root and several and len(early) == 1:
        put = evolve(early[0], leading=False)
        yield Change(ref=model.root.id, put=(put,))


@fault("MK-MSR-022")
def too_much_at_once(model: Model) -> Iterator[Change]:
    """Allow for fewer objectives than are pursued."""
    many = sum(1 for _ in pursued(model))
    if model.root and many:
        fewer = Limit(name=MOST_OBJECTIVES.name, value=many - 1)
        put = evolve(model.root, limits=(*model.root.limits, fewer))
        yield Change(ref=model.root.id, put=(put,))
