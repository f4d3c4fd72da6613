"""Lanes beside a row of boxes, in which lines run that cannot go straight."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

_MOST: Final = 200  # nobody can follow more of them, and to seek room takes time


@frozen
class Span:
    """A line that leaves one box, runs along the row, and comes down on another."""

    source: int
    target: int

    @property
    def low(self) -> int:
        """The box at its left end."""
        return min(self.source, self.target)

    @property
    def high(self) -> int:
        """The box at its right end."""
        return max(self.source, self.target)

    @property
    def gaps(self) -> int:
        """The gaps between boxes that it runs over, as bits; the draft is box -1."""
        return (1 << (self.high + 1)) - (1 << (self.low + 1))


def lanes(spans: Sequence[Span]) -> tuple[int, ...]:
    """Return a lane for each line, so that no two overlap: short ones near the boxes.

    Where there are too many of them, the rest share the last lane.

    >>> lanes([Span(0, 2), Span(0, 1), Span(1, 2)])
    (1, 0, 0)
    """
    found: dict[int, int] = {}
    order = sorted(
        range(len(spans)), key=lambda at: (spans[at].high - spans[at].low, at)
    )
    taken: list[int] = []
    for at in order:
        gaps = spans[at].gaps
        free = (n for n, held in enumerate(taken) if not gaps & held)
        lane = next(free, min(len(taken), _MOST - 1))
        if lane == len(taken):
            taken.append(0)
        taken[lane] |= gaps
        found[at] = lane
    return tuple(found[at] for at in range(len(spans)))


def ports(
    spans: Sequence[Span], chosen: Sequence[int]
) -> Mapping[int, tuple[int, ...]]:
    """Return, for each box, the ends of lines on it from left to right, by number.

    Each line has two ends: 2n where it leaves and 2n + 1 where it arrives. Those that
    lead left stand left, nearer lanes outside, so that lines on one box do not cross.
    """
    sides: dict[int, list[tuple[int, int, int]]] = {}
    for at, (span, lane) in enumerate(zip(spans, chosen, strict=True)):
        for end, here in enumerate((span.source, span.target)):
            leads_left = here == span.high
            sides.setdefault(here, []).append(
                (0, lane, 2 * at + end) if leads_left else (1, -lane, 2 * at + end)
            )
    return {
        box: tuple(end for _, _, end in sorted(held)) for box, held in sides.items()
    }


def spread(many: int, left: float, wide: float, most: float) -> tuple[float, ...]:
    """Return places for so many ends on a side, evenly, at most *most* apart."""
    step = min(most, wide / (many + 1))
    start = left + (wide - step * (many - 1)) / 2
    return tuple(start + step * at for at in range(many))
