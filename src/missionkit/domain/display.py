"""How elements and values look: as text, and as an HTML table for a notebook."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from missionkit.domain.ext import Ext
from missionkit.domain.spec import is_declared, spec_of
from missionkit.markup import columns, one_line, shortened, table

_WIDE = 200


def title_of(element: object) -> str:
    """Return the text that names an element for a reader; its id where none does."""
    cls: type = type(element)
    naming = spec_of(cls).naming if is_declared(cls) else None
    return str(getattr(element, naming.name if naming else "id"))


def as_text(held: object) -> str:
    """Return a heading line and one line for each field that is filled."""
    cls: type = type(held)
    spec = spec_of(cls)
    heading = " ".join(part for part in (spec.name, getattr(held, "id", "")) if part)
    rows = [("", name, shortened(text, _WIDE)) for name, text in _filled(held)]
    return heading + ("\n" + columns(rows) if rows else "")


def as_html(held: object) -> str:
    """Return a table of the fields that are filled; every text is escaped."""
    cls: type = type(held)
    return table((spec_of(cls).name, ""), _filled(held))


def _filled(held: object) -> Iterator[tuple[str, str]]:
    cls: type = type(held)
    for item in spec_of(cls).fields:
        value = getattr(held, item.name)
        if value != item.default:
            yield item.name, in_words(value)


def in_words(value: object) -> str:
    """Return a field's value as a reader wants it: short, on one line."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(map(in_words, value))
        case frozenset():
            return ", ".join(sorted(map(in_words, value)))
        case str() | int() | float() | Decimal() | date() | Ext():
            return one_line(str(value) if not isinstance(value, Ext) else repr(value))
    cls: type = type(value)
    if vars(cls).get("__str__") is not as_text:
        return one_line(str(value))
    return ", ".join(text for _, text in _filled(value))
