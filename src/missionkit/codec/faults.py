"""Names every fault of a record that the fast reader refused.

The walker reads the same specification as the fast reader, so that the two agree:
the one refuses exactly where the other finds a fault.
"""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from itertools import islice
from typing import Any, Final, assert_never

from attrs import define, field, frozen

from missionkit.codec import codes
from missionkit.codec.converter import Record, leaf_reader
from missionkit.codec.leaves import (
    Reader,
    UnfitError,
    choice_reader,
    read_ext,
    read_text,
)
from missionkit.codec.path import Path, path_parts, path_text
from missionkit.domain.checking import shape_faults
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
from missionkit.issue import Code, Issue, did_you_mean
from missionkit.markup import shown


@frozen
class Fault:
    """An issue, with the steps from the top to its place, or to the key itself."""

    issue: Issue
    path: Path
    at_key: bool = False


class _Bad:
    """Stands in for a value that could not be made."""


_BAD: Final = _Bad()
UNKNOWN: Final = "unknown"
"""The name in `ext` under which unknown fields are kept."""


def walked(
    spec: Spec, record: object, path: Path, most: int
) -> tuple[Any, tuple[Fault, ...]]:
    """Return the element that a record stands for, and at most *most* faults of it.

    With faults, the element is a stand-in, fit only to have its links looked at; it is
    None where not even its id, or one of its links, can be read.
    """
    walk = _Walk(path, most)
    with suppress(_EnoughError):
        element = walk.value(spec, record, ())
        return walk.stand_in if element is _BAD else element, tuple(walk.found)
    return None, tuple(walk.found)


def moved(spec: Spec, record: Record, most: int) -> tuple[Record, dict[str, Path]]:
    """Return the record with what is unknown moved to `ext`, and where that stood.

    Where more than *most* fields are unknown, nothing is moved.
    """
    unknown = list(islice(unknown_fields(spec, record), most + 1))
    ext = record.get("ext", {})
    if not 0 < len(unknown) <= most or not isinstance(ext, dict):
        return record, {}
    record = deepcopy(record)
    space = record.setdefault("ext", {}).setdefault(UNKNOWN, {})
    ways = {}
    for way in unknown:
        name = path_text(way)
        if not isinstance(space, dict) or name in space:
            continue
        holder: Any = record
        for step in way[:-1]:
            holder = holder[step]
        space[name] = holder.pop(way[-1])
        ways[name] = way
    return record, ways


def unknown_fields(spec: Spec, record: object) -> Iterator[Path]:
    """Yield the way to each field that no specification knows, innermost first."""
    if type(record) is not dict:
        return
    for key, given in record.items():
        item = spec.by_name.get(key)
        if item is None:
            yield (key,)
        else:
            for inner, step, value in _inner_values(item.shape, given):
                for rest in unknown_fields(inner, value):
                    yield (key, *step, *rest)


def _inner_values(shape: Shape, given: object) -> Iterator[tuple[Spec, Path, object]]:
    if isinstance(shape, Nested):
        yield spec_of(shape.cls), (), given
    elif isinstance(shape, Many) and isinstance(given, list):
        for position, item in enumerate(given):
            for spec, step, value in _inner_values(shape.item, item):
                yield spec, (position, *step), value


class _EnoughError(Exception):
    """So many faults were found that the rest is not looked for."""


@define
class _Walk:
    """Collects faults; `here` is always the way from the element to a value."""

    path: Path
    most: int
    found: list[Fault] = field(factory=list)
    stand_in: Any = None

    def value(self, spec: Spec, record: object, here: Path) -> Any:  # noqa: ANN401 - of any class
        """Return the value that a record stands for, or `_BAD`."""
        if type(record) is not dict:
            self._unfit(codes.WRONG_TYPE, "an object", "write it in {}", record, here)
            return _BAD
        before = len(self.found)
        self._unknown(spec, record, here)
        given = {
            item.name: self._field(item, record, here)
            for item in spec.fields
            if item.name in record or item.required
        }
        bad = {name for name, value in given.items() if value is _BAD}
        stand_in = _stand_in(spec, given, bad)
        self._invariants(spec, stand_in, bad, record, here)
        if len(self.found) == before:
            return spec.cls(**given)
        if not here and not any(_is_vital(spec.by_name[name]) for name in bad):
            self.stand_in = stand_in
        return _BAD

    def _unknown(self, spec: Spec, record: Record, here: Path) -> None:
        for key in record:
            if key in spec.by_name:
                continue
            left = [name for name in spec.by_name if name not in record]
            near = did_you_mean(key, left)
            said = f"a {spec.name} has no field {shown(key)}."
            issue = codes.UNKNOWN_FIELD.issue(said, fix=near, value=record[key])
            self._add(issue, (*here, key), at_key=True)

    def _field(self, item: FieldSpec, record: Record, here: Path) -> Any:  # noqa: ANN401 - of any class
        there = (*here, item.name)
        if item.name not in record:
            said = f"{path_text(there)} is missing."
            self._add(codes.MISSING.issue(said, fix=f"add {item.name!r}"), here)
            return _BAD
        raw = record[item.name]
        if raw is None and item.optional:
            return None
        if raw is None:
            said = f"{path_text(there)} may not be null."
            fix = "give a value" if item.required else "leave the field out"
            self._add(codes.MISSING.issue(said, fix=fix, value=raw), there)
            return _BAD
        return self._shape(item.shape, raw, there)

    def _shape(self, shape: Shape, raw: object, here: Path) -> Any:  # noqa: ANN401 - of any class
        match shape:
            case Nested(cls=cls):
                return self.value(spec_of(cls), raw, here)
            case Many():
                return self._many(shape, raw, here)
            case Leaf():
                return self._leaf(leaf_reader(shape), shape, raw, here)
            case Choice(enum=cls):
                return self._leaf(choice_reader(cls), shape, raw, here)
            case Reference():
                return self._leaf(read_text, shape, raw, here)
            case Foreign():
                return self._leaf(read_ext, shape, raw, here)
        assert_never(shape)

    def _leaf(self, read: Reader, shape: Shape, raw: object, here: Path) -> Any:  # noqa: ANN401 - of any class
        try:
            value = read(raw)
        except UnfitError as unfit:
            fix = unfit.fix or _nearest_word(shape, raw)
            self._unfit(unfit.code, unfit.wanted, fix, raw, here)
            return _BAD
        return self._ruled(shape, value, here)

    def _many(self, shape: Many, raw: object, here: Path) -> Any:  # noqa: ANN401 - of any class
        if type(raw) is not list:
            self._unfit(codes.WRONG_TYPE, "a list", "write it in []", raw, here)
            return _BAD
        read = [self._shape(shape.item, item, (*here, n)) for n, item in enumerate(raw)]
        if any(item is _BAD for item in read):
            return _BAD
        if shape.container is not tuple and self._doubles(read, raw, here):
            return _BAD
        return self._ruled(shape, shape.container(read), here)

    def _doubles(self, read: list[Any], raw: list[object], here: Path) -> bool:
        before: set[Any] = set()
        for position, item in enumerate(read):
            if item in before:
                there = (*here, position)
                said = f"{path_text(there)} stands in the list a second time."
                self._add(codes.REPEATED.issue(said, value=raw[position]), there)
            before.add(item)
        return len(before) < len(read)

    def _ruled(self, shape: Shape, value: object, here: Path) -> Any:  # noqa: ANN401 - of any class
        faults = tuple(shape_faults(shape, value, path_text(here)))
        for issue in faults:
            self._add(issue, path_parts(issue.path))
        return _BAD if faults else value

    def _invariants(
        self, spec: Spec, stand_in: object, bad: set[str], record: Record, here: Path
    ) -> None:
        for rule in spec.invariants:
            if bad.isdisjoint(rule.fields) and not getattr(stand_in, rule.method)():
                named = [name for name in rule.fields if name in record]
                issue = rule.code.issue(f"{rule.message}.")
                self._add(issue, (*here, *named[:1]))

    def _unfit(
        self, code: Code, wanted: str, fix: str, raw: object, here: Path
    ) -> None:
        name = path_text(here) or "the element"
        said = f"{name} must be {wanted}, got {shown(raw)}."
        self._add(code.issue(said, fix=fix, value=raw), here)

    def _add(self, issue: Issue, here: Path, *, at_key: bool = False) -> None:
        self.found.append(Fault(issue, (*self.path, *here), at_key))
        if len(self.found) >= self.most:
            raise _EnoughError


def _stand_in(spec: Spec, given: Record, bad: set[str]) -> object:
    """Return an instance made without the constructor, which would stop at *bad*."""
    instance = spec.cls.__new__(spec.cls)
    for item in spec.fields:
        value = given.get(item.name, item.default)
        if item.name in bad:
            empty = () if isinstance(item.shape, Many) else None
            value = empty if item.required else item.default
        object.__setattr__(instance, item.name, value)
    return instance


def _is_vital(item: FieldSpec) -> bool:
    return item.name == "id" or item.link is not None


def _nearest_word(shape: Shape, raw: object) -> str:
    if isinstance(shape, Choice) and isinstance(raw, str):
        return did_you_mean(raw, map(str, shape.enum))
    return ""
