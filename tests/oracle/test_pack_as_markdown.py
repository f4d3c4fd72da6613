"""A reader of Markdown finds words in the pack, and nothing that a payload wrote."""

import re
from collections import Counter

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import missionkit as mk
from tests.catalog.payloads import PAYLOADS, harmless, nasty

# What a text brings with it, and what its own length decides.
OF_WORDS = {"text", "softbreak", "text_special"}
OURS = {
    "blockquote",
    "bullet_list",
    "heading",
    "inline",
    "list_item",
    "ordered_list",
    "paragraph",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
}


def kinds_of(markdown: str) -> Counter[str]:
    """Return what a reader finds in Markdown, each by its kind."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found: list[Token] = []
    for token in parser.parse(markdown):
        found += [token, *(token.children or ())]
    kinds = (token.type.removesuffix("_open") for token in found)
    return Counter(k for k in kinds if k not in OF_WORDS and not k.endswith("_close"))


def pack_of(payload: str) -> str:
    return mk.pack(nasty(payload), on=mk.SAMPLE_DAY, people=True).markdown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_more_than_words(payload: str) -> None:
    found = kinds_of(pack_of(payload))

    assert set(found) <= OURS
    assert found == kinds_of(pack_of(harmless(payload)))


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("<b>x</b>", "html_inline"),
        ("[x](https://x.example)", "link"),
        ("![x](https://x.example/x.png)", "image"),
        ("a ~~b~~", "s"),
        ("`a`", "code_inline"),
    ],
)
def test_a_pack_that_forgets_to_escape_is_caught(
    payload: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missionkit.report.inline._MARKUP", re.compile("(?!)(x)"))
    monkeypatch.setattr("missionkit.report.inline._ADDRESS", re.compile("(?!)(x)"))

    assert kind in kinds_of(pack_of(payload))
