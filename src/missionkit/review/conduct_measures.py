"""How satisfied each stakeholder is, and how much effort goes to the mission."""

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from typing import Final

from attrs import evolve

from missionkit.domain.care import Feedback
from missionkit.domain.conduct import AllocationSnapshot, Basis
from missionkit.domain.measure import Observation, SuccessMeasure
from missionkit.domain.plan import BusinessOutput, Objective, Purpose
from missionkit.domain.stakeholder import Need, Stakeholder
from missionkit.domain.values import Cadence, Period, Unit
from missionkit.ports.rule import RuleView
from missionkit.review.mission_measure import Counted, MissionMeasure
from missionkit.trace.outcomes import readings_of

_SATISFIED: Final = MissionMeasure(
    name="satisfaction",
    meaning="mean of how satisfied they said they are, and of the newest readings in"
    " words of what is done for their needs",
    unit=Counted.POINTS,
    reason="no stakeholder is recorded",
)
_UNHEARD: Final = "no feedback with a rating, and no reading in words, is recorded"
_EFFORT: Final = MissionMeasure(
    name="effort on mission",
    meaning="share of the effort of the newest period that serves the mission",
    unit=Counted.SHARE,
    reason="no hours of effort are recorded for a period that has ended",
)
_YEAR: Final = Cadence(1, Unit.YEAR)
_ZERO: Final = Decimal(0)
_EXACT: Final = Context(prec=100)  # more digits than sums of amounts can have


def satisfaction(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield how satisfied each stakeholder is, from -100 to 100.

    Counted are the feedback of the period, and of each measure of what is done for
    their needs the newest reading, where it is a word of a scale that has a number.
    """
    readings = readings_of(view.model, view.day)
    measures = view.once(_measures_by_stakeholder)
    told = view.referring(Feedback, "stakeholder")
    period = _period(view)
    for who in view.of(Stakeholder):
        said = [f for f in told.get(who.id, ()) if _is_of(view, f, period)]
        found: dict[str, int] = {
            f.id: f.satisfaction for f in said if f.satisfaction is not None
        }
        for measure in measures.get(who.id, {}).values():
            found |= _in_words(measure, readings.get(measure.id, []))
        left = sum(f.satisfaction is None for f in said)
        yield _mean(who, found, f"{left:,} without a rating left out" if left else "")
    if not view.of(Stakeholder):
        yield _SATISFIED


def _period(view: RuleView) -> Period:
    own = view.cycle.period if view.cycle else None
    return own or Period(_YEAR.after(view.day, -1), view.day)


def _is_of(view: RuleView, feedback: Feedback, period: Period) -> bool:
    day = feedback.on
    return day is not None and day <= view.day and period.covers(day)


def _mean(who: Stakeholder, found: dict[str, int], left: str) -> MissionMeasure:
    """Return the mean, rounded toward zero as every satisfaction is."""
    asked = evolve(_SATISFIED, name=f"satisfaction of {who.id}", about=who.id)
    if not found:
        reason = "; ".join(filter(None, (_UNHEARD, left)))
        return evolve(asked, reason=reason)
    whole = sum(found.values())
    mean = abs(whole) // len(found)
    refs = tuple(sorted(found))
    value = mean if whole >= 0 else -mean
    return evolve(asked, value=value, counted=refs, reason=left)


def _in_words(measure: SuccessMeasure, readings: list[Observation]) -> dict[str, int]:
    """Return the newest reading with its satisfaction, where its scale has one."""
    steps = measure.scale.steps if measure.scale else ()
    numbers = {step.name: step.satisfaction for step in steps}
    found = numbers.get(readings[-1].descriptor or "") if readings else None
    return {} if found is None else {readings[-1].id: found}


def _measures_by_stakeholder(view: RuleView) -> dict[str, dict[str, SuccessMeasure]]:
    """Return the measures of objectives, and of processes, that serve their needs."""
    measures = view.referring(SuccessMeasure, "of")
    objectives = view.referring(Objective, "needs")
    outputs = view.referring(BusinessOutput, "satisfies")
    found: dict[str, dict[str, SuccessMeasure]] = {}
    for need in view.of(Need):
        done: set[str] = {each.id for each in objectives.get(need.id, ())}
        done |= {o.produced_by for o in outputs.get(need.id, ()) if o.produced_by}
        held: dict[str, SuccessMeasure] = {
            m.id: m for ref in sorted(done) for m in measures.get(ref, ())
        }
        if need.stakeholder is not None:
            found.setdefault(need.stakeholder, {}).update(held)
    return found


def effort_on_mission(view: RuleView) -> Iterator[MissionMeasure]:
    """Yield which share of the effort of the newest period serves the mission.

    Off mission are the amount of that name, and the buckets of purposes declared so.
    What is unknown, or in a bucket on nothing, counts as effort, but for no mission.
    """
    newest = _newest(view)
    counted = tuple(each.id for each in newest)
    if not newest:
        yield _EFFORT
        return
    asked = evolve(_EFFORT, meaning=f"{_EFFORT.meaning}: {newest[0].period}")
    off, unknown = _off(view, newest), _unknown(newest)
    actual = [b.actual for each in newest for b in each.buckets]
    stated = [a for each in newest for a in (each.off_mission, each.unknown) if a]
    whole = _sum((*actual, *stated))
    if off is None:
        yield evolve(asked, reason="nobody said how much effort was off mission")
    elif not whole:
        yield evolve(asked, reason="no effort is counted in the newest period")
    else:
        on = _EXACT.subtract(whole, _EXACT.add(off, unknown))
        left = f"{_share(unknown, whole):.1%} of it unknown" if unknown else ""
        yield evolve(asked, value=_share(on, whole), counted=counted, reason=left)


def _newest(view: RuleView) -> tuple[AllocationSnapshot, ...]:
    """Return the snapshots of hours whose period ended last, up to the day."""
    ended = [
        (each.period.end, each)
        for each in view.of(AllocationSnapshot)
        if each.basis is Basis.EFFORT_HOURS and each.period and each.period.end
    ]
    past = [(end, each) for end, each in ended if end <= view.day]
    last = max((end for end, _ in past), default=None)
    return tuple(each for end, each in past if end == last)


def _off(view: RuleView, newest: Iterable[AllocationSnapshot]) -> Decimal | None:
    """Return the effort off mission; None where a snapshot does not say."""
    purposes = view.by_id(Purpose)
    found: list[Decimal] = []
    for each in newest:
        beside = [
            bucket.actual
            for bucket in each.buckets
            if (purpose := purposes.get(bucket.on or "")) and purpose.off_mission
        ]
        if each.off_mission is None and not beside:
            return None
        found += (*beside, each.off_mission or _ZERO)
    return _sum(found)


def _unknown(newest: Iterable[AllocationSnapshot]) -> Decimal:
    loose = [b.actual for each in newest for b in each.buckets if b.on is None]
    return _sum((*loose, *(each.unknown or _ZERO for each in newest)))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, which does not depend on the order."""
    whole = _ZERO
    for amount in sorted(amounts):
        whole = _EXACT.add(whole, amount)
    return whole


def _share(part: Decimal, whole: Decimal) -> float:
    return float(_EXACT.divide(part, whole))
