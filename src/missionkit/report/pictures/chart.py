"""What the strategy map shows: columns of elements, lines between them, broken ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.intent import CoreIntent
from missionkit.domain.model import Model
from missionkit.domain.plan import ObjectiveStatus
from missionkit.domain.spec import Spec
from missionkit.domain.stakeholder import NeedStatus
from missionkit.report.pictures.ordering import Edge, ordered
from missionkit.trace.lines import lines_of
from missionkit.trace.toward import Toward

Broken: TypeAlias = "Mapping[str, frozenset[Side]]"

_SETTLED: Final = frozenset(
    {NeedStatus.DECLINED, NeedStatus.WITHDRAWN, ObjectiveStatus.DROPPED}
)
_TITLES: Final = {"core_intent": "Mission"}
_MOST_LINES: Final = 900
_MOST_STEPS: Final = 3  # goals below goals below goals share a column


class Side(StrEnum):
    """An end of a box at which its line stops."""

    DOWN = "down"
    UP = "up"


@frozen
class Band:
    """One level of the line of sight: its columns, and how many elements it has."""

    title: str
    columns: Sequence[Sequence[str]]
    total: int

    @property
    def shown(self) -> int:
        """How many of its elements are drawn."""
        return sum(map(len, self.columns))

    @property
    def count(self) -> str:
        """How many there are, and how many are drawn where not all are."""
        part = f"{self.shown} of " if self.shown < self.total else ""
        return f"{part}{self.total}"


@frozen
class Chart:
    """What is drawn, with what is left out."""

    bands: Sequence[Band]
    lines: Sequence[Edge]
    lines_left: int
    broken: Broken

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The columns of all bands, from left to right."""
        return [column for band in self.bands for column in band.columns]

    def in_words(self) -> str:
        """Return what the picture shows, for those who cannot see it."""
        counts = ", ".join(f"{band.title} {band.count}" for band in self.bands)
        said = [f"{counts}."]
        if self.broken:
            said.append(f"{len(self.broken)} have no way on; they are marked by ✕.")
        hidden = sum(band.total - band.shown for band in self.bands)
        if hidden:
            said.append(
                f"{hidden} elements are not drawn: the broken and the best linked are."
            )
        if self.lines_left:
            said.append(f"{self.lines_left} more lines are not drawn.")
        return " ".join(said)


@frozen
class _Web:
    """The elements that have a level, and the steps between them."""

    level: Mapping[str, int]
    lines: Sequence[Edge]  # from the lower end to the higher one
    above: Mapping[str, str]  # of two goals on one level


def chart_of(model: Model, *, on: date, most: int) -> Chart:
    """Return what to draw of *model* on a day: at most *most* elements a column."""
    levels = _levels(model)
    web = _web(model, on)
    broken = _broken(web, levels)
    bands = [_band(specs, web, broken, most) for _, specs in sorted(levels.items())]
    shown = {ref for band in bands for column in band.columns for ref in column}
    lines = [line for line in web.lines if shown.issuperset(line)]
    flat = ordered([column for band in bands for column in band.columns], lines)
    columns = iter(flat)
    return Chart(
        bands=[
            Band(band.title, [next(columns) for _ in band.columns], band.total)
            for band in bands
        ],
        lines=lines[:_MOST_LINES],
        lines_left=max(0, len(lines) - _MOST_LINES),
        broken={ref: sides for ref, sides in broken.items() if ref in shown},
    )


def _levels(model: Model) -> dict[int, list[Spec]]:
    found: dict[int, list[Spec]] = {}
    for spec in model.kinds:
        if spec.level is not None:
            found.setdefault(spec.level, []).append(spec)
    return found


def _web(model: Model, on: date) -> _Web:
    index = lines_of(model)
    level = {
        ref: rank
        for ref, rank in zip(index.ids, index.levels, strict=True)
        if rank is not None and not _is_past(model[ref], on)
    }
    found: dict[Edge, None] = {}
    for toward, steps in sorted(index.steps.items()):
        for ref in level:
            for number in steps.after(index.number(ref)):
                other = index.ids[number]
                if other in level:
                    up = toward is Toward.INTENT
                    found[(ref, other) if up else (other, ref)] = None
    above = {low: high for low, high in reversed(found) if level[low] == level[high]}
    return _Web(level, tuple(found), above)


def _is_past(element: Element, on: date) -> bool:
    """Return whether an element was given up, or is a mission of another time."""
    if isinstance(element, CoreIntent):
        return element.effective is not None and not element.effective.covers(on)
    return getattr(element, "status", None) in _SETTLED


def _broken(web: _Web, levels: Collection[int]) -> Broken:
    """Return which elements lack a line, and on which side.

    Where the next level is empty, that is what is missing, not each single line to it.
    """
    filled = set(web.level.values())
    order = sorted(levels)
    next_up = dict(pairwise(order))
    next_down = {high: low for low, high in next_up.items()}
    below, above = {high for _, high in web.lines}, {low for low, _ in web.lines}
    found = {}
    for ref, level in web.level.items():
        lacks = (
            (Side.DOWN, next_down.get(level) in filled and ref not in below),
            (Side.UP, next_up.get(level) in filled and ref not in above),
        )
        if sides := frozenset(side for side, lack in lacks if lack):
            found[ref] = sides
    return found


def _band(specs: Iterable[Spec], web: _Web, broken: Broken, most: int) -> Band:
    named = tuple(specs)
    level = named[0].level
    refs = [ref for ref, rank in web.level.items() if rank == level]
    steps: dict[int, list[str]] = {}
    for ref in refs:
        steps.setdefault(_steps_above(ref, web), []).append(ref)
    columns = [
        _chosen(steps[at], web, broken, most) for at in sorted(steps, reverse=True)
    ]
    title = " and ".join(
        _TITLES.get(spec.kind) or _titled(spec.plural) for spec in named
    )
    return Band(title, columns or [[]], len(refs))


def _titled(plural: str) -> str:
    return plural.replace("_", " ").capitalize()


def _steps_above(ref: str, web: _Web) -> int:
    count = 0
    while ref in web.above and count < _MOST_STEPS - 1:
        ref = web.above[ref]
        count += 1
    return count


def _chosen(refs: Sequence[str], web: _Web, broken: Broken, most: int) -> list[str]:
    """Return at most *most*, the broken and the best linked first, in order of id."""
    if len(refs) <= most:
        return sorted(refs)
    links: dict[str, int] = {}
    for line in web.lines:
        for end in line:
            links[end] = links.get(end, 0) + 1
    ranked = sorted(refs, key=lambda r: (r not in broken, -links.get(r, 0), r))
    return sorted(ranked[:most])
