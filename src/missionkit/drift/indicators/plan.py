"""How far effort lies from its plan: by total variation and Jensen-Shannon."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import frozen

from missionkit.domain.conduct import AllocationBucket, AllocationSnapshot, Basis
from missionkit.drift.amounts import shares
from missionkit.drift.figure import Figure, known, series, unknown
from missionkit.drift.ledger.sums import ZERO, plus, total
from missionkit.drift.moved.drivers import PartOf
from missionkit.drift.moved.sides import Moved, Things, sides, sums_moved
from missionkit.drift.shares import (
    jensen_shannon_distance,
    jensen_shannon_divergence,
    total_variation,
)
from missionkit.drift.sight import sight
from missionkit.drift.timeline import fitting, not_over, spans
from missionkit.ports.finding import Driver, Finding
from missionkit.ports.indicator import Indicator, IndicatorView
from missionkit.ports.series import Series, SeriesPoint

_OFF: Final = ""  # no bucket has a blank name
_OFF_NAME: Final = "off mission, and nobody says for what"
_NONE: Final = Fraction()


@frozen
class _Measure:
    """A distance between what was planned and what was done."""

    name: str
    words: str
    unit: str
    apart: Callable[[dict[str, Decimal], dict[str, Decimal]], float]
    moved: Moved | None = None


_WORDS: Final = {
    Basis.EFFORT_HOURS: "Effort",
    Basis.SPEND: "Spend",
    Basis.HEADCOUNT: "Headcount",
}


@frozen
class _Plans:
    """What was planned and done in a period by name, or why they do not compare."""

    planned: dict[str, Decimal]
    actual: dict[str, Decimal]
    reason: str = ""


def _against_plan(measure: _Measure, view: IndicatorView) -> Iterator[Series]:
    """Yield for each basis of snapshots how far what was done is from the plan.

    The formulas are those of `total_variation`, `jensen_shannon_distance` and
    `jensen_shannon_divergence`. Off mission is a bucket for which nothing is planned.
    Effort that is unknown is left out of both.
    """
    every = view.of(AllocationSnapshot)
    for basis in (each for each in Basis if any(s.basis is each for s in every)):
        held = [each for each in every if each.basis is basis]
        yield series(
            view,
            measure.name,
            title=f"{_WORDS[basis]} against plan: {measure.words}",
            unit=measure.unit,
            points=_points(view, measure, held),
            refs={b.on: b for s in held for b in s.buckets if b.on is not None},
        )


def _points(
    view: IndicatorView, measure: _Measure, held: list[AllocationSnapshot]
) -> Iterator[SeriesPoint]:
    for span in spans(view):
        fit = fitting(span, held)
        reason = not_over(view, span) or (fit if isinstance(fit, str) else "")
        if reason or isinstance(fit, str):
            yield unknown(span, reason)
            continue
        plans = _plans(view, fit)
        if plans.reason:
            yield unknown(span, plans.reason)
        else:
            apart = measure.apart(plans.planned, plans.actual)
            yield known(span, apart, float(total(plans.actual.values())))


def _plans(view: IndicatorView, fit: tuple[AllocationSnapshot, ...]) -> _Plans:
    off = view.once(sight).off
    planned: dict[str, Decimal] = {}
    actual = {_OFF: total(each.off_mission or ZERO for each in fit)}
    lacking = []
    for bucket in (bucket for each in fit for bucket in each.buckets):
        name = bucket.on or f" {bucket.name}"  # no id begins with a blank
        plan = _planned(bucket, off)
        if plan is None:
            lacking.append(bucket.name)
        planned[name] = plus(planned.get(name, ZERO), plan or ZERO)
        actual[name] = plus(actual.get(name, ZERO), bucket.actual)
    return _Plans(planned, actual, _wrong(lacking, planned, actual))


def _planned(bucket: AllocationBucket, off: frozenset[str]) -> Decimal | None:
    return ZERO if bucket.planned is None and bucket.on in off else bucket.planned


def _wrong(
    lacking: list[str], planned: dict[str, Decimal], actual: dict[str, Decimal]
) -> str:
    if lacking:
        return f"nobody says what was planned for {lacking[0]}"
    if not any(planned.values()):
        return "nothing was planned for it"
    return "" if any(actual.values()) else "nothing was counted in it"


def _variation_moved(view: IndicatorView, finding: Finding) -> Iterator[Driver]:
    """Yield how far each thing lies from its plan: the halves add up to the figure."""
    split = sides(view, finding)
    if split is None:
        return
    (basis,) = (each for each in Basis if finding.title.startswith(_WORDS[each]))
    held = [each for each in view.of(AllocationSnapshot) if each.basis is basis]
    old, new = (_apart(view, held, side) for side in (split.before, split.after))
    refs = frozenset(name for name in (*old, *new) if name in view.model)
    things = Things(dimension="what is served", before=old, after=new, refs=refs)
    yield from sums_moved(view, things)


def _apart(
    view: IndicatorView, held: list[AllocationSnapshot], side: Sequence[int]
) -> dict[str, PartOf]:
    """Return the mean of half the distance of each thing's shares, period by period."""
    found: dict[str, Fraction] = {}
    for at in side:
        fit = fitting(spans(view)[at], held)
        plans = _plans(view, fit if isinstance(fit, tuple) else ())
        planned, actual = shares(plans.planned), shares(plans.actual)
        for name in {**planned, **actual}:
            far = abs(planned.get(name, _NONE) - actual.get(name, _NONE)) / 2
            called = str(name).strip() or _OFF_NAME
            found[called] = found.get(called, _NONE) + far / len(side)
    return {name: (float(far), float(far)) for name, far in found.items()}


_MEASURES: Final = (
    _Measure(
        "plan-total-variation",
        "total variation",
        "share that would have to move",
        total_variation,
        _variation_moved,
    ),
    _Measure(
        "plan-jensen-shannon-distance",
        "Jensen-Shannon distance, base 2",
        "distance, base 2",
        jensen_shannon_distance,
    ),
    _Measure(
        "plan-jensen-shannon-divergence",
        "Jensen-Shannon divergence, base 2",
        "bits, base 2",
        jensen_shannon_divergence,
    ),
)
INDICATORS: tuple[Indicator, ...] = tuple(
    Figure(
        name=measure.name,
        make=partial(_against_plan, measure),
        requires=("allocation_snapshot",),
        moved=measure.moved,
    )
    for measure in _MEASURES
)
