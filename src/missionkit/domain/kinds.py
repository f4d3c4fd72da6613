"""Which kinds of element a model can hold."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from types import ModuleType
from typing import Any, Final, NewType

from missionkit.domain import (
    care,
    conduct,
    context,
    intent,
    measure,
    party,
    plan,
    process,
    relation,
    review,
    role,
    stakeholder,
)
from missionkit.domain.ids import AnyId
from missionkit.domain.proof import prove
from missionkit.domain.spec import (
    DeclarationError,
    FieldSpec,
    Reference,
    Spec,
    is_declared,
    spec_of,
)
from missionkit.issue import nearest

RESERVED: Final = frozenset({"schema", "organization", "erased"})
"""What a document says besides of its arrays."""


def is_plural(kind: str, plural: str) -> bool:
    """Return whether elements of a kind can be stored under a name.

    A vendor's kind keeps its name, so that it can be told without its class.
    """
    if "." in kind or "." in plural:
        return kind == plural
    return plural.isidentifier() and plural.isascii() and plural.islower()


class Kinds:
    """A frozen set of kinds; ``kinds | {Bet}`` adds some.

    >>> KINDS["need"].plural
    'needs'
    """

    def __init__(self, classes: Iterable[type]) -> None:
        """Read every class; raise `DeclarationError` for one that is no kind."""
        self.classes: Final[tuple[type, ...]] = tuple(dict.fromkeys(classes))
        self._specs: Final = tuple(map(spec_of, self.classes))
        self._by_kind: Final = {spec.kind: spec for spec in self._specs}
        self.by_class: Final[dict[type, str]] = {
            spec.cls: spec.kind for spec in self._specs
        }
        self._by_plural: Final = {spec.plural: spec for spec in self._specs}
        self._allowed: Final[dict[int, frozenset[str] | None]] = {}
        self._refuse_doubles()
        for cls in self.classes:
            prove(cls)

    def _refuse_doubles(self) -> None:
        for spec in self._specs:
            if not spec.kind:
                raise DeclarationError(f"{spec.cls.__name__} is a value, not a kind")
            if spec.id_type is None:
                raise DeclarationError(f"{spec.cls.__name__} has no id of its own type")
            if self._by_kind[spec.kind] is not spec:
                raise DeclarationError(f"two classes are named {spec.kind!r}")
            if spec.plural in RESERVED or not is_plural(spec.kind, spec.plural):
                raise DeclarationError(f"{spec.kind!r} is stored as {spec.plural!r}")
            if self._by_plural[spec.plural] is not spec:
                raise DeclarationError(f"two kinds are stored as {spec.plural!r}")
            if self.by_id_type[spec.id_type] != spec.kind:
                raise DeclarationError(f"two kinds have ids of {spec.id_type.__name__}")

    def __or__(self, more: "Iterable[type] | Kinds") -> "Kinds":
        """Return these kinds and *more*."""
        if isinstance(more, Kinds):
            more = more.classes
        elif isinstance(more, AbstractSet):  # in an order of its own in every run
            more = sorted(more, key=lambda cls: (cls.__module__, cls.__qualname__))
        return Kinds((*self.classes, *more))

    def __iter__(self) -> Iterator[Spec]:
        """Yield the specification of each kind, in order of declaration."""
        return iter(self._specs)

    def __len__(self) -> int:
        """Return how many kinds there are."""
        return len(self._specs)

    def __contains__(self, kind: object) -> bool:
        """Return whether a class or the name of a kind is among them."""
        return kind in self.classes or kind in self._by_kind

    def __getitem__(self, kind: str) -> Spec:
        """Return the specification of a kind by its name."""
        return self._by_kind[kind]

    def __eq__(self, other: object) -> bool:
        """Return whether both hold the same classes in the same order."""
        return isinstance(other, Kinds) and self.classes == other.classes

    def __hash__(self) -> int:
        """Return the hash of the classes."""
        return hash(self.classes)

    def __repr__(self) -> str:
        """Return the names of the kinds."""
        return f"Kinds({', '.join(self._by_kind)})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the classes by name."""
        return Kinds, (self.classes,)

    def get(self, kind: str) -> Spec | None:
        """Return the specification of a kind by its name, or None."""
        return self._by_kind.get(kind)

    def stored_as(self, plural: str) -> Spec | None:
        """Return the specification of the kind stored under *plural*, or None."""
        return self._by_plural.get(plural)

    def nearest(self, kind: str) -> tuple[str, ...]:
        """Return the names of kinds that look most like *kind*."""
        return nearest(kind, self._by_kind)

    @cached_property
    def by_id_type(self) -> dict[NewType, str]:
        """The kind whose ids have a type."""
        return {spec.id_type: spec.kind for spec in self._specs if spec.id_type}

    def targets(self, item: FieldSpec) -> frozenset[str] | None:
        """Return the kinds a reference may lead to; None stands for any.

        Kinds that are not among these (a third party's that is absent) are left out.
        """
        # Specifications live as long as the program, so that their identity is a key.
        if id(item) not in self._allowed:
            self._allowed[id(item)] = self._targets(item)
        return self._allowed[id(item)]

    def _targets(self, item: FieldSpec) -> frozenset[str] | None:
        shape = getattr(item.shape, "item", item.shape)
        if not isinstance(shape, Reference) or AnyId in shape.types:
            return None
        known = self.by_id_type
        return frozenset(known[kind] for kind in shape.types if kind in known)


def declared_in(*modules: ModuleType) -> Iterator[type]:
    """Yield the kinds that each module declares itself, in order of declaration."""
    for module in modules:
        for found in vars(module).values():
            own = getattr(found, "__module__", "") == module.__name__
            if own and is_declared(found) and spec_of(found).kind:
                yield found


KINDS: Final = Kinds(
    declared_in(
        party,
        intent,
        stakeholder,
        context,
        plan,
        measure,
        process,
        role,
        care,
        conduct,
        review,
        relation,
    )
)
"""Every kind that missionkit declares."""
