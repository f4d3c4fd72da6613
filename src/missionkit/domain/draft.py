"""The terse builder: mutable while one writes, a sound `Model` at the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from attrs import evolve

from missionkit.domain import codes
from missionkit.domain.declaration import Element, id_of
from missionkit.domain.draft_methods import DraftMethods
from missionkit.domain.ext import Ext
from missionkit.domain.ids import exact, new_id, unused
from missionkit.domain.intent import Organization
from missionkit.domain.kinds import KINDS, Kinds
from missionkit.domain.links import LinkUse, links_of
from missionkit.domain.marks import NotBlank
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.party import Party
from missionkit.domain.spec import (
    Choice,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Reference,
    Shape,
    Spec,
    is_kind,
    spec_of,
)
from missionkit.domain.structure import faults
from missionkit.errors import InvalidValueError, ModelError, NotFoundError
from missionkit.issue import Issue, did_you_mean, nearest

E = TypeVar("E", bound=Element)

_OF_ELEMENTS: Final = frozenset({codes.DUPLICATE_ID.code, codes.UNKNOWN_KIND.code})


class Draft(DraftMethods):
    """A model in the making: one method a kind, links by element or by id.

    `model` freezes what has been written. As a context manager it does so at the end
    of the block, and all structural faults are named together.
    """

    def __init__(
        self, model: Model | None = None, *, token: Callable[[], str] | None = None
    ) -> None:
        """Begin from *model*, or from nothing; *token* makes the ids of parties."""
        self._before: Final = Model() if model is None else model
        self._held: dict[str, Element] = {e.id: e for e in self._before}
        self._kinds: Kinds = self._before.kinds
        self._token: Final = token
        self._frozen: Model | None = self._before

    @property
    def model(self) -> Model:
        """What has been written so far; raises `ModelError` where it is not sound."""
        if self._frozen is None:
            self._frozen = Model(self._held.values(), kinds=self._kinds)
        return self._frozen

    def __enter__(self) -> Self:
        """Return the draft itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Check the whole, unless the block has failed already."""
        if kind is None:
            _ = self.model

    def __getitem__(self, ref: Element | str) -> Element:
        """Return what is held under an id, or raise `NotFoundError`."""
        name = id_of(ref)
        if name not in self._held:
            raise NotFoundError("element", name, nearest(name, self._held))
        return self._held[name]

    def __iter__(self) -> Iterator[Element]:
        """Yield what is held, in the order of writing."""
        return iter(tuple(self._held.values()))

    def add(self, *elements: Element) -> None:
        """Take elements as they are; raise `ModelError` for an id that is taken."""
        found = faults(elements, self._kinds_of(elements))
        wrong = [issue for issue in found if issue.code in _OF_ELEMENTS]
        if not wrong:
            wrong = [_taken(e.id) for e in elements if e.id in self._held]
        if wrong:
            raise ModelError(tuple(wrong))
        for element in elements:
            self._put(element)

    def _kinds_of(self, elements: Iterable[object]) -> Kinds:
        classes: list[type] = [type(element) for element in elements]
        new = [cls for cls in classes if cls not in self._kinds and is_kind(cls)]
        return self._kinds | new if new else self._kinds

    def make(self, kind: type[E], label: str | None = None, /, **fields: object) -> E:
        """Build an element of any kind, keep it, and return it.

        *label* is the text that names it, from which its id is made unless `id` is
        given. Raises `InvalidValueError` naming every fault.
        """
        spec = spec_of(kind)
        given = {name: value for name, value in fields.items() if name in spec.by_name}
        _refuse_unknown(spec, fields)
        if label is not None and spec.naming is not None:
            given[spec.naming.name] = label
        tidied = {name: tidy(spec.by_name[name].shape, v) for name, v in given.items()}
        if tidied.get("id") is None:
            tidied["id"] = self._new_id(spec, tidied)
        _refuse_missing(spec, tidied)
        element = kind(**tidied)
        self.add(element)
        return element

    def set(self, ref: Element | str, **fields: object) -> Element:
        """Change fields of an element and return it as it is now."""
        old = self[ref]
        if isinstance(old, Opaque):
            raise InvalidValueError(old.kind, (_closed(old),))
        cls: type = type(old)
        spec = spec_of(cls)
        _refuse_unknown(spec, fields)
        if fields.get("id", old.id) != old.id:
            raise InvalidValueError(spec.name, (_renamed(old),))
        changed: Any = old
        new: Element = evolve(
            changed,
            **{name: tidy(spec.by_name[name].shape, v) for name, v in fields.items()},
        )
        self._put(new)
        return new

    def remove(self, *refs: Element | str) -> None:
        """Take elements out; raise `ModelError` naming who still refers to them."""
        gone = dict.fromkeys(self[ref].id for ref in refs)
        left = tuple(
            _left_over(element, use)
            for element in self
            if element.id not in gone and not isinstance(element, Opaque)
            for use in links_of(element)
            if use.target in gone
        )
        if left:
            raise ModelError(left)
        for ref in gone:
            del self._held[ref]
        self._frozen = None

    def _put(self, element: Element) -> None:
        self._kinds = self._kinds_of([element])
        self._held[element.id] = element
        self._frozen = None

    def _new_id(self, spec: Spec, fields: Mapping[str, object]) -> str:
        if spec.cls is Party:
            token = self._token() if self._token else ""
            return unused(f"party-{token}" if token else "", "party", self._held)
        label = fields.get(spec.naming.name) if spec.naming else None
        return new_id(spec.kind, label if isinstance(label, str) else "", self._held)


def draft(
    name: str,
    *,
    kinds: Kinds = KINDS,
    token: Callable[[], str] | None = None,
    **fields: object,
) -> Draft:
    """Return a draft that holds an organization called *name*.

    >>> with draft("Harbour Housing Trust") as d:
    ...     tenants = d.stakeholder("Tenants", stakes={"customer", "society"})
    ...     warm = d.need("A home that is warm in winter", stakeholder=tenants)
    >>> d.model.get(type(warm), warm.id).stakeholder
    'tenants'
    """
    made = Draft(Model(kinds=kinds), token=token)
    made.make(Organization, name, **fields)
    return made


def tidy(shape: Shape, value: Any) -> Any:  # noqa: ANN401 - whatever a caller wrote
    """Return what a caller wrote in the form that a constructor takes.

    Elements become ids, lists tuples, sets frozensets, words members of their
    enumeration, whole numbers decimals where these are declared; text that must not be
    blank is trimmed. What does not fit is returned
    as it is, for the constructor to refuse.
    """
    is_text = issubclass(type(value), str)
    value = exact(value) if is_text else value
    match shape:
        case Reference() if not is_text and hasattr(value, "id"):
            return value.id
        case Choice(enum=cls) if is_text:
            return _member(cls, value)
        case Leaf(type=kind) if kind is Decimal and type(value) is int:
            return Decimal(value)
        case Leaf(rules=rules) if is_text:
            text = value.replace("\r\n", "\n").replace("\r", "\n")
            return text.strip() if NotBlank() in rules else text
        case Foreign() if isinstance(value, Mapping):
            return value if isinstance(value, Ext) else Ext(value)
        case Many(container=container, item=item) if _is_collection(value):
            return _collected(container, [tidy(item, each) for each in value])
    return value


def _collected(container: type, items: list[object]) -> object:
    try:
        return container(items)
    except TypeError:  # what cannot be in a set is for the constructor to refuse
        return tuple(items)


def _taken(ref: str) -> Issue:
    return codes.DUPLICATE_ID.issue(f"{ref!r} is taken already.", ref=ref, path="id")


def _left_over(element: Element, use: LinkUse) -> Issue:
    return codes.DANGLING.issue(
        f"{use.path} of {element.id!r} names {use.target!r}.",
        ref=element.id,
        path=use.path,
        value=use.target,
        fix=f"remove {element.id!r} as well, or change its {use.path}",
    )


def _is_collection(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def _member(cls: type[StrEnum], word: str) -> str:
    return next((member for member in cls if member.value == word), word)


def _refuse_unknown(spec: Spec, fields: Mapping[str, object]) -> None:
    unknown = tuple(
        codes.UNKNOWN_FIELD.issue(
            f"a {spec.name} has no field {name!r}.",
            path=name,
            fix=did_you_mean(name, spec.by_name),
        )
        for name in fields
        if name not in spec.by_name
    )
    if unknown:
        raise InvalidValueError(spec.name, unknown)


def _refuse_missing(spec: Spec, given: Mapping[str, object]) -> None:
    def missing(item: FieldSpec) -> bool:
        return item.required and item.name not in given

    issues = tuple(
        codes.MISSING.issue(f"{item.name} is missing.", path=item.name)
        for item in spec.fields
        if missing(item)
    )
    if issues:
        raise InvalidValueError(spec.name, issues)


def _renamed(old: Element) -> Issue:
    return codes.FIXED_ID.issue(
        f"the id of {old.id!r} cannot be changed.", ref=old.id, path="id"
    )


def _closed(old: Opaque) -> Issue:
    return codes.UNKNOWN_KIND.issue(
        f"{old.id!r} cannot be changed: the class of {old.kind!r} is not here.",
        ref=old.id,
        value=old.kind,
    )
