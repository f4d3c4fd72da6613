"""What a picture of the trace links shows: elements by generated names, and arrows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.structure import kind_of
from missionkit.markup import one_line, shortened
from missionkit.trace.lines import hurts, traces, weight_of
from missionkit.trace.mending import named
from missionkit.trace.orphans import spec_named
from missionkit.trace.toward import level_of
from missionkit.trace.why import Trace

_WIDE: Final = 80


@frozen(kw_only=True)
class Box:
    """An element in a picture; `name` is generated, so that no text can break it."""

    name: str
    kind: str
    title: str


@frozen(kw_only=True)
class Arrow:
    """A trace link in a picture, between the names of two boxes."""

    source: str
    label: str
    target: str
    hurts: bool = False


@frozen
class Sketch:
    """The boxes and arrows of a picture."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def sketch(
    model: Model,
    *,
    kinds: Iterable[type | str] | None = None,
    trace: Trace | None = None,
) -> Sketch:
    """Return what to draw of *model*: its trace links and the elements at their ends.

    *kinds* draws all elements of some kinds, and *trace* those that an answer of `why`
    passes through; else all that have a level or a trace link are drawn. Raises
    `NotFoundError` for an unknown kind, or an element of *trace* that is not there.
    """
    asked = _asked(model, kinds, trace)
    links = [
        (element, use)
        for element in model
        for use in _trace_links(element)
        if element.id in asked and use.target in asked
    ]
    if kinds is None and trace is None:
        asked = {e.id for e in model if _has_level(model, e)} | _ends(links)
    drawn = [element for element in model if element.id in asked]
    names = {element.id: f"n{at}" for at, element in enumerate(drawn, 1)}
    return Sketch(
        tuple(_box(model, element, names[element.id]) for element in drawn),
        tuple(_arrow(element, use, names) for element, use in links),
    )


def _asked(
    model: Model, kinds: Iterable[type | str] | None, trace: Trace | None
) -> set[str]:
    asked = set(model.ids())
    if kinds is not None:
        wanted = {spec_named(model.kinds, kind).kind for kind in kinds}
        asked = {e.id for e in model if kind_of(e, model.kinds) in wanted}
    if trace is not None:
        asked &= {model[place.id].id for place in trace.places}
    return asked


def _trace_links(element: Element) -> Iterator[LinkUse]:
    if not isinstance(element, Opaque) and traces(type(element)):
        yield from (use for use in links_of(element) if use.link.trace)


def _ends(links: Iterable[tuple[Element, LinkUse]]) -> set[str]:
    return {ref for element, use in links for ref in (element.id, use.target)}


def _has_level(model: Model, element: Element) -> bool:
    return level_of(kind_of(element, model.kinds) or "", model.kinds) is not None


def _box(model: Model, element: Element, name: str) -> Box:
    kind = kind_of(element, model.kinds) or ""
    title = shortened(one_line(title_of(element)), _WIDE) or element.id
    return Box(name=name, kind=named(kind), title=title)


def _arrow(element: Element, use: LinkUse, names: Mapping[str, str]) -> Arrow:
    ends = names[element.id], names[use.target]
    source, target = reversed(ends) if use.link.reverse else ends
    weight = weight_of(use.holder, element)
    label = named(use.link.name) + ("" if weight is None else f" {weight:+}")
    return Arrow(
        source=source, label=label, target=target, hurts=hurts(use.holder, element)
    )
