"""The process chart as a picture: a band for each family, a card for each process."""

from collections.abc import Iterator
from typing import Final

from missionkit.domain.process import ProcessLevel
from missionkit.markup import Html
from missionkit.processes.chart import (
    ChartedProcess,
    ProcessChart,
    family_name,
    said_of,
)
from missionkit.processes.interfaces import Interface
from missionkit.report.pictures.cards import (
    WIDE,
    Block,
    Card,
    Line,
    bound,
    column_width,
    grid,
    heading,
    row,
    sheets,
    wide_enough,
    wrapped,
)
from missionkit.report.wording import plural

_CARD: Final = 215
_GAP: Final = 12
_NAMED: Final = 3
_NAME_LINES: Final = 7


def process_chart_picture(found: ProcessChart, *, wide: float = WIDE) -> Html:
    """Return the chart as SVG, laid out for a width, on as many sheets as it needs.

    A dark frame has a process that takes in others, a dashed one something missing.
    Each card says who owns the process, and with whom it exchanges what.
    """
    wide = wide_enough(wide)
    blocks = tuple(_blocks(found, wide))
    return bound(sheets(blocks, wide, _GAP), wide, _GAP, "Process chart")


def _blocks(found: ProcessChart, wide: float) -> Iterator[Block]:
    columns = max(1, int((wide + _GAP) // (_CARD + _GAP)))
    each = column_width(columns, wide, _GAP)
    lines = wrapped(f"The chart was {_review(found)}.", wide, 3)
    look = "mk-box mk-broken" if "✕" in found.review else "mk-box"
    whole = [(column_width(1, wide, _GAP))]
    yield row([Card(lines, look, found.review)], [(6, whole[0])])
    titles = {process.id: process.title for process in found}
    for family, held in found.families().items():
        name = family_name(family).capitalize()
        yield heading(f"{name}: {plural(len(held), 'process', 'processes')}", wide)
        cards = [_card(process, titles, each) for process in held]
        if not cards:
            said = f"✕ no process of {family_name(family)}"
            cards = [Card((Line(said, "mk-alarm"),), "mk-box mk-broken", said)]
            yield row(cards, [(6, whole[0])])
        else:
            yield from grid(cards, columns, wide, _GAP)


def _review(found: ProcessChart) -> str:
    return found.review.removeprefix("✕ ")


def _card(process: ChartedProcess, titles: dict[str, str], wide: float) -> Card:
    broken = [said for each in process.gives for said in each.broken]
    broken += [said for each in process.takes for said in each.broken]
    lines = [
        *wrapped(process.title, wide, _NAME_LINES, "mk-name"),
        *wrapped(_standing(process), wide, 2, "mk-small"),
        *_part_of(process, titles, wide),
        *_owner(process, wide),
        *_ends("←", process.takes, "source", wide),
        *_ends("→", process.gives, "target", wide),
        *(
            line
            for said in broken[:2]
            for line in wrapped(f"✕ {said}", wide, 3, "mk-alarm")
        ),
    ]
    main = process.level is ProcessLevel.BUSINESS
    look = "mk-main" if main else "mk-box"
    lost = bool(broken) or not process.owners
    return Card(tuple(lines), f"{look} mk-broken" if lost else look, _told(process))


def _standing(process: ChartedProcess) -> str:
    state = process.release.value if process.release else "use not said"
    level = process.level.value.replace("_", " ")
    return f"{level}, {state}{', critical' if process.critical else ''}"


def _part_of(
    process: ChartedProcess, titles: dict[str, str], wide: float
) -> tuple[Line, ...]:
    above = titles.get(process.parent or "")
    return wrapped(f"part of {above}", wide, 2, "mk-small") if above else ()


def _owner(process: ChartedProcess, wide: float) -> tuple[Line, ...]:
    if not process.owners:
        return (Line("✕ no owner", "mk-alarm"),)
    people = f" ({', '.join(process.people)})" if process.people else ""
    return wrapped(f"owner: {', '.join(process.owners)}{people}", wide, 3)


def _ends(
    sign: str, interfaces: tuple[Interface, ...], end: str, wide: float
) -> tuple[Line, ...]:
    """Return who stands at the other ends, the first few by name."""
    held = (getattr(each, end) for each in interfaces)
    names = list(dict.fromkeys(each.title for each in held if not each.broken))
    more = len(names) - _NAMED
    if not names:
        return ()
    said = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return wrapped(f"{sign} {said}", wide, 4, "mk-small")


def _told(process: ChartedProcess) -> str:
    """Return all that is known of a process, in words."""
    owner = ", ".join(process.owners) or "nobody"
    parts = [f"{process.title} ({_standing(process)}), owner: {owner}"]
    takes, gives = said_of(process.takes, "source"), said_of(process.gives, "target")
    parts += [f"takes {takes}"] if takes else []
    parts += [f"gives {gives}"] if gives else []
    return "; ".join(parts)
