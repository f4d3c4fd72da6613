"""One step on the line of sight, and the link that makes it."""

from collections.abc import Iterator
from itertools import chain, pairwise

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.trace.lines import Lines, hurts, traces
from missionkit.trace.toward import Toward, heading


@frozen(kw_only=True)
class Hop:
    """A step from one element to the next, by ids, and where its link is written.

    The link stands at *path* of the element *holder*. Its name reads from *source* to
    *target* where *along*, and otherwise the other way.
    """

    source: str
    link: str
    target: str
    holder: str
    path: str
    along: bool = True


def trace_uses(element: Element) -> Iterator[LinkUse]:
    """Yield the trace links of *element* that count: those that do not hurt."""
    if isinstance(element, Opaque) or not traces(type(element)):
        return
    for use in links_of(element):
        if use.link.trace and not hurts(use.holder, element):
            yield use


def hops(
    model: Model, lines: Lines, toward: Toward, path: list[int]
) -> tuple[Hop, ...]:
    """Return the hops of a path of numbers."""
    return tuple(_hop(model, lines, toward, *pair) for pair in pairwise(path))


def _hop(model: Model, lines: Lines, toward: Toward, source: int, target: int) -> Hop:
    """Return the step between two numbers by the first link that makes it."""
    forth = _leading(model, lines, toward, (source, target), 1)
    back = _leading(model, lines, toward, (target, source), -1)
    holder, use = next(chain(forth, back))
    begins = use.target if use.link.reverse else holder
    return Hop(
        source=lines.ids[source],
        link=use.link.name,
        target=lines.ids[target],
        holder=holder,
        path=use.path,
        along=begins == lines.ids[source],
    )


def _leading(
    model: Model, lines: Lines, toward: Toward, ends: tuple[int, int], wanted: int
) -> Iterator[tuple[str, LinkUse]]:
    """Yield the links from one number to another that lead on as *wanted*."""
    holder, target = (lines.ids[end] for end in ends)
    held, meant = (lines.levels[end] for end in ends)
    for use in trace_uses(model[holder]):
        way = heading(toward, held, meant, upward=use.link.upward)
        if use.target == target and way == wanted:
            yield holder, use
