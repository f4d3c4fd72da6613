"""The index of a model's trace links: every step of the line of sight, as numbers.

Numbers follow the order of the model: kind by kind, each by id. A step from one element
to another is there once, however many links say so.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Final
from weakref import ReferenceType

from attrs import field, frozen

from missionkit.domain.declaration import Element
from missionkit.domain.links import targets
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import nested_specs, spec_of
from missionkit.trace.toward import Toward, heading, is_end, level_of


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
        pairs = (head * count + at for at in range(count) for head in self.after(at))
        return steps_of(pairs, count)


def steps_of(pairs: Iterable[int], count: int) -> Steps:
    """Return steps between *count* numbers, each given as tail times *count* plus head.

    One sorted list of whole numbers is far lighter than a list for each number.
    """
    sizes, heads, last = [0] * (count + 1), [], -1
    for pair in sorted(pairs):
        if pair != last:
            last = pair
            tail, head = divmod(pair, count)
            sizes[tail + 1] += 1
            heads.append(head)
    return Steps(list(accumulate(sizes)), heads)


@frozen(eq=False)
class Lines:
    """Elements, ids, kinds and levels by number, and the steps of both branches."""

    elements: tuple[Element, ...] = field(repr=False)
    ids: list[str] = field(repr=False)
    numbers: dict[str, int] = field(repr=False)
    kinds: list[str] = field(repr=False)
    levels: list[int | None] = field(repr=False)
    steps: dict[Toward, Steps] = field(repr=False)
    _back: dict[Toward, Steps] = field(init=False, repr=False, factory=dict)

    def number(self, ref: str) -> int:
        """Return the number of an id that is there."""
        return self.numbers[ref]

    def back(self, toward: Toward) -> Steps:
        """Return the steps of a branch, each the other way."""
        if toward not in self._back:
            self._back[toward] = self.steps[toward].reversed()
        return self._back[toward]

    def is_end(self, toward: Toward, number: int) -> bool:
        """Return whether a branch ends at an element."""
        return is_end(toward, self.levels[number])

    def ends(self, toward: Toward) -> Iterator[int]:
        """Yield the elements at which a branch ends."""
        ends = {level for level in set(self.levels) if is_end(toward, level)}
        return (at for at, level in enumerate(self.levels) if level in ends)


_KEPT: Final[dict[int, tuple[ReferenceType[Model], Lines]]] = {}


def lines_of(model: Model) -> Lines:
    """Return the index of *model*, which is made once and lives as long as it does."""
    key = id(model)
    held = _KEPT.get(key)
    if held is not None and held[0]() is model:
        return held[1]
    lines = _lines(model)
    _KEPT[key] = ReferenceType(model, lambda _: _KEPT.pop(key, None)), lines
    return lines


def _lines(model: Model) -> Lines:
    elements = tuple(model)
    ids = [element.id for element in elements]
    kinds = [kind for kind, size in model.counts().items() for _ in range(size)]
    level = {kind: level_of(kind, model.kinds) for kind in model.counts()}
    levels = [level[kind] for kind in kinds]
    numbers = {ref: at for at, ref in enumerate(ids)}
    pairs = _pairs(elements, numbers, levels)
    steps = {toward: steps_of(found, len(ids)) for toward, found in pairs.items()}
    return Lines(elements, ids, numbers, kinds, levels, steps)


def _pairs(
    elements: tuple[Element, ...], numbers: dict[str, int], levels: list[int | None]
) -> dict[Toward, list[int]]:
    count, pairs = len(levels), {toward: list[int]() for toward in Toward}
    links = list(_links(elements))
    # Ids one after another: between other work each look-up would wait for memory.
    found = [numbers[ref] for _, ref, _ in links]
    for (holder, _, upward), target in zip(links, found, strict=True):
        for toward, way in _ways(levels[holder], levels[target], upward):
            pairs[toward].append(
                holder * count + target if way > 0 else target * count + holder
            )
    return pairs


def _links(elements: Iterable[Element]) -> Iterator[tuple[int, str, bool]]:
    """Yield each link that counts: who holds it, what it leads to, and if upward."""
    for holder, element in enumerate(elements):
        cls = type(element)
        if cls is Opaque or not traces(cls):
            continue
        for ref, item, held in targets(cls)(element):
            link = item.link
            if link is not None and link.trace and not hurts(held, element):
                yield holder, ref, link.upward


@cache
def _ways(
    holder: int | None,
    target: int | None,
    upward: bool,  # noqa: FBT001 - the mark's own
) -> tuple[tuple[Toward, int], ...]:
    found = ((t, heading(t, holder, target, upward=upward)) for t in Toward)
    return tuple((toward, way) for toward, way in found if way)


def weight_of(held: object, element: Element) -> float | Decimal | None:
    """Return the weight of a link in a value that *element* holds, where it has one."""
    weight = None if held is element else getattr(held, "weight", None)
    return weight if isinstance(weight, int | float | Decimal) else None


def hurts(held: object, element: Element) -> bool:
    """Return whether a link has a weight of 0 or less: it leads to nothing good."""
    if held is element:
        return False
    weight = weight_of(held, element)
    return weight is not None and weight <= 0


@cache
def traces(cls: type) -> bool:
    """Return whether a declared class, or a value in it, has a trace link."""
    spec = spec_of(cls)
    inner = (item for held in nested_specs(spec) for item in held.fields)
    return any(item.link and item.link.trace for item in (*spec.fields, *inner))
