"""Large XML documents that were made to hurt a reader."""

from collections.abc import Callable

from missionkit.formats.xmltree import LIMITS, Limits


def limits_for(n: int) -> Limits:
    """Return the usual limits on lengths in proportion to *n* elements."""
    return Limits(
        size=LIMITS.size * n // LIMITS.elements,
        elements=n,
        attribute=LIMITS.attribute * n // LIMITS.elements,
        text=LIMITS.text * n // LIMITS.elements,
    )


# Each for a reader that allows so many elements.
LARGE_XML: dict[str, Callable[[int], bytes]] = {
    "deep": lambda n: b"<a>" * 5 * n,
    "attributes": lambda _: (
        b"<a " + b" ".join(b'k%d=""' % at for at in range(1_000)) + b"/>"
    ),
    "attribute": lambda n: b'<a k="' + b"x" * 6 * n + b'"/>',
    "prefixes": lambda n: (
        b"<a " + b" ".join(b'xmlns:p%d="u"' % at for at in range(n // 20)) + b"/>"
    ),
    "name": lambda _: b"<" + b"a" * 2_000 + b"/>",
    "attribute name": lambda _: b"<a " + b"k" * 2_000 + b'=""/>',
    "comment": lambda n: b"<a><!-- " + b"c" * 84 * n + b" --></a>",
    "text": lambda n: b"<a>" + b"x" * 6 * n + b"</a>",
    "elements": lambda n: b"<a>" + b"<b/>" * n + b"</a>",
}
