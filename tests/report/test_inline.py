import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.markup import Html
from missionkit.report.inline import (
    Drawn,
    Mark,
    Strong,
    Tone,
    escaped,
    inline_html,
    inline_markdown,
)
from tests.report.pages import NASTY


def test_a_mark_has_a_sign_besides_its_color() -> None:
    signs = {tone: Mark("word", tone).markdown.split()[0] for tone in Tone}

    assert signs == {Tone.GOOD: "✓", Tone.WARN: "△", Tone.BAD: "✕", Tone.PLAIN: "·"}
    assert Mark("a<b", Tone.BAD).html == '<span class="mark bad">✕ a&lt;b</span>'


def test_a_drawing_is_replaced_by_words_in_markdown() -> None:
    drawn = Drawn(Html("<svg></svg>"), "2 readings")

    assert inline_html(("a ", drawn)) == "a <svg></svg>"
    assert inline_markdown(("a ", drawn)) == "a 2 readings"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. one", "1\\. one"),
        ("12) twelve", "12\\) twelve"),
        ("0.25", "0.25"),
        ("1.", "1\\."),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("# head", "\\# head"),
        ("> quote", "\\> quote"),
        ("a\nb", "a b"),
        ("https://x.example", "https\\://x.example"),
        ("WWW.x.example", "WWW\\.x.example"),
        ("me@x.example", "me\\@x.example"),
        ("a \u202e b", "a \\\\u202e b"),
        (" a ", " a "),
        ("   ", " "),
        ("", ""),
    ],
    ids=range(16),
)
def test_markdown_shows_a_text_as_it_was_typed(text: str, said: str) -> None:
    assert escaped(text) == said


@given(st.text() | st.sampled_from(NASTY))
def test_escaped_text_is_one_line_without_markup_of_its_own(text: str) -> None:
    said = escaped(text)

    assert "\n" not in said
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()<>#|~$&!@^=]", said)
    assert not re.search(r"(?<!\\)://", said)


@pytest.mark.parametrize(
    ("text", "said"), [("a", "**a**"), ("a ", "**a** "), (" a*b", "**a\\*b**")]
)
def test_stars_stand_next_to_letters(text: str, said: str) -> None:
    assert Strong(text).markdown == said
