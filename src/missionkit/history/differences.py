"""What differs between two models, element by element and field by field.

It is the one language for what a commit did, what others changed meanwhile, and what
an import would change.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import field, frozen

from missionkit.codec.writing import record_of
from missionkit.domain.declaration import Element
from missionkit.domain.display import title_of
from missionkit.domain.kinds import Kinds
from missionkit.domain.model import Model, refuse_no_model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import is_kind, spec_of
from missionkit.domain.structure import kind_of
from missionkit.markup import Html, one_line, shortened, table, tag

_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}
_NOTHING: Final = "nothing"


@frozen(kw_only=True)
class FieldChange:
    """One field, or one part of it, that differs: JSON values; None for no value."""

    path: str
    before: Any = None
    after: Any = None

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"path": self.path, "before": self.before, "after": self.after}

    def __str__(self) -> str:
        """Return the path, and what was there and is there now."""
        return f"{self.path}: {_said(self.before)} → {_said(self.after)}"


@frozen(kw_only=True)
class ElementChange:
    """One element that is there on one side only, or differs in some fields."""

    id: str
    kind: str
    before: Element | None = field(default=None, repr=False)
    after: Element | None = field(default=None, repr=False)
    fields: tuple[FieldChange, ...] = ()

    @property
    def what(self) -> str:
        """Whether it was added, removed or changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def title(self) -> str:
        """The text that names the element, as it is now or was last."""
        held = self.after if self.after is not None else self.before
        return title_of(held) if held is not None else self.id

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        fields = [each.as_dict() for each in self.fields]
        named = {"what": self.what, "kind": self.kind, "id": self.id}
        return {**named, "title": self.title, "fields": fields}

    def __str__(self) -> str:
        """Return a line for the element, and one for each field."""
        head = f"{_SIGNS[self.what]} {self.kind} {self.id} {one_line(self.title)!r}"
        return "\n".join(
            [head, *(f"    {one_line(str(each))}" for each in self.fields)]
        )


@frozen
class Diff:
    """What leads from one model to another, in the order of kinds and ids."""

    changes: tuple[ElementChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.changes)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all elements that differ."""
        return tuple(each.id for each in self.changes)

    def of(self, what: str) -> tuple[ElementChange, ...]:
        """Return those that were added, removed or changed."""
        return tuple(each for each in self.changes if each.what == what)

    def apply(self, model: Model) -> Model:
        """Return a model with the changes made.

        Raises:
            ModelError: what comes of it is not sound.
        """
        held: dict[str, Element] = {element.id: element for element in model}
        for each in self.changes:
            held.pop(each.id, None)
            if each.after is not None:
                held[each.id] = each.after
        return Model(held.values(), kinds=_with_theirs(model.kinds, held.values()))

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return {"changes": [each.as_dict() for each in self.changes]}

    def to_html(self) -> Html:
        """Return it as an HTML table; every text is escaped."""
        return self._repr_html_()

    def to_json(self) -> str:
        """Return it as a JSON document."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def __str__(self) -> str:
        """Return the changes as text; "nothing differs" where that is so."""
        return "\n".join(map(str, self.changes)) or "nothing differs"

    def _repr_html_(self) -> Html:
        rows = [row for each in self.changes for row in _rows(each)]
        if not rows:
            return tag("p", "nothing differs")
        return table(("", "kind", "id", "field", "before", "after"), rows)


def diff(a: Model, b: Model) -> Diff:
    """Return what was added, removed and changed on the way from *a* to *b*.

    Equal numbers are equal, also where one is written 1 and the other 1.0.

    >>> from missionkit.domain.draft import Draft
    >>> d = Draft()
    >>> warm = d.need("A warm home", importance=0.5)
    >>> before = d.model
    >>> _ = d.set(warm, importance=0.9)
    >>> print(diff(before, d.model))
    ~ need a-warm-home 'A warm home'
        importance: 0.5 → 0.9
    """
    refuse_no_model(a, "diff")
    refuse_no_model(b, "diff")
    return Diff(tuple(_changes(a, b)))


def _changes(a: Model, b: Model) -> Iterator[ElementChange]:
    gone = {element.id: element for element in a}
    new = []
    for after in b:
        before = gone.pop(after.id, None)
        if before is None:
            new.append(_change(after.id, None, after, b.kinds))
        elif before is not after and before != after:
            new.append(_change(after.id, before, after, b.kinds))
    yield from (_change(ref, held, None, a.kinds) for ref, held in gone.items())
    yield from new


def _change(
    ref: str, before: Element | None, after: Element | None, kinds: Kinds
) -> ElementChange:
    held = after if after is not None else before
    both = before is not None and after is not None
    return ElementChange(
        id=ref,
        kind=kind_of(held, kinds) or type(held).__name__,
        before=before,
        after=after,
        fields=tuple(_fields(before, after, kinds)) if both else (),
    )


def _fields(before: Any, after: Any, kinds: Kinds) -> Iterator[FieldChange]:  # noqa: ANN401 - any elements
    _, old = record_of(before, kinds)
    _, new = record_of(after, kinds)
    if type(before) is not type(after) or isinstance(after, Opaque):
        yield from parts("", old, new)
        return
    cls: type = type(after)
    for item in spec_of(cls).fields:
        name = item.name
        if getattr(before, name) != getattr(after, name):
            yield from parts(name, old.get(name), new.get(name))


def parts(path: str, old: Any, new: Any) -> Iterator[FieldChange]:  # noqa: ANN401 - JSON values
    """Yield what differs in a value: of an object each of its parts."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            if not same(old.get(name, ...), new.get(name, ...)):
                inner = f"{path}.{name}" if path else name
                yield from parts(inner, old.get(name), new.get(name))
    else:
        yield FieldChange(path=path, before=old, after=new)


def same(a: object, b: object) -> bool:
    """Return whether two JSON values are one; true is not 1."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def _with_theirs(kinds: Kinds, elements: Iterable[Element]) -> Kinds:
    """Return the kinds, and those of elements which are of no such kind."""
    classes: Iterable[type] = dict.fromkeys(map(type, elements))
    more = [cls for cls in classes if cls not in kinds and is_kind(cls)]
    return kinds | more if more else kinds


def _said(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if value is None:
        return _NOTHING
    return shortened(json.dumps(value, ensure_ascii=False))


def _rows(each: ElementChange) -> Iterator[tuple[object, ...]]:
    named = (_SIGNS[each.what], each.kind, each.id)
    if not each.fields:
        yield (*named, "", _title(each.before), _title(each.after))
    for at in each.fields:
        yield (*named, at.path, _said(at.before), _said(at.after))


def _title(element: Element | None) -> str:
    return "" if element is None else title_of(element)
