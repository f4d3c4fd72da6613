import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.markup import Html
from missionkit.report.blocks import (
    Bullets,
    Coded,
    Drawn,
    Fact,
    Facts,
    Faint,
    Figure,
    Fixed,
    Grid,
    Heading,
    Lead,
    Mark,
    Paragraph,
    Quote,
    Section,
    Strong,
    Tone,
    Written,
    escaped,
    inline_html,
    inline_markdown,
)
from tests.report.pages import NASTY, Page, assert_rectangular

GRID = (
    '<div class="grid" tabindex="0"><table><thead><tr><th scope="col">x</th>'
    '<th scope="col">y</th></tr></thead><tbody><tr><td>1</td><td><code>a|b</code>'
    '</td></tr><tr><td></td><td><span class="fixed">2</span></td></tr>'
    "</tbody></table></div>"
)
GRID_TEXT = "| x | y |\n| --- | --- |\n| 1 | a\\|b |\n|   | 2 |\n"
FACTS = (
    '<ul class="facts"><li class="warn"><strong>△ 3 of 4</strong>'
    '<span>needs</span></li><li class="plain"><strong>7</strong>'
    "<span>goals</span></li></ul>"
)
FIGURE = (
    '<figure><div class="picture" tabindex="0"><svg></svg></div>'
    "<figcaption>What it shows</figcaption></figure>"
)
SECTION = (
    '<section id="a" aria-labelledby="a-title"><h2 id="a-title">A &amp; B</h2>'
    "<p>c</p></section>"
)
TEXT = st.text() | st.sampled_from(NASTY)


@pytest.mark.parametrize(
    ("block", "html", "markdown"),
    [
        (Heading("a<b"), "<h3>a&lt;b</h3>", "### a\\<b\n"),
        (Paragraph("a<b"), "<p>a&lt;b</p>", "a\\<b\n"),
        (Lead("a"), '<p class="lead">a</p>', "a\n"),
        (
            Paragraph((Strong("a"), " b", Faint(" c"))),
            '<p><strong>a</strong> b<span class="faint"> c</span></p>',
            "**a** b c\n",
        ),
        (
            Quote("Serve\nall", "Mission"),
            "<blockquote><p>Serve\nall</p><footer>Mission</footer></blockquote>",
            "> Serve all\n>\n> Mission\n",
        ),
        (Bullets(["a", "b"]), "<ul><li>a</li><li>b</li></ul>", "- a\n- b\n"),
        (
            Bullets(["a", "b"], numbered=True),
            "<ol><li>a</li><li>b</li></ol>",
            "1. a\n2. b\n",
        ),
        (Grid(("x", "y"), [("1", Coded("a|b")), ("", Fixed("2"))]), GRID, GRID_TEXT),
        (
            Facts([Fact("3 of 4", "needs", Tone.WARN), Fact("7", "goals")]),
            FACTS,
            "- △ **3 of 4** needs\n- · **7** goals\n",
        ),
        (Figure(Html("<svg></svg>"), "What it shows"), FIGURE, "What it shows\n"),
        (
            Section(title="A & B", id="a", blocks=[Paragraph("c")]),
            SECTION,
            "## A \\& B\n\nc\n",
        ),
    ],
    ids=range(11),
)
def test_a_block_says_the_same_in_both_forms(
    block: Written, html: str, markdown: str
) -> None:
    assert block.html == html
    assert block.markdown == markdown


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


@given(TEXT)
def test_escaped_text_is_one_line_without_markup_of_its_own(text: str) -> None:
    said = escaped(text)

    assert "\n" not in said
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()<>#|~$&!@^=]", said)
    assert not re.search(r"(?<!\\)://", said)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_a_table_stays_rectangular_whatever_its_cells_hold(
    rows: list[tuple[str, str]],
) -> None:
    grid = Grid(("a", "b"), rows)
    page = Page(grid.html)

    assert assert_rectangular(grid.markdown) == len(rows) + 2
    assert page.tags["td"] == 2 * len(rows)
    assert set(page.tags) <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
