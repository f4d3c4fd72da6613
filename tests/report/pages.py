"""Read pages back, and fill every text of a model with something nasty."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import attrs

from missionkit.domain.declaration import Element
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import FieldSpec, Leaf, Many, Nested, spec_of
from missionkit.errors import InvalidValueError
from missionkit.markup import visible

NASTY = (
    "<script>alert(1)</script>",
    "</script><svg onload=alert(1)>",
    "\"><img src='https://evil.example/x.png' onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "</title></style></section></table><h1>Owned",
    "javascript:alert(1)",
    "]]><!-- --><![CDATA[",
    "[click](javascript:alert(1)) ![x](https://evil.example/y)",
    "| a | b |",
    "`code` **bold** ~~gone~~ $x^2$",
    "# Heading",
    "- item",
    "1. item",
    "<https://evil.example>",
    "www.evil.example and me@evil.example",
    "url(https://evil.example)",
    "@import 'https://evil.example'",
    "=1+1",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "--- ### ___",
    "漢字と日本語の長い名前を持つ組織です",
    "שלום עולם",
    "e" + "\u0301" * 8,
    "W" * 400,
    "👩‍👩‍👧‍👦",
)

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "a",
        "span",
        "strong",
        "code",
        "blockquote",
        "footer",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "label",
        "select",
        "option",
        "svg",
        "desc",
        "g",
        "rect",
        "path",
        "text",
        "circle",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "data-head",
        "id",
        "href",
        "aria-label",
        "aria-labelledby",
        "tabindex",
        "value",
        "scope",
        "role",
        "xmlns",
        "viewbox",
        "x",
        "y",
        "width",
        "height",
        "rx",
        "d",
        "r",
        "cx",
        "cy",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "transform",
        "opacity",
    ]
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
VOID = frozenset({"meta"})


class Page(HTMLParser):
    """The elements, attributes and texts of a page, and whether it is well nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.styles: list[str] = []
        self.odd: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.odd.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        (self.styles if self.open[-1:] == ["style"] else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def of(self, name: str) -> set[str]:
        return {value for _, found, value in self.attributes if found == name}


def assert_harmless(html: str) -> Page:
    """Check that a page has no element, attribute or address that we did not write."""
    page = Page(html)
    assert page.odd == []
    assert page.open == []
    assert set(page.tags) <= TAGS
    assert {name for _, name, _ in page.attributes} <= ATTRIBUTES
    assert all(value.startswith("#") for value in page.of("href"))
    assert page.of("xmlns") <= {"http://www.w3.org/2000/svg"}
    assert POLICY in page.of("content")
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {f"#{ref}" for ref in ids} >= page.of("href")
    style = " ".join(page.styles)
    assert not re.search(r"url\(|@import|https?:|expression|</", style)
    return page


def assert_rectangular(markdown: str) -> int:
    """Check that every table has as many cells in each row; return how many rows."""
    rows = 0
    width = 0
    for line in markdown.split("\n"):
        if not line.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1
        assert width in (0, cells), line
        width = cells
        rows += 1
    return rows


def poisoned(model: Model, texts: Sequence[str], start: int = 0) -> Model:
    """Return *model* with every free text replaced by one of *texts*, in turn."""
    source = cycle((*texts[start:], *texts[:start]))
    return Model([_poisoned(element, source) for element in model], kinds=model.kinds)


def _poisoned(element: Element, source: Iterator[str]) -> Element:
    if isinstance(element, Opaque):
        return element
    filled: Element = _filled(element, source)
    return filled


def _filled(held: Any, source: Iterator[str]) -> Any:  # noqa: ANN401 - any value
    cls: type = type(held)
    for item in spec_of(cls).fields:
        if item.name == "id":
            continue
        for _ in range(3):  # a text that the field refuses gives way to the next
            try:
                held = attrs.evolve(held, **{item.name: _value(held, item, source)})
            except InvalidValueError:
                continue
            break
    return held


def _value(held: Any, item: FieldSpec, source: Iterator[str]) -> Any:  # noqa: ANN401 - as above
    now = getattr(held, item.name)
    match item.shape:
        case Leaf(type=kind) if kind is str:
            return visible(next(source))
        case Nested() if now is not None:
            return _filled(now, source)
        case Many(container=container, item=Leaf(type=kind)) if kind is str and now:
            return container(visible(next(source)) for _ in now)
        case Many(container=container, item=Nested()) if now:
            return container(_filled(each, source) for each in now)
    return now
