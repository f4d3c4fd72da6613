"""Hypothesis strategies for values, elements and whole models, of any kinds.

All is derived from the declarations, so that they fit third parties' kinds as well:

    @given(models(kinds=KINDS | {Bet}))
    def test_my_report_never_fails(model: Model) -> None: ...

`sound_models` and `broken_models` draw a whole organization: one in which a check finds
nothing, and one with a single fault that is known.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from missionkit.domain.declaration import Element
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.model import Model
from missionkit.domain.spec import (
    FieldSpec,
    Spec,
    nested_specs,
    spec_of,
)
from missionkit.domain.workflow import Workflow
from missionkit.errors import NotFoundError
from missionkit.issue import nearest
from missionkit.testing.building import Builder, cannot_lack
from missionkit.testing.drawing import broken_models, sound_models
from missionkit.testing.leaves import (
    decimals,
    foreign,
    ids,
    instants,
    lines,
    texts,
)
from missionkit.testing.workflows import sound_workflows

__all__ = [
    "broken_models",
    "decimals",
    "elements",
    "foreign",
    "ids",
    "instants",
    "lines",
    "models",
    "sound_models",
    "texts",
    "values",
]

E = TypeVar("E", bound=Element)
T = TypeVar("T")
V = TypeVar("V")


def values(cls: type[V], **overrides: object) -> SearchStrategy[V]:
    """Return a strategy for sound values of a declared class.

    *overrides* fix fields, each to a value or to a strategy of its own. References lead
    to ids that are drawn.
    """
    declared: type = cls
    spec = spec_of(declared)
    for name in overrides:
        if name not in spec.by_name:
            raise NotFoundError(
                f"field of {spec.name}", name, nearest(name, spec.by_name)
            )
    return cast("SearchStrategy[V]", _values(spec, overrides))


def elements(kind: type[E], **overrides: object) -> SearchStrategy[E]:
    """Return a strategy for sound elements of a kind, of ours or of a third party.

    *overrides* fix fields, such as ``id="warm"``, each to a value or to a strategy.
    """
    return values(kind, **overrides)


@st.composite
def _values(draw: st.DrawFn, spec: Spec, overrides: dict[str, object]) -> Any:  # noqa: ANN401 - any declared class
    given = {
        name: draw(held) if isinstance(held, SearchStrategy) else held
        for name, held in overrides.items()
    }
    if spec.cls is Workflow and not given:
        return draw(sound_workflows())
    return Builder(draw).value(spec, given)


@st.composite
def models(
    draw: st.DrawFn, kinds: Kinds = KINDS, *, min_size: int = 0, max_size: int = 15
) -> Model:
    """Return a strategy for sound models of *min_size* to *max_size* elements.

    A model is built from the bottom up: first the kinds and the ids, then the fields,
    whose references lead only to ids of fitting kinds, and never in a circle where the
    declaration forbids one. At most one organization has no parent.
    """
    count = draw(st.integers(min_size, max_size))
    chosen = _chosen(draw, kinds, count)
    named = draw(st.lists(ids(), min_size=count, max_size=count, unique=True))
    pool = _Pool(kinds, chosen, named)
    builder = Builder(draw, pool)
    built: list[Element] = []
    for spec, ref in zip(chosen, named, strict=True):
        pool.earlier = len(built)
        built.append(builder.value(spec, {"id": ref}))
    return Model(_under_one_root(built), kinds=kinds)


class _Pool:
    """The ids that the references of one element of a new model may lead to."""

    def __init__(
        self, kinds: Kinds, chosen: Sequence[Spec], named: Sequence[str]
    ) -> None:
        self._kinds = kinds
        self._all = [(spec.kind, ref) for spec, ref in zip(chosen, named, strict=True)]
        self.earlier = 0

    def __call__(self, item: FieldSpec) -> list[str]:
        """Return ids of the kinds that fit; only earlier ones where circles can be."""
        allowed = self._kinds.targets(item)
        stop = self.earlier if item.link and item.link.acyclic else None
        found = self._all[:stop]
        return [ref for kind, ref in found if allowed is None or kind in allowed]


def _chosen(draw: st.DrawFn, kinds: Kinds, count: int) -> list[Spec]:
    """Choose kinds one after another, each when what it cannot lack is there.

    The first half leads to kinds that are drawn from all, so that none is rare. Of the
    others, half are akin to those before, so that elements have others to refer to.
    """
    chosen: list[Spec] = []
    while len(chosen) < (count + 1) // 2:
        left = count - len(chosen)
        ways = [way for way in _ways(kinds) if len(way) <= left]
        if not ways:
            reject()
        chosen += _one_of(draw, ways)
    needs, akin = _needs(kinds), _akin(kinds)
    while len(chosen) < count:
        there = {spec.kind for spec in chosen}
        able = [
            spec
            for spec in kinds
            if not any(there.isdisjoint(need) for need in needs[spec.kind])
        ]
        close = [spec for spec in able if not there.isdisjoint(akin[spec.kind])]
        chosen.append(_one_of(draw, close if draw(st.booleans()) else able))
    return chosen


def _one_of(draw: st.DrawFn, several: Sequence[T]) -> T:
    # Quicker than a strategy of its own for each choice.
    return several[draw(st.integers(0, len(several) - 1))]


@lru_cache(maxsize=32)
def _ways(kinds: Kinds) -> list[tuple[Spec, ...]]:
    """Return for each kind the kinds that lead to it, and at the end itself."""
    ways: dict[str, tuple[Spec, ...]] = {}
    needs = _needs(kinds)
    grown = True
    while grown:
        grown = False
        for spec in kinds:
            first = [next((k for k in ways if k in n), None) for n in needs[spec.kind]]
            if spec.kind not in ways and None not in first:
                before = (step for kind in first if kind for step in ways[kind])
                ways[spec.kind] = (*dict.fromkeys(before), spec)
                grown = True
    return list(ways.values())


@lru_cache(maxsize=32)
def _needs(kinds: Kinds) -> dict[str, list[frozenset[str]]]:
    """Return for each kind sets of kinds, of each of which one must be there before."""
    every = frozenset(spec.kind for spec in kinds)
    return {
        spec.kind: [
            every if (fits := kinds.targets(item)) is None else fits
            for item in cannot_lack(spec)
        ]
        for spec in kinds
    }


@lru_cache(maxsize=32)
def _akin(kinds: Kinds) -> dict[str, set[str]]:
    """Return for each kind itself and the kinds that it refers to, or that do to it."""
    akin = {spec.kind: {spec.kind} for spec in kinds}
    for spec in kinds:
        for held in (spec, *nested_specs(spec)):
            for item in held.fields:
                for other in kinds.targets(item) or ():
                    akin[spec.kind].add(other)
                    akin[other].add(spec.kind)
    return akin


def _under_one_root(built: Sequence[Element]) -> Iterator[Element]:
    root = None
    for element in built:
        if isinstance(element, Organization) and element.parent is None:
            if root is None:
                root = element.id
            else:
                yield attrs.evolve(element, parent=root)
                continue
        yield element
