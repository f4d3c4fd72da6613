import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionkit.markup import Html
from missionkit.report.blocks import (
    Bullets,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Lead,
    Paragraph,
    Quote,
    Section,
)
from missionkit.report.inline import (
    Coded,
    Faint,
    Fixed,
    Strong,
    Tone,
    Written,
)
from tests.report.pages import NASTY, Page, assert_rectangular

GRID = (
    '<div class="grid" tabindex="0"><table><thead><tr><th scope="col">x</th>'
    '<th scope="col">y</th></tr></thead><tbody><tr><td data-head="x">1</td>'
    '<td data-head="y"><code class="fixed">a|b</code></td></tr><tr>'
    '<td data-head="x"></td><td data-head="y"><span class="fixed">2</span></td></tr>'
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


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_a_table_stays_rectangular_whatever_its_cells_hold(
    rows: list[tuple[str, str]],
) -> None:
    grid = Grid(("a", "b"), rows)
    page = Page(grid.html)

    assert assert_rectangular(grid.markdown) == len(rows) + 2
    assert page.tags["td"] == 2 * len(rows)
    assert set(page.tags) <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
