"""Figures over time as a picture: lines, levels, a span of time, marked points."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import floor, isfinite, log10
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted, width
from missionkit.drawing.shapes import frame, rect, words
from missionkit.markup import Html, tag

_WIDE: Final = 960
_TALL: Final = 190
_LEFT: Final = 70
_RIGHT: Final = 16
_SIZE: Final = 13
_BOLD: Final = 14.5  # bold letters of 13 are as wide
_LINE: Final = 19
_HEAD_LINES: Final = 3
_TICKS: Final = 4
_DOTS: Final = 150
_ROUND: Final = 1e-9
_STEPS: Final = (1, 2, 2.5, 5, 10)

_STYLE: Final = """
.mk-plot{font-family:system-ui,sans-serif;background:var(--paper,#fff)}
.mk-plot text{fill:var(--ink,#1c2733);font-size:13px}
.mk-plot text.mk-head{font-weight:600}
.mk-plot text.mk-small{font-size:12px;fill:var(--faint,#5b6875)}
.mk-plot text.mk-right{text-anchor:end}
.mk-plot text.mk-middle{text-anchor:middle}
.mk-plot path{fill:none}
.mk-plot .mk-tick{stroke:var(--rule,#d5dce3);stroke-width:1}
.mk-plot .mk-figure{stroke:var(--line,#6d7b88);stroke-width:1.5}
.mk-plot .mk-dot{fill:var(--ink,#1c2733)}
.mk-plot .mk-before{stroke:var(--ink,#1c2733);stroke-width:2.5;stroke-dasharray:9 5}
.mk-plot .mk-after{stroke:var(--bad,#b3261e);stroke-width:3.5}
.mk-plot .mk-slope{stroke:var(--bad,#b3261e);stroke-width:2.5;stroke-dasharray:2 4}
.mk-plot .mk-usual{stroke:var(--ink,#1c2733);stroke-width:1.5}
.mk-plot .mk-limit{stroke:var(--warn,#8a5a00);stroke-width:1.5;stroke-dasharray:3 4}
.mk-plot .mk-span{fill:var(--band,#e6ebf0);stroke:var(--line,#8795a3);
stroke-dasharray:2 3}
.mk-plot .mk-mark{stroke:var(--bad,#b3261e);stroke-width:2}
"""


@frozen(kw_only=True)
class Trace:
    """A line over time: a value a place, None where there is none.

    `look` is how it is drawn, `name` what the legend calls it. Values that are neither
    *dotted* nor *joined* are levels, each of which holds for its whole period.
    """

    values: Sequence[float | None]
    look: str
    name: str
    dotted: bool = False
    joined: bool = False


@frozen(kw_only=True)
class Stretch:
    """Places that belong together, from the first to the last, and what they are."""

    first: int
    last: int
    name: str


@frozen(kw_only=True)
class Plot:
    """What is drawn: the places in time by their labels, and the lines over them.

    `head` is written above, `said` is what the picture shows in words. `marked` are
    places of the first line that have a cross, and `crossed` says what it means.
    """

    title: str
    said: str
    head: str = ""
    labels: Sequence[str]
    traces: Sequence[Trace]
    number: Callable[[float], str]
    stretch: Stretch | None = None
    marked: frozenset[int] = frozenset()
    crossed: str = ""


def plot(what: Plot) -> Html:
    """Return lines over time as SVG, readable without color; nothing where none is."""
    values = [value for trace in what.traces for value in _known(trace.values)]
    if not values:
        return Html("")
    head = fitted(what.head, _WIDE, _BOLD, _HEAD_LINES) if what.head else ()
    keys = list(_legend(what, len(head) * _LINE + 8))
    top = len(head) * _LINE + 8 + _key_lines(what) * _LINE + 12
    scale = _Scale.of(what, values, top)
    drawn = (
        *(words(0, 15 + at * _LINE, line, "mk-head") for at, line in enumerate(head)),
        *keys,
        *_span(what, scale),
        *_ticks(what, scale),
        *(part for trace in what.traces for part in _line(trace, scale)),
        *_marks(what, scale),
        *_labels(what.labels, scale),
    )
    return frame(
        drawn,
        wide=_WIDE,
        tall=top + _TALL + 32,
        title=what.title,
        said=what.said,
        style=_STYLE,
        class_="mk-plot",
    )


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None and isfinite(value))


@frozen
class _Scale:
    """Where a place and a value lie on the picture."""

    top: float
    step: float
    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, what: Plot, values: Sequence[float], top: float) -> "_Scale":
        room = _WIDE - _LEFT - _RIGHT
        ticks = _round_numbers(min(values), max(values))
        low, high = min(ticks[0], *values), max(ticks[-1], *values)
        return cls(top, room / max(1, len(what.labels)), low, high, ticks)

    def x(self, place: float) -> float:
        """Return where the middle of a place is."""
        return _LEFT + (place + 0.5) * self.step

    def y(self, value: float) -> float:
        """Return the height of a value; halves first, so that nothing overflows."""
        wide = self.high / 2 - self.low / 2
        part = (value / 2 - self.low / 2) / wide if wide else 0.5
        return self.top + _TALL * (1 - part)


def _round_numbers(low: float, high: float) -> tuple[float, ...]:
    """Return a few round numbers that hold all values between them."""
    wide = high / 2 - low / 2
    if wide <= max(abs(low), abs(high)) * _ROUND or not isfinite(wide * 4):
        return (low, high) if low < high else (low,)
    rough = wide / _TICKS * 2
    power = 10.0 ** floor(log10(rough))
    if not power:  # what is smaller than any round number has none
        return (low, high)
    step = next((s * power for s in _STEPS if s * power >= rough), 10 * power)
    first = floor(low / step)
    count = 1
    while (first + count) * step < high - step * _ROUND:
        count += 1
    return tuple((first + at) * step for at in range(count + 1))


def _ticks(what: Plot, scale: _Scale) -> Iterator[Html]:
    for tick in scale.ticks:
        y = scale.y(tick)
        yield tag("path", d=f"M{_LEFT} {y:.1f}H{_WIDE - _RIGHT}", class_="mk-tick")
        yield words(_LEFT - 8, round(y + 4, 1), what.number(tick), "mk-small mk-right")


def _line(trace: Trace, scale: _Scale) -> Iterator[Html]:
    """Yield a line, broken where there is no value, with a dot for each value."""
    way, drawing = [], False
    for place, value in enumerate(trace.values):
        if value is None or not isfinite(value):
            drawing = False
            continue
        way.append(
            f"{'L' if drawing else 'M'}{scale.x(place):.1f} {scale.y(value):.1f}"
        )
        if not (trace.dotted or trace.joined):
            ends = scale.x(place - 0.5), scale.x(place + 0.5)
            y = f"{scale.y(value):.1f}"
            way[-1] = f"{'L' if drawing else 'M'}{ends[0]:.1f} {y}L{ends[1]:.1f} {y}"
        drawing = True
    yield tag("path", d="".join(way), class_=trace.look)
    if trace.dotted and len(trace.values) <= _DOTS:
        for place, value in enumerate(trace.values):
            if value is not None and isfinite(value):
                x, y = f"{scale.x(place):.1f}", f"{scale.y(value):.1f}"
                yield tag("circle", cx=x, cy=y, r="3", class_="mk-dot")


def _marks(what: Plot, scale: _Scale) -> Iterator[Html]:
    held = what.traces[0].values if what.traces else ()
    for place in sorted(what.marked):
        value = held[place] if place < len(held) else None
        if value is not None and isfinite(value):
            x, y = scale.x(place) - 6, scale.y(value) - 6
            way = f"M{x:.1f} {y:.1f}l12 12m0-12l-12 12"
            yield tag("path", d=way, class_="mk-mark")


def _span(what: Plot, scale: _Scale) -> Iterator[Html]:
    if what.stretch:
        left = scale.x(what.stretch.first - 0.5)
        wide = (what.stretch.last - what.stretch.first + 1) * scale.step
        yield rect(round(left, 1), scale.top - 6, round(wide, 1), _TALL + 12, "mk-span")


def _labels(labels: Sequence[str], scale: _Scale) -> Iterator[Html]:
    """Yield labels of the time line, as many as fit beside each other."""
    widest = max((width(label, _SIZE) for label in labels), default=0) + 14
    every = max(1, -int(-widest // scale.step))
    below = round(scale.top + _TALL + 24, 1)
    for place in range(0, len(labels), every):
        half = width(labels[place], _SIZE) / 2
        x = min(max(scale.x(place), half), _WIDE - half)
        yield words(round(x, 1), below, labels[place], "mk-small mk-middle")


def _keys(what: Plot) -> Iterator[tuple[str, str]]:
    """Yield the looks of the legend with their names, each once."""
    found: dict[tuple[str, str], None] = {}
    for trace in what.traces:
        if trace.name and any(_known(trace.values)):
            found[(trace.look, trace.name)] = None
    if what.stretch:
        found[("mk-span", what.stretch.name)] = None
    if what.marked and what.crossed:
        found[("mk-mark", what.crossed)] = None
    yield from found


def _placed(what: Plot) -> Iterator[tuple[int, float, str, str]]:
    """Yield the line and the place of each key of the legend."""
    line, x = 0, 0.0
    for look, name in _keys(what):
        shown = next(iter(fitted(name, _WIDE - 60, _SIZE, 1)), "")
        wide = 46 + width(shown, _SIZE) + 22
        if x and x + wide > _WIDE:
            line, x = line + 1, 0.0
        yield line, x, look, shown
        x += wide


def _key_lines(what: Plot) -> int:
    return max((line + 1 for line, *_ in _placed(what)), default=0)


def _legend(what: Plot, top: float) -> Iterator[Html]:
    dotted: Mapping[str, bool] = {each.look: each.dotted for each in what.traces}
    for line, x, look, name in _placed(what):
        y = top + line * _LINE + 10
        if look == "mk-span":
            yield rect(x, y - 7, 34, 14, look)
        elif look == "mk-mark":
            yield tag("path", d=f"M{x + 11:g} {y - 6:g}l12 12m0-12l-12 12", class_=look)
        else:
            yield tag("path", d=f"M{x:g} {y:g}h34", class_=look)
        if dotted.get(look):
            yield tag("circle", cx=f"{x + 17:g}", cy=f"{y:g}", r="3", class_="mk-dot")
        yield words(x + 42, y + 4, name)
