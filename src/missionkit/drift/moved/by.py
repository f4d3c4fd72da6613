"""What moved a figure that shifted: looked up where the figure was made from."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import fsum
from typing import Any, Final

from attrs import evolve

from missionkit.drift.figure import Figure
from missionkit.drift.indicator_catalog import INDICATORS
from missionkit.ports.finding import DriftVerdict, Driver, Finding
from missionkit.ports.indicator import IndicatorView

KEPT: Final = 7
"""How many drivers of a dimension are told apart; the rest are told together."""
OTHERS: Final = "others"
_ADDED: Final = ("moved", "share", "part_before", "part_after", "of_before", "of_after")


def with_drivers(finding: Finding, view: IndicatorView) -> Finding:
    """Return the finding of a drift with all that moved it, the largest first.

    Before are the periods until the shift shows, after are those since, each with all
    that was counted in it. A share of effort is taken apart by what is served, by
    activity, role and sphere; a figure of revenue by client, segment and offering;
    snapshots tell what is served and clients only. A dimension is left out where nobody
    states it, and where refunds leave no sound parts.

    A figure that is no share, sum or index of concentration, such as a distance, has no
    drivers, nor has one that is not ours.
    """
    indicator = INDICATORS.get(finding.indicator)
    drifted = finding.verdict is DriftVerdict.DRIFT
    if not drifted or not isinstance(indicator, Figure) or indicator.moved is None:
        return finding
    return evolve(finding, drivers=tuple(indicator.moved(view, finding)))


def with_few_drivers(finding: Finding) -> Finding:
    """Return the finding with the 7 largest drivers of each dimension, and the others.

    The others are one driver, so that the parts of a dimension still add up to 1.
    """
    found = [
        driver
        for _, held in groupby(finding.drivers, key=lambda each: each.dimension)
        for driver in _few(tuple(held))
    ]
    return evolve(finding, drivers=tuple(found))


def _few(drivers: Sequence[Driver]) -> Iterator[Driver]:
    # One more is no longer than the line that would stand for it.
    many = len(drivers) > KEPT + 1
    yield from drivers[:KEPT] if many else drivers
    if many:
        yield _others(drivers[KEPT:])


def _others(rest: Sequence[Driver]) -> Driver:
    """Return all of some drivers as one: sums add up, shares have their mean."""
    sums: dict[str, Any] = {
        name: fsum(held) if None not in held else None
        for name in _ADDED
        if (held := [getattr(each, name) for each in rest])
    }
    return Driver(
        dimension=rest[0].dimension,
        name=f"{len(rest)} {OTHERS}",
        before=_figure(rest, "before"),
        after=_figure(rest, "after"),
        things=len(rest),
        **sums,
    )


def _figure(rest: Sequence[Driver], side: str) -> float:
    """Return the figure of several things: the mean by their parts, or else the sum."""
    figures = [getattr(each, side) for each in rest]
    parts = [getattr(each, f"part_{side}") for each in rest]
    if None in parts:
        return fsum(figures)
    whole = fsum(parts)
    mean = fsum(f * p for f, p in zip(figures, parts, strict=True))
    return mean / whole if whole else 0.0
