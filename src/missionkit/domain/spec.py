"""What a class declares, read once: every other derivation walks this."""

import inspect
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    NewType,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from attrs import field, frozen

from missionkit.domain.ext import Ext
from missionkit.domain.marks import (
    DECLARED,
    INVARIANT,
    PROOF,
    AtLeast,
    Between,
    Declared,
    Doc,
    Expected,
    Invariant,
    Link,
    Matches,
    Naming,
    NotBlank,
    NotEmpty,
    OneLine,
    Progress,
    Proof,
    Validity,
)

R = TypeVar("R")
Marked: TypeAlias = NotBlank | OneLine | Matches | Between | AtLeast | NotEmpty
LEAVES: Final = (str, bool, int, float, Decimal, date, datetime)
REQUIRED: Final = attrs.NOTHING
_OF_NUMBERS: Final = (Between, AtLeast)
_FITTING: Final[Mapping[type, tuple[type, ...]]] = {
    str: (NotBlank, OneLine, Matches),
    int: _OF_NUMBERS,
    float: _OF_NUMBERS,
    Decimal: _OF_NUMBERS,
}


@frozen
class Leaf:
    """One text, number, date or instant, and the rules it keeps."""

    type: type
    rules: tuple[Marked, ...] = ()


@frozen
class Choice:
    """One member of an enumeration of texts."""

    enum: type[StrEnum]


@frozen
class Reference:
    """The id of an element; `types` are the id types that fit."""

    types: tuple[NewType, ...]


@frozen
class Nested:
    """A value with a specification of its own."""

    cls: type[attrs.AttrsInstance]


@frozen
class Many:
    """A tuple or a frozenset of one shape of items."""

    container: type
    item: "Shape"
    rules: tuple[Marked, ...] = ()


@frozen
class Foreign:
    """A mapping of JSON values that nobody here understands."""


Shape: TypeAlias = Leaf | Choice | Reference | Nested | Many | Foreign


@frozen(kw_only=True)
class FieldSpec:
    """One field: its shape, whether it may be missing, and what its marks say."""

    name: str
    shape: Shape
    optional: bool
    default: object
    naming: bool = False
    content: bool = True
    validity: bool = False
    expected: str = ""
    doc: str = ""
    link: Link | None = None

    @property
    def required(self) -> bool:
        """Whether there is no element without it."""
        return self.default is REQUIRED


@frozen(kw_only=True)
class Spec:
    """One class: its fields in the order of declaration, and its invariants.

    `naming` is the field whose text names the element for a reader.
    """

    cls: type[attrs.AttrsInstance]
    kind: str
    plural: str
    level: int | None
    doc: str
    fields: tuple[FieldSpec, ...]
    invariants: tuple[Invariant, ...]
    proofs: tuple[Proof, ...]
    naming: FieldSpec | None
    by_name: Mapping[str, FieldSpec] = field(repr=False, eq=False)

    @property
    def name(self) -> str:
        """The kind, or the class's name where it is a value."""
        return self.kind or self.cls.__name__

    @property
    def id_type(self) -> NewType | None:
        """The type of the kind's ids."""
        shape = self.by_name["id"].shape if "id" in self.by_name else None
        return shape.types[0] if isinstance(shape, Reference) else None


class DeclarationError(TypeError):
    """A class is declared in a way that nothing can be derived from."""


def is_declared(cls: object) -> bool:
    """Return whether *cls* itself is declared with `entity` or `value`."""
    return isinstance(cls, type) and DECLARED in vars(cls)


def declared_class(cls: type) -> type:
    """Return *cls*, or where only what it inherits from is declared, the nearest."""
    return next((found for found in cls.__mro__ if is_declared(found)), cls)


def is_kind(cls: object) -> bool:
    """Return whether *cls* itself is declared with `entity`."""
    return is_declared(cls) and bool(vars(cls)[DECLARED].kind)


@cache
def spec_of(cls: type) -> Spec:
    """Return what *cls* declares, or raise `DeclarationError` naming the place."""
    if not (is_declared(cls) and attrs.has(cls)):
        name = getattr(cls, "__name__", repr(cls))
        raise DeclarationError(f"{name} is not declared: @entity below @frozen")
    declared: Declared = vars(cls)[DECLARED]
    own = _own_first(cls)
    hints = _hints(cls)
    fields = tuple(_field(cls, item, hints[item.name]) for item in own)
    return Spec(
        cls=cls,
        kind=declared.kind,
        plural=declared.plural,
        level=declared.level,
        doc=inspect.getdoc(cls) or "",
        fields=fields,
        invariants=tuple(_rules(cls, INVARIANT, Invariant)),
        proofs=tuple(_rules(cls, PROOF, Proof)),
        naming=next((item for item in fields if item.naming), None),
        by_name={item.name: item for item in fields},
    )


def _own_first(cls: type[attrs.AttrsInstance]) -> "list[attrs.Attribute[Any]]":
    # What a class inherits (tags, notes, ext) is read last in a document.
    return sorted(attrs.fields(cls), key=lambda item: item.inherited)


def _hints(cls: type[attrs.AttrsInstance]) -> dict[str, Any]:
    found = {item.name: item.type for item in attrs.fields(cls)}
    if not any(isinstance(hint, str) for hint in found.values()):
        return found
    try:
        return get_type_hints(cls, include_extras=True)
    except NameError as error:
        raise DeclarationError(f"{cls.__name__}: {error}") from error


def _rules(cls: type, mark: str, wanted: type[R]) -> Iterator[R]:
    # A class that redefines a method replaces the rule that it inherits.
    every = {k: v for base in reversed(cls.__mro__) for k, v in vars(base).items()}
    for item in every.values():
        rule = getattr(item, mark, None)
        if isinstance(rule, wanted):
            yield rule


def _field(cls: type, item: "attrs.Attribute[Any]", hint: object) -> FieldSpec:
    where = f"{cls.__name__}.{item.name}"
    if item.alias != item.name or item.converter or item.validator or not item.init:
        raise DeclarationError(f"{where}: no alias, converter, validator or init=False")
    if isinstance(item.default, attrs.Factory):  # type: ignore[arg-type]  # a function to mypy
        raise DeclarationError(f"{where}: a default is a plain frozen value")
    bare, marks = _unwrapped(hint)
    inner, optional = _without_none(bare)
    if optional and not isinstance(inner, type):
        inner, more = _unwrapped(inner)
        marks = (*marks, *more)
    return FieldSpec(
        name=item.name,
        shape=_shape(where, inner, marks),
        optional=optional,
        default=item.default,
        naming=any(isinstance(mark, Naming) for mark in marks),
        content=not any(isinstance(mark, Progress) for mark in marks),
        validity=any(isinstance(mark, Validity) for mark in marks),
        expected=next((m.why for m in marks if isinstance(m, Expected)), ""),
        doc=next((m.text for m in marks if isinstance(m, Doc)), ""),
        link=next((m for m in marks if isinstance(m, Link)), None),
    )


def _unwrapped(hint: object) -> tuple[object, tuple[object, ...]]:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return inner, tuple(marks)
    return hint, ()


def _without_none(hint: object) -> tuple[object, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    given = get_args(hint)
    kept = tuple(arg for arg in given if arg is not NoneType)
    inner = kept[0] if len(kept) == 1 else Union[kept]  # noqa: UP007 - of a tuple
    return inner, len(kept) < len(given)


def _shape(where: str, hint: object, marks: tuple[object, ...] = ()) -> Shape:
    hint, more = _unwrapped(hint)
    found = (*more, *marks)
    rules = tuple(mark for mark in found if isinstance(mark, Marked))
    if any(hasattr(mark, "expression") for mark in found if mark not in rules):
        raise DeclarationError(f"{where}: the rules are those of missionkit's marks")
    if get_origin(hint) in (Union, UnionType) or isinstance(hint, NewType):
        _refuse_rules(where, rules)
        return Reference(_id_types(where, get_args(hint) or (hint,)))
    if get_origin(hint) in (tuple, frozenset):
        container, (item, *rest) = get_origin(hint), get_args(hint)
        if rest not in ([], [...]):
            raise DeclarationError(f"{where}: a tuple holds one type, tuple[X, ...]")
        inner = _shape(
            where, item, tuple(r for r in rules if not isinstance(r, NotEmpty))
        )
        if isinstance(inner, Many):
            raise DeclarationError(f"{where}: a collection of collections")
        outer = tuple(r for r in rules if isinstance(r, NotEmpty))
        return Many(container or tuple, inner, outer)
    return _single(where, hint, rules)


def _single(where: str, hint: object, rules: tuple[Marked, ...]) -> Shape:
    if isinstance(hint, type):
        fitting = _FITTING.get(hint, ())
        _refuse_rules(where, tuple(r for r in rules if not isinstance(r, fitting)))
        if hint in LEAVES:
            return Leaf(hint, rules)
        if hint is Ext:
            return Foreign()
        if issubclass(hint, StrEnum):
            return Choice(hint)
        if is_declared(hint) and attrs.has(hint):
            return Nested(hint)
    raise DeclarationError(f"{where}: {hint!r} is no type that a field can have")


def _refuse_rules(where: str, rules: tuple[Marked, ...]) -> None:
    for rule in rules:
        raise DeclarationError(f"{where}: a field of this type cannot be {rule}")


def _id_types(where: str, types: tuple[object, ...]) -> tuple[NewType, ...]:
    if all(isinstance(item, NewType) and item.__supertype__ is str for item in types):
        return tuple(item for item in types if isinstance(item, NewType))
    raise DeclarationError(f"{where}: only types of ids can stand in a union")


def nested_specs(spec: Spec) -> Iterator[Spec]:
    """Yield the specification of every value that elements of *spec* can hold."""
    for item in spec.fields:
        shape = item.shape.item if isinstance(item.shape, Many) else item.shape
        if isinstance(shape, Nested):
            inner = spec_of(shape.cls)
            yield inner
            yield from nested_specs(inner)
