"""A figure over time with its level before and after a shift, as a picture."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from missionkit.drawing.plot import Plot, Stretch, Trace, plot
from missionkit.markup import Html
from missionkit.ports.series import Series, SeriesPoint

_TENTH: Final = 0.1
_THOUSAND: Final = 1000
_LARGE: Final = 1e12
_MONTH: Final = 31
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@frozen(kw_only=True)
class Shifted:
    """What is drawn beside a figure: its levels, and since when the later one shows.

    A shift that is *sloped* took from `earliest` to `latest`.
    """

    verdict: str
    said: str
    before: float | None = None
    after: float | None = None
    since: date | None = None
    earliest: date | None = None
    latest: date | None = None
    sloped: bool = False


def shift_picture(series: Series, shift: Shifted) -> Html:
    """Return the figures as SVG, with the levels, the interval and the verdict.

    Where no figure is known there is no picture.
    """
    if not series.known:
        return Html("")
    points, unit = series.points, series.unit

    def number(value: float) -> str:
        return said_as(value, unit)

    return plot(
        Plot(
            title=f"{series.title}: {shift.verdict}",
            said=f"{shift.said.rstrip('.')}. {_range(series)}".strip(),
            head=shift.said,
            labels=[day_label(point) for point in points],
            traces=(
                Trace(
                    values=[point.value for point in points],
                    look="mk-figure",
                    name=unit,
                    dotted=True,
                ),
                *_levels(points, shift, number),
            ),
            number=number,
            stretch=_stretch(points, shift),
        )
    )


def day_label(point: SeriesPoint) -> str:
    """Return the month of a period, or its first day where it is shorter."""
    start = point.start
    if start.day == 1 and (point.end - start).days >= _MONTH - 4:
        return f"{_MONTHS[start.month - 1]} {start.year}"
    return start.isoformat()


def said_as(value: float, unit: str) -> str:
    """Return a value as people read it: shares as percent, thousands told apart.

    >>> said_as(0.125, "share of effort"), said_as(12500.0, "EUR")
    ('12.5%', '12,500')
    """
    if "share" in unit.split():
        return f"{value * 100:.3g}%" if abs(value) < _THOUSAND else f"{value:.3g}"
    if _THOUSAND <= abs(value) < _LARGE:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _levels(
    points: Sequence[SeriesPoint], shift: Shifted, number: Callable[[float], str]
) -> Iterator[Trace]:
    since, before, after = shift.since, shift.before, shift.after
    if since is None or before is None or after is None:
        return
    old = [before if point.start < since else None for point in points]
    there = (shift.latest or since) if shift.sloped else since
    new = [after if point.start >= there else None for point in points]
    yield Trace(values=old, look="mk-before", name=f"level before: {number(before)}")
    yield Trace(values=new, look="mk-after", name=f"level after: {number(after)}")
    if shift.sloped:
        yield Trace(
            values=_slope(
                [point.start for point in points], since, there, (before, after)
            ),
            look="mk-slope",
            name="the way between",
            joined=True,
        )


def _slope(
    starts: Sequence[date], since: date, there: date, ends: tuple[float, float]
) -> list[float | None]:
    """Return the straight way from the last point before to the first one after."""
    held = [at for at, start in enumerate(starts) if since <= start <= there]
    found: list[float | None] = [None] * len(starts)
    if held and held[0]:
        first, wide = held[0] - 1, held[-1] - held[0] + 1
        for at in range(first, held[-1] + 1):
            found[at] = ends[0] + (ends[1] - ends[0]) * (at - first) / wide
    return found


def _stretch(points: Sequence[SeriesPoint], shift: Shifted) -> Stretch | None:
    """Return when the shift began, or while it took place, where that is known."""
    first, last = shift.earliest, shift.latest
    if first is None or last is None:
        return None
    held = [at for at, point in enumerate(points) if first <= point.start <= last]
    if not held:
        return None
    months = [day_label(points[at]) for at in (held[0], held[-1])]
    when = months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"
    name = f"it took from {when}" if shift.sloped else f"began here, 95% sure: {when}"
    return Stretch(first=held[0], last=held[-1], name=name)


def _range(series: Series) -> str:
    """Return how many figures are shown, and how many periods lack one."""
    known, all_points = series.known, series.points
    gaps = len(all_points) - len(known)
    lacking = f", {gaps} without a figure" if gaps else ""
    values = [said_as(value, series.unit) for value in series.values]
    return (
        f"{len(all_points)} periods{lacking}, from {values[0]} in"
        f" {day_label(known[0])} to {values[-1]} in {day_label(known[-1])}."
    )
