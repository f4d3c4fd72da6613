"""The weights of what stands below one goal, and who stands beside whom in time."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import fsum, inf

from attrs import define, frozen

from missionkit.domain.values import Period


@frozen
class Share:
    """The weight of one of a family, and when it holds; without a period always."""

    weight: float | None
    period: Period | None

    @property
    def start(self) -> date:
        """The first day on which it holds."""
        return (self.period and self.period.start) or date.min

    @property
    def end(self) -> date:
        """The last day on which it holds."""
        return (self.period and self.period.end) or date.max


@frozen
class Group:
    """Some of a family that all hold on a day: what their weights add up to.

    *size* is how many they are, *whole* tells whether each of them has a weight.
    """

    day: date
    size: int
    total: float
    whole: bool

    def adds_up(self, tolerance: float) -> bool:
        """Return whether the weights are shares of 1, as far as they are known."""
        short = self.whole and self.total < 1 - tolerance
        return not short and self.total <= 1 + tolerance


@define
class _Tally:
    """What is known of those that hold on a day, whichever came and went before."""

    size: int = 0
    total: Fraction = Fraction()
    missing: int = 0
    bounded: int = 0
    going_on: int = 0

    def count(self, share: Share, sign: int, on: date | None) -> None:
        self.size += sign
        self.total += sign * Fraction(share.weight or 0)
        self.missing += sign * (share.weight is None)
        self.bounded += sign * (share.period is not None)
        going_on = share.period is not None and (on is None or share.end >= on)
        self.going_on += sign * going_on

    @property
    def is_over(self) -> bool:
        return bool(self.bounded) and not self.going_on

    def group(self, day: date) -> Group:
        try:
            total = float(self.total)
        except OverflowError:
            total = inf
        return Group(day, self.size, total, whole=not self.missing)


def groups_of(family: Sequence[Share], on: date | None) -> Iterator[Group]:
    """Yield the groups of those that hold on one day, and no other one with them all.

    A group is left out where the periods of all in it are over on the day *on*.
    """
    if family and _meet(family):
        together = _together(family, on)
        yield from (together,) if together else ()
        return
    coming = sorted(family, key=lambda share: share.start)
    leaving = sorted(family, key=lambda share: share.end)
    tally, gone = _Tally(), 0
    for at, share in enumerate(coming):
        while leaving[gone].end < share.start:
            tally.count(leaving[gone], -1, on)
            gone += 1
        tally.count(share, 1, on)
        last = at + 1 == len(coming) or coming[at + 1].start > leaving[gone].end
        if last and not tally.is_over:
            yield tally.group(share.start)


def whole_of(family: Sequence[Share]) -> Group:
    """Return all of a family as one group, whenever they hold."""
    return _group(family, date.min)


def _meet(family: Sequence[Share]) -> bool:
    """Return whether all of a family hold on one day, as most do."""
    return max(share.start for share in family) <= min(share.end for share in family)


def _together(family: Sequence[Share], on: date | None) -> Group | None:
    """Return all of a family that hold on one day, unless their periods are over."""
    bounded = [share.end for share in family if share.period is not None]
    if bounded and on is not None and max(bounded) < on:
        return None
    return _group(family, max(share.start for share in family))


def _group(family: Sequence[Share], day: date) -> Group:
    try:
        total = fsum(share.weight or 0 for share in family)
    except OverflowError:
        total = inf
    known = all(share.weight is not None for share in family)
    return Group(day, len(family), total, whole=known)
