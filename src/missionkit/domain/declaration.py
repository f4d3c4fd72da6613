"""How a kind of element is declared: everything about a field is in its annotation.

    @frozen(kw_only=True)
    @entity("need")
    class Need(Entity):
        statement: Statement
        importance: Annotated[Ratio | None, Expected("weighs needs")] = None

`entity` and `value` stand *below* attrs' decorator: attrs calls
``__attrs_post_init__`` only when it is there while the class is built. The planted
hook compiles the class's check on the first construction and replaces itself.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol, TypeVar

from attrs import frozen

from missionkit.domain.compiled import compiled_check
from missionkit.domain.display import as_html, as_text
from missionkit.domain.ext import NO_EXT, Ext
from missionkit.domain.ids import exact
from missionkit.domain.marks import (
    DECLARED,
    INVARIANT,
    PROOF,
    Declared,
    Invariant,
    Proof,
)
from missionkit.domain.spec import declared_class
from missionkit.issue import Code, Issue, Severity

C = TypeVar("C", bound=type)
F = TypeVar("F", bound=Callable[[Any], bool])
P = TypeVar("P", bound=Callable[[Any], Iterable[Issue]])

HOOK: Final = "__attrs_post_init__"
KIND_PATTERN: Final = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"
_KIND: Final = re.compile(KIND_PATTERN).fullmatch


class Element(Protocol):
    """Anything that a `Model` can hold."""

    @property
    def id(self) -> str:
        """Return the name of this element among all of its model."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the user's own marks."""

    @property
    def notes(self) -> str:
        """Return the user's own remarks."""

    @property
    def ext(self) -> Ext:
        """Return foreign data by namespace."""


def entity(
    kind: str, *, plural: str = "", level: int | None = None
) -> Callable[[C], C]:
    """Return the decorator that declares a kind of element.

    *plural* names its array in a document, and is *kind* + "s" unless given; a third
    party's kind is written ``vendor.kind`` and keeps its name. *level* is its place on
    the line of sight: stakeholder 0, need 1, objective 2, goal 3, core intent 4.
    """
    if not _KIND(kind):
        raise ValueError(f"a kind is named in lower case, such as 'bet', not {kind!r}")
    named = plural or (kind if "." in kind else f"{kind}s")
    return _declare(Declared(kind=kind, plural=named, level=level))


def value(cls: C) -> C:
    """Declare a frozen value that elements hold, checked like they are."""
    return _declare(Declared())(cls)


def invariant(
    code: str, message: str, *, fields: tuple[str, ...], fix: str = ""
) -> Callable[[F], F]:
    """Return the decorator that makes a method a rule over several fields.

    The method returns whether the rule holds. *fields* are those it looks at.
    """

    def mark(method: F) -> F:
        rule = Invariant(
            code=Code(code, Severity.ERROR, message, fix or f"change {fields[0]}"),
            message=message,
            fields=fields,
            method=method.__name__,
        )
        setattr(method, INVARIANT, rule)
        return method

    return mark


def proof(*fields: str) -> Callable[[P], P]:
    """Return the decorator that makes a method the proof of a value as a whole.

    The method yields an issue for each fault; *fields* are those it looks at. It is
    for what a yes or no cannot say, such as the way into a trap.
    """

    def mark(method: P) -> P:
        setattr(method, PROOF, Proof(fields=fields, method=method.__name__))
        return method

    return mark


def _declare(declared: Declared) -> Callable[[C], C]:
    def plant(cls: C) -> C:
        if "__attrs_attrs__" in vars(cls):
            raise TypeError(f"{cls.__name__}: write @entity or @value below @frozen")
        setattr(cls, DECLARED, declared)
        setattr(cls, HOOK, _check_first)
        for name, show in (("__str__", as_text), ("_repr_html_", as_html)):
            if name not in vars(cls):
                setattr(cls, name, show)
        return cls

    return plant


def _check_first(self: object) -> None:
    cls = declared_class(type(self))
    check = compiled_check(cls)
    setattr(cls, HOOK, check)
    check(self)


@frozen(kw_only=True)
class Entity:
    """The fields that every element has; `id` is declared again with its own type."""

    id: str
    tags: tuple[str, ...] = ()
    notes: str = ""
    ext: Ext = NO_EXT


def id_of(ref: Element | str) -> str:
    """Return the id of an element, or the id itself."""
    return exact(ref) if isinstance(ref, str) else str(getattr(ref, "id", ref))
