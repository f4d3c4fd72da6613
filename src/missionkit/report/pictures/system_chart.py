"""The four business processes as one system, as a picture.

The processes stand on the diagonal. Along its row lies what each gives, along its
column what it takes, so that no two lines cross.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from missionkit.domain.process import ProcessFamily
from missionkit.markup import Html, tag
from missionkit.processes.system import SystemChart, end_name
from missionkit.report.pictures.cards import (
    MARGIN,
    WIDE,
    Block,
    Card,
    Line,
    bound,
    column_width,
    heading,
    row,
    sheet,
    sheets,
    wide_enough,
    wrapped,
)
from missionkit.report.wording import plural

_GAP: Final = 20
_NARROW: Final = 700
_ITEMS: Final = 5
_ENDS: Final = (*ProcessFamily, None)
_Cell: TypeAlias = tuple[int, int]


def system_chart_picture(found: SystemChart, *, wide: float = WIDE) -> Html:
    """Return the system as SVG, laid out for a width.

    Arrows lead along the row of a process to what it gives, and along a column into
    the process that takes it. What every organization has and this one lacks has a
    cross. On a narrow picture each process is followed by what it gives to whom.
    """
    wide = wide_enough(wide)
    if wide < _NARROW:
        pages = sheets(tuple(_narrow(found, wide)), wide, _GAP / 2)
        return bound(pages, wide, _GAP / 2, "The four business processes")
    return _diagonal(found, wide)


def _narrow(found: SystemChart, wide: float) -> Iterator[Block]:
    each = column_width(1, wide, _GAP)
    for source in _ENDS:
        yield heading(_name(source), wide)
        cards = [_cell(found, source, target, each, named=True) for target in _ENDS]
        held = [card for card in cards if card is not None]
        nothing = Card((Line("✕ gives nothing", "mk-alarm"),), "mk-box mk-broken")
        for card in held or [nothing]:
            yield row([card], [(MARGIN, each)])


def _name(end: ProcessFamily | None) -> str:
    return end_name(end).capitalize()


def _cell(
    found: SystemChart,
    source: ProcessFamily | None,
    target: ProcessFamily | None,
    wide: float,
    *,
    named: bool = False,
) -> Card | None:
    """Return what passes from one end to another, and what should; None if nothing."""
    held = [each.item for each in found.between(source, target)]
    lost = [e.item for e in found.lacking(source, target)] if source and target else []
    if not held and not lost:
        return None
    more = len(held) - _ITEMS
    lines = wrapped(f"to {end_name(target)}", wide, 2, "mk-name") if named else ()
    for item in held[:_ITEMS]:
        lines += wrapped(f"· {item}" if named else item, wide, 2)
    lines += (Line(f"and {more} more", "mk-small"),) if more > 0 else ()
    for item in lost:
        lines += wrapped(f"✕ {item}", wide, 3, "mk-alarm")
    told = f"{end_name(source)} to {end_name(target)}: {', '.join(held) or 'nothing'}"
    told += f"; missing: {', '.join(lost)}" if lost else ""
    return Card(lines, "mk-box mk-broken" if lost else "mk-box", told)


def _owner(found: SystemChart, end: ProcessFamily | None, wide: float) -> Card:
    lines = wrapped(_name(end), wide, 3, "mk-name")
    if end is None:
        return Card(lines, "mk-box", _name(end))
    many = len(found.processes[end])
    said = plural(many, "process", "processes")
    look = "mk-main" if many else "mk-main mk-broken"
    small = Line(said, "mk-small") if many else Line("✕ no process", "mk-alarm")
    return Card((*lines, small), look, f"{_name(end)}: {said}")


def _diagonal(found: SystemChart, wide: float) -> Html:
    each = column_width(len(_ENDS), wide, _GAP)
    cards: dict[_Cell, Card] = {}
    for down, source in enumerate(_ENDS):
        for right, target in enumerate(_ENDS):
            same = down == right
            card = _owner(found, source, each) if same else None
            card = card or _cell(found, source, target, each)
            if card is not None:
                cards[down, right] = card
    ends = range(len(_ENDS))
    talls = [max(c.tall for (d, _), c in cards.items() if d == down) for down in ends]
    tops = [MARGIN + sum(talls[:down]) + down * _GAP for down in ends]
    lefts = [MARGIN + right * (each + _GAP) for right in ends]
    drawn = [
        *_lines(cards, lefts, tops, each, talls),
        *(
            card.drawn(lefts[right], tops[down], each, talls[down])
            for (down, right), card in cards.items()
        ),
    ]
    tall = tops[-1] + talls[-1] + MARGIN
    told = "; ".join(card.told for card in cards.values())
    return sheet(drawn, wide, tall, "The four business processes", told)


def _lines(
    cards: dict[_Cell, Card],
    lefts: list[float],
    tops: list[float],
    each: float,
    talls: list[float],
) -> Iterator[Html]:
    """Yield a line along each row and column, as far as anything stands there.

    They lie below the cards, and have a point where they come into a process.
    """
    for at in range(len(_ENDS)):
        x, y = lefts[at] + each / 2, tops[at] + talls[at] / 2
        row = [right for down, right in cards if down == at]
        way = f"M{lefts[min(row)] + each / 2:g} {y:g}H{lefts[max(row)] + each / 2:g}"
        yield tag("path", d=way, class_="mk-arrow")
        held = [down for down, right in cards if right == at]
        first, last = tops[min(held)] + 5, tops[max(held)] + 5
        yield tag("path", d=f"M{x:g} {first:g}V{last:g}", class_="mk-arrow")
        if min(held) < at:
            point = f"M{x:g} {tops[at]:g}l-5 -8h10Z"
            yield tag("path", d=point, class_="mk-point")
        if max(held) > at:
            point = f"M{x:g} {tops[at] + talls[at]:g}l-5 8h10Z"
            yield tag("path", d=point, class_="mk-point")
