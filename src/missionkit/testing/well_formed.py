"""Whether HTML is sound: every tag closed in order, no script, nothing from outside."""

from html.parser import HTMLParser
from typing import Final

_SVG: Final = "http://www.w3.org/2000/svg"
_OUTSIDE: Final = ("javascript:", "data:", "//", "url(")
_LOADED: Final = frozenset({"href", "src", "xlink:href"})


class WellFormed(HTMLParser):
    """Refuses scripts, tags that are not closed in order, and what loads or runs.

    Attributes are for drawings, and for the heads of tables.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is opened."""
        assert tag != "script"
        self.open.append(tag)
        assert not attrs or tag == "th" or "svg" in self.open
        for name, held in attrs:
            assert not name.startswith("on")
            assert name not in _LOADED
            assert held == _SVG or not any(each in (held or "") for each in _OUTSIDE)

    def handle_endtag(self, tag: str) -> None:
        """Refuse a tag that was not the last one opened."""
        assert self.open.pop() == tag
