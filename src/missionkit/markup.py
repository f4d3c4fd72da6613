"""Text and HTML building blocks: the one place where text is escaped for a page.

`Html` marks text that is safe to put into a page. Everything else is escaped on
its way in, so that forgetting to escape is not possible, only escaping twice is.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

_ENDS = "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17))
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f"
    rf"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff{_ENDS}\U000e0000-\U000e007f]"
)
_WIDTH = 60
_LONG = 2000
_FOUR_DIGITS = 0xFFFF
_VOID = frozenset({"br", "hr", "meta"})


class Html(str):
    """Text that is HTML already and goes into a page, or a notebook, as it is."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def visible(text: str) -> str:
    r"""Return *text* with every character that cannot be seen written as an escape.

    >>> visible("a\u202eb")
    'a\\u202eb'
    """
    return _UNSEEN.sub(lambda hit: _escaped(ord(hit[0])), text)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"


def one_line(text: str) -> str:
    """Return *text* on one line, fit for a terminal or a log."""
    return " ".join(visible(text).split())


def shortened(text: str, width: int = _WIDTH) -> str:
    """Return *text* with its middle cut so that it is at most *width* long.

    >>> shortened("abcdefghij", 5)
    'ab…ij'
    """
    if len(text) <= width:
        return text
    tail = (width - 1) // 2
    return f"{text[: width - 1 - tail]}…{text[len(text) - tail :]}"


def shown(value: object) -> str:
    """Return *value* as a message shows it: quoted, visible, at most 60 characters."""
    try:
        return _shown(value)
    except Exception:  # noqa: BLE001 - a hostile object must not break a message
        return "a value that cannot be shown"


def _shown(value: object) -> str:
    if isinstance(value, str):
        seen = visible(value[:4000]).replace("\n", "\\n").replace("\t", "\\t")
        return f"'{shortened(seen)}'"
    if isinstance(value, list | tuple | set | frozenset | dict):
        return f"{len(value)} item{'' if len(value) == 1 else 's'}"
    if isinstance(value, int) and value.bit_length() > _LONG:
        return "a huge number"
    return shortened(one_line(str(value)[:4000]))


def text(value: object) -> Html:
    """Return *value* escaped for a page; `Html` is left as it is."""
    return value if isinstance(value, Html) else Html(escape(visible(str(value))))


def tag(name: str, *children: object, **attributes: str | None) -> Html:
    """Return an element; attributes that are None are left out.

    A trailing underscore of an attribute's name is dropped, and inner ones become
    hyphens, so that ``class_`` and ``aria_label`` can be written.

    >>> tag("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{''.join(map(text, children))}</{name}>")


def join(parts: Iterable[object], between: object = "") -> Html:
    """Return the parts, each escaped, as one piece of HTML."""
    return Html(text(between).join(map(text, parts)))


def table(
    head: Sequence[object], rows: Iterable[Sequence[object]], **attributes: str | None
) -> Html:
    """Return a table with a header row; every cell is escaped."""
    header = tag("tr", *(tag("th", cell, scope="col") for cell in head))
    body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("table", tag("thead", header), tag("tbody", *body), **attributes)


def columns(rows: Iterable[Sequence[object]], gap: int = 2) -> str:
    """Return rows of text in aligned columns, for a terminal.

    >>> print(columns([("a", "one"), ("bcd", "two")]))
    a    one
    bcd  two
    """
    lines = [[one_line(str(cell)) for cell in row] for row in rows]
    wide = [max(map(_cells, column)) + gap for column in zip(*lines, strict=True)]
    return "\n".join(
        "".join(
            c + " " * (w - _cells(c)) for c, w in zip(line, wide, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(text: str) -> int:
    """Return how many cells of a terminal *text* takes; marks and joiners take none."""
    if text.isascii():
        return len(text)
    beside = [c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf")]
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in beside)
