"""Why something is there: the way to the core intent, and the way to the people."""

from typing import Final

from attrs import field, frozen

from missionkit.domain.declaration import Element, id_of
from missionkit.domain.model import Model, refuse_no_model
from missionkit.markup import columns, join, table, tag
from missionkit.trace.branch import Branch, Gap, Place, heading, place, told
from missionkit.trace.hop import hops
from missionkit.trace.lines import Lines, lines_of
from missionkit.trace.mending import mend
from missionkit.trace.paths import paths_of
from missionkit.trace.toward import Toward
from missionkit.trace.way import dead_ends, way_from

LISTED: Final = 20


@frozen(kw_only=True)
class Trace:
    """The answer to "why is this here?": a branch to the intent, one to the people.

    `places` name every element that the answer passes through.
    """

    id: str
    kind: str
    title: str
    branches: tuple[Branch, ...]
    places: tuple[Place, ...] = field(repr=False)

    @property
    def intent(self) -> Branch:
        """The branch to the core intent."""
        return self._branch(Toward.INTENT)

    @property
    def stakeholder(self) -> Branch:
        """The branch to the stakeholders."""
        return self._branch(Toward.STAKEHOLDER)

    @property
    def whole(self) -> bool:
        """Whether both branches reach their end."""
        return all(branch.whole for branch in self.branches)

    def _branch(self, name: Toward) -> Branch:
        return next(branch for branch in self.branches if branch.name is name)

    def __str__(self) -> str:
        """Return both branches in words, the shortest paths first."""
        places = {place.id: place for place in self.places}
        lines = [f"Why is {places[self.id]} here?"]
        for branch in self.branches:
            rows = [("", *row) for row in told(branch, places)]
            lines += [f"{heading(branch)}.", *([columns(rows)] if rows else [])]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        places = {place.id: place for place in self.places}
        title = tag("p", "Why is ", tag("strong", places[self.id]), " here?")
        tables = (
            table((heading(branch), ""), told(branch, places))
            for branch in self.branches
        )
        return join((title, *tables))


def why(model: Model, ref: Element | str) -> Trace:
    """Return how an element is linked to the core intent and the stakeholders.

    Each branch is whole, or names its first broken hop and what would mend it. Raises
    `NotFoundError` with the nearest ids where *ref*, or its id, is not there.
    """
    refuse_no_model(model, "why")
    ref = id_of(ref)
    at = place(model, ref)
    lines = lines_of(model)
    branches = tuple(_branch(model, lines, toward, ref) for toward in Toward)
    passed = {end for branch in branches for end in _passed(branch)}
    return Trace(
        id=at.id,
        kind=at.kind,
        title=at.title,
        branches=branches,
        places=tuple(place(model, ref) for ref in sorted(passed | {ref})),
    )


def _passed(branch: Branch) -> set[str]:
    return {end for hop in branch.hops() for end in (hop.source, hop.target)}


def _branch(model: Model, lines: Lines, toward: Toward, ref: str) -> Branch:
    def is_end(number: int) -> bool:
        return lines.is_end(toward, number)

    key = lines.ids.__getitem__
    way = way_from(lines.steps[toward], lines.number(ref), key, is_end)
    found = paths_of(way, LISTED)
    stops = dead_ends(way)
    return Branch(
        name=toward,
        whole=found.count > 0,
        count=found.count,
        exact=found.exact,
        paths=tuple(hops(model, lines, toward, path) for path in found.listed),
        gaps=tuple(_gap(model, lines, toward, *dead_end) for dead_end in stops.found),
        way=hops(model, lines, toward, stops.way),
        loops=tuple(
            hop for pair in way.loops for hop in hops(model, lines, toward, list(pair))
        ),
    )


def _gap(model: Model, lines: Lines, toward: Toward, number: int, distance: int) -> Gap:
    ref = lines.ids[number]
    return Gap(at=place(model, ref), distance=distance, mend=mend(model, toward, ref))
