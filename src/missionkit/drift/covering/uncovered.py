"""How much of a shift is left when decisions are allowed what they decided.

What is covered is put where it was decided to go, and all else keeps its proportions
among itself. How far the figure is then from what happened is what nobody decided.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from attrs import frozen

from missionkit.domain.review import Decision
from missionkit.drift.covering.deciding import decided
from missionkit.ports.finding import Driver, Finding

_ZERO: Final = Fraction()
_ONE: Final = Fraction(1)
_HALF: Final = Fraction(1, 2)


def left_of(finding: Finding, decisions: Sequence[Decision]) -> float:
    """Return which part of a shift decisions leave open: 0 for none, 1 for all of it.

    They cover what the figure is about, or what moved it. Of several ways to take the
    shift apart, the one in which most is covered counts.
    """
    found = [_of_figure(finding, decisions)]
    for _, held in groupby(finding.drivers, key=lambda driver: driver.dimension):
        drivers = tuple(held)
        covered = [_covered(driver.refs, decisions) for driver in drivers]
        if any(covered):
            found.append(_of_drivers(finding, drivers, covered))
    return float(min(max(min(found), _ZERO), _ONE))


def _covered(
    refs: Sequence[str], decisions: Sequence[Decision]
) -> tuple[Decision, ...]:
    return tuple(each for each in decisions if not set(refs).isdisjoint(each.covers))


def _of_figure(finding: Finding, decisions: Sequence[Decision]) -> Fraction:
    """Return what is left where decisions cover what the figure itself is about."""
    covering = _covered(finding.refs, decisions)
    if not finding.directed or finding.before is None or finding.after is None:
        way = finding.direction
        free = (d for d in covering if d.direction in (None, way) and d.up_to is None)
        return _ZERO if any(free) else _ONE
    scale = _amount_of_one(finding)
    if scale is None:
        scale = 1.0
        covering = tuple(each for each in covering if each.up_to is None)
    before, after = (
        Fraction(x) * Fraction(scale) for x in (finding.before, finding.after)
    )
    return _rest(before, decided(before, after, covering), after)


def _rest(before: Fraction, put: Fraction, after: Fraction) -> Fraction:
    return (after - put) / (after - before) if after != before else _ONE


def _amount_of_one(finding: Finding) -> float | None:
    """Return what 1 of the figure's unit is as an amount, or None where nobody knows.

    A share of 1 is all that was counted in a period since the shift, on average.
    """
    if not is_share(finding.unit):
        return 1.0
    points = finding.series.known if finding.series else ()
    held = [
        point.of
        for point in points
        if point.of is not None and finding.since and point.start >= finding.since
    ]
    return sum(held) / len(held) if held else None


def is_share(unit: str) -> bool:
    """Return whether a unit is a share: told in percent, and moved by points."""
    return "share" in unit.split()


@frozen
class _Thing:
    """A driver with what the decisions that cover it let it be."""

    driver: Driver
    covered: bool
    old: Fraction
    put: Fraction
    new: Fraction


def _of_drivers(
    finding: Finding, drivers: Sequence[Driver], covered: Sequence[tuple[Decision, ...]]
) -> Fraction:
    if any(
        driver.part_before is None or driver.part_after is None for driver in drivers
    ):
        return _of_sum(drivers, covered)
    things = [_thing(*each) for each in zip(drivers, covered, strict=True)]
    parts = _parts(things)
    if not finding.directed:
        apart = sum((abs(thing.new - part) for thing, part in parts), _ZERO)
        whole = sum((abs(thing.new - thing.old) for thing, _ in parts), _ZERO)
        return apart / whole if whole else _ONE
    # Of an index of concentration the figure of a thing is its own part.
    own = all(d.before == d.part_before and d.after == d.part_after for d in drivers)
    old = sum((t.old * Fraction(t.driver.before) for t in things), _ZERO)
    new = sum((t.new * Fraction(t.driver.after) for t in things), _ZERO)
    put = sum((part * (part if own else _figure(t)) for t, part in parts), _ZERO)
    return _rest(old, put, new)


def _figure(thing: _Thing) -> Fraction:
    return Fraction(thing.driver.after if thing.covered else thing.driver.before)


def _of_sum(
    drivers: Sequence[Driver], covered: Sequence[tuple[Decision, ...]]
) -> Fraction:
    whole = left = _ZERO
    for driver, decisions in zip(drivers, covered, strict=True):
        before, after = Fraction(driver.before), Fraction(driver.after)
        whole += after - before
        left += after - decided(before, after, decisions)
    return left / whole if whole else _ONE


def _thing(driver: Driver, decisions: tuple[Decision, ...]) -> _Thing:
    """Return where decisions put a thing, as a part of everything."""
    old, new = (Fraction(x or 0) for x in (driver.part_before, driver.part_after))
    amount = Fraction(driver.of_after or 0)
    # What is gone has no amount from which that of everything could be told.
    scale = amount / new if amount and new else None
    if scale is None:
        decisions = tuple(each for each in decisions if each.up_to is None)
        scale = _ONE
    put = decided(old * scale, new * scale, decisions) / scale
    return _Thing(driver, bool(decisions), old, put, new)


def _parts(things: Sequence[_Thing]) -> list[tuple[_Thing, Fraction]]:
    """Return each thing's part, with what is not covered in its old proportions."""
    covered = sum((thing.put for thing in things if thing.covered), _ZERO)
    rest = sum((thing.old for thing in things if not thing.covered), _ZERO)
    room = max(_ONE - covered, _ZERO)
    scale = room / rest if rest else _ZERO
    found = [
        (thing, thing.put if thing.covered else thing.old * scale) for thing in things
    ]
    whole = sum((part for _, part in found), _ZERO)
    return [(thing, part / whole) for thing, part in found] if whole else found
