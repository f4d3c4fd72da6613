"""Lays plain values out as JSON text over several lines, at the C writer's speed."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any


def laid_out(value: object, indent: int, level: int = 0) -> Iterator[str]:
    """Yield the pieces of the text that ``json.dumps(value, indent=indent)`` gives.

    The C writer of the standard library knows no indent. Here it writes everything
    that holds no further container, with a line break as part of its separator.
    """
    if not isinstance(value, dict | list) or not value:
        yield _encoder(",").encode(value)
        return
    outer = "\n" + " " * indent * level
    inner = outer + " " * indent
    first, last = "{}" if isinstance(value, dict) else "[]"
    if _is_flat(value):
        yield f"{first}{inner}{_encoder(',' + inner).encode(value)[1:-1]}{outer}{last}"
        return
    between = first + inner
    for name, item in _items(value):
        yield between + name
        yield from laid_out(item, indent, level + 1)
        between = "," + inner
    yield outer + last


@cache
def _encoder(separator: str) -> json.JSONEncoder:
    return json.JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        check_circular=False,
        separators=(separator, ": "),
    )


def _is_flat(value: dict[str, Any] | list[Any]) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return not any(type(item) is dict or type(item) is list for item in items)


def _items(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{_encoder(',').encode(key)}: ", item
    else:
        for item in value:
            yield "", item
