"""Why something is there: the way to the core intent, and the way to the people."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from missionkit.domain.display import title_of
from missionkit.domain.model import Model
from missionkit.markup import Html, join, one_line, shortened, table, tag
from missionkit.trace.hop import Hop, hops
from missionkit.trace.lines import Lines, lines_of
from missionkit.trace.mending import a, mend, named
from missionkit.trace.paths import count, dead_ends, shortest, way_from
from missionkit.trace.toward import Toward

LISTED: Final = 20
_SHOWN: Final = 5
_WIDE: Final = 80
_COUNTABLE: Final = 10**15


@frozen(kw_only=True)
class Place:
    """An element as an answer names it."""

    id: str
    kind: str
    title: str

    def __str__(self) -> str:
        """Return the title and the kind."""
        return f"{shortened(one_line(self.title), _WIDE)} ({named(self.kind)})"


@frozen(kw_only=True)
class Gap:
    """A place where a branch stops before its end, and what would lead it on."""

    id: str
    kind: str
    title: str
    distance: int
    mend: str


@frozen(kw_only=True)
class Branch:
    """The way from an element to one end of the line of sight.

    `count` is exact; `paths` are the shortest twenty, then by ids, each as its hops. An
    element that is an end itself has one path without hops. `gaps` are all the places
    where the branch stops, the nearest first; `way` are the hops to the first of them.
    `loops` are the hops that were not taken because they lead back.
    """

    name: Toward
    whole: bool
    count: int
    paths: tuple[tuple[Hop, ...], ...]
    gaps: tuple[Gap, ...] = ()
    way: tuple[Hop, ...] = ()
    loops: tuple[Hop, ...] = ()

    @property
    def broken(self) -> Gap | None:
        """Where a branch that is not whole breaks first."""
        return None if self.whole else self.gaps[0]


@frozen(kw_only=True)
class Trace:
    """The answer to "why is this here?": a branch to the intent, one to the people."""

    id: str
    kind: str
    title: str
    branches: tuple[Branch, ...]
    places: tuple[Place, ...]

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
        titles = {place.id: place for place in self.places}
        lines = [f"Why is {titles[self.id]} here?"]
        for branch in self.branches:
            lines += [_heading(branch), *(f"  {line}" for line in _said(branch, titles))]
        return "\n".join(lines)
