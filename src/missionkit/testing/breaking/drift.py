"""Faults of where effort and revenue go."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeVar

from attrs import evolve

from missionkit.domain.conduct import AllocationSnapshot, RevenueSnapshot
from missionkit.domain.model import Model
from missionkit.domain.plan import Purpose
from missionkit.domain.review import DriftSignal, SignalStatus
from missionkit.testing.fault import Change, fault

_ZERO: Final = Decimal(0)
S = TypeVar("S", AllocationSnapshot, RevenueSnapshot)


def _newest(model: Model, kind: type[S]) -> tuple[S, ...]:
    """Return the snapshot of the newest period, where there is one."""
    dated = {
        each.period.end: each
        for each in model.of(kind)
        if each.period and each.period.end
    }
    return (dated[max(dated)],) if dated else ()


@fault("MK-DRF-037", shape="review")
def off_the_mission(model: Model) -> Iterator[Change]:
    """Say of a purpose that takes much effort that it serves no goal."""
    for newest in _newest(model, AllocationSnapshot):
        for purpose in model.of(Purpose):
            put = evolve(purpose, off_mission=True)
            yield Change(ref=newest.id, path="off_mission", put=(put,))


@fault("MK-DRF-038", shape="review")
def effort_without_plan(model: Model) -> Iterator[Change]:
    """Leave it open how much effort was planned for something."""
    for newest in _newest(model, AllocationSnapshot):
        for at, bucket in enumerate(newest.buckets):
            left = list(newest.buckets)
            left[at] = evolve(bucket, planned=None)
            put = evolve(newest, buckets=tuple(left))
            yield Change(ref=newest.id, path=f"buckets[{at}].planned", put=(put,))


@fault("MK-DRF-039", shape="review")
def unanswered_signal(model: Model) -> Iterator[Change]:
    """Leave a warning of drift unanswered."""
    for signal in model.of(DriftSignal):
        put = evolve(signal, status=SignalStatus.RAISED)
        yield Change(ref=signal.id, path="status", put=(put,))


@fault("MK-DRF-040", shape="review")
def one_payer(model: Model) -> Iterator[Change]:
    """Leave only one client who pays."""
    for newest in _newest(model, RevenueSnapshot):
        for at in range(len(newest.buckets)):
            paid = tuple(
                bucket if at == other else evolve(bucket, actual=_ZERO, recurring=_ZERO)
                for other, bucket in enumerate(newest.buckets)
            )
            put = evolve(newest, buckets=paid)
            yield Change(ref=newest.id, path="buckets", put=(put,))
