"""Text on one line, with emphasis: written both as HTML and as Markdown.

Text is escaped here, on its way out, for both forms.
"""

import re
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from attrs import frozen

from missionkit.markup import Html, join, one_line, tag

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()<>#|~$&!@^=])")
_LEADING: Final = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])")
_SHORT: Final = 14
_ADDRESS: Final = re.compile(r"(?i)\b(www)\.|:(?=//)")


class Tone(StrEnum):
    """How something is to be taken; each has a sign, so that color is not needed."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    PLAIN = "plain"

    @property
    def sign(self) -> str:
        """The sign that stands before the word."""
        return _SIGNS[self]


_SIGNS: Final = {Tone.GOOD: "✓", Tone.WARN: "△", Tone.BAD: "✕", Tone.PLAIN: "·"}


class Written(Protocol):
    """Anything that can be written in both forms."""

    @property
    def html(self) -> Html:
        """Return it as HTML."""
        ...

    @property
    def markdown(self) -> str:
        """Return it as Markdown."""
        ...


Inline: TypeAlias = "str | Written | tuple[Inline, ...]"
"""Text, or text with emphasis, on one line."""


def inline_html(said: Inline) -> Html:
    """Return *said* as HTML; plain text is escaped."""
    if isinstance(said, str):
        return join((said,))
    if isinstance(said, tuple):
        return join(map(inline_html, said))
    return said.html


def inline_markdown(said: Inline) -> str:
    """Return *said* as one line of Markdown; plain text is escaped."""
    if isinstance(said, str):
        return escaped(said)
    if isinstance(said, tuple):
        return "".join(map(inline_markdown, said))
    return said.markdown


def escaped(text: str) -> str:
    r"""Return *text* on one line so that Markdown shows it as it was typed.

    >>> escaped("[x](y) | 1 < 2")
    '\\[x\\]\\(y\\) \\| 1 \\< 2'
    """
    # White space at the ends joins the text to its neighbors, so it is kept.
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    line = _MARKUP.sub(r"\\\1", one_line(text))
    line = _LEADING.sub(lambda hit: f"{hit[1] or ''}\\{hit[2] or hit[3]}", line)
    line = _ADDRESS.sub(lambda hit: f"{hit[1]}\\." if hit[1] else "\\:", line)
    return f"{before}{line}{after}"


@frozen
class Strong:
    """Text that is emphasized."""

    text: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("strong", self.text)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        said = escaped(self.text)
        # Stars do their work only next to letters, so a blank goes outside of them.
        return f"**{said.strip()}**{' ' if said.endswith(' ') else ''}"


@frozen
class Faint:
    """Text that matters less."""

    text: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("span", self.text, class_="faint")

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return escaped(self.text)


@frozen
class Coded:
    """An id, a code or a path, as it is typed."""

    text: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        short = len(self.text) <= _SHORT  # as a code of ours is
        return tag("code", self.text, class_="fixed" if short else None)

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return escaped(self.text)


@frozen
class Fixed:
    """Text that is not broken over lines, such as a date."""

    text: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return tag("span", self.text, class_="fixed")

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return escaped(self.text)


@frozen
class Drawn:
    """A picture within a line, and the words that stand for it in Markdown."""

    picture: Html
    said: str

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        return self.picture

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return escaped(self.said)


@frozen
class Mark:
    """A word with a sign: how something stands."""

    word: str
    tone: Tone = Tone.PLAIN

    @property
    def html(self) -> Html:
        """See `Written.html`."""
        said = f"{self.tone.sign} {self.word}"
        return tag("span", said, class_=f"mark {self.tone.value}")

    @property
    def markdown(self) -> str:
        """See `Written.markdown`."""
        return f"{self.tone.sign} {escaped(self.word)}"
