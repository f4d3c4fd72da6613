"""What is wrong with a value: a slow reader of its specification names every fault.

Whether there is any fault is asked by `compiled`, in a fraction of the time.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final

from missionkit.domain import codes
from missionkit.domain.characters import (
    LONGEST_TEXT,
    MOST_MARKS,
    UNSAFE,
    bare,
    plain,
    safe,
    shows,
)
from missionkit.domain.ext import LARGEST_INT, Ext
from missionkit.domain.ids import ID_PATTERN, is_id
from missionkit.domain.marks import Between
from missionkit.domain.spec import (
    Choice,
    FieldSpec,
    Foreign,
    Leaf,
    Many,
    Marked,
    Nested,
    Reference,
    Shape,
    declared_class,
    is_declared,
    spec_of,
)
from missionkit.errors import InvalidValueError
from missionkit.issue import Issue, did_you_mean
from missionkit.markup import shown

MOST_DIGITS: Final = 40

_WORDS: Final = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a finite number",
    Decimal: "a decimal number of at most 40 digits",
    date: "a date",
    datetime: "an instant in UTC",
}

_HOW: Final = {
    Decimal: 'write Decimal("98.5")',
    date: "write date(2026, 3, 31)",
    datetime: "write datetime(2026, 3, 31, tzinfo=UTC)",
}


def sound_decimal(number: Decimal) -> bool:
    """Return whether *number* is finite and can be written out in 40 digits."""
    if not number.is_finite():
        return False
    _, digits, exponent = number.as_tuple()
    return (
        len(digits) <= MOST_DIGITS
        and int(exponent) >= -MOST_DIGITS
        and number.adjusted() < MOST_DIGITS
    )


def in_utc(instant: datetime) -> bool:
    """Return whether *instant* is aware and no hours away from UTC."""
    try:
        return instant.utcoffset() == timedelta()
    except Exception:  # noqa: BLE001 - the time zone is anybody's code
        return False


LEAF: Final[dict[object, str]] = {
    str: "type({v}) is str and"
    " (({v}.isprintable() and bare({v}) and len({v}) <= LONGEST) or safe({v}))",
    bool: "type({v}) is bool",
    int: "type({v}) is int and -LIMIT <= {v} <= LIMIT",
    float: "(type({v}) is float and {v} - {v} == 0"
    " or type({v}) is int and -LIMIT <= {v} <= LIMIT)",
    Decimal: "type({v}) is Decimal and sound_decimal({v})",
    date: "type({v}) is date",
    datetime: "type({v}) is datetime and ({v}.tzinfo is UTC or in_utc({v}))",
}
NAMES: Final[dict[str, object]] = {  # what generated checks call
    "safe": safe,
    "bare": bare,
    "plain": plain,
    "shows": shows,
    "fullmatch": re.fullmatch,
    "fits_id": re.compile(ID_PATTERN, re.ASCII).fullmatch,
    "sound_decimal": sound_decimal,
    "Decimal": Decimal,
    "date": date,
    "datetime": datetime,
    "Ext": Ext,
    "LIMIT": LARGEST_INT,
    "LONGEST": LONGEST_TEXT,
    "UTC": UTC,
    "in_utc": in_utc,
}


def is_unique(shape: Many) -> bool:
    """Return whether the items of a collection must differ, as what is named must."""
    return shape.container is tuple and isinstance(shape.item, Reference)


def faults_of(value: object) -> Iterator[Issue]:
    """Yield every fault of an element or value: fields, invariants, then proofs."""
    spec = spec_of(declared_class(type(value)))
    wrong: set[str] = set()
    for item in spec.fields:
        for issue in field_faults(item, getattr(value, item.name)):
            wrong.add(item.name)
            yield issue
    for rule in spec.invariants:
        if wrong.isdisjoint(rule.fields) and not getattr(value, rule.method)():
            yield rule.code.issue(f"{rule.message}.", path=rule.fields[0])
    for each in spec.proofs:
        if wrong.isdisjoint(each.fields):
            yield from getattr(value, each.method)()


def field_faults(item: FieldSpec, value: object) -> Iterator[Issue]:
    """Yield every fault of *value* as the value of a field."""
    if value is None and item.optional:
        return
    if value is None and item.required:
        yield codes.MISSING.issue(f"{item.name} is missing.", path=item.name)
        return
    yield from shape_faults(item.shape, value, item.name)


def shape_faults(shape: Shape, value: Any, path: str) -> Iterator[Issue]:  # noqa: ANN401 - anything may be given
    """Yield every fault of *value*, found at *path*, against its shape."""
    match shape:
        case Leaf(type=kind, rules=rules):
            yield from _leaf_faults(kind, rules, value, path)
        case Reference():
            if not (type(value) is str and is_id(value)):
                yield _no_id(value, path)
        case Choice(enum=cls):
            if type(value) is not cls:
                yield _unknown_choice(cls, value, path)
        case Nested(cls=cls):
            if type(value) is not cls:
                yield _wrong(f"a {cls.__name__}", value, path, _call_of(cls))
        case Foreign():
            if type(value) is not Ext:
                yield _wrong("an Ext", value, path)
        case _:
            yield from _many_faults(shape, value, path)


def _call_of(cls: type) -> str:
    """Return how a value is made: by what it cannot lack, else by its first fields."""
    if not is_declared(cls):
        return ""
    fields = spec_of(cls).fields
    named = [item.name for item in fields if item.required]
    named = named or [item.name for item in fields[:2]]
    return f"write {cls.__name__}({', '.join(f'{name}=…' for name in named)})"


def _unknown_choice(cls: type, value: object, path: str) -> Issue:
    members: dict[str, StrEnum] = {str(m): m for m in cls}  # type: ignore[attr-defined]  # an enumeration
    words = list(members)
    near = did_you_mean(value, words) if type(value) is str else ""
    if type(value) is str and value in members:
        near = f"write {cls.__name__}.{members[value].name}"
    return codes.UNKNOWN_CHOICE.issue(
        f"{path} must be one of the declared words, got {shown(value)}.",
        path=path,
        value=value,
        fix=near or f"use one of {', '.join(words)}",
    )


def _wrong(wanted: str, value: object, path: str, fix: str = "") -> Issue:
    got = f"{shown(value)} ({type(value).__name__})"
    return codes.WRONG_TYPE.issue(
        f"{path} must be {wanted}, got {got}.", path=path, value=value, fix=fix
    )


def _no_id(value: object, path: str) -> Issue:
    # What looks like an id but is of a class of its own is told by its class.
    odd = "" if type(value) is str else f" ({type(value).__name__})"
    said = f"{path} must be an id, got {shown(value)}{odd}."
    return codes.BAD_ID.issue(said, path=path, value=value)


def _leaf_faults(
    kind: type, rules: tuple[Marked, ...], value: object, path: str
) -> Iterator[Issue]:
    if kind is str and type(value) is str and not safe(value):
        said, fix = _why_unsafe(value)
        said = f"{path} {said}."
        yield codes.UNSAFE_TEXT.issue(said, path=path, value=value, fix=fix)
    elif not holds(LEAF[kind].format(v="v"), value):
        yield _wrong(_WORDS[kind], value, path, _HOW.get(kind, ""))
    else:
        yield from _rule_faults(rules, value, path)


def _why_unsafe(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that is not safe, and what to do about it."""
    if hit := UNSAFE.search(text):
        return f"holds U+{ord(hit[0]):04X}, a control character or no character", ""
    if len(text) > LONGEST_TEXT:
        fix = "shorten it, or keep it elsewhere and link to it as evidence"
        return f"is longer than {LONGEST_TEXT:,} characters", fix
    fix = "take the accents away"
    return f"has a letter with more than {MOST_MARKS} accents", fix


def _rule_faults(
    rules: tuple[Marked, ...], value: object, path: str
) -> Iterator[Issue]:
    for rule in rules:
        if not holds(rule.expression("v"), value):
            said = f"{path} must be {rule}, got {shown(value)}."
            fix = _meant(rule, value)
            yield codes.BROKEN_RULE.issue(said, path=path, value=value, fix=fix)


def _meant(rule: Marked, value: Any) -> str:  # noqa: ANN401 - of any type that has rules
    """Return "did you mean …?" for a bound missed by a hair, or a share in percent."""
    if not isinstance(rule, Between):
        return ""
    bound = rule.low if value < rule.low else rule.high
    if abs(value - bound) * 100 <= rule.high - rule.low:
        return f"did you mean {bound}?"
    if (rule.low, rule.high) == (0, 1) and 1 < value <= 100:  # noqa: PLR2004 - percent
        return f"did you mean {value / 100:g}? A share is a number from 0 to 1"
    return ""


def holds(expression: str, value: object) -> bool:
    """Return whether a rule's or a type's expression is true of *value*."""
    return bool(_compiled(expression)(value))


@cache
def _compiled(expression: str) -> Callable[[object], object]:
    source = f"lambda v: {expression}"
    test: Callable[[object], object] = eval(source, dict(NAMES))  # noqa: S307 - made of declarations alone
    return test


def _order(item: object) -> str:
    try:
        return repr(item)
    except Exception:  # noqa: BLE001 - a hostile object must not break a message
        return ""


def _many_faults(shape: Many, value: object, path: str) -> Iterator[Issue]:
    if type(value) is not shape.container:
        one = f"{shown(value)},"
        item = one if type(value) is str else "x, y"
        how = f"({item})" if shape.container is tuple else f"frozenset({{{item}}})"
        yield _wrong(f"a {shape.container.__name__}", value, path, f"write {how}")
        return
    yield from _rule_faults(shape.rules, value, path)
    items = value if isinstance(value, tuple) else sorted(value, key=_order)  # type: ignore[call-overload]  # a frozenset
    before = set()
    for index, item in enumerate(items):
        yield from shape_faults(shape.item, item, f"{path}[{index}]")
        if is_unique(shape) and type(item) is str:
            if item in before:
                yield codes.REPEATED.issue(
                    f"{path}[{index}] names {shown(item)} a second time.",
                    path=f"{path}[{index}]",
                    value=item,
                )
            before.add(item)


def refuse_no_day(on: object, asked: str) -> None:
    """Raise `InvalidValueError` where what is given as a day is none."""
    found = tuple(shape_faults(Leaf(date), on, "on"))
    if found:
        raise InvalidValueError(asked, found)
