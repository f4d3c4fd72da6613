"""What hangs on an element: everything whose line of sight passes through it."""

from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model, refuse_no_model
from missionkit.markup import columns, join, table, tag
from missionkit.trace.branch import Place, place
from missionkit.trace.lines import lines_of
from missionkit.trace.mending import named
from missionkit.trace.reach import reached
from missionkit.trace.toward import Toward

_TOLD: Final = 50
_HEAD: Final = ("kind", "element", "hops", "on the line to")


@frozen(kw_only=True)
class Affected(Place):
    """An element whose line of sight passes through another.

    `branches` are those that pass there; `distance` is the fewest hops to there.
    """

    branches: tuple[Toward, ...]
    distance: int


@frozen(kw_only=True)
class Impact:
    """Everything whose line of sight passes through one element.

    In the order of the kinds, then by distance and id.
    """

    id: str
    kind: str
    title: str
    affected: tuple[Affected, ...] = field(repr=False)

    def by_kind(self) -> dict[str, tuple[Affected, ...]]:
        """Return what is affected, by kind."""
        found: dict[str, list[Affected]] = {}
        for item in self.affected:
            found.setdefault(item.kind, []).append(item)
        return {kind: tuple(items) for kind, items in found.items()}

    def __len__(self) -> int:
        """Return how many elements are affected."""
        return len(self.affected)

    def __str__(self) -> str:
        """Return the affected elements in words, grouped by kind."""
        rows = [("", *row) for row in self._rows()]
        told = columns([("", *_HEAD), *rows]) if rows else ""
        return "\n".join(part for part in (self._heading(), told) if part)

    def _repr_html_(self) -> str:
        heading = tag("p", self._heading())
        rows = list(self._rows())
        return join((heading, table(_HEAD, rows))) if rows else heading

    def _heading(self) -> str:
        this = Place(id=self.id, kind=self.kind, title=self.title)
        if not self.affected:
            return f"No line of sight passes through {this}"
        groups = ", ".join(f"{named(k)} {len(g):,}" for k, g in self.by_kind().items())
        return f"The line of sight of others passes through {this}: {groups}"

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for item in self.affected[:_TOLD]:
            lines = " and ".join(item.branches)
            yield named(item.kind), item.name, str(item.distance), lines
        if len(self.affected) > _TOLD:
            yield "", f"and {len(self.affected) - _TOLD:,} more", "", ""


def impact(model: Model, ref: Element | str) -> Impact:
    """Return everything whose line of sight passes through an element.

    Raises `NotFoundError` with the nearest ids where *ref*, or its id, is not there.
    """
    refuse_no_model(model, "impact")
    ref = id_of(ref)
    at = place(model, ref)
    lines = lines_of(model)
    start = lines.numbers[ref]
    found: dict[int, list[tuple[int, Toward]]] = {}
    for toward in Toward:
        back = lines.back(toward)
        for number, distance in reached(back, [start]).items():
            found.setdefault(number, []).append((distance, toward))
    del found[start]
    rank = {kind: at for at, kind in enumerate(model.counts())}
    order = sorted(found, key=lambda n: (rank[lines.kinds[n]], min(found[n])[0], n))
    return Impact(
        id=at.id,
        kind=at.kind,
        title=at.title,
        affected=tuple(_affected(model, lines.ids[n], found[n]) for n in order),
    )


def _affected(model: Model, ref: str, ways: list[tuple[int, Toward]]) -> Affected:
    at = place(model, ref)
    return Affected(
        id=at.id,
        kind=at.kind,
        title=at.title,
        branches=tuple(toward for _, toward in ways),
        distance=min(distance for distance, _ in ways),
    )
