import sys
import unicodedata
from html.parser import HTMLParser
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.domain.characters import harmless, plain
from missionkit.markup import (
    Html,
    columns,
    join,
    one_line,
    shortened,
    shown,
    table,
    tag,
    text,
    visible,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
SOME_TEXT = ANY_TEXT | st.sampled_from(["<script>", "'\"&<>", "</td>", "&amp;", "-->"])


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.said += data


def boom(*_: object) -> NoReturn:
    raise RuntimeError("boom")


class Mute:
    __str__ = __repr__ = boom


Liar = type("Liar", (), {"__class__": property(boom)})


class Text(str):
    __slots__ = ()
    __getitem__ = boom


@given(SOME_TEXT)
def test_text_in_a_page_is_read_as_it_was_written(said: str) -> None:
    reader = Reader(tag("p", said, title=said))

    assert reader.tags == ["p"]
    assert reader.said == visible(said).replace("\r", "\n")
    assert reader.attributes == {"title": visible(said)}


@given(SOME_TEXT)
def test_what_is_html_already_is_not_escaped_twice(said: str) -> None:
    once = text(said)

    assert text(once) is once
    assert tag("b", once) == tag("b", said)


def test_a_tag_has_children_and_attributes() -> None:
    assert tag("p", "a", tag("b", "<"), 3) == "<p>a<b>&lt;</b>3</p>"
    assert tag("td", class_="x", aria_label="a b", lang=None) == (
        '<td class="x" aria-label="a b"></td>'
    )
    assert tag("br") == "<br>"
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'
    assert isinstance(tag("p"), Html)


def test_parts_are_joined_and_escaped() -> None:
    assert join(["<", tag("b", "x"), 1], " & ") == "&lt; &amp; <b>x</b> &amp; 1"
    assert join([]) == ""


def test_a_table_has_a_head_and_rows() -> None:
    assert table(("a", "<"), [(1, "&"), ("x", tag("b", "y"))], class_="t") == (
        '<table class="t"><thead><tr><th scope="col">a</th><th scope="col">&lt;</th>'
        "</tr></thead><tbody><tr><td>1</td><td>&amp;</td></tr>"
        "<tr><td>x</td><td><b>y</b></td></tr></tbody></table>"
    )


@given(ANY_TEXT)
def test_nothing_stays_unseen(said: str) -> None:
    for letter in visible(said):
        category = unicodedata.category(letter)
        assert category not in {"Cs", "Cc"} or letter in "\t\n"
    assert visible(visible(said)) == visible(said)


def test_every_character_that_text_may_not_hold_can_be_seen_in_a_message() -> None:
    for start in range(0, sys.maxunicode + 1, 256):
        row = "".join(map(chr, range(start, start + 256)))
        if harmless(row) and plain(row):
            continue  # as is the most of them
        for letter in row:
            if not (harmless(letter) and plain(letter)) and letter not in "\t\n":
                assert visible(letter) != letter, hex(ord(letter))
                assert visible(letter).isascii()


@given(ANY_TEXT)
def test_one_line_is_one_line(said: str) -> None:
    assert len(one_line(said).splitlines()) <= 1
    assert one_line(said) == one_line(one_line(said))


@given(ANY_TEXT, st.integers(1, 30))
def test_what_is_shortened_keeps_its_ends(said: str, width: int) -> None:
    short = shortened(said, width)

    assert len(short) <= width
    if len(said) <= width:
        assert short == said
    else:
        assert "…" in short
        assert said.startswith(short.partition("…")[0]) or "…" in said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a", "'a'"),
        ("a\nb\tc", "'a\\nb\\tc'"),
        ("\u202e", "'\\u202e'"),
        ("x" * 5000, f"'{'x' * 30}…{'x' * 29}'"),
        (3, "3"),
        (None, "None"),
        (1.5, "1.5"),
        ([], "0 items"),
        ((1,), "1 item"),
        ({1, 2}, "2 items"),
        ({"a": 1}, "1 item"),
        (10**5000, "a huge number"),
        (-(10**5000), "a huge number"),
        (Mute(), "a value that cannot be shown"),
        (Liar(), "a value that cannot be shown"),
        (Text("x"), "a value that cannot be shown"),
    ],
    ids=range(16),
)
def test_a_value_is_shown_short_and_visible(value: object, words: str) -> None:
    assert shown(value) == words


@given(
    st.one_of(ANY_TEXT, st.integers(), st.floats(), st.binary(), st.complex_numbers())
)
def test_what_is_shown_fits_into_a_line(value: object) -> None:
    assert len(shown(value)) <= 62
    assert len(shown(value).splitlines()) == 1


def test_columns_are_aligned() -> None:
    assert columns([("a", "one", ""), ("bcd", "two\nlines", "x")]) == (
        "a    one\nbcd  two lines  x"
    )
    assert columns([]) == ""
    wide = [("\u5f01\u8b77", "|"), ("\U0001f680", "|"), ("e\u0301", "|"), ("abcd", "|")]
    assert columns(wide) == "\u5f01\u8b77  |\n\U0001f680    |\ne\u0301     |\nabcd  |"
    assert columns([("a", "b")], gap=1) == "a b"
    with pytest.raises(ValueError, match="argument"):
        columns([("a",), ("a", "b")])
