"""Seventy texts that were made to hurt whoever shows them, and a model full of one.

They belong to rows 186 to 191 and 196 to 198 of the catalog of bad inputs: HTML,
notebooks, Markdown, Mermaid, DOT, SVG and CSS, terminals, logs, names of files.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Final

from attrs import evolve

from missionkit.domain.declaration import Element
from missionkit.domain.ext import Ext
from missionkit.domain.model import Model
from missionkit.domain.opaque import Opaque
from missionkit.domain.spec import Foreign, Leaf, Many, Nested, Shape, spec_of
from missionkit.errors import InvalidValueError
from missionkit.samples import sample

FEW: Final = 2  # elements of a kind, and all that others refer to

HTML: Final = (  # row 186
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><svg/onload='alert(1)'>",
    '" autofocus onfocus="alert(1)" x="',
    "' onmouseover='alert(1)",
    " onclick=alert(1) ",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://x.example",
    "<a href=javascript:alert(1)>click</a>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<iframe src=https://x.example></iframe>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<object data=https://x.example></object><embed src=https://x.example>",
    '<meta http-equiv=refresh content="0;url=https://x.example">',
    "<base href=https://x.example>",
    "<link rel=stylesheet href=https://x.example/x.css>",
    "<form action=https://x.example><button autofocus>x</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video src=https://x.example onerror=alert(1)></video>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "</title><img src=x onerror=alert(1)>",
    "</textarea></xmp><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "]]><img src=x onerror=alert(1)>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt; &quot; &nbsp; &copy &notanentity;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<sc<script>ript>alert(1)</sc</script>ript>",
)
NOTEBOOK: Final = (  # row 187
    "<div><style>th{color:red}</style><table><tr><td>1</td></tr></table></div>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "https://x.example/page.html",
    "</td></tr></table><h1>Owned</h1>",
)
MARKDOWN: Final = (  # row 188
    "[x](javascript:alert(1))",
    "![beacon](https://x.example/x.png)",
    "[x]: https://x.example 'y'",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a\\|b | c",
    "<https://x.example>",
    "[^1] and a [^1]: footnote",
    "```html\n<script>alert(1)</script>\n```",
    "# Heading\n\n***\n\n- item",
)
MERMAID: Final = (  # row 189
    'a"]; click n1 href "javascript:alert(1)"',
    "%%{init: {'securityLevel': 'loose'}}%%",
    "$$\\href{javascript:alert(1)}{x}$$",
    "classDef default fill:#f00;",
    "end",
    "`**bold**` --> n2",
)
DOT: Final = (  # row 190
    'x"]; n1 [URL="javascript:alert(1)"',
    "<<b>html</b>>",
    "\\N \\G \\E ends in a backslash\\",
    "/* a comment */ // another }",
)
SVG: Final = (  # row 191
    "</style><script>alert(1)</script>",
    "</text><image href=https://x.example/x.png />",
    '<use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/>',
    "red; background: url(https://x.example)",
    "@import 'https://x.example'; x:expression(alert(1))",
    "</svg><foreignObject><img src=x onerror=alert(1)></foreignObject>",
)
TERMINAL: Final = (  # row 196
    "\u202egnp.exe\u202c and \u2066isolated",
    "one\u2028two\u2029three",
    "\U0001f469\u200d\U0001f680 \u5f01\u8b77\u58eb \U0001f1e9\U0001f1ea",
)
LOG: Final = ("fine\nERROR root: a record that nobody wrote",)  # row 197
NAMES: Final = (  # row 198
    "../../a/b:c*?.html",
    "x" * 300,
)
BY_ROW: Final = {
    186: HTML,
    187: NOTEBOOK,
    188: MARKDOWN,
    189: MERMAID,
    190: DOT,
    191: SVG,
    196: TERMINAL,
    197: LOG,
    198: NAMES,
}
PAYLOADS: Final = tuple(chain.from_iterable(BY_ROW.values()))


@cache
def small() -> Model:
    """Return what of the sample shows every kind, without the rows that only repeat."""
    model = sample()
    while extra := [
        ref
        for refs in _by_kind(model)
        for ref in refs[FEW:]
        if not model.referrers(ref)
    ]:
        model = model.without(*extra)
    return model


def _by_kind(model: Model) -> list[list[str]]:
    kinds: dict[type, list[str]] = {}
    for element in model:
        kinds.setdefault(type(element), []).append(element.id)
    return list(kinds.values())


@lru_cache(maxsize=8)
def nasty(payload: str) -> Model:
    """Return a sound model of every kind with *payload* in every text field."""
    return planted(small(), payload)


def planted(model: Model, payload: str) -> Model:
    """Return *model* with *payload* in every text field that takes it as it is."""
    return Model([_planted(element, payload) for element in model], kinds=model.kinds)


def _planted(element: Element, payload: str) -> Element:
    found: Element = element if isinstance(element, Opaque) else fed(element, payload)
    return found


def fed(held: Any, payload: str) -> Any:  # noqa: ANN401 - of any declared class
    """Return an element or value with *payload* in every text field that takes it."""
    cls: type = type(held)
    for item in spec_of(cls).fields:
        now = getattr(held, item.name)
        for text in _forms(payload):
            try:
                held = evolve(held, **{item.name: _fed(item.shape, now, text)})
            except InvalidValueError:
                continue  # as one line, or not at all
            break
    return held


def _forms(payload: str) -> Iterator[str]:
    """Yield the payload, and what a field of one line takes of it."""
    yield payload
    yield "".join(c if c.isprintable() else " " for c in payload)[:500].strip()


def _fed(shape: Shape, now: Any, payload: str) -> Any:  # noqa: ANN401 - as above
    match shape:
        case Leaf(type=kind) if kind is str:
            return payload
        case Nested() if now is not None:
            return fed(now, payload)
        case Foreign():
            return Ext({payload: {payload: [payload, 1]}})
        case Many(container=container, item=Leaf(type=kind)) if kind is str:
            return container([payload] * max(1, len(now)))
        case Many(container=container, item=Nested()):
            return container(fed(each, payload) for each in now)
    return now


def harmless(payload: str) -> str:
    """Return letters and digits alone, as long as *payload* and with the same gaps."""
    return "".join(c if c.isspace() or c.isalnum() else "o" for c in payload)


def texts(held: Any) -> Iterator[str]:  # noqa: ANN401 - of any declared class
    """Yield every text of an element or value."""
    cls: type = type(held)
    for item in spec_of(cls).fields:
        now = getattr(held, item.name)
        for each in now if isinstance(now, tuple | frozenset) else (now,):
            match each:
                case str():
                    yield str(each)
                case None | bool() | int() | float() | Decimal() | Ext():
                    pass
                case _ if hasattr(type(each), "__missionkit__"):
                    yield from texts(each)
