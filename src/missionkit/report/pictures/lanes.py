"""Lanes beside a row of boxes, in which lines run that cannot go straight."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen


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


def lanes(spans: Sequence[Span]) -> tuple[int, ...]:
    """Return a lane for each line, so that no two overlap: short ones near the boxes.

    >>> lanes([Span(0, 2), Span(0, 1), Span(1, 2)])
    (1, 0, 0)
    """
    found: dict[int, int] = {}
    order = sorted(
        range(len(spans)), key=lambda at: (spans[at].high - spans[at].low, at)
    )
    taken: list[list[Span]] = []
    for at in order:
        free = (n for n, held in enumerate(taken) if _fits(spans[at], held))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(spans[at])
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


def _fits(span: Span, held: Iterable[Span]) -> bool:
    return all(span.high <= each.low or each.high <= span.low for each in held)
