"""Indicators and their series: made of a function of a view, point by point."""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Final

from attrs import field, frozen

from missionkit.drift.moved.sides import Moved
from missionkit.drift.timeline import Span
from missionkit.markup import one_line, shortened
from missionkit.ports.indicator import IndicatorView
from missionkit.ports.rule import LimitSpec
from missionkit.ports.series import Series, SeriesPoint

_WIDE: Final = 160


@frozen(kw_only=True)
class Figure:
    """An indicator that a function makes; another one tells what moved its figures."""

    name: str
    make: Callable[[IndicatorView], Iterable[Series]] = field(eq=False)
    version: str = "1"
    requires: tuple[str, ...] = ()
    limits: tuple[LimitSpec, ...] = ()
    moved: Moved | None = field(default=None, eq=False)

    def __call__(self, view: IndicatorView, /) -> Iterable[Series]:
        """Return the series of the view."""
        return tuple(self.make(view))


def series(  # noqa: PLR0913 - the facts of a series, by keyword
    view: IndicatorView,
    name: str,
    *,
    title: str,
    unit: str,
    points: Iterable[SeriesPoint],
    refs: Iterable[str] = (),
) -> Series:
    """Return a series of the view's season; its title is cut where it is too long."""
    return Series(
        indicator=name,
        title=as_title(title),
        unit=unit,
        points=tuple(points),
        season=view.season,
        refs=tuple(dict.fromkeys(refs)),
    )


def as_title(title: str) -> str:
    """Return a title on one line, cut where it is too long."""
    return shortened(one_line(title), _WIDE)


def known(span: Span, value: float, of: float | None = None) -> SeriesPoint:
    """Return a point with a value, made of so much; none where that is no number."""
    if not (isfinite(value) and isfinite(of or 0)):
        return unknown(span, "what is counted in it adds up to more than can be told")
    return SeriesPoint(start=span.start, end=span.end, value=value, of=of)


def unknown(span: Span, reason: str) -> SeriesPoint:
    """Return a point without a value, and why."""
    said = shortened(one_line(reason), _WIDE)
    return SeriesPoint(start=span.start, end=span.end, reason=said)
