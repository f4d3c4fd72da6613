"""A small line of readings, with the target as a dashed line where there is one."""

from collections.abc import Sequence
from decimal import Decimal, ExtendedContext, localcontext
from typing import Final

from missionkit.drawing.shapes import frame, number
from missionkit.markup import Html, tag

_WIDE: Final = 112
_TALL: Final = 27
_EDGE: Final = 3.5
_MOST: Final = 60


def sparkline(values: Sequence[Decimal], target: Decimal | None = None) -> Html:
    """Return the last readings as SVG, oldest first; nothing for less than two."""
    shown = values[-_MOST:]
    if len(shown) < 2:  # noqa: PLR2004 - one point is no line
        return Html("")
    low, high = _range((*shown, target) if target is not None else shown)
    step = (_WIDE - 2 * _EDGE) / (len(shown) - 1)
    points = [
        f"{_EDGE + at * step:.1f} {_height(value, low, high):.1f}"
        for at, value in enumerate(shown)
    ]
    x, y = points[-1].split()
    drawn = (
        *_target(target, low, high),
        _stroke(f"M{'L'.join(points)}", "1.5"),
        tag("circle", cx=x, cy=y, r="2.5", fill="currentColor"),
    )
    said = in_words(values)
    return frame(drawn, wide=_WIDE, tall=_TALL, said=said, class_="mk-spark")


def in_words(values: Sequence[Decimal]) -> str:
    """Return what a sparkline shows: how many readings, the first and the last.

    >>> in_words([Decimal(1), Decimal("2.50")])
    '2 readings, from 1 to 2.50'
    """
    ends = f", from {number(values[0])} to {number(values[-1])}" if values else ""
    return f"{len(values)} reading{'' if len(values) == 1 else 's'}{ends}"


def _target(target: Decimal | None, low: Decimal, high: Decimal) -> tuple[Html, ...]:
    if target is None:
        return ()
    way = f"M{_EDGE} {_height(target, low, high):.1f}H{_WIDE - _EDGE}"
    return (_stroke(way, "1", dashes="3 3"),)


def _stroke(way: str, width: str, dashes: str | None = None) -> Html:
    return tag(
        "path",
        d=way,
        fill="none",
        stroke="currentColor",
        stroke_width=width,
        stroke_dasharray=dashes,
    )


def _range(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    return min(values), max(values)


def _height(value: Decimal, low: Decimal, high: Decimal) -> float:
    """Return how far down a value is drawn; in the middle where all are equal."""
    with localcontext(ExtendedContext):  # without traps: huge numbers may overflow
        share = float((value - low) / (high - low)) if high > low else 0.5
    share = share if 0 <= share <= 1 else 0.5
    return _TALL - _EDGE - share * (_TALL - 2 * _EDGE)
