"""Which elements an element refers to, read from its declaration."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

from attrs import frozen

from missionkit.domain.marks import Link
from missionkit.domain.spec import FieldSpec, Many, Nested, Reference, spec_of

NO_LINK = Link("refers_to")


@frozen
class LinkUse:
    """One reference: where it stands, where it leads, and which value holds it."""

    path: str
    target: str
    item: FieldSpec
    holder: object

    @property
    def link(self) -> Link:
        """What the declaration says of the link."""
        return self.item.link or NO_LINK


Reader: TypeAlias = Callable[[Any], Iterator[LinkUse]]


def links_of(element: object) -> Iterator[LinkUse]:
    """Yield every reference of *element*, in the order of its declaration."""
    cls: type = type(element)
    for read in readers(cls):
        yield from read(element)


@cache
def readers(cls: type) -> tuple[Reader, ...]:
    """Return the functions that read the references of a declared class."""
    found = (_reader(item) for item in spec_of(cls).fields)
    return tuple(read for read in found if read is not None)


def _reader(item: FieldSpec) -> Reader | None:
    match item.shape:
        case Reference():
            return _one(item)
        case Many(item=Reference()):
            return _many(item)
        case Nested(cls=cls) if readers(cls):
            return _nested(item, readers(cls))
        case Many(item=Nested(cls=cls)) if readers(cls):
            return _nested_many(item, readers(cls))
    return None


def _one(item: FieldSpec) -> Reader | None:
    if item.name == "id":
        return None
    name = item.name

    def read(element: Any) -> Iterator[LinkUse]:  # noqa: ANN401 - any declared class
        target = getattr(element, name)
        if target is not None:
            yield LinkUse(name, target, item, element)

    return read


def _many(item: FieldSpec) -> Reader:
    name = item.name

    def read(element: Any) -> Iterator[LinkUse]:  # noqa: ANN401 - any declared class
        for index, target in enumerate(_ordered(getattr(element, name))):
            yield LinkUse(f"{name}[{index}]", target, item, element)

    return read


def _nested(item: FieldSpec, inner: tuple[Reader, ...]) -> Reader:
    name = item.name

    def read(element: Any) -> Iterator[LinkUse]:  # noqa: ANN401 - any declared class
        held = getattr(element, name)
        if held is not None:
            yield from _below(name, held, inner)

    return read


def _nested_many(item: FieldSpec, inner: tuple[Reader, ...]) -> Reader:
    name = item.name

    def read(element: Any) -> Iterator[LinkUse]:  # noqa: ANN401 - any declared class
        for index, held in enumerate(_ordered(getattr(element, name))):
            yield from _below(f"{name}[{index}]", held, inner)

    return read


def _below(path: str, held: object, inner: tuple[Reader, ...]) -> Iterator[LinkUse]:
    for read in inner:
        for use in read(held):
            yield LinkUse(f"{path}.{use.path}", use.target, use.item, use.holder)


def _ordered(many: tuple[Any, ...] | frozenset[Any]) -> tuple[Any, ...]:
    return many if isinstance(many, tuple) else tuple(sorted(many, key=repr))
