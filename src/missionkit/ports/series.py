"""What an indicator gives and a detector takes: one figure, period by period."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from attrs import frozen

from missionkit.domain.declaration import proof, value
from missionkit.domain.marks import Between, Doc
from missionkit.domain.values import Line, Name
from missionkit.issue import Issue
from missionkit.markup import columns, shown
from missionkit.ports import codes


@frozen(kw_only=True)
@value
class SeriesPoint:
    """The figure of one period, or the reason why there is none.

    `of` is how much was counted to make it, such as hours or pounds.
    """

    start: date
    end: date
    value: float | None = None
    reason: str = ""
    of: float | None = None


@frozen(kw_only=True)
@value
class Series:
    """One figure over periods that follow each other, each as long as the others.

    `season` is after how many points the year begins anew, 1 where the caller knows
    that the figure has no season. `refs` are the elements that it is about.
    """

    indicator: Line
    title: Name
    unit: Line
    points: tuple[SeriesPoint, ...] = ()
    season: Annotated[
        int, Between(1, 366), Doc("points a year; 1: the figure has no season")
    ] = 12
    refs: tuple[str, ...] = ()

    @proof("points")
    def _in_order(self) -> Iterator[Issue]:
        last: date | None = None
        for at, point in enumerate(self.points):
            path = f"points[{at}]"
            if point.end < point.start or (last is not None and point.start <= last):
                said = f"the point from {point.start} to {point.end} is out of order"
                yield codes.POINTS_OUT_OF_ORDER.issue(
                    f"{said}.", path=path, value=shown(point.start)
                )
            if (point.value is None) is not bool(point.reason.strip()):
                yield codes.POINT_UNREASONED.issue(
                    "a point has either a value or a reason why it has none.",
                    path=f"{path}.reason",
                    value=point.reason,
                )
            last = point.end

    @property
    def known(self) -> tuple[SeriesPoint, ...]:
        """The points that have a value, in order."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def values(self) -> tuple[float, ...]:
        """The values of the points that have one, in order."""
        return tuple(p.value for p in self.points if p.value is not None)

    def __str__(self) -> str:
        """Return the figures as a table."""
        rows = [
            (
                point.start.isoformat(),
                "-" if point.value is None else f"{point.value:.4g}",
                point.reason,
            )
            for point in self.points
        ]
        head = ("from", self.unit, "why none")
        return f"{self.title}\n{columns((head, *rows))}"
