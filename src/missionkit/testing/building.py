"""How the fields of a value are drawn, and how its invariants come to hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from missionkit.domain.currency import CURRENCIES, minor_digits
from missionkit.domain.marks import Invariant, NotEmpty
from missionkit.domain.process import ReleaseLadder, ReleaseState, ReleaseStep
from missionkit.domain.spec import (
    Choice,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Nested,
    Reference,
    Shape,
    Spec,
    spec_of,
)
from missionkit.domain.values import Money
from missionkit.testing.leaves import decimals, foreign, ids, leaves

Targets: TypeAlias = Callable[[FieldSpec], Sequence[str] | None]
Fields: TypeAlias = dict[str, Any]

_MOST_ITEMS: Final = 3
_NOWHERE: Final = object()
_CURRENCIES: Final = sorted(CURRENCIES)
_RUNGS: Final[tuple[ReleaseState, ...]] = tuple(
    state for state in ReleaseState if state is not ReleaseState.RETIRED
)


def cannot_lack(spec: Spec) -> Iterator[FieldSpec]:
    """Yield the references that a value of *spec* has in any case, also inside."""
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if item.required and item.name != "id" and not _may_be_empty(item):
            if isinstance(shape, Reference):
                yield item
            elif isinstance(shape, Nested):
                yield from cannot_lack(spec_of(shape.cls))


def _may_be_empty(item: FieldSpec) -> bool:
    shape = item.shape
    rules = shape.rules if isinstance(shape, Many) else ()
    return isinstance(shape, Many) and not any(isinstance(r, NotEmpty) for r in rules)


def any_target(_: FieldSpec) -> None:
    """Let every reference lead to an id that is drawn for it."""


class Builder:
    """Draws values whose references lead where *targets* says.

    *targets* gives the ids that a reference may hold; None stands for any.
    """

    def __init__(self, draw: st.DrawFn, targets: Targets = any_target) -> None:
        """Draw with *draw*, as Hypothesis hands it to a composite strategy."""
        self.draw = draw
        self._targets = targets

    def value(self, spec: Spec, given: Mapping[str, object]) -> Any:  # noqa: ANN401 - any declared class
        """Return a sound value with the fields *given* and all others drawn."""
        if spec.cls in _OWN_WAYS and not given:
            return _OWN_WAYS[spec.cls](self)
        free = [item for item in spec.fields if item.name not in given]
        fields = {item.name: item.default for item in free} | dict(given)
        for item in self._filled(free):
            drawn = self._other(item)
            if drawn is not _NOWHERE:
                fields[item.name] = drawn
        if spec.invariants:
            self._mend(spec, fields, frozenset(given))
        return spec.cls(**fields)

    def _filled(self, free: Sequence[FieldSpec]) -> Iterator[FieldSpec]:
        # One number says which fields are filled: one draw, and none is the simplest.
        optional = [item for item in free if not item.required]
        chosen = self.draw(st.integers(0, 2 ** len(optional) - 1))
        bits = {item.name: chosen >> at & 1 for at, item in enumerate(optional)}
        return (item for item in free if bits.get(item.name, True))

    def _other(self, item: FieldSpec) -> Any:  # noqa: ANN401 - of any field
        """Return a value for a field; mostly, another one than its default."""
        if isinstance(item.default, bool):
            return not item.default
        return self._shaped(item.shape, item, least=int(not item.required))

    def _shaped(self, shape: Shape, item: FieldSpec, least: int = 0) -> Any:  # noqa: ANN401 - of any field
        match shape:
            case Leaf():
                return self.draw(leaves(shape))
            case Choice(enum=cls):
                return self.draw(st.sampled_from(cls))
            case Foreign():
                return self.draw(foreign())
            case Reference():
                return self._reference(item)
            case Nested(cls=cls):
                return self._nested(spec_of(cls))
            case _:
                return self._many(shape, item, least)

    def _reference(self, item: FieldSpec) -> Any:  # noqa: ANN401 - an id, or none
        known = self._targets(item)
        if known is None:
            return self.draw(ids())
        return self._one_of(known) if known else _NOWHERE

    def _one_of(self, known: Sequence[Any]) -> Any:  # noqa: ANN401 - of any type
        return known[self.draw(st.integers(0, len(known) - 1))]

    def _nested(self, spec: Spec) -> Any:  # noqa: ANN401 - any declared class
        needed = map(self._targets, cannot_lack(spec))
        nowhere = any(known is not None and not known for known in needed)
        return _NOWHERE if nowhere else self.value(spec, {})

    def _many(self, shape: Many, item: FieldSpec, least: int) -> Any:  # noqa: ANN401 - a collection
        least = max(least, any(isinstance(rule, NotEmpty) for rule in shape.rules))
        count = self.draw(st.integers(least, _MOST_ITEMS))
        drawn = [self._shaped(shape.item, item) for _ in range(count)]
        found = [one for one in drawn if one is not _NOWHERE]
        if least and not found:
            return _NOWHERE
        if isinstance(shape.item, Reference):
            found = list(dict.fromkeys(found))
        return shape.container(found)

    def _mend(self, spec: Spec, fields: Fields, given: frozenset[str]) -> None:
        """Change what the invariants name until all hold, or give the example up."""
        for _ in range(len(spec.invariants) + 1):
            broken = next(
                (r for r in spec.invariants if not _kept(spec, r, fields)), None
            )
            if broken is None:
                return
            items = [spec.by_name[n] for n in broken.fields if n not in given]
            changes = self._changes(items, fields)
            holding = (c for c in changes if _kept(spec, broken, {**fields, **c}))
            fields.update(next(holding, {}))
        reject()

    def _changes(self, items: Sequence[FieldSpec], fields: Fields) -> Iterator[Fields]:
        """Yield what might mend a rule over *items*, from the least change on."""
        for one, two in pairwise(items):
            if (one.shape, one.optional) == (two.shape, two.optional):
                yield {one.name: fields[two.name], two.name: fields[one.name]}
        for item in items:
            if isinstance(fields[item.name], tuple):
                yield {item.name: fields[item.name][:1]}
        plain = {item.name: item.default for item in items if not item.required}
        yield plain
        for item in items:
            yield from ({**plain, item.name: other} for other in self._others(item))
        yield {i.name: next(self._others(i), fields[i.name]) for i in items}

    def _others(self, item: FieldSpec) -> Iterator[Any]:
        known = self._targets(item) if isinstance(item.shape, Reference) else None
        if known is not None:
            yield from known
        elif (drawn := self._other(item)) is not _NOWHERE:
            yield drawn


def _kept(spec: Spec, rule: Invariant, fields: Fields) -> bool:
    """Return whether a rule holds of fields of which each is sound by itself."""
    bare = object.__new__(spec.cls)
    for name, held in fields.items():
        object.__setattr__(bare, name, held)
    return bool(getattr(bare, rule.method)())


def _money(builder: Builder) -> Money:
    currency = builder.draw(st.sampled_from(_CURRENCIES))
    return Money(builder.draw(decimals(minor_digits(currency))), currency)


def _ladder(builder: Builder) -> ReleaseLadder:
    """Climb as many rungs as are drawn, each not before the one below."""
    rungs = _RUNGS[: builder.draw(st.integers(1, len(_RUNGS)))]
    if builder.draw(st.booleans()):
        rungs = (*rungs, ReleaseState.RETIRED)
    spec = spec_of(ReleaseStep)
    steps = [builder.value(spec, {"state": state}) for state in rungs]
    days = sorted(step.on for step in steps)
    dated = (attrs.evolve(s, on=day) for s, day in zip(steps, days, strict=True))
    return ReleaseLadder(steps=tuple(dated))


_OWN_WAYS: Final[Mapping[type, Callable[[Builder], object]]] = {
    Money: _money,
    ReleaseLadder: _ladder,
}
