"""One branch of an answer to "why is this here?", and how it is told."""

from collections.abc import Iterable, Iterator, Mapping
from math import log10
from typing import Final, TypeAlias

from attrs import field, frozen

from missionkit.domain.display import title_of
from missionkit.domain.model import Model
from missionkit.markup import one_line, shortened
from missionkit.trace.hop import Hop
from missionkit.trace.mending import named
from missionkit.trace.toward import Toward

_TOLD: Final = 5
_WIDE: Final = 80
_COUNTABLE: Final = 10**15
_END: Final = {
    Toward.INTENT: "the core intent",
    Toward.STAKEHOLDER: "the stakeholders",
}


def counted(number: int) -> str:
    """Return a number as one says it; of a huge one only how many digits it has.

    >>> counted(1234567)
    '1,234,567'
    >>> counted(2**100)
    'more than 10^30'
    """
    if number < _COUNTABLE:
        return f"{number:,}"
    return f"more than 10^{int((number.bit_length() - 1) * log10(2))}"


@frozen(kw_only=True)
class Place:
    """An element as an answer names it."""

    id: str
    kind: str
    title: str

    @property
    def name(self) -> str:
        """The title on one line, short enough for a path."""
        return shortened(one_line(self.title), _WIDE)

    def __str__(self) -> str:
        """Return the title and the kind."""
        return f"{self.name} ({named(self.kind)})"


Places: TypeAlias = Mapping[str, Place]


def place(model: Model, ref: str) -> Place:
    """Return how an answer names an element."""
    return Place(id=ref, kind=model.kind_of(ref), title=title_of(model[ref]))


@frozen(kw_only=True)
class Gap:
    """A place where a branch stops before its end, and what would lead it on.

    `distance` counts the hops to it.
    """

    at: Place
    distance: int
    mend: str

    def __str__(self) -> str:
        """Return the place and what would mend it."""
        return f"{self.at}: {self.mend}"


@frozen(kw_only=True)
class Branch:
    """The way from an element to one end of the line of sight.

    No path passes an element twice. `count` says how many there are: not always all
    where circles lead to the end, and then `exact` is False. `paths` are the shortest
    twenty, then by ids, each as its hops; an element that is an end itself has one
    path, without hops. `gaps` are all the places where the branch stops, the nearest
    first, and `way` the hops to the first of them; of a circle that nothing leads out
    of, the nearest element is named. `loops` are the hops that lead back: those on a
    circle that lead no farther from the element asked about.
    """

    name: Toward
    whole: bool
    count: int = field(repr=counted)
    paths: tuple[tuple[Hop, ...], ...] = field(repr=False)
    gaps: tuple[Gap, ...] = ()
    way: tuple[Hop, ...] = field(default=(), repr=False)
    loops: tuple[Hop, ...] = ()
    exact: bool = True

    @property
    def broken(self) -> Gap | None:
        """Where a branch that is not whole breaks first; None where it is whole."""
        return None if self.whole else self.gaps[0]

    def hops(self) -> Iterator[Hop]:
        """Yield every hop of the answer."""
        for path in (*self.paths, self.way, self.loops):
            yield from path


def heading(branch: Branch) -> str:
    """Return in one line whether a branch is whole."""
    to = f"To {_END[branch.name]}"
    if not branch.whole:
        return f"{to}: the line is broken"
    if branch.paths == ((),):
        return f"{to}: it stands there itself"
    least = "" if branch.exact else "at least "
    number = f"{counted(branch.count)} path{'' if branch.count == 1 else 's'}"
    return f"{to}: the line is whole, by {least}{number}"


def told(branch: Branch, places: Places) -> Iterator[tuple[str, str]]:
    """Yield what else there is to say of a branch: a word or two, and the matter."""
    listed = [path for path in branch.paths if path]
    for at, path in enumerate(listed[:_TOLD], 1):
        yield f"path {at}", arrows(path, places)
    more = branch.count - len(listed[:_TOLD])
    if listed and more:
        least = "" if branch.exact else "at least "
        yield "and", f"{least}{counted(more)} more"
    if branch.broken:
        line = arrows(branch.way, places) or branch.broken.at.name
        yield "stops at", f"{line} → ?"
        yield "to mend it", branch.broken.mend
    others = branch.gaps if branch.whole else branch.gaps[1:]
    yield from (("also stops at", str(gap)) for gap in others[:_TOLD])
    if len(others) > _TOLD:
        yield "and", f"at {len(others) - _TOLD:,} more places"
    yield from (("leads back", arrows([hop], places)) for hop in branch.loops[:_TOLD])


def arrows(path: Iterable[Hop], places: Places) -> str:
    """Return the names along a path; nothing for a path without hops."""
    hops = tuple(path)
    refs = [hop.source for hop in hops[:1]] + [hop.target for hop in hops]
    return " → ".join(places[ref].name for ref in refs)
