"""What would mend a broken line of sight, read from the declarations of the links."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import frozen

from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import FieldSpec, Many, Nested, Spec, spec_of
from missionkit.markup import shown
from missionkit.trace.toward import Toward, heading, left_to_go, level_of

_FAR: Final = 1_000


@frozen(kw_only=True)
class Onward:
    """A field that can lead on from a kind: its own, or that of another *holder*.

    *to* are the kinds that it leads to; none stands for any.
    """

    holder: str
    field: str
    own: bool
    many: bool
    to: tuple[str, ...]
    rank: tuple[bool, bool, bool, int]


@frozen
class _Field:
    """A trace link of a kind, with the field of the element in which it stands."""

    spec: Spec
    top: FieldSpec
    item: FieldSpec


@lru_cache(maxsize=32)
def ways_on(kinds: Kinds, toward: Toward) -> dict[str, tuple[Onward, ...]]:
    """Return for each kind the ways by which a branch can lead on, the best first.

    Best is a field of the element's own that leads straight to the level nearest to
    the end.
    """
    found: dict[str, list[Onward]] = {}
    for spec in kinds:
        for top, item in _trace_fields(spec):
            for source, way in _ways(kinds, toward, _Field(spec, top, item)):
                found.setdefault(source, []).append(way)
    return {
        kind: tuple(sorted(ways, key=lambda way: way.rank))
        for kind, ways in found.items()
    }


def _trace_fields(spec: Spec) -> Iterator[tuple[FieldSpec, FieldSpec]]:
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if item.link is not None and item.link.trace:
            yield item, item
        elif isinstance(shape, Nested):
            yield from ((item, leaf) for _, leaf in _trace_fields(spec_of(shape.cls)))


def _ways(kinds: Kinds, toward: Toward, at: _Field) -> Iterator[tuple[str, Onward]]:
    allowed = kinds.targets(at.item)
    upward = at.item.link is not None and at.item.link.upward
    onward: list[str] = []
    for other in kinds:
        if allowed is not None and other.kind not in allowed:
            continue
        way = heading(toward, at.spec.level, other.level, upward=upward)
        if way > 0:
            onward.append(other.kind)
        elif way:
            yield other.kind, _way(kinds, toward, at, [at.spec.kind], own=False)
    if onward:
        yield at.spec.kind, _way(kinds, toward, at, onward, own=True)


def _way(
    kinds: Kinds, toward: Toward, at: _Field, to: list[str], *, own: bool
) -> Onward:
    levels = [level for kind in to if (level := level_of(kind, kinds)) is not None]
    left = min((left_to_go(toward, level) for level in levels), default=_FAR)
    anything = own and kinds.targets(at.item) is None
    return Onward(
        holder=at.spec.kind,
        field=at.top.name,
        own=own,
        many=isinstance(at.top.shape, Many),
        to=() if anything else tuple(to),
        rank=(not levels, at.top is not at.item, not own, left),
    )


def mend(model: Model, toward: Toward, ref: str) -> str:
    """Return what would lead a branch on from the element *ref*, in words."""
    element = model[ref]
    kind = model.kind_of(ref)
    if isinstance(element, Opaque) and element.erased:
        return f"what {named(kind)} {shown(ref)} said has been erased"
    if kind not in model.kinds:
        return f"open the model with the class of {shown(kind)} among its kinds"
    ways = ways_on(model.kinds, toward).get(kind, ())
    if not ways:
        return f"no link is declared that leads on from {a(kind)}"
    return _in_words(ways[0], kind, ref)


def _in_words(way: Onward, kind: str, ref: str) -> str:
    this = f"{named(kind)} {shown(ref)}"
    if not way.own:
        field = f"in `{way.field}`" if way.many else f"as `{way.field}`"
        return f"name {this} {field} of {a(way.holder)}"
    to = " or ".join(map(a, way.to)) if way.to else "what it is for"
    if way.many:
        return f"name {to} in `{way.field}` of {this}"
    return f"set `{way.field}` of {this} to {to}"


def named(kind: str) -> str:
    """Return a kind as a reader says it."""
    return kind.replace("_", " ")


def a(kind: str) -> str:
    """Return a kind with its article."""
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {named(kind)}"
