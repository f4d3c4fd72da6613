"""What a section is made of: blocks that are written both as HTML and as Markdown.

A section says everything once, so that the two forms cannot differ.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from missionkit.markup import Html, tag
from missionkit.report.inline import (
    Inline,
    Tone,
    Written,
    escaped,
    inline_html,
    inline_markdown,
)


@frozen
class Heading:
    """A heading within a section."""

    text: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("h3", self.text)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"### {escaped(self.text)}\n"


@frozen
class Paragraph:
    """A paragraph of text."""

    said: Inline

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("p", inline_html(self.said))

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"{inline_markdown(self.said)}\n"


@frozen
class Lead:
    """The paragraph that is read when nothing else is."""

    said: Inline

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("p", inline_html(self.said), class_="lead")

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"{inline_markdown(self.said)}\n"


@frozen
class Quote:
    """The organization's own words, with what they are."""

    said: str
    of: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("blockquote", tag("p", self.said), tag("footer", self.of))

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"> {escaped(self.said)}\n>\n> {escaped(self.of)}\n"


@frozen
class Bullets:
    """A list; *numbered* where the order matters."""

    items: Sequence[Inline]
    numbered: bool = False

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        items = (tag("li", inline_html(item)) for item in self.items)
        return tag("ol" if self.numbered else "ul", *items)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return _lines(
            f"{f'{at}.' if self.numbered else '-'} {inline_markdown(item)}"
            for at, item in enumerate(self.items, 1)
        )


@frozen
class Grid:
    """A table with a header row."""

    head: Sequence[str]
    rows: Sequence[Sequence[Inline]]

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return self.with_classes([None] * len(self.rows))

    def with_classes(self, classes: Sequence[str | None]) -> Html:
        """Return it as HTML whose rows have classes, by which a style knows them."""
        heads = (tag("th", cell, scope="col") for cell in self.head)
        rows = (
            tag("tr", *self._cells(row), class_=known)
            for row, known in zip(self.rows, classes, strict=True)
        )
        head, body = tag("thead", tag("tr", *heads)), tag("tbody", *rows)
        # A wide table scrolls by itself, so that the page never does.
        return tag("div", tag("table", head, body), class_="grid", tabindex="0")

    def _cells(self, row: Sequence[Inline]) -> Iterator[Html]:
        """Yield the cells; each knows its head, for where rows become cards."""
        for head, cell in zip(self.head, row, strict=False):
            yield tag("td", inline_html(cell), data_head=head)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        rows = [self.head, ["---"] * len(self.head)]
        lines = [_row(map(escaped, rows[0])), _row(rows[1])]
        lines += [_row(map(inline_markdown, row)) for row in self.rows]
        return _lines(lines)


@frozen
class Fact:
    """One figure that a reader should remember, and what it counts."""

    figure: str
    said: str
    tone: Tone = Tone.PLAIN


@frozen
class Facts:
    """A row of figures."""

    facts: Sequence[Fact]

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("ul", *map(self._card, self.facts), class_="facts")

    @staticmethod
    def _card(fact: Fact) -> Html:
        sign = "" if fact.tone is Tone.PLAIN else f"{fact.tone.sign} "
        figure = tag("strong", sign, fact.figure)
        return tag("li", figure, tag("span", fact.said), class_=fact.tone.value)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return _lines(
            f"- {fact.tone.sign} **{escaped(fact.figure)}** {escaped(fact.said)}"
            for fact in self.facts
        )


@frozen
class Figure:
    """A picture, with what it shows in words for those who cannot see it."""

    picture: Html
    caption: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        frame = tag("div", self.picture, class_="picture", tabindex="0")
        return tag("figure", frame, tag("figcaption", self.caption))

    @property
    def markdown(self) -> str:
        """Return the caption: the picture stands in the page."""
        return f"{escaped(self.caption)}\n"


@frozen(kw_only=True)
class Section:
    """One part of the pack; its id is its address within the page."""

    title: str
    id: str
    blocks: Sequence[Written]

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        heading = tag("h2", self.title, id=f"{self.id}-title")
        body = (block.html for block in self.blocks)
        return tag(
            "section", heading, *body, id=self.id, aria_labelledby=f"{self.id}-title"
        )

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return "\n".join(
            (f"## {escaped(self.title)}\n", *(block.markdown for block in self.blocks))
        )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.strip() or ' ' for cell in cells)} |"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
