"""Chromium itself opens what we write, and none of seventy payloads does anything.

Each payload stands in every text field of the sample. The page is opened as it is, and
without its content security policy, so that the escaping alone must hold. What shows
the same words without their marks must be built of the same elements.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import missionkit as mk
from tests.catalog.answers import gallery
from tests.catalog.payloads import PAYLOADS, harmless, nasty
from tests.oracle.browser import Browser, Visit, binary
from tests.report.pages import ATTRIBUTES, TAGS

PROGRAM = binary()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium is on the path, or it cannot be spoken to here"
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
OF_ANSWERS = {"pre"}  # the pack shows its summary in a notebook as it is
# How many lines a text takes in a picture, and how wide its box is, hangs on its words.
OF_WORDS = {"text", "path", "rect", "g"}
# A chart takes as many sheets as its words need, and each of them has these.
OF_SHEETS = ("svg", "title", "desc", "style")
POISON = "<img src=https://x.example/x.png onerror=alert(1)><!--x-->"
TWINS = {
    "dialogs": "<script>alert(1)</script>",
    "requests": "<img src=https://x.example/x.png>",
    "console": "<script>throw Error('x')</script>",
    "comments": "<!-- x -->",
    "addresses": "<a href=javascript:alert(1)>x</a>",
    "attributes": "<p onclick=alert(1)>x</p>",
    "tags": "<iframe></iframe>",
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM is not None
    browser = Browser.started(PROGRAM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def opened(browser: Browser, folder: Path, html: str) -> Visit:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    return browser.visit(page)


def pack_of(payload: str) -> str:
    model = nasty(payload)
    return mk.pack(model, on=mk.SAMPLE_DAY, people=True).html


def without_policy(html: str) -> str:
    found = POLICY.search(html)
    assert found is not None
    return html.replace(found[0], "")


def built(visit: Visit) -> dict[str, int]:
    told = {tag: n for tag, n in visit.tags.items() if tag not in OF_WORDS}
    return told | {tag: told.get(tag, 0) - told.get("svg", 0) for tag in OF_SHEETS}


def trouble(visit: Visit) -> dict[str, object]:
    """Return all that a page of ours neither does nor holds."""
    found: dict[str, object] = {
        "dialogs": visit.dialogs,
        "requests": visit.requests,
        "console": visit.console,
        "comments": visit.comments,
        "tags": set(visit.tags) - TAGS - OF_ANSWERS,
        "attributes": visit.attributes - ATTRIBUTES,
        "addresses": {at for at in visit.addresses if not at.startswith("#")},
    }
    return {name: what for name, what in found.items() if what}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_does_anything_in_the_pack(
    payload: str, browser: Browser, tmp_path: Path
) -> None:
    html = pack_of(payload)
    guarded = opened(browser, tmp_path, html)
    bare = opened(browser, tmp_path, without_policy(html))
    plain = opened(browser, tmp_path, pack_of(harmless(payload)))

    assert trouble(guarded) == {}
    assert trouble(bare) == {}
    assert built(guarded) == built(plain)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_does_anything_in_an_answer_or_a_picture(
    payload: str, browser: Browser, tmp_path: Path
) -> None:
    model, said = nasty(payload), harmless(payload)
    visit = opened(browser, tmp_path, gallery(model, payload))
    plain = opened(browser, tmp_path, gallery(nasty(said), said))

    assert trouble(visit) == {}
    assert built(visit) == built(plain)


@pytest.mark.parametrize("sign", TWINS)
def test_a_page_that_does_or_holds_more_is_caught(
    sign: str, browser: Browser, tmp_path: Path
) -> None:
    html = without_policy(pack_of("harmless"))
    twin = html.replace("</section>", f"{TWINS[sign]}</section>", 1)

    assert trouble(opened(browser, tmp_path, html)) == {}
    assert sign in trouble(opened(browser, tmp_path, twin))


def test_a_pack_that_forgets_to_escape_is_caught_with_and_without_its_policy(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missionkit.markup.escape", lambda text: text)
    html = pack_of(POISON)
    guarded = trouble(opened(browser, tmp_path, html))
    bare = trouble(opened(browser, tmp_path, without_policy(html)))

    assert {"console", "tags", "attributes"} <= set(guarded)
    assert {"dialogs", "requests", "comments", "addresses"} <= set(bare)
