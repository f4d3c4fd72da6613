"""Whether HTML is sound: every tag closed in order, and no script."""

from html.parser import HTMLParser


class WellFormed(HTMLParser):
    """Refuses scripts, and tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is opened."""
        assert tag != "script"
        assert not attrs or tag == "th"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Refuse a tag that was not the last one opened."""
        assert self.open.pop() == tag
