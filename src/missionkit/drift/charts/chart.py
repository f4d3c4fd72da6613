"""A chart as a value: its lines with their limits point by point, and its signals."""

import json
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias

import attrs
from attrs import frozen

from missionkit.domain.declaration import value
from missionkit.domain.intent import Limit
from missionkit.domain.marks import AtLeast, Doc, NotEmpty
from missionkit.domain.review import Shift
from missionkit.domain.values import Line, Name
from missionkit.drawing.plot import Plot, Trace, plot
from missionkit.markup import Html, columns, join, table, tag

Place: TypeAlias = Annotated[int, AtLeast(0)]
Sigma: TypeAlias = Annotated[float, AtLeast(0)]


@frozen(kw_only=True)
@value
class ChartPoint:
    """One point of a line: what is drawn, and the limits that hold for it.

    `at` is its place from 0. Without a value there was no figure, and `reason` says
    why, or nothing is known yet.
    """

    at: Place
    start: date | None = None
    value: float | None = None
    reason: str = ""
    lower: float | None = None
    center: float | None = None
    upper: float | None = None


@frozen(kw_only=True)
@value
class ChartLine:
    """One line of a chart, such as the moving ranges."""

    name: Name
    points: tuple[ChartPoint, ...] = ()


@frozen(kw_only=True)
@value
class ChartSignal:
    """What a rule found: at which point it could first be said, and what made it.

    `at` and `points` are places from 0. `statistic` is what went over the `limit`.
    `since` is the first point of what is told: the start of the run, or where the sum
    began to rise. Without a direction the rule has none.
    """

    rule: Line
    says: Line
    line: Line
    at: Place
    start: date | None = None
    since: Place
    direction: Shift | None = None
    statistic: float
    limit: float
    points: tuple[Place, ...] = ()


@frozen(kw_only=True)
@value
class ChartBaseline:
    """What is usual: a center and a sigma, and where they are from.

    `first` and `last` are places from 0, of which `points` had a figure; none are given
    where both numbers were.
    """

    center: float
    sigma: Annotated[Sigma, Doc("how far points usually are from the center")]
    how: Line
    first: Place | None = None
    last: Place | None = None
    points: Place = 0


@frozen(kw_only=True)
@value
class Chart:
    """A figure over time, beside the limits of what is usual.

    The first of the `lines` is the one to look at. Places count from 0 here, and from 1
    in words. Signals are evidence to be looked into; they are no verdict.
    """

    kind: Line
    title: Name
    unit: str = ""
    lines: Annotated[tuple[ChartLine, ...], NotEmpty()]
    signals: tuple[ChartSignal, ...] = ()
    baseline: ChartBaseline | None = None
    parameters: tuple[Limit, ...] = ()

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        """The points of the first line."""
        return self.lines[0].points

    @property
    def signal(self) -> ChartSignal | None:
        """The signal that could be told first; None where there is none."""
        return self.signals[0] if self.signals else None

    def as_dict(self) -> dict[str, Any]:
        """Return everything as JSON values; what is empty is left out."""
        return attrs.asdict(
            self,
            filter=lambda _, held: held is not None and held not in ("", ()),
            value_serializer=lambda _, __, held: _plain(held),
        )

    def as_json(self) -> str:
        """Return everything as a JSON document."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        """Return what it is of, and how much of it there is."""
        size, told = len(self.points), len(self.signals)
        return f"<{self._head()}: {size} points, {told} signals>"

    def __str__(self) -> str:
        """Return what is usual, every point with its limits, and the signals."""
        rows = [tuple(map(str, row)) for row in self._rows()]
        told = [f"  {line}" for line in self._told()]
        shown = columns([("", *_HEAD), *(("", *row) for row in rows)])
        return "\n".join([self._head(), *self._usual(), shown, *told])

    def picture(self) -> Html:
        """Return the first line with its limits as SVG; signals are crosses on it."""
        points, first = self.points, self.lines[0].name
        at = {each.at for each in self.signals if each.line == first}
        told = f"{len(self.signals)} signal{'' if len(self.signals) == 1 else 's'}"
        limits = (
            ("mk-limit", "upper limit", [each.upper for each in points]),
            ("mk-usual", "center", [each.center for each in points]),
            ("mk-limit", "lower limit", [each.lower for each in points]),
        )
        values = [each.value for each in points]
        return plot(
            Plot(
                title=self._head(),
                said=f"{len(points)} points, {told}.",
                labels=[_label(each) for each in points],
                traces=(
                    Trace(values=values, look="mk-figure", name=first, dotted=True),
                    *(Trace(values=v, look=k, name=n) for k, n, v in limits),
                ),
                number=lambda value: f"{value:.4g}",
                marked=frozenset(at),
                crossed="signal",
            )
        )

    def _repr_html_(self) -> Html:
        parts = [
            tag("p", tag("strong", self._head())),
            self.picture(),
            *(tag("p", each) for each in self._usual()),
            table(_HEAD, self._rows()),
            *(tag("p", each) for each in self._told()),
        ]
        return join(parts)

    def _head(self) -> str:
        unit = f", in {self.unit}" if self.unit else ""
        return f"{self.kind} chart of {self.title}{unit}"

    def _usual(self) -> Iterator[str]:
        held = self.baseline
        if held is not None:
            found = f"{_said(held.center)}, sigma {_said(held.sigma)}"
            yield f"Usual is {found}: {held.how}."
        used = [f"{each.name} {_said(each.value)}" for each in self.parameters]
        if used:
            yield f"With {', '.join(used)}."

    def _rows(self) -> Iterator[tuple[str, ...]]:
        told: dict[tuple[str, int], list[str]] = {}
        for each in self.signals:
            told.setdefault((each.line, each.at), []).append(each.rule)
        for line in self.lines:
            for point in line.points:
                if point.value is None and not point.reason:
                    continue
                yield (
                    line.name,
                    _when(point.at, point.start),
                    _said(point.value),
                    _said(point.lower),
                    _said(point.center),
                    _said(point.upper),
                    ", ".join(told.get((line.name, point.at), ())) or point.reason,
                )

    def _told(self) -> Iterator[str]:
        if not self.signals:
            yield "No signal."
        for each in self.signals:
            way = f", {each.direction}" if each.direction else ""
            since = self.points[each.since].start
            began = f" since {_when(each.since, since)}" if each.since < each.at else ""
            yield (
                f"{each.rule} at {_when(each.at, each.start)}{began}{way}: {each.says}"
                f" ({each.line} {_said(each.statistic)}, limit {_said(each.limit)})."
            )


_HEAD: Final = ("line", "point", "value", "lower", "center", "upper", "signals")


def _label(point: ChartPoint) -> str:
    return point.start.isoformat() if point.start else f"{point.at + 1}"


def _when(at: int, start: date | None) -> str:
    return start.isoformat() if start else f"point {at + 1}"


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:.6g}"


def _plain(held: object) -> object:
    if isinstance(held, StrEnum):
        return held.value
    return held.isoformat() if isinstance(held, date) else held
