"""How much of the whole hangs on the largest: shares added up, the largest first."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, words
from missionkit.drift.amounts import Number, shares
from missionkit.drift.concentration import (
    concentration_ratio,
    effective_number,
    herfindahl_hirschman,
)
from missionkit.markup import Html, tag

_WIDE: Final = 960
_TALL: Final = 400
_LEFT: Final = 60
_TOP: Final = 20
_SIDE: Final = 330
_BROAD: Final = 520
_TEXT: Final = 620
_DOTS: Final = 60
_SIZE: Final = 13
_QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LARGEST: Final = (1, 3)

_STYLE: Final = """
.mk-curve{font-family:system-ui,sans-serif;background:var(--paper,#fff)}
.mk-curve text{fill:var(--ink,#1c2733);font-size:13px}
.mk-curve text.mk-strong{font-weight:600;font-size:15px}
.mk-curve text.mk-small{font-size:12px;fill:var(--faint,#5b6875)}
.mk-curve text.mk-right{text-anchor:end}
.mk-curve text.mk-middle{text-anchor:middle}
.mk-curve path{fill:none}
.mk-curve .mk-tick{stroke:var(--rule,#d5dce3)}
.mk-curve .mk-even{stroke:var(--line,#6d7b88);stroke-width:1.5;stroke-dasharray:6 5}
.mk-curve .mk-shares{stroke:var(--accent,#1f5f8b);stroke-width:2.5}
.mk-curve .mk-dot{fill:var(--ink,#1c2733)}
"""


def concentration_in_words(
    amounts: Mapping[str, Number], *, what: str = "clients"
) -> str:
    """Return what the curve shows: CR1, CR3, the index, and how many there are.

    Raises:
        InvalidValueError: as `concentration_curve`.
    """
    said = "; ".join(_of(amounts, what).figures)
    return f"{said[:1].upper()}{said[1:]}."


@frozen(kw_only=True)
class _Curve:
    """The sums of the shares, the largest first, and what they come to."""

    what: str
    names: Sequence[str]
    sums: Sequence[float]
    figures: Sequence[str]


def concentration_curve(
    amounts: Mapping[str, Number], title: str, *, what: str = "clients"
) -> Html:
    """Return the shares of the largest added up as SVG, beside equal shares.

    The curve climbs from the largest to the smallest: the more it bows up, the more
    hangs on few. Beside it stand CR1, CR3, the Herfindahl-Hirschman index and the
    number of equal shares that would have the same index. *what* is counted.

    Raises:
        InvalidValueError: an amount is below zero or no finite number, or all are zero.
    """
    curve = _of(amounts, what)
    return frame(
        [*_axes(curve), *_lines(curve), *_said(curve)],
        wide=_WIDE,
        tall=_TALL,
        title=title,
        said="; ".join(curve.figures),
        style=_STYLE,
        class_="mk-curve",
    )


def _of(amounts: Mapping[str, Number], what: str) -> _Curve:
    index = herfindahl_hirschman(amounts)
    held = {str(name): float(each) for name, each in shares(amounts, "amounts").items()}
    ranked = sorted((n for n in held if held[n]), key=lambda n: (-held[n], n))
    sums = [0.0, *accumulate(held[name] for name in ranked)]
    figures = [
        f"the {_largest(most)}: {concentration_ratio(amounts, most):.1%} (CR{most})"
        for most in _LARGEST
        if most <= len(ranked)
    ]
    figures += [
        f"Herfindahl-Hirschman index: {index:.3f}",
        f"as concentrated as {effective_number(amounts):.1f} equal {what}",
        f"there are {len(ranked)} {what}",
    ]
    return _Curve(what=what, names=ranked, sums=sums, figures=figures)


def _largest(most: int) -> str:
    return "largest" if most == 1 else f"{most} largest"


def _x(place: float, curve: _Curve) -> float:
    return round(_LEFT + _BROAD * place / len(curve.names), 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)


def _axes(curve: _Curve) -> Iterator[Html]:
    for share in _QUARTERS:
        way = f"M{_LEFT} {_y(share):g}h{_BROAD}"
        yield tag("path", d=way, class_="mk-tick")
        yield words(_LEFT - 8, _y(share) + 4, f"{share:.0%}", "mk-small mk-right")
    below, count = _TOP + _SIDE + 20, len(curve.names)
    for place in sorted({0, *(n for n in _LARGEST if n <= count), count}):
        yield words(_x(place, curve), below, str(place), "mk-small mk-middle")
    said = f"{curve.what}, the largest first"
    yield words(_LEFT + _BROAD / 2, below + 22, said, "mk-small mk-middle")


def _lines(curve: _Curve) -> Iterator[Html]:
    even = f"M{_LEFT} {_y(0):g}L{_LEFT + _BROAD} {_y(1):g}"
    yield tag("path", d=even, class_="mk-even")
    places = [f"{_x(at, curve):g} {_y(sum_):g}" for at, sum_ in enumerate(curve.sums)]
    yield tag("path", d=f"M{'L'.join(places)}", class_="mk-shares")
    if len(curve.names) <= _DOTS:
        for place in places[1:]:
            x, y = place.split()
            yield tag("circle", cx=x, cy=y, r="3.5", class_="mk-dot")


def _said(curve: _Curve) -> Iterator[Html]:
    y = _TOP + 10
    for line in (part for f in curve.figures for part in _wrapped(f, 2)):
        yield words(_TEXT, y, line, "mk-strong")
        y += 22
    y += 14
    yield words(_TEXT, y, "The largest:", "mk-small")
    for at, name in enumerate(curve.names[:5]):
        share = f"{curve.sums[at + 1] - curve.sums[at]:.1%}"
        y += 22
        for line in fitted(f"{at + 1}. {name}", _WIDE - _TEXT - 70, _SIZE, 1):
            yield words(_TEXT, y, line)
        yield words(_WIDE - 4, y, share, "mk-right")
    y += 34
    yield tag("path", d=f"M{_TEXT} {y - 4:g}h34", class_="mk-shares")
    yield words(_TEXT + 42, y, "as it is")
    yield tag("path", d=f"M{_TEXT + 130} {y - 4:g}h34", class_="mk-even")
    yield words(_TEXT + 172, y, "if all were equal")


def _wrapped(text: str, lines: int) -> tuple[str, ...]:
    return fitted(text, _WIDE - _TEXT, _SIZE + 2, lines)
