"""Content digests: equal elements have equal digests, whoever wrote them down."""

import json
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from missionkit.domain.ext import Ext
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Spec, spec_of


def digest_of(element: object) -> str | None:
    """Return the SHA-256 of what *element* says; None where that is not known.

    It covers the kind and every content field that differs from its default, sorted
    by name. Fields that only record progress are left out.

    >>> from attrs import evolve
    >>> from missionkit.domain.stakeholder import Need, NeedId
    >>> one = Need(id=NeedId("warm"), statement="A warm home", importance=1)
    >>> digest_of(one) == digest_of(evolve(one, importance=1.0))
    True
    """
    if isinstance(element, Opaque):
        return None
    cls: type = type(element)
    spec = spec_of(cls)
    text = json.dumps(
        [spec.name, _content(element, spec)],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return sha256(text.encode()).hexdigest()


def _content(held: object, spec: Spec) -> dict[str, object]:
    return {
        item.name: _canonical(getattr(held, item.name))
        for item in spec.fields
        if item.content and getattr(held, item.name) != item.default
    }


def _canonical(value: object) -> object:
    match value:
        case None | bool() | str():
            return str(value) if isinstance(value, StrEnum) else value
        case int() | float() | Decimal():
            return {"number": _number(value)}
        case datetime() | date():
            return {"time": value.isoformat()}
        case tuple():
            return [_canonical(item) for item in value]
        case frozenset():
            return {"set": sorted(map(_text, value))}
        case Ext():
            return {"map": {key: _canonical(inner) for key, inner in value.items()}}
    cls: type = type(value)
    return _content(value, spec_of(cls))


def _text(value: object) -> str:
    return json.dumps(_canonical(value), ensure_ascii=False, sort_keys=True)


def _number(value: float | Decimal) -> str:
    """Return one text for all numbers that are equal, such as 1, 1.0 and 1.00."""
    exact = Decimal(value)
    if not exact:
        return "0"
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
