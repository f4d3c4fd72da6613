"""The page: sections in one self-contained HTML file, and the same as Markdown."""

from collections.abc import Sequence
from typing import Final

from missionkit.markup import Html, join, tag
from missionkit.report.blocks import Section
from missionkit.report.filtered import style as filter_style
from missionkit.report.inline import escaped
from missionkit.report.style import STYLE

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_page(title: str, subtitle: str, sections: Sequence[Section]) -> str:
    """Return one HTML page; it loads nothing, runs nothing, and prints well."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("meta", name_="color-scheme", content="light dark"),
        tag("title", f"{title} · {subtitle}"),
        tag("style", Html(f"{STYLE}{filter_style()}\n")),
    )
    top = tag("header", tag("p", subtitle, class_="kicker"), tag("h1", title))
    main = tag("main", *(section.html for section in sections))
    body = tag("body", top, _contents(sections), main)
    page = tag("html", head, body, lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _contents(sections: Sequence[Section]) -> Html:
    links = (
        tag("li", tag("a", section.title, href=f"#{section.id}"))
        for section in sections
    )
    return tag("nav", tag("ol", join(links)), aria_label="Contents")


def markdown_page(title: str, subtitle: str, sections: Sequence[Section]) -> str:
    """Return the same sections as Markdown, without the pictures."""
    top = f"# {escaped(title)}\n\n{escaped(subtitle)}\n"
    return "\n".join((top, *(section.markdown for section in sections)))
