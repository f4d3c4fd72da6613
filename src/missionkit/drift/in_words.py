"""A finding in words, for people who decide and do not calculate."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from missionkit.drift.covering.uncovered import is_share
from missionkit.markup import one_line
from missionkit.ports.finding import (
    Cover,
    Covering,
    DriftVerdict,
    Driver,
    Finding,
    refuse_no_finding,
)

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NAMED: Final = 3
_LEAST_SHARE: Final = 0.1
_HALF: Final = 0.5
_TENTH: Final = 0.1
_FEW: Final = 0.0195
_THOUSAND: Final = 1000


def in_words(finding: Finding) -> str:
    """Return what a finding says, in sentences: the shift, since when, what moved it.

    Figures are rounded for people. Decisions that cover the shift are named, and where
    they came after the fact it is said.
    """
    refuse_no_finding(finding, "in_words")
    said = {
        DriftVerdict.DRIFT: _drift,
        DriftVerdict.NO_DRIFT: _no_drift,
        DriftVerdict.NOT_ENOUGH_DATA: _unsure,
    }
    return " ".join(said[finding.verdict](finding))


def _drift(finding: Finding) -> Iterator[str]:
    moved = _drivers(finding)
    yield f"{_shift(finding)}{_since(finding)}{f'; {moved}' if moved else ''}."
    timely = [c for c in finding.covers if c.standing is Covering.BEFORE]
    late = [c for c in finding.covers if c.standing is Covering.AFTER_THE_FACT]
    if finding.is_adaptation:
        whole = [cover for cover in timely if cover.whole]
        yield f"This is adaptation: it was decided before ({_titles(whole)})."
        return
    if timely:
        yield f"Decided before was only a part of it ({_titles(timely)})."
    if late:
        yield f"It was decided after the fact ({_titles(late)}), so it is drift still."
    if not finding.covers:
        yield "No decision covers it."


def _no_drift(finding: Finding) -> Iterator[str]:
    smallest = ""
    if finding.visible is not None:
        smallest = f"; a shift of {_size(finding, finding.visible)} would have shown"
    yield f"{one_line(finding.title)}: no drift{smallest}."


def _unsure(finding: Finding) -> Iterator[str]:
    yield f"{one_line(finding.title)}: not enough data to tell: {finding.reason}."


def _shift(finding: Finding) -> str:
    title, effect = one_line(finding.title), finding.effect or 0
    if not finding.directed:
        return f"{title}: about {_size(finding, abs(effect))} moved"
    way = "rose" if effect > 0 else "fell"
    if finding.before is None or finding.after is None:
        return f"{title} {way} by {_size(finding, abs(effect))}"
    levels = [_level(finding, each) for each in (finding.before, finding.after)]
    return f"{title} {way} from {' to '.join(levels)}"


def _since(finding: Finding) -> str:
    if finding.since is None:
        return ""
    said = f" from {_day(finding.since)} on"
    first, last = finding.earliest, finding.latest
    if first is None or last is None or first == last:
        return said
    return f"{said} (between {_day(first, last)} and {_day(last)})"


def _day(day: date, until: date | None = None) -> str:
    """Return a day; the first of a month is the month, whose year is told once."""
    year = "" if until and until.year == day.year else f" {day.year}"
    month = f"{MONTHS[day.month - 1]}{year}"
    return month if day.day == 1 else f"{day.day} {month}"


def _drivers(finding: Finding) -> str:
    """Return what moved the figure most, told apart in one way.

    That is the first way in which one thing did more than half, as ways come from what
    was done to who did it; or else the one in which one thing did most.
    """
    groups = [
        [each for each in held if _is_worth_naming(each)][:_NAMED]
        for _, held in groupby(finding.drivers, key=lambda driver: driver.dimension)
    ]
    strong = (each for each in groups if each and _first(each) > _HALF)
    told = next(strong, None) or max(
        (each for each in groups if each), key=_first, default=[]
    )
    if not told:
        return ""
    return f"most of it: {', '.join(_driver(finding, each) for each in told)}"


def _is_worth_naming(driver: Driver) -> bool:
    return driver.things == 1 and (driver.share or 0) >= _LEAST_SHARE


def _first(drivers: list[Driver]) -> float:
    return drivers[0].share or 0


def _driver(finding: Finding, driver: Driver) -> str:
    moved = f"{one_line(driver.name)} {_moved(finding, driver)}"
    if not driver.driven_by:
        return moved
    named = " and ".join(f'"{one_line(each)}"' for each in driver.driven_by[:_NAMED])
    return f"{moved} (driven by {named})"


def _moved(finding: Finding, driver: Driver) -> str:
    if driver.part_before is None or driver.part_after is None:
        return _number(driver.moved, finding.unit, "+")
    grown = driver.part_after - driver.part_before
    own = (driver.part_after + driver.part_before) / 2 * (driver.after - driver.before)
    if abs(own) > abs(grown):
        return f"from {_percent(driver.before)} to {_percent(driver.after)}"
    return f"{_points(grown, '+')} points"


def _level(finding: Finding, figure: float) -> str:
    return _percent(figure) if is_share(finding.unit) else _number(figure, finding.unit)


def _size(finding: Finding, moved: float) -> str:
    if not is_share(finding.unit):
        return _number(moved, finding.unit)
    return f"{_points(moved)} points" if finding.directed else _percent(moved)


def _points(share: float, sign: str = "") -> str:
    """Return the hundredths of a share; of few of them the tenths, too."""
    digits = 0 if abs(share) >= _FEW or not share else 1
    return f"{share * 100:{sign}.{digits}f}"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= _TENTH or not share else f"{share:.1%}"


def _number(figure: float, unit: str, sign: str = "") -> str:
    """Return a figure to three digits that count, thousands told apart."""
    if abs(figure) >= _THOUSAND:
        digits = 3 - len(f"{abs(figure):.0f}")
        return f"{round(figure, digits):{sign},.0f} {one_line(unit)}"
    return f"{figure:{sign}.3g} {one_line(unit)}"


def _titles(covers: Sequence[Cover]) -> str:
    named = [f"{one_line(c.title)}, {c.effective.isoformat()}" for c in covers[:_NAMED]]
    more = len(covers) - _NAMED
    return "; ".join([*named, f"and {more} more"] if more > 0 else named)
