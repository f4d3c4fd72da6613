"""What a figure was made of before and after a shift: bars side by side."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from missionkit.drawing.fitting import fitted
from missionkit.drawing.shapes import frame, rect, words
from missionkit.markup import Html
from missionkit.ports.finding import Driver, Finding

_WIDE: Final = 960
_ROW: Final = 48
_TOP: Final = 30
_LABEL: Final = 300
_SCALE: Final = 440
_TALL: Final = 15
_SIZE: Final = 13
_MOST: Final = 12

_STYLE: Final = """
.mk-mix{font-family:system-ui,sans-serif;background:var(--paper,#fff)}
.mk-mix text{fill:var(--ink,#1c2733);font-size:13px}
.mk-mix text.mk-faint{fill:var(--faint,#5b6875);font-size:12px}
.mk-mix .mk-before{fill:var(--paper,#fff);stroke:var(--ink,#1c2733);stroke-width:1.5;
stroke-dasharray:5 3}
.mk-mix .mk-after{fill:var(--accent,#1f5f8b)}
"""


@frozen
class MixPart:
    """One part of a whole, as a share from 0 to 1 before and after."""

    name: str
    before: float
    after: float


def mix_picture(title: str, parts: Sequence[MixPart]) -> Html:
    """Return two bars a part as SVG: before, with a dashed edge, and after, filled.

    The parts that moved most come first, at most twelve; how many are left is said.
    Without a part there is no picture.
    """
    if not parts:
        return Html("")
    by_move = sorted(
        parts, key=lambda each: (-abs(each.after - each.before), each.name)
    )
    shown, left = by_move[:_MOST], len(by_move[_MOST:])
    widest = max((max(each.before, each.after) for each in shown), default=0) or 1
    drawn = [*_legend(), *_rows(shown, widest)]
    if left:
        below = _TOP + len(shown) * _ROW + 14
        drawn.append(words(0, below, f"and {left} more that moved less", "mk-faint"))
    return frame(
        drawn,
        wide=_WIDE,
        tall=_TOP + len(shown) * _ROW + (22 if left else 0),
        title=title,
        said=mix_in_words(parts, _MOST),
        style=_STYLE,
        class_="mk-mix",
    )


def mix_in_words(parts: Sequence[MixPart], most: int = 3) -> str:
    """Return the parts that moved most, each from where to where."""
    return "; ".join(
        f"{each.name} from {_ends(each)}" for each in _by_move(parts)[:most]
    )


def _by_move(parts: Sequence[MixPart]) -> list[MixPart]:
    return sorted(parts, key=lambda each: (-abs(each.after - each.before), each.name))


def mix_of(finding: Finding, dimension: str) -> tuple[MixPart, ...]:
    """Return the parts of one dimension of a finding, as far as they are known."""
    return tuple(
        MixPart(each.name, *ends)
        for each in finding.drivers
        if each.dimension == dimension and (ends := _parts(each)) is not None
    )


def _parts(driver: Driver) -> tuple[float, float] | None:
    if driver.part_before is None or driver.part_after is None:
        return None
    return driver.part_before, driver.part_after


def _legend() -> Iterator[Html]:
    yield rect(_LABEL, 4, 30, _TALL, "mk-before")
    yield words(_LABEL + 38, 16, "before")
    yield rect(_LABEL + 110, 4, 30, _TALL, "mk-after")
    yield words(_LABEL + 148, 16, "after")


def _rows(shown: Sequence[MixPart], widest: float) -> Iterator[Html]:
    for at, each in enumerate(shown):
        top = _TOP + at * _ROW
        lines = fitted(each.name, _LABEL - 20, _SIZE, 2)
        start = top + (27 if len(lines) == 1 else 19)
        for row, line in enumerate(lines):
            yield words(0, start + row * 16, line)
        bars = ("mk-before", each.before), ("mk-after", each.after)
        for row, (look, share) in enumerate(bars):
            y = top + 6 + row * (_TALL + 3)
            yield rect(
                _LABEL, y, round(_SCALE * max(0, share) / widest, 1), _TALL, look
            )
        yield words(_LABEL + _SCALE + 16, top + 27, _ends(each))


def _ends(part: MixPart) -> str:
    moved = (part.after - part.before) * 100
    return f"{part.before:.1%} to {part.after:.1%} ({moved:+.1f} points)"
