"""The stages of a review as a strip: what is done, where it stands, the ways back."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, words
from missionkit.markup import Html, tag

_WIDE: Final = 960
_MOST: Final = 5
_TALL: Final = 112
_TIP: Final = 20
_GAP: Final = 5
_LOOP: Final = 46
_ROW: Final = 22
_SIZE: Final = 13
_LINES: Final = 3

_STYLE: Final = """
.mk-strip{font-family:system-ui,sans-serif}
.mk-strip text{fill:var(--ink,#1c2733);font-size:13px}
.mk-strip text.mk-small{font-size:12px;fill:var(--faint,#5b6875)}
.mk-strip text.mk-middle{text-anchor:middle}
.mk-strip text.mk-sign{font-weight:700}
.mk-strip .mk-box{stroke-width:1.5;stroke-linejoin:round}
.mk-strip .mk-waiting{fill:var(--paper,#fff);stroke:var(--line,#8795a3);
stroke-dasharray:5 4}
.mk-strip .mk-again{fill:var(--band,#f1f4f7);stroke:var(--warn,#8a5a00)}
.mk-strip .mk-done{fill:var(--band,#f1f4f7);stroke:var(--good,#1d6b3a)}
.mk-strip .mk-here{fill:var(--accent,#1f5f8b);stroke:var(--accent,#1f5f8b)}
.mk-strip .mk-stopped{fill:var(--bad,#b3261e);stroke:var(--bad,#b3261e)}
.mk-strip text.mk-sign.mk-done-ink{fill:var(--good,#1d6b3a)}
.mk-strip text.mk-sign.mk-again-ink{fill:var(--warn,#8a5a00)}
.mk-strip text.mk-here-ink,.mk-strip text.mk-stopped-ink{fill:var(--paper,#fff)}
.mk-strip .mk-back{fill:none;stroke:var(--warn,#8a5a00);stroke-width:1.5}
.mk-strip .mk-point{fill:var(--warn,#8a5a00)}
"""


class Standing(StrEnum):
    """How a stage stands; each has a sign, so that color is not needed."""

    DONE = "done"
    HERE = "here"
    STOPPED = "stopped"
    AGAIN = "again"
    WAITING = "waiting"


_SIGNS: Final = {
    Standing.DONE: "✓",
    Standing.HERE: "●",
    Standing.STOPPED: "✕",
    Standing.AGAIN: "↺",
    Standing.WAITING: "·",
}


@frozen
class Step:
    """A stage: its label, how it stands, and what is said of it in a few words."""

    label: str
    standing: Standing
    said: str = ""


@frozen
class Return:
    """How often one step, by its place, led back to another."""

    source: int
    target: int
    times: int


def stage_strip(
    title: str, steps: Sequence[Step], returns: Sequence[Return] = ()
) -> Html:
    """Return the steps as SVG, in rows of five, with the ways back below each row."""
    told = "; ".join(f"{each.label}: {each.said or each.standing}" for each in steps)
    rows = [steps[at : at + _MOST] for at in range(0, len(steps), _MOST)]
    drawn: list[Html] = []
    top = 1.0
    for at, row in enumerate(rows):
        wide = (_WIDE - 2) / len(rows[0])
        ways = [way for each in returns if (way := _within(each, at, len(row)))]
        for place, step in enumerate(row):
            drawn += _step(1 + place * wide, top, wide - _GAP, step)
        for way in ways:
            drawn += _back(way, wide, top + _TALL)
        top += _TALL + (_LOOP if ways else 0) + _ROW * (at + 1 < len(rows))
    return frame(
        drawn,
        wide=_WIDE,
        tall=top + 1,
        title=title,
        said=told,
        style=_STYLE,
        class_="mk-strip",
    )


def _within(way: Return, row: int, count: int) -> Return | None:
    """Return a way back by places in a row; None where it does not stay in it."""
    source, target = way.source - row * _MOST, way.target - row * _MOST
    if 0 <= target <= source < count:
        return Return(source, target, way.times)
    return None


def _step(x: float, y: float, wide: float, step: Step) -> Iterator[Html]:
    """Yield a chevron with a sign, the label, and what is said."""
    end, middle, below = x + wide, y + _TALL / 2, y + _TALL
    corners = (
        (x, y),
        (end - _TIP, y),
        (end, middle),
        (end - _TIP, below),
        (x, below),
        (x + _TIP, middle),
    )
    way = "L".join(f"{a:g} {b:g}" for a, b in corners)
    kind = f"mk-{step.standing}"
    yield tag("path", d=f"M{way}Z", class_=f"mk-box {kind}")
    left, ink = x + _TIP + 12, f"{kind}-ink"
    yield words(left, y + 25, _SIGNS[step.standing], f"mk-sign {ink}")
    room = wide - 2 * _TIP - 20
    for at, line in enumerate(fitted(step.label, room, _SIZE, _LINES)):
        yield words(left, y + 45 + at * 17, line, ink)
    for line in fitted(step.said, room - 18, _SIZE - 1, 1):
        yield words(left + 18, y + 25, line, f"mk-small {ink}")


def _back(way: Return, wide: float, y: float) -> Iterator[Html]:
    """Yield the arc of a way back, with its point and how often it was gone."""
    start = 1 + (way.source + 0.55) * wide
    end = 1 + (way.target + (0.35 if way.source == way.target else 0.45)) * wide
    depth = y + _LOOP - 8
    curve = (
        f"M{start:g} {y + 3:g}C{start:g} {depth:g} {end:g} {depth:g} {end:g} {y + 9:g}"
    )
    yield tag("path", d=curve, class_="mk-back")
    point = f"M{end:g} {y + 2:g}l-4.5 8h9Z"
    yield tag("path", d=point, class_="mk-point")
    middle = (start + end) / 2
    said = "once" if way.times == 1 else f"{way.times} times"
    yield words(middle, depth + 6, said, "mk-small mk-middle")
