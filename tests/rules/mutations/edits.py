"""Edits of a document, as data: each knows how it is made, and how it is undone."""

# ruff: noqa: ANN401 - JSON values of any type are changed here

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from attrs import frozen

Document: TypeAlias = dict[str, Any]
Undo: TypeAlias = Callable[[Document], object]
_ABSENT = object()


@frozen
class Put:
    """A field gets a value; "targets.0.value" is that of the first target."""

    ref: str
    path: str
    value: Any

    def __str__(self) -> str:
        return f"{self.ref}.{self.path} is {self.value!r:.40}"

    def __call__(self, document: Document) -> Undo:
        return _written(document, self.ref, self.path, deepcopy(self.value))


@frozen
class Cut:
    """A field is left out."""

    ref: str
    path: str

    def __str__(self) -> str:
        return f"{self.ref}.{self.path} is left out"

    def __call__(self, document: Document) -> Undo:
        return _written(document, self.ref, self.path, _ABSENT)


@frozen
class Add:
    """An element is added to an array of the document."""

    kind: str
    fields: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.fields['id']} is added"

    def __call__(self, document: Document) -> Undo:
        document.setdefault(self.kind, []).append(deepcopy(self.fields))

        def undo(document: Document) -> None:
            document[self.kind].pop()
            if not document[self.kind]:
                del document[self.kind]

        return undo


@frozen
class Drop:
    """An element is taken out."""

    ref: str

    def __str__(self) -> str:
        return f"{self.ref} is taken out"

    def __call__(self, document: Document) -> Undo:
        kind, index = place_of(document, self.ref)
        gone = document[kind].pop(index)

        def undo(document: Document) -> None:
            document[kind].insert(index, gone)

        return undo


Edit: TypeAlias = Put | Cut | Add | Drop


@frozen
class Place:
    """A code, and where it is to be found."""

    code: str
    ref: str
    path: str = ""


@frozen(kw_only=True)
class Mutation:
    """What is changed in a sound document, and what exactly is found in it then.

    `also` is what must be found beside it, and `because` says why it must. What cannot
    be judged any more, by the meaning of the rule, is `unknown`.
    """

    found: Place
    edits: tuple[Edit, ...]
    also: tuple[Place, ...] = ()
    unknown: frozenset[str] = frozenset()
    because: str = ""

    def __str__(self) -> str:
        return f"{self.found.code} {self.edits[0]}"


def mutation(code: str, ref: str, path: str, *edits: Edit) -> Mutation:
    """Return a mutation after which one thing is found."""
    return Mutation(found=Place(code, ref, path), edits=edits)


@frozen(kw_only=True)
class Boundary:
    """Edits on either side of a limit: nothing is found, or one thing exactly."""

    found: Place
    within: tuple[Edit, ...]
    beyond: tuple[Edit, ...]
    says: str
    unknown: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.found.code} {self.says}"


def put(ref: str, path: str, value: Any) -> Put:
    return Put(ref, path, value)


def cut(ref: str, path: str) -> Cut:
    return Cut(ref, path)


def drop(ref: str) -> Drop:
    return Drop(ref)


def add(kind: str, ref: str, /, **fields: Any) -> Add:
    return Add(kind, {"id": ref, **fields})


def limited(name: str, value: float) -> Put:
    """Return the edit that gives the organization a limit of its own."""
    kept = {"name": "accountable_subjects", "value": 2}
    return Put("millbrook-bakery", "limits", [kept, {"name": name, "value": value}])


def done(document: Document, edits: tuple[Edit, ...]) -> Iterator[Undo]:
    """Make edits in a document, one after another, and yield what undoes each."""
    for edit in edits:
        yield edit(document)


def place_of(document: Document, ref: str) -> tuple[str, int]:
    """Return the last array and index at which an element stands."""
    return [
        (kind, index)
        for kind, elements in document.items()
        if isinstance(elements, list)
        for index, element in enumerate(elements)
        if element["id"] == ref
    ][-1]


def _written(document: Document, ref: str, path: str, value: Any) -> Undo:
    """Write a value at a path of an element; of the document itself without a ref."""
    steps = [int(step) if step.isdigit() else step for step in path.split(".")]
    before = _swapped(_holder(document, ref, steps), steps[-1], value)

    def undo(document: Document) -> None:
        _swapped(_holder(document, ref, steps), steps[-1], before)

    return undo


def _holder(document: Document, ref: str, steps: list[int | str]) -> Any:
    held: Any = document
    if ref:
        kind, index = place_of(document, ref)
        held = document[kind][index]
    for step in steps[:-1]:
        held = held[step]
    return held


def _swapped(holder: Any, step: int | str, value: Any) -> Any:
    """Write a value, or take it out, and return what stood there."""
    if isinstance(holder, list):
        before = holder[int(step)]
        holder[int(step)] = value
        return before
    before = holder.get(step, _ABSENT)
    if value is _ABSENT:
        del holder[step]
    else:
        holder[step] = value
    return before
