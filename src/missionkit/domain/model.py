"""The model: a frozen, sound collection of elements."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from missionkit.domain import codes
from missionkit.domain.checking import refuse_no_day
from missionkit.domain.circles import on_circles, reached
from missionkit.domain.declaration import Element
from missionkit.domain.digest import digest_of
from missionkit.domain.display import title_of
from missionkit.domain.ids import exact
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.links import targets
from missionkit.domain.opaque import Opaque
from missionkit.domain.referring import Referrer, referrers_in
from missionkit.domain.spec import spec_of
from missionkit.domain.structure import (
    Index,
    faults,
    fits,
    index_of,
    is_sound,
    kind_of,
)
from missionkit.domain.values import Period
from missionkit.errors import InvalidValueError, ModelError, NotFoundError
from missionkit.issue import nearest
from missionkit.markup import columns, one_line, table

E = TypeVar("E", bound=Element)


class Model:
    """What an organization is, wants and does, at one time: frozen and sound.

    A change gives a new model. Models are equal when their elements are.

    >>> from missionkit.domain.stakeholder import Need, NeedId
    >>> model = Model([Need(id=NeedId("warm"), statement="A warm home")])
    >>> model.get(Need, "warm").statement
    'A warm home'
    """

    __slots__ = ("__weakref__", "_digests", "_index", "_referrers", "_sorted", "kinds")
    _index: Index
    _digests: dict[str, str | None]
    _sorted: dict[str, tuple[Any, ...]]
    _referrers: dict[str, tuple[Referrer, ...]]
    kinds: Kinds

    def __init__(
        self, elements: Iterable[Element] = (), *, kinds: Kinds = KINDS
    ) -> None:
        """Hold *elements*; raise `ModelError` naming every fault they have together."""
        given = tuple(elements)
        index = index_of(given, kinds)
        if index is None or not is_sound(index, kinds):
            found = faults(given, kinds)
            if found or index is None:
                raise ModelError(found)
        self._become(_in_order(index, kinds), kinds, {}, {})

    def _become(
        self,
        index: Index,
        kinds: Kinds,
        digests: dict[str, str | None],
        ordered: dict[str, tuple[Any, ...]],
    ) -> None:
        put = object.__setattr__
        put(self, "kinds", kinds)
        put(self, "_index", {kind: held for kind, held in index.items() if held})
        put(self, "_digests", digests)
        put(self, "_sorted", ordered)
        put(self, "_referrers", {})

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a model is frozen."""
        raise AttributeError(f"a model is frozen: use with_() to change {name}")

    def __delattr__(self, name: str) -> None:
        """Refuse: a model is frozen."""
        raise AttributeError(f"a model is frozen: {name} stays")

    def __getitem__(self, ref: str) -> Element:
        """Return the element with the id *ref*, or raise `NotFoundError`."""
        found = self.find(ref)
        if found is None:
            name = str(exact(ref))
            raise NotFoundError("element", name, nearest(name, self.ids()))
        return found

    def __contains__(self, ref: object) -> bool:
        """Return whether *ref* is the id of an element."""
        return isinstance(ref, str) and self.find(ref) is not None

    def __iter__(self) -> Iterator[Element]:
        """Yield the elements, kind by kind in order of declaration, each by id."""
        for held in self._index.values():
            yield from (held[ref] for ref in sorted(held))

    def __len__(self) -> int:
        """Return how many elements there are."""
        return sum(map(len, self._index.values()))

    def __eq__(self, other: object) -> bool:
        """Return whether the elements are the same."""
        return isinstance(other, Model) and self._index == other._index

    def __hash__(self) -> int:
        """Return a hash of the ids by kind."""
        return hash(frozenset((k, frozenset(held)) for k, held in self._index.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the elements and the kinds."""
        return _rebuilt, (tuple(self), self.kinds)

    def ids(self) -> Iterator[str]:
        """Yield the id of every element."""
        for held in self._index.values():
            yield from held

    def find(self, ref: str) -> Element | None:
        """Return the element with the id *ref*, or None."""
        name = exact(ref)
        for held in self._index.values():
            if name in held:
                return held[name]
        return None

    def get(self, kind: type[E], ref: str) -> E:
        """Return the element of a kind; else, or of another, raise `NotFoundError`."""
        name = spec_of(kind).kind
        held = self._index.get(name, {})
        found = held.get(exact(ref))
        if isinstance(found, kind):
            return found
        wanted = str(exact(ref))
        raise NotFoundError(name.replace("_", " "), wanted, nearest(wanted, held))

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Return all elements of a kind, in the order of their ids.

        Raises `DeclarationError` for what is no class of elements, such as a text.
        """
        spec = spec_of(kind)
        own = self.kinds.get(spec.kind) is spec
        if own and spec.kind in self._sorted:
            return self._sorted[spec.kind]
        held = self._index.get(spec.kind, {})
        ordered = (held[ref] for ref in sorted(held))
        found = tuple(element for element in ordered if isinstance(element, kind))
        if own:
            self._sorted[spec.kind] = found
        return found

    def kind_of(self, ref: str) -> str:
        """Return the name of an element's kind, or raise `NotFoundError`."""
        return kind_of(self[ref], self.kinds) or ""

    def title(self, ref: str) -> str:
        """Return the text that names an element, or raise `NotFoundError`."""
        return title_of(self[ref])

    @property
    def root(self) -> Organization | None:
        """The organization that the model describes, where there is one."""
        return next((o for o in self.of(Organization) if o.parent is None), None)

    @property
    def opaque(self) -> tuple[Opaque, ...]:
        """The elements whose class is not here."""
        return tuple(element for element in self if isinstance(element, Opaque))

    def counts(self) -> dict[str, int]:
        """Return how many elements there are of each kind that has any."""
        return {kind: len(held) for kind, held in self._index.items()}

    def digest(self, ref: str) -> str | None:
        """Return an element's content digest; None where it is not known."""
        name = exact(ref)
        if name not in self._digests:
            self._digests[name] = digest_of(self[name])
        return self._digests[name]

    def with_(self, *elements: Element) -> "Model":
        """Return a model that also holds *elements*, in place of those with their ids.

        Raises `ModelError` with the faults that the whole model would have.
        """
        put: dict[str, dict[str, Element]] = {}
        for element in elements:
            kind = kind_of(element, self.kinds)
            if kind is None:
                return self._whole(elements)
            put.setdefault(kind, {})[element.id] = element
        index = dict(self._index)
        index.update((k, {**index.get(k, {}), **held}) for k, held in put.items())
        if len(index) > len(self._index):
            index = _in_order(index, self.kinds)
        model = self._changed(index, put, (element.id for element in elements))
        took = model._took(elements)  # noqa: SLF001 - of the same class
        return model if took else self._whole(elements)

    def without(self, *refs: str) -> "Model":
        """Return a model that lacks the elements with the ids *refs*.

        Raises `NotFoundError` for an id that is not there, and `ModelError` naming
        each element that would be left referring to nothing.
        """
        gone = {exact(ref): self.kind_of(ref) for ref in refs}
        index = {
            kind: {ref: e for ref, e in held.items() if gone.get(ref) != kind}
            if kind in gone.values()
            else held
            for kind, held in self._index.items()
        }
        left = {by.id for ref in gone for by in self.referrers(ref) if by.certain}
        if left - set(gone):
            return Model(
                (e for held in index.values() for e in held.values()), kinds=self.kinds
            )
        return self._changed(index, gone.values(), gone)

    def referrers(self, ref: str) -> tuple[Referrer, ...]:
        """Return who refers to an element, by id and path."""
        if not self._referrers:
            self._referrers.update(referrers_in(self, self))
        return self._referrers.get(exact(ref), ())

    def _changed(
        self, index: Index, kinds: Iterable[str], refs: Iterable[str]
    ) -> "Model":
        """Return a model in which elements of some *kinds* are others, named by *refs*.

        What was found out about the rest holds of the new model, too.
        """
        model = Model.__new__(Model)
        digests, ordered = dict(self._digests), dict(self._sorted)
        for ref in refs:
            digests.pop(ref, None)
        for kind in kinds:
            ordered.pop(kind, None)
        model._become(index, self.kinds, digests, ordered)  # noqa: SLF001 - of the same class
        return model

    def _whole(self, elements: tuple[Element, ...]) -> "Model":
        """Build from the start, to name all faults in the words of the constructor."""
        kinds = [(kind_of(e, self.kinds), e) for e in elements]
        key = {(kind, e.id) for kind, e in kinds if kind is not None}
        kept = (e for e in self if (kind_of(e, self.kinds), e.id) not in key)
        return Model((*kept, *elements), kinds=self.kinds)

    def _took(self, elements: tuple[Element, ...]) -> bool:
        """Return whether *elements*, just put in, broke nothing."""
        return (
            len({e.id for e in elements}) == len(elements)
            and all(map(self._fits_in, elements))
            and not on_circles(reached(elements, self.find))
            and sum(o.parent is None for o in self.of(Organization)) <= 1
        )

    def _fits_in(self, element: Element) -> bool:
        if len(self._kinds_of(element.id)) > 1:
            return False
        if isinstance(element, Opaque):
            return True
        return all(
            (found := self._kinds_of(target)) and fits(item, found, self.kinds)
            for target, item, _ in targets(type(element))(element)
        )

    def _kinds_of(self, ref: str) -> tuple[str, ...]:
        return tuple(kind for kind, held in self._index.items() if ref in held)

    def __repr__(self) -> str:
        """Return the root's name and how many elements there are."""
        name = self.root.name if self.root else "no organization"
        return f"<Model of {name!r}: {len(self)} elements>"

    def __str__(self) -> str:
        """Return the root's name and the number of elements of each kind."""
        name = one_line(self.root.name) if self.root else "(no organization yet)"
        rows = [("", kind, str(count)) for kind, count in self.counts().items()]
        count = f"{len(self)} element{'' if len(self) == 1 else 's'}"
        return f"{name}: {count}" + ("\n" + columns(rows) if rows else "")

    def _repr_html_(self) -> str:
        name = self.root.name if self.root else "(no organization yet)"
        return table((name, "elements"), self.counts().items())


def _in_order(index: Index, kinds: Kinds) -> dict[str, Mapping[str, Element]]:
    """Return elements by kind in the order in which the kinds were declared."""
    rank = {spec.kind: at for at, spec in enumerate(kinds)}
    order = sorted(index, key=lambda kind: (rank.get(kind, len(rank)), kind))
    return {kind: index[kind] for kind in order}


def _rebuilt(elements: tuple[Element, ...], kinds: Kinds) -> Model:
    return Model(elements, kinds=kinds)


def in_force(model: Model, kind: type[E], *, on: date) -> tuple[E, ...]:
    """Return the elements of a kind that hold on a day, in the order of their ids.

    An element whose period is not stated holds always. Raises `InvalidValueError`
    where *on* is no date.
    """
    refuse_no_day(on, "in_force")
    names: Final = [item.name for item in spec_of(kind).fields if item.validity]
    return tuple(
        element
        for element in model.of(kind)
        if all(_holds(getattr(element, name), on) for name in names)
    )


def _holds(period: Period | None, on: date) -> bool:
    return period is None or period.covers(on)


def refuse_no_model(model: object, asked: str) -> None:
    """Raise `InvalidValueError` where what is asked about is no model."""
    if not isinstance(model, Model):
        held = isinstance(getattr(model, "model", None), Model)
        issue = codes.WRONG_TYPE.issue(
            f"{asked} asks a Model, got {type(model).__name__}.",
            path="model",
            fix="pass its .model" if held else "pass a Model",
        )
        raise InvalidValueError(asked, (issue,))
