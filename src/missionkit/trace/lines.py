"""The index of a model's trace links: every step of the line of sight, as numbers.

Numbers follow the order of the ids, so that what is done in the order of numbers is
done in the order of ids. A step from one element to another is there once, however
many links say so.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Final, TypeAlias
from weakref import ref

from attrs import field, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.links import targets
from missionkit.domain.marks import Link
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import nested_specs, spec_of
from missionkit.domain.structure import kind_of
from missionkit.trace.toward import Toward, heading, is_end, level_of

Linked: TypeAlias = tuple[int, int, Link]


@frozen(eq=False)
class Steps:
    """The steps of one branch: for each number those that it leads to, in order."""

    starts: list[int] = field(repr=False)
    heads: list[int] = field(repr=False)

    def after(self, number: int) -> list[int]:
        """Return where one step leads from *number*."""
        return self.heads[self.starts[number] : self.starts[number + 1]]

    def reversed(self) -> "Steps":
        """Return the same steps, each the other way."""
        count = len(self.starts) - 1
        return steps_of(
            ((head, tail) for tail in range(count) for head in self.after(tail)), count
        )


def steps_of(pairs: Iterable[tuple[int, int]], count: int) -> Steps:
    """Return the steps that *pairs* are, between *count* numbers."""
    # One sorted list of whole numbers is far lighter than a list for each number.
    both = sorted({tail * count + head for tail, head in pairs})
    sizes = [0] * (count + 1)
    for pair in both:
        sizes[pair // count + 1] += 1
    return Steps(list(accumulate(sizes)), [pair % count for pair in both])


@frozen(eq=False)
class Lines:
    """Ids, kinds and levels by number, and the steps of both branches."""

    ids: list[str] = field(repr=False)
    kinds: list[str] = field(repr=False)
    levels: list[int | None] = field(repr=False)
    steps: dict[Toward, Steps] = field(repr=False)

    def number(self, ref: str) -> int:
        """Return the number of an id that is there."""
        return bisect_left(self.ids, ref)

    def is_end(self, toward: Toward, number: int) -> bool:
        """Return whether a branch ends at an element."""
        return is_end(toward, self.levels[number])

    def ends(self, toward: Toward) -> Iterator[int]:
        """Yield the elements at which a branch ends."""
        ends = {level: is_end(toward, level) for level in set(self.levels)}
        return (at for at, level in enumerate(self.levels) if ends[level])


_KEPT: Final[dict[int, tuple["ref[Model]", Lines]]] = {}


def lines_of(model: Model) -> Lines:
    """Return the index of *model*, which is made once and lives as long as it does."""
    key = id(model)
    held = _KEPT.get(key)
    if held is not None and held[0]() is model:
        return held[1]
    lines = _lines(model)
    _KEPT[key] = ref(model, lambda _: _KEPT.pop(key, None)), lines
    return lines


def _lines(model: Model) -> Lines:
    by_id = {e.id: kind_of(e, model.kinds) or "" for e in model}
    ids = sorted(by_id)
    kinds = [by_id[ref] for ref in ids]
    level = {kind: level_of(kind, model.kinds) for kind in model.counts()}
    levels = [level[kind] for kind in kinds]
    linked = list(_linked(model, {ref: at for at, ref in enumerate(ids)}))
    steps = {t: steps_of(_pairs(t, linked, levels), len(ids)) for t in Toward}
    return Lines(ids, kinds, levels, steps)


def _linked(model: Model, numbers: dict[str, int]) -> Iterator[Linked]:
    for element in model:
        cls = type(element)
        if cls is Opaque or not traces(cls):
            continue
        holder = numbers[element.id]
        for target, item, held in targets(cls)(element):
            link = item.link
            if link is not None and link.trace and not hurts(held, element):
                yield holder, numbers[target], link


def _pairs(
    toward: Toward, linked: list[Linked], levels: list[int | None]
) -> Iterator[tuple[int, int]]:
    for holder, target, link in linked:
        way = heading(toward, levels[holder], levels[target], upward=link.upward)
        if way > 0:
            yield holder, target
        elif way:
            yield target, holder


def hurts(held: object, element: Element) -> bool:
    """Return whether a value held by *element* gives its link a weight of 0 or less."""
    if held is element:
        return False
    weight = getattr(held, "weight", None)
    return isinstance(weight, int | float | Decimal) and weight <= 0


@cache
def traces(cls: type) -> bool:
    """Return whether a declared class, or a value in it, has a trace link."""
    spec = spec_of(cls)
    inner = (item for held in nested_specs(spec) for item in held.fields)
    return any(item.link and item.link.trace for item in (*spec.fields, *inner))
