"""What a figure was made of before a shift, and since: the ground of its drivers."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from missionkit.drift.moved.drivers import PartOf, share_drivers, sum_drivers
from missionkit.drift.naming import titles
from missionkit.drift.timeline import spans
from missionkit.ports.finding import SLOPE, Driver, Finding
from missionkit.ports.indicator import IndicatorView

NOT_STATED: Final = "not stated"

Moved: TypeAlias = Callable[[IndicatorView, Finding], Iterable[Driver]]
"""What gives the drivers of a finding; it lies beside what makes the figure."""
_NONE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@frozen
class Sides:
    """The places of the periods that a shift was found in: before it, and since."""

    before: tuple[int, ...]
    after: tuple[int, ...]


def sides(view: IndicatorView, finding: Finding) -> Sides | None:
    """Return which periods with a figure lie before the shift of a finding, and since.

    Where the shift took its time, only those count that lie after it. None stands for
    a finding without a day, or with nothing on one side.
    """
    if finding.since is None or finding.series is None:
        return None
    places = {span.start: at for at, span in enumerate(spans(view))}
    known = finding.series.known[-finding.points :] if finding.points else ()
    used = [point.start for point in known if point.start in places]
    before = tuple(places[day] for day in used if day < finding.since)
    sloped = any(each.name == SLOPE for each in finding.parameters)
    there = finding.latest or finding.since if sloped else finding.since
    after = tuple(places[day] for day in used if day >= there)
    return Sides(before, after) if before and after else None


@frozen(kw_only=True)
class Things:
    """One way to tell things apart: what of each was there, on both sides.

    `refs` says which of the names are elements of the model, and `along` what else an
    element stands for, such as the influencers that drive a purpose.
    """

    dimension: str
    before: Mapping[str, PartOf]
    after: Mapping[str, PartOf]
    refs: frozenset[str] = frozenset()
    along: Mapping[str, tuple[str, ...]] = field(default=_NONE)


def told(view: IndicatorView, things: Things, found: Iterable[Driver]) -> list[Driver]:
    """Return drivers with things called as the model calls them, and their elements."""
    drivers = list(found)
    called = titles(view, (each.name for each in drivers), things.refs)
    return [_told(view, things, each, called) for each in drivers]


def _told(
    view: IndicatorView, things: Things, driver: Driver, called: Mapping[str, str]
) -> Driver:
    along = things.along.get(driver.name, ())
    refs = (driver.name, *along) if driver.name in things.refs else ()
    drives = titles(view, along, along)
    return evolve(
        driver,
        name=called[driver.name],
        refs=refs,
        driven_by=tuple(drives[ref] for ref in along),
    )


def shares_moved(view: IndicatorView, things: Things) -> list[Driver]:
    """Return what moved a share; nothing where refunds leave no sound parts.

    Things that all have no name but one, or of which there is no other, say nothing.
    """
    if not _sound(things.before) or not _sound(things.after) or _nameless(things):
        return []
    found = share_drivers(things.dimension, things.before, things.after)
    return told(view, things, found)


def sums_moved(view: IndicatorView, things: Things) -> list[Driver]:
    """Return what moved a sum, of which each thing's first number is its part."""
    if _nameless(things):
        return []
    before = {name: part for name, (part, _) in things.before.items()}
    after = {name: part for name, (part, _) in things.after.items()}
    return told(view, things, sum_drivers(things.dimension, before, after))


def _sound(side: Mapping[str, PartOf]) -> bool:
    pairs = side.values()
    return any(whole for _, whole in pairs) and all(
        0 <= part <= whole for part, whole in pairs
    )


def _nameless(things: Things) -> bool:
    return not {*things.before, *things.after} - {NOT_STATED}
