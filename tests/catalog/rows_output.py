"""Rows 186 to 198: texts that attack whoever shows them, each wherever it is shown.

A browser opens the pages in `tests/oracle/test_pack_in_chromium.py`, and a reader of
Markdown reads the packs in `tests/oracle/test_pack_as_markdown.py`.
"""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import missionkit as mk
from missionkit.domain.ids import is_id, new_id
from missionkit.markup import columns, visible
from tests.catalog.answers import answers, nasty_issue, shown
from tests.catalog.entry import Apart, Entry, Kept
from tests.catalog.payloads import BY_ROW, NAMES, nasty
from tests.formats.test_dot import LINE as DOT_LINE
from tests.formats.test_mermaid import LINE as MERMAID_LINE
from tests.report.pages import ATTRIBUTES, TAGS, Page, assert_harmless
from tests.report.pages import assert_rectangular as rows_of

CELLS = {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "pre",
    "div",
    "p",
    "strong",
    "code",
}
COLORS = re.compile(r"currentColor|none|#[0-9a-f]{3,6}")
Ask = Callable[[str], object]


@lru_cache(maxsize=8)
def pack_of(payload: str) -> mk.Pack:
    return mk.pack(nasty(payload), on=mk.SAMPLE_DAY, people=True)


@lru_cache(maxsize=8)
def answers_of(payload: str) -> tuple[object, ...]:
    return (*answers(nasty(payload)), nasty_issue(payload))


def flat(text: str) -> str:
    """Return text as a reader sees it, whatever its white space."""
    return " ".join(visible(text).split())


def in_the_page(payload: str) -> tuple[bool, bool]:
    """Return whether the page is harmless, and shows the payload as it was typed."""
    page = assert_harmless(pack_of(payload).html)
    json.loads(pack_of(payload).issues_json)
    seen = {flat(text) for text in page.texts}
    return True, any(flat(payload)[:60] in text for text in seen)


def in_notebooks(payload: str) -> set[str]:
    """Return what the answers hold besides of tables and pictures of ours."""
    found: set[str] = set()
    for each in answers_of(payload):
        page = Page(shown(each))
        found |= set(page.tags) - CELLS - TAGS | set(page.odd) | set(page.open)
        names = {name for _, name, _ in page.attributes}
        found |= names - {"scope"} - ATTRIBUTES
    return found


def in_markdown(payload: str) -> list[str]:
    """Return what in the pack's Markdown could be more than words."""
    markdown = pack_of(payload).markdown
    assert rows_of(markdown)
    # What is escaped is taken out first, a backslash before all others.
    bare = re.sub(r"\\.", "", markdown)
    return re.findall(r"<|\]\(|\]:|://|www\.|`|\$\$", bare)


def in_lines(
    payload: str, draw: Callable[[mk.Model], str], line: re.Pattern[str]
) -> list[str]:
    """Return the lines of a picture as text that have another form than ours."""
    drawn = draw(nasty(payload)).splitlines()
    return [each for each in drawn if not line.fullmatch(each)]


def in_pictures(payload: str) -> set[str]:
    """Return what a picture holds that no picture of ours does."""
    svg = ET.fromstring(mk.strategy_map(nasty(payload), on=mk.SAMPLE_DAY))  # noqa: S314 - our own
    found: set[str] = set()
    for each in svg.iter():
        found |= {each.tag.rpartition("}")[2]} - TAGS
        for name, value in each.items():
            found |= {name.lower()} - ATTRIBUTES
            if name in ("fill", "stroke") and not COLORS.fullmatch(value):
                found.add(value)
    return found


def in_a_terminal(payload: str) -> set[str]:
    """Return what stands in the texts of answers that a terminal would act upon."""
    return {
        ascii(letter)
        for each in answers_of(payload)
        for letter in str(each)
        if letter != "\n" and visible(letter) != letter
    }


def in_a_log(payload: str) -> list[str]:
    """Return the issues that begin with more than one line."""
    issues = (*mk.check(nasty(payload), on=mk.SAMPLE_DAY).issues, nasty_issue(payload))
    return [
        issue.code
        for issue in issues
        for line in str(issue).split("\n")[1:]
        if not line.startswith(("  at   ", "  why  ", "  fix  "))
    ]


def in_file_names(payload: str) -> list[str]:
    """Return the names of the files of a pack, and an id made of a title."""
    with TemporaryDirectory() as folder:
        written = pack_of(payload).save(Path(folder) / "pack")
        return sorted(path.name for path in written)


def wide() -> set[int]:
    """Return where the second column begins, in cells, for words of all widths."""
    words = ("plain", "\u5f01\u8b77\u58eb", "\U0001f680", "e\u0301", "\uff21")
    starts = set()
    for line, word in zip(
        columns([(word, "|") for word in words]).split("\n"), words, strict=True
    ):
        gap = len(line) - len(word) - 1
        cells = {"\u5f01\u8b77\u58eb": 6, "\U0001f680": 2, "e\u0301": 1, "\uff21": 2}
        starts.add(cells.get(word, len(word)) + gap)
    return starts


def drawn(draw: Callable[[mk.Model], str], line: re.Pattern[str]) -> Ask:
    return lambda payload: in_lines(payload, draw, line)


ASKED: dict[str, tuple[Ask, object]] = {
    "page": (in_the_page, (True, True)),
    "notebooks": (in_notebooks, set()),
    "markdown": (in_markdown, []),
    "mermaid": (drawn(mk.mermaid, MERMAID_LINE), []),
    "dot": (drawn(mk.dot, DOT_LINE), []),
    "pictures": (in_pictures, set()),
    "terminal": (in_a_terminal, set()),
    "log": (in_a_log, []),
    "id": (lambda payload: is_id(new_id("need", payload, ())), True),
}
WANTED = {name: wanted for name, (_, wanted) in ASKED.items()}


def everywhere(payload: str) -> dict[str, object]:
    """Return what is found of a payload wherever it is shown."""
    return {name: ask(payload) for name, (ask, _) in ASKED.items()}


PACK = ["index.html", "issues.json", "pack.md"]
ROWS: tuple[Entry, ...] = (
    *(
        Kept(row, payload, lambda payload=payload: everywhere(payload), WANTED)  # type: ignore[misc]
        for row, payloads in BY_ROW.items()
        for payload in payloads
    ),
    Apart(191, "no color and no style is ever taken from a model"),
    Apart(192, "sheets come with the spreadsheet format"),
    Apart(193, "sheets come with the spreadsheet format"),
    Apart(194, "sheets come with the spreadsheet format"),
    Apart(195, "CSV comes with the formats of ledgers"),
    Kept(196, "wide letters", lambda: len(wide()), 1),
    Apart(197, "the library itself writes no log"),
    *(
        Kept(198, f"file {name[:20]}", lambda name=name: in_file_names(name), PACK)  # type: ignore[misc]
        for name in NAMES
    ),
)
