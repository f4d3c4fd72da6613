"""The text of a record from which a snapshot's digest is made: one line each.

A record is its fields in the order in which they are declared, each value as documents
write it, with tabs between them: no value holds a tab or ends a line. A row that was
not used is a line that begins with an exclamation mark.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeAlias

from missionkit.codec.leaves import write_decimal
from missionkit.domain.conduct import UnusedRow
from missionkit.domain.spec import Leaf, Nested, Shape, spec_of
from missionkit.markup import one_line

LineMaker: TypeAlias = Callable[[Iterable[Any]], list[str]]
"""Gives the lines of many records of one kind at once."""

_MOST_KEPT: Final = 10_000


class _Written(dict[Any, str]):
    """Texts of values, made once: a ledger has few days and amounts, many times."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:  # noqa: ANN401 - of any type with a text
        text = self._write(value)
        if len(self) < _MOST_KEPT:
            self[value] = text
        return text


_NAMED: Final[dict[type, str]] = {date: "days", float: "numbers", Decimal: "decimals"}
_PARTS: Final = {kind: f"{{{{{name}[{{v}}]}}}}" for kind, name in _NAMED.items()}
_TRUTH: Final = "{{{v}:d}}"
_TEXT: Final = "{{{v} or ''}}"


@cache
def line_maker(kind: type) -> LineMaker:
    """Return the function that writes records of a kind; it is made once."""
    parts = "\\t".join(
        _part(shape).format(v=f"r.{place}") for place, shape in _leaves(kind)
    )
    source = f'lambda records: [f"{parts}\\n" for r in records]'
    names = {
        "days": _Written(date.isoformat),
        "numbers": _Written(lambda number: repr(float(number) + 0.0)),
        "decimals": _Written(write_decimal),
    }
    made: LineMaker = eval(source, names)  # noqa: S307 - made of the declaration alone
    return made


def unused_line(row: UnusedRow) -> str:
    """Return the line of a row that was not used: its number, and why."""
    why = "\t".join(
        f"{issue.code}\t{one_line(issue.path)}\t{one_line(issue.value)}"
        for issue in row.issues
    )
    return f"!{row.row}\t{why}\n"


def _leaves(kind: type) -> Iterable[tuple[str, Shape]]:
    """Yield every field, and those of values inside, with the way to it."""
    for item in spec_of(kind).fields:
        if isinstance(item.shape, Nested):
            for inner in spec_of(item.shape.cls).fields:
                yield f"{item.name}.{inner.name}", inner.shape
        else:
            yield item.name, item.shape


def _part(shape: Shape) -> str:
    kind = shape.type if isinstance(shape, Leaf) else str
    return _TRUTH if kind is bool else _PARTS.get(kind, _TEXT)
