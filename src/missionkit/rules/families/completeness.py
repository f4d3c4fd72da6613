"""What is expected of a field and missing: one rule, derived from the declarations."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from attrs import evolve, frozen

from missionkit.domain.ext import Ext
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Many, Nested, spec_of
from missionkit.issue import Code
from missionkit.ports.rule import Judgment, RuleEntry, RuleView
from missionkit.rules.codes import completeness as codes

_COLLECTIONS: Final = (tuple, frozenset, str, Ext)


@frozen
class _Wanted:
    """A field that is expected to be filled, and the code that says why."""

    name: str
    code: Code


@frozen
class _Inner:
    """A field that holds values, in which something may be expected too."""

    name: str
    many: bool


@cache
def _wanted(cls: type) -> tuple[_Wanted, ...]:
    return tuple(
        _Wanted(item.name, evolve(codes.EXPECTED, reason=item.expected))
        for item in spec_of(cls).fields
        if item.expected
    )


@cache
def _inner(cls: type) -> tuple[_Inner, ...]:
    found = []
    for item in spec_of(cls).fields:
        match item.shape:
            case Nested(cls=held) | Many(item=Nested(cls=held)) if _asks(held):
                found.append(_Inner(item.name, isinstance(item.shape, Many)))
    return tuple(found)


def _asks(cls: type) -> bool:
    return bool(_wanted(cls) or _inner(cls))


def expected_fields(view: RuleView) -> Iterator[Judgment]:
    """Yield advice for every field that is expected and empty, also within values."""
    for element in view.model:
        if isinstance(element, Opaque):
            continue
        missing = tuple(_missing(element, ""))
        title = view.named(element) if missing else ""
        for path, code in missing:
            yield code.issue(
                f"{title} has no {path}.", ref=element.id, path=path, fix=f"fill {path}"
            )


def _missing(held: object, above: str) -> Iterator[tuple[str, Code]]:
    cls: type = type(held)
    for wanted in _wanted(cls):
        if _is_empty(getattr(held, wanted.name)):
            yield above + wanted.name, wanted.code
    for inner in _inner(cls):
        yield from _missing_within(getattr(held, inner.name), above + inner.name, inner)


def _missing_within(
    value: Any,  # noqa: ANN401 - whatever the field holds
    path: str,
    inner: _Inner,
) -> Iterator[tuple[str, Code]]:
    if inner.many:
        for index, each in enumerate(_ordered(value)):
            yield from _missing(each, f"{path}[{index}].")
    elif value is not None:
        yield from _missing(value, f"{path}.")


def _ordered(many: tuple[Any, ...] | frozenset[Any]) -> tuple[Any, ...]:
    return many if isinstance(many, tuple) else tuple(sorted(many, key=repr))


def _is_empty(value: object) -> bool:
    return value is None or (not value and isinstance(value, _COLLECTIONS))


RULES: Final = (RuleEntry(rule=expected_fields, codes=(codes.EXPECTED,)),)
