"""Chromium itself measures the charts of processes: nothing overlaps, nothing is cut.

Five, fifteen and sixty processes with long names, in letters of several scripts, are
drawn for a telephone, for a desk and for paper. Each text lies in its box and in its
picture, no two texts lie on each other, and no box is torn by another.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import missionkit as mk
from missionkit.markup import Html, join, tag
from missionkit.processes.chart import process_chart
from missionkit.processes.matrix import responsibility_matrix
from missionkit.processes.sipoc import sipocs
from missionkit.processes.system import system_chart
from missionkit.report.pictures import cards
from missionkit.report.pictures.process_chart import process_chart_picture
from missionkit.report.pictures.responsibility_matrix import (
    responsibility_matrix_picture,
)
from missionkit.report.pictures.sipoc import sipoc_picture
from missionkit.report.pictures.system_chart import system_chart_picture
from tests.oracle.browser import Browser, binary
from tests.processes.many import organization

PROGRAM = binary()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium is on the path, or it cannot be spoken to here"
)
COUNTS = (5, 15, 60)
WIDTHS = (400, 1200)
PAPER = 718  # an A4 page within its margins, at 96 dots an inch
PAPER_TALL = 1000
DAY = mk.SAMPLE_DAY
PAGE = "body{margin:0}svg{display:block;width:100%;height:auto}"
MEASURE = """
(() => {
  const found = {escaped: [], clipped: [], overlapping: [], torn: [], small: [],
                 page: document.documentElement.scrollWidth,
                 texts: 0, tall: 0, wide: 0, over: 0};
  const near = 1.5;
  const within = (a, b) => a.left >= b.left - near && a.right <= b.right + near
    && a.top >= b.top - near && a.bottom <= b.bottom + near;
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > near
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > near;
  for (const svg of document.querySelectorAll('svg.mk-cards')) {
    const frame = svg.getBoundingClientRect();
    found.tall = Math.max(found.tall, frame.height);
    found.wide = Math.max(found.wide, frame.width);
    found.over = Math.max(found.over, frame.right - svg.parentElement
      .getBoundingClientRect().left - svg.parentElement.scrollWidth);
    const scale = frame.width / svg.viewBox.baseVal.width;
    const boxes = [...svg.querySelectorAll('rect')].map(each =>
      each.getBoundingClientRect());
    const texts = [...svg.querySelectorAll('text')].map(each =>
      ({said: each.textContent, box: each.getBoundingClientRect(),
        size: parseFloat(getComputedStyle(each).fontSize) * scale}));
    found.texts += texts.length;
    for (const box of boxes) if (!within(box, frame)) found.clipped.push('a box');
    for (const {said, box, size} of texts) {
      if (!within(box, frame)) found.clipped.push(said);
      if (size < 7) found.small.push(said);
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      const around = boxes.filter(b => x > b.left && x < b.right && y > b.top
        && y < b.bottom).sort((a, b) => a.width * a.height - b.width * b.height);
      if (around.length && !within(box, around[0])) found.escaped.push(said);
    }
    const rows = [...texts].sort((a, b) => a.box.top - b.box.top);
    for (let i = 0; i < rows.length; i++)
      for (let j = i + 1; j < rows.length; j++) {
        if (rows[j].box.top > rows[i].box.bottom) break;
        if (meet(rows[i].box, rows[j].box))
          found.overlapping.push(rows[i].said + ' | ' + rows[j].said);
      }
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length; j++)
        if (meet(boxes[i], boxes[j]) && !within(boxes[i], boxes[j])
            && !within(boxes[j], boxes[i])) found.torn.push(i + ' ' + j);
  }
  return found;
})()
"""
FAULTS = ("escaped", "clipped", "overlapping", "torn", "small")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM is not None
    browser = Browser.started(PROGRAM, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def pictures(model: mk.Model, wide: float) -> dict[str, Html]:
    each = sipocs(model, on=DAY)
    chart = process_chart(model, on=DAY, people=True)
    matrix = responsibility_matrix(model, on=DAY)
    return {
        "process chart": process_chart_picture(chart, wide=wide),
        "sipoc": join([sipoc_picture(one, wide=wide) for one in each[:4]]),
        "matrix": responsibility_matrix_picture(matrix, wide=wide),
        "system": system_chart_picture(system_chart(model, on=DAY), wide=wide),
    }


@cache
def pack_of(count: int) -> str:
    model = organization(count) if count else mk.sample()
    return mk.pack(model, on=DAY).html


def measured(
    browser: Browser, folder: Path, html: str, wide: int, media: str = "screen"
) -> dict[str, Any]:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    browser.ask("Emulation.setEmulatedMedia", media=media)
    browser.ask(
        "Emulation.setDeviceMetricsOverride",
        width=wide,
        height=900,
        deviceScaleFactor=1,
        mobile=False,
    )
    browser.visit(page)
    answer = browser.ask(
        "Runtime.evaluate", expression=MEASURE, returnByValue=True, awaitPromise=True
    )
    found = answer["result"]["value"]
    assert isinstance(found, dict)
    return found


def alone(svg: Html) -> str:
    head = tag("head", tag("meta", charset="utf-8"), tag("style", Html(PAGE)))
    return f"<!doctype html>{tag('html', head, tag('body', svg), lang='en')}"


def trouble(found: dict[str, Any]) -> dict[str, list[str]]:
    assert found["texts"] > 0
    return {name: found[name][:5] for name in FAULTS if found[name]}


@pytest.mark.parametrize("wide", list(WIDTHS))
@pytest.mark.parametrize("count", COUNTS)
def test_nothing_overlaps_and_nothing_is_cut_in_a_picture_of_its_own(
    count: int, wide: int, browser: Browser, tmp_path: Path
) -> None:
    found = {
        name: trouble(measured(browser, tmp_path, alone(svg), wide))
        for name, svg in pictures(organization(count), wide).items()
    }

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("wide", list(WIDTHS))
@pytest.mark.parametrize("count", [0, *COUNTS])
def test_nothing_overlaps_and_nothing_is_cut_in_the_pack(
    count: int, wide: int, browser: Browser, tmp_path: Path
) -> None:
    found = measured(browser, tmp_path, pack_of(count), wide)

    assert trouble(found) == {}
    assert found["over"] <= 1


@pytest.mark.parametrize("count", [0, *COUNTS])
def test_each_sheet_fits_a_page_of_paper(
    count: int, browser: Browser, tmp_path: Path
) -> None:
    found = measured(browser, tmp_path, pack_of(count), PAPER, "print")

    assert trouble(found) == {}
    assert found["over"] <= 1
    assert found["wide"] <= PAPER
    assert found["page"] <= PAPER
    assert found["tall"] <= PAPER_TALL


def test_text_that_leaves_its_box_is_caught(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "fitted", lambda said, *_: (said,))
    svg = pictures(organization(15), 400)["process chart"]

    assert "escaped" in trouble(measured(browser, tmp_path, alone(svg), 400))


def test_lines_that_lie_on_each_other_are_caught(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "_LINE", 6)
    svg = pictures(organization(15), 1200)["process chart"]

    assert "overlapping" in trouble(measured(browser, tmp_path, alone(svg), 1200))


def test_a_picture_that_is_too_short_for_what_it_shows_is_caught(
    browser: Browser, tmp_path: Path
) -> None:
    drawn, tall = cards.stacked(
        [cards.row([cards.Card(cards.wrapped("A name", 200, 2))], [(6, 200)])] * 3, 12
    )
    whole = cards.sheet(drawn, 400, tall, "A sheet", "Three cards")
    short = cards.sheet(drawn, 400, tall / 2, "A sheet", "Three cards")

    assert trouble(measured(browser, tmp_path, alone(whole), 400)) == {}
    assert "clipped" in trouble(measured(browser, tmp_path, alone(short), 400))


def test_boxes_that_tear_each_other_are_caught(
    browser: Browser, tmp_path: Path
) -> None:
    card = cards.Card(cards.wrapped("A name", 200, 2))
    drawn = [card.drawn(10, 10, 100, 60), card.drawn(80, 40, 100, 60)]
    svg = cards.sheet(drawn, 400, 200, "A sheet", "Two cards")

    assert "torn" in trouble(measured(browser, tmp_path, alone(svg), 400))
